"""Which documents are one text, and what that makes of two passages in them.

In:  groups of documents and the edges that make them. Out: an edge between two passages. Never: compares texts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from armslength.lineage.cast import Cast
from armslength.lineage.edges import make_edge
from armslength.lineage.routes import Route
from armslength.model.facts import LineageEdge


@dataclass(frozen=True, kw_only=True)
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

    @cached_property
    def edges_of(self) -> Mapping[str, Sequence[LineageEdge]]:
        """The edges that make each text one."""
        found: dict[str, list[LineageEdge]] = defaultdict(list)
        for edge in self.edges.values():
            found[self.of(edge.from_id)].append(edge)
        return found

    def parted(self, edge: LineageEdge) -> tuple[frozenset[str], frozenset[str]]:
        """The documents of a text on the two sides of one of its edges; the second is empty where others hold it together."""
        near: dict[str, list[str]] = defaultdict(list)
        for row in self.edges_of[self.of(edge.from_id)]:
            if row.id != edge.id:
                near[row.from_id].append(row.to_id)
                near[row.to_id].append(row.from_id)
        seen, ahead = {edge.from_id}, [edge.from_id]
        while ahead:
            more = {doc for doc in near[ahead.pop()] if doc not in seen}
            seen |= more
            ahead += more
        return frozenset(seen), frozenset({*near, edge.to_id} - seen)

    def without(self, edge: LineageEdge) -> Texts:
        """The same if there were no such edge."""
        sides = self.parted(edge)
        apart = {doc: min(side) for side in sides for doc in side} if sides[1] else {}
        left = {pair: row for pair, row in self.edges.items() if row.id != edge.id}
        return Texts(text_of={**self.text_of, **apart}, edges=left)


def text_edge(one: Route, two: Route, cast: Cast, texts: Texts) -> LineageEdge:
    """Two passages in documents that are one text."""
    between = texts.edges.get(frozenset({one.claim.doc, two.claim.doc}))
    if between:
        return make_edge(between.kind, one, two, f"They stand in two documents that are one text. {between.why}", cast)
    return make_edge("near_copy", one, two, "They stand in two documents that are one text by way of others.", cast)
