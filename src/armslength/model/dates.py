"""Dates in prose, anchored as far as the text allows. EDTF itself is in `edtf.py`, the single dates in `date_atoms.py`.

In:  text, its publication date as EDTF if known, the year its other dates point to if known.
Out: `FoundDate`s in order: where each stands, EDTF, and how that is known.
Never: more precision than the words and the publication date give; a date that cannot be anchored is empty and says why.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from armslength.base.errors import InputError
from armslength.model.date_atoms import Atom, atoms
from armslength.model.date_spans import told_from
from armslength.model.edtf import (
    bounds,
    coarsen,
    contains,
    is_before,
    is_valid,
    month_end,
    overlaps,
    parse,
    precision,
    write,
)

__all__ = [
    "FoundDate",
    "bounds",
    "coarsen",
    "contains",
    "find_dates",
    "is_before",
    "is_valid",
    "overlaps",
    "parse",
    "precision",
    "write",
]

STATED = "stated"
STATED_DOUBT = "stated, day and month in doubt"
RELATIVE = "relative to publication"
CONTEXT = "year from context"
OF_THE_TELLING = "; the day it was told"
"""Added to the basis where a number's date only says when somebody gave it: the count was made then or before."""
NO_YEAR = "open: no year in the text and no publication date"
NO_PUBLICATION = "open: told from the publication, whose date is not known"
TOO_COARSE = "open: told from the publication, whose date is not known closely enough"

_SPAN = {"and": "between", "to": "from", "until": "from", "till": "from", "through": "from"}
_JOIN = re.compile(r"\s?(?:,\s?)?(?P<word>and|to|until|till|through|–|—|-)\s?")
_OPENING = re.compile(r"\b(?P<word>between|from)\s+(?:the\s+)?(?:(?:start|beginning|end)\s+of\s+)?$", re.IGNORECASE)
_LIST = re.compile(r"\s?(?:,|,?\s?(?:and|or|&))\s?")
_BEFORE = re.compile(
    r"\b(?P<word>since|after|until|till|up\s+to|by|before|prior\s+to|around|circa|about|approximately|roughly)\s+(?:the\s+)?(?:year\s+)?$",
    re.IGNORECASE,
)
_ONWARDS = re.compile(
    r"\s+(?:onwards?\b|(?:to|until|through)\s+(?:the\s+)?(?:present|now|today|this day)\b)|\s?[-–]\s?(?:present|now|today)\b"
)
_AHEAD = re.compile(
    r"\b(?:will|shall|would|should|going\s+to|scheduled|due|expected\s+to|planned\s+for|upcoming|deadline|set\s+(?:for|to)|to\s+be\s+\w+"
    r"|next)\b[^.!?\n]*$|\b(?:by|until|till)\s+$",
    re.IGNORECASE,
)
_LOOK_BACK = 60
"""Characters before a date that are searched for words about the future; the clause it stands in is rarely longer."""
_SOON = 60
_LONG_AGO = 300
"""Days. A day without a year that lies so soon after the publication, and so long before it a year earlier, is the coming
one: a report that goes back ten months gives the year. In 120 Wikinews articles all six such days were ahead.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundDate:
    """A date in a text."""

    start: int
    end: int
    edtf: str
    basis: str
    """`stated`, `stated, day and month in doubt`, `relative to publication`, `year from context`, or `open: ` and the reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Anchor:
    """What undated words are told from."""

    first: date | None
    last: date | None
    precision: str
    year: int | None
    same: str = ""
    """The date before, for `that year` and `the same day`."""


