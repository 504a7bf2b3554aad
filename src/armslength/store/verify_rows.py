"""The rows' part of a verification: every row is whole, says what its documents say, and was written by the run it stands under."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import islice
from typing import Any

from sqlalchemy import Connection, RowMapping, func, select

from armslength.base.errors import ArmslengthError
from armslength.base.ids import digest_text
from armslength.model.claims import Claim
from armslength.model.codec import from_json
from armslength.model.custody import LogEntry
from armslength.model.evidence import Source
from armslength.model.facts import Fact
from armslength.model.things import Entity
from armslength.store.database import streamed
from armslength.store.heads import head_of, heads_of
from armslength.store.log import STAGE_DROPPED, STAGE_RUN, entry_data
from armslength.store.persons import NAMED, names_in, names_of_rows
from armslength.store.report import REBUILD, Findings
from armslength.store.rows import empty_hash, hash_all_runs, text_of_documents
from armslength.store.schema import (
    DERIVED,
    DOCUMENTS,
    ENTITY_HEADS,
    ENTITY_MENTIONS,
    FACT_CLAIMS,
    LOG,
    PERSON_NAMES,
    RUNS,
    SHELVES,
    Shelf,
    shelf_of,
)
from armslength.store.spans import TextShelf, check_row
from armslength.store.verify_sources import called

_AT_A_TIME = 400
"""Rows whose names are compared at a time."""
_NO_MORE: tuple[str | None, str] = (None, "")


def check_kept_rows(connection: Connection, findings: Findings) -> None:
    """Rows that are written once: sources, collection records, decisions."""
    for shelf in SHELVES:
        if not shelf.derived and not shelf.flat:
            with findings.step(shelf.table.name):
                _check_shelf(connection, findings, shelf, text_of_documents(connection))


def check_rows(connection: Connection, findings: Findings) -> None:
    """Rows that stages wrote."""
    for shelf in DERIVED:
        with findings.step(shelf.table.name):
            number = _check_shelf(connection, findings, shelf, text_of_documents(connection))
            findings.checked.append(f"{shelf.table.name}: {number} {'row' if number == 1 else 'rows'}")


def check_links(connection: Connection, findings: Findings) -> None:
    """The link tables repeat what entities and facts say, no more and no less."""
    links = (
        (Entity, "mentions", ENTITY_MENTIONS, ENTITY_MENTIONS.c.entity, ENTITY_MENTIONS.c.mention),
        (Fact, "claims", FACT_CLAIMS, FACT_CLAIMS.c.fact, FACT_CLAIMS.c.claim),
    )
    for row_type, field, table, owner, member in links:
        with findings.step(table.name):
            total = 0
            with streamed(connection, select(shelf_of(row_type).table.c.body)) as bodies:
                for row in _whole_rows(row_type, bodies.scalars()):
                    wanted = set(getattr(row, field))
                    total += len(wanted)
                    if set(connection.execute(select(member).where(owner == row.id)).scalars()) != wanted:
                        where = f"{row_type.__name__.lower()} {row.id}"
                        findings.problem(where, f"the table {table.name} does not repeat its {field}", REBUILD)
                    if isinstance(row, Entity) and heads_of(connection, [row.id]) != [head_of(row)]:
                        findings.problem(f"entity {row.id}", f"the table {ENTITY_HEADS.name} does not repeat what it is called", REBUILD)
            if connection.execute(select(func.count()).select_from(table)).scalar() != total:
                findings.problem(f"table {table.name}", "it holds links that no row has", REBUILD)


def check_names(connection: Connection, findings: Findings) -> None:
    """The names kept apart repeat what claims and documents say, no more and no less: what is not there would not be hidden."""
    with findings.step(PERSON_NAMES.name):
        total = 0
        for row_type in NAMED:
            with streamed(connection, select(shelf_of(row_type).table.c.body)) as bodies:
                rows = _whole_rows(row_type, bodies.scalars())
                while some := list(islice(rows, _AT_A_TIME)):
                    wanted = {named for row in some for named in names_in(row)}
                    total += len(wanted)
                    for row_id in sorted({named[0] for named in wanted ^ names_of_rows(connection, [row.id for row in some])}):
                        findings.problem(
                            f"{row_type.__name__.lower()} {row_id}", f"the table {PERSON_NAMES.name} does not repeat whom it names", REBUILD
                        )
        if connection.execute(select(func.count()).select_from(PERSON_NAMES)).scalar() != total:
            findings.problem(f"table {PERSON_NAMES.name}", "it holds names that no row has", REBUILD)


def check_runs(connection: Connection, findings: Findings) -> None:
    """What stands under each run is what the log says the stage wrote."""
    with (
        findings.step("stage runs"),
        closing(hash_all_runs(connection)) as hashes,
        streamed(connection, select(RUNS).order_by(RUNS.c.id)) as rows,
    ):
        findings.checked.append(f"stage runs: {_compare_runs(connection, findings, rows.mappings(), hashes)}")
    with findings.step("stage runs"):
        gone = select(LOG.c.subject).distinct().where(LOG.c.event == STAGE_RUN, LOG.c.subject.not_in(select(RUNS.c.id)))
        with streamed(connection, gone) as names:
            for name in names.scalars():
                last = _last_word(connection, name)
                if last is not None and last.event == STAGE_RUN:
                    findings.problem(f"stage run {name}", f"log entry {last.seq} records it, but it is not in the case", REBUILD)


def _compare_runs(connection: Connection, findings: Findings, rows: Iterable[RowMapping], hashes: Iterator[tuple[str, str]]) -> int:
    """Walk runs and the hashes of what stands under them side by side, both in order of run id; returns how many runs there are."""
    number = 0
    run, found = next(hashes, _NO_MORE)
    for row in rows:
        number += 1
        while run is not None and run < row["id"]:
            findings.problem(f"stage run {run}", "rows stand under it, but it is not in the case", REBUILD)
            run, found = next(hashes, _NO_MORE)
        mine = empty_hash()
        if run == row["id"]:
            mine = found
            run, found = next(hashes, _NO_MORE)
        _check_run(connection, findings, row, mine)
    while run is not None:
        findings.problem(f"stage run {run}", "rows stand under it, but it is not in the case", REBUILD)
        run, found = next(hashes, _NO_MORE)
    return number


def _check_run(connection: Connection, findings: Findings, row: RowMapping, recomputed: str) -> None:
    where = f"stage run {row['id']}"
    if recomputed != row["output_hash"]:
        findings.problem(where, "what stands under it is not what the stage wrote: rows were changed, added or taken away", REBUILD)
    last = _last_word(connection, row["id"])
    if last is None or last.event != STAGE_RUN:
        findings.problem(where, "the custody log does not know it", REBUILD)
        return
    data = entry_data(last)
    if (data.get("version"), data.get("input"), data.get("output")) != (row["version"], row["input_hash"], row["output_hash"]):
        findings.problem(where, f"it is not as log entry {last.seq} recorded it", REBUILD)


def _last_word(connection: Connection, run: str) -> LogEntry | None:
    """The last log entry about a run."""
    statement = select(LOG).where(LOG.c.subject == run, LOG.c.event.in_([STAGE_RUN, STAGE_DROPPED])).order_by(LOG.c.seq.desc()).limit(1)
    row = connection.execute(statement).mappings().first()
    return LogEntry(**row) if row else None


def _whole_rows(row_type: type, bodies: Iterable[str]) -> Iterator[Any]:
    """Rows that can be read; those that cannot are reported elsewhere."""
    for body in bodies:
        try:
            yield from_json(row_type, body)
        except ArmslengthError:
            continue


def _check_shelf(connection: Connection, findings: Findings, shelf: Shelf, text_of: TextShelf) -> int:
    number = 0
    order = [shelf.table.c[name] for name in shelf.order]
    with streamed(connection, select(shelf.table).order_by(*order)) as rows:
        for stored in rows.mappings():
            number += 1
            for wrong in _check_stored(shelf, stored, text_of):
                findings.problem(_called(connection, shelf, stored), wrong, REBUILD)
    return number


def _check_stored(shelf: Shelf, stored: RowMapping, text_of: TextShelf) -> Iterator[str]:
    body = stored["body"]
    if not isinstance(body, str) or digest_text(body) != stored["hash"]:
        yield "its text does not have the hash stored beside it: it was changed"
    try:
        row: Any = from_json(shelf.row, body)
    except (ArmslengthError, TypeError) as error:
        yield str(error)
        return
    if row.id != stored["id"]:
        yield "it stands under another id than its own"
    for name, value in shelf.indexed(row).items():
        if stored[name] != value:
            yield f"its column {name} does not repeat what the row says"
    if shelf.derived:
        yield from check_row(row, text_of)


def _called(connection: Connection, shelf: Shelf, stored: RowMapping) -> str:
    """A row as a report names it; for a claim, with the file it was read in."""
    if shelf.row is Source:
        return called(connection, stored["id"])
    name = f"{shelf.row.__name__.lower()} {stored['id']}"
    if shelf.row is Claim:
        file = connection.execute(select(DOCUMENTS.c.file).where(DOCUMENTS.c.id == stored["doc"])).scalar()
        return f"{name} in {file or stored['doc']}"
    return f"{name} ({stored['file']})" if "file" in stored else name
