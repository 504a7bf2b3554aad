"""What is made of a case's rows, kept in memory: after a change only what stages have written since is made again.

In:  a reading of a case; types of rows, and what is made of each row.
Out: what was made, by the row's id.
Never: takes another log, as a restored backup has, for one that went on; hides names: what is made comes from rows as they are stored.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from threading import RLock
from typing import Generic, TypeVar

from armslength.model.claims import Claim
from armslength.model.custody import LogEntry
from armslength.store.log import STAGE_DROPPED, STAGE_RUN
from armslength.store.read import Reader

Made = TypeVar("Made")


@dataclass(slots=True)
class Followed(Generic[Made]):
    """What is made of rows of some types of one case, as it was when it was last looked at."""

    types: tuple[type, ...]
    make: Callable[[Reader, Sequence[str]], Iterable[tuple[str, Made]]]
    """Makes something of rows, by their ids."""
    rests_on: Callable[[Made], Collection[str]] | None = None
    """Claims that it was made of; None where the rows say it all."""
    lock: RLock = field(default_factory=RLock)
    seq: int = 0
    head: str = ""
    made: dict[str, Made] = field(default_factory=dict)

    def now(self, reader: Reader) -> Mapping[str, Made]:
        """Take in what stages have written since. A reading of an earlier moment than is known changes nothing."""
        with self.lock:
            seq, head = reader.head()
            if seq < self.seq or (seq, head) == (self.seq, self.head):
                return self.made
            runs = runs_since(reader, self.seq, self.head)
            known = {} if runs is None else self.made
            there = {row for kind in self.types for row in reader.ids(kind)}
            redo = (there - known.keys()) | (self._moved(reader, runs) & there if runs and known else set())
            kept = {row: made for row, made in known.items() if row in there}
            self.made = kept | dict(self.make(reader, sorted(redo)))
            self.seq, self.head = seq, head
            return self.made

    def _moved(self, reader: Reader, runs: Collection[str]) -> set[str]:
        found = {row for kind in self.types for row in reader.ids(kind, run=runs)}
        claims = set(reader.ids(Claim, run=runs)) if self.rests_on else set()
        if self.rests_on and claims:
            found |= {row for row, made in self.made.items() if not claims.isdisjoint(self.rests_on(made))}
        return found


def runs_since(reader: Reader, seq: int, head: str) -> frozenset[str] | None:
    """Runs that the log speaks of after an entry; None where it has no such entry."""
    known = reader.exact().get(LogEntry, seq) if seq else None
    if known is None or known.hash != head:
        return None
    return frozenset(row.subject for row in reader.exact().all(LogEntry, after=seq, event={STAGE_RUN, STAGE_DROPPED}))
