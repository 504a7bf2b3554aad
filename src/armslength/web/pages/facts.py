"""The facts of the case as a list, with filters."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from armslength.base.language import say
from armslength.pipeline.views.listing import ALL_SECTIONS, COUNTS, SORTS, FactsAsked, FactsView, facts_view
from armslength.store.read import Reader
from armslength.web.page import Asked, Page

QUERIES = {
    "about": "Section of the ledger: " + ", ".join(code for code, _ in ALL_SECTIONS) + ".",
    "origins": "How many origins: " + ", ".join(code for code, _, _ in COUNTS) + ".",
    "kind": "Kind of claim, a code of the ontology.",
    "method": "Method, a code of the ontology.",
    "country": "Country that the fact is about, as its ISO 3166-1 alpha-2 code.",
    "state": "What people said of it: machine, accepted, contested, rejected.",
    "from": "The first year it may begin in.",
    "to": "The last year it may begin in.",
    "sort": "Order: " + ", ".join(SORTS) + ".",
    "page": "Page of the list, from 1.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsPage:
    """Context of the page."""

    title: str
    view: FactsView
    sections: tuple[tuple[str, str], ...]
    counts: tuple[tuple[str, str], ...]
    sorts: tuple[tuple[str, str], ...]
    address: str
    """The address of this list, to which the number of a page is added."""


def asked_for(asked: Asked) -> FactsAsked:
    """What an address asks for; a year that is none is one that no fact has."""
    texts = {name: asked.query.get(name, "") for name in ("about", "origins", "kind", "method", "country", "state")}
    return FactsAsked(
        **texts, since=asked.number("from", default=0), until=asked.number("to", default=0), sort=asked.query.get("sort", "") or "repeated"
    )


def context(reader: Reader, asked: Asked) -> FactsPage | None:
    """Facts by section, count of origins, kind, method, country, state and period, in an order, one page of them."""
    wanted = asked_for(asked)
    view = facts_view(reader, wanted, page=asked.number("page"))
    if view is None:
        return None
    return FactsPage(
        title=say("Facts"),
        view=view,
        sections=ALL_SECTIONS,
        counts=tuple((code, words) for code, words, _ in COUNTS),
        sorts=tuple(SORTS.items()),
        address=address_of(wanted),
    )


def address_of(wanted: FactsAsked) -> str:
    """The address of a list of facts, ready for more to be asked for."""
    fields = {"from": "since", "to": "until"}
    parts = {name: getattr(wanted, fields.get(name, name)) for name in QUERIES if name != "page"}
    return "/facts?" + "".join(f"{name}={quote(str(value), safe='')}&" for name, value in parts.items() if value)


PAGE = Page(path="/facts", template="facts.html", section="facts", context=context, queries=QUERIES)
