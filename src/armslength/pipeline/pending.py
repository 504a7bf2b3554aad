"""Which judgements are kept and not carried out yet.

In:  a case's log and judgements.
Out: the judgements that rows are to be made anew for; a note in the log that it was done.
Never: relies on memory: a process that is killed between a judgement and what follows from it leaves nothing undone, for whoever comes next
finds it in the log.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from armslength.ingest.run import SET_ASIDE
from armslength.model.custody import LogEntry
from armslength.model.decisions import FINDING, RETIRE, REVIEWER, SECOND, Judgement
from armslength.model.ledger import ENTRIES
from armslength.pipeline.snapshots import Snapshot, as_logged
from armslength.pipeline.stage import Stage
from armslength.pipeline.stages import JUDGED, STAGES
from armslength.store.judged import MADE
from armslength.store.log import entry_data
from armslength.store.read import Reader
from armslength.store.verify_judgements import IMPORTED
from armslength.store.write import Writer

CARRIED_OUT = "judgements.carried_out"
"""The event of the log that says that everything decided up to an entry was carried out."""
_BESIDE = frozenset({*ENTRIES, FINDING, SECOND, REVIEWER, RETIRE})
"""Decisions that change no derived row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """What is kept and not carried out."""

    rows: tuple[Judgement, ...]
    """In the order in which they were kept; what an import brought is not among them."""
    upto: int
    """The last log entry that was looked at."""
    imports: bool = False

    def __bool__(self) -> bool:
        return bool(self.rows or self.imports)

    def with_newer(self, newer: Pending) -> Pending:
        """The same with what was kept since."""
        return Pending(rows=(*self.rows, *newer.rows), upto=newer.upto, imports=self.imports or newer.imports)


def bears_on_rows(rows: Iterable[Judgement]) -> bool:
    """Whether any of these judgements changes what stages make."""
    return any(row.decision not in _BESIDE for row in rows)


def is_anything_pending(reader: Reader) -> bool:
    """Whether anything was decided that is not carried out. Looked up once for each moment of a case's log."""
    return _is_anything_pending(as_logged(reader.exact()))


@lru_cache(maxsize=8)
def _is_anything_pending(moment: Snapshot) -> bool:
    return bool(pending(moment.reader))


def pending(reader: Reader, *, since: int | None = None) -> Pending:
    """What was decided since it was last noted that all was carried out, or since a log entry."""
    done = _carried_out(reader) if since is None else since
    entries = reader.all(LogEntry, after=done, event={MADE, IMPORTED})
    made = [entry.subject for entry in entries if entry.event == MADE]
    rows = {row.id: row for row in reader.all(Judgement, id=made)} if made else {}
    return Pending(
        rows=tuple(rows[found] for found in made if found in rows and bears_on_rows([rows[found]])),
        upto=entries[-1].seq if entries else done,
        imports=any(entry.event == IMPORTED for entry in entries),
    )


def _carried_out(reader: Reader) -> int:
    """The last log entry up to which everything was carried out. The note of it may stand after entries that it does not speak of."""
    noted = reader.last_entry(CARRIED_OUT)
    entry = reader.exact().get(LogEntry, noted) if noted else None
    return int(entry_data(entry).get("up_to", noted)) if entry else 0


def stages_for(reader: Reader, found: Pending) -> Sequence[Stage]:
    """The stages that judgements can change: all, where a source was set aside or brought back, or an import may have done so."""
    targets = sorted({row.target for row in found.rows})
    again = bool(targets) and any(row.decision == SET_ASIDE for row in reader.all(Judgement, target=targets))
    return STAGES if again or found.imports else JUDGED


def note_carried_out(writer: Writer) -> None:
    """Note in the log that everything decided so far was carried out, if there was anything."""
    found = pending(writer.read)
    if found:
        writer.record(CARRIED_OUT, writer.case.id, {"up_to": found.upto, "judgements": len(found.rows)})
