"""The small tables of a whole case that the edges of one fact depend on.

In:  all claims of a case, who is who.
Out: `Tables`.
Never: anything of which a fact could depend on more than its own words and its own number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from armslength.lineage.cast import Cast
from armslength.lineage.figures import NO_FIGURES, Figures, list_figures
from armslength.lineage.spellings import NO_SPELLINGS, Spellings, count_spellings
from armslength.model.claims import Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """What is rare in a case."""

    spellings: Spellings = NO_SPELLINGS
    figures: Figures = NO_FIGURES


NO_TABLES = Tables()


def tables_of(claims: Sequence[Claim], cast: Cast) -> Tables:
    """The tables of a case."""
    return Tables(spellings=count_spellings(claims, cast), figures=list_figures(claims, cast))
