"""Which pairs of documents share how many hashes, over arrays of numbers only.

In:  hashes of documents, as they lie on a shelf of prints.
Out: pairs of places with counts.
Never: counts a hash that stands in a crowd for every pair in the crowd, so that a thousand copies cost no million pairs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from armslength.lineage.letters import Flags, Hashes, Places
from armslength.lineage.prints import Shelf, Short, new_ones

CROWD = 40
"""Texts with one fingerprint from which each is only paired with its next few neighbours by id; copies still hang together."""
NEIGHBOURS = 4

Counts = NDArray[np.int64]
Worth = Callable[[Hashes, Counts], Flags]
"""Which pairs to keep, by how much they share."""

_HALF = np.uint64(32)
_LAST = np.uint64(0xFFFFFFFF)
_ODD = np.uint32(0x9E3779B1)
_BITS = 20
"""Of a hash, by which it is first asked whether it can be among some wanted ones: a megabyte of flags."""
_AT_ONCE = 2_000_000
"""Pairs counted at a time: a bound on memory, some fifty megabytes."""


@dataclass(frozen=True, slots=True, eq=False)
class Shared:
    """Pairs of places, each as first << 32 | second, sorted, and how many hashes each shares."""

    pairs: Hashes
    counts: Counts

    def only(self, chosen: Flags) -> Shared:
        return Shared(self.pairs[chosen], self.counts[chosen])

    def of(self, pairs: Hashes) -> Counts:
        """The counts of some pairs, 0 for those that share nothing."""
        found = np.zeros(len(pairs), dtype=np.int64)
        if len(self.pairs):
            at = np.minimum(np.searchsorted(self.pairs, pairs), len(self.pairs) - 1)
            there = self.pairs[at] == pairs
            found[there] = self.counts[at[there]]
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """Hashes of one sort, of many documents."""

    parts: tuple[tuple[int, Short], ...]
    """Hashes that stand at a place and reach so many places on; those that reach beyond the end of their document belong to none, nor
    does 0."""
    offsets: Places
    """Document number n has the hashes from offsets[n] up to offsets[n + 1]."""
    places: Places
    """The place of each document among all documents, by id."""

    def all(self) -> Hashes:
        """Every hash with the place of its document, as hash << 32 | place."""
        found = []
        for reach, hashes in self.parts:
            codes = hashes.astype(np.uint64)
            codes <<= _HALF
            codes |= np.repeat(self.places.astype(np.uint32), np.diff(self.offsets))[: len(hashes)]
            whole = self._whole(reach, hashes)
            found.append(codes if whole.all() else codes[whole])
        return found[0] if len(found) == 1 else np.concatenate(found)

    def _whole(self, reach: int, hashes: Short) -> Flags:
        """Which hashes of a part lie within one document."""
        whole: Flags = hashes != 0
        for step in range(reach):
            ends = self.offsets[1:][np.diff(self.offsets) > step] - 1 - step
            whole[ends[ends < len(whole)]] = False
        return whole

    def among(self, wanted: Short) -> Hashes:
        """The same, of the hashes that are wanted only. Takes some hundredths of a second for ten million."""
        wanted = wanted[wanted != 0]
        flags = np.zeros(1 << _BITS, dtype=np.bool_)
        flags[wanted >> np.uint32(32 - _BITS)] = True
        found = []
        for reach, hashes in self.parts:
            at = np.flatnonzero(flags[hashes >> np.uint32(32 - _BITS)])
            at = at[np.isin(hashes[at], wanted)]
            doc = np.searchsorted(self.offsets, at, side="right") - 1
            kept = at + reach < self.offsets[doc + 1]
            found.append((hashes[at[kept]].astype(np.uint64) << _HALF) | self.places[doc[kept]].astype(np.uint64))
        return np.concatenate(found)

    def of(self, places: Places) -> Short:
        """The hashes of the documents at some places, in no order."""
        chosen = np.repeat(np.isin(self.places, places), np.diff(self.offsets))
        return np.concatenate([part[chosen[: len(part)]] for _, part in self.parts])


def print_column(shelf: Shelf, places: Places | None = None) -> Column:
    """The fingerprints of a shelf."""
    return Column(((0, shelf.prints),), _offsets(shelf.print_sizes), _places(shelf, places))


def mark_column(shelf: Shelf, places: Places | None = None) -> Column:
    """The numbers and names of a shelf."""
    return Column(((0, shelf.marks),), _offsets(shelf.mark_sizes), _places(shelf, places))


def neighbour_column(shelf: Shelf, places: Places | None = None) -> Column:
    """Each number or name of a shelf with the next, and with the next but one.

    Among many texts a name soon stands in a crowd; with a neighbour it does not. Of the retellings in `bench/stories.py` single marks find
    .88 among 10,000 texts and .62 among 100,000, neighbours .998 in both. A pair has no order, as a date has none in translation; a mark
    beside itself is no pair.
    """
    return Column(tuple((step, _pairs(shelf.marks, step)) for step in (1, 2)), _offsets(shelf.mark_sizes), _places(shelf, places))


def _pairs(marks: Short, step: int) -> Short:
    """A hash of each mark with the one so many places on, whichever comes first; 0 for a mark and itself."""
    one, two = marks[:-step], marks[step:]
    found = (one * two + (one ^ two)) * _ODD
    found[one == two] = 0
    return found


def _offsets(sizes: Places) -> Places:
    return np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)])


def _places(shelf: Shelf, places: Places | None) -> Places:
    return np.arange(len(shelf.docs), dtype=np.int64) if places is None else places


def shared_by(codes: Hashes, *, crowds: bool, worth: Worth | None = None) -> Shared:
    """How many hashes each pair shares. Hashes of a crowd pair only neighbours, or none. `codes` (hash << 32 | place) is sorted here.

    Pairs are counted for some documents at a time, and only those kept that are `worth` it: that bounds memory.
    """
    codes.sort()
    hashes, places = _repeated(codes)
    edges = np.flatnonzero(new_ones(hashes))
    sizes = np.diff(np.append(edges, len(hashes)))
    left = np.repeat(edges + sizes, sizes) - np.arange(len(hashes)) - 1
    reach = np.where(np.repeat(sizes, sizes) > CROWD, np.minimum(left, NEIGHBOURS if crowds else 0), left)
    found = [Shared(np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.int64))]
    for at in _slices(places, reach):
        some = _counted(places, reach, at)
        found.append(some if worth is None else some.only(worth(some.pairs, some.counts)))
    return Shared(np.concatenate([some.pairs for some in found]), np.concatenate([some.counts for some in found]))


def _repeated(codes: Hashes) -> tuple[Hashes, Hashes]:
    """Hashes and places of sorted codes, without hashes that stand alone."""
    alike = (codes[1:] ^ codes[:-1]) <= _LAST
    kept = np.zeros(len(codes), dtype=np.bool_)
    kept[1:] = alike
    kept[:-1] |= alike
    codes = codes[kept]
    codes = codes[new_ones(codes)]
    return codes >> _HALF, codes & _LAST


def _slices(places: Hashes, reach: Places) -> Iterator[Places]:
    """Entries that have others in reach, a few documents at a time, so that no more than some million pairs come of them at once."""
    at = np.flatnonzero(reach)
    if len(at):
        first = places[at].astype(np.int64)
        slices = np.cumsum(np.bincount(first, weights=reach[at])) // _AT_ONCE
        of = slices[first]
        for number in np.unique(of):
            yield at[of == number]


def _counted(places: Hashes, reach: Places, at: Places) -> Shared:
    """The pairs of some entries with those in their reach."""
    found = []
    step = 1
    while len(at):
        found.append((places[at] << _HALF) | places[at + step])
        step += 1
        at = at[reach[at] >= step]
    pairs = np.concatenate(found)
    pairs.sort()
    first = np.flatnonzero(new_ones(pairs))
    return Shared(pairs[first], np.diff(np.append(first, len(pairs))))


def together(parts: Sequence[Shared]) -> Hashes:
    """The pairs of all parts, each once."""
    return np.unique(np.concatenate([part.pairs for part in parts]))
