"""What was not used, and why."""

from __future__ import annotations

from dataclasses import dataclass

from armslength.base.language import say
from armslength.pipeline.views.rejected import RefusedView, refused_view
from armslength.store.read import Reader
from armslength.web.page import Asked, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedPage:
    """Context of the page."""

    title: str
    view: RefusedView


def context(reader: Reader, asked: Asked) -> RejectedPage | None:
    """Reasons with the first units of each; with `?reason=`, everything that was refused for one, a page at a time."""
    view = refused_view(reader, reason=asked.query.get("reason", ""), page=asked.number("page"))
    return None if view is None else RejectedPage(title=say("What was not used, and why"), view=view)


PAGE = Page(
    path="/rejected",
    template="rejected.html",
    section="rejected",
    context=context,
    queries={"reason": "Id of a reason, as the page of all of them gives it.", "page": "Page of the list, from 1."},
)
