"""From press release to story: a body's own page, and an article that tells it again, with or without naming it.

In:  routes of claims of one fact, who publishes what.
Out: edges of the kind `press_release`.
Never: takes the body's page for the source of what was printed before it; of a passage with a source of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from rapidfuzz.distance import LCSseq

from armslength.lineage.access import sentence_at
from armslength.lineage.cast import Cast
from armslength.lineage.edges import make_edge, passage
from armslength.lineage.routes import Route
from armslength.lineage.text import words_of
from armslength.model.evidence import Document, Span
from armslength.model.facts import LineageEdge

DAYS = 7
"""After a release, within which a story that does not name the body may still be told after it."""
TERMS, SHARE = 6, 0.6
"""Telling words that such a story's sentence must have from the release's, in its order, and their share of the shorter of the two. Set by
hand: two sentences about one count share the number, what is counted and where, which are three or four."""
_BODIES = frozenset({"organisation", "government", "court"})
_STEM = 5
"""Letters by which words are compared; shorter words than four tell nothing."""


def is_own_page(doc: str, cast: Cast) -> bool:
    """Whether an organisation or authority publishes a document itself."""
    publisher = cast.publisher(doc)
    return doc not in cast.credits and publisher in cast.by_id and cast.by_id[publisher].kind in _BODIES


def is_own_word(route: Route, cast: Cast) -> bool:
    """Whether a passage is a body's own word on its own page."""
    return is_own_page(route.claim.doc, cast) and cast.root(cast.publisher(route.claim.doc)) == route.party


def is_later(one: str, two: str) -> bool:
    """Whether one EDTF date is known to be later than another: both are given, and differ as far as both are precise."""
    precise = min(len(one), len(two))
    return precise > 0 and one[:precise] > two[:precise]


def not_before(later: Document, earlier: Document) -> bool:
    """Whether a document is known to be no older than another."""
    return bool(later.published and earlier.published) and not is_later(earlier.published or "", later.published or "")


def releases_behind(route: Route, releases: Sequence[Route], cast: Cast) -> Iterator[LineageEdge]:
    """The edge from a passage that names no source to the release of a body that its page names, or that it tells again.

    `releases`: what bodies say on their own pages.
    """
    document = cast.texts[route.claim.doc]
    for other in releases:
        release = cast.texts[other.claim.doc]
        if release.id == document.id or not not_before(document, release):
            continue
        body = cast.label(cast.publisher(release.id))
        named = first_named(document, cast.publisher(release.id), cast)
        if named:
            why = f"{body} says it on its own page, and the later article, which gives no source for it, names {body}."
            yield make_edge("press_release", route, other, why, cast, evidence=(named, passage(route.claim), passage(other.claim)))
            return
        if _within(release, document) and _retold(route, other, cast):
            why = f"{body} says it on its own page, and an article of the same week says it after it, without naming it."
            yield make_edge("press_release", route, other, why, cast, evidence=(passage(route.claim), passage(other.claim)))
            return


def first_named(document: Document, entity: str, cast: Cast) -> Span | None:
    """Where a text first names a body, by any of its names of more than one word or of four letters and more."""
    row = cast.by_id[entity]
    names = {name for name in (row.label, *row.aliases) if len(name) > 3 and name[:1].isupper()}
    starts = [match.span() for name in sorted(names) if (match := re.search(rf"\b{re.escape(name)}\b", document.text))]
    if not starts:
        return None
    start, end = min(starts, key=lambda found: (found[0], -found[1]))
    return cast.span(document.id, start, end)


def _within(release: Document, story: Document) -> bool:
    try:
        days = date.fromisoformat(story.published or "") - date.fromisoformat(release.published or "")
    except ValueError:
        return False
    return 0 <= days.days <= DAYS


def _retold(one: Route, two: Route, cast: Cast) -> bool:
    first, second = (_terms(route, cast) for route in (one, two))
    shared = LCSseq.similarity(first, second)
    return shared >= TERMS and shared >= SHARE * min(len(first), len(second))


def _terms(route: Route, cast: Cast) -> tuple[str, ...]:
    document = cast.texts[route.claim.doc]
    start, end = sentence_at(document, route.claim.start, route.claim.end)
    words = words_of(document.id, document.text, start=start, end=end).words
    return tuple(word[:_STEM] for word in words if len(word) > 3 or word.isdigit())
