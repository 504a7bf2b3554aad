"""The facts of the case as a list, with filters."""

from __future__ import annotations

from dataclasses import dataclass

from armslength.pipeline.views.case import all_facts
from armslength.pipeline.views.lines import SECTIONS, FactLine
from armslength.store.read import Reader
from armslength.web.page import Asked, Page

COUNTS: tuple[tuple[str, str], ...] = (
    ("repeated", "Several articles, one origin"),
    ("one", "One origin"),
    ("several", "Two or more origins"),
    ("none", "Origin not named"),
)
SHOWN = 200
"""Lines on one page: with more, a phone takes over a second to lay the page out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsPage:
    """Context of the page."""

    title: str
    lines: tuple[FactLine, ...]
    found: int
    total: int
    about: str
    """Section asked for, or empty."""
    origins: str
    """Count of origins asked for, or empty."""
    sections: tuple[tuple[str, str], ...]
    counts: tuple[tuple[str, str], ...]
    page: int
    pages: int


def context(reader: Reader, asked: Asked) -> FactsPage | None:
    """Facts by section (`?about=`), count of origins (`?origins=`) and page."""
    about, origins, page = asked.query.get("about", ""), asked.query.get("origins", ""), asked.number("page")
    lines = all_facts(reader)
    sections = (*((code, title) for code, title, _ in SECTIONS), ("opinion", "Opinion"))
    if about not in {"", *(code for code, _ in sections)} or origins not in {"", *(code for code, _ in COUNTS)}:
        return None
    kept = [line for line in lines if _is_about(line, about) and _has(line, origins)]
    pages = max(1, -(-len(kept) // SHOWN))
    if not 1 <= page <= pages:
        return None
    return FactsPage(
        title="Facts",
        lines=tuple(kept[(page - 1) * SHOWN : page * SHOWN]),
        found=len(kept),
        total=len(lines),
        about=about,
        origins=origins,
        sections=sections,
        counts=COUNTS,
        page=page,
        pages=pages,
    )


def _is_about(line: FactLine, about: str) -> bool:
    if about == "opinion":
        return line.opinion
    return not about or (line.section == about and not line.opinion)


def _has(line: FactLine, origins: str) -> bool:
    match origins:
        case "repeated":
            return line.counted and not line.unnamed and line.documents > 1 and line.max == 1
        case "one":
            return line.counted and not line.unnamed and line.min == 1 == line.max
        case "several":
            return line.counted and line.min > 1
        case "none":
            return line.unnamed
        case _:
            return True


PAGE = Page(
    path="/facts",
    template="facts.html",
    section="facts",
    context=context,
    queries={"about": "Section of the ledger.", "origins": "How many origins: repeated, one, several or none.", "page": "Page, from 1."},
)
