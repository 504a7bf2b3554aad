"""Sources and documents as lists, and one source with every act of acquiring it.

In:  a reading of a case.
Out: rows for the lists, and `SourceView` for one source.
Never: shows a source without saying that its verification is not done (METHOD E5), or a missing field as if it were empty.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from armslength.model.codec import from_json
from armslength.model.custody import LogEntry
from armslength.model.evidence import Collection, Document, Source
from armslength.pipeline.views import words
from armslength.pipeline.views.custody import event_words
from armslength.pipeline.views.passages import DocumentRef, document_ref
from armslength.store.read import Reader

SHOWN = 100
"""Lines on one page of a list."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentsView:
    """One page of documents, by date of publication, those without a date last."""

    lines: tuple[DocumentLine, ...]
    lang: str
    """Language asked for, or empty."""
    languages: tuple[tuple[str, int], ...]
    """How many documents there are in each, most first."""
    found: int
    page: int
    pages: int
    listed: bool
    """False where the catalogue of this case was never made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesView:
    """One page of sources, by file name."""

    lines: tuple[SourceLine, ...]
    found: int
    page: int
    pages: int
    listed: bool


def documents_view(reader: Reader, *, lang: str = "", page: int = 1) -> DocumentsView | None:
    """One page of documents; None for a language or a page that there is not."""
    kept = reader.catalogue
    languages = tuple(kept.totals("lang"))
    if lang not in {"", *(code for code, _ in languages)}:
        return None
    found = kept.total("lang", lang) if lang else kept.total("all", "documents")
    pages = max(1, -(-found // SHOWN))
    if not 1 <= page <= pages:
        return None
    rows = kept.documents(lang=lang, limit=SHOWN, offset=(page - 1) * SHOWN)
    lines = read_document_lines(reader, rows)
    return DocumentsView(lines=lines, lang=lang, languages=languages, found=found, page=page, pages=pages, listed=kept.made())


def read_document_lines(reader: Reader, rows: Sequence[tuple[str, str]]) -> tuple[DocumentLine, ...]:
    """Lines as the catalogue keeps them; as the documents themselves say it where names are not hidden."""
    lines = [from_json(DocumentLine, body) for _, body in rows]
    if reader.hides:
        return tuple(reader.hidden_since(line) for line in lines)
    refs = {row.id: document_ref(row) for row in reader.all(Document, id=[row_id for row_id, _ in rows])}
    return tuple(replace(line, ref=refs.get(line.ref.id, line.ref)) for line in lines)


def sources_view(reader: Reader, *, page: int = 1) -> SourcesView | None:
    """One page of sources; None for a page that there is not."""
    kept = reader.catalogue
    found = kept.total("all", "sources")
    pages = max(1, -(-found // SHOWN))
    if not 1 <= page <= pages:
        return None
    rows = kept.sources(limit=SHOWN, offset=(page - 1) * SHOWN)
    if reader.hides:
        lines = [reader.hidden(from_json(SourceLine, body)) for _, body in rows]
    else:
        known = {line.id: line for line in plain_source_lines(reader, [row_id for row_id, _ in rows])}
        lines = [known[row_id] for row_id, _ in rows]
    docs = kept.documents_from([row_id for row_id, _ in rows])
    bodies = kept.document_lines({doc for found in docs.values() for doc in found})
    refs = {line.ref.id: line.ref for line in read_document_lines(reader, list(bodies.items()))}
    return SourcesView(
        lines=tuple(_with_documents(line, [refs[doc] for doc in docs.get(line.id, ()) if doc in refs]) for line in lines),
        found=found,
        page=page,
        pages=pages,
        listed=kept.made(),
    )


def _with_documents(line: SourceLine, documents: list[DocumentRef]) -> SourceLine:
    return replace(line, documents=tuple(documents), publisher=line.publisher or (documents[0].publisher if documents else ""))


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


def plain_source_lines(reader: Reader, ids: Sequence[str]) -> list[SourceLine]:
    """Sources in a line each, without their documents, in order of their ids."""
    acts: dict[str, list[Collection]] = defaultdict(list)
    for row in sorted(reader.all(Collection, source=ids), key=lambda row: (row.collected_at, row.id)):
        acts[row.source].append(row)
    return [_source_line(source, acts[source.id], ()) for source in reader.all(Source, id=ids)]


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
        documents=_documents_of(reader, source_id),
        events=tuple(
            EventView(seq=row.seq, time=words.moment(row.time), event=event_words(row.event), actor=row.actor, hash=row.hash)
            for row in reader.all(LogEntry, subject=source_id)
        ),
    )


def _documents_of(reader: Reader, source_id: str) -> tuple[DocumentRef, ...]:
    """Documents that a source gave."""
    ids = reader.catalogue.documents_from([source_id]).get(source_id, [])
    known = reader.all(Document, id=ids) if ids else reader.all(Document, source=source_id)
    return tuple(document_ref(row) for row in known)


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
