"""Single dates as English and Chinese prose writes them, before anything is anchored.

In:  text.
Out: `Atom`s in order: where each stands and the parts it gives (year, month, day, how far back), nothing resolved.
Never: guesses a part that the words do not give. `may`, `march`, `second` and `Sun` are dates only where the words around them say so;
numbers of laws, telephones, flights and amounts are none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from armslength.model.date_patterns import (
    BEFORE_MONTH,
    CAPITAL_NEXT,
    DIGIT,
    DIGITAL,
    EVENT_NEXT,
    HINTS,
    MONTH_HINT,
    MONTHLY,
    MONTHS,
    NOT_A_YEAR_AFTER,
    NOT_A_YEAR_BEFORE,
    SCAN,
    SEASONS,
    SURELY_BEFORE_MONTH,
    SURELY_BEFORE_YEAR,
    WEEKDAY_NAME,
    WEEKDAYS,
    WORDS,
    YEAR_DIGITS,
)

_PARTS = {
    "early": (1, 6),
    "late": (7, 12),
    "mid": (4, 9),
    "middle": (4, 9),
    "end": (10, 12),
    "close": (10, 12),
    "beginning": (1, 3),
    "start": (1, 3),
}
"""Months that a part of a year can mean. Halves for `early` and `late`, quarters for its ends; `mid` is the middle half."""
_DECADE_PARTS = {"early": (0, 4), "mid": (2, 7), "late": (5, 9)}
"""Years that a part of a decade can mean, by the same rule."""
_THIS_CENTURY = 40
"""`’41` is 1941, `’39` would be 2039: two digits mean the sixty years before or the forty of this century."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Atom:
    """A date as the words give it."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    last_day: int | None = None
    """For `5 to 9 December`: the second day."""
    last_year: int | None = None
    """For `2014-2016`: the second year."""
    months: tuple[int, int] | None = None
    """For a part of a year: the months it can mean."""
    season: int | None = None
    decade: int | None = None
    shift: int | None = None
    """With `unit`: how many units before (-) or after (+) the publication."""
    unit: str = ""
    """`day`, `week`, `month`, `year`; or `weekday` with `day` as 0 (Monday) to 6; or `month name` for `last September`."""
    approximate: bool = False
    swapped: tuple[int, int] | None = None
    """For `05/12/2022`: the other reading, month and day."""

    @property
    def calendar(self) -> bool:
        """Whether it is made of year, month and day rather than told from the publication."""
        return not self.unit and self.decade is None and self.season is None and self.months is None and self.last_year is None


def atoms(text: str) -> list[Atom]:
    """Every date the words give, in order, none inside another. Where two readings overlap, the fuller pattern, listed first, stays."""
    found: list[Atom] = []
    taken = bytearray(len(text))
    for name, pattern in _possible(text):
        for match in pattern.finditer(text):
            atom = _READERS[name](text, match)
            if atom is not None and not any(taken[atom.start : atom.end]):
                taken[atom.start : atom.end] = b"\x01" * (atom.end - atom.start)
                found.append(atom)
    return sorted(found, key=lambda atom: atom.start)


def _possible(text: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    """The patterns that a text can match at all."""
    low = text.casefold().replace("ı", "i")
    digits, months = DIGIT.search(text) is not None, MONTH_HINT.search(low) is not None
    for name, pattern in SCAN:
        hints = HINTS.get(name)
        if (digits or name not in DIGITAL) and (months or name not in MONTHLY) and (hints is None or any(hint in low for hint in hints)):
            yield name, pattern


def _base(match: re.Match[str]) -> Atom:
    parts = match.groupdict()
    month = _month(parts["month"]) if parts.get("month") else int(parts["mm"]) if parts.get("mm") else None
    return Atom(
        start=match.start(),
        end=match.end(),
        year=int(parts["year"]) if parts.get("year") else None,
        month=month,
        day=int(parts["day"]) if parts.get("day") else None,
        last_day=int(parts["day2"]) if parts.get("day2") else None,
    )


def _month(name: str) -> int:
    return next(number for number, month in enumerate(MONTHS, 1) if month.startswith(name.rstrip(".").lower()[:3]))


def _shift(word: str) -> int:
    return {"last": -1, "past": -1, "previous": -1, "the previous": -1, "next": 1, "the following": 1}.get(word.lower(), 0)


def _calendar(text: str, match: re.Match[str]) -> Atom | None:
    atom = _base(match)
    if atom.day and atom.year is None and EVENT_NEXT.match(text, match.end()):
        return None
    relative = match.groupdict().get("rel")
    if relative in {"that", "the same"}:
        return replace(atom, unit="same year")
    return replace(atom, unit="year", shift=_shift(relative)) if relative else atom


def _numeric(text: str, match: re.Match[str]) -> Atom | None:
    del text
    a, b = int(match["a"]), int(match["b"])
    atom = _base(match)
    atom = replace(atom, year=2000 + atom.year) if atom.year is not None and atom.year < 100 else atom
    if match["sep"] == "." or a > 12:
        month, day = b, a
    elif b > 12 or a == b:
        month, day = a, b
    else:
        return replace(atom, month=b, day=a, swapped=(a, b))
    return replace(atom, month=month, day=day) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _rel_month(text: str, match: re.Match[str]) -> Atom | None:
    del text
    return replace(_base(match), unit="month name", shift=_shift(match["rel"]))


def _month_alone(text: str, match: re.Match[str]) -> Atom | None:
    name = match["month"]
    led = bool(BEFORE_MONTH.search(text, max(0, match.start() - 40), match.start())) or bool(match["part"])
    if name.lower() in {"may", "march"} and not led:
        return None
    if name.rstrip(".").lower() not in MONTHS and not (led and name.endswith(".")):
        return None
    if CAPITAL_NEXT.match(text, match.end()) and not (
        match["part"] or SURELY_BEFORE_MONTH.search(text, max(0, match.start() - 40), match.start())
    ):
        return None
    return None if name.isupper() else _base(match)


def _half(text: str, match: re.Match[str]) -> Atom | None:
    del text
    ordinal = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 0, "final": 0}[match["ordinal"]]
    length = 6 if match["fraction"] == "half" else 3
    ordinal = ordinal or 12 // length
    if ordinal * length > 12:
        return None
    atom = replace(_base(match), months=(length * (ordinal - 1) + 1, length * ordinal))
    return replace(atom, unit="year", shift=_shift(match["rel"])) if match["rel"] else atom


def _quarter(text: str, match: re.Match[str]) -> Atom | None:
    del text
    length, digit = (3 if match["letter"] == "Q" else 6), int(match["digit"])
    return None if length * digit > 12 else replace(_base(match), months=(length * (digit - 1) + 1, length * digit))


def _season(text: str, match: re.Match[str]) -> Atom | None:
    del text
    atom = replace(_base(match), season=SEASONS[match["season"].lower()])
    relative = match.groupdict().get("rel")
    return replace(atom, unit="year", shift=_shift(relative)) if relative else atom


def _decade(text: str, match: re.Match[str]) -> Atom | None:
    del text
    decade = int(match["decade"]) // 10
    if match["part"]:
        first, last = _DECADE_PARTS[match["part"]]
        return replace(_base(match), year=10 * decade + first, last_year=10 * decade + last)
    return replace(_base(match), decade=decade)


def _year_span(text: str, match: re.Match[str]) -> Atom | None:
    del text
    year, second = int(match["year"]), int(match["yy"])
    return replace(_base(match), last_year=year + 1) if second == (year + 1) % 100 else None


def _years(text: str, match: re.Match[str]) -> Atom | None:
    del text
    last = int(match["year2"])
    return replace(_base(match), last_year=last) if int(match["year"]) < last else None


def _part_year(text: str, match: re.Match[str]) -> Atom | None:
    del text
    atom = replace(_base(match), months=_PARTS[match["part"].lower()])
    return replace(atom, unit="year", shift=_shift(match["this"])) if match["this"] else atom


def _ago(text: str, match: re.Match[str]) -> Atom | None:
    number = match["number"].lower()
    amount = WORDS[number] if number in WORDS else int(number)
    start = match.start() + len(match[0]) - len(match[0].lstrip())
    loose = bool(match["about"]) or match["unit"].lower() != "day"
    if not text[match.start() : match.end()].strip():
        return None
    return Atom(start=start, end=match.end(), shift=-amount, unit=match["unit"].lower(), approximate=loose)


def _rel_unit(text: str, match: re.Match[str]) -> Atom | None:
    del text
    return Atom(start=match.start(), end=match.end(), shift=_shift(match["rel"]), unit=match["unit"].lower())


def _period(text: str, match: re.Match[str]) -> Atom | None:
    del text
    number = (match["number"] or "one").lower()
    amount = WORDS[number] if number in WORDS else int(number)
    unit = match["unit"].lower().removesuffix("s")
    if not match["number"] and match["unit"].lower().endswith("s"):
        return None  # `the past years`: how many is not said
    unit, amount = ("year", 10 * amount) if unit == "decade" else (unit, amount)
    ahead = match["rel"].lower() in {"coming", "next"}
    return Atom(start=match.start(), end=match.end(), shift=amount if ahead else -amount, unit=f"{unit} period")


def _told(text: str, match: re.Match[str]) -> Atom | None:
    del text
    parts = match.groupdict()
    number = (parts.get("number") or "one").lower()
    amount = WORDS[number] if number in WORDS else int(number)
    ahead = match["rel"].lower() in {"following", "next", "after", "later"}
    return Atom(start=match.start(), end=match.end(), shift=amount if ahead else -amount, unit=f"told {match['unit'].lower()}")


def _weekend(text: str, match: re.Match[str]) -> Atom | None:
    del text
    return Atom(start=match.start(), end=match.end(), unit="weekend")


def _season_alone(text: str, match: re.Match[str]) -> Atom | None:
    del text
    start, end = match.span("said")
    return Atom(start=start, end=end, season=SEASONS[match["season"].lower()], unit="latest season")


def _quarter_alone(text: str, match: re.Match[str]) -> Atom | None:
    del text
    return Atom(start=match.start(), end=match.end(), unit="quarter")


def _short_decade(text: str, match: re.Match[str]) -> Atom | None:
    del text
    return Atom(start=match.start(), end=match.end(), decade=190 + int(match["short"]) // 10)


def _short_year(text: str, match: re.Match[str]) -> Atom | None:
    if not SURELY_BEFORE_YEAR.search(text, max(0, match.start() - 12), match.start()):
        return None
    short = int(match["short"])
    return Atom(start=match.start(), end=match.end(), year=short + (2000 if short < _THIS_CENTURY else 1900))


def _rel_day(text: str, match: re.Match[str]) -> Atom | None:
    del text
    word = match["word"].lower()
    shift = -2 if "before" in word else -1 if word in {"yesterday", "last night"} or "yesterday" in word else 1 if "tomorrow" in word else 0
    return Atom(start=match.start(), end=match.end(), shift=shift, unit="day")


def _same_day(text: str, match: re.Match[str]) -> Atom | None:
    del text
    return Atom(start=match.start(), end=match.end(), unit="same day")


def _weekday(text: str, match: re.Match[str]) -> Atom | None:
    if WEEKDAY_NAME.search(text, max(0, match.start() - 40), match.start()) or CAPITAL_NEXT.match(text, match.end()):
        return None
    shift = _shift(match["rel"]) if match["rel"] else 0
    return Atom(start=match.start(), end=match.end(), day=WEEKDAYS.index(match["weekday"].lower()), unit="weekday", shift=shift)


def _year(text: str, match: re.Match[str]) -> Atom | None:
    return _base(match) if _reads_as_year(text, match.start(), match.end()) else None


def is_year(text: str, start: int, end: int) -> bool:
    """Whether four digits of a text stand for a year: 1500 to 2099, and nothing beside them is counted or numbered."""
    return YEAR_DIGITS.fullmatch(text, start, end) is not None and _reads_as_year(text, start, end)


def _reads_as_year(text: str, start: int, end: int) -> bool:
    return not (NOT_A_YEAR_BEFORE.search(text, max(0, start - 40), start) or NOT_A_YEAR_AFTER.match(text, end))


_READERS: dict[str, Callable[[str, re.Match[str]], Atom | None]] = {
    "numeric": _numeric,
    "rel_month": _rel_month,
    "month_alone": _month_alone,
    "half": _half,
    "quarter": _quarter,
    "season": _season,
    "rel_season": _season,
    "decade": _decade,
    "year_span": _year_span,
    "years": _years,
    "part_year": _part_year,
    "ago": _ago,
    "rel_unit": _rel_unit,
    "period": _period,
    "told": _told,
    "weekend": _weekend,
    "season_alone": _season_alone,
    "quarter_alone": _quarter_alone,
    "short_year": _short_year,
    "short_decade": _short_decade,
    "rel_day": _rel_day,
    "same_day": _same_day,
    "weekday": _weekday,
    "year": _year,
    **dict.fromkeys(
        ("iso", "iso_time", "chinese", "chinese_day", "days_month", "month_days", "day_month", "month_day", "month_year", "month_rel"),
        _calendar,
    ),
}
