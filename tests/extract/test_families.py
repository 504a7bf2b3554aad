"""Families of constructions that any news text may use: each with a near miss that must not be read so."""

from dataclasses import replace

import pytest
from chain_samples import document_of

from armslength.extract.read import read_document
from armslength.model.claims import Claim

LEAD = (
    "Overseas police stations in the spotlight\n\nChinese police have opened 50 overseas police stations in 20 countries, the rights group"
    " Lumen Watch said in a report. Beijing and its police want people to return to China, and the Chinese embassy denies it.\n\n"
)


def told(text: str) -> list[Claim]:
    page = replace(document_of(LEAD + text), blocks=())  # a list without its heading is all prose
    return [c for c in read_document(page).claims if c.start >= len(LEAD)]


def kinds(text: str) -> list[str]:
    return [c.kind for c in told(text)]


@pytest.mark.parametrize(
    ("text", "kind", "near_miss"),
    [
        (
            "The arrest in May of a retired teacher in Lyon shocked the town.",
            "legal.arrest",
            "The arrest of his brother in Chengdu shocked him.",
        ),
        ("None of the cases led to a conviction.", "legal.conviction", "A conviction of that kind would be new."),
        (
            "He was sentenced to 30 months for spying on students.",
            "legal.sentence",
            "Her brother was sentenced to 30 months in Chengdu for her leaflets.",
        ),
        ("Two laptops and a stamp were seized.", "govt_response.search", "The chance was seized."),
        ("The Dutch government welcomed the report.", "govt_response.statement", "The Chinese embassy welcomed the report."),
        ("The Home Office did not rule out charges.", "govt_response.statement", "The embassy did not rule out charges."),
        ("Lisbon has asked Beijing for an explanation.", "govt_response.contact", "Beijing has asked Lisbon for an explanation."),
        (
            "The police had warned him of a threat to his life.",
            "govt_response.protection",
            "Police in Wuhan had warned him of a threat to his life.",
        ),
        (
            "The government plans to make refugee espionage a crime.",
            "govt_response.legislation",
            "The government plans to make a list of the offices.",
        ),
        ("The consulate was invited to respond but declined.", "no_comment", "The consulate was invited to respond and did so."),
        ("“Nobody was forced,” said a man at the office in Riga.", "denial", "“They were forced,” said a man at the office in Riga."),
        (
            "We have surely missed some, said the director, Jan Maas.",
            "undercount",
            "We have surely missed home, said the director, Jan Maas.",
        ),
        ("The Council names an eighth office in Calgary.", "site.existence", "The Council names an eighth witness in Calgary."),
        (
            "Els Maes, Belgium's justice minister, called the report alarming.",
            "govt_response.statement",
            "Els Maes called the report long.",
        ),
    ],
)
def test_a_family_and_its_near_miss(text: str, kind: str, near_miss: str) -> None:
    assert kind in kinds(text)
    assert kind not in kinds(near_miss)


def test_joined_predicates_of_a_denial_are_claims_of_their_own() -> None:
    found = told("The embassy said the offices were not police stations, employed no officers and had been closed long ago.")
    assert [(c.kind, c.quote) for c in found] == [
        ("denial", "The embassy said the offices were not police stations"),
        ("denial", "employed no officers"),
        ("site.closure", "had been closed long ago"),
    ]


def test_predicates_without_a_no_stay_one_denial() -> None:
    (claim,) = told("The embassy said: “Our officers strictly abide by the rules and respect the laws of other countries.”")
    assert claim.kind == "denial"
    assert "respect the laws" in claim.quote


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("The researchers had counted 64 by the end of September and, since the discovery of more notices, 87.", [64, 87]),
        ("The group counted 40 at the end of June.", [40]),
        ("The group counted 40 at dinner.", []),
        ("Where it happened, city by city.\n\nGraz – 12 cases\nLinz – 6\nSalzburg – 3\n\nNobody was charged.", [12, 6, 3]),
    ],
)
def test_counts_that_go_on_without_a_noun(text: str, counts: list[int]) -> None:
    assert [c.quantity.value for c in told(text) if c.quantity is not None] == counts


def test_a_row_counts_what_the_row_before_it_does() -> None:
    measures = {
        c.quantity.measure
        for c in told("Where it happened, city by city.\n\nGraz – 12 cases\nLinz – 6\n\nNobody was charged.")
        if c.quantity is not None
    }
    assert measures == {"cases"}


def test_relatives_of_nine_are_no_nine_stations() -> None:
    assert all(c.quantity is None for c in told("Relatives of nine of them were fined or locked up."))


def test_according_to_which_is_the_study_s_word() -> None:
    found = told("A new study by the Ostrand Institute, according to which 30 offices operate in Europe, was presented on Monday.")
    (count,) = (c for c in found if c.quantity is not None)
    assert [link.name for link in count.attribution[1:]] == ["Ostrand Institute"]


def test_by_its_own_account_points_ahead_to_the_subject() -> None:
    (claim,) = told("By its own account the group left out 12 addresses.")
    assert [link.name for link in claim.attribution[1:]] == ["Lumen Watch"]
    assert claim.kind == "undercount"


def test_a_date_behind_by_is_nobody_who_heard_it() -> None:
    names = {link.name for c in told("The group had counted 40 by March.") for link in c.attribution}
    assert "March" not in names
