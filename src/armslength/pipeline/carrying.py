"""One pass over what is kept and not carried out: the stages, run so that judgements are kept meanwhile.

In:  a way to write that waits for its turn; how to run stages.
Out: rows made anew; for each judgement what it changed.
Never: runs two stages of a pass on different judgements. Puts off judgements for long: on a server they do not wait at all; a file has one
writer, so there each stage has a write of its own, is given up when somebody wants their turn, as long as that does not put off the work
itself for ever, and the pass begins anew where something is decided between two stages.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from threading import Event

from armslength.base.clock import Clock
from armslength.base.engine import Engine, Progress
from armslength.base.settings import Settings
from armslength.model.decisions import Judgement
from armslength.pipeline.cataloguing import catalogue, is_behind
from armslength.pipeline.engines import engine_for
from armslength.pipeline.following import followed
from armslength.pipeline.masking import mask_for
from armslength.pipeline.pending import Pending, note_carried_out, pending, stages_for
from armslength.pipeline.progress import told_to_pages
from armslength.pipeline.queueing import note_for_queue, waits_for_queue, weigh_for_queue
from armslength.pipeline.remaking import Comparison, Outcome, comparing
from armslength.pipeline.runner import run_stages
from armslength.pipeline.speaking import spoken_of
from armslength.pipeline.stage import Stage
from armslength.pipeline.stages import READING, STAGES
from armslength.store.case import Case
from armslength.store.lock import Busy
from armslength.store.read import Reader, reading
from armslength.store.turns import side_by_side
from armslength.store.write import Writer

GIVES_WAY = 8.0
"""Seconds for which a pass gives way to judgements in the middle of a stage; then it goes on to its end, and they wait for a stage."""
_LETS = 30.0
"""Seconds for which those who want their turn are let before a stage at most: where fifty people decide, somebody always does."""
QUEUE = 20
"""Facts that are weighed for the queue in one turn: a second's work at most, but for a fact of hundreds of passages."""
_RESTARTS = 3
"""Times that a pass begins anew because something was decided between two stages; then all stages run in one write."""
_BETWEEN_TRIES = 0.5
"""Seconds between two tries to write to a case that another process writes to."""
_GLANCE = 0.01
"""Seconds between two looks whether those who wanted their turn have had it."""


class GaveWayError(Exception):
    """Somebody wants to keep a judgement: the step is begun again afterwards."""


