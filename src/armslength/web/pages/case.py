"""The case at a glance."""

from __future__ import annotations

from dataclasses import dataclass

from armslength.base.language import say
from armslength.pipeline.views.case import CaseView, case_view
from armslength.pipeline.views.coverage import ViewLine, view_lines
from armslength.store.read import Reader
from armslength.web.page import Asked, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage:
    """Context of the page."""

    title: str
    view: CaseView
    saved: tuple[ViewLine, ...]
    """Views that people keep."""


def context(reader: Reader, asked: Asked) -> CasePage:
    """Everything the first page shows."""
    del asked
    return CasePage(title=say("The case at a glance"), view=case_view(reader), saved=view_lines(reader))


PAGE = Page(path="/", template="case.html", section="case", context=context)
