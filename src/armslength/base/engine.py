"""The one thing a stage asks of whatever runs it: apply a pure function to batches of rows.

A stage function takes a list of rows and returns a list of rows, reads nothing else, writes nothing, and can be pickled.
That is all a process pool needs, and all a distributed dataframe engine's `map_batches` needs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

A = TypeVar("A")
B = TypeVar("B")


class Engine(Protocol):
    """Runs a pure function over batches; results come back in the order of the batches."""

    def map_batches(self, work: Callable[[Sequence[A]], list[B]], batches: Iterable[Sequence[A]]) -> Iterator[list[B]]:
        """Apply `work` to each batch. An exception in one batch is raised here, not swallowed."""


class Progress(Protocol):
    """Told how far a long piece of work has come; a surface may draw it."""

    def __call__(self, step: str, done: int, total: int) -> None:
        """`done` of `total` units of `step` are finished."""


def silent(step: str, done: int, total: int) -> None:
    """A `Progress` that says nothing."""


def batched(rows: Sequence[A], size: int) -> Iterator[Sequence[A]]:
    """Cut rows into runs of at most `size`, in order."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]
