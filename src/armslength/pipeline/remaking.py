"""Carrying judgements out, and what that changes: facts, entities, sites, incidents and counts of origins, before and after.

In:  an open case; judgements that are kept.
Out: everything that rests on judgements made anew; what is gone, what is there now, which counts are others.
Never: decides or keeps anything. Reads no row that the stages did not touch: a case may hold a million.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from armslength.base.engine import silent
from armslength.base.settings import Settings
from armslength.model.decisions import Judgement
from armslength.model.facts import Fact, Origins
from armslength.model.outcome import Rejected
from armslength.model.things import Entity, Incident, Site
from armslength.pipeline.cataloguing import catalogue
from armslength.pipeline.engines import engine_for
from armslength.pipeline.pending import note_carried_out, pending, stages_for
from armslength.pipeline.queueing import update_queue
from armslength.pipeline.runner import run_stages
from armslength.store.case import Case
from armslength.store.read import Reader, reading
from armslength.store.write import Writer

Thing = Fact | Entity | Site | Incident
THINGS: Mapping[str, type[Thing]] = {
    "fact": Fact,
    "entity": Entity,
    "site": Site,
    "incident": Incident,
}
"""What people may make one or two, by the word for it."""
_JUDGING = frozenset({"resolve", "review"})
"""Stages that list judgements which have nothing to apply to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A fact, entity, site or incident as it stands."""

    id: str
    label: str
    passages: int
    origins: tuple[int, int, int] | None = None
    """Of a fact: (min, max, unknown)."""
    state: str = "machine"


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A fact whose origins are counted otherwise now: (min, max, unknown)."""

    fact: str
    label: str
    before: tuple[int, int, int]
    after: tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of carrying judgements out."""

    gone: tuple[Shown, ...]
    made: tuple[Shown, ...]
    changed: tuple[Changed, ...]
    """Facts that were there before and are there now."""
    not_done: tuple[str, ...]
    """Judgements of the case that could not be carried out, with the reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remade:
    """A judgement and what came of it."""

    judgement: Judgement
    gone: tuple[Shown, ...]
    made: tuple[Shown, ...]
    not_done: tuple[str, ...]
    """Judgements that could not be carried out, with the reason; this one among them where it could not."""


def members(thing: Thing) -> tuple[str, ...]:
    """The ids a thing is told by in judgements: mentions of an entity, claims of everything else."""
    return thing.mentions if isinstance(thing, Entity) else thing.claims


Counts = Mapping[str, tuple[int, int, int]]
"""Fact to its origins: (min, max, unknown)."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Holds a case as it stood against what writers make of it."""

    then: Reader
    touched: dict[type, set[str]] = field(default_factory=dict)

    def note(self, row_type: type, ids: Collection[str]) -> None:
        """Rows of a type that come, change or go."""
        self.touched.setdefault(row_type, set()).update(ids)

    def against(self, now: Reader) -> Compared:
        """All that was touched, as it stood and as it stands: read once, to be asked about one judgement after another."""
        counted = sorted(self.touched.get(Origins, ()))
        return Compared(
            before=self._standing(self.then),
            after=self._standing(now),
            counts=_counts(self.then, counted),
            recounted=_counts(now, counted),
            facts={row.id: row for row in now.all(Fact, id=counted)} if counted else {},
            not_done=tuple(sorted(row.reason for row in now.all(Rejected, stage=_JUDGING, doc=""))),
        )

    def outcome(self, now: Reader) -> Outcome:
        """What is otherwise now."""
        return self.against(now).outcome()

    def _standing(self, reader: Reader) -> dict[str, tuple[Thing, Shown]]:
        rows: list[Thing] = [row for kind in THINGS.values() if self.touched.get(kind) for row in reader.all(kind, id=self.touched[kind])]
        counts = _counts(reader, sorted(self.touched.get(Fact, ())))
        return {_mark(row): (row, _shown(row, counts)) for row in rows}


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Everything that was touched, before and after."""

    before: Mapping[str, tuple[Thing, Shown]]
    after: Mapping[str, tuple[Thing, Shown]]
    counts: Counts
    recounted: Counts
    facts: Mapping[str, Fact]
    """Facts whose origins were counted again, as they stand."""
    not_done: tuple[str, ...]

    def outcome(self, about: Collection[str] | None = None) -> Outcome:
        """What is otherwise; with `about`, only things that have one of these ids, or are told by one, or stand in such a document."""
        gone, made = _without(self.before, self.after, about), _without(self.after, self.before, about)
        moved = [
            row for row in sorted(self.counts.keys() & self.recounted) if self.counts[row] != self.recounted[row] and row in self.facts
        ]
        return Outcome(
            gone=gone,
            made=made,
            changed=tuple(
                Changed(fact=row, label=self.facts[row].label, before=self.counts[row], after=self.recounted[row])
                for row in moved
                if about is None or _speaks_of(self.facts[row], about)
            ),
            not_done=self.not_done,
        )


def _without(
    these: Mapping[str, tuple[Thing, Shown]], those: Mapping[str, tuple[Thing, Shown]], about: Collection[str] | None
) -> tuple[Shown, ...]:
    left = (these[mark] for mark in sorted(these.keys() - those))
    return tuple(shown for row, shown in left if about is None or _speaks_of(row, about))


def _speaks_of(row: Thing, about: Collection[str]) -> bool:
    documents = row.documents if isinstance(row, Fact) else ()
    return not {row.id, *members(row), *documents}.isdisjoint(about)


@contextmanager
def comparing(case: Case) -> Iterator[Comparison]:
    """Hold a case as it stands now against what is made of it until the block ends."""
    with reading(case) as then:
        yield Comparison(then)


def make_rows(writer: Writer, *tried: Judgement) -> None:
    """Make rows anew that rest on judgements which are kept and not carried out; `tried` are in the case, and not in its log yet."""
    settings, found = Settings(), pending(writer.read)
    stages = stages_for(writer.read, replace(found, rows=(*found.rows, *tried)))
    with engine_for(settings) as engine:
        run_stages(writer, engine=engine, settings=settings, progress=silent, stages=stages)


def carry_out(writer: Writer) -> None:
    """Make everything anew that rests on judgements which are kept and not carried out."""
    make_rows(writer)
    catalogue(writer)
    update_queue(writer)
    note_carried_out(writer)


def compared(writer: Writer, *rows: Judgement) -> Outcome:
    """Keep judgements in one step, carry them out, and compare."""
    with comparing(writer.case) as comparison:
        with writer.together():
            for row in rows:
                writer.decide(row)
        writer.watch = comparison.note
        carry_out(writer)
        return comparison.outcome(writer.read)


def remade(writer: Writer, *rows: Judgement) -> Remade:
    """What came of judgements that were kept in one step; the first speaks for them."""
    found = compared(writer, *rows)
    return Remade(judgement=rows[0], gone=found.gone, made=found.made, not_done=found.not_done)


def _counts(reader: Reader, facts: Sequence[str]) -> Counts:
    return {row.id: (row.min, row.max, row.unknown) for row in reader.all(Origins, id=facts)} if facts else {}


def _shown(row: Thing, counts: Counts) -> Shown:
    origins = counts.get(row.id) if isinstance(row, Fact) else None
    return Shown(id=row.id, label=row.label, passages=len(row.claims), origins=origins, state=_state(row))


def _mark(row: Thing) -> str:
    """A thing with other members, in another state or read otherwise is another thing, even under the same id."""
    return "\x1f".join((row.id, row.label, _state(row), *members(row)))


def _state(row: Thing) -> str:
    return "machine" if isinstance(row, Entity) else row.state
