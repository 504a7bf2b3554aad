"""What stages have written since an entry of the log: for what is kept in memory and follows a case.

In:  a reading of a case; number and hash of the last entry that was taken in.
Out: the runs that were written or dropped since.
Never: takes another log, as a restored backup has, for one that went on.
"""

from __future__ import annotations

from armslength.model.custody import LogEntry
from armslength.store.log import STAGE_DROPPED, STAGE_RUN
from armslength.store.read import Reader


def runs_since(reader: Reader, seq: int, head: str) -> frozenset[str] | None:
    """Runs that the log speaks of after an entry; None where it has no such entry."""
    known = reader.exact().get(LogEntry, seq) if seq else None
    if known is None or known.hash != head:
        return None
    return frozenset(row.subject for row in reader.exact().all(LogEntry, after=seq, event={STAGE_RUN, STAGE_DROPPED}))
