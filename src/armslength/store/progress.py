"""How far a long piece of work on a case has come, for other processes of this login to see.

In:  a case's id; which step, how much of it is done.
Out: a small file in the folder that lasts as long as the login; what it says, as long as the process that wrote it lives.
Never: holds case data: the step's name, three numbers, a time. Fails: where there is no such folder, nothing is told.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from armslength.base.errors import CaseError
from armslength.store.session import runtime_file


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """How far a piece of work has come."""

    step: str
    """The stage and what it does: `extract: reading documents`."""
    done: int
    total: int
    since: str
    """When the work began: UTC, RFC 3339."""
    process: int


def tell_step(case_id: str, step: Step) -> None:
    """Let other processes see it."""
    with suppress(OSError, CaseError):
        path = runtime_file(_name(case_id), make=True)
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        body = {"step": step.step, "done": step.done, "total": step.total, "since": step.since, "process": step.process}
        part.write_text(json.dumps(body), encoding="utf-8")
        part.replace(path)


def read_step(case_id: str) -> Step | None:
    """What another process, or this one, is doing with a case; None where nobody says that they do anything."""
    try:
        found = json.loads(_file(case_id).read_text(encoding="utf-8"))
        step = Step(
            step=str(found["step"]),
            done=int(found["done"]),
            total=int(found["total"]),
            since=str(found["since"]),
            process=int(found["process"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return step if _lives(step.process) else None


def clear_step(case_id: str) -> None:
    """The work is done, or given up."""
    with suppress(OSError):
        _file(case_id).unlink(missing_ok=True)


def _file(case_id: str) -> Path:
    return runtime_file(_name(case_id))


def _name(case_id: str) -> str:
    return f"{case_id}.progress"


def _lives(process: int) -> bool:
    if os.name == "nt":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return process > 0
