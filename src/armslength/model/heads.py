"""An entity without what grows with the case: what a stage needs to know of it to read a claim.

In:  an entity, what answers for it.
Out: a `Head`, noted by the resolve stage and looked up by the stages after it.
Never: says which passages speak of it; the entity does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from armslength.model.things import Entity

HEADS = "head"
"""The space in which heads are noted, by the entity's id."""
TOUCHED, RENAMED = "touched", "renamed"
"""Where resolving notes what it has changed for the stage after it: documents of which it reads a voice otherwise, and entities that go by
other names. They are forgotten when that has been looked at."""

Seen = tuple[str, str, str, str]
"""An entity as others see it: id, kind, label, country."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """An entity without its mentions."""

    entity: Entity
    above: tuple[Seen, ...]
    """What answers for it, up to the last."""
    called: str
    """The fullest name that a document gives it, or gives what it answers for."""
    key: tuple[str, ...]
    """What it is told by."""
    keys: tuple[tuple[str, ...], ...]
    """The keys that have come together in it."""

    @property
    def root(self) -> str:
        """What answers for it in the end."""
        return self.above[-1][0] if self.above else self.entity.id

    @property
    def view(self) -> tuple[object, ...]:
        """What a claim's reading depends on."""
        return (*seen_as(self.entity), self.entity.protected, self.above)


def seen_as(row: Entity) -> Seen:
    """An entity as others see it."""
    return row.id, row.kind, row.label, row.country


def bare(row: Entity) -> Entity:
    """An entity without what grows with the case."""
    return replace(row, mentions=(), claims=(), why=())
