"""Numbers as people write them: what they say, and what only looks like one."""

from __future__ import annotations

import pytest

from armslength.extract.number_atoms import digits_value
from armslength.extract.numbers import find_figures, find_numbers


@pytest.mark.parametrize(
    ("text", "value", "comparator", "low", "high"),
    [
        ("a pair of vans", 2, "=", 2, 2),
        ("a couple of vans", 2, "approx", 2, 3),
        ("a handful of vans", None, "approx", 3, 11),
        ("a score of vans", 20, "approx", None, None),
        ("several hundred vans", None, ">=", 200, None),
        ("a few dozen vans", None, ">=", 24, None),
        ("tens of thousands of vans", None, ">=", 20_000, None),
        ("more than a dozen vans", 12, ">", 12, None),
        ("half a dozen vans", 6, "approx", None, None),
        ("half a million vans", 500_000, "=", 500_000, 500_000),
        ("two and a half million vans", 2_500_000, "=", 2_500_000, 2_500_000),
        ("34.3 billion vans", 34_300_000_000, "=", 34_300_000_000, 34_300_000_000),
        ("not more than 40 vans", 40, "<=", None, 40),
        ("upwards of 40 vans", 40, ">", 40, None),
        ("nearly 40 vans", 40, "<", None, 40),
        ("an estimated 40 vans", 40, "approx", None, None),
        ("more than an estimated 40 vans", 40, ">", 40, None),
        ("a total of at least 40 vans", 40, ">=", 40, None),
        ("40 or so vans", 40, "approx", None, None),
        ("40-odd vans", 40, "approx", None, None),
        ("40-plus vans", 40, ">=", 40, None),
        ("40+ vans", 40, ">=", 40, None),
        ("40 at most were seen", 40, "<=", None, 40),
        ("≥ 40 vans", 40, "=", 40, 40),
        ("≥40 vans", 40, ">=", 40, None),
        ("~40 vans", 40, "approx", None, None),
        ("from 30 to 40 vans, ranging", None, "=", None, None),
        ("ranging from 30 to 40 vans", None, "approx", 30, 40),
        ("30 or 40 vans", None, "approx", 30, 40),
        ("two to three million vans", None, "approx", 2_000_000, 3_000_000),
        ("one in five vans", 20, "=", 20, 20),
        ("nine out of ten vans", 90, "=", 90, 90),
        ("two-thirds of the vans", 66.67, "=", 66.67, 66.67),
        ("a quarter of the vans", 25, "=", 25, 25),
        ("about half of the vans", 50, "approx", None, None),
        ("a fifth of a percent", 0.2, "=", 0.2, 0.2),
        ("spread over 53 towns", 53, "=", 53, 53),
        ("it reports about 40 vans", 40, "=", 40, 40),
        ("brings the sum up to 40", 40, "=", 40, 40),
        ("２３０ vans", 230, "=", 230, 230),
        ("٥٤ vans", 54, "=", 54, 54),
        ("230\u202f000 vans", 230_000, "=", 230_000, 230_000),
        ("1,50,000 vans", 150_000, "=", 150_000, 150_000),
        ("10 lakh vans", 1_000_000, "=", 1_000_000, 1_000_000),
    ],
)  # fmt: skip
def test_what_a_number_says(text: str, value: float | None, comparator: str, low: float | None, high: float | None) -> None:
    found = find_figures(text)
    if "from 30 to 40 vans, ranging" in text:
        assert [f.value for f in found] == [30, 40], "a change has two numbers"
        return
    assert [(f.value, f.comparator, f.low, f.high) for f in found] == [(value, comparator, low, high)]


@pytest.mark.parametrize(
    "text",
    ["1,4 vans", "230.000 vans", "23O,000 vans", "2 30,000 vans", "5O vans", "1,02 vans", "1２ vans", "2\u00ad30 vans", "230, 000 vans"],
)
def test_a_damaged_number_keeps_its_place_and_has_no_value(text: str) -> None:
    (one,) = find_figures(text)
    assert one.value is None
    assert one.low is one.high is None
    assert one.flaw
    assert text[one.start : one.end] == text.removesuffix(" vans")


@pytest.mark.parametrize(
    "text",
    [
        "call +39 02 5550 1234", "dial 110", "the 110 overseas police desks", "Operation 404", "Boeing 747", "at Studio 54 tonight", "Windows 7",
        "on 5 May", "May 5, 2021", "since 2016", "in 2014-2016", "the spring of ’22", "Article 12", "Nos. 5", "page 7", "pp. 5-6", "No. 10",
        "14 Example Street", "12 Rue Exemple", "10:30", "6 p.m.", "0800 UTC", "5 o'clock", "version 10.4.2", "room 12-4", "a vote of 52-35",
        "top 10", "[12]", "1. First", "id 1234567890123", "555-1234", "covid-19", "MI5", "5️⃣", "4G", "24/7", "no tolerance", "1.2.3.4",
        "zero tolerance", "a million-dollar", "the Group of", "call 1-800-555-0199", "020 7946", "Flight 200", "#5",
    ],
)  # fmt: skip
def test_what_counts_nothing(text: str) -> None:
    assert [f for f in find_figures(text) if f.comparator == "=" and not f.flaw and f.value != 1_000_000] == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("$5bn", "money"), ("billions of dollars", "money"), ("US $5", "money"), ("20 euros", "money"), ("aged 41", "age"),
        ("Ana Example, 51, said", "age"), ("a 34-year-old man", "age"), ("six months", "duration"), ("a 12-hour flight", "duration"),
        ("30 km", "size"), ("2GB", "size"), ("the third desk", "ordinal"), ("the 3rd desk", "ordinal"), ("12 desks", "count"), ("12%", "share"),
    ],
)  # fmt: skip
def test_what_a_number_is_of(text: str, kind: str) -> None:
    assert [n.kind for n in find_numbers(text)] == [kind]


def test_a_number_far_too_long_is_none() -> None:
    assert find_numbers("1" * 5000) == []
    assert digits_value("9" * 400 + ".5") == (None, "")


def test_a_year_behind_a_bound_that_is_a_date_is_none() -> None:
    assert find_figures("until at least 2014") == []
    assert [f.value for f in find_figures("more than 2000 people")] == [2000]
