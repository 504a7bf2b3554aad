"""Read numbers as intervals: `at least 54`, `more than 230,000`, `dozens`, `between 30 and 40`, `two in three`, `40-odd`.

In:  text. Out: figures with value, comparator, interval, range and kind (a count, a share, money, an age ...).
Never: guesses. A number that looks damaged or can be read in two ways keeps its place, has no value and says why; years, dates, clock
times, phone numbers, laws, list numbers and numbers inside names are no figures at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from armslength.extract.lexicon import load_data
from armslength.extract.number_atoms import Amount, Numeral, numerals
from armslength.extract.number_labels import is_label, phrases_of
from armslength.model.date_atoms import is_year

_JOIN = re.compile(r"\s*(?:--?|–|—|‑|to|and|or)\s*(?P<money>[A-Z]{0,3}\s?[$€£¥₹₽]\s?)?", re.IGNORECASE)
_ONE_IN = re.compile(r"\s+(?:in(?:\s+every)?|out\s+of(?:\s+(?:every|the))?)\s+", re.IGNORECASE)
_ONE_IN_WHOLE = frozenset({2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25, 50, 100, 1_000})
_NOT_ONE_IN = re.compile(
    r"\s+(?:\w+\s+)?(?:countr|cit(?:y|ies)\b|continents?|provinces?|states?|towns?|regions?|places?|years?|months?|days?|locations?)",
    re.IGNORECASE,
)
_MONEY_BEFORE = re.compile(r"(?:\b[A-Z]{1,3}\s?|\b)?[$€£¥₹₽₩₺]\s?$|\b(?:USD|EUR|GBP|CNY|RMB|HKD|AUD|CAD|SGD|JPY|CHF|INR|Rs\.?)\$?\s?$")
_AGE_BEFORE = re.compile(
    r"\b(?:aged|age|ages|turned|at\s+the\s+age\s+of)\s+(?:(?:about|around|only|just|between|from)\s+)?$", re.IGNORECASE
)
_AGE_BETWEEN = re.compile(r"[A-Z][\w’'.-]+(?:\s\([^()]{1,20}\))?,\s$")
_AGE_AFTER = re.compile(r",|\s?\)|\.\s|$")
_YEAR_OLD = re.compile(r"[-–\s]?years?[-–\s]olds?\b|\s+years\s+of\s+age\b", re.IGNORECASE)
_LENGTH = re.compile(
    r"[\s\u00ad-]+(?:(?:full|straight|consecutive|trading|working|long|whole|calendar|more|business|short|odd|or\s+so|or\s+more)[\s-]+)?"
    r"(?:years?|yrs?|months?|weeks?|days?|hours?|minutes?|mins?|seconds?|decades?|centur(?:y|ies)|nights?|fortnights?)(?![^\W_])",
    re.IGNORECASE,
)
_UNIT_WORD = re.compile(r"[\s-]?([^\W\d_]+)|\s?[″]|[’']{2}|(?<=\d)\s?”(?!\s[a-z]+s\b)")
_OF_MONEY = re.compile(r"\s+of\s+(dollars|euros|pounds|yuan|yen|roubles|rubles|rupees|francs)\b")
_TWO_WORDS = re.compile(r"\s(?:US|U\.S\.|[A-Z][a-z]+)\s([a-z]+)")
_RAISING = (
    "rise rises rose risen rising grow grows grew grown growing increase increases increased increasing jump jumps jumped jumping"
    " bring brings brought bringing expand expands expanded expanding double doubled climb climbed climbs soar soared went goes go"
    " up down fell fall falls drop dropped cut plummeted lowered swell swelled raise raised raising take took takes taking"
)
_RAISED = frozenset(_RAISING.split())


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as written. `value` is None for a vague count, a range or a damaged number; `low`/`high` bound what it says."""

    start: int
    end: int
    value: Amount | None
    comparator: str
    low: Amount | None
    high: Amount | None
    percent: bool = False
    core: tuple[int, int] = (0, 0)
    """The number itself, without the words that bound it."""
    kind: str = "count"
    """`count`, `share`, `money`, `size`, `duration`, `age` or `ordinal`."""
    flaw: str = ""
    """Why the number was not read: damaged, or open to two readings."""


