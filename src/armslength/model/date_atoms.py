"""Single dates as English and Chinese prose writes them, before anything is anchored.

In:  text.
Out: `Atom`s in order: where each stands and the parts it gives (year, month, day, how far back), nothing resolved.
Never: guesses a part that the words do not give. `may`, `march`, `second` and `Sun` are dates only where the words around them say so;
numbers of laws, telephones, flights and amounts are none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12,
}  # fmt: skip
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


_LONG = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONTH = rf"(?:(?P<month>{_LONG}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?|{_LONG.upper()})(?<!\w-)(?!\w))"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\w%])(?![.,:]\d)"
_DAY2 = r"(?P<day2>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\w%])(?![.,:]\d)"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)(?!\w|[.,]\d)"
_WEEK = r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_WEEKDAY = rf"(?:(?:{_WEEK}|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\.?),?[ \u00a0]+(?:the\s+)?)?"
_TO = r"\s?(?:–|—|-|to|until|through|and)\s?"
_DAY_WORD = (
    "the day before yesterday|(?:(?:earlier|later) )?(?:yesterday|today|tomorrow)|this (?:morning|afternoon|evening)|tonight|last night"
)
_NUMBER = r"(?P<number>\d{1,3}|" + "|".join(WORDS) + ")"
_LOOSE = "about|around|some|nearly|almost|roughly|over|more than"
_REL = r"(?P<rel>this|last|next|past|previous|that|the same|the following|the previous)"
_PART = (
    r"(?:(?:the\s+)?(?P<part>early|mid|late|middle|end|close|beginning|start|Early|Mid|Late)(?:\s+(?:of|in)(?:\s+the\s+year)?\s+|\s+|-))"
)

_PATTERNS: tuple[tuple[str, str], ...] = (
    ("year_span", r"(?<![\w./-])(?P<year>(?:1[5-9]|20)\d\d)[-–/](?P<yy>\d\d)(?![\w/.-]\w|\d|-)"),
    ("iso", r"(?<![\w./-])(?P<year>(?:1[5-9]|20)\d\d)-(?P<mm>0[1-9]|1[0-2])(?:-(?P<day>0[1-9]|[12]\d|3[01]))?(?![\w-])(?![./]\w)"),
    ("iso_time", r"(?<![\w./-])(?P<year>(?:1[5-9]|20)\d\d)-(?P<mm>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?=T\d\d:)"),
    ("numeric", r"(?<![\w./-])(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})(?P=sep)(?P<year>(?:1[5-9]|20)\d\d)(?![\w/-])(?!\.\d)"),
    (
        "chinese",
        r"(?<!\d)(?P<year>(?:1[5-9]|20)\d\d)\s?年(?:\s?(?P<mm>1[0-2]|0?[1-9])\s?月(?:\s?(?P<day>3[01]|[12]\d|0?[1-9])\s?[日号號])?)?",
    ),
    ("chinese_day", r"(?<![\d年])(?P<mm>1[0-2]|0?[1-9])月(?P<day>3[01]|[12]\d|0?[1-9])[日号號]"),
    ("days_month", rf"(?<![\w.,/-]){_DAY}{_TO}{_DAY2}\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR})?"),
    ("month_days", rf"{_MONTH}\s+{_DAY}{_TO}{_DAY2}(?!\s+(?:{_LONG}))(?:,?\s+{_YEAR})?"),
    (
        "day_month",
        rf"(?<![\w.,/-]){_WEEKDAY}(?<!\d[.,])\b{_DAY}(?:\s+of)?[\s-]{_MONTH}(?:(?:,?\s+|-)(?:of\s+)?{_YEAR}|\s+(?:of\s+)?{_REL}\s+year)?",
    ),
    ("month_day", rf"(?<!\w){_WEEKDAY}{_MONTH}\s+(?:the\s+)?{_DAY}(?:,?\s+(?:of\s+)?{_YEAR}|,?\s+(?:of\s+)?{_REL}\s+year)?"),
    ("month_year", rf"(?<![\w-]){_PART}?{_MONTH},?\s+(?:of\s+)?{_YEAR}"),
    ("month_rel", rf"(?<![\w-]){_PART}?{_MONTH},?\s+(?:of\s+)?{_REL}\s+year"),
    ("rel_month", rf"(?<![\w-])(?i:{_REL})\s+{_MONTH}"),
    (
        "half",
        rf"(?:the\s+)?\b(?P<ordinal>first|second|third|fourth|last|final)\s+(?P<fraction>half|quarter)\s+of\s+(?:{_YEAR}|{_REL}\s+year)",
    ),
    ("quarter", rf"\b(?P<letter>[QH])(?P<digit>[1-4])\s+(?:of\s+)?{_YEAR}"),
    ("season", rf"(?i:\b(?:the\s+)?(?P<season>spring|summer|autumn|fall|winter))(?:\s+of)?,?\s+{_YEAR}"),
    ("rel_season", rf"(?i:\b{_REL}\s+(?P<season>spring|summer|autumn|fall|winter))\b"),
    ("decade", r"(?<!\w)(?:the\s+)?(?:(?:early|mid|late)[\s-])?(?P<decade>(?:1[5-9]|20)\d0)['’]?s\b"),
    ("years", r"(?<![\w./-])(?P<year>(?:1[5-9]|20)\d\d)\s?[-–—]\s?(?P<year2>(?:1[5-9]|20)\d\d)(?![\w/-])"),
    ("part_year", rf"(?<![\w-])(?i:{_PART})(?:{_YEAR}|(?P<this>this|last|next|the)\s+year\b)"),
    ("ago", rf"(?i:\b(?P<about>{_LOOSE})?\s?\b{_NUMBER}\s+(?P<unit>day|week|month|year)s?\s+(?:ago|back\b))"),
    ("rel_unit", r"(?i:\b(?:(?:earlier|later)\s+)?(?P<rel>this|last|next|the current|current)\s+(?P<unit>week|month|year)\b(?! of\b))"),
    ("same_day", r"(?i:\b(?:that|the) (?:same|very) day\b|\bthat day\b)"),
    (
        "rel_day",
        rf"(?i:\b(?P<word>{_DAY_WORD})\b)",
    ),
    ("weekday", rf"(?<![\w-])(?:(?P<rel>[Tt]his|[Ll]ast|[Nn]ext|[Pp]ast)\s+)?(?P<weekday>{_WEEK})\b(?!['’]?\w)"),
    ("month_alone", rf"(?<![\w-]){_PART}?{_MONTH}(?!\s\d)"),
    ("year", rf"(?<![\w.,/$€£¥#+=_&-]){_YEAR}"),
)

_SCAN = tuple((name, re.compile(pattern)) for name, pattern in _PATTERNS)

_BEFORE_MONTH = re.compile(
    r"(?:\b(?:in|since|last|this|next|until|till|by|before|after|during|from|of|to|through|between|early|late|mid|and|or|for|on|past|every|per|also)\s+|[–(,]\s?|mid-)$",
    re.IGNORECASE,
)
_SURELY_BEFORE_MONTH = re.compile(r"\b(?:in|since|last|this|next|until|till|before|during|early|late)\s+$|mid-$", re.IGNORECASE)
_CAPITAL_NEXT = re.compile(r"\s+[A-Z][a-z]")
_EVENT_NEXT = re.compile(
    r"\s+(?:terror\w*\s+)?(?:attacks?|massacre|crackdown|movement|incident|uprising|riots?|bombings?|anniversary|generation)\b"
)
_NOT_A_YEAR_BEFORE = re.compile(
    r"(?:\b(?:No\.?|number|Resolution|Directive|Regulation|Room|Flight|Route|Article|Section|Act|Law|Code|Bill|Ordinance|Convention|Protocol|Order|page|p\."
    r"|some|over|than|nearly|almost|roughly|approximately|least|most|total\s+of|only|another|all|extra|additional|model|Model|Windows|Boeing|Airbus)\s+"
    r"|\+\d[\d\s()-]*|\d[\s-])$"
)
_NOT_A_YEAR_AFTER = re.compile(
    r"\s?(?:%|percent\b|per\s+cent\b)|[\s-]\d{3,}|\s+(?:\w+\s+)?(?:people|persons|men|women|nationals|officers|agents|stations|dollars|euros|pounds|yuan"
    r"|Index|copies|cars|units|jobs|workers|employees|dealerships|stores|planes|aircraft|shares|points|miles|kilomet\w+|metres|meters|feet|tons?|tonnes|times|cases"
    r"|students|members|suspects|victims|homes|houses|residents|citizens|soldiers|troops|fugitives|offices|sites|incidents)\b"
)
_WEEKDAY_NAME = re.compile(r"(?:\b(?:Black|Good|Easter|Bloody|Cyber|Palm|Super|Ash|Holy|Fat|Shrove)\s)$")


def atoms(text: str) -> list[Atom]:
    """Every date the words give, in order, none inside another. Where two readings overlap, the fuller pattern, listed first, stays."""
    found: list[Atom] = []
    taken = bytearray(len(text))
    for name, pattern in _SCAN:
        for match in pattern.finditer(text):
            atom = _READERS[name](text, match)
            if atom is not None and not any(taken[atom.start : atom.end]):
                taken[atom.start : atom.end] = b"\x01" * (atom.end - atom.start)
                found.append(atom)
    return sorted(found, key=lambda atom: atom.start)


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
    if atom.day and atom.year is None and _EVENT_NEXT.match(text, match.end()):
        return None
    relative = match.groupdict().get("rel")
    if relative in {"that", "the same"}:
        return replace(atom, unit="same year")
    return replace(atom, unit="year", shift=_shift(relative)) if relative else atom


def _numeric(text: str, match: re.Match[str]) -> Atom | None:
    del text
    a, b = int(match["a"]), int(match["b"])
    atom = _base(match)
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
    led = bool(_BEFORE_MONTH.search(text, 0, match.start())) or bool(match["part"])
    if name.lower() in {"may", "march"} and not led:
        return None
    if name.rstrip(".").lower() not in MONTHS and not (led and name.endswith(".")):
        return None
    if _CAPITAL_NEXT.match(text, match.end()) and not (match["part"] or _SURELY_BEFORE_MONTH.search(text, 0, match.start())):
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
    return replace(_base(match), decade=int(match["decade"]) // 10)


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


def _rel_day(text: str, match: re.Match[str]) -> Atom | None:
    del text
    word = match["word"].lower()
    shift = -2 if "before" in word else -1 if word in {"yesterday", "last night"} or "yesterday" in word else 1 if "tomorrow" in word else 0
    return Atom(start=match.start(), end=match.end(), shift=shift, unit="day")


def _same_day(text: str, match: re.Match[str]) -> Atom | None:
    del text
    return Atom(start=match.start(), end=match.end(), unit="same day")


def _weekday(text: str, match: re.Match[str]) -> Atom | None:
    if _WEEKDAY_NAME.search(text, 0, match.start()) or _CAPITAL_NEXT.match(text, match.end()):
        return None
    shift = _shift(match["rel"]) if match["rel"] else 0
    return Atom(start=match.start(), end=match.end(), day=WEEKDAYS.index(match["weekday"].lower()), unit="weekday", shift=shift)


def _year(text: str, match: re.Match[str]) -> Atom | None:
    if _NOT_A_YEAR_BEFORE.search(text, max(0, match.start() - 40), match.start()) or _NOT_A_YEAR_AFTER.match(text, match.end()):
        return None
    return _base(match)


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
    "rel_day": _rel_day,
    "same_day": _same_day,
    "weekday": _weekday,
    "year": _year,
    **dict.fromkeys(
        ("iso", "iso_time", "chinese", "chinese_day", "days_month", "month_days", "day_month", "month_day", "month_year", "month_rel"),
        _calendar,
    ),
}
