"""Edges between claims of one fact: why two passages that say the same are not two origins.

In:  the claims of a fact with their routes, who is who, which documents are one text.
Out: `LineageEdge` rows of level `claim`, with words on both sides and one sentence. Their connected components are the origins.
Never: lets a passage whose source is hidden tie two known origins together. It hangs on one known passage where the page, the text or
the publisher gives one, else on its like: unknown means dependent.

Claims with something in common are tied to the first of them, so edges grow with claims and not with pairs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations

from armslength.base.ids import digest
from armslength.lineage.access import OWN, OWN_ACT
from armslength.lineage.cast import Cast
from armslength.lineage.quotations import Quotation, shared_quotations
from armslength.lineage.routes import Route
from armslength.model.claims import Claim
from armslength.model.evidence import Span
from armslength.model.facts import LineageEdge

Tie = Callable[[Route, Route], LineageEdge]


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """Which documents are one text, and the edges that say so."""

    text_of: Mapping[str, str]
    edges: Mapping[frozenset[str], LineageEdge]

    def one(self, a: Route, b: Route) -> bool:
        """Whether two claims stand in one text."""
        return self.text_of.get(a.claim.doc, a.claim.doc) == self.text_of.get(b.claim.doc, b.claim.doc)


def claim_edges(routes: Sequence[Route], cast: Cast, texts: Texts, *, disputed: frozenset[str] = frozenset()) -> list[LineageEdge]:
    """All edges between the claims of one fact, sorted by id. `disputed`: ids of edges that people took back."""
    ordered = sorted(routes, key=lambda route: route.id)
    known = [route for route in ordered if route.known]
    quotes = shared_quotations(ordered, cast)
    found = [_quotation_edge(row, cast) for row in quotes if row.one.known and row.two.known]
    for members, edge in (*_by_voice(known, cast), *_by_name(known, cast), *_by_state(known, cast), *_by_text(known, cast, texts)):
        found += _tied(members, edge, disputed)
    loose: list[Route] = []
    for route in (route for route in ordered if not route.known):
        held = list(_hold(route, known, quotes, cast, texts))
        at = next((place for place, edge in enumerate(held) if edge.id not in disputed), None)
        found += held[: len(held) if at is None else at + 1]
        loose += [route] if at is None else []
    ids = {route.id for route in loose}
    for members, edge in (*_by_voice(loose, cast), *_by_page(loose, cast), *_by_text(loose, cast, texts)):
        found += _tied(members, edge, disputed)
    found += [_quotation_edge(row, cast) for row in quotes if row.one.id in ids and row.two.id in ids]
    return sorted({edge.id: edge for edge in found}.values(), key=lambda edge: edge.id)


def _tied(members: Sequence[Route], edge: Tie, disputed: frozenset[str]) -> list[LineageEdge]:
    """Each claim tied to the first. Where one of these ties is disputed, every pair: what was tied by way of the first is tied still."""
    star = [edge(members[0], other) for other in members[1:]]
    if not any(row.id in disputed for row in star):
        return star
    return [edge(one, two) for one, two in combinations(members, 2)]


def _hold(route: Route, known: Sequence[Route], quotes: Sequence[Quotation], cast: Cast, texts: Texts) -> Iterator[LineageEdge]:
    """The ties by which a passage with a hidden source may hang on one known passage, the strongest reason first."""
    page = [other for other in known if other.claim.doc == route.claim.doc]
    for near in sorted(page, key=lambda other: (abs(other.claim.start - route.claim.start), other.id))[:1]:
        yield _edge("common_source", route, near, "The same page says it again and names the source there.", cast)
    for copy in [other for other in known if other.claim.doc != route.claim.doc and texts.one(route, other)][:1]:
        yield _text_edge(route, copy, cast, texts)
    for row in [row for row in quotes if (row.one is route and row.two.known) or (row.two is route and row.one.known)][:1]:
        yield _quotation_edge(row, cast)
    mine = (set(cast.above(route.voice)) if route.voice else set()) | route.relays | route.passed
    sharing = [(other, shared) for other in known if (shared := mine & (other.relays | other.passed | set(cast.above(other.voice))))]
    for other, shared in sharing[:1]:
        yield _voice_edge(route, other, min(shared), cast)
    why = "It tells of an act of an authority that itself tells of it, and names no other source."
    for other in [other for other in known if other.access is not None and other.access.how == OWN_ACT][:1]:
        yield _edge("common_source", route, other, why, cast)


def _by_voice(routes: Sequence[Route], cast: Cast) -> Iterator[tuple[list[Route], Tie]]:
    """The same voice, what answers for it, or a voice that one has it from and the other is."""
    touching: dict[str, list[Route]] = defaultdict(list)
    for route in routes:
        keys = route.passed | (set(cast.above(route.voice)) if route.voice else set())
        for key in keys if route.known else keys | route.relays:
            touching[key].append(route)
    for key, members in sorted(touching.items()):
        yield members, partial(_voice_edge, key=key, cast=cast)


def _voice_edge(one: Route, two: Route, key: str, cast: Cast) -> LineageEdge:
    """Why two claims that share a voice somewhere on their way are not independent."""
    name = cast.label(key) or "one voice"
    on_the_way = [key in route.passed | route.relays for route in (one, two)]
    if one.voice == two.voice == key:
        report = key in cast.by_id and cast.by_id[key].kind == "report"
        return _edge("citation" if report else "same_speaker", one, two, f"Both go back to {name}.", cast)
    if all(on_the_way):
        return _edge("common_source", one, two, f"Both have it through {name}.", cast)
    if any(on_the_way):
        return _edge("citation", one, two, f"The one has it from {name}, and in the other {name} speaks, or somebody it answers for.", cast)
    owned = all(route.voice in cast.by_id and cast.by_id[route.voice].kind == "media" for route in (one, two)) and one.voice != two.voice
    labels = " and ".join(dict.fromkeys(cast.label(route.voice) or name for route in (one, two)))
    return _edge("same_owner" if owned else "same_organisation", one, two, f"{name} answers for {labels}.", cast)


def _by_name(routes: Sequence[Route], cast: Cast) -> Iterator[tuple[list[Route], Tie]]:
    """Persons whose names fit: two pages may mean one person, and nothing shows that they mean two. No name is written down."""
    by_word: dict[str, list[tuple[frozenset[str], Route]]] = defaultdict(list)
    for route in routes:
        if route.claim.originator.kind == "person":
            words = frozenset(route.claim.originator.name.casefold().replace(".", " ").split())
            for word in words:
                by_word[word].append((words, route))
    why = "The names of the two speakers fit one person, and nothing shows that they are two."
    for _, members in sorted(by_word.items()):
        words, shortest = min(members, key=lambda found: (len(found[0]), found[1].id))
        fitting = [route for others, route in members if route.voice != shortest.voice and words <= others]
        yield [shortest, *fitting], lambda one, two: _edge("same_speaker", one, two, why, cast)


def _by_state(routes: Sequence[Route], cast: Cast) -> Iterator[tuple[list[Route], Tie]]:
    """Authorities of which it is not known that they serve two states: each of unknown state hangs on the first authority there is."""
    offices = [route for route in routes if route.voice in cast.by_id and cast.by_id[route.voice].kind in {"government", "court"}]
    why = "Both are authorities, and nothing shows that they serve two states."
    for route in offices:
        other = next((other for other in offices if other.voice != route.voice), None)
        if not cast.state(route.voice) and other is not None:
            yield [route, other], lambda one, two: _edge("same_organisation", one, two, why, cast)


def _by_page(routes: Sequence[Route], cast: Cast) -> Iterator[tuple[list[Route], Tie]]:
    """Passages of one page of which none names a source."""
    pages: dict[str, list[Route]] = defaultdict(list)
    for route in routes:
        pages[route.claim.doc].append(route)
    why = "The same page says it twice without naming a source."
    for members in pages.values():
        yield members, lambda one, two: _edge("same_speaker", one, two, why, cast)


def _by_text(routes: Sequence[Route], cast: Cast, texts: Texts) -> Iterator[tuple[list[Route], Tie]]:
    """Passages in documents that are one text, each tied to the passage of the first document that has the same voice, or its first."""
    by_text: dict[str, list[Route]] = defaultdict(list)
    for route in routes:
        by_text[texts.text_of.get(route.claim.doc, route.claim.doc)].append(route)
    for _, members in sorted(by_text.items()):
        base = [route for route in members if route.claim.doc == members[0].claim.doc]
        for route in members:
            if route.claim.doc != members[0].claim.doc:
                same = [other for other in base if other.party == route.party] or base
                yield [route, same[0]], lambda one, two: _text_edge(one, two, cast, texts)


def _text_edge(one: Route, two: Route, cast: Cast, texts: Texts) -> LineageEdge:
    between = texts.edges.get(frozenset({one.claim.doc, two.claim.doc}))
    if between:
        return _edge(between.kind, one, two, f"They stand in two documents that are one text. {between.why}", cast)
    return _edge("near_copy", one, two, "They stand in two documents that are one text by way of others.", cast)


def _quotation_edge(row: Quotation, cast: Cast) -> LineageEdge:
    why = f"Both have the same {row.length} words in a row."
    return _edge("quotation", row.one, row.two, why, cast, evidence=row.evidence)


def _edge(kind: str, one: Route, two: Route, why: str, cast: Cast, *, evidence: tuple[Span, ...] = ()) -> LineageEdge:
    """An edge from the greater id to the lesser."""
    low, high = sorted((one, two), key=lambda route: route.id)
    return LineageEdge(
        id=digest("edge", "claim", kind, high.id, low.id, why),
        from_id=high.id,
        to_id=low.id,
        level="claim",
        kind=kind,
        evidence=evidence or (_evidence(high.claim, cast), _evidence(low.claim, cast)),
        why=why,
    )


def _evidence(claim: Claim, cast: Cast) -> Span:
    """Where the deepest named voice stands, or else the passage itself."""
    for link in reversed(claim.attribution):
        if link.kind not in OWN and link.start is not None and link.end is not None:
            return cast.span(claim.doc, link.start, link.end)
    return Span(doc=claim.doc, start=claim.start, end=claim.end, quote=claim.quote)


def components(ids: Iterable[str], edges: Iterable[LineageEdge]) -> list[tuple[str, ...]]:
    """Connected groups of claims, each sorted, in the order of their first. Disputed edges join nothing."""
    parent = {claim: claim for claim in ids}

    def top(claim: str) -> str:
        while parent[claim] != claim:
            parent[claim] = parent[parent[claim]]
            claim = parent[claim]
        return claim

    for edge in edges:
        if edge.state != "disputed" and edge.from_id in parent and edge.to_id in parent:
            low, high = sorted((top(edge.from_id), top(edge.to_id)))
            parent[high] = low
    groups: dict[str, list[str]] = defaultdict(list)
    for claim in sorted(parent):
        groups[top(claim)].append(claim)
    return [tuple(group) for _, group in sorted(groups.items())]
