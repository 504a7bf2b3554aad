"""The names of persons in a case, as its documents write them, kept apart from the rows that hold them, so that nobody has to read those.

In:  rows as they are stored or go; a reading of a case.
Out: the names of voices and parties that are persons, each with its mention; bylines; which documents are sheets that people coded; and a
     token that is another one whenever any of this changed.
Never: says whose name one is; commits.

Reading the names of a million claims from the claims themselves takes 15 seconds; from here one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from armslength.base.errors import IntegrityError
from armslength.base.ids import digest
from armslength.model.claims import Claim, Link, Party
from armslength.model.codec import from_json
from armslength.model.evidence import Document
from armslength.store.database import streamed
from armslength.store.schema import CLAIMS, DOCUMENTS, NAMES_TOKEN, PERSON_NAMES, searchable

VOICE, BYLINE, SHEET = "voice", "byline", "sheet"
NAMED = (Claim, Document)
"""Types of rows that hold names of persons which nobody else tells."""
_CHUNK = 500
_BATCH = 5000

Named = tuple[str, str, str, str]
"""Row, kind, mention, name."""


def names_in(row: Claim | Document) -> set[Named]:
    """What is kept apart of a row: persons among its voices and parties; bylines; that it is a sheet which people coded."""
    if isinstance(row, Claim):
        voices: tuple[Link | Party, ...] = (*row.attribution, *row.parties)
        return {(row.id, VOICE, one.mention, str(searchable(one.name))) for one in voices if one.kind == "person"}
    found = {(row.id, BYLINE, "", str(searchable(one.byline))) for one in row.appearances if one.byline}
    return found | ({(row.id, SHEET, "", "")} if row.mapping else set())


def note_names(connection: Connection, run: str, rows: Iterable[object]) -> None:
    """Keep the names in rows that were stored under a run. Names that are there already are passed over."""
    found = sorted(named for row in rows if isinstance(row, Claim | Document) for named in names_in(row))
    if not found:
        return
    make = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    for some in _cut(found, _BATCH):
        values = [
            {"id": digest("named", *one), "row": one[0], "kind": one[1], "mention": one[2], "name": one[3], "run": run} for one in some
        ]
        connection.execute(make(PERSON_NAMES).on_conflict_do_nothing(), values)
    _turn(connection, "came", run, found)


def drop_names_under(connection: Connection, run: str) -> None:
    """Forget the names of rows that stood under a run."""
    if connection.execute(delete(PERSON_NAMES).where(PERSON_NAMES.c.run == run)).rowcount:
        _turn(connection, "went", run, [])


def drop_names_of(connection: Connection, row_type: type, ids: Collection[str]) -> None:
    """Forget the names of rows."""
    if row_type not in NAMED:
        return
    for some in _cut(sorted(ids), _CHUNK):
        if connection.execute(delete(PERSON_NAMES).where(PERSON_NAMES.c.row.in_(some))).rowcount:
            _turn(connection, "went", "", some)


def names_token(connection: Connection) -> str:
    """Another one whenever a name came or went: a digest over all that ever happened here."""
    return str(connection.execute(select(NAMES_TOKEN.c.token)).scalar() or "")


def person_names(connection: Connection) -> Iterator[tuple[str, str]]:
    """(mention, name) of every voice and party that is a person, once each."""
    statement = select(PERSON_NAMES.c.mention, PERSON_NAMES.c.name).distinct().where(PERSON_NAMES.c.kind == VOICE)
    for mention, name in connection.execute(statement):  # noqa: UP028 - rows are not pairs to a type checker
        yield mention, name


def bylines(connection: Connection) -> set[str]:
    """Bylines of all documents, as they stand."""
    return set(connection.execute(select(PERSON_NAMES.c.name).where(PERSON_NAMES.c.kind == BYLINE)).scalars())


def sheets(connection: Connection) -> list[str]:
    """Ids of documents that were handed over with a mapping of their columns."""
    return sorted(connection.execute(select(PERSON_NAMES.c.row).where(PERSON_NAMES.c.kind == SHEET)).scalars())


def names_of_rows(connection: Connection, ids: Collection[str]) -> set[Named]:
    """What is kept apart of these rows."""
    found: set[Named] = set()
    columns = (PERSON_NAMES.c.row, PERSON_NAMES.c.kind, PERSON_NAMES.c.mention, PERSON_NAMES.c.name)
    for some in _cut(sorted(ids), _CHUNK):
        found |= {
            (row, kind, mention, name)
            for row, kind, mention, name in connection.execute(select(*columns).where(PERSON_NAMES.c.row.in_(some)))
        }
    return found


def keep_names_apart(connection: Connection) -> None:
    """Fill the table for a case from before there was one: reads every claim and document once."""
    tables: tuple[tuple[type, Any], ...] = ((Claim, CLAIMS), (Document, DOCUMENTS))
    for row_type, table in tables:
        with streamed(connection, select(table.c.run, table.c.body)) as stored:
            waiting = iter(stored)
            while some := list(islice(waiting, _BATCH)):
                for run, bodies in _by_run(some):
                    note_names(connection, run, _readable(row_type, bodies))


def _readable(row_type: type, bodies: Iterable[str]) -> Iterator[object]:
    """Rows that can be read. What cannot is shown to nobody, and `verify` reports it."""
    for body in bodies:
        with suppress(IntegrityError):
            yield from_json(row_type, body)


def _by_run(rows: Iterable[Any]) -> Iterable[tuple[str, list[str]]]:
    found: dict[str, list[str]] = {}
    for run, body in rows:
        found.setdefault(run, []).append(body)
    return found.items()


def _turn(connection: Connection, what: str, run: str, found: Sequence[Named] | Sequence[str]) -> None:
    token = digest("names", names_token(connection), what, run, tuple(found))
    if not connection.execute(update(NAMES_TOKEN).values(token=token)).rowcount:
        connection.execute(insert(NAMES_TOKEN).values(id=1, token=token))


def _cut(rows: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]
