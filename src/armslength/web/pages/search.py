"""Searching the case."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from armslength.base.language import say
from armslength.pipeline.views.search import ORIGINS, SearchAsked, SearchView, search_view
from armslength.store.read import Reader
from armslength.web.page import Asked, Page

_TEXTS = ("what", "kind", "method", "country", "place", "origins")
_FIELDS = {"q": "words", "language": "lang", "from": "since", "to": "until"}
"""Parts of an address that are called otherwise in `SearchAsked`."""
QUERIES = {
    "q": 'Words; "words that stand together"; begin*; -word for what must not stand there. Names of protected persons are found nowhere.',
    "what": "facts, documents, or empty for the first of both.",
    "kind": "Kind of claim, a code of the ontology.",
    "method": "Method, a code of the ontology.",
    "country": "Country, as its ISO 3166-1 alpha-2 code.",
    "place": "Name of a town or region.",
    "language": "Language of documents, as its ISO 639-1 code.",
    "origins": "Origins of facts: 0, 1, 2 for two or more.",
    "from": "The first year.",
    "to": "The last year.",
    "page": "Page of the list, from 1.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """Context of the page."""

    title: str
    view: SearchView
    origins: tuple[tuple[str, str], ...]
    address: str
    """The address of this search without what is shown of it and without a page, ready for more to be asked for."""


def asked_for(asked: Asked) -> SearchAsked:
    """What an address asks for; a year that is none is not asked for."""
    texts = {name: asked.query.get(name, "").strip() for name in _TEXTS}
    return SearchAsked(
        words=asked.query.get("q", ""),
        lang=asked.query.get("language", "").strip(),
        since=asked.number("from", default=0),
        until=asked.number("to", default=0),
        **texts,
    )


def context(reader: Reader, asked: Asked) -> SearchPage | None:
    """Facts and documents that hold the words asked for."""
    wanted = asked_for(asked)
    view = search_view(reader, wanted, page=asked.number("page"))
    return None if view is None else SearchPage(title=say("Search"), view=view, origins=ORIGINS, address=address_of(wanted))


def address_of(wanted: SearchAsked) -> str:
    """The address of a search."""
    parts = {name: getattr(wanted, _FIELDS.get(name, name)) for name in QUERIES if name not in {"what", "page"}}
    return "/search?" + "".join(f"{name}={quote(str(value), safe='')}&" for name, value in parts.items() if value)


PAGE = Page(path="/search", template="search.html", section="search", context=context, queries=QUERIES)
