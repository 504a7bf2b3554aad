"""Putting rows on their shelves, dropping them, and hashing what a stage wrote.

In:  a connection inside a transaction, and frozen rows.
Out: rows in tables, link tables kept in step, and the hash over what stands under a run.
Never: commits.
"""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Select, Table, delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from armslength.base.errors import InputError, IntegrityError
from armslength.base.ids import digest_text, encode
from armslength.model.claims import Claim
from armslength.model.codec import from_json, to_json
from armslength.model.evidence import Document
from armslength.model.facts import Fact, LineageEdge
from armslength.model.things import Entity
from armslength.store.database import streamed
from armslength.store.heads import note_heads
from armslength.store.persons import drop_names_under, note_names
from armslength.store.schema import DERIVED, DOCUMENTS, ENTITY_HEADS, ENTITY_MENTIONS, FACT_CLAIMS, Shelf, shelf_of
from armslength.store.spans import TextOf, TextShelf, check_row

BATCH = 1000
"""Rows sent to the database at a time. It bounds memory; speed does not depend on it (100,000 claims took 4.8 to 5.3 s of
processor time on SQLite, half of it spent on writing JSON, at 100, 1,000 and 10,000 alike)."""
_CHECKED = (Claim, Document, LineageEdge)
_DERIVED_TABLES: tuple[Table, ...] = (*(shelf.table for shelf in DERIVED), ENTITY_HEADS, ENTITY_MENTIONS, FACT_CLAIMS)


def text_of_documents(connection: Connection) -> TextShelf:
    """Texts of the documents in the database."""

    def fetch(doc: str) -> str | None:
        body = connection.execute(select(DOCUMENTS.c.body).where(DOCUMENTS.c.id == doc)).scalar()
        return None if body is None else from_json(Document, body).text

    return TextShelf(fetch)


def store_rows(connection: Connection, run: str, rows: Iterable[object]) -> int:
    """Write derived rows under a run; returns how many. Two rows alike in everything are one.

    Raises IntegrityError for a row whose words are not in its document, or whose id another row already has.
    """
    text_of = text_of_documents(connection)
    written = 0
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        for row_type, group in groupby(batch, key=type):
            written += _store(connection, run, _derived_shelf(row_type), list(group), text_of)
    return written


def ids_under(connection: Connection, run: str) -> Iterator[tuple[type, list[str]]]:
    """The ids of rows that stand under a run, by type."""
    for shelf in DERIVED:
        found = connection.execute(select(shelf.table.c.id).where(shelf.table.c.run == run)).scalars().all()
        if found:
            yield shelf.row, list(found)


def drop_rows(connection: Connection, run: str) -> None:
    """Forget what was written under a run."""
    for table in _DERIVED_TABLES:
        connection.execute(delete(table).where(table.c.run == run))
    drop_names_under(connection, run)


def hash_rows(connection: Connection, run: str) -> str:
    """`digest` over the sorted (table, id, row hash) of everything under a run."""
    found = hashlib.sha256()
    for shelf in DERIVED:
        table = shelf.table
        statement = select(table.c.id, table.c.hash).where(table.c.run == run).order_by(table.c.id)
        for row_id, row_hash in connection.execute(statement):
            found.update(encode([(table.name, row_id, row_hash)]))
    return found.hexdigest()


def hash_all_runs(connection: Connection) -> Generator[tuple[str, str], None, None]:
    """Run id and `hash_rows` of every run that has rows, in one pass over all tables, in order of run id."""
    with ExitStack() as stack:
        streams = [_hashes(stack.enter_context(streamed(connection, _by_run(shelf))), shelf.table.name) for shelf in DERIVED]
        for run, rows in groupby(heapq.merge(*streams), key=itemgetter(0)):
            found = hashlib.sha256()
            for _, table, row_id, row_hash in rows:
                found.update(encode([(table, row_id, row_hash)]))
            yield run, found.hexdigest()


def empty_hash() -> str:
    """The `hash_rows` of a run that wrote nothing."""
    return hashlib.sha256().hexdigest()


def insert_kept(connection: Connection, row: object) -> str:
    """Write a row that is never changed again; returns its hash."""
    shelf = shelf_of(type(row))
    values = _values(shelf, row)
    connection.execute(insert(shelf.table).values(values))
    return str(values["hash"])


def stored_hash(connection: Connection, row_type: type, row_id: str) -> str | None:
    """The hash of a stored row, or None when there is none."""
    table = shelf_of(row_type).table
    found = connection.execute(select(table.c.hash).where(table.c.id == row_id)).scalar()
    return None if found is None else str(found)


