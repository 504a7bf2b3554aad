"""One document: its text cut where claims begin and end, the page's own furniture apart, and the record of each claim beside it.

In:  a reading of a case, a document's id, which part of it is asked for.
Out: `DocumentView`: paragraphs of pieces that, joined, are that part of the text again; the records of the claims that begin in each; what
the program did not use of it.
Never: reads more rows of claims than are shown, or a judgement about anything else; loses or changes a character of the text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from armslength.model.claims import Claim
from armslength.model.decisions import Judgement, told
from armslength.model.evidence import Appearance, Document
from armslength.model.facts import Fact, LineageEdge
from armslength.model.outcome import Rejected
from armslength.model.verdicts import DECISIONS, REJECTED
from armslength.pipeline.views import words
from armslength.pipeline.views.cutting import Paragraph, Part, Parts, cut, parts_of
from armslength.pipeline.views.lines import FactLine, fact_lines
from armslength.pipeline.views.listing import lines_of
from armslength.pipeline.views.names import names_for
from armslength.pipeline.views.passages import DocumentRef, document_ref
from armslength.pipeline.views.records import Places, Record, Said, record, said_of
from armslength.store.read import Reader

SHOWN = ("all", "undecided", "decided", "rejected", "doubtful", "unused")
"""What the records can be narrowed to. `unused` is what the program did not use."""
_LOOKED_BACK, _REASONS = 60, 8
"""Of somebody's judgements, when their last reasons are looked for; reasons given, as many as there are keys for."""
_STAGES = {"extract": "No claim was read here.", "resolve": "The claim could not be placed.", "ingest": "This was not read."}


