"""Runs batches here, one after the other: the default, and what every other engine is compared with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from armslength.pipeline.engines.naming import name_batch

A = TypeVar("A")
B = TypeVar("B")


@dataclass(frozen=True, slots=True)
class OneProcess:
    """An engine without any other process."""

    def map_batches(self, work: Callable[[Sequence[A]], list[B]], batches: Iterable[Sequence[A]]) -> Iterator[list[B]]:
        """Apply `work` to each batch, in order, as the results are asked for."""
        for number, batch in enumerate(batches, start=1):
            try:
                result = work(batch)
            except Exception as error:
                error.add_note(name_batch(work, number, batch))
                raise
            yield result
