"""Methods of transnational repression, as far as the case tells of them."""

from __future__ import annotations

from dataclasses import dataclass

from armslength.base.language import say
from armslength.pipeline.views.methods import MethodsView, methods_view
from armslength.store.read import Reader
from armslength.web import asking
from armslength.web.page import Asked, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodsPage:
    """Context of the page."""

    title: str
    view: MethodsView


def context(reader: Reader, asked: Asked) -> MethodsPage | None:
    """The table of methods, and the facts of one."""
    view = methods_view(reader, method=asked.query.get("method", ""), page=asked.number("page"))
    return MethodsPage(title=say("Methods"), view=view) if view else None


PAGE = Page(
    path="/methods",
    template="methods.html",
    section="methods",
    context=context,
    queries={"method": "Code of a method, whose facts are then listed.", "page": asking.PAGE},
)
