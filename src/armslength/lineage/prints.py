"""What documents are looked up by: fingerprints of their runs of words, and hashes of their numbers and names.

In:  documents.
Out: for each some five hundred bytes, which can be stored, so that a text is read once and never again for the sake of others.
Never: depends on which other documents there are. Whoever changes what is made of a text here, in `letters.py` or in `marks.py`, raises
`run.VERSION`, so that nobody compares new prints with old ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from armslength.base.offsets import merge
from armslength.lineage.letters import Flags, Hashes, Places, Reading, mixed, read_letters
from armslength.lineage.marks import marks_of
from armslength.lineage.text import SHINGLE, WINDOW
from armslength.model.evidence import Document

Short = NDArray[np.uint32]
"""The last 32 bits of hashes. Ten million of them make some ten thousand false meetings, each of which costs a look at one pair at most."""

_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5, 0x85EBCA77C2B2AE63], dtype=np.uint64)
"""Odd 64-bit constants (of xxHash and the golden ratio), one for each word of a shingle."""
_LAST = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)


@dataclass(frozen=True, slots=True, eq=False)
class Printed:
    """What a document is looked up by."""

    doc: str
    prints: Short
    """Fingerprints of its runs of words, in order, each once."""
    marks: Short
    """Hashes of its numbers and names, as they stand in the text."""


def untold(document: Document) -> list[tuple[int, int]]:
    """The ranges of a document that are not the report: notices, and what is the page's."""
    notices = [(block.start, block.end) for block in document.blocks if block.kind in {"notice", "boilerplate"}]
    return merge([*document.boilerplate, *notices])


def print_batch(documents: Sequence[Document]) -> list[Printed]:
    """What documents are looked up by."""
    texts = [document.text for document in documents]
    reading = read_letters(texts, [untold(document) for document in documents])
    prints = _cut(_fingerprints(reading), len(texts))
    marks = marks_of(reading, texts)
    short = (marks.hashes & _LAST).astype(np.uint32)
    return [Printed(document.id, prints[at], short[marks.cuts[at] : marks.cuts[at + 1]].copy()) for at, document in enumerate(documents)]


def _fingerprints(reading: Reading) -> Hashes:
    """Of every WINDOW runs of SHINGLE words in a row the smallest hash (winnowing): number of the text, then the last 32 bits of the hash.

    Of a text of no more than WINDOW runs all are kept. Sorted, each once.
    """
    runs = runs_of(reading.hashes(slice(None)))
    sizes = np.diff(reading.cuts)
    fits = sizes >= SHINGLE + WINDOW
    least = _least(runs)
    long = _places(reading.cuts, fits, SHINGLE + WINDOW - 2, len(least))
    short = _places(reading.cuts, ~fits, SHINGLE - 1, len(runs))
    text = np.repeat(np.arange(len(sizes), dtype=np.uint64) << _HALF, sizes)
    keys = text[long] | (least[long] & _LAST)
    keys = np.concatenate([keys[new_ones(keys)], text[short] | (runs[short] & _LAST)])
    keys.sort()
    return keys[new_ones(keys)]


def new_ones(values: Hashes | Short) -> Flags:
    """Which values differ from the one before."""
    found = np.ones(len(values), dtype=np.bool_)
    np.not_equal(values[1:], values[:-1], out=found[1:])
    return found


def runs_of(words: Hashes) -> Hashes:
    """A hash of every SHINGLE words in a row."""
    runs = np.zeros(max(0, len(words) - SHINGLE + 1), dtype=np.uint64)
    for step, factor in enumerate(_FACTORS):
        runs += words[step : step + len(runs)] * factor
    return mixed(runs)


def _least(runs: Hashes) -> Hashes:
    """The smallest of every WINDOW (a power of two) values in a row."""
    step = 1
    while step < WINDOW:
        runs = np.minimum(runs[:-step], runs[step:])
        step *= 2
    return runs


