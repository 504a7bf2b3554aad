"""Where judgements are carried out: in a thread of the server, or in a process of its own.

In:  a case; whom to tell what comes of a pass.
Out: the same from either.
Never: keeps anything but in the case: a process that is killed leaves behind what a thread would.

A thread needs no second copy of the program in memory: right for one person at a laptop. Where many people read and decide, a thread would
share one processor with their pages, for Python runs one thread at a time, and hold the case for as long as both take.
"""

from __future__ import annotations

import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from multiprocessing.util import Finalize
from typing import Any, Protocol

from armslength.base.clock import Clock
from armslength.base.engine import Progress
from armslength.base.errors import ArmslengthError
from armslength.base.settings import Settings
from armslength.pipeline.carrying import Came, Pass, StoppedError, Turn, carry_out_pending, weigh_queue
from armslength.store.case import Case
from armslength.store.write import making

WORKER = "armslength"
"""Whom the log names for what follows from judgements."""
MISTAKE = "The program made a mistake while it made the case anew. What was decided is kept; `armslength build` carries it out."
_LOOKS = 0.1
"""Seconds between two looks whether there is more to do."""
_ENDS = 20.0
"""Seconds in which a process has to end that was asked to; it does so at its next look at the case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Who hears of a pass."""

    step: Progress
    came: Callable[[tuple[Came, ...]], None]
    """Told once all is carried out, before the queue is weighed."""
    again: Callable[[], bool]
    """Whether there is more to do than this pass began with: then the queue waits."""


class Carrier(Protocol):
    """Carries out what is kept, one pass at a time."""

    def carry(self, told: Told, *, whole: bool) -> None:
        """Carry out everything. Raises ArmslengthError where that fails, StoppedError where the server ends."""

    def want(self, waiting: int) -> None:
        """Say how many wait for their turn to write."""

    def stop(self) -> None:
        """Give up the pass under way, at its next look at the case."""

    def close(self) -> None:
        """End, when no pass is under way."""


def _carry(work: Pass, told: Told) -> None:
    told.came(carry_out_pending(work))
    told.step("queue", 0, 0)
    weigh_queue(work, until=told.again)


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """Carries out in the thread that asks for it."""

    case: Case
    clock: Clock
    settings: Settings
    turn: Turn

    def carry(self, told: Told, *, whole: bool) -> None:
        _carry(Pass(case=self.case, clock=self.clock, settings=self.settings, turn=self.turn, progress=told.step, whole=whole), told)

    def want(self, waiting: int) -> None:
        """Nothing: the turn knows."""

    def stop(self) -> None:
        self.turn.stopping.set()

    def close(self) -> None:
        """Nothing is left."""


class Apart:
    """Carries out in a process of its own, which is started with the first pass."""

    __slots__ = ("__weakref__", "_again", "_context", "_given", "_line", "_process", "_stopping", "_wanted")

    def __init__(self, case: Case, clock: Clock, settings: Settings, *, patience: float) -> None:
        self._given = (case, clock, settings, patience)
        self._context = get_context("spawn")
        self._wanted = self._context.Value("i", 0)
        self._again, self._stopping = self._context.Event(), self._context.Event()
        self._process: BaseProcess | None = None
        self._line: Connection | None = None

    def carry(self, told: Told, *, whole: bool) -> None:
        line = self._begin()
        self._again.clear()
        try:
            line.send(whole)
            while not self._heard(line, told):
                pass
        except (EOFError, OSError):
            self._forget()
            raise (StoppedError() if self._stopping.is_set() else ArmslengthError(MISTAKE)) from None

    def want(self, waiting: int) -> None:
        self._wanted.value = waiting

    def stop(self) -> None:
        self._stopping.set()

    def close(self) -> None:
        process = self._process
        self._forget()
        if process is not None:
            process.join(_ENDS)
            process.terminate()

    def _begin(self) -> Connection:
        """The line to the process; starts it where there is none."""
        if self._line is None or self._process is None or not self._process.is_alive():
            self._line, theirs = self._context.Pipe()
            shared = (theirs, self._wanted, self._again, self._stopping)
            self._process = self._context.Process(target=_serve, args=(*self._given, *shared), name="armslength-worker")
            self._process.start()
            theirs.close()
            Finalize(self, self._line.close, exitpriority=1)  # before the interpreter waits for the process at its own end
        return self._line

    def _forget(self) -> None:
        if self._line is not None:
            self._line.close()
        self._line = self._process = None

    def _heard(self, line: Connection, told: Told) -> bool:
        """Hear what the process says, if it says anything; whether the pass is over. Raises EOFError where it has ended."""
        if told.again():
            self._again.set()
        if not line.poll(_LOOKS):
            return False
        said: tuple[str, Any] = line.recv()
        match said:
            case "step", (step, done, total):
                told.step(step, done, total)
            case "came", came:
                told.came(came)
            case "failed", sentence:
                raise ArmslengthError(sentence)
        return said[0] == "ended"


def _serve(case: Case, clock: Clock, settings: Settings, patience: float, line: Connection, wanted: Any, again: Any, stopping: Any) -> None:
    """Carry out one pass after another, until the line is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which then says when
    turn = Turn(
        write=lambda: making(case, clock=clock, actor=WORKER, patience=patience), wanted=lambda: wanted.value > 0, stopping=stopping
    )
    told = Told(
        step=lambda step, done, total: line.send(("step", (step, done, total))),
        came=lambda came: line.send(("came", came)),
        again=again.is_set,
    )
    with suppress(EOFError, OSError):
        while True:
            whole = line.recv()
            try:
                _carry(Pass(case=case, clock=clock, settings=settings, turn=turn, progress=told.step, whole=whole), told)
                line.send(("ended", None))
            except StoppedError:
                return
            except ArmslengthError as error:
                line.send(("failed", str(error)))
