"""What authorities did and said, by country."""

from __future__ import annotations

from dataclasses import dataclass

from armslength.base.language import say
from armslength.pipeline.views.responses import ResponsesView, responses_view
from armslength.store.read import Reader
from armslength.web import asking
from armslength.web.page import Asked, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsesPage:
    """Context of the page."""

    title: str
    view: ResponsesView


def context(reader: Reader, asked: Asked) -> ResponsesPage | None:
    """The table of responses, and those of one country or kind with their facts."""
    country, response = asked.query.get("country", ""), asked.query.get("response", "")
    view = responses_view(reader, country=country, response=response, page=asked.number("page"))
    return ResponsesPage(title=say("Responses by country"), view=view) if view else None


PAGE = Page(
    path="/responses",
    template="responses.html",
    section="responses",
    context=context,
    queries={
        "country": asking.COUNTRY + " `none` for those of which no text says the country.",
        "response": "Code of a response.",
        "page": asking.PAGE,
    },
)
