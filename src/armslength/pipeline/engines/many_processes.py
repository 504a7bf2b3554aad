"""Runs batches in several processes of this machine; gives the results back in the order of the batches.

Processes are started fresh (`spawn`), on every system alike: no lock or open file is inherited, and no state but the arguments
can reach a stage function. They are started at the first batch and kept for the next stage, because each of them has to load the
language model once.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from typing import TypeVar

from armslength.base.errors import ArmslengthError
from armslength.pipeline.engines.naming import name_batch

A = TypeVar("A")
B = TypeVar("B")

_AHEAD = 3
"""Batches in flight for each process: one at work and two waiting, so that none idles and memory stays bounded."""


@dataclass(slots=True)
class ManyProcesses:
    """An engine of `workers` processes. Not frozen: it owns processes, which `close` ends."""

    workers: int
    _pool: ProcessPoolExecutor | None = field(default=None, repr=False)

    def map_batches(self, work: Callable[[Sequence[A]], list[B]], batches: Iterable[Sequence[A]]) -> Iterator[list[B]]:
        """Apply `work` to each batch; at most three batches a process are in flight."""
        waiting: deque[tuple[int, Sequence[A], Future[list[B]]]] = deque()
        try:
            for number, batch in enumerate(batches, start=1):
                if len(waiting) >= self.workers * _AHEAD:
                    yield self._result(work, *waiting.popleft())
                waiting.append((number, batch, self._submit(work, batch)))
            while waiting:
                yield self._result(work, *waiting.popleft())
        finally:
            for _, _, future in waiting:
                future.cancel()

    def close(self) -> None:
        """End the processes; batches that were not begun are dropped."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def _submit(self, work: Callable[[Sequence[A]], list[B]], batch: Sequence[A]) -> Future[list[B]]:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(max_workers=self.workers, mp_context=multiprocessing.get_context("spawn"))
        try:
            return self._pool.submit(work, batch)
        except BrokenProcessPool as error:
            failed: Future[list[B]] = Future()
            failed.set_exception(error)  # told in order, when the results before it have been given out
            return failed

    def _result(self, work: Callable[..., object], number: int, batch: Sequence[A], future: Future[list[B]]) -> list[B]:
        where = name_batch(work, number, batch)
        try:
            return future.result()
        except BrokenProcessPool as error:
            self.close()
            raise ArmslengthError(
                f"A worker process ended by itself {where}; most often the machine ran out of memory. "
                f"What was finished is kept: run the same command again with fewer --workers (it was {self.workers})."
            ) from error
        except Exception as error:
            error.add_note(where)
            raise
