"""The queue: what to look at next."""

from __future__ import annotations

from dataclasses import dataclass

from armslength.base.clock import SystemClock, stamp
from armslength.base.language import say
from armslength.model.queue import KINDS
from armslength.pipeline.views.queue import QueueView, queue_view
from armslength.store.read import Reader
from armslength.web.page import Asked, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePage:
    """Context of the page."""

    title: str
    view: QueueView
    kind: str
    """Kind of item asked for, or empty."""
    skipped: int
    """Items that the visitor has put off; they come back when asked for, or with the next session."""
    here: str
    """The address of the page, to come back to."""
    may_review: bool
    """Whether the visitor may decide about edges, pairs and findings, not only about claims."""


def context(reader: Reader, asked: Asked) -> QueuePage | None:
    """Items of all kinds or one (`?kind=`), the most important first; `?after=` goes on behind one."""
    kind, after = asked.query.get("kind", ""), asked.query.get("after", "")
    if kind not in {"", *KINDS}:
        return None
    session = asked.visitor.session
    skipped = frozenset(session.skipped) if session else frozenset()
    view = queue_view(reader, kind=kind, skipped=skipped, day=stamp(SystemClock().now())[:10], after=after)
    here = "/queue" + (f"?kind={kind}" if kind else "")
    return QueuePage(title=say("Queue"), view=view, kind=kind, skipped=len(skipped), here=here, may_review=asked.visitor.may("review"))


PAGE = Page(
    path="/queue",
    template="queue.html",
    section="queue",
    context=context,
    queries={"kind": "Only items of one kind: " + ", ".join(KINDS) + ".", "after": "Where the page before ended."},
)
