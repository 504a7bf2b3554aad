"""From readings to documents: sources that give the same text are one document with several appearances.

In:  a reading, its source, what was declared about it.
Out: `Document` rows, the same whatever order the files came in.
Never: holds when, how or by whom a file was collected.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from armslength.base.ids import digest, digest_text
from armslength.base.offsets import merge
from armslength.ingest.manifest import Declared
from armslength.ingest.reading import Reading
from armslength.model.evidence import Appearance, Collection, Document, Missing

FURNITURE = frozenset({"boilerplate", "caption", "notice"})
"""Kinds of block that are the page's and not the report's. A notice is evidence of where a text comes from all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """A file name under which a source was handed over, and what was declared with it."""

    file: str
    declared: Declared


def handed_over(collections: Iterable[Collection]) -> dict[str, tuple[Handed, ...]]:
    """For each source, the names it came under. Where one name came twice, each field is what was declared last."""
    found: dict[tuple[str, str], Declared] = {}
    for row in sorted(collections, key=lambda row: (row.collected_at, row.id)):
        before = found.get((row.source, row.file), Declared())
        found[row.source, row.file] = Declared(
            url=row.final_url or row.requested_url or before.url,
            title=row.title or before.title,
            publisher=row.publisher or before.publisher,
            published=row.published or before.published,
            mapping=row.mapping or before.mapping,
        )
    out: dict[str, tuple[Handed, ...]] = {}
    for (source, file), declared in sorted(found.items(), key=lambda pair: pair[0]):
        out[source] = (*out.get(source, ()), Handed(file=file, declared=declared))
    return out


def input_of(source: str, handed: Sequence[Handed]) -> str:
    """Name what a document takes from one source."""
    parts = tuple((one.file, one.declared.url, one.declared.title, one.declared.publisher, one.declared.published) for one in handed)
    mappings = tuple(one.declared.mapping for one in handed if one.declared.mapping)
    return digest("ingest input", source, parts, *mappings)


def input_of_document(document: Document, inputs: Mapping[str, str]) -> str:
    """Name everything that a document is made from."""
    return digest("ingest document", tuple(sorted({inputs[row.source] for row in document.appearances})))


def document_of(reading: Reading, source: str, handed: Sequence[Handed], *, stored: Document | None) -> Document:
    """Make the document of a reading, or add this source's appearances to the one that is stored.

    Language, reader and blocks are those of the source whose appearance comes first.
    """
    own = [_appearance(reading, source, one) for one in handed]
    others = [row for row in stored.appearances if row.source != source] if stored else []
    appearances = tuple(sorted([*own, *others], key=appearance_order))
    if stored and appearances[0].source != source:
        return replace(stored, appearances=appearances)
    return Document(
        id=digest_text(reading.text),
        text=reading.text,
        lang=reading.lang,
        reader=reading.reader,
        appearances=appearances,
        blocks=reading.blocks,
        boilerplate=tuple(merge((block.start, block.end) for block in reading.blocks if block.kind in FURNITURE)),
        duplicates=reading.duplicates,
    )


def appearance_order(row: Appearance) -> tuple[str, str, str, str]:
    """The earliest publication speaks for a document; then publisher, file and source decide."""
    return row.published or "9999", row.publisher or "", row.file, row.source


def _appearance(reading: Reading, source: str, handed: Handed) -> Appearance:
    head, declared = reading.head, handed.declared
    row = Appearance(
        source=source,
        file=handed.file,
        title=declared.title or head.title,
        byline=head.byline,
        publisher=declared.publisher or head.publisher,
        published=declared.published or head.published,
        url=declared.url or head.url,
        mapping=declared.mapping,
    )
    reasons = {
        "title": "the file gives no title",
        "byline": "the file names no author",
        "publisher": "neither the file nor a manifest names the publisher",
        "published": "neither the file nor a manifest gives the date",
        "url": "neither the file nor a manifest gives the address",
    }
    reasons |= {gap.field: gap.reason for gap in head.missing}
    return replace(row, missing=tuple(Missing(field=name, reason=reason) for name, reason in reasons.items() if getattr(row, name) is None))
