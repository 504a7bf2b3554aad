"""How far coders agree: Krippendorff's alpha and percent agreement of one variable (docs/double-coding.md).

In:  codes as a table, a row a coder and a column a passage, empty where missing; the level of measurement.
Out: `Agreement`: the figures, or why there are none.
Never: gives a number where the figure is not defined; measures how good a coder is: it says how far a table can be relied on.

Alpha is 1 - observed / expected disagreement over all pairs of codes of one passage (Krippendorff, Content Analysis, 2nd edition 2004,
ch. 11; "Computing Krippendorff's Alpha-Reliability", 2011). The package `krippendorff` computes it; the tests hold it against the worked
examples of the latter paper.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, cast

from armslength.model.coding import NOMINAL, Variable
from armslength.model.edtf import bounds, is_valid

RELIABLE, TENTATIVE = 0.8, 0.667
"""Conventions, not laws: from .800 a variable may be relied on; from .667 only tentative conclusions (Krippendorff 2004, p. 241)."""

Table = Sequence[Sequence[str]]
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """One variable's figures."""

    variable: str
    level: str
    alpha: float | None
    """None where it is not defined; `why` says why."""
    percent: float | None
    """Share of the pairs of codes of one passage that are the same, 0 to 1, on the scale or not. Chance is not taken out of it."""
    why: str
    """Why alpha is not defined; empty where it is."""
    passages: int
    """Passages with two or more codes on the scale: the only ones that alpha counts."""
    pairs: int
    """Pairs of codes of one passage, which `percent` counts."""
    codes: int
    """Codes on the scale, in all passages."""
    missing: int
    """Codes that are missing."""
    off_scale: int
    """Codes that have no place on the scale, such as `none` for a number: they count as missing."""
    used: tuple[tuple[str, int], ...]
    """Each code with how often it was used, the most used first."""

    @property
    def reads(self) -> str:
        """What the conventions make of alpha, in words."""
        if self.alpha is None:
            return "not defined"
        if self.alpha >= RELIABLE:
            return "reliable by convention"
        return "tentative by convention" if self.alpha >= TENTATIVE else "below the conventional thresholds"


def agreement(variable: Variable, table: Table) -> Agreement:
    """The figures of one variable. A code that has no place on the variable's scale counts as missing for alpha."""
    place = _places(variable, sorted({code for row in table for code in row if code}))
    scaled = [[place.get(code) for code in row] for row in table]
    columns = [[code for code in column if code is not None] for column in zip(*scaled, strict=True)]
    compared = [column for column in columns if len(column) > 1]
    told = Counter(code for row in table for code in row if code)
    pairs = [pair for column in zip(*table, strict=True) for pair in combinations(filter(None, column), 2)]
    why = _undefined(table, compared)
    return Agreement(
        variable=variable.code,
        level=variable.level,
        alpha=None if why else _alpha(scaled, variable.level),
        percent=sum(one == two for one, two in pairs) / len(pairs) if pairs else None,
        why=why,
        passages=len(compared),
        pairs=len(pairs),
        codes=sum(code is not None for row in scaled for code in row),
        missing=sum(not code for row in table for code in row),
        off_scale=sum(bool(code) and place.get(code) is None for row in table for code in row),
        used=tuple(sorted(told.items(), key=lambda found: (-found[1], found[0]))),
    )


def _undefined(table: Table, compared: Sequence[Sequence[float]]) -> str:
    """Why alpha is not defined, or empty."""
    if len(table) < 2:
        return "Only one person coded: agreement needs two."
    if not compared:
        return "No passage was coded by two people on this scale."
    if len({code for column in compared for code in column}) < 2:
        return "Everybody wrote the same code everywhere: without variation it cannot be told from chance."
    return ""


def _alpha(scaled: Sequence[Sequence[float | None]], level: str) -> float:
    import krippendorff  # with numpy, which most commands do without
    import numpy as np

    data = np.array([[np.nan if code is None else code for code in row] for row in scaled], dtype=float)
    return float(krippendorff.alpha(reliability_data=data, level_of_measurement=cast("Any", level)))


def _places(variable: Variable, codes: Sequence[str]) -> Mapping[str, float]:
    """Where codes stand on the scale: numbers as they are, dates by the first day they can mean; of names only which are the same."""
    if variable.level == NOMINAL:
        return {code: float(number) for number, code in enumerate(codes)}
    if variable.dated:
        days = {code: bounds(code)[0] for code in codes if is_valid(code)}
        return {code: float(day.toordinal()) for code, day in days.items() if day is not None}
    return {code: float(code) for code in codes if _NUMBER.fullmatch(code)}
