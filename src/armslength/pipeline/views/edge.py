"""One edge of a lineage, whole: what it joins, the words on both sides, why, and what people said of it.

In:  a reading of a case, an edge's id.
Out: `EdgeView`.
Never: shows one side's words without the other's, where both are known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from armslength.model.evidence import Document, Span
from armslength.model.facts import LineageEdge
from armslength.pipeline.views import words
from armslength.pipeline.views.cited import cited, refs_of
from armslength.pipeline.views.lineage import Rows
from armslength.pipeline.views.passages import DocumentRef, elided
from armslength.pipeline.views.standing import Standing, said_in, standing_of_edge
from armslength.store.read import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceView:
    """Words on one side of an edge."""

    document: DocumentRef
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeView:
    """Why two documents or passages are not independent."""

    id: str
    kind: str
    """In words."""
    level: str
    why: str
    state: str
    """In words, with who decided."""
    ends: tuple[str, str]
    """What is joined, in words: document titles or passage numbers."""
    documents: tuple[str, str]
    """Ids of the documents on both sides."""
    evidence: tuple[EvidenceView, ...]
    standing: Standing


def edge_view(rows: Rows, edge_id: str) -> EdgeView | None:
    """One edge between passages or documents of a fact; None where the fact has no such edge."""
    edge = rows.reader.get(LineageEdge, edge_id)
    ends = {claim.id for claim in rows.claims} | rows.documents.keys()
    return edge_views(rows, [edge])[0] if edge is not None and {edge.from_id, edge.to_id} <= ends else None


def edges_shown(rows: Rows, edges: Iterable[LineageEdge]) -> tuple[EdgeView, ...]:
    """Some of the edges of a fact, masked, with the words on both sides."""
    return edge_views(rows, rows.reader.hidden_all(list(edges)))


def edge_views(rows: Rows, edges: Sequence[LineageEdge]) -> tuple[EdgeView, ...]:
    """Edges with the words on both sides. Documents are read only as far as these edges quote them."""
    numbers, owner = rows.numbers, {claim.id: claim.doc for claim in rows.claims}
    quoted = _quoted(rows.reader, edges, rows.documents)
    said = said_in(rows.reader)
    named = {edge.id: tuple(_end(end, rows, numbers) for end in (edge.from_id, edge.to_id)) for edge in edges}
    return tuple(
        EdgeView(
            id=edge.id,
            kind=words.edge(edge.kind),
            level=edge.level,
            why=edge.why,
            state=(standing := standing_of_edge(rows.reader, edge.id, edge.state, said)).words,
            ends=(named[edge.id][0], named[edge.id][1]),
            documents=(owner.get(edge.from_id, edge.from_id), owner.get(edge.to_id, edge.to_id)),
            evidence=_evidence(edge.evidence, quoted),
            standing=standing,
        )
        for edge in edges
    )


def _end(row: str, rows: Rows, numbers: Mapping[str, int]) -> str:
    return f"passage {numbers[row]}" if row in numbers else rows.refs([row])[0].title


def _quoted(reader: Reader, edges: Iterable[LineageEdge], here: Mapping[str, Document]) -> dict[str, DocumentRef]:
    """The documents that edges quote, as they are cited."""
    wanted = sorted({span.doc for edge in edges for span in edge.evidence})
    missing = [doc for doc in wanted if doc not in here]
    found = {**here, **(cited(reader, missing) if missing else {})}
    return refs_of(reader, {doc: found[doc] for doc in wanted if doc in found})


def _evidence(spans: Iterable[Span], documents: Mapping[str, DocumentRef]) -> tuple[EvidenceView, ...]:
    return tuple(
        EvidenceView(document=documents[span.doc], start=span.start, end=span.end, quote=elided(span.quote))
        for span in spans
        if span.doc in documents
    )
