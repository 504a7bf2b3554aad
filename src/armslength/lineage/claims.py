"""Edges between claims of one fact: why two passages that say the same are not two origins.

In:  the claims of a fact with their routes, who is who, which documents are one text.
Out: `LineageEdge` rows of level `claim`, with words on both sides and one sentence. Their connected components are the origins.
Never: lets a passage whose source is hidden tie two known origins together. It hangs on one known passage where the page, the text or
the publisher gives one, else on its like: unknown means dependent.

Claims with something in common are tied to the first of them, so edges grow with claims and not with pairs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from armslength.base.ids import digest
from armslength.lineage.cast import Cast
from armslength.lineage.quotations import Quotation, shared_quotations
from armslength.lineage.routes import OWN, OWN_ACT, Route
from armslength.model.claims import Claim
from armslength.model.evidence import Span
from armslength.model.facts import LineageEdge


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """Which documents are one text, and the edges that say so."""

    text_of: Mapping[str, str]
    edges: Mapping[frozenset[str], LineageEdge]

    def one(self, a: Route, b: Route) -> bool:
        """Whether two claims stand in one text."""
        return self.text_of.get(a.claim.doc, a.claim.doc) == self.text_of.get(b.claim.doc, b.claim.doc)


def claim_edges(routes: Sequence[Route], cast: Cast, texts: Texts) -> list[LineageEdge]:
    """All edges between the claims of one fact, sorted by id."""
    ordered = sorted(routes, key=lambda route: route.id)
    known = [route for route in ordered if route.known]
    hidden = [route for route in ordered if not route.known]
    quotes = shared_quotations(ordered, cast)
    found = [*_by_voice(known, cast), *_by_name(known, cast), *_by_state(known, cast), *_by_text(known, cast, texts)]
    found += [_quotation_edge(row, cast) for row in quotes if row.one.known and row.two.known]
    loose: list[Route] = []
    held = {route.id: _hold(route, known, quotes, cast, texts) for route in hidden}
    for route in hidden:
        edge = held[route.id]
        if edge is None:
            loose.append(route)
        else:
            found.append(edge)
    ids = {route.id for route in loose}
    found += [*_by_voice(loose, cast), *_by_page(loose, cast), *_by_text(loose, cast, texts)]
    found += [_quotation_edge(row, cast) for row in quotes if row.one.id in ids and row.two.id in ids]
    return sorted({edge.id: edge for edge in found}.values(), key=lambda edge: edge.id)


def _hold(route: Route, known: Sequence[Route], quotes: Sequence[Quotation], cast: Cast, texts: Texts) -> LineageEdge | None:
    """The one known passage that a passage with a hidden source hangs on, by the strongest reason there is; None for none."""
    page = [other for other in known if other.claim.doc == route.claim.doc]
    copies = [other for other in known if texts.one(route, other)]
    quoted = [row for row in quotes if (row.one is route and row.two.known) or (row.two is route and row.one.known)]
    mine = (set(cast.above(route.voice)) if route.voice else set()) | route.relays | route.passed
    sharing = [(other, shared) for other in known if (shared := mine & (other.relays | other.passed | set(cast.above(other.voice))))]
    acts = [other for other in known if other.access == OWN_ACT]
    if page:
        near = min(page, key=lambda other: (abs(other.claim.start - route.claim.start), other.id))
        return _edge("common_source", route, near, "The same page says it again and names the source there.", cast)
    if copies:
        return _text_edge(route, copies[0], cast, texts)
    if quoted:
        return _quotation_edge(quoted[0], cast)
    if sharing:
        return _voice_edge(route, sharing[0][0], min(sharing[0][1]), cast)
    why = "It tells of an act of an authority that itself tells of it, and names no other source."
    return _edge("common_source", route, acts[0], why, cast) if acts else None


def _by_voice(routes: Sequence[Route], cast: Cast) -> Iterator[LineageEdge]:
    """The same voice, what answers for it, or a voice that one has it from and the other is."""
    touching: dict[str, list[Route]] = defaultdict(list)
    for route in routes:
        keys = route.passed | (set(cast.above(route.voice)) if route.voice else set())
        for key in keys if route.known else keys | route.relays:
            touching[key].append(route)
    for key, members in sorted(touching.items()):
        for other in members[1:]:
            yield _voice_edge(members[0], other, key, cast)


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


def _by_name(routes: Sequence[Route], cast: Cast) -> Iterator[LineageEdge]:
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
        for others, route in members:
            if route.voice != shortest.voice and words <= others:
                yield _edge("same_speaker", shortest, route, why, cast)


def _by_state(routes: Sequence[Route], cast: Cast) -> Iterator[LineageEdge]:
    """Authorities of which it is not known that they serve two states: each of unknown state hangs on the first authority there is."""
    offices = [route for route in routes if route.voice in cast.by_id and cast.by_id[route.voice].kind in {"government", "court"}]
    why = "Both are authorities, and nothing shows that they serve two states."
    for route in offices:
        if not cast.state(route.voice):
            for other in offices:
                if other.voice != route.voice:
                    yield _edge("same_organisation", route, other, why, cast)
                    break


def _by_page(routes: Sequence[Route], cast: Cast) -> Iterator[LineageEdge]:
    """Passages of one page of which none names a source."""
    first: dict[str, Route] = {}
    for route in routes:
        other = first.setdefault(route.claim.doc, route)
        if other is not route:
            yield _edge("same_speaker", route, other, "The same page says it twice without naming a source.", cast)


def _by_text(routes: Sequence[Route], cast: Cast, texts: Texts) -> Iterator[LineageEdge]:
    """Passages in documents that are one text, each tied to the passage of the first document that has the same voice, or its first."""
    by_text: dict[str, list[Route]] = defaultdict(list)
    for route in routes:
        by_text[texts.text_of.get(route.claim.doc, route.claim.doc)].append(route)
    for _, members in sorted(by_text.items()):
        base = [route for route in members if route.claim.doc == members[0].claim.doc]
        for route in members:
            if route.claim.doc != members[0].claim.doc:
                same = [other for other in base if other.party == route.party] or base
                yield _text_edge(route, same[0], cast, texts)


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
