"""What could be one, and what people made one or keep apart: organisations, sites, incidents, facts; persons by pseudonym."""

from __future__ import annotations

from dataclasses import dataclass

from armslength.base.language import marked, say
from armslength.pipeline.views.same import COMPARED, CouldBe, PairView, could_be, pairs
from armslength.store.read import Reader
from armslength.web.page import Asked, Page

SHOWN = 40
"""Pairs of each list on a page."""
KINDS = (
    ("", marked("All")),
    ("entity", marked("Organisations and persons")),
    ("site", marked("Sites")),
    ("incident", marked("Incidents")),
    ("fact", marked("Facts")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SamePage:
    """Context of the page."""

    title: str
    level: str
    """Kind of things asked for, or empty."""
    kinds: tuple[tuple[str, str], ...]
    could_be: tuple[CouldBe, ...]
    could_be_in_all: int
    compared: bool
    """False in a case too large to compare everything while a page is made."""
    most: int
    """Claims up to which that is done."""
    pairs: tuple[PairView, ...]
    pairs_in_all: int
    page: int
    pages: int


def context(reader: Reader, asked: Asked) -> SamePage | None:
    """Pairs of one kind (`?level=`) or of all, a page at a time."""
    level, page = asked.query.get("level", ""), asked.number("page")
    if level not in {code for code, _ in KINDS}:
        return None
    near = could_be(reader)
    alike = [row for row in near or () if level in {"", row.level}]
    said = [row for row in pairs(reader) if level in {"", row.level}]
    pages = max(1, -(-max(len(alike), len(said)) // SHOWN))
    if not 1 <= page <= pages:
        return None
    low, high = (page - 1) * SHOWN, page * SHOWN
    return SamePage(
        title=say("One or two"),
        level=level,
        kinds=KINDS,
        could_be=tuple(alike[low:high]),
        could_be_in_all=len(alike),
        compared=near is not None,
        most=COMPARED,
        pairs=tuple(said[low:high]),
        pairs_in_all=len(said),
        page=page,
        pages=pages,
    )


PAGE = Page(
    path="/same",
    template="same.html",
    section="same",
    context=context,
    queries={"level": "Kind of things: entity, site, incident or fact.", "page": "Page, from 1."},
)
