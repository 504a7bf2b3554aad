"""Edges between documents, brought up to date: only what documents that came, changed or went can alter is looked at.

In:  what is kept of the documents, those that came or changed, ids of those that went, the edges that touch them.
Out: edges to put in place, ids of edges to take away, and what is to be kept from now on.
Never: reads a document whose prints are kept, unless it is aligned; gives another outcome than doing everything anew, in any order.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from armslength.base.engine import Engine, batched
from armslength.lineage.cast import Cast
from armslength.lineage.documents import ONE_TEXT, Fetch, Showing, copy_edges
from armslength.lineage.kept_prints import Parted, part
from armslength.lineage.matching import Moved, Pair, candidates, moved
from armslength.lineage.outlets import Touching, publisher_edges
from armslength.lineage.prints import joined, print_batch, shelved
from armslength.lineage.publishers import masthead
from armslength.model.evidence import Document
from armslength.model.facts import LineageEdge

PAGE = 200
"""Documents printed at a time: .13 ms a document in batches of 16, .11 in batches of 200 and of 500."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asks:
    """What is asked of whoever keeps documents, entities and edges."""

    touching: Touching
    fetch: Fetch
    showing: Showing


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """What is different between documents."""

    edges: tuple[LineageEdge, ...]
    """Edges that are new or were made again, sorted by id, as the program finds them."""
    gone: frozenset[str]
    """Ids of edges that are no more."""
    pieces: Mapping[str, str]
    """Pieces of what is kept that are different now; an empty one holds nothing any more."""


def between_all(cast: Cast, *, engine: Engine) -> list[LineageEdge]:
    """All edges between the documents of a cast, sorted by id."""
    pages = batched(sorted(cast.documents, key=lambda row: row.id), PAGE)
    asks = Asks(touching=lambda _docs, _kinds: (), fetch=lambda ids: [cast.texts[doc] for doc in ids], showing=cast.showing)
    return list(between_again({}, pages, asks=asks, cast=cast, engine=engine).edges)


def between_again(
    kept: Mapping[str, str],
    pages: Iterable[Sequence[Document]],
    *,
    gone: Collection[str] = (),
    restless: Collection[str] = (),
    asks: Asks,
    cast: Cast,
    engine: Engine,
) -> Between:
    """What changes when the documents of `pages` come or change, and others go. Without anything kept, all documents are to be in `pages`.

    `restless`: documents that stay, but may be published by somebody else now, or by somebody of another name or owner, or may credit
    somebody who is read otherwise. `cast` is asked for no document, only for the voices of documents that came or are restless, and for
    those that publish any document and what answers for them.
    """
    added = joined([shelved(found) for found in engine.map_batches(print_batch, pages)])
    publishers = {doc: cast.publisher(doc) for doc in (*added.docs, *restless)}
    parted = part(kept, added, gone, publishers)
    leaving = {*parted.added.shelf.docs, *parted.dropped.shelf.docs}
    found = _moved(parted)
    copies = asks.touching({*leaving, *restless, *(doc for pair in found.gone for doc in pair)}, ONE_TEXT)
    ends = {edge.id: _ends(edge) for edge in copies}
    ended = set(found.gone)
    lost = {edge for edge, pair in ends.items() if pair in ended or not leaving.isdisjoint(pair)}
    again = {edge: pair for edge, pair in ends.items() if edge not in lost and not set(restless).isdisjoint(pair)}
    made = copy_edges(sorted({*found.new, *again.values()}), asks.fetch, asks.showing, engine=engine)
    before = dict(chain(parted.stood.published, parted.dropped.published))
    now = {doc: publishers.get(doc, who) for doc, who in chain(parted.stood.published, parted.added.published)}
    ties, untied = publisher_edges(before, now, {*leaving, *restless}, asks.touching, cast)
    edges = {edge.id: edge for edge in (*made, *_with_mastheads(ties, asks))}
    return Between(
        edges=tuple(edges[key] for key in sorted(edges)),
        gone=frozenset((lost | again.keys() | untied) - edges.keys()),
        pieces=parted.pieces,
    )


def _with_mastheads(ties: Sequence[LineageEdge], asks: Asks) -> Iterator[LineageEdge]:
    """Ties of publishers with the words in which the pages name them, where they do."""
    for some in batched(ties, PAGE):
        here = asks.showing(asks.fetch(sorted({doc for edge in some for doc in (edge.from_id, edge.to_id)})))
        for edge in some:
            found = (masthead(edge.from_id, here), masthead(edge.to_id, here))
            yield replace(edge, evidence=tuple(span for span in found if span))


def _moved(parted: Parted) -> Moved:
    stood, dropped, added = (kept.shelf for kept in (parted.stood, parted.dropped, parted.added))
    if not stood.docs:
        return Moved(new=tuple(candidates(added)), gone=())
    return moved(stood, dropped, added)


def _ends(edge: LineageEdge) -> Pair:
    return min(edge.from_id, edge.to_id), max(edge.from_id, edge.to_id)
