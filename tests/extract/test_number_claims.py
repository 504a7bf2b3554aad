"""One sentence with several numbers gives as many right pairs of value and place, and nothing that was not counted."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from armslength.model.claims import Claim

Read = Callable[..., list[Claim]]
LEAD = "Ruritania runs secret police stations abroad, a rights group says. "


def counts(claims: list[Claim]) -> set[tuple[object, str, str]]:
    return {
        (c.quantity.value, c.quantity.measure, ",".join(p.name for p in c.places) if c.quantity.measure.startswith("sites") else "")
        for c in claims
        if c.quantity is not None
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "It listed nine stations in Spain, four in Italy and three each in France and Canada.",
            {
                (9, "sites.in_country", "Spain"), (4, "sites.in_country", "Italy"), (3, "sites.in_country", "France"),
                (3, "sites.in_country", "Canada"),
            },
        ),
        (
            "The group counted at least 61 police stations in 29 countries across five continents.",
            {(61, "sites.worldwide", ""), (29, "countries", ""), (5, "continents", "")},
        ),
        ("The number of such stations grew to at least 88.", {(88, "sites.worldwide", "")}),
        ("It put the figure at no fewer than 88 in 41 countries.", {(88, "sites.worldwide", ""), (41, "countries", "")}),
        ("It found 48 more stations.", {(48, "sites.new", "")}),
        ("The group lists 38 stations, two of them in Lisbon.", {(38, "sites.worldwide", ""), (2, "sites.in_city", "Lisbon")}),
        ("The authorities closed 14 stations in Vienna.", {(14, "sites.closed", "Vienna")}),
        ("Canada has five such stations, and Spain three.", {(5, "sites.in_country", "Canada"), (3, "sites.in_country", "Spain")}),
        ("The list named 50 stations. Of the 50, 19 had closed.", {(50, "sites.worldwide", ""), (19, "sites.closed", "")}),
        ("It runs 23 stations in nine countries.", {(23, "sites.worldwide", ""), (9, "countries", "")}),
        ("The list names two posts in Spain, one in Madrid.", {(2, "sites.in_country", "Spain"), (1, "sites.in_city", "Madrid")}),
        ("The number of stations rose from 71 in May to 96 in July.", {(71, "sites.worldwide", ""), (96, "sites.worldwide", "")}),
        ("It first knew of 88 stations. The new figure, 96, was a surprise.", {(96, "sites.worldwide", "")}),
        ("It found 134 stations, the rival group's database 97.", {(134, "sites.worldwide", ""), (97, "sites.worldwide", "")}),
        ("Some 118 exiles were threatened; at least 58 of those who went back were arrested.", {(58, "persons.arrested", "")}),
        ("Agents threatened 31 exiles in 2020, 40 in 2021 and 52 last year.", {(31, "victims", ""), (40, "victims", ""), (52, "victims", "")}),
        ("Officials claim that 8,300 nationals were persuaded to return.", {(8300, "returns.persuaded", "")}),
        ("One of 412 attacks on exiles was in Vienna.", {(412, "incidents", "")}),
    ],
)  # fmt: skip
def test_pairs(claims: Read, text: str, expected: set[tuple[object, str, str]]) -> None:
    assert counts(claims(LEAD + text)) >= expected


@pytest.mark.parametrize(
    "text",
    [
        "The police station’s hotline is 110.",
        "The secret police stations were described in Article 12 of Law No. 7.",
        "Police stations were found in 2019 and at 14 Example Street.",
        "He was 41 when the secret police station opened on 5 May.",
        "The two stations had a phone, +39 02 5550 1234.",
        "Operation 404 named the police stations on page 12.",
    ],
)
def test_nothing_is_invented(claims: Read, text: str) -> None:
    assert counts(claims(LEAD + text)) == set()


def test_a_number_goes_on_counting_what_the_sentence_before_did(claims: Read) -> None:
    found = claims(LEAD + "The group counted 61 police stations. Five are in Portugal.")
    assert (5, "sites.in_country", "Portugal") in counts(found)


def test_a_damaged_number_is_kept_as_written_and_flagged(claims: Read) -> None:
    found = [c for c in claims("Officials said that 23O,000 nationals were persuaded to return to Ruritania.") if c.quantity is not None]
    assert [(c.quantity.value, bool(c.flags)) for c in found if c.quantity] == [(None, True)]
    assert "23O,000" in found[0].quote


@pytest.mark.parametrize(
    "text",
    [
        "Somebody offered the exile 2,000 dollars to stop.",
        "The exile was accused by the police of embezzling 3 million yuan.",
        "For each exile who was beaten there are a hundred telephone calls.",
        "The researchers interviewed 19 exiles.",
        "A survey of 1,206 exiles tells of threats.",
        "The exile was beaten by five men.",
    ],
)
def test_what_is_told_beside_the_matter_is_no_count(claims: Read, text: str) -> None:
    assert counts(claims(LEAD + text)) == counts(claims(LEAD))


def test_only_counts_carry_a_value(claims: Read) -> None:
    found = claims(LEAD + "Sweden expelled two consular officers. Prosecutors charged three men. Police arrested 80 people.")
    assert {c.kind.partition(".")[0] for c in found if c.quantity is not None} == {"quantity"}


def test_a_remark_about_some_of_them_is_outside_the_count(claims: Read) -> None:
    found = claims(LEAD + "All 12 exiles were threatened, one after 14 months in prison.")
    assert [c.quote for c in found if c.quantity and c.quantity.value == 12] == ["All 12 exiles were threatened"]
