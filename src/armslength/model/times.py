"""Every expression of time in prose: dates, lengths of time, clock times, and words that tell a time without giving one.

In:  text, its publication date as EDTF if known. Out: `FoundTime`s in order and apart. Dates are those of `dates.py`.
Never: turns a length into a date. `Six months` is as long as it says and begins nowhere; `recently` and `at the time` stay without a date
and say why.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from armslength.model.date_patterns import WORDS
from armslength.model.dates import find_dates

VAGUE = "open: the words give no date"
LENGTH = "a length of time"
CLOCK = "a time of day"

_MORE_WORDS = {
    "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
    "thirty": 30,    "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90,
}  # fmt: skip
_NUMBERS = {**WORDS, **_MORE_WORDS}
_NUMBER = r"(?:\d{1,4}(?:[.,]\d{1,3})?|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + ")"
_UNIT = r"(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|decades?|centur(?:y|ies)|fortnights?|nights?|weekends?)"
_LED = r"(?:(?:the|a|an|our|their|its)[ \u00a0])?(?:(?:past|last|next|first|previous|coming|following|final|recent|preceding)[ \u00a0])?"
_ABOUT = r"(?:(?:about|around|some|nearly|almost|roughly|over|under|more[ ]than|less[ ]than|at[ ]least|up[ ]to|between)[ \u00a0])?"
_KIND = r"(?:(?:full|straight|consecutive|trading|working|long|whole|calendar|business|odd|more)[ \u00a0])?"
_DURATION = re.compile(
    rf"(?<![\w.,$€£-]){_ABOUT}{_LED}(?P<number>{_NUMBER})(?P<half>[ -]and[ -]a[ -]half)?(?:[ ](?:to|or|and)[ ]{_NUMBER}|[-–]\d{{1,3}})?"
    rf"(?:[ \u00a0-]){_KIND}(?P<unit>{_UNIT})(?![^\W_])(?![-\s]olds?\b)(?<!\ba second)",
    re.IGNORECASE,
)
_LOOSE = re.compile(
    rf"\b(?:{_ABOUT}(?:(?:the|a)[ ](?:past|last|next|coming)[ ])?"
    rf"(?:several|many|a[ ]few|a[ ]couple[ ]of|half[ ]a[n]?"
    rf"|recent|some|the[ ]past|the[ ]coming)[ ]{_UNIT}"
    rf"|(?:for|in|over|after)[ ](?P<plain>years|months|weeks|days|decades)(?![ ](?:ago|before))"
    rf"|(?P<long>decades|years|months|weeks)[- ]long)\b",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"\b(?:(?:more[ ])?recently|currently|nowadays|at[ ](?:that|the|this|a[ ]later)[ ]time"
    r"|by[ ](?:that|then)(?:[ ]time)?|until[ ]then|back[ ]then|in[ ]the[ ](?:past|future)"
    r"|(?:for|by|in)[ ]the[ ](?:long|short|near)[ ](?:term|future)|(?:long|short|medium)-term"
    r"|at[ ]present|at[ ]the[ ]moment|these[ ]days|now(?!\w|-)|soon(?!-)"
    r"|later(?![ ](?:this|that|on\b|in\b|today|than))"
    r"|(?:for|end(?:ed|ing)?|finish(?:ed|ing)?|remainder[ ]of|rest[ ]of|start[ ]of|throughout|during|over)[ ]"
    r"(?P<the>the[ ](?:day|week|month|year|weekend))(?!['’]?\w|[ ](?:of|before|after|ago))"
    r"|(?P<history>(?:in[ ])?(?:our[ ])?recent[ ](?:[\w.]+[ ])?history)|over[ ]the[ ]years"
    r"|(?P<adjective>recent|ongoing|annual(?:ly)?|monthly|weekly|daily"
    r"|quarterly|yearly|current|third-quarter|fourth-quarter|"
    r"second-quarter|first-quarter))\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?<![\w.:,])(?:(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?:[ ]?[ap]\.?m\b\.?)?"
    r"|(?:1[0-2]|0?[1-9])[ ]?(?:a\.m\.|p\.m\.|am\b|pm\b)"
    r"|(?:1[0-2]|[1-9])[ ]o[’']clock|noon\b|midnight\b|[0-2]\d[0-5]\d(?=[ ](?:UTC|GMT)))"
    r"(?:[ ]\(?(?:UTC|GMT|BST|CET|CEST|EST|EDT|PST|PDT|EET|MSK)(?:[ ]?[+-]\d{1,2})?\)?|[ ]local[ ]time)?",
    re.IGNORECASE,
)
_LETTER = {"year": "Y", "month": "M", "week": "W", "day": "D", "night": "D", "hour": "TH", "minute": "TM", "second": "TS"}
_TIMES = {"decade": ("Y", 10), "century": ("Y", 100), "fortnight": ("W", 2), "weekend": ("D", 2)}


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTime:
    """An expression of time."""

    start: int
    end: int
    kind: str
    """`date`, `length`, `clock` or `vague`."""
    edtf: str
    """For a date."""
    length: str
    """For a length: ISO 8601, `P6M`; `PXY` where the number is not said."""
    basis: str


def find_times(text: str, *, published: str | None = None, context_year: int | None = None) -> list[FoundTime]:
    """Every expression of time, in order; a date goes before a length that it holds (`six months ago`)."""
    found = [
        FoundTime(start=d.start, end=d.end, kind="date", edtf=d.edtf, length="", basis=d.basis)
        for d in find_dates(text, published=published, context_year=context_year)
    ]
    taken = bytearray(len(text))
    for one in found:
        taken[one.start : one.end] = b"\x01" * (one.end - one.start)
    for match, kind, length in _others(text):
        start, end = _span(match)
        if not any(taken[start:end]):
            taken[start:end] = b"\x01" * (end - start)
            basis = {"length": LENGTH, "clock": CLOCK}.get(kind, VAGUE)
            found.append(FoundTime(start=start, end=end, kind=kind, edtf="", length=length, basis=basis))
    return sorted(found, key=lambda one: one.start)


def _others(text: str) -> list[tuple[re.Match[str], str, str]]:
    out = [(m, "clock", "") for m in _CLOCK.finditer(text)]
    out += [(m, "length", _length(m)) for m in _DURATION.finditer(text) if not _is_plural_of_one(m)]
    out += [(m, "length", f"PX{(m['plain'] or m['long'] or 'years')[0].upper()}") for m in _LOOSE.finditer(text)]
    return out + [(m, "vague", "") for m in _VAGUE.finditer(text)]


def _is_plural_of_one(match: re.Match[str]) -> bool:
    """`a decades-long watch`: the article belongs to another noun."""
    return match["number"].lower() in {"a", "an", "one"} and match["unit"].lower().endswith("s") and not match["half"]


def _span(match: re.Match[str]) -> tuple[int, int]:
    """Where the expression itself stands, without the preposition that shows what it is."""
    names = match.groupdict()
    name = next((n for n in ("the", "plain") if names.get(n)), None)
    return match.span(name) if name else match.span()


def _length(match: re.Match[str]) -> str:
    unit = match["unit"].lower()
    unit = "century" if unit == "centuries" else unit.removesuffix("s")
    written = match["number"].lower().replace(",", ".")
    number: float = _NUMBERS[written] if written in _NUMBERS else float(written)
    number += 0.5 if match["half"] else 0
    letter, times = _TIMES.get(unit, (_LETTER.get(unit, "D"), 1))
    amount = number * times
    shown = str(int(amount)) if amount == int(amount) else str(amount)
    return f"PT{shown}{letter[1]}" if letter[0] == "T" else f"P{shown}{letter}"