def find_figures(text: str, offset: int = 0) -> list[Figure]:
    """The numbers of a passage that may count something, in order; ranges count once. `offset` is added to the positions."""
    return [figure for figure in find_numbers(text, offset) if figure.kind in {"count", "share"}]


def find_numbers(text: str, offset: int = 0) -> list[Figure]:
    """Every number of a passage, whatever it is of, in order and apart. `one` is given only where it counts: `one in Lisbon`."""
    read = numerals(text)
    every = [
        one
        for before, one, after in zip((None, *read), read, (*read[1:], None), strict=False)
        if not _goes_on(text, before, one) and not (after is not None and _is_tied(text, one, after))
    ]
    found: list[Figure] = []
    at = 0
    while at < len(every):
        one, two = every[at], every[at + 1] if at + 1 < len(every) else None
        figure, taken = (_pair(text, one, two), 2) if two is not None else (None, 1)
        if figure is None:
            figure, taken = _single(text, one), 1
        if figure is not None:
            found.append(_shift(figure, offset) if offset else figure)
        at += taken
    return found


def _goes_on(text: str, before: Numeral | None, one: Numeral) -> bool:
    """`the 737-800`, `room 12-4`: what a hyphen ties to a label is part of it."""
    if before is None or text[before.end : one.start] not in {"-", "–", "/", "."}:
        return False
    return is_label(text, before) or _is_tied(text, before, one)


def _is_tied(text: str, one: Numeral, two: Numeral) -> bool:
    """`787-8`, `52-48`: digits that a hyphen ties and that do not rise are a model, a score or a reference, and no range."""
    tied = text[one.end : two.start] in {"-", "–"} and one.form == two.form == "digits"
    return tied and one.value is not None and two.value is not None and one.value >= two.value and two.scale == 1 and not two.percent


def _shift(figure: Figure, offset: int) -> Figure:
    core = (figure.core[0] + offset, figure.core[1] + offset)
    return replace(figure, start=figure.start + offset, end=figure.end + offset, core=core)


# ---------------------------------------------------------------- two numbers that are one


def _pair(text: str, one: Numeral, two: Numeral) -> Figure | None:
    if two.start - one.end > 20 or one.form == "ordinal" or two.form == "ordinal" or one.flaw or two.flaw:
        return None
    between = text[one.end : two.start]
    return _share_of(text, one, two, between) or _range(text, one, two, between)


def _share_of(text: str, one: Numeral, two: Numeral, between: str) -> Figure | None:
    """`one in five`, `two out of every three`: a share, in per cent. `nine in 53 countries` and `one in 2019` are none."""
    if one.value is None or two.value not in _ONE_IN_WHOLE or one.value >= (two.value or 0) or not _ONE_IN.fullmatch(between):
        return None
    if one.percent or two.percent or _NOT_ONE_IN.match(text, two.end) or is_label(text, two):
        return None
    value = round(100 * one.value / (two.value or 1), 2)
    joined = replace(one, end=two.end, value=int(value) if value == int(value) else value, percent=True, form="part")
    return _single(text, joined)


def _range(text: str, one: Numeral, two: Numeral, between: str) -> Figure | None:
    """`30 to 40`, `between 30 and 40`, `30-40`, `30 or 40`: one figure with two ends."""
    join = _JOIN.fullmatch(between)
    low, high = one.value, two.value
    if (
        (is_year(text, one.start, one.end) and is_year(text, two.start, two.end))
        or join is None
        or low is None
        or high is None
        or one.form == "vague"
        or two.form == "vague"
        or is_label(text, one)
        or is_label(text, two)
    ):
        return None
    if two.scale > 1 and one.scale == 1 and low < 1_000:
        low = low * two.scale
    if one.percent and not two.percent:
        return None
    word, before = (
        between[: join.start("money") if join["money"] else None].strip().lower(),
        text[max(0, one.start - 60) : _money_start(text, one.start)].lower(),
    )
    if low >= high or not _joins(text, one, two, word, before):
        return None
    lead = 0
    stem = before.rstrip(" $€£¥")
    for opening in ("between", "from"):
        lead = len(before) - len(stem) + len(opening) if stem.endswith(opening) else lead
    start = _money_start(text, one.start) - lead
    kind = _kind(text, replace(two, percent=two.percent or one.percent), one.start)
    if kind in {"", "ordinal"}:
        return None
    return Figure(start, two.end, None, "approx", low, high, two.percent or one.percent, (one.start, two.end), kind)


