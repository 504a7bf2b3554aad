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
    history,
    lineage,
    methods,
    rejected,
    responses,
    same,
    same_pair,
    same_thing,
    source,
    sources,
    timeline,
    you,
)

PAGES: tuple[Page, ...] = (
    case.PAGE,
    facts.PAGE,
    fact.PAGE,
    lineage.PAGE,
    history.PAGE,
    same.PAGE,
    same_pair.PAGE,
    same_thing.PAGE,
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
    about.PAGE,
    you.PAGE,
)
