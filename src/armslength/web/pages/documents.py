"""The documents of the case."""

from __future__ import annotations

from dataclasses import dataclass

from armslength.pipeline.views.source import DocumentLine, document_lines, languages
from armslength.store.read import Reader
from armslength.web.page import Asked, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentsPage:
    """Context of the page."""

    title: str
    lines: tuple[DocumentLine, ...]
    languages: tuple[tuple[str, int], ...]


def context(reader: Reader, asked: Asked) -> DocumentsPage:
    """All documents, by date."""
    del asked
    lines = document_lines(reader)
    return DocumentsPage(title="Documents", lines=lines, languages=languages(lines))


PAGE = Page(path="/documents", template="documents.html", section="documents", context=context)