def _by_run(shelf: Shelf) -> Select[Any]:
    columns = shelf.table.c
    return select(columns.run, columns.id, columns.hash).order_by(columns.run, columns.id)


def _hashes(rows: Iterable[Any], table: str) -> Iterator[tuple[str, str, str, str]]:
    for run, row_id, row_hash in rows:
        yield run, table, row_id, row_hash


def _derived_shelf(row_type: type) -> Shelf:
    shelf = shelf_of(row_type)
    if not shelf.derived:
        raise InputError(f"A {row_type.__name__} is not derived by a stage, so a stage cannot write it.")
    return shelf


def _values(shelf: Shelf, row: Any) -> dict[str, object]:
    body = to_json(row)
    return {"id": row.id, **shelf.indexed(row), "body": body, "hash": digest_text(body)}


def _store(connection: Connection, run: str, shelf: Shelf, rows: list[Any], text_of: TextOf) -> int:
    values: dict[object, dict[str, object]] = {}
    for row in rows:
        if shelf.row in _CHECKED:
            _refuse_unborne(row, text_of)
        one = {**_values(shelf, row), "run": run}
        if values.setdefault(row.id, one)["hash"] != one["hash"]:
            raise _two_of_a_name(shelf, row.id)
    ready = list(values.values())
    if _insert_new(connection, shelf.table, ready) < len(ready):
        _check_doubles(connection, run, shelf, ready)
    _link(connection, run, [row for row in rows if isinstance(row, Entity | Fact)])
    note_names(connection, run, rows)
    note_heads(connection, run, rows)
    return len(ready)


def _refuse_unborne(row: Any, text_of: TextOf) -> None:
    wrong = next(check_row(row, text_of), None)
    if wrong is not None:
        raise IntegrityError(
            f"The {type(row).__name__.lower()} {row.id} cannot be stored: {wrong}. Nothing of this step was stored; report this as a bug."
        )


def _insert_new(connection: Connection, table: Table, values: Sequence[Mapping[str, object]]) -> int:
    """Insert rows, passing over those whose key is there already; returns how many were new."""
    make = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    return connection.execute(make(table).on_conflict_do_nothing(), values, execution_options={"preserve_rowcount": True}).rowcount


def _check_doubles(connection: Connection, run: str, shelf: Shelf, values: list[dict[str, object]]) -> None:
    """Some ids were there already: fine where the very row was written earlier in this run, else an error."""
    table = shelf.table
    wanted = {str(one["id"]): one["hash"] for one in values}
    statement = select(table.c.id, table.c.hash, table.c.run).where(table.c.id.in_(wanted))
    for row_id, row_hash, row_run in connection.execute(statement):
        if row_hash != wanted[row_id] or row_run != run:
            raise _two_of_a_name(shelf, row_id)


def _two_of_a_name(shelf: Shelf, row_id: str) -> IntegrityError:
    name = shelf.row.__name__
    return IntegrityError(
        f"Two different {name} rows, or rows of two runs, have the id {row_id}. Nothing of this step was stored; report this as a bug."
    )


def _link(connection: Connection, run: str, rows: list[Entity | Fact]) -> None:
    """Keep the link tables in step. Links that are there already are fine: a claim may be listed twice, and a twin row links again."""
    claims = {(claim, row.id) for row in rows if isinstance(row, Fact) for claim in row.claims}
    for some in _cut(claims):
        _insert_new(connection, FACT_CLAIMS, [{"claim": claim, "fact": fact, "run": run} for claim, fact in some])
    mentions = {(mention, row.id) for row in rows if isinstance(row, Entity) for mention in row.mentions}
    for some in _cut(mentions):
        new = _insert_new(connection, ENTITY_MENTIONS, [{"mention": mention, "entity": entity, "run": run} for mention, entity in some])
        if new < len(some):
            _check_mentions(connection, some)


def _check_mentions(connection: Connection, links: list[tuple[str, str]]) -> None:
    """Some mentions were there already: fine where they belong to the same entity, else an error."""
    table = ENTITY_MENTIONS
    rows = connection.execute(select(table.c.mention, table.c.entity).where(table.c.mention.in_([mention for mention, _ in links])))
    found = {mention: entity for mention, entity in rows}  # noqa: C416 - rows are not pairs to a type checker
    for mention, entity in links:
        if found[mention] != entity:
            raise IntegrityError(
                f"The mention {mention} belongs to two entities at once, {found[mention]} and {entity}. "
                "Nothing of this step was stored; report this as a bug."
            )


def _cut(links: set[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    ordered = iter(sorted(links))
    while some := list(islice(ordered, BATCH)):
        yield some
