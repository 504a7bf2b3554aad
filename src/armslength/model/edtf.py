"""Dates as far as they are known: the part of EDTF (ISO 8601-2, levels 0 and 1) that this program writes.

In:  text such as `2022`, `2022-09`, `2022-09-05`, `2021-04/2022-07`, `../2022`, `2016/..`, `2022~`, `202X`, `2022-XX`, `2021-21`.
Out: whether it is EDTF, the first and last day it can mean, how two compare, a coarser date.
Never: more precision than the text has. Empty text is an unknown date, and an unknown end is open.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from armslength.base.errors import InputError

Bounds = tuple[date | None, date | None]

_POINT = re.compile(r"(?P<year>\d{4}|\d{3}X|\d{2}XX)(?:-(?P<month>\d{2}|XX)(?:-(?P<day>\d{2}|XX))?)?(?P<mark>[~?%]?)")

# Northern meteorological seasons, each a month wider at its later end so that the astronomical season lies inside; winter runs into
# the next year. ISO 8601-2 gives the codes 21 to 24 and leaves the months to the reader.
_SEASONS = {21: (3, 6), 22: (6, 9), 23: (9, 12), 24: (12, 15)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One end of an interval, or a whole date: the first and last day it can mean."""

    first: date
    last: date
    precision: str
    """`day`, `month`, `season`, `year`, `decade` or `century`."""
    mark: str
    """`~` approximate, `?` uncertain, `%` both, or empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A parsed EDTF text. An end that is None is open or unknown."""

    start: Point | None
    end: Point | None
    interval: bool


def parse(edtf: str) -> Period:
    """Read EDTF. Raises InputError with a sentence when it is none, or when an interval ends before it begins."""
    if edtf == "":
        return Period(start=None, end=None, interval=False)
    if "/" not in edtf:
        point = _point(edtf)
        return Period(start=point, end=point, interval=False)
    left, _, right = edtf.partition("/")
    start = None if left in {"", ".."} else _point(left)
    end = None if right in {"", ".."} else _point(right)
    if start is None and end is None:
        raise InputError(f"`{edtf}` has no date at either end; write an unknown date as empty text.")
    if start and end and end.last < start.first:
        raise InputError(f"`{edtf}` ends before it begins.")
    return Period(start=start, end=end, interval=True)


def is_valid(edtf: str) -> bool:
    """Whether text is EDTF as this program writes it; empty text is (an unknown date)."""
    try:
        parse(edtf)
    except InputError:
        return False
    return True


def bounds(edtf: str) -> Bounds:
    """The first and last day a date can mean, both inclusive; None where it is open or unknown."""
    period = parse(edtf)
    return period.start.first if period.start else None, period.end.last if period.end else None


def precision(edtf: str) -> str:
    """`day`, `month`, `season`, `year`, `decade`, `century`, `interval`, or empty for an unknown date."""
    period = parse(edtf)
    if period.interval:
        return "interval"
    return period.start.precision if period.start else ""


def is_before(a: str, b: str) -> bool:
    """Whether every day of the first date lies before every day of the second. False where that is not known."""
    last, first = bounds(a)[1], bounds(b)[0]
    return last is not None and first is not None and last < first


def overlaps(a: str, b: str) -> bool:
    """Whether two dates may share a day. An unknown date may be any."""
    return not is_before(a, b) and not is_before(b, a)


def contains(outer: str, inner: str) -> bool:
    """Whether every day of the second date lies in the first. False for an unknown date on either side."""
    if not outer or not inner:
        return False
    (a, b), (c, d) = bounds(outer), bounds(inner)
    starts = a is None or (c is not None and a <= c)
    ends = b is None or (d is not None and d <= b)
    return starts and ends


def coarsen(edtf: str, to: str) -> str:
    """The same date said less exactly: to `month`, `year` or `decade`. What is coarser already stays as it is."""
    if to not in {"month", "year", "decade"}:
        raise InputError(f"A date is coarsened to month, year or decade, not to `{to}`.")
    parse(edtf)
    if not edtf:
        return ""
    if "/" not in edtf:
        return _coarser(edtf, to)
    left, right = (_coarser(end, to) if end not in {"", ".."} else end for end in edtf.split("/"))
    return left if left == right else f"{left}/{right}"


def write(year: int, month: int | None = None, day: int | None = None) -> str:
    """Write a date as EDTF from the parts that are known. Raises InputError for a date that no calendar has."""
    text = f"{year:04d}" + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if month and day else "")
    _point(text)
    return text


def _coarser(text: str, to: str) -> str:
    mark = text[-1] if text[-1] in "~?%" else ""
    parts = text.removesuffix(mark).split("-")
    if to == "month" and len(parts) == 3:
        parts = parts[:2]
    elif to == "year":
        parts = parts[:1]
    elif to == "decade":
        parts = [parts[0][:3] + "X" if not parts[0].endswith("XX") else parts[0]]
    return "-".join(parts) + mark


def _point(text: str) -> Point:
    found = _POINT.fullmatch(text)
    if found is None:
        raise InputError(f"`{text}` is not a date as EDTF writes it, such as 2022, 2022-09 or 2022-09-05.")
    year, month, day, mark = found["year"], found["month"], found["day"], found["mark"]
    if "X" in year or year == "0000":
        if month or year == "0000":
            raise InputError(f"`{text}` gives a month to a year that is not known.")
        low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
        width = "decade" if year.count("X") == 1 else "century"
        return Point(first=date(max(low, 1), 1, 1), last=date(high, 12, 31), precision=width, mark=mark)
    if month in {None, "XX"}:
        if day not in {None, "XX"}:
            raise InputError(f"`{text}` gives a day to a month that is not known.")
        return Point(first=date(int(year), 1, 1), last=date(int(year), 12, 31), precision="year", mark=mark)
    return _in_year(text, int(year), int(month), None if day in {None, "XX"} else int(day), mark)


def _in_year(text: str, year: int, month: int, day: int | None, mark: str) -> Point:
    if month in _SEASONS and day is None:
        start, end = _SEASONS[month]
        return Point(first=date(year, start, 1), last=month_end(year + (end - 1) // 12, (end - 1) % 12 + 1), precision="season", mark=mark)
    if not 1 <= month <= 12:
        raise InputError(f"`{text}` has no such month.")
    if day is None:
        return Point(first=date(year, month, 1), last=month_end(year, month), precision="month", mark=mark)
    try:
        exact = date(year, month, day)
    except ValueError as problem:
        raise InputError(f"`{text}` is a day that no calendar has.") from problem
    return Point(first=exact, last=exact, precision="day", mark=mark)


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])
