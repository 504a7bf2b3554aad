"""What was not used, and why."""

from __future__ import annotations

from dataclasses import dataclass

from armslength.pipeline.views.rejected import RejectedView, rejected_view
from armslength.store.read import Reader
from armslength.web.page import Asked, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedPage:
    """Context of the page."""

    title: str
    view: RejectedView


def context(reader: Reader, asked: Asked) -> RejectedPage:
    """Everything that was refused."""
    del asked
    return RejectedPage(title="What was not used, and why", view=rejected_view(reader))


PAGE = Page(path="/rejected", template="rejected.html", section="rejected", context=context)
