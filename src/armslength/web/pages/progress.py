"""What is being done to the case just now, and what came of judgements: for people, and as JSON for scripts that ask again and again."""

from __future__ import annotations

from dataclasses import dataclass

from armslength.base.language import say
from armslength.pipeline.views.progress import CameView, ProgressView, came_view, progress_view
from armslength.pipeline.worker import Working
from armslength.store.read import Reader
from armslength.web.page import Asked, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressPage:
    """Context of the page."""

    title: str
    now: ProgressView
    came: CameView | None
    """What came of the judgement that was asked for; without one, of the visitor's own last."""


def context(_: Reader, asked: Asked) -> ProgressPage | None:
    """What is being done, and what came of a judgement (`?of=`)."""
    desk, judgement = asked.desk, asked.query.get("of", "")
    working = desk.progress() if desk else Working()
    came = None
    if desk:
        came = desk.came_of(judgement) if judgement else desk.came_of_last(asked.visitor.who) if asked.visitor.who else None
    return ProgressPage(title=say("What is being done"), now=progress_view(working), came=came_view(came) if came else None)


PAGE = Page(
    path="/progress",
    template="progress.html",
    section="progress",
    context=context,
    queries={"of": "Id of a judgement: what came of it. Left out, the visitor's own last one."},
)
