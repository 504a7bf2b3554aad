"""Who searched what, where, in which language, when, found or not."""

from __future__ import annotations

from dataclasses import dataclass

from armslength.base.language import say
from armslength.pipeline.views.coverage import NOT_FOUND_WORDS, CoverageView, coverage_view
from armslength.pipeline.views.kinds import all_countries
from armslength.pipeline.views.languages import all_languages
from armslength.store.read import Reader
from armslength.web import asking
from armslength.web.page import Asked, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class CoveragePage:
    """Context of the page."""

    title: str
    view: CoverageView
    language: str
    country: str
    all_languages: tuple[tuple[str, str], ...]
    """Code and words of every language, for the form."""
    all_countries: tuple[tuple[str, str], ...]
    reminder: str


def context(reader: Reader, asked: Asked) -> CoveragePage | None:
    """The searches entered, with what they leave open."""
    language, country = asked.query.get("language", ""), asked.query.get("country", "")
    view = coverage_view(reader, language=language, country=country, page=asked.number("page"))
    if view is None or language not in {"", *(code for code, _ in view.languages)}:
        return None
    if country not in {"", *(code for code, _ in view.countries)}:
        return None
    return CoveragePage(
        title=say("Coverage"),
        view=view,
        language=language,
        country=country,
        all_languages=tuple(all_languages().items()),
        all_countries=tuple(all_countries().items()),
        reminder=NOT_FOUND_WORDS,
    )


PAGE = Page(
    path="/coverage",
    template="coverage.html",
    section="coverage",
    context=context,
    queries={"language": "Language code of the words searched for.", "country": asking.COUNTRY, "page": asking.PAGE},
)
