"""What a stage is to the runner: a name, a version, what it reads and writes, and a function."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from armslength.base.engine import Engine, Progress
from armslength.base.settings import Settings
from armslength.model.outcome import StageReport
from armslength.store.write import Writer


class RunStage(Protocol):
    """Brings a stage's derived rows up to date with what it is made from."""

    def __call__(self, writer: Writer, *, engine: Engine, settings: Settings, progress: Progress) -> StageReport:
        """Skips work whose version and input have not changed, and says `unchanged`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One step from sources to counts."""

    name: str
    version: str
    needs: tuple[str, ...]
    """Rows it reads."""
    gives: tuple[str, ...]
    """Rows it writes; no other stage writes them. Every stage may also give `Rejected`."""
    does: str
    """One sentence, for people."""
    run: RunStage
