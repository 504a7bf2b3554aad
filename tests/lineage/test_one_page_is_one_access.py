"""One page that tells two counts is one access to both, also where other pages tell one of them again. All is invented."""

import pytest
from claim_samples import LISBON, page, says
from traced_samples import Traced

CITY = {"value": 3, "measure": "sites.in_city", "places": [LISBON]}


def halves(both="2022-03-02", half="2022-03-05", text="Uni Nord, which inspected every one, has three stations."):
    """A page with two counters, and another page with one of them."""
    a = page("Port Audit counted three stations. Uni Nord visited: three stations.", published=both)
    b = page(text, publisher="The Mole", published=half)
    claims = [says(a, "Port Audit counted three stations", ("organisation", "Port Audit"), **CITY)]
    claims += [says(a, "Uni Nord visited: three stations", ("organisation", "Uni Nord"), **CITY)]
    claims += [says(b, b.text, ("organisation", "Uni Nord"), **CITY)]
    case = Traced([a, b], claims)
    return case.of(claims[0]), a, b


@pytest.mark.parametrize(
    ("both", "half", "expected"),
    [
        ("2022-03-02", "2022-03-05", 1),
        ("2022-03-02", "2022-03-02", 1),
        ("2022-03", "2022-03-01", 1),
        ("2022-03-02", None, 1),
        (None, "2022-03-05", 1),
        ("2022-03-05", "2022-03-02", 2),
    ],
)
def test_half_a_page_told_again_is_no_second_access(both, half, expected):
    found, a, _ = halves(both, half)
    assert (found.min, found.max) == (expected, 2)
    told = {access.told_in for group in found.groups for access in group.access if access.shown.doc != a.id}
    assert told == ({""} if expected == 2 else {a.id})


def test_three_counters_on_two_pages_are_two():
    a = page("Port Audit counted three stations. Uni Nord visited: three stations.", published="2022-03-02")
    b = page("Pier Watch inspected them: three stations.", publisher="The Mole", published="2022-03-05")
    claims = [says(a, "Port Audit counted three stations", ("organisation", "Port Audit"), **CITY)]
    claims += [says(a, "Uni Nord visited: three stations", ("organisation", "Uni Nord"), **CITY)]
    claims += [says(b, "three stations", ("organisation", "Pier Watch"), **CITY)]
    found = Traced([a, b], claims).of(claims[0])
    assert (found.min, found.max) == (2, 3)


def test_a_body_that_tells_its_own_count_on_its_own_page_has_access():
    a = page("Port Audit counted three stations.", publisher="Port Audit")
    b = page("Uni Nord visited: three stations.", publisher="The Mole")
    claims = [says(a, "three stations", ("organisation", "Port Audit"), **CITY)]
    claims += [says(b, "three stations", ("organisation", "Uni Nord"), **CITY)]
    assert Traced([a, b], claims).of(claims[0]).min == 2


def test_a_body_that_has_it_from_a_medium_joins_what_others_have_from_it_to_that_medium():
    a = page("The insiders of Site Nine know of three stations.", publisher="The Mole")
    b = page("There are three stations, The Mole writes.", publisher="Port Audit")
    c = page("Three stations, to go by Port Audit.", publisher="The Owl")
    d = page("Port Audit has three stations in town.")
    claims = [
        says(a, "three stations", ("organisation", "Site Nine"), **CITY),
        says(b, "three stations", ("media", "The Mole"), **CITY),
        says(c, "Three stations", ("organisation", "Port Audit"), **CITY),
        says(d, "three stations", ("organisation", "Port Audit"), **CITY),
    ]
    found = Traced([a, b, c, d], claims).of(claims[0])
    assert (found.max, found.groups[0].label) == (1, "Site Nine")
