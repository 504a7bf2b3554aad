"""The history of a fact: what came and what was decided, and the fact as it was at each step."""

from __future__ import annotations

from dataclasses import dataclass

from armslength.base.language import say
from armslength.model.facts import Fact
from armslength.pipeline.views.history import HistoryView, history_view
from armslength.pipeline.views.recount import RecountView, recount_view
from armslength.store.read import Reader
from armslength.web.page import Asked, Page
from armslength.web.retelling import told


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryPage:
    """Context of the page."""

    title: str
    view: HistoryView
    recount: RecountView | None
    """That what was decided is not in the present numbers yet."""


def context(reader: Reader, asked: Asked) -> HistoryPage | None:
    """The history of a fact, at the log entry `?at=` or the step `?step=`."""
    at = asked.number("at", default=-1)
    step = asked.number("step", default=-1) if asked.query.get("step", "") != "0" else 0
    fact = reader.get(Fact, asked.path["id"])
    view = history_view(reader, fact, at=None if at < 0 else at, step=None if step < 0 else step) if fact else None
    if fact is None or view is None:
        return None
    return HistoryPage(title=say("History: %(label)s") % {"label": told(view.label)}, view=view, recount=recount_view(reader, fact, ""))


PAGE = Page(
    path="/facts/{id}/history",
    template="history.html",
    section="facts",
    context=context,
    queries={"at": "Number of a log entry: the fact as it was then.", "step": "Number of a step of the history, from 0."},
)
