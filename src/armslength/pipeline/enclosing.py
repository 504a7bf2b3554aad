"""What goes into a package beside the rows of an export: findings, sources, and the time stamps that the case holds.

In:  a case that is being released, what the gate let through.
Out: tables for both sides of a package, and time stamps as they came; a stamp that came after the release, put into its package.
Never: the size or kind of a withheld document's file: it would tell which public page that is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from armslength.base.errors import InputError
from armslength.model.custody import LogEntry
from armslength.model.evidence import Source
from armslength.pipeline.clearing import Gated
from armslength.publish.jsonl import Row
from armslength.publish.package import TimeStamp
from armslength.publish.package.tables import finding_rows, source_rows
from armslength.publish.package.writing import add_stamp
from armslength.store.case import Case
from armslength.store.log import TIMESTAMP_RECEIVED
from armslength.store.write import Writer

Tables = Mapping[str, Sequence[Row]]
_RELEASE = "release.json"


def tables_beside(writer: Writer, found: Gated) -> tuple[Tables, Tables]:
    """Tables of the shown side and of the whole, under the ids of the release; a table that the whole case has no row of is left out."""
    ids = found.cleared.ids
    every = sorted((replace(row, id=ids.get(row.id, row.id)) for row in writer.read.all(Source)), key=lambda row: row.id)
    seen = {one.source for row in found.content.documents for one in row.appearances} - set(ids.values())
    whole = {"sources": source_rows(every), "findings": finding_rows(found.cleared.whole.ledger.findings)}
    shown = {
        "sources": source_rows(row for row in every if row.id in seen),
        "findings": finding_rows(found.content.ledger.findings),
    }
    kept = [table for table, rows in whole.items() if rows]
    return {table: shown[table] for table in kept}, {table: whole[table] for table in kept}


def stamps_of(case: Case, log: Sequence[LogEntry]) -> list[TimeStamp]:
    """The replies of time-stamping authorities that the case holds, as they came. One whose file is gone is left out: `verify` says so."""
    found: list[TimeStamp] = []
    for entry in log:
        if entry.event == TIMESTAMP_RECEIVED:
            data = json.loads(entry.entry)["data"]
            reply, request = (case.timestamps_dir / Path(str(data[name])).name for name in ("file", "request_file"))
            if reply.is_file():
                asked = request.read_bytes() if request.is_file() else b""
                found.append(TimeStamp(seq=int(data["seq"]), reply=reply.read_bytes(), request=asked, name=reply.stem))
    return found


def stamp_package(package: Path, *, seq: int, reply: bytes, request: bytes) -> None:
    """Put a time stamp over the entry that a release was made with into its package. Nothing that was sealed changes.

    Raises InputError where the folder is no package, or the stamp is over another entry of the log.
    """
    try:
        made = int(json.loads((package / _RELEASE).read_text(encoding="utf-8"))["seq"])
    except (OSError, ValueError, KeyError, TypeError):
        raise InputError(f"{package} is no package of a release: it holds no {_RELEASE} that can be read.") from None
    if made != seq:
        raise InputError(
            f"The time stamp is over log entry {seq}, and this release was made with entry {made}. Ask for a stamp right after releasing, "
            "before anything else is entered in the log. The stamp is kept in the case."
        )
    add_stamp(package, TimeStamp(seq=seq, reply=reply, request=request))
