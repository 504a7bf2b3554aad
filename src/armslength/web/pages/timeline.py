"""The timeline."""

from __future__ import annotations

from dataclasses import dataclass

from armslength.base.language import say
from armslength.pipeline.views.timeline import LANES, TimelineAsked, TimelineView, timeline_view
from armslength.store.read import Reader
from armslength.web import asking
from armslength.web.page import Asked, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelinePage:
    """Context of the page."""

    title: str
    view: TimelineView
    asked: TimelineAsked
    lanes: tuple[tuple[str, str, str], ...]
    """Code, title, and which kind of date."""


def timeline_asked(asked: Asked) -> TimelineAsked | None:
    """What the address asks for; None for what no timeline has."""
    period = asking.years(asked)
    if period is None:
        return None
    return TimelineAsked(
        lane=asked.query.get("lane", ""),
        country=asked.query.get("country", ""),
        first=period[0],
        last=period[1],
        page=asked.number("page"),
    )


def context(reader: Reader, asked: Asked) -> TimelinePage | None:
    """Everything with a date, three kinds of date apart."""
    wanted = timeline_asked(asked)
    view = timeline_view(reader, wanted) if wanted else None
    return TimelinePage(title=say("Timeline"), view=view, asked=wanted, lanes=LANES) if view and wanted else None


PAGE = Page(
    path="/timeline",
    template="timeline.html",
    section="timeline",
    context=context,
    queries={
        "lane": "`incident`, `response`, `count`, `denial` or `document`.",
        "country": asking.COUNTRY,
        "from": asking.FROM,
        "to": asking.TO,
        "page": asking.PAGE,
    },
)
