"""Edges between documents that are one text: the same, a copy, an excerpt, a retelling, a translation.

In:  pairs of documents worth comparing, and the entities of a case.
Out: `LineageEdge` rows of level `document`, with the shared stretches on both sides; groups of documents that are one text.
Never: holds more than some hundreds of texts at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from armslength.base.engine import Engine, batched
from armslength.base.ids import digest
from armslength.lineage.alignment import Overlap, align_batch
from armslength.lineage.cast import Cast
from armslength.lineage.matching import Pair
from armslength.model.evidence import Document, Span
from armslength.model.facts import LineageEdge

ONE_TEXT = frozenset({"identical", "near_copy", "excerpt", "rewrite", "republication", "syndication", "translation"})
"""Kinds of edge that make two documents one text."""
PAGE = 200
"""Pairs aligned at a time."""

Fetch = Callable[[Sequence[str]], Sequence[Document]]
"""Gives documents by their ids."""
Showing = Callable[[Sequence[Document]], Cast]
"""Gives a cast that holds some documents, and whoever publishes them or is credited by them."""


def copy_edges(pairs: Sequence[Pair], fetch: Fetch, showing: Showing, *, engine: Engine) -> Iterator[LineageEdge]:
    """Edges between the documents of each pair that are one text. Documents are fetched for some hundred pairs at a time."""
    for some in batched(pairs, PAGE):
        documents = {row.id: row for row in fetch(sorted({doc for pair in some for doc in pair}))}
        here = showing(tuple(documents.values()))
        slices = [[(documents[one], documents[two]) for one, two in few] for few in batched(some, PAGE // 4)]
        for overlaps in engine.map_batches(align_batch, slices):
            for row in overlaps:
                if row.one_text:
                    yield copy_edge(row, here)


def copy_edge(row: Overlap, cast: Cast) -> LineageEdge:
    """What two documents that are one text are to each other."""
    source, copy = _direction(row.one, row.two, cast)
    credit = cast.credits.get(copy)
    kind = _kind(row, source, copy, cast)
    evidence = _evidence(row, copy, cast)
    if credit and kind in {"republication", "syndication"} and credit.start is not None and credit.end is not None:
        evidence = (cast.span(copy, credit.start, credit.end), *evidence)
    return LineageEdge(
        id=digest("edge", "document", kind, copy, source),
        from_id=copy,
        to_id=source,
        level="document",
        kind=kind,
        evidence=evidence,
        why=_why(row, kind, credit.name if credit else ""),
    )


def _kind(row: Overlap, source: str, copy: str, cast: Cast) -> str:
    """What the copy is to its source: who it credits says more than how much it shares."""
    if copy in cast.credits and cast.own_voice(copy) in {cast.publisher(source), cast.own_voice(source)} - {""}:
        return "syndication" if source in cast.credits else "republication"
    if row.identical:
        return "identical"
    if row.copied:
        return "excerpt" if row.excerpt else "near_copy"
    return "rewrite" if cast.texts[copy].lang == cast.texts[source].lang else "translation"


def _why(row: Overlap, kind: str, credited: str) -> str:
    if kind == "identical":
        return "Both documents hold the same words from first to last."
    share = f"{round(100 * row.share)} of 100 words of the one stand in the other, in runs of five words or more"
    if row.told and not row.copied:
        by, score = row.told
        what = "words" if by == "words" else "numbers and names"
        share = f"{round(100 * score)} of 100 {what} of the shorter text stand in the other in the same order, beyond chance"
    if kind == "republication":
        return f"It says that the text is {credited}’s; {share}."
    if kind == "syndication":
        return f"Both say that the text is {credited}’s; {share}."
    return f"{share[0].upper()}{share[1:]}."


def _direction(one: str, two: str, cast: Cast) -> tuple[str, str]:
    """(source, copy): whoever credits the other is the copy; else the later one; else, where nothing tells, the greater id."""
    credit = [doc in cast.credits and cast.own_voice(doc) == cast.publisher(other) != "" for doc, other in ((one, two), (two, one))]
    if credit[0] != credit[1]:
        return (two, one) if credit[0] else (one, two)
    dates = [cast.texts[doc].published or "" for doc in (one, two)]
    if all(dates) and dates[0] != dates[1]:
        return (one, two) if dates[0] < dates[1] else (two, one)
    return (one, two) if one < two else (two, one)


def _evidence(row: Overlap, copy: str, cast: Cast) -> tuple[Span, ...]:
    """The longest shared stretches, each first in the copy and then in its source."""
    found: list[Span] = []
    for one, two in row.stretches:
        pair = (cast.span(row.one, *one), cast.span(row.two, *two))
        found += pair if row.one == copy else reversed(pair)
    return tuple(found)


def one_text(documents: Iterable[str], edges: Iterable[LineageEdge]) -> Mapping[str, str]:
    """Document to the smallest id of the documents that are one text with it. Disputed edges join nothing."""
    parent = {doc: doc for doc in documents}

    def top(doc: str) -> str:
        while parent[doc] != doc:
            parent[doc] = parent[parent[doc]]
            doc = parent[doc]
        return doc

    for edge in edges:
        if edge.level == "document" and edge.kind in ONE_TEXT and edge.state != "disputed":
            low, high = sorted((top(edge.from_id), top(edge.to_id)))
            parent[high] = low
    return {doc: top(doc) for doc in sorted(parent)}
