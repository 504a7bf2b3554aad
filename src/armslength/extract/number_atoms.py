"""Single numbers as English prose writes them, before anything is asked about what stands around them.

In:  text. Out: `Numeral`s in order and apart: where each stands, its value or the bounds of a vague one, how it is written.
Never: repairs a number. One that looks damaged (`1,02`, `23O,000`, `2 30,000`) keeps its place, has no value and says what is wrong.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

Amount = float | int

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TIES = "twenty thirty forty fifty sixty seventy eighty ninety"
UNITS = {w: n for n, w in enumerate(_ONES.split())}
TENS = {w: 10 * n for n, w in enumerate(_TIES.split(), start=2)}
SCALES = {
    "hundred": 100,
    "thousand": 1_000,
    "lakh": 100_000,
    "million": 1_000_000,
    "crore": 10_000_000,
    "billion": 10**9,
    "trillion": 10**12,
}
_SHORT = {"k": 1_000, "m": 1_000_000, "mn": 1_000_000, "bn": 10**9, "b": 10**9, "tn": 10**12}
_GROUPS = {"dozen": 12, "score": 20}
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth"
    " seventeenth eighteenth nineteenth twentieth"
)
ORDINALS = {w: n for n, w in enumerate(_ORDINALS.split(), start=1)}
PARTS = {"half": 2, "halves": 2, "quarter": 4, **{w: n for w, n in ORDINALS.items() if 2 < n <= 20}}
"""What a whole is cut into; `quarters` and `thirds` are read as their singular."""
_VAGUE = {"dozens": 24, "scores": 40, "tens": 20, "hundreds": 200, "thousands": 2_000, "millions": 2_000_000, "billions": 2 * 10**9}
"""The least a vague plural says: two of its unit."""
_FEW = {"few", "several", "many"}
_HANDFUL = (3, 11)
"""More than a pair and less than a dozen: no closer bound stands in a dictionary."""
_PERCENT_WORDS = {"percent", "percentage", "per"}
_LONGEST = 24
"""Characters of a number: a longer run of digits is a key, a table or noise."""
_SPACES = "\u00a0\u202f\u2009"
_STARTERS = frozenset(
    {*UNITS, *TENS, *SCALES, *_GROUPS, *_VAGUE, *ORDINALS, *PARTS, *_FEW, "a", "an", "thirds", "quarters", "fifths", "tenths"}
)

_TOKEN = re.compile(r"[^\W_]+")
_DIGITS = re.compile(rf"\d+(?:[.,’'٬٫，．{_SPACES}]\d+)*")
_LATER_GROUPS = re.compile(r"(?: \d{3})+(?![\d.,]\d|\d)")
_SPLIT_GROUP = re.compile(r"(?:\s\d{1,3}(?:,\d{3})+|,\s0\d\d|\s0\d)(?![\d]|[.,]\d)")
_DAMAGED = re.compile(r"\d[\d.,]*[OoIl][\dOoIl]*(?:[.,][\dOoIl]{3})*(?!\w)")
_SHORT_SCALE = re.compile(r"(?P<one>[KkMm]|[Bb]n|[Mm]n|[Tt]n|(?<=\d)B)(?![^\W_])|\s(?:bn|mn|tn)(?![^\W_])")
_LONG_SCALE = re.compile(r"[\s\u00ad]?-?(?P<scale>hundred|thousand|lakh|million|crore|billion|trillion|dozen)\b(?!s)", re.IGNORECASE)
_ORDINAL_END = re.compile(r"(?:st|nd|rd|th)(?![^\W_])", re.IGNORECASE)
_CODE = re.compile(r"(?:USD|EUR|GBP|CNY|RMB|HKD|AUD|CAD|SGD|JPY|CHF|INR)(?=\d)")
_SIZE = re.compile(r"(?:km|cm|mm|kg|kb|mb|gb|tb|ghz|mhz|kph|mph|ft|lb|lbs|m²|km²)(?![^\W_])", re.IGNORECASE)
_SOFT = re.compile(r"(?:\u00ad[\d.,]*\d)+")
_PERCENT = re.compile(r"[\s\u00ad]?[%％٪]|[\s-](?:per[\s-]?cent(?:age\s+points?)?|pct)\b", re.IGNORECASE)
_VULGAR = "¼½¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
_MARKS_NEXT = "\ufe0f\u20e3"


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeral:
    """A number as written. `value` is None where it is vague or damaged; `low` and `high` then say what is known."""

    start: int
    end: int
    value: Amount | None = None
    low: Amount | None = None
    high: Amount | None = None
    form: str = "digits"
    """`digits`, `words`, `vague`, `part` (of a whole) or `ordinal`; `none` for digits that make no number, such as `10.4.2`."""
    percent: bool = False
    about: bool = False
    """The words themselves are rough: `a dozen`, `a couple`."""
    flaw: str = ""
    """What is wrong with it, or empty."""
    scale: int = 1
    """What a word such as `million` multiplied it by; a range shares it."""


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    word: str


def numerals(text: str) -> list[Numeral]:
    """Every number of a text, in order. Dates, labels and the like are still among them."""
    tokens = [_Token(m.start(), m.end(), m[0].lower()) for m in _TOKEN.finditer(text)]
    found: list[Numeral] = []
    end = 0
    for at, token in enumerate(tokens):
        if token.start < end or not (token.word in _STARTERS or token.word[-1].isdecimal() or token.word[0].isdecimal()):
            continue
        one = _read(text, tokens, at)
        if one is not None:
            one = _with_percent(text, one)
            end = one.end
            if one.form != "none":
                found.append(one)
    return sorted([*found, *_vulgar(text, found)], key=lambda one: one.start) if any(sign in text for sign in _VULGAR) else found


def _read(text: str, tokens: Sequence[_Token], at: int) -> Numeral | None:
    word = tokens[at].word
    if word[0].isdecimal():
        return _digits(text, tokens[at].start)
    code = _CODE.match(text, tokens[at].start) if word[-1].isdecimal() else None
    if code is not None:
        return _digits(text, code.end())
    if word not in _STARTERS or _glued(text, tokens[at]):
        return None
    return _part(text, tokens, at) or _vague(text, tokens, at) or _words(text, tokens, at)


def _glued(text: str, token: _Token) -> bool:
    """Whether a word goes on in marks that are no part of a number: `one’s`, `o̱ne`, `all-one`."""
    after = text[token.end : token.end + 1]
    return (after in {"’", "'", "_"} and text[token.end + 1 : token.end + 2].isalpha()) or (
        bool(after) and unicodedata.combining(after) > 0
    )


def _with_percent(text: str, one: Numeral) -> Numeral:
    sign = _PERCENT.match(text, one.end) if one.form != "ordinal" else None
    if sign is None:
        return one
    if one.form == "part" and one.value is not None:
        return replace(one, end=sign.end(), value=_plain(one.value / 100), percent=True)  # `half a percent`
    return replace(one, end=sign.end(), percent=True)


# ---------------------------------------------------------------- written with digits


def _digits(text: str, start: int) -> Numeral | None:
    match = _DIGITS.match(text, start)
    if match is None:
        return None
    damaged = _DAMAGED.match(text, start)
    if damaged is not None:
        return Numeral(start=start, end=damaged.end(), flaw="a letter stands among the digits")
    end = match.end()
    broken = _SPLIT_GROUP.match(text, end) if match[0].isdecimal() and len(match[0]) < 4 else None
    if broken is not None:
        return Numeral(start=start, end=broken.end(), flaw="a space stands in the number")
    groups = _LATER_GROUPS.match(text, end) if match[0].isdecimal() and len(match[0]) < 4 else None
    end = groups.end() if groups else end
    if _ORDINAL_END.match(text, end) and match[0].isdecimal():
        return Numeral(start=start, end=end + 2, value=int(match[0]), form="ordinal")
    return _scaled(text, start, end)


def _scaled(text: str, start: int, end: int) -> Numeral | None:
    """Add the scale behind the digits, if any. Digits that go on in letters or marks (`4G`, a keycap) are no number."""
    short, long = _SHORT_SCALE.match(text, end), _LONG_SCALE.match(text, end)
    written = text[start:end]
    scale, stop = 1, end
    if long is not None:
        name = long["scale"].lower()
        scale, stop = SCALES.get(name) or _GROUPS[name], long.end()
    elif short is not None:
        scale, stop = _SHORT[short[0].strip().lower()], short.end()
    elif end < len(text) and (text[end].isalpha() or text[end] in "_\u00ad" + _MARKS_NEXT or unicodedata.combining(text[end])):
        if _SIZE.match(text, end):
            value, flaw = digits_value(written, clear=True)
            return Numeral(start=start, end=end, value=value, flaw=flaw)
        soft = _SOFT.match(text, end)
        return Numeral(start=start, end=soft.end(), flaw="a soft hyphen stands in the number") if soft else _nothing(start, end)
    value, flaw = digits_value(written, clear=scale > 1 or _PERCENT.match(text, end) is not None)
    if value is None and not flaw:
        return _nothing(start, end)
    if end < len(text) and text[end] in _VULGAR and value is not None:
        value, stop = value + unicodedata.numeric(text[end]), end + 1
    total = None if value is None else _times(value, scale)
    return Numeral(start=start, end=stop, value=total, flaw=flaw, scale=scale)


def _nothing(start: int, end: int) -> Numeral:
    return Numeral(start=start, end=end, form="none")


def digits_value(written: str, *, clear: bool = False) -> tuple[Amount | None, str]:  # noqa: PLR0911 - one return a reading
    """The number that digits with their separators stand for, and what is wrong with them. Neither for what is no number (`10.4.2`).

    Any digits of Unicode are read. `clear`: a scale or per cent follows, so a mark before one or two digits, or a point before three,
    can only be a decimal one.
    """
    if len(written) > _LONGEST:
        return None, ""
    if len({ord(sign) - unicodedata.decimal(sign) for sign in written if sign.isdecimal()}) > 1:
        return None, "digits of two scripts"
    plain = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in written)
    plain = plain.translate({ord("٬"): ",", ord("，"): ",", ord("٫"): ".", ord("．"): ".", ord("’"): "'"})
    plain = re.sub(rf"(?<=\d)[ '{_SPACES}](?=\d\d\d(?!\d))", ",", plain)
    if plain.isdecimal():
        return int(plain), ""
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,2}(?:,\d{2})+,\d{3}", plain) and not plain.startswith("0"):
        return _plain(float(plain.replace(",", ""))) if "." in plain else int(plain.replace(",", "")), ""
    if re.fullmatch(r"[1-9]\d{0,2}(?:\.\d{3}){2,}", plain):
        return int(plain.replace(".", "")), ""
    if re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", plain) and not clear:
        return None, "the point may stand for thousands or for a fraction"
    if re.fullmatch(r"\d+\.\d+", plain):
        return _plain(float(plain)), ""
    if re.fullmatch(r"\d+,\d{1,2}", plain) and clear:
        return _plain(float(plain.replace(",", "."))), ""
    return (None, "the separators do not fit") if re.fullmatch(r"\d+(?:,\d+)+(?:\.\d+)?", plain) else (None, "")


def _vulgar(text: str, found: Sequence[Numeral]) -> Iterator[Numeral]:
    for at, sign in enumerate(text):
        if sign in _VULGAR and not any(one.start <= at < one.end for one in found):
            yield Numeral(start=at, end=at + 1, value=_plain(100 * unicodedata.numeric(sign)), form="part", percent=True)


def _times(value: Amount, scale: int) -> Amount:
    """Decimal arithmetic: 34.3 billion is 34,300,000,000."""
    return _plain(float(Decimal(str(value)) * scale)) if isinstance(value, float) else value * scale


def _plain(value: Amount) -> Amount:
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else value


# ---------------------------------------------------------------- written in words


def _gap(text: str, tokens: Sequence[_Token], at: int) -> bool:
    """Whether the next token goes on in the same number: a space or a hyphen, soft or hard, lies between."""
    if at + 1 >= len(tokens):
        return False
    between = text[tokens[at].end : tokens[at + 1].start]
    return 0 < len(between) <= 3 and between.replace("\u00ad", "").strip() in {"", "-", "‐", "‑"}


def _next(text: str, tokens: Sequence[_Token], at: int) -> str:
    """The next word of a number or phrase, or empty."""
    return tokens[at + 1].word if _gap(text, tokens, at) else ""


def _vague(text: str, tokens: Sequence[_Token], at: int) -> Numeral | None:  # noqa: PLR0911 - one return a reading
    """`dozens`, `hundreds of thousands`, `several hundred`, `a few dozen`, `a handful`, `a couple`, `a pair`."""
    start, word, last = tokens[at].start, tokens[at].word, at
    if word == "a":
        following = _next(text, tokens, at)
        if following == "score" and _next(text, tokens, at + 1) == "of":
            return Numeral(start=start, end=tokens[at + 1].end, value=20, form="vague", about=True)
        if following in {"pair", "couple", "handful"}:
            low, high = _HANDFUL if following == "handful" else (2, 2 if following == "pair" else 3)
            value = None if following == "handful" else 2
            end = tokens[at + 1].end
            return Numeral(start=start, end=end, value=value, low=low, high=high, form="vague", about=following != "pair")
        last, word = (at + 1, "few") if following == "few" else (at, "")
    if word in _FEW:
        unit = _next(text, tokens, last)
        least = 2 * (SCALES.get(unit) or _GROUPS.get(unit) or 0)
        if least and unit != "score":
            return Numeral(start=start, end=tokens[last + 1].end, low=least, form="vague")
        return None
    if word not in _VAGUE:
        return None
    least = _VAGUE[word]
    if _next(text, tokens, at) == "of" and (scale := _VAGUE.get(_next(text, tokens, at + 1), 0)) >= 2_000:
        return Numeral(start=start, end=tokens[at + 2].end, low=least * scale // 2, form="vague")
    if word == "tens" or (word == "scores" and _next(text, tokens, at) not in {"of", "more"}):
        return None
    return Numeral(start=start, end=tokens[at].end, low=least, form="vague")


def _part(text: str, tokens: Sequence[_Token], at: int) -> Numeral | None:
    """`a third of`, `two-thirds`, `three quarters`, `half of`, `half the`, `half a percent`: a part of a whole, in per cent."""
    word, here, top = tokens[at].word, at, 1
    if word in {"a", "an", "one"} or (word in UNITS and UNITS[word] > 1):
        top, here = UNITS.get(word, 1), at + 1
        if not _gap(text, tokens, at):
            return None
    name = tokens[here].word
    plural = name.endswith("s") and name[:-1] in PARTS
    whole = PARTS.get(name.removesuffix("s") if plural else name)
    if whole is None or (here == at and name != "half") or (plural and top == 1) or (top >= whole):
        return None
    following = _next(text, tokens, here)
    led = following == "of" or (name == "half" and following in {"the", "all", "their", "its", "those", "these", "his", "her", "our"})
    of = 1 if following == "of" else 0
    if (of or here == at) and _next(text, tokens, here + of) in {"a", "an"} and _next(text, tokens, here + of + 1) in _PERCENT_WORDS:
        return Numeral(start=tokens[at].start, end=tokens[here + of + 1].end, value=_plain(round(100 * top / whole, 2)), form="part")
    if not (led or plural or (name == "half" and here == at and _ends_there(text, tokens[here].end))):
        return None
    return Numeral(start=tokens[at].start, end=tokens[here].end, value=_plain(round(100 * top / whole, 2)), form="part", percent=True)


def _ends_there(text: str, end: int) -> bool:
    return not text[end : end + 1].strip(",.;:)") and text[end : end + 1] != ""


def _words(text: str, tokens: Sequence[_Token], at: int) -> Numeral | None:
    """`two hundred and six`, `forty-one`, `a dozen`, `half a million`, `two and a half million`, `third`."""
    word, here = tokens[at].word, at
    factor: Amount = 1
    if word in {"a", "half"}:
        if word == "half":
            if _next(text, tokens, here) not in {"a", "dozen"}:
                return None
            factor, here = 0.5, here + (tokens[here + 1].word == "a")
        if _next(text, tokens, here) not in {*SCALES, "dozen"}:
            return None
        word, here = tokens[here + 1].word, here + 1
    elif word in ORDINALS or word in _FEW or word in _VAGUE or word in PARTS or word in {"an", "score"}:
        return Numeral(start=tokens[at].start, end=tokens[at].end, value=ORDINALS[word], form="ordinal") if word in ORDINALS else None
    value, last = _run(text, tokens, here)
    if value is None or (last == at and word in SCALES):
        return None
    here = last
    value, here = _and_a_half(text, tokens, here, value)
    scale = SCALES.get(tokens[here].word, 1)
    if factor == 1 and at != here and tokens[here].word in ORDINALS:
        return Numeral(start=tokens[at].start, end=tokens[here].end, value=value, form="ordinal")
    about = tokens[here].word == "dozen" and (here == at or tokens[here - 1].word in {"a", "half"})
    return Numeral(start=tokens[at].start, end=tokens[here].end, value=_plain(value * factor), form="words", about=about, scale=scale)


def _run(text: str, tokens: Sequence[_Token], at: int) -> tuple[Amount | None, int]:
    """The value of the number words from a token on, and the last of them."""
    total, current, here, before = 0, 0, at, ""
    while True:
        word = tokens[here].word
        if word in UNITS or (word in ORDINALS and before in TENS):
            number = UNITS.get(word, ORDINALS.get(word, 0))
            fits = before in {"", "hundred", "thousand", "million", "billion", "trillion", "lakh", "crore"} or (
                before in TENS and 0 < number < 10
            )
            current += number if fits else 0
        elif word in TENS:
            fits = before in {"", *SCALES}
            current += TENS[word] if fits else 0
        elif word in {"hundred", *_GROUPS}:
            fits = current < 100 and before != "hundred"
            current = (max(current, 1) * (SCALES.get(word) or _GROUPS[word])) if fits else current
        else:
            fits = word in SCALES and before != "thousand"
            total, current = (total + max(current, 1) * SCALES[word], 0) if fits else (total, current)
        if not fits:
            return (total + current, here - 1 - (tokens[here - 1].word == "and")) if here > at else (None, at)
        before = word
        following = _next(text, tokens, here)
        if following == "and" and word in SCALES and _next(text, tokens, here + 1) in {*UNITS, *TENS}:
            here += 2
        elif (
            following in UNITS
            or following in TENS
            or following in SCALES
            or following == "dozen"
            or (word in TENS and following in ORDINALS)
        ):
            here += 1
        else:
            return total + current, here


def _and_a_half(text: str, tokens: Sequence[_Token], here: int, value: Amount) -> tuple[Amount, int]:
    """`two and a half`, `one and a half million`."""
    words = [tokens[n].word for n in range(here + 1, min(here + 4, len(tokens)))]
    if words != ["and", "a", "half"] or not all(_gap(text, tokens, n) for n in range(here, here + 3)):
        return value, here
    scale = _next(text, tokens, here + 3)
    if scale in SCALES:
        return (value + 0.5) * SCALES[scale], here + 4
    return value + 0.5, here + 3


def words_value(words: str) -> int | float | None:
    """`two hundred and thirty thousand` is 230000; None where the words make no number."""
    found = numerals(words)
    return found[0].value if len(found) == 1 and found[0].end - found[0].start == len(words.strip()) else None
