"""Dates told from another date: `the following year`, `two weeks later`, `the past three months`, `over the weekend`, `in the autumn`.

In:  an atom of `date_atoms.py`, the day of publication if it is known, the date before it in the text if there is one.
Out: EDTF and how it is known; None for an atom that is none of these.
Never: tells a day from a month or a month from a year: what the other date is too coarse for stays open.
"""

from __future__ import annotations

from datetime import date, timedelta

from armslength.model.date_atoms import Atom
from armslength.model.edtf import bounds, precision, write

RELATIVE = "relative to publication"
CONTEXT = "told from the date before it in the text"
NO_DATE = "open: told from another date that is not known closely enough"
NO_PUBLICATION = "open: told from the publication, whose date is not known to the day"
NO_YEAR = "open: which year’s quarter is not said"
_SEASON_STARTS = {21: 3, 22: 6, 23: 9, 24: 12}


def told_from(atom: Atom, published: date | None, before: str) -> tuple[str, str] | None:
    """EDTF and basis of a date told from another."""
    if atom.unit == "quarter":
        return "", NO_YEAR
    if atom.unit.startswith("told "):
        return _told(atom, published, before)
    if atom.unit.endswith(" period") or atom.unit in {"weekend", "latest season"}:
        return (_from_publication(atom, published), RELATIVE) if published is not None else ("", NO_PUBLICATION)
    return None


def _from_publication(atom: Atom, day: date) -> str:
    if atom.unit == "weekend":
        saturday = day - timedelta(days=(day.weekday() - 5) % 7)
        return f"{saturday.isoformat()}/{(saturday + timedelta(days=1)).isoformat()}"
    if atom.unit == "latest season":
        return f"{day.year - (day.month < _SEASON_STARTS[atom.season or 21]):04d}-{atom.season}"
    unit, shift = atom.unit.removesuffix(" period"), atom.shift or 0
    if unit == "year":
        ends = sorted((day.year, day.year + shift))
        return f"{ends[0]:04d}~/{ends[1]:04d}" if shift < 0 else f"{ends[0]:04d}/{ends[1]:04d}~"
    if unit == "month":
        one, two = sorted((_month(day, 0), _month(day, shift)))
        return f"{one}~/{two}" if shift < 0 else f"{one}/{two}~"
    ends_at = sorted((day, day + timedelta(days=shift * (7 if unit == "week" else 1))))
    return f"{ends_at[0].isoformat()}/{ends_at[1].isoformat()}"


def _month(day: date, shift: int) -> str:
    months = day.year * 12 + day.month - 1 + shift
    return write(months // 12, months % 12 + 1)


def _told(atom: Atom, published: date | None, before: str) -> tuple[str, str]:
    """From the date before it; `the previous year` without one is told from the publication."""
    unit, shift = atom.unit.removeprefix("told "), atom.shift or 0
    known = precision(before) if before else ""
    first = bounds(before)[0] if before else None
    if first is None or known not in {"day", "month", "year"}:
        if shift > 0 or published is None or unit == "day":
            return "", NO_DATE
        first, known, basis = published, "day", RELATIVE
    else:
        basis = CONTEXT
    if unit == "year":
        return f"{first.year + shift:04d}", basis
    if unit == "month" and known in {"day", "month"}:
        return _month(first, shift), basis
    if known != "day" or unit == "month":
        return "", NO_DATE
    return (first + timedelta(days=shift * (7 if unit == "week" else 1))).isoformat() + ("~" if unit == "week" else ""), basis
