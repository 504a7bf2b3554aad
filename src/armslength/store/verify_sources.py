"""The sources' part of a verification: every file is what it is called, and files, rows and log name the same ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, select

from armslength.base.errors import ArmslengthError
from armslength.model.codec import from_json
from armslength.model.evidence import Source
from armslength.store.case import Case
from armslength.store.database import streamed
from armslength.store.files import UNFINISHED, digest_source, files_in_order, is_sealed
from armslength.store.log import SOURCE_ADDED, SOURCE_DESTROYED
from armslength.store.report import RESTORE, Findings
from armslength.store.schema import COLLECTIONS, LOG, SOURCE_KEYS, SOURCES
from armslength.store.source_keys import find_source_key

_PUT_BACK = "Put the original file back from a backup under exactly this name."


def check_sources(connection: Connection, case: Case, findings: Findings) -> None:
    """Walk files and rows side by side, both in order of their names."""
    number = 0
    statement = select(SOURCES.c.id, SOURCES.c.body).order_by(SOURCES.c.id)
    with findings.step("sources"), streamed(connection, statement) as rows:
        destroyed = {row.subject: row for row in connection.execute(select(LOG).where(LOG.c.event == SOURCE_DESTROYED))}
        files = _files(case.sources_dir, findings)
        path = next(files, None)
        for source_id, body in rows:
            number += 1
            while path is not None and path.name < source_id:
                _check_stray(path, findings, case)
                path = next(files, None)
            if source_id in destroyed:
                _tell_destroyed(connection, source_id, destroyed[source_id], findings, left=path is not None and path.name == source_id)
                path = next(files, None) if path is not None and path.name == source_id else path
            elif path is not None and path.name == source_id:
                _check_file(connection, case, path, source_id, body, findings)
                path = next(files, None)
            else:
                findings.problem(called(connection, source_id), "its file is missing", _PUT_BACK)
            _check_added(connection, source_id, findings)
        while path is not None:
            _check_stray(path, findings, case)
            path = next(files, None)
    with findings.step("collection records"):
        _check_collections(connection, findings)
    findings.checked.append(f"sources: {number} files")


def _tell_destroyed(connection: Connection, source_id: str, entry: Row[Any], findings: Findings, *, left: bool) -> None:
    """A tombstone. The file's bytes cannot be read without the key, so one that came back from a backup harms nobody."""
    key = connection.execute(select(SOURCE_KEYS.c.source).where(SOURCE_KEYS.c.source == source_id)).first()
    if key is not None:
        findings.problem(f"source {source_id}", f"log entry {entry.seq} says that it was destroyed, but its key is there", RESTORE)
    also = " Its file is there again, and can be removed: nobody can read it." if left else ""
    findings.note(f"source {source_id} was destroyed on {entry.time[:10]} by {entry.actor} (log entry {entry.seq}).{also}")


def called(connection: Connection, source_id: str) -> str:
    """A source as a report names it: its hash and the first file name it came under."""
    name = connection.execute(
        select(COLLECTIONS.c.file).where(COLLECTIONS.c.source == source_id).order_by(COLLECTIONS.c.id).limit(1)
    ).scalar()
    return f"source {source_id} ({name})" if name else f"source {source_id}"


def _files(sources: Path, findings: Findings) -> Iterator[Path]:
    """Source files in order; anything else under `sources/` is reported on the way."""
    if not sources.is_dir():
        findings.problem("sources/", "the folder is missing", RESTORE)
        return
    for path in files_in_order(sources):
        if path.name.endswith(UNFINISHED):
            findings.note(f"{path.name} was left unfinished by a step that was cut short; the next writer takes it away.")
        elif len(path.name) == 64 and path.parent.name == path.name[:2] and path.is_file() and not path.is_symlink():
            yield path
        else:
            findings.problem(
                f"sources/{path.relative_to(sources)}", "it does not belong there", "Move it out of the case, and ask who put it there."
            )


def _check_file(connection: Connection, case: Case, path: Path, source_id: str, body: str, findings: Findings) -> None:
    try:
        key = find_source_key(connection, case, source_id)
        if case.key is not None and key is None:
            findings.problem(called(connection, source_id), "its key is gone, so its bytes cannot be read", RESTORE)
        elif digest_source(path, source_id, key=key) != source_id:
            findings.problem(called(connection, source_id), "its bytes are not those that were added", _PUT_BACK)
        elif key is None and path.stat().st_size != from_json(Source, body).size:
            findings.problem(called(connection, source_id), "its row names another size")
    except OSError as error:
        findings.problem(called(connection, source_id), f"its file cannot be read ({error.strerror})", _PUT_BACK)
    except ArmslengthError as error:
        findings.problem(called(connection, source_id), str(error))


def _check_stray(path: Path, findings: Findings, case: Case) -> None:
    """A file without a row: a writer killed between the two leaves one, whole; anything else does not belong there.

    In an encrypted case the key of such a file went with its row, so that more cannot be asked of it than that it is sealed.
    """
    try:
        whole = is_sealed(path) if case.key is not None else digest_source(path, path.name, key=None) == path.name
    except OSError:
        whole = False
    if whole:
        findings.note(f"source {path.name} was left unfinished by a step that was cut short; add the file again to finish it.")
    else:
        findings.problem(
            f"source {path.name}",
            "it is not in the case, and its bytes are not what its name says",
            "Move it out of the case, and ask who put it there.",
        )


def _check_added(connection: Connection, source_id: str, findings: Findings) -> None:
    if connection.execute(select(COLLECTIONS.c.id).where(COLLECTIONS.c.source == source_id).limit(1)).first() is None:
        findings.problem(called(connection, source_id), "nothing records how it was collected")
    entry = connection.execute(select(LOG.c.seq).where(LOG.c.subject == source_id, LOG.c.event == SOURCE_ADDED).limit(1)).first()
    if entry is None:
        findings.problem(called(connection, source_id), "the custody log does not know it")


def _check_collections(connection: Connection, findings: Findings) -> None:
    """Every collection record has its log entry (that the entry's hash is the record's is checked from the entry's side)."""
    statement = select(COLLECTIONS.c.id, COLLECTIONS.c.source, COLLECTIONS.c.file).order_by(COLLECTIONS.c.id)
    with streamed(connection, statement) as rows:
        for record, source, file in rows:
            entries = connection.execute(select(LOG.c.entry).where(LOG.c.subject == source, LOG.c.event == SOURCE_ADDED)).scalars()
            if not any(f'"collection":"{record}"' in entry for entry in entries):
                findings.problem(f"source {source} ({file})", f"the custody log does not know its collection record {record}")
