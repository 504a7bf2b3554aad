"""The timeline."""

from __future__ import annotations

from dataclasses import dataclass

from armslength.pipeline.views.timeline import LANES, TimelineView, timeline_view
from armslength.store.read import Reader
from armslength.web.page import Asked, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelinePage:
    """Context of the page."""

    title: str
    view: TimelineView
    lanes: tuple[tuple[str, str], ...]


def context(reader: Reader, asked: Asked) -> TimelinePage:
    """Everything with a date."""
    del asked
    return TimelinePage(title="Timeline", view=timeline_view(reader), lanes=LANES)


PAGE = Page(path="/timeline", template="timeline.html", section="timeline", context=context)
