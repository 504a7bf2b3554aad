"""Dates in prose: what they say, how far they are anchored, and what is none."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armslength.model import dates

PUBLISHED = "2022-12-07"  # a Wednesday


def read(text: str, published: str | None = PUBLISHED, year: int | None = None) -> list[tuple[str, str, str]]:
    return [(text[d.start : d.end], d.edtf, d.basis) for d in dates.find_dates(text, published=published, context_year=year)]


@pytest.mark.parametrize(
    ("text", "words", "edtf"),
    [
        ("The list came out on 5 December 2022.", "5 December 2022", "2022-12-05"),
        ("On the 5th of December 2022 it came out", "5th of December 2022", "2022-12-05"),
        ("It came out on Monday, December 5, 2022, online", "Monday, December 5, 2022", "2022-12-05"),
        ("Sun 4 Dec 2022 was quiet", "Sun 4 Dec 2022", "2022-12-04"),
        ("JUNE 5, 2021", "JUNE 5, 2021", "2021-06-05"),
        ("posted 2022-12-05 at night", "2022-12-05", "2022-12-05"),
        ("posted 2022-12-05T10:00Z", "2022-12-05", "2022-12-05"),
        ("on 25/12/2021 at noon", "25/12/2021", "2021-12-25"),
        ("am 5.12.2021 in Wien", "5.12.2021", "2021-12-05"),
        ("in September 2022", "September 2022", "2022-09"),
        ("in May of 2021", "May of 2021", "2021-05"),
        ("in 2020, two offices", "2020", "2020"),
        ("the 2019 protests", "2019", "2019"),
        ("since 2016", "2016", "2016/.."),
        ("from 2016 onwards", "2016", "2016/.."),
        ("around 2019", "2019", "2019~"),
        ("before March 2021", "March 2021", "../2021-03"),
        ("between April 2021 and July 2022, they", "April 2021 and July 2022", "2021-04/2022-07"),
        ("between April and July 2022", "April and July 2022", "2022-04/2022-07"),
        ("between November and March 2022", "November and March 2022", "2021-11/2022-03"),
        ("from April 2021 to July", "April 2021 to July", "2021-04/2021-07"),
        ("from 2014 to 2022", "2014 to 2022", "2014/2022"),
        ("in 2014-2016", "2014-2016", "2014/2016"),
        ("the 2021/22 budget", "2021/22", "2021/2022"),
        ("5-9 December 2022", "5-9 December 2022", "2022-12-05/2022-12-09"),
        ("December 5 to 9, 2022", "December 5 to 9, 2022", "2022-12-05/2022-12-09"),
        ("early 2023", "early 2023", "2023-01/2023-06"),
        ("in mid-2023", "mid-2023", "2023-04/2023-09"),
        ("in late 2023", "late 2023", "2023-07/2023-12"),
        ("in late May 2021", "late May 2021", "2021-05"),
        ("in the first half of 2023", "the first half of 2023", "2023-01/2023-06"),
        ("in the third quarter of 2023", "the third quarter of 2023", "2023-07/2023-09"),
        ("Q3 2023", "Q3 2023", "2023-07/2023-09"),
        ("by the end of 2022", "the end of 2022", "../2022-12"),
        ("in spring 2021", "spring 2021", "2021-21"),
        ("in the 1990s", "the 1990s", "199X"),
        ("截至2022年9月5日，", "2022年9月5日", "2022-09-05"),
        ("2022年9月设立", "2022年9月", "2022-09"),
    ],
)
def test_stated_dates(text: str, words: str, edtf: str) -> None:
    assert read(text, published=None) == [(words, edtf, "stated")]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("On Dec. 5 the group said", "2022-12-05"),
        ("on December 20 they meet", "2022-12-20"),
        ("on May 20 they met", "2022-05-20"),
        ("the trial is set to begin on Friday", "2022-12-09"),
        ("closed until Friday", "../2022-12-09"),
        ("earlier today", "2022-12-07"),
        ("this morning", "2022-12-07"),
        ("the final quarter of last year", "2021-10/2021-12"),
        ("at the end of the year", "2022-10/2022-12"),
        ("it will open on December 20", "2022-12-20"),
        ("in September, officials", "2022-09"),
        ("in September this year", "2022-09"),
        ("on 5 September last year", "2021-09-05"),
        ("last September", "2022-09"),
        ("last December", "2021-12"),
        ("In May, the office", "2022-05"),
        ("last month", "2022-11"),
        ("earlier this year", "2022"),
        ("last year", "2021"),
        ("two years ago", "2020~"),
        ("three months ago", "2022-09~"),
        ("10 days ago", "2022-11-27"),
        ("about ten days ago", "2022-11-27~"),
        ("this week", "2022-12-05/2022-12-11"),
        ("yesterday", "2022-12-06"),
        ("on Monday", "2022-12-05"),
        ("on Wednesday", "2022-12-07"),
        ("last Wednesday", "2022-11-30"),
        ("next Monday", "2022-12-12"),
        ("the first half of last year", "2021-01/2021-06"),
        ("from May to September", "2022-05/2022-09"),
        ("between 2019 and last year", "2019/2021"),
        ("9月5日，", "2022-09-05"),
    ],
)
def test_dates_told_from_the_publication(text: str, edtf: str) -> None:
    assert [(found[1], found[2]) for found in read(text)] == [(edtf, "relative to publication")]


@pytest.mark.parametrize("text", ["in September", "on December 5", "last month", "on Monday", "last year", "yesterday", "9月5日"])
def test_without_a_publication_date_nothing_is_invented(text: str) -> None:
    ((_, edtf, basis),) = read(text, published=None)
    assert edtf == ""
    assert basis.startswith("open: ")


def test_a_context_year_anchors_months_and_this_year_but_not_last_month() -> None:
    assert read("in September", published=None, year=2022) == [("September", "2022-09", "year from context")]
    assert read("in September this year", published=None, year=2022) == [("September this year", "2022-09", "year from context")]
    assert read("last month", published=None, year=2022)[0][1] == ""


def test_that_year_is_the_year_of_the_date_before() -> None:
    found = read("In March 2019 and again in September of that year", published=None)
    assert [edtf for _, edtf, _ in found] == ["2019-03", "2019-09"]


def test_the_same_day_is_the_day_before_it_in_the_text() -> None:
    assert [edtf for _, edtf, _ in read("On 5 May 2021, and later the same day", published=None)] == ["2021-05-05", "2021-05-05"]
    assert read("later the same day", published=None)[0][1] == ""


def test_a_publication_known_to_the_month_or_year() -> None:
    assert read("last month", published="2022-10")[0][1] == "2022-09"
    assert read("on Monday", published="2022-10")[0][2].startswith("open: ")
    assert read("in September", published="2022")[0][1] == "2022-09?"
    assert read("last month", published="2022")[0][2].startswith("open: ")


def test_a_numeric_date_with_two_readings_is_a_year_unless_one_lies_ahead() -> None:
    assert read("on 05/11/2022", published=None) == [("05/11/2022", "2022", "stated, day and month in doubt")]
    assert read("on 05/12/2022", published="2022-06-01") == [("05/12/2022", "2022-05-12", "stated")]
    assert read("on 05/05/2022", published=None)[0][1] == "2022-05-05"


def test_listed_months_share_their_year() -> None:
    assert [found[1] for found in read("in March, April and May 2021", published=None)] == ["2021-03", "2021-04", "2021-05"]


@pytest.mark.parametrize(
    "text",
    [
        "It may march on. They may 5 times go. May said so; a second 10 in the Sun.",
        "call +44 20 2022 1234 or 2022-555",
        "Law No. 2013-1168 and Regulation 2016 and Act 2021",
        "some 2000 people, 2022 stations, over 1990 cases and 1,984 offices",
        "£2022 and 2022.5 and 2022%",
        "see http://example.org/2022/09/05/page",
        "the September 11 attacks",
        "the Sunday Post and Black Friday",
        "April Smith and August Miller spoke",
        "31 April 2022",
        "years ago, decades earlier",
        "30 stations in 12 cities",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert read(text) == []


WORDS = (
    "in on since by between from and to until early mid- late the end of this last next year month May March September 5 12 2021 2022 1990s "
    "Monday yesterday ago two – , . 2022年9月 05/12/2022 stations"
)
words = st.sampled_from(WORDS.split())


@settings(derandomize=True, deadline=None, database=None, max_examples=200)
@given(parts=st.lists(words, max_size=12), published=st.sampled_from([None, "2022-12-07", "2022-12", "2022", "2021/2022"]))
def test_whatever_is_found_is_edtf_in_order_and_apart(parts: list[str], published: str | None) -> None:
    text = " ".join(parts)
    found = dates.find_dates(text, published=published, context_year=None)
    assert all(dates.is_valid(one.edtf) for one in found)
    assert all((one.edtf == "") == one.basis.startswith("open: ") for one in found)
    assert all(text[one.start : one.end].strip() == text[one.start : one.end] != "" for one in found)
    assert all(one.end <= two.start for one, two in itertools.pairwise(found))
