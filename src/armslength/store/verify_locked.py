"""Verifying an encrypted case without its key: what a stranger who was handed the folder can say about it.

In:  a located case.
Out: a report that says what was checked and, above all, what was not.
Never: calls a case whole on the strength of this.
"""

from __future__ import annotations

from pathlib import Path

from armslength.store.case import DATABASE_FILE, Case
from armslength.store.database import is_sqlite
from armslength.store.files import UNFINISHED, files_in_order, is_sealed
from armslength.store.journal import read_checkpoint
from armslength.store.keys import key_id, published_key
from armslength.store.report import RESTORE, Problem, VerifyReport

_NOT_LOOKED_AT = (
    "the custody log: its chain, its signatures, its end",
    "every row: documents, claims, facts, decisions",
    "the bytes of the sources: only that they are sealed was looked at",
    "that the published keys and checkpoints are those of this case's log: whoever can change the folder can replace both",
)


def verify_locked(case: Case) -> VerifyReport:
    """Look at checkpoints, published keys and the outside of the sources."""
    problems: list[Problem] = []
    if is_sqlite(case.database) and not (case.folder / DATABASE_FILE).is_file():
        problems.append(Problem(where=DATABASE_FILE, what="the case's database is gone", advice=RESTORE))
    publics = {}
    for path in sorted(case.keys_dir.glob("*.pub")):
        public = published_key(path)
        if public is None or key_id(bytes.fromhex(public)) != path.stem:
            problems.append(Problem(where=f"keys/{path.name}", what="it is not the key that its name says", advice=RESTORE))
        else:
            publics[path.stem] = public
    checkpoints = [path for path in sorted(case.checkpoints_dir.glob("*")) if not path.name.endswith(UNFINISHED)]
    for path in checkpoints:
        if read_checkpoint(path, case_id=case.id, publics=publics) is None:
            what = "it is not a checkpoint signed by a published key of this case"
            problems.append(Problem(where=f"checkpoints/{path.name}", what=what, advice=RESTORE))
    number, strange = _outsides(case.sources_dir)
    problems += strange
    checked = (f"checkpoints: {len(checkpoints)}, signed by {len(publics)} published", f"sources: {number} sealed files")
    return VerifyReport(checked=checked, problems=tuple(problems), head="", keys=(), unchecked=_NOT_LOOKED_AT)


def _outsides(sources: Path) -> tuple[int, list[Problem]]:
    """How many sealed files there are, and what is not one."""
    number, strange = 0, []
    for path in files_in_order(sources) if sources.is_dir() else ():
        if path.name.endswith(UNFINISHED):
            continue
        if path.is_file() and len(path.name) == 64 and is_sealed(path):
            number += 1
        else:
            advice = "Move it out of the case, and ask who put it there."
            strange.append(Problem(where=f"sources/{path.relative_to(sources)}", what="it is not a sealed source", advice=advice))
    return number, strange
