"""The log's part of a verification: entries, keys, checkpoints, time stamps, and the rows that entries vouch for."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, RowMapping, func, select

from armslength.model.custody import LogEntry
from armslength.store.case import Case
from armslength.store.database import streamed
from armslength.store.files import UNFINISHED
from armslength.store.journal import read_checkpoint
from armslength.store.keys import published_key
from armslength.store.log import CASE_CREATED, SOURCE_ADDED, TIMESTAMP_RECEIVED, ChainCheck, entry_data
from armslength.store.report import Findings
from armslength.store.schema import COLLECTIONS, FINDINGS, JUDGEMENTS, LOG, RELEASES, SOURCES
from armslength.store.timestamps import check_archived

_DECISIONS = {"judgement.made": JUDGEMENTS, "finding.made": FINDINGS, "release.made": RELEASES}


def check_log(connection: Connection, case: Case, findings: Findings) -> ChainCheck:
    """Follow the log from its first entry; check that what each entry vouches for is there as it was."""
    chain = ChainCheck()
    with findings.step("custody log"):
        with streamed(connection, select(LOG).order_by(LOG.c.seq)) as rows:
            for row in rows.mappings():
                _check_entry(connection, case, findings, chain, row)
        if chain.seq == 0:
            findings.problem("custody log", "it is empty")
    findings.checked.append(f"custody log: {chain.seq} entries, {len(chain.publics)} {'key' if len(chain.publics) == 1 else 'keys'}")
    return chain


def _check_entry(connection: Connection, case: Case, findings: Findings, chain: ChainCheck, row: RowMapping) -> None:
    where = f"log entry {row['seq']}"
    if not isinstance(row["seq"], int) or not all(isinstance(row[name], str) for name in row if name != "seq"):
        findings.problem(where, "it is damaged and cannot be read")
        return
    entry = LogEntry(**row)
    for wrong in chain.follow(entry):
        findings.problem(where, wrong)
    _check_vouched(connection, case, findings, entry)


def check_keys(
    connection: Connection, case: Case, findings: Findings, chain: ChainCheck, *, trusted_key: str | None, head: str | None
) -> None:
    """Published keys, checkpoints, and what somebody noted elsewhere, against the log."""
    for name, public in chain.publics.items():
        path = case.keys_dir / f"{name}.pub"
        if not path.exists():
            findings.note(f"keys/{path.name} is not there; the log holds the same key.")
        elif published_key(path) != public:
            findings.problem(f"keys/{path.name}", "it is not the key that the log names")
    if trusted_key is not None and not any(trusted_key.lower() in (name, chain.publics[name]) for name in chain.signed):
        findings.problem(
            "custody log", f"no entry is signed by the key {trusted_key} that you trust: this may be another log, signed by somebody else"
        )
    with findings.step("custody log"):
        if head is not None and not connection.execute(select(func.count()).where(LOG.c.hash == head.lower())).scalar():
            findings.problem("custody log", f"it does not hold the entry {head} that you noted: entries were cut off or replaced")
    with findings.step("checkpoints"):
        _check_checkpoints(connection, case, findings, chain)


def _check_checkpoints(connection: Connection, case: Case, findings: Findings, chain: ChainCheck) -> None:
    number = 0
    for path in sorted(case.checkpoints_dir.glob("*")):
        if path.name.endswith(UNFINISHED):
            findings.note(f"checkpoints/{path.name} was left unfinished by a step that was cut short.")
            continue
        number += 1
        found = read_checkpoint(path, case_id=case.id, publics=chain.publics)
        if found is None:
            findings.problem(f"checkpoints/{path.name}", "it is not a checkpoint signed by a key of this case")
            continue
        seq, head = found
        there = connection.execute(select(LOG.c.hash).where(LOG.c.seq == seq)).scalar()
        if there != head:
            gone = "the log ends before it: entries were cut off" if there is None else "the log has another entry there: it was rewritten"
            findings.problem(f"log entry {seq}", f"the checkpoint {path.name} signed it, but {gone}")
    findings.checked.append(f"checkpoints: {number}")


def _check_vouched(connection: Connection, case: Case, findings: Findings, entry: LogEntry) -> None:
    data = entry_data(entry)
    where = f"log entry {entry.seq}"
    if (entry.event == CASE_CREATED) != (entry.seq == 1):
        findings.problem(where, "a log begins with the creation of its case, and only once")
    if entry.event == CASE_CREATED and (entry.subject, data.get("name"), data.get("created")) != (case.id, case.name, case.created):
        findings.problem("case.toml", "it names another case, name or date than the log's first entry")
    elif entry.event == SOURCE_ADDED:
        _check_source_added(connection, findings, entry, data)
    elif entry.event in _DECISIONS:
        table = _DECISIONS[entry.event]
        if connection.execute(select(table.c.hash).where(table.c.id == entry.subject)).scalar() != data.get("row"):
            findings.problem(f"{entry.event.partition('.')[0]} {entry.subject}", f"it is not as log entry {entry.seq} recorded it")
    elif entry.event == TIMESTAMP_RECEIVED:
        for wrong in check_archived(case, data):
            findings.problem(f"timestamps/{data.get('file')}", wrong)
        over = connection.execute(select(LOG.c.hash).where(LOG.c.seq == data.get("seq"))).scalar()
        if over != entry.subject:
            findings.problem(where, f"the time stamp it records is over another entry than {data.get('seq')}")


def _check_source_added(connection: Connection, findings: Findings, entry: LogEntry, data: dict[str, Any]) -> None:
    name = f"source {entry.subject} ({data.get('file')})"
    if connection.execute(select(SOURCES.c.hash).where(SOURCES.c.id == entry.subject)).scalar() != data.get("source_row"):
        findings.problem(name, f"its row is not as log entry {entry.seq} recorded it")
    wanted = (entry.subject, data.get("collection_row"))
    found = connection.execute(select(COLLECTIONS.c.source, COLLECTIONS.c.hash).where(COLLECTIONS.c.id == data.get("collection"))).first()
    if found is None or tuple(found) != wanted:
        findings.problem(name, f"its collection record {data.get('collection')} is not as log entry {entry.seq} recorded it")
