"""Expressions of time: lengths, clock times, words without a date; and dates told from another date."""

from __future__ import annotations

import pytest

from armslength.model.dates import find_dates
from armslength.model.times import find_times

PUBLISHED = "2022-12-07"  # a Wednesday


@pytest.mark.parametrize(
    ("text", "words", "kind", "length"),
    [
        ("held for six months", "six months", "length", "P6M"),
        ("after two and a half years", "two and a half years", "length", "P2.5Y"),
        ("a 12-hour flight", "a 12-hour", "length", "PT12H"),
        ("over three decades of it", "over three decades", "length", "P30Y"),
        ("it ran for years", "years", "length", "PXY"),
        ("several weeks of calls", "several weeks", "length", "PXY"),
        ("a decades-long watch", "decades-long", "length", "PXD"),
        ("at 18:30 UTC sharp", "18:30 UTC", "clock", ""),
        ("at 6 p.m. they left", "6 p.m.", "clock", ""),
        ("they are currently closed", "currently", "vague", ""),
        ("it was open at the time", "at the time", "vague", ""),
        ("for the day it closed", "the day", "vague", ""),
    ],
)
def test_other_times(text: str, words: str, kind: str, length: str) -> None:
    (one,) = find_times(text, published=PUBLISHED)
    assert (text[one.start : one.end], one.kind, one.length, one.edtf) == (words, kind, length, "")


def test_a_date_goes_before_the_length_it_holds() -> None:
    (one,) = find_times("two years ago", published=PUBLISHED)
    assert (one.kind, one.edtf) == ("date", "2020~")


@pytest.mark.parametrize("text", ["a second desk", "a soon-to-open desk", "30 desks", "in the 110 desks"])
def test_no_time(text: str) -> None:
    assert find_times(text, published=PUBLISHED) == []


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("over the past three months", "2022-09~/2022-12"),
        ("in the last two years", "2020~/2022"),
        ("in the past nine days", "2022-11-28/2022-12-07"),
        ("over the past decade", "2012~/2022"),
        ("in the next two years", "2022/2024~"),
        ("over the weekend", "2022-12-03/2022-12-04"),
        ("In the autumn it was 60", "2022-23"),
        ("by the winter", "../2022-24"),
        ("the previous year", "2021"),
        ("in the early 2000s", "2000/2004"),
        ("in the late 1990s", "1995/1999"),
        ("in the ’80s", "198X"),
        ("since ’82", "1982/.."),
        ("on 7/25/21 it", "2021-07-25"),
        ("Monday’s list", "2022-12-05"),
    ],
)
def test_dates_told_from_the_publication(text: str, edtf: str) -> None:
    assert [found.edtf for found in find_dates(text, published=PUBLISHED)] == [edtf]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("In 2019 it opened; the following year it closed.", ["2019", "2020"]),
        ("In May 2019 it opened; two months later it closed.", ["2019-05", "2019-07"]),
        ("On 5 May 2019 it opened; the next day it closed.", ["2019-05-05", "2019-05-06"]),
        ("It opened in 2019, two weeks later it closed.", ["2019", ""]),
        ("The following year it closed.", [""]),
    ],
)
def test_dates_told_from_the_date_before(text: str, edtf: list[str]) -> None:
    assert [found.edtf for found in find_dates(text, published=PUBLISHED)] == edtf


@pytest.mark.parametrize(
    "text", ["in the autumn", "over the weekend", "in the past three months", "the fourth quarter", "the previous year"]
)
def test_without_a_publication_they_stay_open(text: str) -> None:
    (one,) = find_dates(text)
    assert one.edtf == ""
    assert one.basis.startswith("open: ")


@pytest.mark.parametrize("text", ["they spring up", "in recent years", "at the time", "a quarter of them", "the fall of the house"])
def test_words_that_give_no_date(text: str) -> None:
    assert find_dates(text, published=PUBLISHED) == []
