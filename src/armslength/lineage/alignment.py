"""What two texts share, word for word, and whether one tells the other again.

In:  pairs of documents.
Out: an `Overlap` for each: shares, and the offsets of the longest stretches. It holds no text.
Never: says what the two are to each other; who credits whom decides that too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from armslength.lineage.letters import Hashes, Places, read_letters
from armslength.lineage.marks import marks_of
from armslength.lineage.prints import runs_of, untold
from armslength.lineage.rewrites import Retelling, Told, stems, told_again
from armslength.lineage.text import SHINGLE, Run, covered
from armslength.model.evidence import Document

NEAR_COPY = 0.35
"""Share of the words of one text that stand in the other, in runs of five or more, from which it is a near copy. Of 95 short answers
with known reuse (Clough and Stevenson 2011) the 38 written without the original share .12 at most; 36 of the other 57 share .35."""
FEWEST_WORDS = 30
"""Words two texts must share to be near copies, so that a stock phrase makes none."""
EXCERPT = 0.6
"""A copy of which so much stands in a text that is longer by the inverse is an excerpt of it."""
SHOWN = 6
"""Stretches kept as evidence, longest first."""
_TRIED = 50
"""Places of the second text at which a run is begun, where it says one thing again and again."""

Range = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """What two texts share."""

    one: str
    two: str
    words: tuple[int, int]
    identical: bool
    shared: int
    """Words of the one that stand in the other in runs."""
    share_one: float
    share_two: float
    told: tuple[str, float] | None
    """Whether one tells the other again: by `words` or `marks`, with its score."""
    stretches: tuple[tuple[Range, Range], ...]
    """What stands in both, as offsets into each text."""

    @property
    def share(self) -> float:
        """Of the text of which more is shared."""
        return max(self.share_one, self.share_two)

    @property
    def copied(self) -> bool:
        """Whether enough of one text stands in the other word for word."""
        return self.share >= NEAR_COPY and self.shared >= FEWEST_WORDS

    @property
    def one_text(self) -> bool:
        """Whether the two are one text."""
        return self.identical or self.copied or self.told is not None

    @property
    def excerpt(self) -> bool:
        """Whether the one text is little but a part of the other."""
        shares = ((self.share_one, *self.words), (self.share_two, *reversed(self.words)))
        return any(share >= EXCERPT and mine <= EXCERPT * other for share, mine, other in shares)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class _Text:
    """One document, read for alignment."""

    doc: str
    words: Hashes
    start: Places
    end: Places
    mark_start: Places
    mark_end: Places
    told: Told


def align_batch(pairs: Sequence[tuple[Document, Document]]) -> list[Overlap]:
    """What the texts of each pair share. Each text is read once."""
    documents = {document.id: document for pair in pairs for document in pair}
    texts = {text.doc: text for text in _read(list(documents.values()))}
    return [_align(texts[one.id], texts[two.id]) for one, two in pairs]


def _read(documents: Sequence[Document]) -> list[_Text]:
    bare = [document.text for document in documents]
    reading = read_letters(bare, [untold(document) for document in documents])
    words, stemmed, marks = reading.hashes(slice(None)), stems(reading), marks_of(reading, bare)
    found = []
    for at, document in enumerate(documents):
        mine = slice(reading.cuts[at], reading.cuts[at + 1])
        marked = slice(marks.cuts[at], marks.cuts[at + 1])
        told = Told(lang=document.lang, stems=stemmed[mine].tolist(), marks=marks.hashes[marked].tolist())
        places = (reading.start[mine], reading.end[mine], marks.start[marked], marks.end[marked])
        start, end, mark_start, mark_end = (array - reading.first[at] for array in places)
        found.append(_Text(doc=document.id, words=words[mine], start=start, end=end, mark_start=mark_start, mark_end=mark_end, told=told))
    return found


def _align(one: _Text, two: _Text) -> Overlap:
    runs = common_runs(one.words, two.words)
    a, b = covered(runs)
    told = told_again(one.told, two.told)
    return Overlap(
        one=one.doc,
        two=two.doc,
        words=(len(one.words), len(two.words)),
        identical=np.array_equal(one.words, two.words),
        shared=a,
        share_one=a / max(len(one.words), 1),
        share_two=b / max(len(two.words), 1),
        told=(told.by, told.score) if told else None,
        stretches=_stretches(one, two, runs, told),
    )


def common_runs(one: Hashes, two: Hashes) -> list[Run]:
    """The same as `text.shared_runs`, of hashes of words."""
    grams, theirs = runs_of(one), runs_of(two)
    order = np.argsort(theirs, kind="stable")
    low, high = (np.searchsorted(theirs, grams, side=side, sorter=order) for side in ("left", "right"))
    met = np.flatnonzero(high > low)
    runs: list[Run] = []
    at = 0
    for place in met.tolist():
        if place < at:
            continue
        starts = order[low[place] : high[place]][:_TRIED].tolist()
        length, start = max((_length(one[place:], two[start:]), -start) for start in starts)
        if length >= SHINGLE:
            runs.append(Run(place, -start, length))
            at = place + length
    return runs


def _length(one: Hashes, two: Hashes) -> int:
    """Words that are the same from the first on."""
    most = min(len(one), len(two))
    differ = one[:most] != two[:most]
    return int(differ.argmax()) if differ.any() else most


def _stretches(one: _Text, two: _Text, runs: Sequence[Run], told: Retelling | None) -> tuple[tuple[Range, Range], ...]:
    """The longest stretches in both, in the order of the first text: runs of words, or what is told again."""
    if runs or told is None:
        longest = sorted(runs, key=lambda run: (-run.length, run.a))[:SHOWN]
        blocks = [(run.a, run.b, run.length) for run in longest]
    else:
        blocks = list(told.blocks[:SHOWN])
    by_words = runs or told is None or told.by == "words"
    sides = [(text.start, text.end) if by_words else (text.mark_start, text.mark_end) for text in (one, two)]
    return tuple((_range(*sides[0], a, size), _range(*sides[1], b, size)) for a, b, size in sorted(blocks))


def _range(start: Places, end: Places, first: int, length: int) -> Range:
    return int(start[first]), int(end[first + length - 1])
