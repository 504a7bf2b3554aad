"""One fact, whole."""

from __future__ import annotations

from dataclasses import dataclass

from armslength.pipeline.views.fact import FactView, fact_view
from armslength.store.read import Reader
from armslength.web.page import Asked, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class FactPage:
    """Context of the page."""

    title: str
    view: FactView


def context(reader: Reader, asked: Asked) -> FactPage | None:
    """The fact of this id."""
    view = fact_view(reader, asked.path["id"])
    return FactPage(title=view.line.label, view=view) if view else None


PAGE = Page(path="/facts/{id}", template="fact.html", section="facts", context=context)
