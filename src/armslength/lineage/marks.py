"""What a text keeps when it is told again in other words or another language: its numbers and names, in order.

In:  the words of texts.
Out: a hash of each mark, and where it stands.
Never: takes a number below 10 or the first word of a sentence for a mark; they are too common to tell texts by.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from armslength.lineage.letters import BLANK, CLOSING, DIGIT, ENDING, UPPER, Flags, Hashes, Places, Reading, hash_of

_NUMBER = re.compile(r"(\d{1,3}(?:([.,\u00a0\u202f’' ])\d{3}(?!\d))(?:\2\d{3}(?!\d))*|\d+)(?:[.,]\d+)?")
"""Digits, in groups of three or not, and decimals."""
_LONGEST = 24
"""Code points that one number is read from."""
_NO_DIGIT = re.compile(r"\D")
_EASTERN = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
_SEPARATORS = np.array([ord(letter) for letter in ".,\u00a0\u202f’' "], dtype=np.uint32)
_UNITS = np.array([ord(letter) for letter in _EASTERN], dtype=np.uint32)
_OPENING = np.array([ord(letter) for letter in '“‘"«'], dtype=np.uint32)
_LINE_FEED = np.uint32(ord("\n"))
_LOOK_BACK = 6
"""Code points before a capitalised word in which a sentence may end."""
_SHORTEST = 3
"""Letters a name has at least."""
_PLAIN = 18
"""Digits of a number that is read without a second look."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Marks:
    """Numbers from 10 and capitalised words inside sentences, of all texts of a reading, in order."""

    hashes: Hashes
    start: Places
    end: Places
    cuts: Places
    """Text number n has the marks from cuts[n] up to cuts[n + 1]. Places count in the letters of the reading."""


def marks_of(reading: Reading, texts: Sequence[str]) -> Marks:
    """The marks of each text."""
    names, called, closes = _names(reading)
    plain, counted, stops, odd = _numbers(reading)
    parts = [(reading.start[names], closes, called), (reading.start[plain], stops, counted)]
    if len(odd):
        read, spans = _read_odd(reading, texts, odd)
        parts = [(start[kept], end[kept], hashes[kept]) for start, end, hashes in parts for kept in [_outside(start, spans)]]
        parts.append(read)
    start, end, hashes = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.argsort(start, kind="stable")
    start = start[order]
    return Marks(hashes=hashes[order], start=start, end=end[order], cuts=np.append(np.searchsorted(start, reading.first), len(start)))


def _names(reading: Reading) -> tuple[Places, Hashes, Places]:
    """Words with a capital that open no sentence; their hashes without a last 's; their ends."""
    words = np.flatnonzero((reading.kinds[reading.start] & UPPER) != 0)
    words = words[reading.end[words] - reading.start[words] >= _SHORTEST]
    words = words[~_opens_sentence(reading, reading.start[words])]
    last = reading.high[words]
    owner = (reading.folded[last - 1] == ord("s")) & (reading.folded[last - 2] == ord("'"))
    return words, reading.hashes(words, np.where(owner, 2, 0)), reading.end[words]


def _opens_sentence(reading: Reading, places: Places) -> Flags:
    """Whether, going back from a place over white space and then over closing quotes, there is the end of a sentence, or a quote opens."""
    opens = np.isin(reading.letters[places - 1], _OPENING)
    looking, blank = ~opens, np.ones(len(places), dtype=np.bool_)
    for step in range(1, _LOOK_BACK + 1):
        here = np.maximum(places - step, 0)
        kinds = reading.kinds[here]
        opens |= looking & ((kinds & ENDING) != 0)
        going_on = blank & ((kinds & BLANK) != 0)
        closing = (kinds & CLOSING) != 0
        blank &= ~closing
        looking &= ~opens & (going_on | closing)
    return opens


def _numbers(reading: Reading) -> tuple[Places, Hashes, Places, Places]:
    """Words that are plain digits from 10, their hashes and ends; and words with digits that need a second look."""
    words = np.flatnonzero((reading.kinds[reading.start] & DIGIT) != 0)
    start = reading.start[words]
    letters = np.append(reading.letters, _LINE_FEED)
    size = np.zeros(len(words), dtype=np.int64)
    running = np.ones(len(words), dtype=np.bool_)
    for step in range(_PLAIN + 1):
        running &= _is_digit(letters[np.minimum(start + step, len(letters) - 1)])
        if not running.any():
            break
        size += running
    after = np.minimum(start + size, len(letters) - 2)
    grouped = np.isin(letters[after], _SEPARATORS) & ((reading.kinds[np.minimum(after + 1, len(reading.kinds) - 1)] & DIGIT) != 0)
    eastern = np.isin(letters[after], _UNITS) | ((reading.kinds[after] & DIGIT) != 0)
    odd = grouped | eastern | (size == 0) | (size > _PLAIN) | ((letters[start] == ord("0")) & (size > 1))
    plain = words[~odd & (size > 1)]
    digits = size[~odd & (size > 1)]
    found = reading.hashes(plain, reading.high[plain] - reading.low[plain] - digits)
    return plain, found, reading.start[plain] + digits, words[odd]


def _is_digit(letters: NDArray[np.uint32]) -> Flags:
    return (letters >= ord("0")) & (letters <= ord("9"))


def _read_odd(reading: Reading, texts: Sequence[str], odd: Places) -> tuple[tuple[Places, Places, Hashes], list[tuple[int, int]]]:
    """Numbers in groups, with decimals, with an Eastern unit or in other digits, one by one; and the ranges they take up."""
    rows: list[tuple[int, int, int]] = []
    spans: list[tuple[int, int]] = []
    texts_of = (np.searchsorted(reading.first, reading.start[odd], side="right") - 1).tolist()
    firsts, seen = reading.first.tolist(), 0
    for text, start in zip(texts_of, reading.start[odd].tolist(), strict=True):
        if start >= seen:
            mark, end = read_number(texts[text], start - firsts[text])
            seen = end + firsts[text]
            spans.append((start, seen))
            if mark:
                rows.append((start, seen, hash_of(mark)))
    starts, ends, hashes = zip(*rows, strict=True) if rows else ((), (), ())
    return (np.array(starts, dtype=np.int64), np.array(ends, dtype=np.int64), np.array(hashes, dtype=np.uint64)), spans


def _outside(start: Places, spans: Sequence[tuple[int, int]]) -> Flags:
    """Which places lie inside none of the ranges, which are in order."""
    first, last = np.array(spans, dtype=np.int64).T
    at = np.searchsorted(first, start, side="right") - 1
    inside: Flags = (at >= 0) & (start < last[np.maximum(at, 0)])
    return ~inside


def read_number(text: str, start: int) -> tuple[str, int]:
    """The number that begins at a place, as plain digits, or empty below 10; and where it ends. `230,000`, `230.000` and `23万` are one."""
    match = _NUMBER.match(text, start, min(len(text), start + _LONGEST))
    if match is None:
        return "", start + 1
    end = match.end()
    value = int(_NO_DIGIT.sub("", match.group(1)))
    unit = _EASTERN.get(text[end : end + 1])
    if unit:
        return str(value * unit), end + 1
    return (str(value), end) if value > 9 else ("", end)
