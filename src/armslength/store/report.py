"""What `verify` says: what was checked, what is wrong where, and what to do.

In:  findings, one at a time.
Out: a `VerifyReport`.
Never: grows without bound: after 1,000 problems it only counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Connection

from armslength.base.errors import ArmslengthError
from armslength.store.database import DATABASE_ERRORS, explain

MOST_PROBLEMS = 1000
"""Listed one by one; enough to see a pattern, and a bound on memory. The rest is counted."""
RESTORE = "Restore the case from a backup made before the change, and keep the damaged copy for inspection."
REBUILD = "Restore the case from a backup, or build it again from its sources: derived rows are recomputed."


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something that is not as it was stored."""

    where: str
    """`source <hash> (<file>)`, `log entry 17`, `claim <id> in <file>`, ..."""
    what: str
    advice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyReport:
    """The outcome of verifying a case."""

    checked: tuple[str, ...]
    """What was looked at, with numbers."""
    problems: tuple[Problem, ...]
    head: str
    """Hash of the log's last entry. Noted elsewhere, it shows later that nothing was cut off."""
    keys: tuple[str, ...]
    """Signing keys in the order they were used; the first was made with the case."""
    notes: tuple[str, ...] = ()
    """Harmless: left behind by a step that was cut short, or not there to be checked."""
    unchecked: tuple[str, ...] = ()
    """What could not be looked at, because the case is encrypted and its key was not given."""

    @property
    def ok(self) -> bool:
        return not self.problems


@dataclass(slots=True)
class Findings:
    """Collects what a verification finds."""

    connection: Connection
    database: str
    checked: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    more: int = 0

    def problem(self, where: str, what: str, advice: str = RESTORE) -> None:
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(where=where, what=what, advice=advice))
        else:
            self.more += 1

    def note(self, text: str) -> None:
        if len(self.notes) < MOST_PROBLEMS:
            self.notes.append(text)

    @contextmanager
    def step(self, where: str) -> Iterator[None]:
        """One step of a verification: damage that stops it becomes a problem, and the next step goes on.

        Damaged bytes can come out of a database as values of any type, hence the three plain exceptions beside the named ones.
        """
        try:
            yield
        except DATABASE_ERRORS as error:
            self.problem(where, str(explain(error, self.database)))
        except (ArmslengthError, TypeError, ValueError, AttributeError) as error:
            self.problem(where, f"it could not be read to its end: {error}")
        finally:
            self.connection.rollback()

    def report(self, *, head: str, keys: tuple[str, ...]) -> VerifyReport:
        if self.more:
            self.problems.append(Problem(where="case", what=f"{self.more} more problems are not listed", advice=RESTORE))
        return VerifyReport(checked=tuple(self.checked), problems=tuple(self.problems), head=head, keys=keys, notes=tuple(self.notes))
