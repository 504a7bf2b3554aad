"""How facts bear on each other, for the facts that a change concerns and those they can bear on.

In:  what was noted of the facts that came, changed or went, as it was and as it is; a way to read rows.
Out: relations; and whose relations these are, so that those they had before and have no more can go.
Never: compares facts that share neither a bucket of numbers, nor a page, nor a report or town that a denial names.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from armslength.lineage.noting import NUMBER, PAGE, PLACE, SUM, TRACED, VOICE
from armslength.lineage.relations import between_numbers, denials
from armslength.lineage.sums import sums
from armslength.lineage.tracing import BATCH, Around, gather_few
from armslength.model.entries import Entry
from armslength.model.facts import Relation

NUMBERS, DENIES, DERIVES = ("supersedes", "contradicts", "refines"), ("denies",), ("derives",)


@dataclass(slots=True)
class Bearing:
    """Relations, and facts whose relations of a type these are."""

    rows: dict[str, Relation] = field(default_factory=dict)
    of: dict[str, set[str]] = field(default_factory=lambda: {kind: set() for kind in (*NUMBERS, *DENIES, *DERIVES)})

    def add(self, kinds: Sequence[str], facts: Collection[str], rows: Iterable[Relation]) -> None:
        self.rows |= {row.id: row for row in rows if row.fact in facts}
        for kind in kinds:
            self.of[kind] |= set(facts)


def bear(moved: Sequence[Entry], whole: Around) -> Bearing:
    """Relations that a change concerns. `moved`: facts that came, changed or went, as they were noted and as they are. `kept` holds the
    latter.
    """
    found, rows, kept = Bearing(), whole.rows, whole.kept
    ids = {row.id for row in moved}
    for keys in _cut(_keys(moved, {NUMBER})):
        members = {row.id for row in kept.of_keys(TRACED, keys)}
        some = gather_few(rows.facts(members), whole)
        found.add(NUMBERS, members | ids, between_numbers(some.facts, some.claims, some.cast))
    _denials(moved, ids, whole, found)
    for keys in _cut(_keys(moved, {SUM})):
        totals = kept.of_keys(TRACED, keys)
        pages = {key for row in totals for key, what in row.keys if what == SUM}
        some = gather_few(rows.facts({row.id for row in kept.of_keys(TRACED, pages)}), whole)
        found.add(DERIVES, {row.id for row in totals}, sums(some.facts, some.claims, some.cast))
    for kind in (*NUMBERS, *DERIVES):
        found.of[kind] |= ids
    return found


def _denials(moved: Sequence[Entry], ids: set[str], whole: Around, found: Bearing) -> None:
    """Denials that came, changed or went, and those that look for a fact of which that is so."""
    kept = whole.kept
    looking = {key + 1 for key in _keys(moved, {VOICE, PLACE, PAGE}) if not key % 2}
    mine = {row.id for row in moved if _asks(row)}
    denying = {row.id: row for row in (*kept.of_keys(TRACED, looking), *kept.of_ids(TRACED, mine)) if _asks(row)}
    found.of["denies"] |= ids
    for some in _cut(sorted(denying)):
        reached = {row.id for row in kept.of_keys(TRACED, {key - 1 for fact in some for key in _asks(denying[fact])})}
        here = gather_few(whole.rows.facts({*reached, *some}), whole)
        found.add(DENIES, set(some), denials(here.facts, here.claims, here.cast))


def _asks(row: Entry) -> list[int]:
    return [key for key, what in row.keys if key % 2 and what in {VOICE, PLACE, PAGE}]


def _keys(entries: Iterable[Entry], whats: Collection[int]) -> list[int]:
    return sorted({key for row in entries for key, what in row.keys if what in whats})


def _cut(ids: Sequence) -> Iterator[Sequence]:  # type: ignore[type-arg]
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]
