"""Numbers as intervals, and what is not a number of the matter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.extract.number_atoms import words_value
from armslength.extract.numbers import find_figures


@pytest.mark.parametrize(
    ("text", "value", "comparator", "low", "high"),
    [
        ("at least 61 stations", 61, ">=", 61, None),
        ("no fewer than twelve desks", 12, ">=", 12, None),
        ("more than 230,000 people", 230000, ">", 230000, None),
        ("as many as 102 posts", 102, "<=", None, 102),
        ("up to forty officers", 40, "<=", None, 40),
        ("fewer than 30 cases", 30, "<", None, 30),
        ("some 1,100 returns", 1100, "approx", None, None),
        ("38 stations", 38, "=", 38, 38),
        ("two hundred and six cases", 206, "=", 206, 206),
        ("3.5 million people", 3_500_000, "=", 3_500_000, 3_500_000),
        ("50 or more sites", 50, ">=", 50, None),
        ("two dozen sites", 24, "=", 24, 24),
        ("dozens of sites", None, ">=", 24, None),
        ("hundreds of thousands of people", None, ">=", 200_000, None),
        ("between 30 and 40 sites", None, "approx", 30, 40),
        ("30-40 sites", None, "approx", 30, 40),
        ("12% of them", 12, "=", 12, 12),
    ],
)
def test_figures(text: str, value: float | None, comparator: str, low: float | None, high: float | None) -> None:
    found = find_figures(text)
    assert [(f.value, f.comparator, f.low, f.high) for f in found] == [(value, comparator, low, high)]


@pytest.mark.parametrize(
    "text",
    [
        "In 2020 they left.", "Article 12 of the law", "a 34-year-old man", "on 5 December", "December 5", "at 10:30", "Law No. 7",
        "aged 41", "the 21st century", "a three-storey house", "24-hour desk", "room 12", "one of the men", "$400 and €20", "covid-19",
    ],
)  # fmt: skip
def test_not_figures(text: str) -> None:
    assert find_figures(text) == []


def test_offsets_are_those_of_the_document() -> None:
    (one,) = find_figures("at least 61 stations", offset=100)
    assert (one.start, one.end, one.core) == (100, 111, (109, 111))


@given(st.integers(min_value=0, max_value=999_999_999))
def test_digits_with_commas_read_back(number: int) -> None:
    if 1500 <= number <= 2099:
        return  # a bare year is not a figure
    (one,) = find_figures(f"counted {number:,} stations") or (None,)
    assert one is not None
    assert one.value == number


def test_words() -> None:
    assert words_value("two hundred and thirty thousand") == 230_000
    assert words_value("forty-one") == 41
    assert words_value("many") is None


@given(st.text(max_size=80))
def test_any_text_is_survived(text: str) -> None:
    for one in find_figures(text):
        assert 0 <= one.start < one.end <= len(text)
