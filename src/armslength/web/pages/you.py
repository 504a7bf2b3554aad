"""Who decides: the reviewers of the case, and whose key is on this machine."""

from __future__ import annotations

from dataclasses import dataclass

from armslength.base.language import say
from armslength.model.rights import JUDGE
from armslength.pipeline.reviewing import ReviewerLine, reviewer_lines
from armslength.store.read import Reader
from armslength.store.reviewer_keys import reviewers_folder
from armslength.web.page import Asked, Page
from armslength.web.visitors import within


@dataclass(frozen=True, slots=True, kw_only=True)
class YouPage:
    """Context of the page."""

    title: str
    who: str
    """Pseudonym of whoever decides now, or empty."""
    reviewers: tuple[ReviewerLine, ...]
    then: str
    """Address to go on at once somebody is chosen."""


def context(reader: Reader, asked: Asked) -> YouPage:
    """The reviewers of the case."""
    lines = tuple(row for row in reviewer_lines(reader, keys=reviewers_folder()) if not row.until)
    return YouPage(title=say("Who decides"), who=asked.visitor.who, reviewers=lines, then=within(asked.query.get("then", "/you")))


PAGE = Page(
    path="/you",
    template="you.html",
    section="you",
    context=context,
    queries={"then": "Address to go on at once somebody is chosen."},
    right=JUDGE,
    alone=True,
)
