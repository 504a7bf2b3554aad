"""One organisation, site, incident or fact, with what made it one and what could be made one with it. A person has no page."""

from __future__ import annotations

from dataclasses import dataclass

from armslength.pipeline.views.same import ThingView, thing_view
from armslength.store.read import Reader
from armslength.web.page import Asked, Page
from armslength.web.retelling import told


@dataclass(frozen=True, slots=True, kw_only=True)
class ThingPage:
    """Context of the page."""

    title: str
    view: ThingView
    find: str
    """Words looked for among things of the same kind."""


def context(reader: Reader, asked: Asked) -> ThingPage | None:
    """A thing by its kind and id."""
    find = asked.query.get("find", "")[:100]
    view = thing_view(reader, asked.path["level"], asked.path["id"], find=find)
    return ThingPage(title=told(view.label), view=view, find=find) if view else None


PAGE = Page(
    path="/same/{level}/{id}",
    template="same_thing.html",
    section="same",
    context=context,
    queries={"find": "Words in the names of things of the same kind; persons are not among them."},
)
