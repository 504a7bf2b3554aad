"""Which documents are one text, and what that makes of two passages in them.

In:  groups of documents and the edges that make them. Out: an edge between two passages. Never: compares texts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from armslength.lineage.cast import Cast
from armslength.lineage.edges import make_edge
from armslength.lineage.routes import Route
from armslength.model.facts import LineageEdge


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """Which documents are one text, and the edges that say so."""

    text_of: Mapping[str, str]
    edges: Mapping[frozenset[str], LineageEdge]

    def of(self, doc: str) -> str:
        """The document that stands for all that are one text with this one."""
        return self.text_of.get(doc, doc)

    def one(self, a: Route, b: Route) -> bool:
        """Whether two claims stand in one text."""
        return self.of(a.claim.doc) == self.of(b.claim.doc)


def text_edge(one: Route, two: Route, cast: Cast, texts: Texts) -> LineageEdge:
    """Two passages in documents that are one text."""
    between = texts.edges.get(frozenset({one.claim.doc, two.claim.doc}))
    if between:
        return make_edge(between.kind, one, two, f"They stand in two documents that are one text. {between.why}", cast)
    return make_edge("near_copy", one, two, "They stand in two documents that are one text by way of others.", cast)
