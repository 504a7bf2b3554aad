"""Texts as runs of words, and the exact stretches that two texts share.

In:  a document's text and the ranges that are not the report.
Out: `Words` with offsets, `Run`s of words that stand in both texts.
Never: depends on which other texts there are.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
_SIGN = re.compile(f"[{_CJK}]")
_WORD = re.compile(f"[{_CJK}]|[^\\W_{_CJK}]+(?:['’][^\\W_{_CJK}]+)*")

SHINGLE = 5
"""Words hashed together. Five is the usual size for near copies of news (Broder 1997)."""
WINDOW = 8
"""Of every 8 shingles in a row the smallest hash is kept (winnowing, Schleimer et al. 2003): any 12 shared words in a row are found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of one text that belong to the report, folded, with their offsets in the text."""

    doc: str
    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]

    def __len__(self) -> int:
        return len(self.words)


@dataclass(frozen=True, slots=True, order=True)
class Run:
    """`length` words that are the same from word `a` of one text and word `b` of another."""

    a: int
    b: int
    length: int


def is_sign(letter: str) -> bool:
    """Whether a letter is read as a word by itself."""
    return _SIGN.match(letter) is not None


def words_of(doc: str, text: str, skip: Sequence[tuple[int, int]] = (), *, start: int = 0, end: int | None = None) -> Words:
    """The words of a text, or of a stretch of it, that lie in none of the ranges to skip."""
    found = list(_WORD.finditer(text, start, len(text) if end is None else end))
    kept = [match for match in found if not any(a <= match.start() < b for a, b in skip)]
    return Words(
        doc=doc,
        words=tuple(match.group().casefold().replace("’", "'") for match in kept),
        spans=tuple(match.span() for match in kept),
    )


def shared_runs(one: Sequence[str], two: Sequence[str], size: int = SHINGLE) -> list[Run]:
    """Runs of at least `size` words that stand in both, longest continuation first, not overlapping in the first text."""
    where: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place in range(len(two) - size + 1):
        where[tuple(two[place : place + size])].append(place)
    runs: list[Run] = []
    place = 0
    while place <= len(one) - size:
        starts = where.get(tuple(one[place : place + size]), ())
        best = max(((_length(one, two, place, start), -start) for start in starts[:50]), default=(0, 0))
        if best[0]:
            runs.append(Run(place, -best[1], best[0]))
        place += best[0] or 1
    return runs


def _length(one: Sequence[str], two: Sequence[str], a: int, b: int) -> int:
    length = 0
    while a + length < len(one) and b + length < len(two) and one[a + length] == two[b + length]:
        length += 1
    return length


def covered(runs: Sequence[Run]) -> tuple[int, int]:
    """How many words of each text the runs cover."""
    second = {run.b + step for run in runs for step in range(run.length)}
    return sum(run.length for run in runs), len(second)
