"""Changing some of the rows that stand under a stage's runs, and leaving the others where they are.

In:  a connection inside a transaction; rows to stand there from now on, and ids of rows to go.
Out: the tables and their links as if the runs had been written whole; the runs that were touched.
Never: commits; touches a row that says the same as before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, delete, select

from armslength.base.ids import digest_text
from armslength.model.codec import from_json, to_json
from armslength.model.facts import Fact
from armslength.model.things import Entity
from armslength.store.heads import drop_heads
from armslength.store.persons import drop_names_of
from armslength.store.rows import store_rows
from armslength.store.schema import ENTITY_MENTIONS, FACT_CLAIMS, Shelf, shelf_of

_CHUNK = 500
T = TypeVar("T")
RunOf = Callable[[str], str]
"""Which run a row stands under, by its id."""
Watch = Callable[[type, Collection[str]], None]
"""Told the ids of rows of a type that come, change or go."""


def unwatched(row_type: type, ids: Collection[str]) -> None:
    """For a write that nobody watches."""


def amend_rows(
    connection: Connection, run_of: RunOf, rows: Iterable[Any], gone: Mapping[type, Collection[str]], *, watch: Watch = unwatched
) -> dict[str, int]:
    """Let `gone` go and let `rows` stand; run to how many rows of it were written. Runs that are only left by rows are there with 0."""
    touched: dict[str, int] = {}
    for row_type, ids in gone.items():
        left = list(_drop(connection, shelf_of(row_type), ids))
        touched |= {run_of(row_id): 0 for row_id in left}
        watch(row_type, left)
    by_type: dict[type, dict[str, Any]] = defaultdict(dict)
    for row in rows:
        by_type[type(row)][row.id] = row
    for row_type, found in by_type.items():
        new = _without_same(connection, shelf_of(row_type), found)
        watch(row_type, new.keys())
        by_run: dict[str, list[Any]] = defaultdict(list)
        for row_id in sorted(new):
            by_run[run_of(row_id)].append(new[row_id])
        for run in sorted(by_run):
            touched[run] = touched.get(run, 0) + store_rows(connection, run, by_run[run])
    return touched


def _without_same(connection: Connection, shelf: Shelf, rows: Mapping[str, Any]) -> dict[str, Any]:
    """The rows that are not there yet; what stands in their place is taken away, but for links that stay."""
    table = shelf.table.c
    hashes = {row_id: digest_text(to_json(row)) for row_id, row in rows.items()}
    left = dict(rows)
    for some in _cut(sorted(rows)):
        stored = connection.execute(select(table.id, table.hash).where(table.id.in_(some))).all()
        changed = []
        for row_id, row_hash in stored:
            if hashes[row_id] == row_hash:
                del left[row_id]
            else:
                changed.append(row_id)
        _unlink(connection, shelf, [rows[row_id] for row_id in changed])
        connection.execute(delete(shelf.table).where(table.id.in_(changed)))
        drop_names_of(connection, shelf.row, changed)
        drop_heads(connection, shelf.row, changed)
    return left


def _unlink(connection: Connection, shelf: Shelf, rows: Sequence[Any]) -> None:
    """Take away the links of rows that will not have them any more."""
    for row in rows:
        if isinstance(row, Entity):
            old = from_json(Entity, connection.execute(select(shelf.table.c.body).where(shelf.table.c.id == row.id)).scalar_one())
            for some in _cut(sorted(set(old.mentions) - set(row.mentions))):
                connection.execute(delete(ENTITY_MENTIONS).where(ENTITY_MENTIONS.c.mention.in_(some), ENTITY_MENTIONS.c.entity == row.id))
        if isinstance(row, Fact):
            connection.execute(delete(FACT_CLAIMS).where(FACT_CLAIMS.c.fact == row.id))


def _drop(connection: Connection, shelf: Shelf, ids: Collection[str]) -> Iterator[str]:
    table = shelf.table
    for some in _cut(sorted(set(ids))):
        yield from connection.execute(select(table.c.id).where(table.c.id.in_(some))).scalars().all()
        connection.execute(delete(table).where(table.c.id.in_(some)))
        drop_names_of(connection, shelf.row, some)
        drop_heads(connection, shelf.row, some)
        if shelf.row is Entity:
            connection.execute(delete(ENTITY_MENTIONS).where(ENTITY_MENTIONS.c.entity.in_(some)))
        if shelf.row is Fact:
            connection.execute(delete(FACT_CLAIMS).where(FACT_CLAIMS.c.fact.in_(some)))


def _cut(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(rows), _CHUNK):
        yield rows[start : start + _CHUNK]
