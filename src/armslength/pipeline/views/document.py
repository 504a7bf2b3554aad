"""One document: its text cut where claims begin and end, the page's own furniture apart, and the claims beside it.

In:  a reading of a case and a document's id.
Out: `DocumentView`: paragraphs of pieces that, joined, are the text again, and the claims that begin in each paragraph.
Never: loses or changes a character of the text; what surrounds paragraphs is white space only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from armslength.base.offsets import Range, paragraphs
from armslength.model.claims import Claim
from armslength.model.evidence import Appearance, Block, Document
from armslength.model.facts import Fact, LineageEdge
from armslength.model.outcome import Rejected
from armslength.pipeline.views import words
from armslength.pipeline.views.fact import passages_of
from armslength.pipeline.views.lines import FactLine, fact_lines
from armslength.pipeline.views.passages import DocumentRef, Passage, document_ref
from armslength.store.read import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text under the same claims."""

    text: str
    claims: tuple[int, ...]
    """Numbers of the claims it belongs to; the shortest claim first."""
    family: str
    """Family of the first of them, or empty."""
    ends: tuple[int, ...]
    """Numbers of the claims that end with it."""
    boilerplate: bool
    copy: bool
    """Says again what the same document said before."""
    start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A stretch of text that is one thing to the reader, and what begins in it."""

    kind: str
    """`title`, `deck`, `heading`, `paragraph`, `list_item`, `quote`, `caption`, `table`, `boilerplate` or `notice`."""
    start: int
    pieces: tuple[Piece, ...]
    claims: tuple[Passage, ...]

    @property
    def boilerplate(self) -> bool:
        return all(piece.boilerplate for piece in self.pieces)


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedDocument:
    """Another document that is not independent of this one, and why."""

    document: DocumentRef
    kind: str
    why: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentView:
    """A document and its claims."""

    ref: DocumentRef
    appearances: tuple[Appearance, ...]
    length: int
    """Unicode code points."""
    reader: str
    paragraphs: tuple[Paragraph, ...]
    claims: tuple[Passage, ...]
    facts: tuple[FactLine, ...]
    related: tuple[RelatedDocument, ...]
    rejected: tuple[Rejected, ...]
    copies: int
    missing: tuple[tuple[str, str], ...]
    verification: str = "not done"

    def facts_of(self, claim: Passage) -> tuple[FactLine, ...]:
        """The facts that a claim of this document belongs to."""
        return tuple(line for line in self.facts if line.id in claim.facts)


def document_view(reader: Reader, document_id: str) -> DocumentView | None:
    """One document with its claims; None when the case has no such document."""
    document = reader.get(Document, document_id)
    if document is None:
        return None
    claims = reader.all(Claim, doc=document_id)
    shown = passages_of(reader, claims, {document.id: document})
    facts = sorted({fact for passage in shown for fact in passage.facts})
    return DocumentView(
        ref=document_ref(document),
        appearances=document.appearances,
        length=len(document.text),
        reader=f"{document.reader.name} {document.reader.version}".strip(),
        paragraphs=cut(document, shown),
        claims=shown,
        facts=tuple(fact_lines(reader, reader.all(Fact, id=facts))) if facts else (),
        related=_related(reader, document_id),
        rejected=tuple(reader.all(Rejected, doc=document_id)),
        copies=len(document.duplicates),
        missing=tuple((words.field(row.field), row.reason) for row in document.first.missing),
    )


def cut(document: Document, claims: Sequence[Passage]) -> tuple[Paragraph, ...]:
    """Cut a text into paragraphs, and each paragraph wherever a claim, boilerplate or an internal copy begins or ends."""
    ranges = _paragraph_ranges(document)
    marks = _Marks(
        claims=tuple(sorted(claims, key=lambda row: (row.end - row.start, row.start, row.number))),
        boilerplate=document.boilerplate,
        copies=tuple((copy.start, copy.end) for copy in document.duplicates),
    )
    out = []
    for place, (low, high, kind) in enumerate(ranges):
        until = ranges[place + 1][0] if place + 1 < len(ranges) else len(document.text)
        since = 0 if place == 0 else low
        begun = tuple(row for row in claims if since <= row.start < until)
        out.append(Paragraph(kind=kind, start=low, pieces=_pieces(document.text, (low, high), marks), claims=begun))
    return tuple(out)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Marks:
    claims: tuple[Passage, ...]
    boilerplate: tuple[Range, ...]
    copies: tuple[Range, ...]


def _paragraph_ranges(document: Document) -> list[tuple[int, int, str]]:
    """Blocks where the reader found them, lines everywhere else; together they hold all that is not white space."""
    out: list[tuple[int, int, str]] = []
    at = 0
    for block in (*document.blocks, Block(start=len(document.text), end=len(document.text), kind="")):
        gap = document.text[at : block.start]
        out += [(at + low, at + high, "paragraph") for low, high in paragraphs(gap)]
        if block.start < block.end:
            out.append((block.start, block.end, block.kind))
        at = max(at, block.end)
    return out


def _pieces(text: str, span: Range, marks: _Marks) -> tuple[Piece, ...]:
    low, high = span
    near = [row for row in marks.claims if row.start < high and row.end > low]
    ranges: list[Range] = [(row.start, row.end) for row in near]
    ranges += [row for row in (*marks.boilerplate, *marks.copies) if row[0] < high and row[1] > low]
    cuts = sorted({low, high} | {edge for row in ranges for edge in row if low < edge < high})
    return tuple(_piece(text, (a, b), near, marks) for a, b in pairwise(cuts))


def _piece(text: str, span: Range, near: Iterable[Passage], marks: _Marks) -> Piece:
    a, b = span
    over = [row for row in near if row.start <= a and b <= row.end]
    return Piece(
        text=text[a:b],
        claims=tuple(row.number for row in over),
        family=over[0].family if over else "",
        ends=tuple(sorted(row.number for row in over if row.end == b)),
        boilerplate=_within(span, marks.boilerplate),
        copy=_within(span, marks.copies),
        start=a,
    )


def _within(span: Range, ranges: Iterable[Range]) -> bool:
    return any(low <= span[0] and span[1] <= high for low, high in ranges)


def _related(reader: Reader, document_id: str) -> tuple[RelatedDocument, ...]:
    rows = [(edge, edge.to_id) for edge in reader.all(LineageEdge, from_id=document_id, level="document")]
    rows += [(edge, edge.from_id) for edge in reader.all(LineageEdge, to_id=document_id, level="document")]
    others = {row.id: row for row in reader.all(Document, id=sorted({other for _, other in rows}))} if rows else {}
    return tuple(
        RelatedDocument(document=document_ref(others[other]), kind=words.edge(edge.kind), why=edge.why, state=words.state(edge.state))
        for edge, other in rows
        if other in others
    )
