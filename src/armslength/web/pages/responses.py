"""What authorities did and said, by country."""

from __future__ import annotations

from dataclasses import dataclass

from armslength.pipeline.views.responses import CountryResponses, responses_by_country
from armslength.store.read import Reader
from armslength.web.page import Asked, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsesPage:
    """Context of the page."""

    title: str
    countries: tuple[CountryResponses, ...]


def context(reader: Reader, asked: Asked) -> ResponsesPage:
    """All responses."""
    del asked
    return ResponsesPage(title="Responses by country", countries=responses_by_country(reader))


PAGE = Page(path="/responses", template="responses.html", section="responses", context=context)
