"""Writing a case: sources, log entries, what stages derive, what people decide.

In:  an open case, a clock, an actor.
Out: everything a method acknowledges by returning is on disk, or, inside `together`, when that block ends.
Never: two writers at once; a source without its custody entry; a derived row without the run it stands under.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Collection as Some
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select

from armslength.base.clock import Clock
from armslength.base.errors import ArmslengthError, CaseError, InputError
from armslength.model.decisions import Finding, Judgement, Release
from armslength.model.evidence import Collection, Source
from armslength.model.outcome import Rejected, StageRun
from armslength.store.amend import RunOf, Watch, amend_rows, unwatched
from armslength.store.case import Case
from armslength.store.catalogue_write import CatalogueWriter
from armslength.store.database import clear_errors, is_sqlite
from armslength.store.entries import Changes, StoredEntries, changes, entries_state, forget_all, forget_seen, note_seen
from armslength.store.files import clear_unfinished, keep_source
from armslength.store.journal import Journal, LateJournal, current_key, head, write_checkpoint
from armslength.store.keys import drop_secret, load_key, make_key
from armslength.store.lock import Held
from armslength.store.log import ACCESS_FAILED, KEY_ROTATED, SOURCE_ADDED, SOURCE_DESTROYED, STAGE_DROPPED, STAGE_RUN, rotation_message
from armslength.store.read import Reader
from armslength.store.rows import drop_rows, empty_hash, hash_rows, ids_under, insert_kept, store_rows, stored_hash
from armslength.store.schema import RUNS
from armslength.store.source_keys import drop_source_key, find_source_key, make_source_key
from armslength.store.turns import BOTH, LOGGING, MAKING, Right, side_by_side, turn
from armslength.store.unlock import take_failures

_WAITS_FOR_LOG = 600.0
"""Seconds that rows which were made beside others wait to be stored. Whoever holds the log keeps a judgement or builds."""
_DECIDED: dict[type, str] = {Judgement: "judgement.made", Finding: "finding.made", Release: "release.made"}


@contextmanager
def writing(case: Case, *, clock: Clock, actor: str, patience: float = 0.0) -> Iterator[Writer]:
    """Write to a case, alone. Raises Busy when somebody else is still writing to it after `patience` seconds."""
    with _writer(case, BOTH, clock=clock, actor=actor, patience=patience) as writer:
        yield writer


@contextmanager
def deciding(case: Case, *, clock: Clock, actor: str, patience: float = 0.0) -> Iterator[Writer]:
    """Keep what people decide: judgements, findings, releases, events. On a server rows may be made anew meanwhile (`making`).

    Raises Busy as `writing` does.
    """
    with _writer(case, (LOGGING,), clock=clock, actor=actor, patience=patience) as writer:
        yield writer


@contextmanager
def making(case: Case, *, clock: Clock, actor: str, patience: float = 0.0) -> Iterator[Writer]:
    """Make rows anew. On a server judgements may be kept meanwhile: each step sees the case as it stood when the step began, and what it
    logs is in the log once it is stored. So what asks the log which rows are new, or caches by it, belongs in a later step.

    Raises Busy as `writing` does.
    """
    with _writer(case, (MAKING,), clock=clock, actor=actor, patience=patience) as writer:
        yield writer


@contextmanager
def _writer(case: Case, rights: Sequence[Right], *, clock: Clock, actor: str, patience: float) -> Iterator[Writer]:
    rights = rights if side_by_side(case) else BOTH
    with clear_errors(case.database), turn(case, rights, patience=patience) as mine:
        connection = mine.connection
        before, _ = head(connection)
        key = load_key(case.keys_dir, current_key(connection), key=case.key)
        connection.rollback()
        if LOGGING in rights:
            writer = Writer(case, Journal(connection=connection, key=key, clock=clock, actor=actor), rights)
            _clear_up(writer, mine.held)
        else:
            writer = Writer(case, LateJournal(connection=connection, key=key, clock=clock, actor=actor, turn=lambda: _log_of(case)), rights)
        try:
            yield writer
        finally:
            connection.rollback()
            writer.checkpoint(since=before)


def _clear_up(writer: Writer, held: Held) -> None:
    """Finish what whoever wrote before could not, because they were killed, or could not open the case at all."""
    if held.unfinished:
        clear_unfinished(writer.case.sources_dir)
        held.unfinished = False
    for failure in take_failures(writer.case.folder):
        writer.record(ACCESS_FAILED, writer.case.id, failure)


@contextmanager
def _log_of(case: Case) -> Iterator[Connection]:
    """Hold a case's log for whoever made rows beside others; a connection that sees it."""
    with turn(case, (LOGGING,), patience=_WAITS_FOR_LOG) as mine:
        yield mine.connection


