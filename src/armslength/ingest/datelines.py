"""Dates that a page puts on itself: labelled, in a by-line, or alone on a line. Never dates in running text.

In:  one line or date string.
Out: EDTF (ISO 8601-2) with the precision that is there: `2022`, `2022-10` or `2022-10-05`.
Never: invents a day, a month or a year; two-digit years are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from armslength.ingest.grammar import date_words

_ISO = re.compile(r"(?P<y>(?:19|20)\d\d)(?:-(?P<m>\d\d)(?:-(?P<d>\d\d)(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?)?)?")
_TIME = r"(?:(?:at\s+)?\d{1,2}[:.h]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?(?:\s*\(?[A-Z]{2,5}(?:[+-]\d{1,2})?\)?)?)"
_AFTER = r"(?:\d+\s*min(?:ute)?s?(?:\s+read)?)"


@dataclass(frozen=True, slots=True, kw_only=True)
class DateLine:
    """A date line found: the date, how strong the line is (smaller is stronger), and the by-line's name if it has one."""

    published: str
    rank: int
    byline: str | None = None
    publisher: str | None = None


def parse_date(words: str) -> str | None:
    """Read one date written in words or figures as EDTF; None when it is not wholly a date, or none of the calendar.

    `10/05/2022` gives only `2022`: nothing tells which of the two is the month.
    """
    match = _date().fullmatch(words.strip(" \t\u00a0.,;"))
    return _edtf(match.groupdict()) if match else None


def iso_date(words: str) -> str | None:
    """Read a machine's date (`2022-10-05T10:00:00Z`, `2022-10`) as EDTF, to the day."""
    match = _ISO.fullmatch(words.strip())
    return _numbers(match["y"], match["m"], match["d"]) if match else parse_date(words)


def read_date_line(line: str) -> DateLine | None:
    """Read a line that holds a date and nothing else but a label, a by-line, a time, a time zone, minutes of reading."""
    if len(line) > 160:
        return None
    match = _line().fullmatch(line.strip())
    if not match:
        return None
    found = _edtf(match.groupdict())
    if found is None:
        return None
    label = (match["label"] or "").lower()
    rank = 2 if label in date_words().updated else 0 if label else 1
    before = (match["before"] or "").strip(" ,，|")
    byline = (match["by"] or "").strip(" ,|") or None
    return DateLine(published=found, rank=rank, byline=byline, publisher=before if is_outlet(before) else None)


def is_outlet(line: str) -> bool:
    """Whether a short line has the form of an outlet's name: a few capitalised words, one of them `Journal`, `Radio` and the like."""
    words = line.split()
    if not line or len(words) > 6 or len(line) > 60 or line[-1] in ".!?:;" or not (line[0].isupper() or not line[0].isascii()):
        return False
    small = {"of", "the", "and", "for", "de", "da", "in"}
    if any(word[0].islower() and word not in small for word in words):
        return False
    return any(word.lower() in date_words().outlets for word in words) or (not line.isascii() and line.endswith(date_words().outlets))


def _edtf(parts: dict[str, str | None]) -> str | None:
    year = next((parts[key] for key in ("y1", "y2", "y3", "y4", "y5", "y6") if parts.get(key)), None)
    if year is None:
        return None
    for name_key, day_key in (("n1", "d1"), ("n2", "d2")):
        name = parts.get(name_key)
        if name:
            return _numbers(year, str(date_words().months[name.rstrip(".").lower()]), parts.get(day_key))
    if parts.get("s1"):
        return _slashed(year, parts["s1"] or "", parts["s2"] or "")
    month, day = parts.get("m4") or parts.get("m6"), parts.get("d4") or parts.get("d6")
    return _numbers(year, month, day)


def _slashed(year: str, first: str, second: str) -> str | None:
    """Only a number above twelve tells the day from the month."""
    a, b = int(first), int(second)
    if a > 12 >= b:
        return _numbers(year, second, first)
    if b > 12 >= a:
        return _numbers(year, first, second)
    if a == b:
        return _numbers(year, first, second)
    return year if max(a, b) <= 12 else None


def _numbers(year: str, month: str | None, day: str | None) -> str | None:
    if month is None:
        return year
    try:
        return date(int(year), int(month), int(day)).isoformat() if day else date(int(year), int(month), 1).isoformat()[:7]
    except ValueError:
        return None


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def _date_source() -> str:
    words = date_words()
    months, weekdays = rf"(?:{_any_of(words.months)})\.?", _any_of(words.weekdays)
    year = r"(?:19|20)\d\d"
    return (
        rf"(?:(?:{weekdays})\.?,?\s+)?(?:"
        rf"(?P<d1>\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?:de\s+|of\s+)?(?P<n1>{months})(?:\s+de|,)?\s+(?P<y1>{year})"
        rf"|(?P<n2>{months})\s+(?:(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+)?(?P<y2>{year})"
        rf"|(?P<s1>\d{{1,2}})[/.](?P<s2>\d{{1,2}})[/.](?P<y3>{year})"
        rf"|(?P<y4>{year})[-/.](?P<m4>\d{{1,2}})(?:[-/.](?P<d4>\d{{1,2}}))?"
        rf"|(?P<y6>{year})\s?年\s?(?:(?P<m6>\d{{1,2}})\s?月\s?(?:(?P<d6>\d{{1,2}})\s?[日号號])?)?"
        rf")(?:\s*(?:{weekdays}))?"
    )


@cache
def _date() -> re.Pattern[str]:
    return re.compile(_date_source(), re.IGNORECASE)


@cache
def _line() -> re.Pattern[str]:
    words = date_words()
    label = _any_of([*words.published, *words.updated])
    return re.compile(
        rf"(?:(?:by|von|por|par|作者[:：]?)\s+(?P<by>[^\d|]{{3,80}}?)\s*[,|·•/–—-]\s*)?"
        rf"(?:(?P<before>(?-i:[A-Z\u2e80-\u9fff])[^\d,，|:：.!?]{{1,60}}?)\s*[,，|·•–—]\s*)?"
        rf"[(\[]?(?:(?P<label>{label})\s*[:：|]?\s*)?(?:on\s+)?"
        rf"{_date_source()}"
        rf"(?:[T\s,|·•/–—-]*{_TIME})?(?:[\s,|·•/–—-]*(?:updated|last updated|modified)\b.{{0,60}})?(?:[\s,|·•/–—-]*{_AFTER})?[)\]\s.]*",
        re.IGNORECASE,
    )
