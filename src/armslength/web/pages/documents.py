"""The documents of the case."""

from __future__ import annotations

from dataclasses import dataclass

from armslength.base.language import say
from armslength.pipeline.views.source import DocumentsView, documents_view
from armslength.store.read import Reader
from armslength.web.page import Asked, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentsPage:
    """Context of the page."""

    title: str
    view: DocumentsView


def context(reader: Reader, asked: Asked) -> DocumentsPage | None:
    """Documents by date, one page of them, in one language if asked for (`?language=`)."""
    view = documents_view(reader, lang=asked.query.get("language", ""), page=asked.number("page"))
    return None if view is None else DocumentsPage(title=say("Documents"), view=view)


PAGE = Page(
    path="/documents",
    template="documents.html",
    section="documents",
    context=context,
    queries={"language": "A language, as its ISO 639-1 code.", "page": "Page of the list, from 1."},
)
