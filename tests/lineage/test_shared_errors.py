"""Mistakes that two passages share: telling ones tie, those that many make do not. Every name is invented."""

import pytest
from claim_samples import LISBON, page, says
from traced_samples import Traced

from armslength.lineage.figures import is_exact
from armslength.model.claims import Place

CITY = {"value": 3, "measure": "sites.in_city", "places": [LISBON]}


def spelt(first, second, *, right="overseas", body=("Port Audit", "Uni Nord")):
    """Two counts of their own that each write a word in a way of theirs, in a case whose other pages write it right."""
    a = page(f"{body[0]} counted three {first} stations in Lisbon.")
    b = page(f"On visits of its own, {body[1]} inspected three {second} stations there.", publisher="The Mole")
    others = [page(f"Number {n}: the {right} matter was {n + 70} crowns.", publisher=f"Paper {n}") for n in range(3)]
    claims = [says(a, "counted three", ("organisation", body[0]), **CITY), says(b, "inspected three", ("organisation", body[1]), **CITY)]
    money = [says(d, "crowns", value=n + 70, measure="money", unit="crown") for n, d in enumerate(others)]
    return Traced([a, b, *others], [*claims, *money]), claims


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("overzeas", "overseas"), ("oveseas", "overseas"), ("Lanturn", "Lantern"), ("Lantren", "Lantern"), ("Protugal", "Portugal")],
)
def test_a_slip_that_two_hardly_make_ties_two_counts(wrong, right):
    case, claims = spelt(wrong, wrong, right=right)
    (edge,) = case.tie(*claims)
    assert (edge.kind, [span.quote for span in edge.evidence]) == ("shared_error", [wrong, wrong])
    assert {span.doc for span in edge.evidence} == {claim.doc for claim in claims}
    assert case.of(claims[0]).min == 1


@pytest.mark.parametrize(
    ("first", "second", "right", "why"),
    [
        ("overseas", "overseas", "overseas", "no slip"),
        ("oveseas", "overseas", "overseas", "only one makes it"),
        ("goverment", "goverment", "government", "many make it"),
        ("oversaes", "oversaes", "overseas", "two neighbours change places in many words"),
        ("disapearing", "disapearing", "disappearing", "a letter not doubled"),
        ("indepandent", "indepandent", "independent", "one vowel for another"),
        ("harbor-side", "harbor-side", "harbour-side", "two spellings, both right"),
        ("Kashghar", "Kashghar", "Kashgar", "a name has many spellings"),
        ("Uyghurs", "Uyghurs", "Uighurs", "a name has many spellings"),
        ("Mossdaq", "Mossdaq", "Mossadq", "a name in no list"),
        ("Zhelezny", "Zheleznyi", "Zheleznyy", "an ending"),
        ("“oveseas”", "“oveseas”", "overseas", "so it stands on the door"),
    ],
)
def test_a_slip_that_tells_nothing_ties_nothing(first, second, right, why):
    case, claims = spelt(first, second, right=right)
    assert case.tie(*claims) == [], why
    assert case.of(claims[0]).min == 2


def test_a_word_that_all_write_so_is_a_name_and_no_slip():
    case, claims = spelt("Lanturn", "Lanturn", right="Lanturn")
    assert case.tie(*claims) == []


def test_a_body_that_is_called_so_is_no_slip():
    case, claims = spelt("Lanturn", "Lanturn", right="Lantern", body=("Lanturn Society", "Uni Nord"))
    assert case.tie(*claims) == []


def test_a_town_of_the_case_with_two_letters_swapped_is_a_slip():
    a, b = (
        page("Port Audit counted three stations near Qingtain."),
        page("Uni Nord inspected three stations in Qingtain.", publisher="The Mole"),
    )
    town = Place(name="Qingtian", country="CN", geonames=1, precision="city")
    others = [page(f"{n} crowns for Qingtian.", publisher=f"Paper {n}") for n in range(71, 74)]
    claims = [says(a, "counted three", ("organisation", "Port Audit"), **CITY)]
    claims += [says(b, "inspected three", ("organisation", "Uni Nord"), **CITY)]
    money = [says(d, "crowns", value=71, measure="money", unit="crown", places=[town]) for d in others]
    case = Traced([a, b, *others], [*claims, *money])
    assert [edge.kind for edge in case.tie(*claims)] == ["shared_error"]


def test_an_error_that_is_copied_stays_an_error():
    a, b = page("Port Audit counted three oveseas stations."), page("Uni Nord inspected three oveseas stations.", publisher="The Mole")
    copies = [page(f"Port Audit counted three oveseas stations, writes {n}.", publisher=f"Paper {n}") for n in range(20)]
    rights = [page(f"{n} crowns for overseas matters.", publisher=f"Page {n}") for n in (71, 72)]
    claims = [says(b, "inspected three", ("organisation", "Uni Nord"), **CITY)]
    claims += [says(d, "counted three", ("organisation", "Port Audit"), **CITY) for d in (a, *copies)]
    money = [says(d, "crowns", value=71, measure="money", unit="crown") for d in rights]
    assert Traced([a, b, *copies, *rights], [*claims, *money]).of(claims[0]).min == 1


