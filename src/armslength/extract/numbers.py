"""Read numbers as intervals: `at least 54`, `more than 230,000`, `dozens`, `between 30 and 40`, `two in three`.

In:  text. Out: figures with value, comparator, interval and range. Never: guesses. A number that looks damaged (`1,02`) is left alone;
years, dates, phone numbers, ages, laws, times, list numbers and numbers inside names are not figures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from armslength.extract.lexicon import load_data

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TIES = "twenty thirty forty fifty sixty seventy eighty ninety"
_UNITS = {w: n for n, w in enumerate(_ONES.split())}
_TENS = {w: 10 * n for n, w in enumerate(_TIES.split(), start=2)}
_SCALES = {
    "hundred": 100,
    "thousand": 1_000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
    "bn": 1_000_000_000,
    "m": 1_000_000,
    "k": 1_000,
}
# vague counts: the least they say, from the plural of their unit (two dozen, two hundred ...)
_VAGUE = {"dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2_000, "millions": 2_000_000}
_VAGUE_OF = {
    ("tens", "thousands"): 20_000,
    ("hundreds", "thousands"): 200_000,
    ("hundreds", "millions"): 200_000_000,
    ("tens", "millions"): 20_000_000,
}

_WORD = "|".join(sorted((*_UNITS, *_TENS), key=len, reverse=True))
_NUMERAL = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_FIGURE = re.compile(
    rf"(?<![\w$€£¥.,/#:])(?<![A-Za-z]-)(?:(?P<dozen>(?:(?:a|two|three|several)\s+)?dozen)\b"
    rf"|(?P<digits>{_NUMERAL})(?:[\s\u00a0-]?(?P<scale>hundred|thousand|million|billion|bn|m|k)\b)?"
    rf"|(?P<words>(?:{_WORD}|a)\b(?:[\s-]+(?:{_WORD}|hundred|thousand|million|billion|and)\b)*)"
    r"|(?P<vague>dozens|scores|tens|hundreds|thousands|millions)(?:\s+of\s+(?P<more>thousands|millions))?\b)"
    r"(?P<percent>\s?%|\s+per\s?cent\b)?(?![\w]|[.,]\d|\s?(?:am|pm)\b)",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\s*(?:-|–|—|to|and)\s*", re.IGNORECASE)
_AFTER = re.compile(r"\s*(?:or more|or so|\+|plus\b|and counting)", re.IGNORECASE)
_SPREAD = re.compile(r"\b(?:spread|scattered|spans?|spanning|extends?|extending|distributed|took)\s+$", re.IGNORECASE)
"""Before `over`: it is a place the thing reaches over, not a bound."""
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d$")


@cache
def _bounds_before() -> tuple[tuple[re.Pattern[str], str], ...]:
    """What may stand before a figure and bound it, with the comparator it makes."""
    table = load_data("numbers.yaml")["bounds"]
    return tuple((re.compile(rf"(?:\b(?:{_either(words)})|~)\s*(?:an? |the )?$", re.IGNORECASE), sign) for sign, words in table.items())


@cache
def _label_before() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_either(load_data('numbers.yaml')['label_before'])})\.?\s*[-:]?\s*$", re.IGNORECASE)


@cache
def _label_after() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{'|'.join(load_data('numbers.yaml')['label_after'])})", re.IGNORECASE)


def _either(words: str) -> str:
    return "|".join(re.escape(w.strip()) for w in sorted(words.split(","), key=len, reverse=True))


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as written. `value` is None for a vague count or a range; `low`/`high` bound what it says, None where open."""

    start: int
    end: int
    value: float | int | None
    comparator: str
    low: float | int | None
    high: float | int | None
    percent: bool = False
    core: tuple[int, int] = (0, 0)
    """The number itself, without the words that bound it."""


def find_figures(text: str, offset: int = 0) -> list[Figure]:
    """Every figure of a passage, in order; ranges count once. `offset` is added to the positions."""
    found: list[Figure] = []
    matches = [m for m in _FIGURE.finditer(text) if _is_figure(text, m)]
    skip = -1
    for number, match in enumerate(matches):
        if number == skip:
            continue
        following = matches[number + 1] if number + 1 < len(matches) else None
        joined = _joined(text, match, following)
        if joined is not None and following is not None:
            found.append(_shift(joined, offset))
            skip = number + 1
        else:
            found.append(_shift(_single(text, match), offset))
    return found


def _shift(figure: Figure, offset: int) -> Figure:
    core = (figure.core[0] + offset, figure.core[1] + offset)
    return Figure(
        figure.start + offset, figure.end + offset, figure.value, figure.comparator, figure.low, figure.high, figure.percent, core
    )


