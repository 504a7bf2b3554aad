"""One fact, whole."""

from __future__ import annotations

from dataclasses import dataclass

from armslength.model.facts import Fact
from armslength.pipeline.views.conclusions import Standard, standards
from armslength.pipeline.views.fact import FactView, Part, fact_view
from armslength.pipeline.views.recount import RecountView, recount_view
from armslength.store.read import Reader
from armslength.web.page import Asked, Page
from armslength.web.retelling import told


@dataclass(frozen=True, slots=True, kw_only=True)
class FactPage:
    """Context of the page."""

    title: str
    view: FactView
    origin: int | None
    """Number of the origin whose passages are asked for, 0 for those that go back to none; None: the first few of each."""
    recount: RecountView | None
    standards: tuple[Standard, ...]
    """Standards of proof that a finding may name."""
    who: str
    """Who decides."""


def context(reader: Reader, asked: Asked) -> FactPage | None:
    """The fact of this id, a page of its passages at a time."""
    said = asked.query.get("origin", "")
    origin = None if not said else 0 if said == "0" else asked.number("origin") or -1
    fact = reader.get(Fact, asked.path["id"])
    view = fact_view(reader, asked.path["id"], part=Part(group=origin, page=asked.number("page")))
    if fact is None or view is None:
        return None
    return FactPage(
        title=told(view.line.label),
        view=view,
        origin=origin,
        recount=recount_view(reader, fact, asked.query.get("was", "")),
        standards=standards(),
        who=asked.visitor.who,
    )


PAGE = Page(
    path="/facts/{id}",
    template="fact.html",
    section="facts",
    context=context,
    queries={
        "origin": "Number of an origin: only the passages that go back to it; 0 for those that go back to none.",
        "page": "Page of these passages, from 1.",
        "was": "How it was counted before something was decided: least, most, unknown.",
    },
)
