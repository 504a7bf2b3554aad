"""Words that call a count later than others, and what they do to counts of which no date is known."""

from dataclasses import replace

import pytest
from claim_samples import page, says
from traced_samples import Traced

from armslength.lineage.latest import called_later

WATCH = ("report", "Green Watch report", "Green Watch")
AUDIT = ("organisation", "Port Audit")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The latest report by Green Watch lists 102 stations.", "latest report"),
        ("In its most recent tally Green Watch names 102 stations.", "most recent tally"),
        ("There are now 102 stations.", "now"),
        ("There are now at least 102 stations.", "now at least"),
        ("By March the number had risen to 102 stations.", "had risen to"),
        ("It found more, bringing the total to 102 stations.", "bringing the total to"),
        ("Green Watch lists 102 stations, up from 54 a year before.", "stations, up from"),
        ("A new report by Green Watch lists 102 stations.", ""),
        ("The latest report is out. It lists 102 stations.", ""),
        ("Officers now deny it. Green Watch lists 102 stations.", ""),
        ("The 102 stations are now a matter for the courts.", ""),
    ],
)
def test_what_calls_a_count_later(text, words):
    document = page(text)
    at = text.index("102")
    claim = says(document, "102 stations", WATCH, value=102)
    found = called_later(replace(claim, quantity=replace(claim.quantity, start=at, end=at + 3)), text)
    assert found == words


def related(*pages, dates=None, chains=None):
    """Relations of the first page's number to the others', each page (words before the number, number)."""
    documents, claims = [], []
    for place, (before, value) in enumerate(pages):
        text = f"{before} {value} stations."
        document = page(text, publisher=f"Paper {place}", published=(dates or {}).get(place))
        documents.append(document)
        claims.append(says(document, str(value), (chains or {}).get(place, WATCH), value=value))
    case = Traced(documents, claims)
    return [case.relation(claims[0], other) for other in claims[1:]], case


LATEST = ("The latest report by Green Watch lists", 102)
UNDATED = ("The Green Watch report lists", 54)


def test_a_count_called_later_supersedes_one_of_no_known_date_and_says_why():
    found, case = related(LATEST, UNDATED)
    assert found == [["supersedes"]]
    assert "latest report" in case.relations[0].reason
    assert related(UNDATED, LATEST)[0] == [[]]


def test_whatever_the_dates_of_the_one_called_later():
    assert related(LATEST, UNDATED, dates={0: "2022-12-05"})[0] == [["supersedes"]]


def test_dates_go_before_words():
    assert related(LATEST, UNDATED, dates={0: "2022-12-05", 1: "2023-02-01"})[0] == [[]]
    assert related(LATEST, UNDATED, dates={0: "2022-12-05", 1: "2022-09-01"})[0] == [["supersedes"]]


def test_nothing_is_said_where_both_are_called_later_or_neither():
    assert related(LATEST, ("Green Watch has now found", 54))[0] == [[]]
    assert related(("The Green Watch report lists", 102), UNDATED)[0] == [[]]


def test_another_counter_is_not_superseded_by_words():
    assert related(LATEST, ("Port Audit lists", 54), chains={1: AUDIT})[0] == [[]]


def test_a_count_that_another_came_after_supersedes_nothing_by_its_words():
    found, _ = related(LATEST, UNDATED, ("The Green Watch report lists", 140), dates={0: "2022-12-05", 2: "2024-01-05"})
    assert found == [[], []]
