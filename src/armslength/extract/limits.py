"""A limit on the processor time of one piece of work, whatever that work is doing.

In:  seconds. Out: nothing, or `OutOfTimeError` where the work takes longer.
How: an alarm of the system interrupts it, also in the middle of a regular expression (`re` listens for signals while it matches).
Alarms exist for the main thread of a process on Linux and macOS, which is where stages run, in one process and in each of several.
Elsewhere (Windows, another thread) only `check` asks, which the work itself has to call between its steps.
Processor time, not time on the clock: a busy or sleeping machine refuses no document.
Never: ends the process, or leaves an alarm behind.
"""

from __future__ import annotations

import math
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType
from typing import TypeVar

T = TypeVar("T")

_AGAIN = 1.0
"""Processor seconds after which the alarm rings again: an exception raised where nobody can catch it, such as in a finaliser, is lost."""


class OutOfTimeError(BaseException):
    """The time is used up. No `Exception`: libraries that catch and hand on every error of their own must not swallow it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """When a piece of work has to be done."""

    ends: float = math.inf
    """In processor seconds of this thread."""

    def check(self) -> None:
        """Raise OutOfTimeError when the time is used up."""
        if self.ends < math.inf and time.thread_time() > self.ends:
            raise OutOfTimeError


def within(seconds: float, work: Callable[[Limit], T]) -> T:
    """What `work` gives. Raises OutOfTimeError when it has used more processor seconds than this."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        return work(Limit(ends=time.thread_time() + seconds))
    before = signal.signal(signal.SIGPROF, _ring)
    try:
        try:
            signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN)
            return work(Limit())  # the alarm tells
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
    finally:  # should the alarm have rung in the line above: it does not ring again within the next
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _ring(_number: int, _frame: FrameType | None) -> None:
    raise OutOfTimeError