@dataclass(frozen=True, slots=True, kw_only=True)
class Unused:
    """A passage that the program did not use, and why."""

    number: int
    """Counted in this part of the text, from 1."""
    start: int
    end: int
    paragraph: int
    what: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedDocument:
    """Another document that is not independent of this one, and why."""

    document: DocumentRef
    kind: str
    why: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many records of this part there are of each kind."""

    all: int
    undecided: int
    decided: int
    rejected: int
    """By people."""
    doubtful: int
    unused: int
    """Passages that the program did not use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """What lies beyond the part that is shown."""

    claims: int
    undecided: int
    next_undecided: str
    """The first claim behind this part that nobody has decided; empty where there is none."""
    parts: tuple[tuple[int, int], ...]
    """For each part its first and last code point."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentView:
    """A document (or a part of a long one) and its claims."""

    ref: DocumentRef
    appearances: tuple[Appearance, ...]
    length: int
    """Unicode code points of the whole document."""
    reader: str
    part: int
    """Number of the part that is shown."""
    whole: Whole
    paragraphs: tuple[Paragraph[Record], ...]
    claims: tuple[Record, ...]
    """The records of this part."""
    chosen: str
    """The claim that was asked for; empty for none."""
    counts: Counts
    facts: tuple[FactLine, ...]
    related: tuple[RelatedDocument, ...]
    unused: tuple[Unused, ...]
    notices: tuple[str, ...]
    """What the program says of the document as a whole."""
    copies: int
    missing: tuple[tuple[str, str], ...]
    verification: str = "not done"

    def facts_of(self, claim: Record) -> tuple[FactLine, ...]:
        """The facts that a claim of this document belongs to."""
        return tuple(line for line in self.facts if line.id in claim.facts)

    def rejected_at(self, numbers: Sequence[int]) -> bool:
        """Whether people rejected every one of these claims, by their numbers."""
        first = self.claims[0].number
        return all(self.claims[number - first].state == REJECTED for number in numbers)

    def unused_in(self, paragraph: int) -> tuple[Unused, ...]:
        """What was not used in a paragraph."""
        return tuple(row for row in self.unused if row.paragraph == paragraph)


def document_view(reader: Reader, document_id: str, *, page: int = 1, claim: str = "") -> DocumentView | None:
    """A part of a document with its claims: the one that holds `claim`, else the one of this number. None when there is no such thing."""
    document = reader.get(Document, document_id)
    if document is None:
        return None
    places = reader.claim_places(document_id)
    parts = parts_of(document, [start for _, start, _ in places])
    chosen = next(((row, start) for row, start, _ in places if row == claim), None)
    if not 1 <= page <= len(parts.rows):
        return None
    part = parts.of(chosen[1]) if chosen else parts.rows[page - 1]
    said = said_of(reader, [row for row, _, _ in places])
    records = _records(reader, document, places, part=part, parts=parts, said=said)
    facts = sorted({fact for row in records for fact in row.facts})
    refused = reader.all(Rejected, doc=document_id)
    unused = _unused(refused, part, parts)
    return DocumentView(
        ref=document_ref(document),
        appearances=document.appearances,
        length=len(document.text),
        reader=f"{document.reader.name} {document.reader.version}".strip(),
        part=part.number,
        whole=_whole(places, parts, part, said),
        paragraphs=cut(document, records, part=part),
        claims=records,
        chosen=chosen[0] if chosen else "",
        counts=_counts(records, unused),
        facts=_fact_lines(reader, facts),
        related=_related(reader, document_id),
        unused=unused,
        notices=tuple(row.reason for row in refused if row.start is None),
        copies=len(document.duplicates),
        missing=tuple((words.field(row.field), row.reason) for row in document.first.missing),
    )


def record_of(reader: Reader, claim_id: str) -> Record | None:
    """The record of one claim, numbered as it is beside its text; None when there is no such claim."""
    claim = reader.get(Claim, claim_id)
    document = reader.get(Document, claim.doc) if claim else None
    if claim is None or document is None:
        return None
    places = reader.claim_places(claim.doc)
    parts = parts_of(document, [start for _, start, _ in places])
    number = next(number for number, (row, _, _) in enumerate(places, start=1) if row == claim.id)
    facts = reader.facts_of([claim.id]).get(claim.id, [])
    names = names_for(reader, [claim])
    return record(claim, document, number=number, names=names, parts=parts, said=said_of(reader, [claim.id]), facts=facts)


def next_undecided(reader: Reader, doc: str, after: int) -> str:
    """The first claim of a document, from a place of its text on and then from its beginning, that nobody has decided; empty for none."""
    places = reader.claim_places(doc)
    said = said_of(reader, [row for row, _, _ in places])
    open_ones = said.open_among(places)
    return next((row for row, start in open_ones if start >= after), open_ones[0][0] if open_ones else "")


def reasons_of(reader: Reader, who: str) -> Mapping[str, tuple[str, ...]]:
    """Decision to the reasons that somebody gave last for such a one, the latest first."""
    made = [row for _, row in reader.made_by(who, limit=_LOOKED_BACK)] if who else []
    rows = {row.id: row for row in reader.all(Judgement, id=made)} if made else {}
    found: dict[str, dict[str, None]] = {}
    for row in (rows[one] for one in made if one in rows):
        if row.decision in DECISIONS and not told(row).get("into"):
            found.setdefault(row.decision, {}).setdefault(row.reason)
    return {decision: tuple(reasons)[:_REASONS] for decision, reasons in found.items()}


def _records(reader: Reader, document: Document, places: Places, *, part: Part, parts: Parts, said: Said) -> tuple[Record, ...]:
    numbers = {row: number for number, (row, start, _) in enumerate(places, start=1) if part.holds(start)}
    claims = sorted(reader.all(Claim, id=sorted(numbers)), key=lambda claim: numbers[claim.id]) if numbers else []
    names = names_for(reader, claims)
    facts = reader.facts_of(numbers) if numbers else {}
    return tuple(
        record(claim, document, number=numbers[claim.id], names=names, parts=parts, said=said, facts=facts.get(claim.id, []))
        for claim in claims
    )


def _whole(places: Places, parts: Parts, part: Part, said: Said) -> Whole:
    open_ones = said.open_among(places)
    return Whole(
        claims=len(places),
        undecided=len(open_ones),
        next_undecided=next((row for row, start in open_ones if start >= part.end), ""),
        parts=tuple((one.start, one.end) for one in parts.rows),
    )


def _counts(records: Sequence[Record], unused: Sequence[Unused]) -> Counts:
    open_ones = sum(row.is_open for row in records)
    return Counts(
        all=len(records),
        undecided=open_ones,
        decided=len(records) - open_ones,
        rejected=sum(row.state == REJECTED for row in records),
        doubtful=sum(bool(row.doubts) for row in records),
        unused=len(unused),
    )


def _unused(refused: Sequence[Rejected], part: Part, parts: Parts) -> tuple[Unused, ...]:
    mine = sorted(
        (row.start, row.end or row.start, row.stage, row.reason) for row in refused if row.start is not None and part.holds(row.start)
    )
    return tuple(
        Unused(
            number=number,
            start=start,
            end=end,
            paragraph=parts.paragraph(start),
            what=_STAGES.get(stage, "This was not used."),
            reason=reason,
        )
        for number, (start, end, stage, reason) in enumerate(mine, start=1)
    )


def _fact_lines(reader: Reader, facts: Sequence[str]) -> tuple[FactLine, ...]:
    """Lines of facts: from the catalogue, which spares reading all their passages; those it does not know from their rows."""
    found = lines_of(reader, facts) if facts else {}
    left = [row for row in facts if row not in found]
    found |= {line.id: line for line in fact_lines(reader, reader.all(Fact, id=left))} if left else {}
    return tuple(found[row] for row in facts if row in found)


def _related(reader: Reader, document_id: str) -> tuple[RelatedDocument, ...]:
    rows = [(edge, edge.to_id) for edge in reader.all(LineageEdge, from_id=document_id, level="document")]
    rows += [(edge, edge.from_id) for edge in reader.all(LineageEdge, to_id=document_id, level="document")]
    documents = reader.exact().all(Document, id=sorted({other for _, other in rows})) if rows else []
    others = {row.id: reader.hidden(document_ref(row)) for row in documents}
    return tuple(
        RelatedDocument(document=others[other], kind=words.edge(edge.kind), why=edge.why, state=words.state(edge.state))
        for edge, other in rows
        if other in others
    )
