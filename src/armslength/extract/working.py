"""What a step of reading is, and how steps are put in a row.

In:  steps, each with what it needs and what it gives, by name; what is given at the start.
Out: everything that was given in the end. What one step gave, no later one changes.
Never: guesses an order. A need that no earlier step gives, a gift given twice, or a function whose arguments are not its step's needs is a
fault of the program, found when the row is made (`in_order`), before any document is read.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

Work = Mapping[str, Any]
"""What has been given so far, by name."""
Before = Callable[[str], None]
"""Told the name of each step before it runs; what it raises ends the work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One pure function over what earlier steps gave."""

    name: str
    needs: tuple[str, ...]
    gives: str
    run: Callable[..., Any]
    """Takes its needs by name, gives the one thing that later steps know by `gives`."""


def in_order(steps: Sequence[Step], *, given: Collection[str]) -> tuple[Step, ...]:
    """The steps, if each can run where it stands. Raises ValueError, naming the step, if one cannot."""
    known = set(given)
    for step in steps:
        takes = tuple(inspect.signature(step.run).parameters)
        if takes != step.needs:
            raise ValueError(f"The step {step.name} declares that it needs {step.needs}, and its function takes {takes}.")
        missing = [need for need in step.needs if need not in known]
        if missing:
            raise ValueError(f"The step {step.name} needs {', '.join(missing)}, which no step before it gives.")
        if step.gives in known:
            raise ValueError(f"The step {step.name} gives {step.gives}, which is there already.")
        known.add(step.gives)
    names = [step.name for step in steps]
    if len(set(names)) != len(names):
        raise ValueError(f"Two steps have one name: {', '.join(names)}.")
    return tuple(steps)


def carry_out(steps: Sequence[Step], given: Work, *, before: Before | None = None) -> Work:
    """Run steps one after the other; everything that was there at the start and everything they gave."""
    work = dict(given)
    for step in steps:
        if before is not None:
            before(step.name)
        work[step.gives] = step.run(**{need: work[need] for need in step.needs})
    return MappingProxyType(work)