def find_dates(text: str, *, published: str | None = None, context_year: int | None = None) -> list[FoundDate]:
    """Find the dates of a text, in order and apart from each other; prepositions are outside the spans.

    `published` is the text's own date as EDTF; `context_year` the year that its other dates point to. A month or day without a year is
    the latest such one not after the publication, or the next one where the clause looks ahead or a day is at most two months off;
    without a publication date it takes the context year. Two dates joined as a period (`between A and B`, `from A to B`, `A – B`) are
    one interval. Seasons are northern.
    """
    anchor = _anchor(published, context_year)
    found = _fill(text, [atom for atom in atoms(text) if _exists(atom)])
    out: list[FoundDate] = []
    at = 0
    while at < len(found):
        atom = found[at]
        if atom.unit in {"same year", "same day"} or atom.unit.startswith("told "):
            anchor = replace(anchor, same=out[-1].edtf if out else "")
        single = _bounded(text, atom, _resolve(text, atom, anchor))
        nxt = found[at + 1] if at + 1 < len(found) else None
        if nxt and _joined(text, atom, nxt):
            period = _period(_resolve(text, atom, anchor), _resolve(text, nxt, anchor))
            if period:
                out.append(period)
                at += 2
                continue
        out.append(single)
        at += 1
    return out


def _anchor(published: str | None, context_year: int | None) -> _Anchor:
    if not published or not is_valid(published):
        return _Anchor(first=None, last=None, precision="", year=context_year)
    first, last = bounds(published)
    return _Anchor(first=first, last=last, precision=precision(published) if first and last else "", year=context_year)


def _exists(atom: Atom) -> bool:
    """Whether some calendar has the day: 31 April never, 29 February in a year that is not given."""
    if atom.unit == "weekday" or not (atom.month and atom.day):
        return True
    for day in (atom.day, atom.last_day or atom.day):
        try:
            date(atom.year or 2000, atom.month, day)
        except ValueError:
            return False
    return True


def _fill(text: str, found: list[Atom]) -> list[Atom]:
    """Give months without a year the year of the date they are listed or spanned with: `April and May 2022`, `April 2021 to July`."""
    filled = list(found)
    for at in range(len(filled) - 2, -1, -1):
        one, two = filled[at], filled[at + 1]
        between = text[one.end : two.start]
        if (
            one.calendar
            and two.calendar
            and one.month
            and not one.year
            and two.year
            and (_JOIN.fullmatch(between) or _LIST.fullmatch(between))
        ):
            earlier = bool(two.month and one.month > two.month)
            filled[at] = replace(one, year=two.year - earlier)
    for at in range(1, len(filled)):
        one, two = filled[at - 1], filled[at]
        if one.calendar and two.calendar and one.year and one.month and two.month and not two.year and _joined(text, one, two):
            filled[at] = replace(two, year=one.year + (two.month < one.month))
    return filled


def _joined(text: str, one: Atom, two: Atom) -> bool:
    """Whether two dates are the ends of one period."""
    join = _JOIN.fullmatch(text[one.end : two.start])
    if join is None:
        return False
    opening = _OPENING.search(text, max(0, one.start - 40), one.start)
    word = join["word"]
    if word in {"–", "—", "-"}:
        return True
    if opening:
        return _SPAN[word] == opening["word"].lower()
    return word in {"to", "until", "through"} and one.calendar and two.calendar


def _period(one: FoundDate, two: FoundDate) -> FoundDate | None:
    start, end = one.edtf.split("/")[0], two.edtf.split("/")[-1]
    bases = (one.basis, two.basis)
    edtf = f"{start}/{end}"
    if not (start and end) or ".." in edtf:
        reason = next((basis for basis in bases if basis.startswith("open")), None)
        return FoundDate(start=one.start, end=two.end, edtf="", basis=reason) if reason else None
    if not is_valid(edtf) or is_before(end, start):
        return None
    basis = next((basis for basis in (RELATIVE, CONTEXT, STATED_DOUBT) if basis in bases), STATED)
    return FoundDate(start=one.start, end=two.end, edtf=edtf, basis=basis)


