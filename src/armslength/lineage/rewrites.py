"""Texts told again in other words, or in another language: what they share in the same order, less what chance would give.

In:  the words of two texts.
Out: a score for words, a score for marks (numbers and names, which survive rewording and translation), the marks in order.
Never: takes shared words for a copy because both speak of one matter: a text read backwards has the same words, and only what the right
order adds counts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import LCSseq

from armslength.lineage.text import Words

_ENDINGS = ("ations", "ation", "ings", "ing", "edly", "ies", "ied", "es", "ed", "ly", "s")
_KEPT = 4
"""Letters a stem keeps at least."""
_NUMBER = re.compile(r"(\d{1,3}(?:([.,\u00a0\u202f’' ])\d{3}(?!\d))(?:\2\d{3}(?!\d))*|\d+)(?:[.,]\d+)?")
"""Digits, in groups of three or not, and decimals."""
_NO_DIGIT = re.compile(r"\D")
_EASTERN = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
_SENTENCE_START = re.compile(r"(?:^|[.!?。！？:\n][\"'“”‘’«»)\]]*\s*|[“‘\"«])$")


WORDS, MARKS, SLACK = 0.08, 0.2, 2.5
"""A text is told again where the share of words in order is at least .08 + 2.5 / (words of the shorter text), of marks .2 + 2.5 / (marks
of the shorter). Measured on 11,000 pairs of 150 newspaper articles about an election, of which hardly any repeat each other: cut to 30, 60,
120, 400 words, one pair in a thousand reaches .167, .117, .083, .080; cut to 10, 25, 50 marks, .3, .16, .12. Of the 95 short answers with
known reuse of Clough and Stevenson (2011), about 200 words each, those written without the original stay below .06 and 53 of the 57 others
are above .1."""
FEWEST_WORDS, FEWEST_MARKS = 30, 10
"""Words and marks the shorter text must have."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What a text keeps when it is told again: its numbers and names, in order, with their places."""

    doc: str
    marks: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]

    def __len__(self) -> int:
        return len(self.marks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A text as retellings are looked for in it."""

    lang: str
    stems: tuple[str, ...]
    marks: Marks


@dataclass(frozen=True, slots=True)
class Retelling:
    """That one text tells the other again."""

    by: str
    """`words` or `marks`."""
    score: float
    blocks: tuple[tuple[int, int, int], ...]
    """What stands in both, in order: places in the two sequences and length, longest first."""


def in_order(one: Sequence[str], two: Sequence[str]) -> float:
    """Share of the shorter sequence that stands in the longer in the same order, less the share that stands in it backwards.

    About 0 for two texts on one matter that know nothing of each other, up to about .7 for a copy, whatever their lengths. The longest
    common subsequence is used by Clough and Stevenson (2011); taking off what the reversed text gives is ours.
    """
    if not one or not two:
        return 0.0
    forward = LCSseq.similarity(one, two)
    backward = LCSseq.similarity(one, two[::-1])
    return (forward - backward) / min(len(one), len(two))


def stems(words: Sequence[str]) -> tuple[str, ...]:
    """Words without their endings, roughly, so that `harassed` and `harassing` agree."""
    return tuple(_stem(word) for word in words)


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _KEPT:
            return word[: -len(ending)]
    return word


def marks_of(words: Words, text: str) -> Marks:
    """Numbers from 10 as plain digits, and capitalised words that do not open a sentence, folded, in the order of the text."""
    found: list[tuple[str, tuple[int, int]]] = []
    seen = 0
    for start, end in words.spans:
        if start < seen:
            continue
        if text[start].isdigit():
            mark, seen = _number(text, start)
            if mark:
                found.append((mark, (start, seen)))
        elif text[start].isupper() and end - start > 2 and not _SENTENCE_START.search(text, max(0, start - 6), start):
            found.append((text[start:end].casefold().replace("’s", "").replace("'s", ""), (start, end)))
    return Marks(words.doc, tuple(mark for mark, _ in found), tuple(span for _, span in found))


def _number(text: str, start: int) -> tuple[str, int]:
    """`230,000`, `230.000`, `230 000` and `23万` are one number. Digits alone are too common to tell texts by."""
    match = _NUMBER.match(text, start, min(len(text), start + 24))
    if match is None:
        return "", start + 1
    end = match.end()
    value = int(_NO_DIGIT.sub("", match.group(1)))
    unit = _EASTERN.get(text[end : end + 1])
    if unit:
        return str(value * unit), end + 1
    return (str(value), end) if value > 9 else ("", end)


def told_again(one: Told, two: Told) -> Retelling | None:
    """What shows that one text is the other told again, or None. Words show it within one language, marks in any."""
    if one.lang == two.lang:
        score, size = in_order(one.stems, two.stems), min(len(one.stems), len(two.stems))
        if size >= FEWEST_WORDS and score >= WORDS + SLACK / size:
            return Retelling("words", score, _blocks(one.stems, two.stems))
    score, size = in_order(one.marks.marks, two.marks.marks), min(len(one.marks), len(two.marks))
    if size >= FEWEST_MARKS and score >= MARKS + SLACK / size:
        return Retelling("marks", score, _blocks(one.marks.marks, two.marks.marks))
    return None


def _blocks(one: Sequence[str], two: Sequence[str]) -> tuple[tuple[int, int, int], ...]:
    """Stretches that stand in both in order: (place in the one, place in the other, length), longest first."""
    found = [(row.src_start, row.dest_start, row.src_end - row.src_start) for row in LCSseq.opcodes(one, two) if row.tag == "equal"]
    return tuple(sorted(found, key=lambda block: (-block[2], block[0])))
