"""The sources of the case."""

from __future__ import annotations

from dataclasses import dataclass

from armslength.pipeline.views.source import SourceLine, source_lines
from armslength.store.read import Reader
from armslength.web.page import Asked, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesPage:
    """Context of the page."""

    title: str
    lines: tuple[SourceLine, ...]


def context(reader: Reader, asked: Asked) -> SourcesPage:
    """All sources, by file name."""
    del asked
    return SourcesPage(title="Sources", lines=source_lines(reader))


PAGE = Page(path="/sources", template="sources.html", section="sources", context=context)
