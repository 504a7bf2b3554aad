"""One edge between two claims, with words on both sides.

In:  the routes of two claims, a kind of the ontology's scheme `lineage_kinds`, one sentence.
Out: a `LineageEdge` from the greater id to the lesser.
Never: an edge without words of both passages.
"""

from __future__ import annotations

from collections.abc import Callable

from armslength.base.ids import digest
from armslength.lineage.access import OWN
from armslength.lineage.cast import Cast
from armslength.lineage.routes import Route
from armslength.model.claims import Claim
from armslength.model.evidence import Span
from armslength.model.facts import LineageEdge

Tie = Callable[[Route, Route], LineageEdge]


def make_edge(kind: str, one: Route, two: Route, why: str, cast: Cast, *, evidence: tuple[Span, ...] = ()) -> LineageEdge:
    """An edge from the greater id to the lesser. Without other evidence, the words that name each passage's source, or the passages."""
    low, high = sorted((one, two), key=lambda route: route.id)
    return LineageEdge(
        id=digest("edge", "claim", kind, high.id, low.id, why),
        from_id=high.id,
        to_id=low.id,
        level="claim",
        kind=kind,
        evidence=in_order(evidence, high.claim) or (source_words(high.claim, cast), source_words(low.claim, cast)),
        why=why,
    )


def in_order(evidence: tuple[Span, ...], first: Claim) -> tuple[Span, ...]:
    """Words on both sides, those of the given claim's document first; what else is shown comes last."""
    return tuple(sorted(evidence, key=lambda span: span.doc != first.doc))


def source_words(claim: Claim, cast: Cast) -> Span:
    """Where the deepest named voice stands, or else the passage itself."""
    for link in reversed(claim.attribution):
        if link.kind not in OWN and link.start is not None and link.end is not None:
            return cast.span(claim.doc, link.start, link.end)
    return passage(claim)


def passage(claim: Claim) -> Span:
    """The words of a claim."""
    return Span(doc=claim.doc, start=claim.start, end=claim.end, quote=claim.quote)