def _is_figure(text: str, match: re.Match[str]) -> bool:
    start, end = match.span()
    plain = match.group("digits")
    before, after = text[max(0, start - 24) : start], text[end : end + 24]
    if plain and _YEAR.fullmatch(plain) and not match.group("scale"):
        return False
    if (
        match.group("words")
        and match.group("words").casefold() in {"a", "one", "and"}
        and not re.match(r"\s+(?:hundred|thousand|million)", after)
    ):
        return (
            match.group("words").casefold() == "one"
            and re.match(r"\s+(?:(?:\w+\s+){0,2}(?:station|cent(?:er|re)|outpost|site|post)s?|in|at)\b", after) is not None
        )
    return not (
        _label_before().search(before)
        and not (match.group("digits") is None or "," in (plain or "") or before.lower().rstrip().endswith("the"))
    ) and not _label_after().match(after)


def _joined(text: str, first: re.Match[str], second: re.Match[str] | None) -> Figure | None:
    """`30 to 40`, `between 30 and 40`, `30-40`: one figure with two ends."""
    if second is None or first.group("vague") or second.group("vague"):
        return None
    between = text[first.end() : second.start()]
    if not _RANGE.fullmatch(between):
        return None
    before = text[max(0, first.start() - 12) : first.start()].casefold()
    if between.strip().casefold() == "and" and not before.endswith("between "):
        return None
    if between.strip().casefold() == "to" and not (before.endswith("from ") or text[first.start()].isdigit()):
        return None
    low, high = value_of(first), value_of(second)
    if low is None or high is None or low >= high:
        return None
    start = first.start() - (8 if before.endswith("between ") else 5 if before.endswith("from ") else 0)
    return Figure(start, second.end(), None, "approx", low, high, bool(second.group("percent")), (first.start(), second.end()))


def _single(text: str, match: re.Match[str]) -> Figure:
    percent = bool(match.group("percent"))
    if match.group("vague"):
        first, more = match.group("vague").casefold(), (match.group("more") or "").casefold()
        least = _VAGUE_OF.get((first, more), _VAGUE.get(first, 20))
        return Figure(match.start(), match.end(), None, ">=", least, None, percent, match.span())
    value = value_of(match)
    start, comparator = match.start(), "="
    for pattern, sign in _bounds_before():
        found = pattern.search(text, max(0, match.start() - 30), match.start())
        if found and not _SPREAD.search(text, max(0, found.start() - 14), found.start()):
            start, comparator = found.start(), sign
            break
    after = _AFTER.match(text, match.end())
    end = match.end()
    if after and comparator in {"=", ">="}:
        comparator, end = ("approx" if "so" in after.group().casefold() else ">="), after.end()
    elif match.group("dozen") and not re.match(r"(?:two|three)", match.group("dozen"), re.IGNORECASE):
        comparator = "approx" if comparator == "=" else comparator
    low, high = bounds(value, comparator)
    return Figure(start, end, value, comparator, low, high, percent, match.span())


def bounds(value: float | None, comparator: str) -> tuple[float | int | None, float | int | None]:
    """The interval that a value with a comparator stands for; None = open. Open ends are kept closed at the value (METHOD C5)."""
    low = value if comparator in {"=", ">=", ">"} else None
    high = value if comparator in {"=", "<=", "<"} else None
    return low, high


def value_of(match: re.Match[str]) -> float | int | None:
    """The number a match stands for."""
    if match.group("digits"):
        written = match.group("digits").replace(",", "")
        scale = _SCALES.get((match.group("scale") or "").casefold(), 1)
        value = float(written) * scale
        return int(value) if value == int(value) else value
    if match.group("dozen"):
        first = match.group("dozen").split()[0].casefold()
        return {"two": 24, "three": 36}.get(first, 12)
    return words_value(match.group("words") or "")


def words_value(words: str) -> int | None:
    """`two hundred and thirty thousand` is 230000; None where the words make no number."""
    total = current = 0
    for word in re.split(r"[\s-]+", words.casefold()):
        if word in {"and", ""}:
            continue
        if word == "a":
            current = max(current, 1)
        elif word in _UNITS:
            current += _UNITS[word]
        elif word in _TENS:
            current += _TENS[word]
        elif word == "hundred":
            current = max(current, 1) * 100
        elif word in _SCALES:
            total, current = total + max(current, 1) * _SCALES[word], 0
        else:
            return None
    return total + current