class StoppedError(Exception):
    """The server ends: what is left is carried out at the next start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """What came of one judgement. Labels are masked."""

    judgement: str
    who: str
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """How the worker writes: when it is its turn, and knowing when somebody else wants theirs, or the server ends."""

    write: Callable[[], AbstractContextManager[Writer]]
    wanted: Callable[[], bool]
    stopping: Event

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """A writer, when those have had their turn who want it; where another process writes, as soon as it has finished.

        Raises StoppedError.
        """
        self.let_others()
        with ExitStack() as held:
            writer: Writer | None = None
            while writer is None:
                if self.stopping.is_set():
                    raise StoppedError
                try:
                    writer = held.enter_context(self.write())
                except Busy:
                    self.stopping.wait(_BETWEEN_TRIES)
            yield writer

    def pause(self, *, gives_way: bool) -> Callable[[], None]:
        """What a writer does before each look at the case."""

        def pause() -> None:
            if self.stopping.is_set():
                raise StoppedError
            if gives_way and self.wanted():
                raise GaveWayError

        return pause

    def let_others(self) -> None:
        """Wait until those who wanted their turn have had it."""
        limit = time.monotonic() + _LETS
        while self.wanted() and time.monotonic() < limit and not self.stopping.is_set():
            time.sleep(_GLANCE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """What a pass needs."""

    case: Case
    clock: Clock
    settings: Settings
    turn: Turn
    progress: Progress
    whole: bool
    """Whether everything that is out of date is read anew, and not only what judgements change."""


def carry_out_pending(work: Pass) -> tuple[Came, ...]:
    """Carry out what is kept and not carried out; returns what came of it. Raises StoppedError where the server ends meanwhile."""
    with reading(work.case) as reader:
        followed(reader).name_index(reader)  # so that whoever decides next need not wait for it
        found = pending(reader)
        behind = is_behind(reader)
    if not found and not work.whole:
        if behind:
            _catalogue(work)
        return ()
    with (
        comparing(work.case) as comparison,
        engine_for(work.settings) as engine,
        told_to_pages(work.case.id, work.progress, clock=work.clock) as tell,
    ):
        told = replace(work, progress=tell)
        run = _Run(work=told, comparison=comparison, engine=engine, begun=time.monotonic())
        done = (_run_beside if side_by_side(work.case) else _run)(told, found, run)
        with reading(work.case) as now:
            return _came(done.rows, comparison, now)


def weigh_queue(work: Pass, *, until: Callable[[], bool]) -> None:
    """Weigh what waits for it, a few facts a turn, until something else is to be done; fewer, where a turn had to be given up.

    Raises StoppedError where the server ends.
    """
    with reading(work.case) as reader:
        left, tries = waits_for_queue(reader), 0
    while left and not until():
        try:
            with work.turn.writing() as writer:
                writer.pause = work.turn.pause(gives_way=tries < _RESTARTS)
                left = weigh_for_queue(writer, most=max(1, QUEUE >> tries)) is not None
                tries = 0
        except GaveWayError:
            tries += 1


def _catalogue(work: Pass) -> None:
    """Bring the lists up to date where nothing else is to be done: after a disclosure, or with a case that an older program made."""
    with work.turn.writing() as writer:
        catalogue(writer, progress=work.progress)


def _run(work: Pass, found: Pending, run: _Run) -> Pending:
    """Run the stages, each in a write of its own; returns what was carried out."""
    restarts, place = 0, 0
    while True:
        try:
            with run.writing() as writer:
                newer = pending(writer.read, since=found.upto)
                if newer and place:
                    restarts, place = restarts + 1, 0
                found = found.with_newer(newer)
                stages = STAGES if work.whole else stages_for(writer.read, found)
                due = stages[place:] if restarts > _RESTARTS else stages[place : place + 1]
                run.stages(writer, due)
                place += len(due)
                if place >= len(stages):
                    _finish(writer, work.progress)
                    return found
        except GaveWayError:
            continue


def _run_beside(work: Pass, found: Pending, run: _Run) -> Pending:
    """Run the stages in one write that sees one moment of the case, beside those who decide; returns what was carried out.

    Where everything is read anew, sources and texts come first, in writes of their own: killed, it goes on there.
    """
    for stage in READING if work.whole else ():
        with work.turn.writing() as writer:
            run.stages(writer, (stage,))
    while True:
        with suppress(GaveWayError), run.writing() as writer:
            with writer.together():
                found = found.with_newer(pending(writer.read, since=found.upto))
                run.stages(writer, STAGES if work.whole else stages_for(writer.read, found))
                note_for_queue(writer)
                note_carried_out(writer)
            catalogue(writer, progress=work.progress)  # the log tells it what has changed, and does so once that is stored
            return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """What running the stages of a pass needs."""

    work: Pass
    comparison: Comparison
    engine: Engine
    begun: float

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """A writer that gives way to those who want their turn, for the first seconds of the pass."""
        with self.work.turn.writing() as writer:
            writer.pause = self.work.turn.pause(gives_way=time.monotonic() - self.begun < GIVES_WAY)
            yield writer

    def stages(self, writer: Writer, stages: Sequence[Stage]) -> None:
        writer.watch = self.comparison.note
        run_stages(writer, engine=self.engine, settings=self.work.settings, progress=self.work.progress, stages=stages)


def _finish(writer: Writer, progress: Progress) -> None:
    catalogue(writer, progress=progress)
    note_for_queue(writer)
    note_carried_out(writer)


def _came(rows: Sequence[Judgement], comparison: Comparison, now: Reader) -> tuple[Came, ...]:
    if not rows:
        return ()
    hide, alone, held = mask_for(now).row, len(rows) == 1, comparison.against(now)
    outcomes = [held.outcome(None if alone else spoken_of(now, row)) for row in rows]
    return tuple(
        Came(
            judgement=row.id,
            who=row.who,
            outcome=hide(replace(outcome, not_done=tuple(reason for reason in outcome.not_done if row.id[:12] in reason))),
        )
        for row, outcome in zip(rows, outcomes, strict=True)
    )
