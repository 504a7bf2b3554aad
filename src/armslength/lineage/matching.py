"""Which pairs of many texts are worth comparing: those that share fingerprints, or rare numbers and names.

In:  documents.
Out: a few hundred bytes a document; pairs of places.
Never: compares every text with every other; keeps the words of texts that nothing else is like.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from armslength.base.offsets import merge
from armslength.lineage.rewrites import Marks, marks_of
from armslength.lineage.text import SHINGLE, WINDOW, Words, words_of
from armslength.model.evidence import Document

Hashes = NDArray[np.uint64]

FEW = 0.1
"""Share of fingerprints from which a pair is aligned. In the data of Clough and Stevenson (2011) texts without reuse have .04 at most, near
copies from .13."""
RARE = 5
"""Numbers and names that a pair must share to be aligned although it shares few fingerprints; those that stand in more than CROWD texts
do not count. A retelling needs more of them in order (`rewrites.MARKS`)."""
CROWD = 40
"""Texts with one fingerprint from which each is only paired with its next few neighbours by id; copies still hang together."""
NEIGHBOURS = 4
_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5, 0x85EBCA77C2B2AE63], dtype=np.uint64)
"""Odd 64-bit constants (of xxHash and the golden ratio), one for each word of a shingle."""


@dataclass(frozen=True, slots=True, eq=False)
class Printed:
    """What a document is looked up by."""

    doc: str
    prints: Hashes
    """Fingerprints of its runs of words, in order, each once."""
    marks: Hashes
    """Hashes of its numbers and names, in order, each once."""


def told_words(document: Document) -> Words:
    """The words of a document without notices and what is not the report."""
    notices = [(block.start, block.end) for block in document.blocks if block.kind in {"notice", "boilerplate"}]
    return words_of(document.id, document.text, merge([*document.boilerplate, *notices]))


def print_batch(documents: Sequence[Document]) -> list[Printed]:
    """What documents are looked up by."""
    found = []
    for document in documents:
        words = told_words(document)
        found.append(Printed(document.id, fingerprints(words.words), _hashed_marks(marks_of(words, document.text))))
    return found


def _hashed_marks(marks: Marks) -> Hashes:
    return np.unique(_hashes(marks.marks))


def _hashes(words: Sequence[str]) -> Hashes:
    """CRC-32 of each word: the same on every machine; a collision only costs a comparison."""
    return np.array([zlib.crc32(word.encode()) for word in words], dtype=np.uint64)


def fingerprints(words: Sequence[str]) -> Hashes:
    """Of every WINDOW runs of SHINGLE words in a row the smallest hash (winnowing), in order, each once. Shape (n,), dtype uint64."""
    if len(words) < SHINGLE:
        return np.empty(0, dtype=np.uint64)
    runs = (sliding_window_view(_hashes(words), SHINGLE) * _FACTORS).sum(axis=1, dtype=np.uint64)
    runs ^= runs >> np.uint64(31)
    if len(runs) <= WINDOW:
        return np.unique(runs)
    return np.unique(sliding_window_view(runs, WINDOW).min(axis=1))


def candidates(printed: Sequence[Printed]) -> list[tuple[int, int]]:
    """Pairs of places, by shared fingerprints and by shared rare marks, in order. `printed` is sorted by document id."""
    size = np.array([max(1, len(row.prints)) for row in printed], dtype=np.int64)
    pairs, shared = _sharing([row.prints for row in printed], crowds=True)
    enough = shared >= FEW * np.minimum(size[pairs // max(1, len(printed))], size[pairs % max(1, len(printed))])
    rare, marks = _sharing([row.marks for row in printed], crowds=False)
    both = np.union1d(pairs[enough], rare[marks >= RARE])
    return [(int(code) // len(printed), int(code) % len(printed)) for code in both]


def _sharing(rows: Sequence[Hashes], *, crowds: bool) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(pairs as first * number of rows + second, how many hashes each shares). Hashes of a crowd pair only neighbours, or none."""
    keys = np.concatenate([*rows, np.empty(0, dtype=np.uint64)])
    places = np.repeat(np.arange(len(rows), dtype=np.int64), [len(row) for row in rows])
    order = np.lexsort((places, keys))
    codes = list(_coded(keys[order], places[order], len(rows), crowds=crowds))
    pairs, shared = np.unique(np.concatenate([*codes, np.empty(0, dtype=np.int64)]), return_counts=True)
    return pairs, shared.astype(np.int64)


def _coded(keys: Hashes, places: NDArray[np.int64], number: int, *, crowds: bool) -> Iterator[NDArray[np.int64]]:
    """Codes of the pairs that share a key, one distance in the sorted keys at a time."""
    _, group, sizes = np.unique(keys, return_inverse=True, return_counts=True)
    crowd = sizes[group] > CROWD
    for step in range(1, CROWD):
        same = keys[step:] == keys[:-step]
        if not same.any():
            return
        reached = ~crowd[step:] | (crowds and step <= NEIGHBOURS)
        chosen = same & reached
        yield places[:-step][chosen] * number + places[step:][chosen]
