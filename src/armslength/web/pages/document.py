"""One document with its claims beside it."""

from __future__ import annotations

from dataclasses import dataclass

from armslength.pipeline.views.document import DocumentView, document_view
from armslength.store.read import Reader
from armslength.web.page import Asked, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPage:
    """Context of the page."""

    title: str
    view: DocumentView


def context(reader: Reader, asked: Asked) -> DocumentPage | None:
    """The document of this id."""
    view = document_view(reader, asked.path["id"])
    return DocumentPage(title=view.ref.title, view=view) if view else None


PAGE = Page(path="/documents/{id}", template="document.html", section="documents", context=context)
