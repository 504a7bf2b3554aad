"""Telling how far a long piece of work has come: to whoever asked for it, and to the pages of other processes.

In:  the steps that stages tell of.
Out: the same, and a file of this login (`store/progress.py`), written a few times a second at most.
Never: puts anything into that file but a step's name, two numbers and a time.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from armslength.base.clock import Clock, stamp
from armslength.base.engine import Progress
from armslength.store.progress import Step, clear_step, tell_step

_EVERY = 0.3
"""Seconds between two files: a page looks twice a second at most."""


@contextmanager
def told_to_pages(case_id: str, progress: Progress, *, clock: Clock) -> Iterator[Progress]:
    """A `Progress` that other processes can see, until the block ends."""
    since, last = stamp(clock.now()), 0.0

    def tell(step: str, done: int, total: int) -> None:
        nonlocal last
        progress(step, done, total)
        if time.monotonic() - last >= _EVERY:
            last = time.monotonic()
            tell_step(case_id, Step(step=step, done=done, total=total, since=since, process=os.getpid()))

    try:
        yield tell
    finally:
        clear_step(case_id)
