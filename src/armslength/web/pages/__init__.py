"""One file a page, with one context dataclass. `PAGES` is the list of them all."""

from __future__ import annotations

from armslength.web.page import Page
from armslength.web.pages import (
    about,
    case,
    custody,
    document,
    documents,
    fact,
    facts,
    rejected,
    responses,
    search,
    source,
    sources,
    timeline,
    you,
)

PAGES: tuple[Page, ...] = (
    case.PAGE,
    facts.PAGE,
    fact.PAGE,
    documents.PAGE,
    document.PAGE,
    responses.PAGE,
    timeline.PAGE,
    sources.PAGE,
    source.PAGE,
    custody.PAGE,
    rejected.PAGE,
    search.PAGE,
    about.PAGE,
    you.PAGE,
)