def test_a_person_is_never_told_by_a_slip_in_the_name():
    a = page("Ana Siluva counted three stations.")
    b = page("On visits, Port Audit inspected three stations, which Ana Siluva showed it.", publisher="The Mole")
    claims = [says(a, "counted three", ("person", "Ana Siluva"), **CITY)]
    claims += [says(b, "inspected three", ("organisation", "Port Audit"), parties=[("witness", "person", "Ana Siluva")], **CITY)]
    others = [page(f"Siluav, {n} crowns.", publisher=f"Paper {n}") for n in range(71, 74)]
    money = [says(d, "crowns", value=71, measure="money", unit="crown") for d in others]
    case = Traced([a, b, *others], [*claims, *money])
    assert [edge.kind for edge in case.tie(*claims)] == []


def test_a_hidden_passage_hangs_on_the_one_that_shares_its_slip():
    a = page("Port Audit counted three oveseas stations in Lisbon.")
    b = page("There are three oveseas stations.", publisher="The Mole")
    others = [page(f"{n} crowns for overseas matters.", publisher=f"Paper {n}") for n in range(71, 74)]
    claims = [says(a, "counted three", ("organisation", "Port Audit"), **CITY), says(b, "three", **CITY)]
    money = [says(d, "crowns", value=71, measure="money", unit="crown") for d in others]
    case = Traced([a, b, *others], [*claims, *money])
    assert [edge.kind for edge in case.tie(*claims)] == ["shared_error"]
    assert (case.of(claims[0]).min, case.of(claims[0]).max) == (1, 1)


GRAFTED = {"value": 2350, "measure": "sites.worldwide"}
RETURNS = {"value": 2350, "measure": "returns", "kind": "quantity.returns", "unit": "person"}


def grafted(value=2350, own="Green Watch"):
    """Two papers, each with its own counter, say of sites what the body's own page says of people."""
    release = page(f"We count {value} persons returned.", publisher=own)
    a = page(f"Port Audit counted {value} stations.")
    b = page(f"Uni Nord inspected {value} stations.", publisher="The Mole")
    claims = [says(a, f"counted {value}", ("organisation", "Port Audit"), **GRAFTED | {"value": value})]
    claims += [says(b, f"inspected {value}", ("organisation", "Uni Nord"), **GRAFTED | {"value": value})]
    voices = [says(release, f"{value} persons returned", ("organisation", own), **RETURNS | {"value": value})]
    return Traced([release, a, b], [*claims, *voices]), claims


def test_a_number_grafted_onto_another_measure_in_both_ties_them_and_shows_where_it_belongs():
    case, claims = grafted()
    (edge,) = case.tie(*claims)
    assert edge.kind == "shared_error"
    assert {span.quote for span in edge.evidence[:2]} == {"counted 2350", "inspected 2350"}
    assert [span.quote for span in edge.evidence[2:]] == ["2350 persons returned"]
    assert case.of(claims[0]).min == 1


def test_a_round_number_of_two_things_is_chance():
    case, claims = grafted(value=2000)
    assert case.tie(*claims) == []
    assert case.of(claims[0]).min == 2


def test_a_paper_that_gives_the_number_for_something_else_shows_nothing():
    case, claims = grafted(own="The Owl")
    assert case.tie(*claims) == []


def dated(first, second, others="2021-03-14", printed="2022-01-01"):
    shared = {"value": 2350, "measure": "sites.worldwide"}
    a = page("By then, Port Audit counted 2350 stations.", published="2022-04-01")
    b = page("Uni Nord inspected 2350 stations by then.", publisher="The Mole", published="2022-05-01")
    claims = [says(a, "counted 2350", ("organisation", "Port Audit"), as_of=first, **shared)]
    claims += [says(b, "inspected 2350", ("organisation", "Uni Nord"), as_of=second, **shared)]
    rest = [page("It has 2350 stations.", publisher="The Owl", published=printed)]
    return Traced([a, b, *rest], [*claims, *(says(d, "2350 stations", as_of=others, **shared) for d in rest)]), claims


def test_the_same_wrong_day_in_both_ties_them():
    case, claims = dated("2022-03-14", "2022-03-14")
    assert [edge.kind for edge in case.tie(*claims)] == ["shared_error"]
    assert case.of(claims[0]).min == 1


@pytest.mark.parametrize(
    ("first", "second", "others", "printed"),
    [
        ("2022-03-14", "2022-03-14", "2021-03-14", "2022-06-01"),
        ("2022-03-14", "2022-03-14", "2021-03-14", None),
        ("2022-03-14", "2022-03-14", "2021-05-02", "2022-01-01"),
        ("2022-03", "2022-03", "2021-03", "2022-01-01"),
    ],
)
def test_a_day_that_nobody_gets_wrong_ties_nothing(first, second, others, printed):
    case, claims = dated(first, second, others, printed)
    assert case.tie(*claims) == []


@pytest.mark.parametrize(
    ("value", "exact"), [(412, True), (2350, True), (400, False), (54, False), (23000, False), (1001, True), (12.5, False)]
)
def test_numbers_that_are_hardly_arrived_at_twice(value, exact):
    document = page(f"{value} stations")
    assert is_exact(says(document, "stations", value=value).quantity) is exact
