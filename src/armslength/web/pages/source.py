"""One source and how it was acquired."""

from __future__ import annotations

from dataclasses import dataclass

from armslength.base.language import say
from armslength.pipeline.views.source import SourceView, source_view
from armslength.store.read import Reader
from armslength.web.page import Asked, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePage:
    """Context of the page."""

    title: str
    view: SourceView


def context(reader: Reader, asked: Asked) -> SourcePage | None:
    """The source of this hash."""
    view = source_view(reader, asked.path["id"])
    if view is None:
        return None
    return SourcePage(title=view.collections[0].file if view.collections else say("A source"), view=view)


PAGE = Page(path="/sources/{id}", template="source.html", section="sources", context=context)
