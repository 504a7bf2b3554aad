"""PDF: the text layer, page by page, in the order the file gives it.

In:  the bytes of a PDF.
Out: a `Reading`; pages are parted by a form feed.
Never: reorders, joins hyphenated words, or reads pictures. A PDF without a text layer is refused.
"""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import replace
from typing import Any

from armslength.ingest.datelines import iso_date
from armslength.ingest.layout import lay_out
from armslength.ingest.readers.finish import finish, still_missing, storable
from armslength.ingest.reading import Head, Reading, UnreadableError
from armslength.model.evidence import Reader

VERSION = "1"
PAGE_BREAK = "\n\f\n"
_HYPHEN = "\ufffe"
"""What PDFium writes for a hyphen at the end of a line."""
_PDF_DATE = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?")
# Titles that word processors write by themselves.
_EMPTY_TITLE = re.compile(r"(?:untitled|document\d*|microsoft word - .*|.*\.(?:docx?|pdf|indd|qxd|odt|rtf))", re.IGNORECASE)


def read_pdf(data: bytes) -> Reading:
    """Read a PDF. Raises UnreadableError when it is damaged, locked, or has no text layer."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UnreadableError(_why(str(error))) from error
    with closing(document):
        pages = [_page(document, number) for number in range(len(document))]
        declared = document.get_metadata_dict()
    text = storable(PAGE_BREAK.join(pages))
    if not text.strip():
        raise UnreadableError("no text layer: needs OCR")
    layout = lay_out(text, wrapped=True)
    version = str(pypdfium2.PYPDFIUM_INFO.version)
    parameters = (("pages", str(len(pages))), ("pypdfium2", version), ("line_end_hyphen", "written as a hyphen"))
    return finish(text, layout.blocks, _head(layout.head, declared), reader=Reader(name="pdf", version=VERSION, parameters=parameters))


def _page(document: Any, number: int) -> str:
    with closing(document[number]) as page, closing(page.get_textpage()) as words:
        return str(words.get_text_range()).replace(_HYPHEN, "-") if words.count_chars() else ""


def _head(found: Head, declared: dict[str, str]) -> Head:
    """The day a PDF was made is not the day it was published: it is named in the reason, and not used."""
    title = _clean(declared.get("Title"))
    title = None if title and _EMPTY_TITLE.fullmatch(title) else title
    match = _PDF_DATE.match(declared.get("CreationDate", ""))
    made = iso_date("-".join(part for part in match.groups() if part)) if match else None
    head = replace(found, title=title or found.title, byline=found.byline or _clean(declared.get("Author")))
    missing = still_missing(head, found.missing)
    if made:
        reason = f"no date line on the pages; the PDF was made on {made}, which need not be the day it was published"
        missing = tuple(replace(gap, reason=reason) if gap.field == "published" else gap for gap in missing)
    return replace(head, missing=missing)


def _clean(value: str | None) -> str | None:
    return " ".join((value or "").replace("\x00", "").split()) or None


def _why(message: str) -> str:
    if "password" in message.lower():
        return "the PDF is locked with a password; save it without one and add it again"
    return "the PDF is damaged and cannot be opened; get another copy"
