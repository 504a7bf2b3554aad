"""What people ask for, as functions: make a case, add files, build, export. The surfaces' only door to writing.

In:  a case folder, files, settings, a clock, and the pseudonym of whoever asks.
Out: reports of what was done.
Never: writes a row itself; stages and the store do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from armslength.base.clock import Clock
from armslength.base.engine import Progress, silent
from armslength.base.errors import InputError
from armslength.base.settings import Settings
from armslength.ingest import run as ingest
from armslength.model.outcome import Rejected, StageReport
from armslength.pipeline.cataloguing import catalogue
from armslength.pipeline.counting import count_again
from armslength.pipeline.engines import engine_for
from armslength.pipeline.ledgers import ledger_of
from armslength.pipeline.locating import locate
from armslength.pipeline.masking import mask_for
from armslength.pipeline.pending import note_carried_out
from armslength.pipeline.progress import told_to_pages
from armslength.pipeline.queueing import update_queue
from armslength.pipeline.runner import check, run_stages
from armslength.pipeline.stage import Stage
from armslength.pipeline.stages import JUDGED, READING, STAGES
from armslength.pipeline.summaries import summarise
from armslength.publish import run as publish
from armslength.publish.run import ExportReport
from armslength.store.case import Case, create_case, open_case
from armslength.store.locks import Lock, in_key_file
from armslength.store.read import Reader
from armslength.store.timestamps import Stamped, add_reply
from armslength.store.turns import side_by_side
from armslength.store.write import Writer, deciding, making, writing

CASE_FILE = "case.toml"
_PATIENCE = 60.0
"""Seconds that a build on a server waits, when its files are in the case, for rows that others make anew."""
NOTHING_ADDED = StageReport(stage="add", version=ingest.VERSION, unit="files", taken=0, kept=0, refused=0, unchanged=True)
"""The report of a build without new files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """What a case that has to be made is to be; left out for a case that exists."""

    name: str | None = None
    """The folder's name if left out."""
    database: str | None = None
    """SQLAlchemy URL; a file in the case if left out."""
    secret: bytes | None = None
    """32 bytes that pseudonyms are derived from; random if left out. Given where a case must be built again exactly."""
    lock: Lock | None = in_key_file
    """How the key is kept that the case is encrypted with; None for a case that is not, as older programs made them."""


