"""Which pairs of many texts are worth comparing: those that share fingerprints, or rare numbers and names.

In:  the prints of documents; and, where only some documents changed, which.
Out: pairs of documents; and, where only some changed, the pairs that are new and those that no longer are any.
Never: compares every text with every other; sees a text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from armslength.lineage.letters import Flags, Hashes, Places
from armslength.lineage.prints import Shelf
from armslength.lineage.sharing import Column, Counts, Shared, mark_column, neighbour_column, print_column, shared_by, together

FEW = 0.1
"""Share of fingerprints from which a pair is aligned. In the data of Clough and Stevenson (2011) texts without reuse have .04 at most, near
copies from .13."""
RARE = 5
"""Numbers and names, or else neighbours among them, that a pair must share to be aligned although it shares few fingerprints; those that
stand in more than `sharing.CROWD` texts do not count. A retelling needs more of them in order (`rewrites.MARKS`)."""

Pair = tuple[str, str]

_HALF = np.uint64(32)
_LAST = np.uint64(0xFFFFFFFF)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What changes when documents come, go or change."""

    new: tuple[Pair, ...]
    """Pairs to align: those with a document that came or changed, and others that had not been worth comparing."""
    gone: tuple[Pair, ...]
    """Pairs not to be aligned any more, of documents that stayed. Whatever was known of documents that went or changed is gone anyway."""


def candidates(shelf: Shelf) -> list[Pair]:
    """Pairs of documents, by shared fingerprints and by shared rare marks, in order. The shelf is sorted by document."""
    prints = shared_by(print_column(shelf).all(), crowds=True, worth=partial(_close, shelf.print_sizes))
    found = [prints, *(shared_by(column(shelf).all(), crowds=False, worth=_rare) for column in (mark_column, neighbour_column))]
    return _named(together(found), shelf.docs)


def _close(sizes: Places, pairs: Hashes, shared: Counts) -> Flags:
    fewer = np.minimum(sizes[_first(pairs)], sizes[_second(pairs)])
    return (shared > 0) & (shared >= FEW * np.maximum(fewer, 1))


def _rare(_: Hashes, shared: Counts) -> Flags:
    return shared >= RARE


def _first(pairs: Hashes) -> Places:
    return (pairs >> _HALF).astype(np.int64)


def _second(pairs: Hashes) -> Places:
    return (pairs & _LAST).astype(np.int64)


def _named(pairs: Hashes, docs: Sequence[str]) -> list[Pair]:
    return [(docs[one], docs[two]) for one, two in zip(_first(pairs).tolist(), _second(pairs).tolist(), strict=True)]


def moved(stood: Shelf, dropped: Shelf, added: Shelf) -> Moved:
    """What changes when some documents are dropped and others added; a document that changed is in both. Each shelf is sorted.

    The result is exact: what was known, less what is gone, with what is new, is what `candidates` finds among all that there is now.
    Only hashes of the documents that come and go are looked up, and then those of documents that met in a crowd with one of them.
    """
    docs, (stay, went, came) = _placed(stood, dropped, added)
    sizes = np.zeros(len(docs), dtype=np.int64)
    sizes[stay], sizes[came] = stood.print_sizes, added.print_sizes
    changed = np.zeros(len(docs), dtype=np.bool_)
    changed[went] = changed[came] = True
    looks = []
    for column, crowds in ((print_column, True), (mark_column, False), (neighbour_column, False)):
        looks.append(_Look(column(stood, stay), column(dropped, went), column(added, came), crowds))
    before, after = zip(*(look.touched() for look in looks), strict=True)
    fresh = together(after)
    fresh = fresh[changed[_first(fresh)] | changed[_second(fresh)]]
    fresh = fresh[_worth([found.of(fresh) for found in after], fresh, sizes)]
    other = together([*before, *after])
    other = other[~changed[_first(other)] & ~changed[_second(other)]]
    steps = [after[at].of(other) - before[at].of(other) for at in range(len(looks))]
    shifted = np.any([step != 0 for step in steps], axis=0)
    other, steps = other[shifted], [step[shifted] for step in steps]
    now = [look.shared(other) for look in looks]
    is_one = _worth(now, other, sizes)
    was_one = _worth([count - step for count, step in zip(now, steps, strict=True)], other, sizes)
    new = np.sort(np.concatenate([fresh, other[is_one & ~was_one]]))
    return Moved(new=tuple(_named(new, docs)), gone=tuple(_named(other[was_one & ~is_one], docs)))


def _worth(counts: Sequence[Counts], pairs: Hashes, sizes: Places) -> Flags:
    """Whether pairs with so many shared prints and marks are to be aligned."""
    prints, *marks = counts
    found = _close(sizes, pairs, prints)
    for count in marks:
        found |= _rare(pairs, count)
    return found


def _placed(stood: Shelf, dropped: Shelf, added: Shelf) -> tuple[list[str], tuple[Places, Places, Places]]:
    """All documents in order, and the places of those of each shelf."""
    moving = sorted({*dropped.docs, *added.docs})
    before = np.array([bisect_left(stood.docs, doc) for doc in moving], dtype=np.int64)
    place = {doc: at + number for number, (doc, at) in enumerate(zip(moving, before.tolist(), strict=True))}
    at = np.arange(len(stood.docs))
    stay = at + np.searchsorted(before, at, side="right")
    went, came = (np.array([place[doc] for doc in shelf.docs], dtype=np.int64) for shelf in (dropped, added))
    return sorted([*stood.docs, *moving]), (stay, went, came)


@dataclass(frozen=True, slots=True, eq=False)
class _Look:
    """Hashes of one sort, of documents that stay, go and come."""

    stood: Column
    dropped: Column
    added: Column
    crowds: bool

    def touched(self) -> tuple[Shared, Shared]:
        """What pairs share through the hashes of documents that go or come, before and after."""
        wanted = np.unique(np.concatenate([hashes for side in (self.dropped, self.added) for _, hashes in side.parts]))
        stayed = self.stood.among(wanted)
        sides = (self.dropped.among(wanted), self.added.among(wanted))
        before, after = (shared_by(np.concatenate([stayed, side]), crowds=self.crowds) for side in sides)
        return before, after

    def shared(self, pairs: Hashes) -> Counts:
        """How much some pairs of documents that stay share now."""
        if not len(pairs):
            return np.zeros(0, dtype=np.int64)
        wanted = np.unique(self.stood.of(np.union1d(_first(pairs), _second(pairs))))
        return shared_by(np.concatenate([self.stood.among(wanted), self.added.among(wanted)]), crowds=self.crowds).of(pairs)
