"""Quotations that two passages share, whole or trimmed, and speeches that two reporters quote each in their own way."""

import pytest
from claim_samples import LISBON, page, says
from traced_samples import Traced

CITY = {"value": 3, "measure": "sites.in_city", "places": [LISBON]}
WHOLE = "They kept the blinds down all day and let in nobody who could not give the name of a county"


def told(first, second, *, lead="Port Audit visited. It counted three stations: ", other="Uni Nord inspected three stations: "):
    a, b = page(lead + first), page(other + second, publisher="The Mole")
    claims = [says(a, a.text[a.text.index("three") :], ("organisation", "Port Audit"), **CITY)]
    claims += [says(b, b.text[b.text.index("three") :], ("organisation", "Uni Nord"), **CITY)]
    return Traced([a, b], claims), claims


@pytest.mark.parametrize(
    "second",
    [
        "“They kept the blinds down … let in nobody who could not give … a county.”",
        "“They kept the blinds down and let in nobody who could … give the name.”",
        "“[The men] kept the blinds down all day and let in nobody [without] the name of a county.”",
        "“Keeping the blinds down all day, let in nobody who could not give a name.”",
        "“They kept the blinds down all day,” it says, “and let in nobody who could not give a name.”",
    ],
)
def test_a_trimmed_quotation_is_a_quotation(second):
    case, claims = told(f"“{WHOLE}.”", second)
    (edge,) = [edge for edge in case.tie(*claims) if edge.kind == "quotation"]
    assert case.of(claims[0]).min == 1
    assert {span.doc for span in edge.evidence} == {claim.doc for claim in claims}
    assert all("blinds down" in span.quote for span in edge.evidence)


@pytest.mark.parametrize(
    "second",
    [
        "“The blinds were never up and nobody was let in without giving a county and its name.”",
        "“They kept on all day, let nobody in, and took down the name of who could give a county.”",
        "“They kept the blinds down.”",
    ],
)
def test_one_speech_quoted_in_two_ways_is_no_shared_quotation(second):
    case, claims = told(f"“{WHOLE}.”", second)
    assert case.tie(*claims) == []
    assert case.of(claims[0]).min == 2


def test_words_left_out_tie_nothing_outside_quotation_marks():
    case, claims = told(WHOLE, "They kept the blinds down, let in nobody who could not give a name, all day.")
    assert case.tie(*claims) == []


def test_eight_words_in_a_row_are_still_enough_without_marks():
    case, claims = told(WHOLE, "and let in nobody who could not give the name.")
    assert [edge.kind for edge in case.tie(*claims)] == ["quotation"]
    assert case.tie(*claims)[0].why == "Both have the same 10 words in a row."
