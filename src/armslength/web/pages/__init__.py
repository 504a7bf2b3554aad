"""One file a page, with one context dataclass. `PAGES` is the list of them all."""

from __future__ import annotations

from armslength.web.page import Page
from armslength.web.pages import (
    about,
    atlas,
    case,
    coverage,
    custody,
    document,
    documents,
    fact,
    facts,
    methods,
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
    atlas.PAGE,
    timeline.PAGE,
    responses.PAGE,
    methods.PAGE,
    coverage.PAGE,
    sources.PAGE,
    source.PAGE,
    custody.PAGE,
    rejected.PAGE,
    search.PAGE,
    about.PAGE,
    you.PAGE,
)
