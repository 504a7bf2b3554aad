"""The sources of the case."""

from __future__ import annotations

from dataclasses import dataclass

from armslength.base.language import say
from armslength.pipeline.views.source import SourcesView, sources_view
from armslength.store.read import Reader
from armslength.web.page import Asked, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesPage:
    """Context of the page."""

    title: str
    view: SourcesView


def context(reader: Reader, asked: Asked) -> SourcesPage | None:
    """Sources by file name, one page of them."""
    view = sources_view(reader, page=asked.number("page"))
    return None if view is None else SourcesPage(title=say("Sources"), view=view)


PAGE = Page(path="/sources", template="sources.html", section="sources", context=context, queries={"page": "Page of the list, from 1."})