def _places(cuts: Places, chosen: Flags, last: int, number: int) -> Places:
    """Places of the words of the chosen texts, without the last so many of each, as far as there are numbers for them."""
    inside = np.repeat(chosen, np.diff(cuts))
    for step in range(1, last + 1):
        inside[np.maximum(cuts[1:] - step, cuts[:-1])[cuts[1:] > cuts[:-1]]] = False
    return np.flatnonzero(inside[:number])


def _cut(keys: Hashes, number: int) -> list[Short]:
    """Sorted keys, a list for each text."""
    cuts = np.searchsorted(keys, np.arange(number + 1, dtype=np.uint64) << _HALF)
    short = (keys & _LAST).astype(np.uint32)
    return [short[one:two].copy() for one, two in pairwise(cuts.tolist())]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Shelf:
    """The prints of many documents in four arrays."""

    docs: tuple[str, ...]
    prints: Short
    marks: Short
    print_sizes: Places
    mark_sizes: Places

    def only(self, chosen: Places) -> Shelf:
        """Some documents of the shelf, by their places, in that order."""
        return Shelf(
            docs=tuple(self.docs[at] for at in chosen.tolist()),
            prints=self.prints[_stretches(self.print_sizes, chosen)],
            marks=self.marks[_stretches(self.mark_sizes, chosen)],
            print_sizes=self.print_sizes[chosen],
            mark_sizes=self.mark_sizes[chosen],
        )


def _stretches(sizes: Places, chosen: Places) -> Places:
    """Where the numbers of the chosen documents lie."""
    first, mine = np.cumsum(sizes)[chosen] - sizes[chosen], sizes[chosen]
    found: Places = np.arange(mine.sum()) + np.repeat(first - (np.cumsum(mine) - mine), mine)
    return found


def shelved(rows: Sequence[Printed]) -> Shelf:
    """The prints of some documents in four arrays."""
    return Shelf(
        docs=tuple(row.doc for row in rows),
        prints=np.concatenate([np.empty(0, dtype=np.uint32), *(row.prints for row in rows)]),
        marks=np.concatenate([np.empty(0, dtype=np.uint32), *(row.marks for row in rows)]),
        print_sizes=np.array([len(row.prints) for row in rows], dtype=np.int64),
        mark_sizes=np.array([len(row.marks) for row in rows], dtype=np.int64),
    )


def joined(shelves: Sequence[Shelf]) -> Shelf:
    """One shelf of many, in their order."""
    if not shelves:
        return shelved(())
    return Shelf(
        docs=tuple(doc for shelf in shelves for doc in shelf.docs),
        prints=np.concatenate([shelf.prints for shelf in shelves]),
        marks=np.concatenate([shelf.marks for shelf in shelves]),
        print_sizes=np.concatenate([shelf.print_sizes for shelf in shelves]),
        mark_sizes=np.concatenate([shelf.mark_sizes for shelf in shelves]),
    )


def pack(shelf: Shelf) -> bytes:
    """Prints as bytes: for each document how many prints and marks, then all prints, then all marks. Little-endian, 32 bits each."""
    sizes = np.stack([shelf.print_sizes, shelf.mark_sizes], axis=1).astype("<u4")
    return sizes.tobytes() + shelf.prints.astype("<u4").tobytes() + shelf.marks.astype("<u4").tobytes()


def unpack(docs: Sequence[str], packed: bytes) -> Shelf:
    """Prints from bytes."""
    numbers = np.frombuffer(packed, dtype="<u4")
    sizes = numbers[: 2 * len(docs)].reshape(-1, 2).astype(np.int64)
    cut = 2 * len(docs) + int(sizes[:, 0].sum())
    return Shelf(
        docs=tuple(docs), prints=numbers[2 * len(docs) : cut], marks=numbers[cut:], print_sizes=sizes[:, 0], mark_sizes=sizes[:, 1]
    )