def rotate_key(case: Case, *, clock: Clock, actor: str) -> str:
    """Replace the signing key; returns the new key's name. The old private key is destroyed; what it signed still verifies."""
    with writing(case, clock=clock, actor=actor) as writer:
        return writer.rotate_key()


def record_failed_access(case: Case, *, clock: Clock, actor: str, reason: str) -> bool:
    """Note in the log that the case could not be opened, read or verified (METHOD E3). Whether that could be written."""
    try:
        with deciding(case, clock=clock, actor=actor) as writer:
            writer.record(ACCESS_FAILED, case.id, {"reason": reason})
    except ArmslengthError:
        return False
    return True


def _go_on() -> None:
    """For a step that gives way to nobody."""


class Writer:
    """The one writer of a case."""

    __slots__ = ("_connection", "_depth", "_journal", "_rights", "case", "pause", "read", "watch")

    def __init__(self, case: Case, journal: Journal, rights: Sequence[Right] = BOTH) -> None:
        self.case = case
        self._journal = journal
        self._rights = rights
        self._connection = journal.connection
        self._depth = 0
        self.read = Reader(case, self._connection, self._looking)
        """Reads the case, including what was just written."""
        self.watch: Watch = unwatched
        """Told which derived rows a stage changes, where somebody wants to compare."""
        self.pause: Callable[[], None] = _go_on
        """Called before every look at the case: whoever wants a long step to be given up raises there, and nothing of it is stored."""

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make everything inside one step: all of it is stored when the block ends, or none of it if it raises."""
        self._depth += 1
        try:
            yield
            if self._depth == 1:
                with self._journal.closing():
                    self._connection.commit()
        finally:
            self._depth -= 1
            if self._depth == 0:
                self._journal.drop()
                self._connection.rollback()

    def _need(self, *rights: Right) -> None:
        if not {*rights} <= {*self._rights}:
            raise TypeError("This writer may keep decisions, or make rows, but not what it was asked for: open the case with `writing`.")

    def refuse_copy(self) -> None:
        """Raise CaseError in a travel copy, which can only be read."""
        if self.case.copy_of:
            raise CaseError(f"{self.case.folder} is a travel copy: it can be read, and nothing else. Go to the case it was made from.")

    def record(self, event: str, subject: str, data: Mapping[str, object]) -> None:
        """Append to the custody log."""
        with self.together():
            self._journal.append(event, subject, data)

    def add_source(self, data: bytes | Path, *, source: Source, collection: Collection) -> bool:
        """Keep the bytes of a source and how it was collected; whether the bytes are new to the case.

        The file is on disk before the rows and the log entry are. Raises InputError when the bytes are not the ones the source names,
        or the collection record is another source's or already there.
        """
        self.refuse_copy()
        self._need(*BOTH)
        if collection.source != source.id:
            raise InputError(f"The collection record {collection.id} is about another source than {source.id}.")
        with self.together():
            keep_source(self.case.sources_dir, source.id, source.size, data, key=self._source_key(source.id))
            if stored_hash(self._connection, Collection, collection.id) is not None:
                raise InputError(f"The collection record {collection.id} ({collection.file}) is already in the case.")
            source_row = stored_hash(self._connection, Source, source.id)
            new = source_row is None
            if source_row is None:
                source_row = insert_kept(self._connection, source)
            collection_row = insert_kept(self._connection, collection)
            self._journal.append(
                SOURCE_ADDED,
                source.id,
                {
                    "size": source.size,
                    "source_row": source_row,
                    "collection": collection.id,
                    "collection_row": collection_row,
                    "file": collection.file,
                    "new": new,
                },
            )
        return new

    def destroy_source(self, source_id: str, *, reason: str) -> None:
        """Destroy a source's key, and with it its bytes wherever they lie; a tombstone stays in the log.

        Raises InputError where there is no such source, or no key that could be destroyed.
        """
        self._need(*BOTH)
        with self.together():
            if stored_hash(self._connection, Source, source_id) is None:
                raise InputError(f"The case has no source {source_id}.")
            if find_source_key(self._connection, self.case, source_id) is None:
                raise InputError(f"The source {source_id} has no key to destroy: it was destroyed already, or the case is not encrypted.")
            drop_source_key(self._connection, source_id)
            self._journal.append(SOURCE_DESTROYED, source_id, {"reason": reason})
        self.case.source_path(source_id).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Rewrite a SQLite file without what was deleted from it. Call it outside `together`."""
        if is_sqlite(self.case.database):
            driver = self._connection.connection
            driver.execute("VACUUM")
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _source_key(self, source_id: str) -> bytes | None:
        """The key to seal a source with. A file whose key was never stored, because its writer was killed, cannot be read: it goes."""
        found = find_source_key(self._connection, self.case, source_id)
        if found is None and self.case.key is not None:
            self.case.source_path(source_id).unlink(missing_ok=True)
            found = make_source_key(self._connection, self.case, source_id)
        return found

    def put(self, run: StageRun, rows: Iterable[object], *, refused: Iterable[Rejected] = ()) -> StageRun:
        """Write what a stage derived, in place of what the same run wrote before; returns the run with its `output_hash`.

        Raises IntegrityError, storing nothing, for a row whose words are not in its document or whose id another row has.
        """
        self._need(MAKING)
        with self.together():
            if self._run(run.id) is not None:
                drop_rows(self._connection, run.id)
                self._connection.execute(delete(RUNS).where(RUNS.c.id == run.id))
            written = store_rows(self._connection, run.id, chain(rows, refused))
            done = replace(run, output_hash=hash_rows(self._connection, run.id))
            self._connection.execute(
                insert(RUNS).values(id=done.id, version=done.version, input_hash=done.input_hash, output_hash=done.output_hash)
            )
            data = {"version": done.version, "input": done.input_hash, "output": done.output_hash, "rows": written}
            self._journal.append(STAGE_RUN, done.id, data)
        return done

    def amend(self, mark: StageRun, rows: Iterable[object], *, gone: Mapping[type, Some[str]], run_of: RunOf) -> frozenset[str]:
        """Change some of the rows under a stage's runs; returns the runs that were touched. `mark` gives their version and input, and is
        the run that stands in any case.

        Raises IntegrityError, storing nothing, as `put` does.
        """
        self._need(MAKING)
        with self.together():
            touched = {mark.id: 0, **amend_rows(self._connection, run_of, rows, gone, watch=self.watch)}
            for run_id in sorted(touched):
                done = replace(mark, id=run_id, output_hash=hash_rows(self._connection, run_id))
                self._connection.execute(delete(RUNS).where(RUNS.c.id == run_id))
                if run_id != mark.id and done.output_hash == empty_hash():
                    self._journal.append(STAGE_DROPPED, run_id, {"output": done.output_hash})
                    continue
                values = {"id": run_id, "version": done.version, "input_hash": done.input_hash, "output_hash": done.output_hash}
                self._connection.execute(insert(RUNS).values(values))
                data = {"version": done.version, "input": done.input_hash, "output": done.output_hash, "rows": touched[run_id]}
                self._journal.append(STAGE_RUN, run_id, data)
        return frozenset(touched)

    @property
    def entries(self) -> StoredEntries:
        """What stages noted; to be used inside `together`."""
        return StoredEntries(self._connection)

    @property
    def catalogue(self) -> CatalogueWriter:
        """The catalogue, to be changed; to be used inside `together`."""
        return CatalogueWriter(self._connection)

    def changes(self, stage: str, row_type: type) -> Changes:
        """Which rows of a type have come, changed or gone since a stage has seen them; to be used inside `together`."""
        return changes(self._connection, stage, row_type)

    def changes_anew(self, stage: str, row_type: type) -> Changes:
        """The same as if the stage had seen nothing yet."""
        forget_seen(self._connection, stage, row_type)
        return changes(self._connection, stage, row_type)

    def note_seen(self, stage: str, row_type: type, found: Changes) -> None:
        """Remember that a stage has these changes behind it; to be used inside `together`."""
        note_seen(self._connection, stage, row_type, found)

    def forget_entries(self) -> None:
        """Forget everything that stages have noted and seen; to be used inside `together`."""
        forget_all(self._connection)

    def entries_state(self, stage: str, spaces: Some[str]) -> str:
        """How much a stage has noted: whoever empties a table of entries is found out by it."""
        return entries_state(self._connection, stage, spaces)

    def drop(self, run_ids: Iterable[str]) -> None:
        """Forget runs and what stands under them; runs that are not there are passed over."""
        self._need(MAKING)
        with self.together():
            for run_id in sorted(set(run_ids)):
                run = self._run(run_id)
                if run is not None:
                    for row_type, ids in ids_under(self._connection, run_id) if self.watch is not unwatched else ():
                        self.watch(row_type, ids)
                    drop_rows(self._connection, run_id)
                    self._connection.execute(delete(RUNS).where(RUNS.c.id == run_id))
                    self._journal.append(STAGE_DROPPED, run_id, {"output": run.output_hash})

    def run_of(self, run_id: str) -> StageRun | None:
        """The run that stands under an id, or None."""
        return self.read.get(StageRun, run_id)

    def decide(self, row: Judgement | Finding | Release, data: Mapping[str, object] | None = None) -> None:
        """Keep what people decided: a row that is never changed, and its log entry, which holds `data` too."""
        self.refuse_copy()
        with self.together():
            if stored_hash(self._connection, type(row), row.id) is not None:
                raise InputError(
                    f"The {type(row).__name__.lower()} {row.id} is already in the case. A decision is superseded by a new one, not changed."
                )
            self._journal.append(_DECIDED[type(row)], row.id, {**(data or {}), "row": insert_kept(self._connection, row)})

    def rotate_key(self) -> str:
        """Replace the signing key; returns the new key's name."""
        self._need(*BOTH)
        old, new = self._journal.key, make_key(self.case.keys_dir, key=self.case.key)
        with self.together():
            _, prev = head(self._connection)
            message = rotation_message(old=old.id, new=new.id, public=new.public, prev=prev)
            data = {"algorithm": "ed25519", "old": old.id, "public": new.public, "proof": new.sign(message)}
            self._journal.append(KEY_ROTATED, new.id, data)
        self._journal.key = new
        drop_secret(self.case.keys_dir, f"{old.id}.pem")
        return new.id

    def checkpoint(self, *, since: int) -> None:
        """Sign the log's head into a file, unless the log has not grown."""
        with self.together():
            seq, found = head(self._connection)
        if seq > since:
            write_checkpoint(self.case.checkpoints_dir, case_id=self.case.id, seq=seq, head=found, key=self._journal.key)

    @contextmanager
    def _looking(self) -> Iterator[None]:
        """Surrounds a look at the database: outside `together`, no transaction is left open behind it."""
        self.pause()
        try:
            yield
        finally:
            if self._depth == 0:
                self._connection.rollback()

    def _run(self, run_id: str) -> StageRun | None:
        row = self._connection.execute(select(RUNS).where(RUNS.c.id == run_id)).mappings().first()
        return StageRun(**row) if row else None
