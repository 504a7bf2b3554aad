"""Groups of readings that hang together by pairs and hold no contradiction.

In:  readings, candidate pairs, how strongly two belong together, why two cannot.
Out: groups; every reading is in exactly one.
Never: holds two readings that conflict; lets one that could belong to two groups tie them together, or choose between them by chance.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TypeAlias

from armslength.resolve.readings import Reading
from armslength.resolve.union import Union

Pair: TypeAlias = tuple[int, int]
CROWD = 40
"""Readings with one key up to which each is compared with each."""
NEXT = 8
"""In a crowd, how many of those that follow by id each is compared with, beside one of each shape. Set by hand: copies of one passage are
found by their neighbours, and different passages by their shapes."""
FEWEST_SHARED = 0.3
"""Share of its terms that the shorter of two passages must have in the other to be looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How readings of one kind are compared."""

    tie: Callable[[Reading, Reading], int]
    """How strongly two belong together: 0 for not at all; more where more than words says so."""
    conflict: Callable[[Reading, Reading], str]
    """Why two cannot be one fact, or empty."""
    shape: Callable[[Reading], Hashable]
    """Readings of one shape conflict with the same others."""
    keys: Callable[[Reading], Iterable[Hashable]]
    """What readings that could belong together have in common, beside their words."""


def by_keys(keys: Sequence[Iterable[Hashable]], shapes: Sequence[Hashable]) -> Iterator[Pair]:
    """Pairs of places that share a key. Where many do: neighbours, and one of each shape."""
    buckets: dict[Hashable, list[int]] = defaultdict(list)
    for place, found in enumerate(keys):
        for key in found:
            buckets[key].append(place)
    for members in buckets.values():
        if len(members) <= CROWD:
            yield from combinations(members, 2)
            continue
        for place, one in enumerate(members):
            yield from ((one, two) for two in members[place + 1 : place + 1 + NEXT])
        first: dict[Hashable, int] = {}
        for one in members:
            if first.setdefault(shapes[one], one) != one:
                yield first[shapes[one]], one
        heads = sorted(first.values())
        yield from combinations(heads, 2) if len(heads) <= CROWD else pairwise(heads)


def by_terms(readings: Sequence[Reading]) -> Iterator[Pair]:
    """Pairs of which the shorter has a good part of its terms in the other: one of its rarest must be there (prefix filter, Chaudhuri et
    al. 2006).
    """
    counts = Counter(term for row in readings for term in row.terms)
    index: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(readings):
        for term in row.terms:
            index[term].append(place)
    for place, row in enumerate(readings):
        ordered = sorted(row.terms, key=lambda term: (counts[term], term))
        for term in ordered[: len(ordered) - int(FEWEST_SHARED * len(ordered))]:
            found = index[term]
            if len(found) > CROWD:
                at = bisect_right(found, place)
                found = found[at : at + NEXT]
            yield from ((min(place, other), max(place, other)) for other in found if other != place)


def candidates(readings: Sequence[Reading], rules: Rules) -> list[Pair]:
    """Pairs of places that are worth comparing, sorted."""
    shapes = [rules.shape(row) for row in readings]
    return sorted({*by_keys([rules.keys(row) for row in readings], shapes), *by_terms(readings)})


def near_misses(readings: Sequence[Reading], rules: Rules) -> Iterator[tuple[Reading, Reading, str]]:
    """Pairs that belong together but for one thing, with that thing; empty where nothing holds the two apart."""
    for one, two in candidates(readings, rules):
        if rules.tie(readings[one], readings[two]):
            yield readings[one], readings[two], rules.conflict(readings[one], readings[two])


def cluster(readings: Sequence[Reading], rules: Rules) -> list[list[Reading]]:
    """Groups of readings, each in the order given. The order of the readings must not depend on the order of arrival.

    Where all that hangs together agrees, it is one group. Where it does not, those that say most are placed first; one that says less joins
    the group it is most strongly tied to, and stays by itself where two groups are equally near.
    """
    ties: dict[int, dict[int, int]] = defaultdict(dict)
    union: Union[int] = Union()
    for one, two in candidates(readings, rules):
        strength = 0 if rules.conflict(readings[one], readings[two]) else rules.tie(readings[one], readings[two])
        if strength:
            ties[one][two] = ties[two][one] = strength
            union.join(one, two)
    parts: dict[int, list[int]] = defaultdict(list)
    for place in range(len(readings)):
        parts[union.top(place)].append(place)
    found = (group for part in parts.values() for group in _without_conflict(part, readings, ties, rules))
    return [[readings[place] for place in sorted(group)] for group in found]


def _without_conflict(
    part: Sequence[int], readings: Sequence[Reading], ties: Mapping[int, Mapping[int, int]], rules: Rules
) -> list[list[int]]:
    heads: dict[Hashable, int] = {}
    for place in part:
        heads.setdefault(rules.shape(readings[place]), place)
    if not any(rules.conflict(readings[one], readings[two]) for one, two in combinations(heads.values(), 2)):
        return [list(part)]
    groups: list[list[int]] = []
    shapes: list[dict[Hashable, int]] = []
    home: dict[int, int] = {}
    for place in sorted(part, key=lambda place: (-_said(readings[place]), *_when(readings[place]), readings[place].id)):
        shape = rules.shape(readings[place])
        near: dict[int, tuple[int, bool]] = {}
        for other, strength in ties.get(place, {}).items():
            if (at := home.get(other)) is not None:
                near[at] = max(near.get(at, (0, False)), (strength, shape in shapes[at]))
        fits = {
            at: strength
            for at, strength in near.items()
            if not any(rules.conflict(readings[place], readings[member]) for member in shapes[at].values())
        }
        best = [at for at, strength in fits.items() if strength == max(fits.values())]
        if len(best) != 1:
            best = [len(groups)]
            groups.append([])
            shapes.append({})
        groups[best[0]].append(place)
        shapes[best[0]].setdefault(shape, place)
        home[place] = best[0]
    return groups


def _said(row: Reading) -> int:
    """How many of the things that hold facts apart a reading gives."""
    given = (row.scope, row.operators, row.codes, row.period != (None, None), row.as_of != (None, None), row.claim.parties)
    return sum(map(bool, given))


def _when(row: Reading) -> tuple[str, str]:
    """To place what is dated more exactly before what is dated less exactly."""
    first, last = row.period
    return (str(last or "9999"), str(first or "0000"))
