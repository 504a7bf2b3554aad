"""Edges between documents of one publisher or one owner. They join no texts; they say that two documents are not two publishers.

In:  the publisher of each document, before and now.
Out: edges to put in place, and ids of edges to take away.
Never: ties every two documents of a publisher: each is tied to the first by id.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import chain

from armslength.base.ids import digest
from armslength.lineage.cast import Cast
from armslength.lineage.publishers import owned
from armslength.model.facts import LineageEdge

PUBLISHER, OWNER = "same_organisation", "same_owner"

Touching = Callable[[Collection[str], Collection[str]], Iterable[LineageEdge]]
"""Gives the edges of some kinds that have an end among some documents, as they stand now; without those that people added."""


def publisher_edges(
    before: Mapping[str, str], now: Mapping[str, str], moving: Collection[str], touching: Touching, cast: Cast
) -> tuple[list[LineageEdge], set[str]]:
    """Edges that are new or say something new, and ids of edges that stood before where something moved.

    `before` and `now` give each document's publisher, or empty. `moving`: documents of which that may differ, or that came or went, or
    whose publisher may have another name or owner now.
    """
    stirred = {who for doc in moving for who in (before.get(doc, ""), now.get(doc, ""))} - {""}
    were, are = _firsts(before), _firsts(now)
    edges: list[LineageEdge] = []
    gone: set[str] = set()
    for doc in _tied_again(before, stirred, were, are, moving):
        gone.add(_id(PUBLISHER, doc, were[before[doc]]))
    for doc in _tied_again(now, stirred, are, were, moving):
        who = now[doc]
        edges.append(_edge(PUBLISHER, doc, are[who], f"Both are published by {cast.label(who)}."))
    owned, disowned = _owners(stirred, before, (were, are), touching, cast)
    return edges + owned, gone | disowned


def _firsts(publishers: Mapping[str, str]) -> dict[str, str]:
    """Publisher to its first document."""
    found: dict[str, str] = {}
    for doc, who in publishers.items():
        if who and doc < found.get(who, doc + "!"):
            found[who] = doc
    return found


def _tied_again(
    publishers: Mapping[str, str], stirred: Collection[str], firsts: Mapping[str, str], others: Mapping[str, str], moving: Collection[str]
) -> Iterator[str]:
    """Documents that are tied to the first of their publisher, where they move or the first is another one on the other side."""
    shifted = {who for who in stirred if firsts.get(who) != others.get(who)}
    some = (doc for doc, who in publishers.items() if who in shifted) if shifted else ()
    for doc in sorted({*some, *(doc for doc in moving if publishers.get(doc))}):
        if firsts[publishers[doc]] != doc:
            yield doc


def _owners(
    stirred: Collection[str],
    before: Mapping[str, str],
    firsts: tuple[Mapping[str, str], Mapping[str, str]],
    touching: Touching,
    cast: Cast,
) -> tuple[list[LineageEdge], set[str]]:
    """Edges between the first documents of publishers of one owner, for all owners that have to do with a publisher that was stirred."""
    were, are = firsts
    near = {before[doc] for edge in _old(stirred, were, touching) for doc in (edge.from_id, edge.to_id) if before.get(doc)}
    owners = {cast.root(who) for who in {*stirred, *near}}
    every = {who for who in chain(were, are) if cast.root(who) in owners}
    groups: dict[str, list[str]] = defaultdict(list)
    for who in sorted((who for who in every if who in are), key=lambda who: are[who]):
        if cast.root(who) != who:
            groups[cast.root(who)].append(who)
    edges: list[LineageEdge] = []
    for owner, (first, *rest) in sorted(groups.items()):
        edges += (_edge(OWNER, are[who], are[first], owned(who, first, owner, cast)) for who in rest)
    return edges, {edge.id for edge in _old(every, were, touching)}


def _old(publishers: Iterable[str], were: Mapping[str, str], touching: Touching) -> list[LineageEdge]:
    docs = {were[who] for who in publishers if who in were}
    return list(touching(docs, {OWNER})) if docs else []


def _id(kind: str, one: str, two: str) -> str:
    return digest("edge", "document", kind, one, two)


def _edge(kind: str, one: str, two: str, why: str) -> LineageEdge:
    return LineageEdge(id=_id(kind, one, two), from_id=one, to_id=two, level="document", kind=kind, evidence=(), why=why)