def _bounded(text: str, atom: Atom, found: FoundDate) -> FoundDate:
    """Read the words around a date that open one end (`since`, `by`) or loosen it (`around`)."""
    if not found.edtf:
        return found
    first, last = found.edtf.split("/")[0], found.edtf.split("/")[-1]
    before = _BEFORE.search(text, max(0, atom.start - 30), atom.start)
    word = " ".join(before["word"].lower().split()) if before else ""
    if word in {"since", "after"} or _ONWARDS.match(text, atom.end):
        return replace(found, edtf=f"{first}/..")
    if word in {"until", "till", "up to", "by", "before", "prior to"}:
        return replace(found, edtf=f"../{last}")
    if word and atom.calendar and not atom.last_day and found.edtf[-1].isdigit():
        return replace(found, edtf=f"{found.edtf}~")
    return found


def _resolve(text: str, atom: Atom, anchor: _Anchor) -> FoundDate:
    edtf, basis = _edtf(text, atom, anchor)
    if not is_valid(edtf):
        edtf, basis = "", "open: no calendar has this day"
    return FoundDate(start=atom.start, end=atom.end, edtf=edtf, basis=basis)


def _edtf(text: str, atom: Atom, anchor: _Anchor) -> tuple[str, str]:  # noqa: PLR0911 - one return a reading
    if atom.decade is not None:
        return f"{atom.decade}X", STATED
    if atom.last_year and atom.year:
        return f"{atom.year:04d}/{atom.last_year:04d}", STATED
    if " " in atom.unit or atom.unit in {"weekend", "quarter"}:
        told = told_from(atom, anchor.first if anchor.precision == "day" else None, anchor.same)
        if told is not None:
            return told
    if atom.unit == "month":
        return _told_month(atom, anchor)
    if atom.unit in {"day", "week", "weekday"}:
        return _told_day(text, atom, anchor)
    if atom.unit == "year":
        return _told_year(atom, anchor)
    return _of_calendar(text, atom, anchor)


def _of_calendar(text: str, atom: Atom, anchor: _Anchor) -> tuple[str, str]:
    if atom.unit == "same year":
        year = anchor.same[:4]
        return (_in_year(atom, int(year)), CONTEXT) if year.isdigit() else ("", "open: the year is told from another date")
    if atom.unit == "same day":
        return (anchor.same, CONTEXT) if precision(anchor.same) == "day" else ("", "open: the day is told from another date")
    if atom.year is None:
        return _without_year(text, atom, anchor)
    if atom.swapped:
        return _swapped(atom, anchor)
    return _in_year(atom, atom.year), STATED


def _in_year(atom: Atom, year: int) -> str:
    if atom.months:
        low, high = atom.months
        return f"{year:04d}-{low:02d}/{year:04d}-{high:02d}"
    if atom.season:
        return f"{year:04d}-{atom.season}"
    try:
        whole = write(year, atom.month, atom.day)
        return f"{whole}/{write(year, atom.month, atom.last_day)}" if atom.last_day else whole
    except InputError:
        return "not a day"


def _swapped(atom: Atom, anchor: _Anchor) -> tuple[str, str]:
    """`05/12/2022` is the fifth of December or the twelfth of May: the year, unless one of them lies after the publication."""
    if atom.year is None or atom.swapped is None:
        raise TypeError("only a numeric date has two readings")
    one = _in_year(atom, atom.year)
    two = _in_year(replace(atom, month=atom.swapped[0], day=atom.swapped[1]), atom.year)
    if anchor.last:
        past = [reading for reading in (one, two) if (day := bounds(reading)[0]) and day <= anchor.last]
        if len(past) == 1:
            return past[0], STATED
    return f"{atom.year:04d}", STATED_DOUBT


def _told_year(atom: Atom, anchor: _Anchor) -> tuple[str, str]:
    """Read `this year`, `September last year`, `two years ago`."""
    if anchor.first and anchor.last and anchor.first.year == anchor.last.year:
        year, basis = anchor.first.year, RELATIVE
    elif anchor.year:
        year, basis = anchor.year, CONTEXT
    else:
        return "", TOO_COARSE if anchor.first else NO_PUBLICATION
    edtf = _in_year(atom, year + (atom.shift or 0))
    return edtf + ("~" if atom.approximate and edtf[-1].isdigit() else ""), basis


