"""Groups of readings that hang together by pairs and hold no contradiction.

In:  readings, candidate pairs, how strongly two belong together, why two cannot.
Out: groups; every reading is in exactly one.
Never: holds two readings that conflict; lets one that could belong to two groups tie them together, or choose between them by chance.

Readings are looked up by keys: what the rules say they have in common, their own terms, their page. Two are compared that share a key few
have; of a key that many have, each is compared with the first of its shape, and these firsts with one another. So a reading that comes or
goes changes hardly any pair but its own (docs/decisions/0019).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise
from typing import TypeAlias

from armslength.base.ids import Part
from armslength.model.entries import Bucket, Entry, NoEntries, number
from armslength.resolve.readings import Reading
from armslength.resolve.terms import own
from armslength.resolve.union import Union

Pair: TypeAlias = tuple[int, int]
CROWD = 40
"""Readings with one key up to which each is compared with each."""
FEWEST_SHARED = 0.3
"""Share of its own terms that the one with fewer must have in the other, where terms are all that two passages share."""


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


def entry_of(row: Reading, space: str, part: Hashable, rules: Rules) -> Entry:
    """How a reading is looked up. `part`: readings of different parts are never compared. Numbers of keys that are terms are even."""
    shape = number(_plain(rules.shape(row)))
    told = [("key", _plain(key)) for key in rules.keys(row)]
    told += [("doc", row.claim.doc), ("terms", tuple(sorted(row.terms)))]
    keys = {2 * number(space, _plain(part), *key) + 1 for key in told}
    keys |= {2 * number(space, _plain(part), "term", term) for term in own(row.terms)}
    return Entry(space=space, id=row.id, doc=row.claim.doc, keys=tuple((key, shape) for key in sorted(keys)))


def _plain(value: object) -> Part:
    """What an id can be made from: sets in order, days and floats as text."""
    match value:
        case None | str() | bool() | int():
            return value
        case frozenset() | set():
            return ("set", *sorted(map(_plain, value), key=repr))
        case tuple() | list():
            return tuple(map(_plain, value))
        case float() | date():
            return repr(value)
        case _:
            raise TypeError(f"a key cannot be made from a {type(value).__name__}")


def bucket_pairs(bucket: Bucket, among: Collection[int] | None = None) -> Iterator[Pair]:
    """Pairs that one key gives, of all its entries or of some. Members are asked for only where they are few, or all wanted."""
    if bucket.size <= CROWD:
        yield from combinations([no for no, _ in bucket.members if among is None or no in among], 2)
        return
    for no, shape in bucket.members:
        if bucket.heads[shape] != no and (among is None or (no in among and bucket.heads[shape] in among)):
            yield bucket.heads[shape], no
    heads = sorted(bucket.heads.values())
    pairs = combinations(heads, 2) if len(heads) <= CROWD else pairwise(heads)
    yield from (pair for pair in pairs if among is None or (pair[0] in among and pair[1] in among))


def worth(pairs: Mapping[Pair, bool], entries: Mapping[int, Entry]) -> list[Pair]:
    """Those of some pairs that share more than a few terms, sorted. `pairs`: to whether they share more than terms."""
    terms = {no: {key for key, _ in row.keys if not key % 2} for no, row in entries.items()}
    found = []
    for (one, two), more in pairs.items():
        least = min(len(terms[one]), len(terms[two]))
        if more or len(terms[one] & terms[two]) >= FEWEST_SHARED * least:
            found.append((one, two))
    return sorted(found)


def candidates(entries: Sequence[Entry], buckets: Mapping[int, Bucket]) -> list[Pair]:
    """Pairs of entries that are worth comparing, sorted. `buckets`: those of all their keys, of all entries of the space."""
    by_no = {row.no: row for row in entries}
    having: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for row in entries:
        for key, shape in row.keys:
            having[key].append((row.no, shape))
    pairs: dict[Pair, bool] = {}
    for key, members in having.items():
        bucket = Bucket(buckets[key].size, buckets[key].heads, members)
        for pair in bucket_pairs(bucket, by_no):
            pairs[pair] = pairs.get(pair, False) or bool(key % 2)
    return worth(pairs, by_no)


def near_misses(readings: Sequence[Reading], rules: Rules) -> Iterator[tuple[Reading, Reading, str]]:
    """Pairs that belong together but for one thing, with that thing; empty where nothing holds the two apart."""
    by_no, pairs = _alone(readings, rules)
    for one, two in pairs:
        if rules.tie(by_no[one], by_no[two]):
            yield by_no[one], by_no[two], rules.conflict(by_no[one], by_no[two])


def _alone(readings: Sequence[Reading], rules: Rules) -> tuple[dict[int, Reading], list[Pair]]:
    """Readings by number, and candidates, as if there were no others."""
    kept = NoEntries()
    entries = [entry_of(row, "", "", rules) for row in readings]
    kept.note(entries)
    pairs = candidates(entries, kept.buckets({key for row in entries for key, _ in row.keys}, CROWD))
    return {entry.no: row for entry, row in zip(entries, readings, strict=True)}, pairs


def cluster(readings: Sequence[Reading], rules: Rules) -> list[list[Reading]]:
    """Groups of readings, as if there were no others."""
    by_no, pairs = _alone(readings, rules)
    return [group for part in parts_of(by_no, pairs, rules) for group in part]


def parts_of(readings: Mapping[int, Reading], pairs: Iterable[Pair], rules: Rules) -> list[list[list[Reading]]]:
    """Readings by number in parts that hang together, each in groups; all in order of number.

    Where all that hangs together agrees, it is one group. Where it does not, those that say most are placed first; one that says less joins
    the group it is most strongly tied to, and stays by itself where two groups are equally near.
    """
    ties: dict[int, dict[int, int]] = defaultdict(dict)
    union: Union[int] = Union()
    for one, two in pairs:
        strength = tied(readings[one], readings[two], rules)
        if strength:
            ties[one][two] = ties[two][one] = strength
            union.join(one, two)
    parts: dict[int, list[int]] = defaultdict(list)
    for place in sorted(readings):
        parts[union.top(place)].append(place)
    found = (_without_conflict(part, readings, ties, rules) for part in parts.values())
    return [[[readings[place] for place in sorted(group)] for group in part] for part in found]


def tied(one: Reading, two: Reading, rules: Rules) -> int:
    """How strongly two readings belong together; 0 where they conflict."""
    return 0 if rules.conflict(one, two) else rules.tie(one, two)


def _without_conflict(
    part: Sequence[int], readings: Mapping[int, Reading], ties: Mapping[int, Mapping[int, int]], rules: Rules
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