def _joins(text: str, one: Numeral, two: Numeral, word: str, before: str) -> bool:
    """Whether the word between two numbers makes one figure of them here."""
    stem = before.rstrip(" $€£¥")
    if word == "and":
        return stem.endswith("between")
    if word == "or":
        return (two.value or 0) <= 2 * (one.value or 0) and not stem.endswith(("either", "whether"))
    if word == "to" and stem.endswith("from"):
        ranging = phrases_of("ranging")
        return bool(set(stem.split()[-4:-1]) & ranging)
    if word == "to":
        return not set(stem.split()[-6:]) & _RAISED
    # a hyphen: `555-1234` is no range
    phone = one.form == "digits" and 100 <= (one.value or 0) < 1_000 <= (two.value or 0) and "," not in text[two.start : two.end]
    return not phone


# ---------------------------------------------------------------- one number


def _single(text: str, one: Numeral) -> Figure | None:
    if is_label(text, one) or (
        one.form == "digits" and one.end - one.start == 4 and one.value is not None and is_year(text, one.start, one.end)
    ):
        return None
    kind = _kind(text, one, one.start)
    if not kind:
        return None
    if kind == "ordinal" or one.flaw:
        return Figure(one.start, one.end, one.value, "=", one.value, one.value, one.percent, (one.start, one.end), kind, one.flaw)
    start, end, sign = _bounded(text, one)
    if one.value is None:
        known = sign if sign != "=" else ">=" if one.high is None else "approx"
        return Figure(start, end, None, known, one.low, one.high, one.percent, (one.start, one.end), kind)
    if sign == "=" and one.about:
        sign = "approx"
    low, high = bounds(one.value, sign)
    if sign == "approx" and one.low is not None:
        low, high = one.low, one.high
    return Figure(start, end, one.value, sign, low, high, one.percent, (one.start, one.end), kind)


def _kind(text: str, one: Numeral, start: int) -> str:  # noqa: PLR0911 - one return a reading
    """What a number is of; empty for a lone `one` that counts nothing."""
    if one.form == "ordinal":
        return "ordinal"
    if one.percent or one.form == "part":
        return "share"
    if one.form == "words" and one.value == 1 and text[one.start : one.end].lower() == "one" and not _counts_one(text, one.end):
        return ""
    if _MONEY_BEFORE.search(text, max(0, start - 6), start):
        return "money"
    if _YEAR_OLD.match(text, one.end) or _AGE_BEFORE.search(text, max(0, start - 28), start) or _is_age(text, one):
        return "age"
    if _LENGTH.match(text, one.end):
        return "duration"
    unit = _OF_MONEY.match(text, one.end) or _UNIT_WORD.match(text, one.end)
    if unit is not None:
        word, second = (unit[1] or "inch").lower(), _TWO_WORDS.match(text, one.end)
        if word in phrases_of("currency") or (second and second[1] in phrases_of("currency")):
            return "money"
        if word in phrases_of("sizes"):
            return "size"
    return "money" if re.match(r"\s?[€£$¥]", text[one.end : one.end + 2]) else "count"


_COUNTED_ONE = re.compile(
    r"\s+(?:(?:\w+\s+){0,2}(?:station|cent(?:er|re)|outpost|office|site|post|case|incident|person|man|woman|officer|country|city)\b|in\s+[A-Z]|at\s+the\b|each\b)"
)


def _counts_one(text: str, end: int) -> bool:
    return _COUNTED_ONE.match(text, end) is not None


