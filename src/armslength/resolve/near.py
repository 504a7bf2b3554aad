"""Pairs that could be one and are not, for the claims and bodies that a change concerns: what `doubts.py` finds in a whole case.

In:  ids of claims, or of public bodies; what resolving noted of all claims; a way to read rows.
Out: pairs of facts with the reason that held them apart; pairs of bodies whose names are alike.
Never: joins anything; compares persons; looks at claims that share no key with those of the change.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from armslength.model.entries import Entries, Entry, number
from armslength.model.ontology import Ontology
from armslength.model.things import Entity
from armslength.resolve.clusters import CROWD, Pair, bucket_pairs, worth
from armslength.resolve.doubts import EQUALLY_NEAR, OPEN
from armslength.resolve.facts import FACTS, fact_rules
from armslength.resolve.likeness import ALIKE, alike, sounds
from armslength.resolve.likeness import CROWD as MANY_NAMES
from armslength.resolve.quantities import is_count
from armslength.resolve.readings import Reading, read
from armslength.resolve.touched import Rows
from armslength.resolve.world import World

NAMES = "queue names"
"""The space in which public bodies are noted by the sounds of their names."""
_AT_ONCE = 500
"""Pairs compared together."""
_MOST_READ = 20_000
"""Claims held as they were read."""


def near_claims(ids: Collection[str], world: World, rows: Rows, ontology: Ontology) -> Iterator[tuple[str, str, str]]:
    """Pairs of claims of which one is among `ids`, that belong together but for one thing: with that thing."""
    entries, pairs = _pairs(ids, world.kept)
    known: dict[str, Reading] = {}
    for start in range(0, len(pairs), _AT_ONCE):
        some = [(entries[one].id, entries[two].id) for one, two in pairs[start : start + _AT_ONCE]]
        known = known if len(known) < _MOST_READ else {}
        claims = rows.claims({claim for pair in some for claim in pair} - known.keys())
        known |= {row.id: row for row in read(claims, world.voices(claims), ontology)}
        yield from _compared(some, known, world)


def _pairs(ids: Collection[str], kept: Entries) -> tuple[Mapping[int, Entry], Sequence[Pair]]:
    """Entries by number, and pairs that share more than a few terms."""
    mine = {row.no: row for row in kept.of_ids(FACTS, ids)}
    found: dict[Pair, bool] = {}
    keys = {key for row in mine.values() for key, _ in row.keys}
    for key, bucket in kept.buckets(keys, CROWD).items():
        for one, two in bucket_pairs(bucket):
            if one in mine or two in mine:
                found[one, two] = found.get((one, two), False) or bool(key % 2)
    entries = {row.no: row for row in kept.of_numbers(FACTS, {no for pair in found for no in pair})}
    return entries, worth({pair: more for pair, more in found.items() if entries.keys() >= set(pair)}, entries)


def _compared(pairs: Sequence[tuple[str, str]], known: Mapping[str, Reading], world: World) -> Iterator[tuple[str, str, str]]:
    readings = {claim: known[claim] for pair in pairs for claim in pair if claim in known}
    rules = fact_rules(list(readings.values()), world.voices([row.claim for row in readings.values()]))
    for one, two in pairs:
        if one in readings and two in readings and is_count(readings[one]) == is_count(readings[two]):
            rule = rules(readings[one])
            why = rule.conflict(readings[one], readings[two])
            if (not why or why in OPEN) and rule.tie(readings[one], readings[two]):
                yield one, two, why or EQUALLY_NEAR


def name_entry(row: Entity) -> Entry:
    """A public body by the sounds of its names; its body is the names, a line each."""
    names = sorted({row.label, *row.aliases})
    keys = {number(NAMES, row.kind, sound) for name in names for sound in sounds(name)}
    return Entry(space=NAMES, id=row.id, keys=tuple((key, number(row.id)) for key in sorted(keys)), body="\n".join((row.part_of, *names)))


def near_names(row: Entry, kept: Entries) -> Iterator[tuple[Entry, float]]:
    """Other bodies of the same kind whose names are alike, with the score. What answers for one another is no pair."""
    owner, *names = row.body.split("\n")
    sizes = kept.buckets([key for key, _ in row.keys], 0)
    few = [key for key, _ in row.keys if key in sizes and sizes[key].size <= MANY_NAMES]
    for other in kept.of_keys(NAMES, few):
        above, *called = other.body.split("\n")
        if other.id not in (row.id, owner) and row.id != above:
            score = max(alike(one, two, person=False) for one in names for two in called)
            if score >= ALIKE:
                yield other, score
