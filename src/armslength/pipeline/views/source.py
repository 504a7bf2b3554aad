"""Sources and documents as lists, and one source with every act of acquiring it.

In:  a reading of a case.
Out: rows for the lists, and `SourceView` for one source.
Never: shows a source without saying that its verification is not done (METHOD E5), or a missing field as if it were empty.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from armslength.model.claims import Claim
from armslength.model.custody import LogEntry
from armslength.model.evidence import Collection, Document, Source
from armslength.pipeline.views import words
from armslength.pipeline.views.custody import event_words
from armslength.pipeline.views.passages import DocumentRef, document_ref
from armslength.store.read import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLine:
    """A document in one line of a list."""

    ref: DocumentRef
    claims: int
    length: int
    appearances: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """A source in one line of a list."""

    id: str
    file: str
    publisher: str
    media_type: str
    size: str
    collected: str
    times: int
    """How often it was acquired."""
    documents: tuple[DocumentRef, ...]
    verification: str = "not done"


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionView:
    """One act of acquiring: what is known in words, what is not with its reason."""

    file: str
    collected: str
    known: tuple[tuple[str, str], ...]
    headers: tuple[tuple[str, str], ...]
    unknown: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    """One entry of the log about this source."""

    seq: int
    time: str
    event: str
    actor: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """One source."""

    id: str
    size: str
    bytes: int
    media_type: str
    collections: tuple[CollectionView, ...]
    documents: tuple[DocumentRef, ...]
    events: tuple[EventView, ...]
    checks: tuple[tuple[str, str], ...] = (
        ("Source: who made it, are they who they say", "not done"),
        ("Content: does what it says hold together", "not done"),
        ("Technical: is the file what it seems", "not done"),
    )
    """The verification checklist (METHOD E5)."""


def document_lines(reader: Reader) -> tuple[DocumentLine, ...]:
    """Every document, by date of publication, those without a date last."""
    found = [
        DocumentLine(ref=document_ref(row), claims=reader.count(Claim, doc=row.id), length=len(row.text), appearances=len(row.appearances))
        for row in reader.all(Document)
    ]
    return tuple(sorted(found, key=lambda line: (line.ref.published_edtf or "9999", line.ref.title, line.ref.id)))


def source_lines(reader: Reader) -> tuple[SourceLine, ...]:
    """Every source, in the order of acquiring."""
    acts: dict[str, list[Collection]] = defaultdict(list)
    for row in reader.all(Collection):
        acts[row.source].append(row)
    documents = _documents_by_source(reader)
    lines = []
    for source in reader.all(Source):
        mine = sorted(acts[source.id], key=lambda row: (row.collected_at, row.id))
        refs = tuple(documents[source.id])
        lines.append(_source_line(source, mine, refs))
    return tuple(sorted(lines, key=lambda line: (line.file, line.id)))


def source_line(reader: Reader, source_id: str) -> SourceLine:
    """One source in one line of a list, without its documents."""
    source = reader.all(Source, id=[source_id])[0]
    return _source_line(source, sorted(reader.all(Collection, source=source_id), key=lambda row: (row.collected_at, row.id)), ())


def _source_line(source: Source, acts: list[Collection], documents: tuple[DocumentRef, ...]) -> SourceLine:
    return SourceLine(
        id=source.id,
        file=acts[0].file if acts else "",
        publisher=next((act.publisher for act in acts if act.publisher), "") or (documents[0].publisher if documents else ""),
        media_type=source.media_type,
        size=words.size(source.size),
        collected=words.moment(acts[0].collected_at) if acts else "",
        times=len(acts),
        documents=documents,
    )


def _documents_by_source(reader: Reader) -> dict[str, list[DocumentRef]]:
    found: dict[str, list[DocumentRef]] = defaultdict(list)
    for document in reader.all(Document):
        for source in sorted({row.source for row in document.appearances}):
            found[source].append(document_ref(document))
    return found


def source_view(reader: Reader, source_id: str) -> SourceView | None:
    """One source; None when the case has no such source."""
    source = reader.get(Source, source_id)
    if source is None:
        return None
    acts = sorted(reader.all(Collection, source=source_id), key=lambda row: (row.collected_at, row.id))
    return SourceView(
        id=source.id,
        size=words.size(source.size),
        bytes=source.size,
        media_type=source.media_type,
        collections=tuple(_collection(act) for act in acts),
        documents=tuple(_documents_by_source(reader)[source_id]),
        events=tuple(
            EventView(seq=row.seq, time=words.moment(row.time), event=event_words(row.event), actor=row.actor, hash=row.hash)
            for row in reader.all(LogEntry, subject=source_id)
        ),
    )


def _collection(act: Collection) -> CollectionView:
    known = [
        ("How", act.method),
        ("Collector", act.collector),
        ("Clock", act.clock),
        ("Tool", f"{act.tool} {act.tool_version}".strip()),
        ("Requested address", act.requested_url),
        ("Final address", act.final_url),
        ("HTTP status", str(act.http_status) if act.http_status is not None else None),
        ("Title, as declared", act.title),
        ("Publisher, as declared", act.publisher),
        ("Published, as declared", words.dated(act.published)),
    ]
    return CollectionView(
        file=act.file,
        collected=words.moment(act.collected_at),
        known=tuple((name, value) for name, value in known if value),
        headers=act.http_headers,
        unknown=tuple((words.field(row.field), row.reason) for row in act.missing),
    )


def languages(lines: tuple[DocumentLine, ...]) -> tuple[tuple[str, int], ...]:
    """How many documents there are in each language, most first."""
    return tuple(Counter(line.ref.lang for line in lines).most_common())