def _is_age(text: str, one: Numeral) -> bool:
    """`Ana Example, 51, said`: a number up to 110 between commas behind a name."""
    if one.form != "digits" or one.value is None or not 5 <= one.value <= 110 or not _AGE_AFTER.match(text, one.end):
        return False
    return _AGE_BETWEEN.search(text, max(0, one.start - 48), one.start) is not None and text[one.end : one.end + 1] == ","


# ---------------------------------------------------------------- what bounds it


@cache
def _before() -> Mapping[tuple[str, ...], str]:
    return {tuple(p.split()): sign for sign, words in load_data("numbers.yaml")["bounds"].items() for p in _list(words)}


@cache
def _after() -> tuple[tuple[re.Pattern[str], str], ...]:
    out = []
    for sign, words in load_data("numbers.yaml")["after"].items():
        found = sorted(_list(words), key=len, reverse=True)
        tied = "|".join(re.escape(w[1:]) for w in found if w.startswith("-"))
        plain = "|".join(re.escape(w) for w in found if w[0] not in "-+")
        plus = r"|\s?\+(?!\s?\d)" if "+" in found else ""
        out.append(
            (
                re.compile(
                    rf"(?:\s|-|–|‑)(?:{tied})\b(?!\s+\d)|,?\s+(?:{plain})\b{plus}" if tied else rf",?\s+(?:{plain})\b{plus}", re.IGNORECASE
                ),
                sign,
            )
        )
    return tuple(out)


def _list(words: str) -> list[str]:
    return [" ".join(w.split()) for w in words.split(",")]


_WORD_BEFORE = re.compile(r"[^\s(\[“\"‘]+")


def _bounded(text: str, one: Numeral) -> tuple[int, int, str]:
    """Where the number with its bounds begins and ends, and the comparator they make."""
    first = _money_start(text, one.start)
    floor = max(0, first - 60)
    words = [(m.start() + floor, m[0].lower()) for m in _WORD_BEFORE.finditer(text[floor:first])]
    start, sign = first, "="
    while words:
        size, found = _phrase_at(words)
        if not size:
            break
        where = words[-size][0]
        del words[-size:]
        if found == "neutral":
            continue
        if _is_preposition(text[where:start].split(), words):
            break
        start, sign = where, _stronger(found, sign)
    if start == first and first and text[first - 1] in load_data("numbers.yaml")["signs"]:
        start, sign = first - 1, load_data("numbers.yaml")["signs"][text[first - 1]]
    end = one.end
    for pattern, behind in _after():
        match = pattern.match(text, end)
        if match is not None and sign in {"=", behind}:
            return start, match.end(), behind
    return start, end, sign


def _phrase_at(words: Sequence[tuple[int, str]]) -> tuple[int, str]:
    """The longest bounding or neutral phrase that ends here, and what it does."""
    table, neutral = _before(), phrases_of("neutral")
    for size in (5, 4, 3, 2, 1):
        phrase = tuple(word for _, word in words[-size:])
        if len(phrase) == size:
            if phrase in table:
                return size, table[phrase]
            if " ".join(phrase) in neutral:
                return size, "neutral"
    return 0, ""


def _is_preposition(phrase: Sequence[str], words: Sequence[tuple[int, str]]) -> bool:
    """`reports about 40 stations`, `spread over 53 countries`, `brings it up to 102`: no bound."""
    rules = load_data("numbers.yaml")["prepositions"]
    name = " ".join(phrase[:2]) if " ".join(phrase[:2]).lower() in rules else phrase[0] if phrase else ""
    led = rules.get(name.lower())
    if led is None:
        return False
    near = {word for _, word in words[-4 if " " in name else -1 :]}
    return bool(near & set(_list(led)))


def _stronger(outer: str, inner: str) -> str:
    return outer if inner in {"=", "approx"} else inner


def _money_start(text: str, start: int) -> int:
    match = _MONEY_BEFORE.search(text, max(0, start - 6), start)
    return match.start() if match else start


def bounds(value: Amount | None, comparator: str) -> tuple[Amount | None, Amount | None]:
    """The interval that a value with a comparator stands for; None = open. Open ends are kept closed at the value (METHOD C5)."""
    low = value if comparator in {"=", ">=", ">"} else None
    high = value if comparator in {"=", "<=", "<"} else None
    return low, high
