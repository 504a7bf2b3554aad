"""The judgements' part of a verification: every signature is good, and its key was a reviewer's when it was made."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select

from armslength.base.errors import ArmslengthError
from armslength.model.codec import from_json
from armslength.model.custody import LogEntry
from armslength.model.decisions import RETIRE, Judgement
from armslength.store.case import Case
from armslength.store.log import entry_data
from armslength.store.report import Findings
from armslength.store.schema import JUDGEMENTS, LOG
from armslength.store.signing import known_reviewers, wrong_with

IMPORTED = "judgements.imported"
"""The event of the log that says which judgements came from another copy of the case."""


def check_judgements(connection: Connection, case: Case, findings: Findings) -> None:
    """Check the signature of every judgement, unsigned ones apart: they hold, and count as nobody's eyes."""
    with findings.step(JUDGEMENTS.name):
        rows = list(_readable(connection))
        keys = known_reviewers(rows, case=case.id)
        late = _after_retirement(connection, rows)
        for row in rows:
            wrong = wrong_with(row, keys, case=case.id) or late.get(row.id, "")
            if wrong:
                findings.problem(f"judgement {row.id}", wrong)
        unsigned = sum(not row.key and not row.signature for row in rows)
        apart = f"; {unsigned} unsigned, which hold and count as nobody's eyes" if unsigned else ""
        findings.checked.append(f"judgements: {len(rows)}, reviewers' keys: {len(keys.keys)}{apart}")


def _readable(connection: Connection) -> Iterator[Judgement]:
    """Judgements that can be read; those that cannot are reported with the rows."""
    for body in connection.execute(select(JUDGEMENTS.c.body).order_by(JUDGEMENTS.c.id)).scalars():
        try:
            yield from_json(Judgement, body)
        except (ArmslengthError, TypeError):
            continue


def _after_retirement(connection: Connection, rows: list[Judgement]) -> dict[str, str]:
    """Judgements made in this case after their key was retired in it, whatever date they bear. Imported ones may have been made before."""
    logged = [LogEntry(**row) for row in connection.execute(select(LOG).where(LOG.c.event.in_(["judgement.made", IMPORTED]))).mappings()]
    seq = {row.subject: row.seq for row in logged if row.event == "judgement.made"}
    brought = {found for row in logged if row.event == IMPORTED for found in entry_data(row).get("judgements", [])}
    retired: dict[str, int] = {}
    for row in rows:
        if row.decision == RETIRE and row.id in seq:
            retired[row.target] = min(seq[row.id], retired.get(row.target, seq[row.id]))
    return {
        row.id: "it was entered after its key had been retired, and is dated before"
        for row in rows
        if row.id not in brought and row.key in retired and seq.get(row.id, 0) > retired[row.key]
    }
