"""Words that two passages share, so many in a row that the one quotes the other, or both a third.

In:  routes of the claims of one fact.
Out: `Quotation` rows with the words on both sides.
Never: compares within one document, or every passage with every other: runs are looked up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from armslength.lineage.cast import Cast
from armslength.lineage.routes import Route
from armslength.lineage.text import Words, shared_runs, words_of
from armslength.model.evidence import Span

QUOTED = 8
"""Words in a row. Set by hand: stock phrases of news ("according to a report by the human rights group") run to seven."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Two passages of two documents with the same run of words."""

    one: Route
    two: Route
    length: int
    evidence: tuple[Span, Span]
    """In the passage with the greater id, then in the other."""


def shared_quotations(routes: Sequence[Route], cast: Cast) -> list[Quotation]:
    """Passages that share a run, each with the first passage that has it, in order of claim ids."""
    words = {
        route.id: words_of(route.claim.doc, cast.texts[route.claim.doc].text, start=route.claim.start, end=route.claim.end)
        for route in routes
    }
    first: dict[tuple[str, ...], Route] = {}
    found: dict[tuple[str, str], Quotation] = {}
    for route in sorted(routes, key=lambda row: row.id):
        mine = words[route.id]
        for place in range(len(mine) - QUOTED + 1):
            other = first.setdefault(mine.words[place : place + QUOTED], route)
            if other.claim.doc != route.claim.doc and (other.id, route.id) not in found:
                found[other.id, route.id] = _quotation(other, route, words[other.id], mine, cast)
    return list(found.values())


def _quotation(one: Route, two: Route, theirs: Words, mine: Words, cast: Cast) -> Quotation:
    run = max(shared_runs(theirs.words, mine.words, QUOTED), key=lambda row: (row.length, -row.a))
    evidence = (
        cast.span(mine.doc, mine.spans[run.b][0], mine.spans[run.b + run.length - 1][1]),
        cast.span(theirs.doc, theirs.spans[run.a][0], theirs.spans[run.a + run.length - 1][1]),
    )
    return Quotation(one, two, run.length, evidence)