def _told_month(atom: Atom, anchor: _Anchor) -> tuple[str, str]:
    """Read `last month`, `three months ago`: needs the month of publication."""
    if anchor.first is None:
        return "", NO_PUBLICATION
    if anchor.precision not in {"day", "month"}:
        return "", TOO_COARSE
    months = anchor.first.year * 12 + anchor.first.month - 1 + (atom.shift or 0)
    return write(months // 12, months % 12 + 1) + ("~" if atom.approximate else ""), RELATIVE


def _told_day(text: str, atom: Atom, anchor: _Anchor) -> tuple[str, str]:
    """Read `yesterday`, `on Monday`, `last week`: needs the day of publication."""
    if anchor.first is None or anchor.precision != "day":
        return "", TOO_COARSE if anchor.first else NO_PUBLICATION
    day, shift = anchor.first, atom.shift or 0
    if atom.unit == "weekday":
        if shift == 0 and _AHEAD.search(text, max(0, atom.start - _LOOK_BACK), atom.start):
            shift = 1
        return _weekday(day, atom.day or 0, shift).isoformat(), RELATIVE
    if atom.unit == "week" and not atom.approximate:
        monday = day - timedelta(days=day.weekday()) + timedelta(weeks=shift)
        return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}", RELATIVE
    exact = day + (timedelta(weeks=shift) if atom.unit == "week" else timedelta(days=shift))
    return exact.isoformat() + ("~" if atom.approximate else ""), RELATIVE


def _weekday(day: date, wanted: int, shift: int) -> date:
    """The latest such weekday up to the publication; before it for `last`, after it for `next`."""
    back = (day.weekday() - wanted) % 7
    if shift < 0:
        return day - timedelta(days=back or 7)
    return day + timedelta(days=7 - back) if shift > 0 else day - timedelta(days=back)


def _without_year(text: str, atom: Atom, anchor: _Anchor) -> tuple[str, str]:
    """A month or day whose year is not said."""
    if anchor.first is None or anchor.last is None:
        if anchor.year is None:
            return "", NO_YEAR
        return _in_year(atom, anchor.year), CONTEXT
    ahead = (atom.shift or 0) > 0 or bool(_AHEAD.search(text, max(0, atom.start - _LOOK_BACK), atom.start))
    strict = (atom.shift or 0) < 0
    early = _nearest(atom, anchor.first, ahead=ahead, strict=strict)
    late = _nearest(atom, anchor.last, ahead=ahead, strict=strict)
    if late is None:
        return "", "open: no calendar has this day"
    # within one month the two ends of a publication date cannot tell years apart well enough to doubt; within a year they can
    doubtful = early != late and anchor.precision not in {"day", "month"}
    return _in_year(atom, late) + ("?" if doubtful and not atom.last_day else ""), RELATIVE


def _nearest(atom: Atom, day: date, *, ahead: bool, strict: bool) -> int | None:
    """The year of the latest such date not after a day, or with `ahead` of the first one not before it."""
    month = atom.month or 1
    if atom.day and not strict and not ahead and _is_soon(atom, month, day):
        ahead = True
    years = range(day.year, day.year + 9) if ahead else range(day.year, day.year - 9, -1)
    for year in years:
        try:
            first = date(year, month, atom.day or 1)
        except ValueError:
            continue
        last = first if atom.day else month_end(year, month)
        if (last >= day) if ahead else (last < day if strict else first <= day):
            return year
    return None


def _is_soon(atom: Atom, month: int, day: date) -> bool:
    """Whether the coming such day is much nearer than the past one."""
    for year in (day.year, day.year + 1):
        try:
            coming = date(year, month, atom.day or 1)
        except ValueError:
            continue
        if coming >= day:
            return (coming - day).days <= _SOON and 366 - (coming - day).days >= _LONG_AGO
    return False
