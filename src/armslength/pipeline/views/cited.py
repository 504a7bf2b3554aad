"""Documents as they are cited: everything but their texts, which are what takes long to read.

In:  a reading of a case, ids of documents.
Out: the documents as they are stored, without texts.
Never: reads a text of which the catalogue knows how the document is cited; takes what the catalogue holds for a document that has
changed since.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from armslength.base.masking import BLOCK
from armslength.model.codec import from_json
from armslength.model.evidence import Appearance, Document, Reader
from armslength.pipeline.views.passages import DocumentRef, document_ref
from armslength.pipeline.views.source import DocumentLine
from armslength.store import read

_NOT_READ = Reader(name="", version="")


def cited(reader: read.Reader, docs: Collection[str]) -> Mapping[str, Document]:
    """Documents by id, as they are stored, without their texts and what goes with these. Hidden by whoever shows them."""
    lines = reader.catalogue.lines_as_stored(docs)
    plain = {doc: from_json(DocumentLine, body) for doc, body in lines.items() if BLOCK not in body}
    found = {doc: _document(line.ref) for doc, line in plain.items() if line.appearances == 1}
    left = sorted(set(docs) - found.keys())
    return found | ({row.id: row for row in reader.exact().all(Document, id=left)} if left else {})


def refs_of(reader: read.Reader, documents: Mapping[str, Document]) -> dict[str, DocumentRef]:
    """How documents are cited, as the reading shows them. What comes from the catalogue holds no name that it knew."""
    return {
        doc: reader.hidden_since(document_ref(row)) if row.reader is _NOT_READ else reader.hidden(document_ref(row))
        for doc, row in documents.items()
    }


def _document(ref: DocumentRef) -> Document:
    seen = Appearance(
        source=ref.source,
        file=ref.file,
        title=ref.title if ref.titled else None,
        publisher=ref.publisher or None,
        published=ref.published_edtf or None,
        url=ref.url or None,
    )
    return Document(id=ref.id, text="", lang=ref.lang, reader=_NOT_READ, appearances=(seen,))
