"""What a judgement changes: facts, entities, sites and incidents as they stand before it and after it.

In:  an open case and a judgement that is not kept yet.
Out: the judgement, kept and carried out; what is gone and what is there now.
Never: decides anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from armslength.model.decisions import Judgement
from armslength.model.facts import Fact, Origins
from armslength.model.outcome import Rejected
from armslength.model.things import Entity, Incident, Site
from armslength.pipeline.judging import carry_out
from armslength.store.read import Reader
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
class Remade:
    """A judgement about sameness and what came of it."""

    judgement: Judgement
    gone: tuple[Shown, ...]
    made: tuple[Shown, ...]
    not_done: tuple[str, ...]
    """Judgements that could not be carried out, with the reason; this one among them where it could not."""


def members(thing: Thing) -> tuple[str, ...]:
    """The ids a thing is told by in judgements: mentions of an entity, claims of everything else."""
    return thing.mentions if isinstance(thing, Entity) else thing.claims


def remade(writer: Writer, row: Judgement) -> Remade:
    """Keep a judgement, carry it out, and compare."""
    before = _standing(writer.read)
    writer.decide(row)
    carry_out(writer)
    after = _standing(writer.read)
    return Remade(
        judgement=row,
        gone=tuple(before[key] for key in sorted(before.keys() - after)),
        made=tuple(after[key] for key in sorted(after.keys() - before)),
        not_done=tuple(sorted(row.reason for row in writer.read.all(Rejected) if row.stage in _JUDGING and not row.doc)),
    )


def _standing(reader: Reader) -> dict[str, Shown]:
    """All things of a case that can be made one or two."""
    counts = {row.id: (row.min, row.max, row.unknown) for row in reader.all(Origins)}
    rows: list[Thing] = [row for kind in THINGS.values() for row in reader.all(kind)]
    return {
        _mark(row): Shown(
            id=row.id,
            label=row.label,
            passages=len(row.claims),
            origins=counts.get(row.id) if isinstance(row, Fact) else None,
            state=_state(row),
        )
        for row in rows
    }


def _mark(row: Thing) -> str:
    """A thing with other members, in another state or read otherwise is another thing, even under the same id."""
    return "\x1f".join((row.id, row.label, _state(row), *members(row)))


def _state(row: Thing) -> str:
    return "machine" if isinstance(row, Entity) else row.state