NOTHING_GIVEN = NewCase()


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build did, and what it could not do."""

    case: Case
    created: bool
    added: StageReport
    """Files taken in."""
    stages: tuple[StageReport, ...]
    """In the order they ran; empty where only files were added."""
    refused: tuple[Rejected, ...] = field(default=())
    """Files of the case that could not be read, with the reason."""

    @property
    def unchanged(self) -> bool:
        """Whether there was nothing to do."""
        return not self.created and self.added.unchanged and all(report.unchanged for report in self.stages)


def init_case(folder: Path, *, new: NewCase, clock: Clock, actor: str) -> Case:
    """Make an empty case in a folder that is new or empty."""
    name = new.name or folder.resolve().name
    return create_case(folder, name=name, clock=clock, actor=actor, database=new.database, secret=new.secret, lock=new.lock)


def is_case(folder: Path) -> bool:
    """Whether a folder looks like a case."""
    return (folder / CASE_FILE).is_file()


def add_sources(
    folder: Path,
    inputs: Sequence[Path],
    *,
    settings: Settings,
    clock: Clock,
    manifest: Path | None = None,
    progress: Progress = silent,
) -> BuildReport:
    """Take files into an existing case without reading them further."""
    case = open_case(folder, clock=clock, actor=settings.collector)
    check_inputs(inputs, manifest=manifest)
    with engine_for(settings) as engine, writing(case, clock=clock, actor=settings.collector) as writer:
        added = ingest.add(writer, list(inputs), manifest=manifest, clock=clock, engine=engine, settings=settings, progress=progress)
        check(added)
        return BuildReport(case=case, created=False, added=added, stages=(), refused=refused_files(writer.read))


def build(
    folder: Path,
    inputs: Sequence[Path],
    *,
    settings: Settings,
    clock: Clock,
    manifest: Path | None = None,
    new: NewCase = NOTHING_GIVEN,
    progress: Progress = silent,
    stages: Sequence[Stage] = STAGES,
) -> BuildReport:
    """Everything, from files and folders to counts: makes the case if there is none, adds what is new, runs what is out of date.

    `new` is for a case that is made here. Raises InputError when a file is missing, or when `new` says anything about a case that exists.
    """
    check_inputs(inputs, manifest=manifest)
    exists = is_case(folder)
    if exists and new != NOTHING_GIVEN:
        raise InputError(f"{folder} is already a case; its name and database were set when it was made. Leave them out.")
    if not exists and not inputs:
        raise InputError(f"{folder} is not a case yet, and there is nothing to make it from: name files or folders to build it from.")
    case = (
        open_case(folder, clock=clock, actor=settings.collector)
        if exists
        else init_case(folder, new=new, clock=clock, actor=settings.collector)
    )
    with engine_for(settings) as engine, told_to_pages(case.id, progress, clock=clock) as tell, ExitStack() as turn:
        writer, added = turn.enter_context(writing(case, clock=clock, actor=settings.collector)), NOTHING_ADDED
        if inputs:
            added = ingest.add(writer, list(inputs), manifest=manifest, clock=clock, engine=engine, settings=settings, progress=tell)
        check(added)
        if side_by_side(case):
            turn.close()
            writer = turn.enter_context(making(case, clock=clock, actor=settings.collector, patience=_PATIENCE))
        reports = _make(writer, partial(run_stages, engine=engine, settings=settings, progress=tell), stages, tell)
        return BuildReport(case=case, created=not exists, added=added, stages=reports, refused=refused_files(writer.read))


def _make(
    writer: Writer, run: Callable[..., tuple[StageReport, ...]], stages: Sequence[Stage], progress: Progress
) -> tuple[StageReport, ...]:
    """Run stages and what follows from them. On a server the stages are one step, which sees one moment of the case, while people go on
    deciding; what reads sources and texts comes before it, in steps of its own: killed, it goes on there. Lists and queue come after it:
    they ask the log, which knows of the step once it is stored.
    """
    judged = {stage.name for stage in stages} >= {stage.name for stage in JUDGED}
    beside = side_by_side(writer.case)
    first = run(writer, stages=[stage for stage in stages if stage in READING]) if beside else ()
    with writer.together() if beside else nullcontext():
        reports = run(writer, stages=stages)
        if judged:
            note_carried_out(writer)
    catalogue(writer, progress=progress)
    if judged:
        update_queue(writer)
    return (*first, *reports[len(first) :])


def export_case(
    folder: Path,
    to: Path,
    *,
    format: str,  # noqa: A002 - the word users type
    clock: Clock,
    actor: str,
    unmasked: bool = False,
) -> ExportReport:
    """Write a case's content to a folder and record that it left the house; protected persons' names only if `unmasked` asks for them."""
    with writing(open_case(folder, clock=clock, actor=actor), clock=clock, actor=actor) as writer:
        count_again(writer)
        mask = None if unmasked else mask_for(writer.read)
        return publish.export(writer, to, format=format, summarise=summarise, ledgers=ledger_of, locate=locate, mask=mask)


def record_event(folder: Path, *, event: str, subject: str, data: Mapping[str, object], clock: Clock, actor: str) -> None:
    """Put an event of a surface into the custody log: that a case was opened to be read, or that opening it failed."""
    with deciding(open_case(folder, clock=clock, actor=actor), clock=clock, actor=actor) as writer:
        writer.record(event, subject, data)


def keep_stamp(folder: Path, *, request: bytes, reply: bytes, roots: bytes | None, clock: Clock, actor: str) -> Stamped:
    """Keep a time-stamping authority's reply to a request over the case's log."""
    with writing(open_case(folder, clock=clock, actor=actor), clock=clock, actor=actor) as writer:
        return add_reply(writer, reply, request=request, roots=roots)


def check_inputs(inputs: Sequence[Path], *, manifest: Path | None = None) -> None:
    """Raise InputError, naming what is missing, before anything is made or changed."""
    missing = [str(path) for path in inputs if not path.exists()]
    if missing:
        raise InputError(f"There is no file or folder {', '.join(missing)}; nothing was changed.")
    if manifest is not None and not manifest.is_file():
        raise InputError(f"There is no manifest {manifest}; nothing was changed.")


def refused_files(reader: Reader) -> tuple[Rejected, ...]:
    """Files of the case that could not be read, with the reason."""
    return tuple(sorted(reader.all(Rejected, stage=ingest.NAME), key=lambda row: (row.doc, row.id)))
