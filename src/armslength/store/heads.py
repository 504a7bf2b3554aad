"""Entities without the lists of where they are named: what a page shows of a body that ten thousand claims name is its label and kind.

In:  entities as they are stored or go; ids.
Out: the same entities, `mentions` and `claims` left empty.
Never: commits; stands for an entity where its mentions or claims are asked for.

Of a body that 70,000 claims name, the row is 9 MB long; its head 400 bytes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from armslength.model.codec import from_json, to_json
from armslength.model.things import Entity
from armslength.store.database import streamed
from armslength.store.schema import ENTITIES, ENTITY_HEADS

_CHUNK = 500


def head_of(row: Entity) -> Entity:
    """An entity without the lists of where it is named."""
    return replace(row, mentions=(), claims=())


def note_heads(connection: Connection, run: str, rows: Iterable[object]) -> None:
    """Keep the heads of entities that were stored under a run."""
    found = {row.id: row for row in rows if isinstance(row, Entity)}
    drop_heads(connection, Entity, found)
    if found:
        values = [{"id": row_id, "run": run, "body": to_json(head_of(row))} for row_id, row in sorted(found.items())]
        connection.execute(insert(ENTITY_HEADS), values)


def drop_heads(connection: Connection, row_type: type, ids: Collection[str]) -> None:
    """Forget the heads of entities."""
    ordered = sorted(ids) if row_type is Entity else []
    for start in range(0, len(ordered), _CHUNK):
        connection.execute(delete(ENTITY_HEADS).where(ENTITY_HEADS.c.id.in_(ordered[start : start + _CHUNK])))


def heads_of(connection: Connection, ids: Collection[str]) -> list[Entity]:
    """Heads of these entities, by id."""
    found: list[Entity] = []
    ordered = sorted(ids)
    for start in range(0, len(ordered), _CHUNK):
        statement = select(ENTITY_HEADS.c.body).where(ENTITY_HEADS.c.id.in_(ordered[start : start + _CHUNK])).order_by(ENTITY_HEADS.c.id)
        found += [from_json(Entity, body) for body in connection.execute(statement).scalars()]
    return found


def keep_heads(connection: Connection) -> None:
    """Fill the table for a case from before there was one."""
    with streamed(connection, select(ENTITIES.c.run, ENTITIES.c.body)) as stored:
        rows: Iterable[Any] = stored
        for run, body in rows:
            note_heads(connection, run, [from_json(Entity, body)])
