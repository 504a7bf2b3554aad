"""The thread behind the desk that carries out what people decided, and builds the case anew when somebody asks for it.

In:  a word that something was kept.
Out: rows made anew (`carrying.py`); how far it is; what came of each judgement.
Never: loses anything when it is killed: what is pending stands in the log, and the next start, or a build, carries it out.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass, replace
from threading import Condition, Event, Thread

from armslength.base.clock import Clock, stamp
from armslength.base.errors import ArmslengthError
from armslength.pipeline.carriers import MISTAKE, Carrier, Told
from armslength.pipeline.carrying import Came, StoppedError

QUIET, LONGEST = 0.4, 3.0
"""Seconds without a new judgement after which those that wait are carried out; and how long the first of them waits at most. Somebody who
goes through a list decides every second or two."""
REST = 1.0
"""After a pass the worker rests as long as it took, times this. Fifty people who decide all the time otherwise wait for one pass after
another: their judgements need the same turn."""
_REMEMBERED = 500
"""Judgements whose outcome can be asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Working:
    """What the worker is doing."""

    busy: bool = False
    building: bool = False
    """Whether somebody asked for a build; else judgements are carried out."""
    step: str = ""
    """The stage and what it does: `extract: reading documents`."""
    done: int = 0
    total: int = 0
    waiting: int = 0
    """Judgements that were kept here and are not carried out."""
    since: str = ""
    """When the first of them was kept, or the build was asked for: UTC, RFC 3339."""
    failed: str = ""
    """Why the last pass did not come to its end; empty where it did."""


class Worker:
    """One for a desk. Its thread starts with the first thing there is to do."""

    __slots__ = (
        "_again",
        "_begun",
        "_build",
        "_came",
        "_carrier",
        "_clock",
        "_news",
        "_quiet",
        "_rested",
        "_state",
        "_stopping",
        "_thread",
        "_woken",
    )

    def __init__(self, carrier: Carrier, clock: Clock, *, quiet: float = QUIET) -> None:
        self._carrier = carrier
        self._clock = clock
        self._quiet = quiet
        self._stopping = Event()
        self._news = Condition()
        self._state = Working()
        self._again = False
        """Whether there is something to do that no pass has begun with."""
        self._build = False
        self._woken = 0.0
        self._begun = self._rested = 0.0
        """When the next pass may begin."""
        self._thread: Thread | None = None
        self._came: OrderedDict[str, Came] = OrderedDict()

    def start(self) -> None:
        """Look whether anything was left undone, and carry it out."""
        self._wake(kept=0)

    def tell(self) -> None:
        """A judgement was kept that rows are to be made anew for."""
        self._wake(kept=1)

    def build(self) -> None:
        """Read anew everything that is out of date."""
        with self._news:
            self._build = True
        self._wake(kept=0)

    def stop(self) -> None:
        """End; what was not finished is finished at the next start."""
        self._stopping.set()
        self._carrier.stop()
        with self._news:
            thread = self._thread
            self._news.notify_all()
        if thread is not None:
            thread.join()
        self._carrier.close()

    def working(self) -> Working:
        """What it is doing."""
        with self._news:
            return self._state

    def came_of(self, judgement: str) -> Came | None:
        """What came of a judgement; None while it is not carried out, or where it was too long ago."""
        with self._news:
            return self._came.get(judgement)

    def came_of_last(self, who: str) -> Came | None:
        """What came of the last of somebody's judgements that was carried out here."""
        with self._news:
            return next((found for found in reversed(self._came.values()) if found.who == who), None)

    def settle(self, *, seconds: float) -> bool:
        """Wait until there is nothing to do; whether that came about in time."""
        with self._news:
            return self._news.wait_for(lambda: not self._state.busy, timeout=seconds)

    def _wake(self, *, kept: int) -> None:
        with self._news:
            if self._stopping.is_set():
                return
            since = self._state.since or stamp(self._clock.now())
            self._state = replace(self._state, busy=True, building=self._build, waiting=self._state.waiting + kept, since=since)
            self._again, self._woken = True, time.monotonic()
            if self._thread is None or not self._thread.is_alive():
                self._thread = Thread(target=self._run, name="armslength-worker", daemon=True)
                self._thread.start()
            self._news.notify_all()

    def _run(self) -> None:
        while self._due():
            failed = MISTAKE
            try:
                self._carrier.carry(Told(step=self._tell, came=self._take_in, again=lambda: self._again), whole=self._begin())
                failed = ""
            except ArmslengthError as error:
                failed = str(error)
            except StoppedError:
                failed = ""
            finally:
                self._finish(failed)

    def _due(self) -> bool:
        """Wait for something to do, and then until nothing more comes for a moment; False where the server ends."""
        stopping = self._stopping
        with self._news:
            self._news.wait_for(lambda: self._again or stopping.is_set())
            first = time.monotonic()
            while not stopping.is_set() and not self._build:
                left = max(self._rested, min(self._woken + self._quiet, first + max(LONGEST, self._quiet))) - time.monotonic()
                if left <= 0:
                    break
                self._news.wait(left)
            return not stopping.is_set()

    def _begin(self) -> bool:
        """Note that a pass begins; whether everything that is out of date is to be read anew."""
        with self._news:
            whole, self._build, self._again = self._build, False, False
            self._state = replace(self._state, building=whole, failed="")
            self._begun = time.monotonic()
        return whole

    def _tell(self, step: str, done: int, total: int) -> None:
        with self._news:
            self._state = replace(self._state, step=step, done=done, total=total)

    def _take_in(self, came: tuple[Came, ...]) -> None:
        """Let pages tell what came of judgements, before the queue is made anew."""
        with self._news:
            for one in came:
                self._came[one.judgement] = one
                self._came.move_to_end(one.judgement)
            while len(self._came) > _REMEMBERED:
                self._came.popitem(last=False)
            self._state = replace(self._state, waiting=max(0, self._state.waiting - len(came)))
            self._rested = time.monotonic() + REST * (time.monotonic() - self._begun)

    def _finish(self, failed: str) -> None:
        with self._news:
            left = self._state.waiting if self._again or failed else 0
            since = self._state.since if left or self._again else ""
            self._state = Working(busy=self._again, building=self._build, waiting=left, since=since, failed=failed)
            self._news.notify_all()
