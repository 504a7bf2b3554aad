"""EDTF: what is one, what days it can mean, how two compare."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armslength.base.errors import InputError
from armslength.model import edtf


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2022", date(2022, 1, 1), date(2022, 12, 31)),
        ("2022~", date(2022, 1, 1), date(2022, 12, 31)),
        ("2022-XX", date(2022, 1, 1), date(2022, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2022-09-XX", date(2022, 9, 1), date(2022, 9, 30)),
        ("2022-09-05?", date(2022, 9, 5), date(2022, 9, 5)),
        ("199X", date(1990, 1, 1), date(1999, 12, 31)),
        ("19XX", date(1900, 1, 1), date(1999, 12, 31)),
        ("2021-21", date(2021, 3, 1), date(2021, 6, 30)),
        ("2021-24", date(2021, 12, 1), date(2022, 3, 31)),
        ("2021-04/2022-07", date(2021, 4, 1), date(2022, 7, 31)),
        ("../2022", None, date(2022, 12, 31)),
        ("2016/..", date(2016, 1, 1), None),
        ("2016/", date(2016, 1, 1), None),
        ("", None, None),
    ],
)
def test_bounds(text: str, first: date | None, last: date | None) -> None:
    assert edtf.is_valid(text)
    assert edtf.bounds(text) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "22",
        "2022-13",
        "2022-00",
        "2022-02-30",
        "2022-9",
        "0000",
        "2022/2021",
        "../..",
        "/",
        "202X-05",
        "2022-XX-05",
        "5 May",
        "2022 ",
        "2022-09-05T10:00",
        "2022-25",
    ],
)
def test_what_is_no_edtf(text: str) -> None:
    assert not edtf.is_valid(text)
    with pytest.raises(InputError):
        edtf.bounds(text)


def test_comparisons_only_say_what_is_known() -> None:
    assert edtf.is_before("2022-09", "2022-12-05")
    assert not edtf.is_before("2022", "2022-12-05")
    assert not edtf.is_before("", "2022")
    assert not edtf.is_before("2016/..", "2022")
    assert edtf.overlaps("2022", "2022-12-05")
    assert edtf.overlaps("", "2022")
    assert not edtf.overlaps("2021", "2022")
    assert edtf.contains("2022", "2022-12-05")
    assert edtf.contains("2016/..", "2020/..")
    assert not edtf.contains("2022-12-05", "2022")
    assert not edtf.contains("", "2022")


@pytest.mark.parametrize(
    ("text", "to", "coarser"),
    [
        ("2022-09-05", "month", "2022-09"),
        ("2022-09-05~", "year", "2022~"),
        ("2022-09", "decade", "202X"),
        ("2022", "month", "2022"),
        ("2022-09-01/2022-09-30", "month", "2022-09"),
        ("2016-05/..", "year", "2016/.."),
        ("19XX", "decade", "19XX"),
        ("", "year", ""),
    ],
)
def test_coarsen(text: str, to: str, coarser: str) -> None:
    assert edtf.coarsen(text, to) == coarser


def test_coarsen_refuses_what_it_does_not_know() -> None:
    with pytest.raises(InputError):
        edtf.coarsen("2022", "week")


@pytest.mark.parametrize(
    ("text", "precision"),
    [("2022", "year"), ("2022-09", "month"), ("2021-22", "season"), ("201X", "decade"), ("2020/2021", "interval"), ("", "")],
)
def test_precision(text: str, precision: str) -> None:
    assert edtf.precision(text) == precision


days = st.dates(min_value=date(1000, 1, 1))


@settings(derandomize=True, deadline=None, database=None)
@given(day=days, other=days, to=st.sampled_from(["month", "year", "decade"]))
def test_a_coarser_date_holds_the_finer_one_and_order_is_kept(day: date, other: date, to: str) -> None:
    coarse = edtf.coarsen(day.isoformat(), to)
    assert edtf.contains(coarse, day.isoformat())
    assert edtf.is_before(day.isoformat(), other.isoformat()) == (day < other)
    if edtf.is_before(coarse, other.isoformat()):
        assert day < other
