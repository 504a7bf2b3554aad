"""Floors: figures that must not fall, each tied to the gold it was measured on by that file's hash.

In:  the text of a floors file (TOML: `[[sets]]` with `name`, `gold`, `[sets.floors]`, `[sets.limits]`), the bytes of a gold file, figures.
Out: for each rule whether it is kept. Never: compares figures of one gold with floors of another.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from armslength.base.errors import InputError
from armslength.base.ids import digest_bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A rule and what became of it."""

    name: str
    figure: float | None
    """None: the figure is missing."""
    rule: str
    """`>= 0.8`, `<= 0`."""
    kept: bool


def read_floors(text: str, *, name: str) -> Sequence[Mapping[str, Any]]:
    """The sets of a floors file. Raises InputError when it is none."""
    try:
        sets = tomllib.loads(text)["sets"]
        for one in sets:
            _check(one)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(f"{name} is not a file of floors ({error}); docs/evaluating.md shows the form.") from error
    found: Sequence[Mapping[str, Any]] = sets
    return found


def _check(one: Mapping[str, Any]) -> None:
    """Raise KeyError, TypeError or ValueError where a set lacks something."""
    for word in ("name", "gold"):
        if not isinstance(one[word], str):
            raise TypeError(f"{word} is no text")
    for section in ("floors", "limits"):
        for bound in one[section].values():
            float(bound)


def rules_for(gold: bytes, sets: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The set that was measured on this gold file; None when none was."""
    name = digest_bytes(gold)
    return next((one for one in sets if one["gold"] == name), None)


def compare(figures: Mapping[str, float | None], rules: Mapping[str, Mapping[str, float]]) -> Iterator[Kept]:
    """Each rule in turn. A figure that is missing keeps none."""
    for section, sign in (("floors", ">="), ("limits", "<=")):
        for name, bound in rules[section].items():
            figure = figures.get(name)
            kept = figure is not None and (figure >= bound if sign == ">=" else figure <= bound)
            yield Kept(name=name, figure=figure, rule=f"{sign} {bound:g}", kept=kept)
