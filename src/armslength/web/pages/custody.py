"""The custody log."""

from __future__ import annotations

from dataclasses import dataclass

from armslength.base.language import say
from armslength.pipeline.views.custody import CustodyView, custody_view
from armslength.store.read import Reader
from armslength.web.page import Asked, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyPage:
    """Context of the page."""

    title: str
    view: CustodyView


def context(reader: Reader, asked: Asked) -> CustodyPage | None:
    """One page of the log: `?page=2`."""
    view = custody_view(reader, page=asked.number("page"))
    return CustodyPage(title=say("Custody"), view=view) if view else None


PAGE = Page(path="/custody", template="custody.html", section="custody", context=context)
