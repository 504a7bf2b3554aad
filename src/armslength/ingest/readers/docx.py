"""DOCX: paragraphs, headings, lists and tables in the order of the body, and the core properties.

In:  the bytes of a Word file.
Out: a `Reading`; blocks are parted by a blank line, the cells of a table row by a tab.
Never: unpacks an archive that declares or gives more than the limits below; follows a link.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from armslength.base.offsets import trim
from armslength.ingest.layout import Layout, lay_out, settle
from armslength.ingest.readers.finish import compose, finish, still_missing, storable
from armslength.ingest.reading import Head, Reading, UnreadableError
from armslength.model.evidence import Block, Reader

VERSION = "1"
MOST_BYTES = 256 * 1024 * 1024
"""Unpacked, all entries together. The longest reports with pictures are under 100 MB."""
MOST_RATIO = 200
"""Unpacked to packed. Word's XML packs 10 to 30 times; a bomb, 1,000 times."""
MOST_ENTRIES = 5_000
_STYLES = {
    "title": "title",
    "subtitle": "deck",
    "heading": "heading",
    "list": "list_item",
    "quote": "quote",
    "intense quote": "quote",
    "caption": "caption",
}


def read_docx(data: bytes) -> Reading:
    """Read a Word file. Raises UnreadableError when it is damaged, or is an archive made to harm."""
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import XMLSyntaxError

    check_zip(data)
    try:
        document = docx.Document(io.BytesIO(data))
        parts = _titled(list(_parts(document)))
        declared = _declared(document)
    except (PackageNotFoundError, XMLSyntaxError, KeyError, ValueError, AttributeError, zipfile.BadZipFile) as error:
        raise UnreadableError("the Word file is damaged and cannot be opened; save it again and add it") from error
    text, blocks = compose(parts)
    layout = lay_out(text, wrapped=False)
    blocks = settle(text, [_looks(block, layout) for block in blocks])
    reader = Reader(name="docx", version=VERSION, parameters=(("python-docx", docx.__version__),))
    return finish(text, blocks, _head(text, blocks, layout.head, declared), reader=reader)


def check_zip(data: bytes) -> None:
    """Refuse a bomb or a trap before anything is unpacked: sizes, ratio, number and names of entries, then the real sizes."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_entries(entries, len(data))
            for entry in entries:
                _check_real_size(archive, entry)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise UnreadableError("the Word file is damaged and cannot be opened; save it again and add it") from error


def _check_entries(entries: list[zipfile.ZipInfo], packed: int) -> None:
    if len(entries) > MOST_ENTRIES:
        raise UnreadableError(f"the archive holds {len(entries)} entries, more than {MOST_ENTRIES}; it may be made to harm")
    for entry in entries:
        name = entry.filename.replace("\\", "/")
        if name.startswith("/") or ".." in name.split("/") or ":" in name.split("/")[0]:
            raise UnreadableError("the archive holds an entry that points outside itself; it may be made to harm")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MOST_BYTES or unpacked > MOST_RATIO * packed:
        raise UnreadableError(f"the archive unpacks to {unpacked} bytes from {packed}; it may be a bomb")


def _check_real_size(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Unpack to nowhere, counting: an entry's header may lie."""
    seen = 0
    with archive.open(entry) as unpacked:
        while piece := unpacked.read(1 << 20):
            seen += len(piece)
            if seen > entry.file_size:
                raise UnreadableError("an entry of the archive is larger than it declares; it may be a bomb")


def _parts(document: Any) -> Iterator[tuple[str, str]]:
    from docx.table import Table

    for item in document.iter_inner_content():
        if isinstance(item, Table):
            rows = ("\t".join(_cell(cell) for cell in row.cells) for row in item.rows)
            words, kind = "\n".join(row for row in rows if row.strip()), "table"
        else:
            words, kind = item.text, _kind(item)
        words = storable(words)
        start, end = trim(words, 0, len(words))
        if start < end:
            yield kind, words[start:end]


def _titled(parts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Without a title by style, a heading above everything else is the title."""
    if parts and parts[0][0] == "heading" and all(kind != "title" for kind, _ in parts):
        return [("title", parts[0][1]), *parts[1:]]
    return parts


def _cell(cell: Any) -> str:
    return " ".join(cell.text.split())


def _kind(paragraph: Any) -> str:
    style = (paragraph.style.name or "").lower() if paragraph.style is not None else ""
    for name, kind in _STYLES.items():
        if style.startswith(name):
            return kind
    numbered = paragraph._p.pPr is not None and paragraph._p.pPr.numPr is not None  # noqa: SLF001 - python-docx has no other way to ask
    return "list_item" if numbered else "paragraph"


def _looks(block: Block, layout: Layout) -> Block:
    """Where the file only says "paragraph", what the line looks like decides."""
    if block.kind != "paragraph":
        return block
    return next((found for found in layout.blocks if (found.start, found.end) == (block.start, block.end)), block)


def _declared(document: Any) -> Head:
    """Core properties. Their dates say when the file was made, not when it was published, so they are not used."""
    core = document.core_properties
    author = " ".join((core.author or "").split())
    title = " ".join((core.title or "").split())
    return Head(title=title or None, byline=None if author.lower() in {"", "python-docx", "user"} else author)


def _head(text: str, blocks: tuple[Block, ...], found: Head, declared: Head) -> Head:
    styled = next((text[block.start : block.end] for block in blocks if block.kind == "title"), None)
    head = replace(found, title=styled or declared.title or found.title, byline=found.byline or declared.byline)
    return replace(head, missing=still_missing(head, found.missing))
