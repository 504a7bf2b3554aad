"""Carrying judgements out, and what that changes: facts, entities, sites, incidents and counts of origins, before and after.

In:  an open case; judgements that are kept.
Out: everything that rests on judgements made anew; what is gone, what is there now, which counts are others.
Never: decides or keeps anything. Reads no row that the stages did not touch: a case may hold a million.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

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


@dataclass(frozen=True, slots=True)
class Comparison:
    """Holds a case as it stood against what writers make of it."""

    then: Reader
    touched: dict[type, set[str]] = field(default_factory=dict)

    def note(self, row_type: type, ids: Collection[str]) -> None:
        """Rows of a type that come, change or go."""
        self.touched.setdefault(row_type, set()).update(ids)

    def outcome(self, now: Reader, *, about: Collection[str] | None = None) -> Outcome:
        """What is otherwise now; with `about`, only things that have one of these ids, or are told by one, or stand in such a document."""
        before, after = self._standing(self.then, about), self._standing(now, about)
        counted = sorted(self.touched.get(Origins, ()) if about is None else self._near(now, about))
        counts, recounted = _counts(self.then, counted), _counts(now, counted)
        moved = [fact for fact in sorted(counts.keys() & recounted) if counts[fact] != recounted[fact]]
        labels = {row.id: row.label for row in now.all(Fact, id=moved)} if moved else {}
        return Outcome(
            gone=tuple(before[key] for key in sorted(before.keys() - after)),
            made=tuple(after[key] for key in sorted(after.keys() - before)),
            changed=tuple(
                Changed(fact=fact, label=labels[fact], before=counts[fact], after=recounted[fact]) for fact in moved if fact in labels
            ),
            not_done=tuple(sorted(row.reason for row in now.all(Rejected, stage=_JUDGING, doc=""))),
        )

    def _near(self, reader: Reader, about: Collection[str]) -> set[str]:
        """Facts with another count that have to do with some ids."""
        facts = reader.all(Fact, id=self.touched[Origins]) if self.touched.get(Origins) else []
        return {row.id for row in facts if _speaks_of(row, about)}

    def _standing(self, reader: Reader, about: Collection[str] | None) -> dict[str, Shown]:
        rows: list[Thing] = [row for kind in THINGS.values() if self.touched.get(kind) for row in reader.all(kind, id=self.touched[kind])]
        rows = rows if about is None else [row for row in rows if _speaks_of(row, about)]
        counts = _counts(reader, sorted(self.touched.get(Fact, ())))
        return {_mark(row): _shown(row, counts) for row in rows}


def _speaks_of(row: Thing, about: Collection[str]) -> bool:
    documents = row.documents if isinstance(row, Fact) else ()
    return not {row.id, *members(row), *documents}.isdisjoint(about)


@contextmanager
def comparing(case: Case) -> Iterator[Comparison]:
    """Hold a case as it stands now against what is made of it until the block ends."""
    with reading(case) as then:
        yield Comparison(then)


def carry_out(writer: Writer) -> None:
    """Make everything anew that rests on judgements which are kept and not carried out."""
    settings = Settings()
    with engine_for(settings) as engine:
        run_stages(writer, engine=engine, settings=settings, progress=silent, stages=stages_for(writer.read, pending(writer.read)))
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


def _counts(reader: Reader, facts: Sequence[str]) -> dict[str, tuple[int, int, int]]:
    return {row.id: (row.min, row.max, row.unknown) for row in reader.all(Origins, id=facts)} if facts else {}


def _shown(row: Thing, counts: Mapping[str, tuple[int, int, int]]) -> Shown:
    origins = counts.get(row.id) if isinstance(row, Fact) else None
    return Shown(id=row.id, label=row.label, passages=len(row.claims), origins=origins, state=_state(row))


def _mark(row: Thing) -> str:
    """A thing with other members, in another state or read otherwise is another thing, even under the same id."""
    return "\x1f".join((row.id, row.label, _state(row), *members(row)))


def _state(row: Thing) -> str:
    return "machine" if isinstance(row, Entity) else row.state
