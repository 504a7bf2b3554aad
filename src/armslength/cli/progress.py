"""Draws how far long work has come: bars on a terminal, now and then a plain line elsewhere. Always on standard error."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from armslength.base.engine import Progress, silent
from armslength.cli import say

if TYPE_CHECKING:
    from rich.progress import TaskID

_PARTS = 4
"""A plain line is written at most at every quarter of a step."""


@contextmanager
def progress_shown(*, quiet: bool = False) -> Iterator[Progress]:
    """A `Progress` for the time of a command."""
    if quiet:
        yield silent
    elif say.on_terminal():
        with _bars() as tell:
            yield tell
    else:
        yield plain_lines()


def plain_lines() -> Progress:
    """A `Progress` that writes `extract: sentences 40 of 120` on standard error, at most four lines a step."""
    told: dict[str, int] = {}

    def tell(step: str, done: int, total: int) -> None:
        part = _PARTS * done // total if total else _PARTS
        if part > told.get(step, 0):
            told[step] = part
            say.aside(f"{step} {done} of {total}")

    return tell


@contextmanager
def _bars() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    tasks: dict[str, TaskID] = {}
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:

        def tell(step: str, done: int, total: int) -> None:
            shown = say.clean(step)
            if shown not in tasks:
                tasks[shown] = bars.add_task(shown, total=total)
            bars.update(tasks[shown], completed=done, total=total)

        yield tell
