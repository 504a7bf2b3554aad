"""Edges between claims of one fact: why two passages that say the same are not two origins.

In:  the claims of a fact with their routes, who is who, which documents are one text, what is rare in the case.
Out: `LineageEdge` rows of level `claim`, with words on both sides and one sentence. Their connected components are the origins.
Never: lets a passage whose source is hidden tie two known origins together (`hidden.py`): unknown means dependent. Ties two known origins
by less than a voice, a text, eight words in a row, or an error that two hardly make.

Claims with something in common are tied to the first of them, so edges grow with claims and not with pairs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import combinations

from armslength.lineage.cast import Cast
from armslength.lineage.edges import Tie, make_edge
from armslength.lineage.figures import mistake_edge, shared_mistakes
from armslength.lineage.hidden import Known, Shared, holds, loose_ties, passed_on_by, quotation_edge, slip_edge
from armslength.lineage.quotations import shared_quotations
from armslength.lineage.routes import Route
from armslength.lineage.spellings import Slip, shared_slips
from armslength.lineage.tables import NO_TABLES, Tables
from armslength.lineage.texts import Texts, text_edge
from armslength.lineage.voices import speaker_edge, voice_edge
from armslength.model.facts import LineageEdge

__all__ = ["Texts", "claim_edges", "components", "share"]


def claim_edges(
    routes: Sequence[Route],
    cast: Cast,
    texts: Texts,
    *,
    tables: Tables = NO_TABLES,
    disputed: frozenset[str] = frozenset(),
    shared: Shared | None = None,
) -> list[LineageEdge]:
    """All edges between the claims of one fact, sorted by id.

    `tables`: what is rare in the case. `disputed`: ids of edges that people took back. `shared`: what `share` finds, where that is known.
    """
    ordered = sorted(routes, key=lambda route: route.id)
    known = [route for route in ordered if route.known]
    shared = share(ordered, cast, tables) if shared is None else shared
    found = _known_edges(known, shared, cast, texts, disputed)
    loose: list[Route] = []
    sourced = Known(routes=known, shared=shared, cast=cast, texts=texts)
    for route in (route for route in ordered if not route.known):
        held = list(_until_undisputed(holds(route, sourced), disputed))
        found += [*held, *passed_on_by(route, sourced)]
        loose += [route] if all(edge.id in disputed for edge in held) else []
    found += _loose_edges(loose, shared, cast, texts, disputed)
    return sorted({edge.id: edge for edge in found}.values(), key=lambda edge: edge.id)


def _until_undisputed(edges: Iterator[LineageEdge], disputed: frozenset[str]) -> Iterator[LineageEdge]:
    """The edges as far as the first that nobody disputes."""
    for edge in edges:
        yield edge
        if edge.id not in disputed:
            return


def share(routes: Sequence[Route], cast: Cast, tables: Tables) -> Shared:
    """What passages have in common beside their voices; nothing is looked for where one document says it all."""
    if len({route.claim.doc for route in routes}) < 2:
        return Shared(quotes=(), slips=(), mistakes=())
    return Shared(
        quotes=shared_quotations(routes, cast),
        slips=shared_slips(routes, cast, tables.spellings),
        mistakes=list(shared_mistakes(routes, tables.figures)),
    )


def _known_edges(known: Sequence[Route], shared: Shared, cast: Cast, texts: Texts, disputed: frozenset[str]) -> list[LineageEdge]:
    found = [quotation_edge(row, cast) for row in shared.quotes if row.one.known and row.two.known]
    ties = (*_by_voice(known, cast), *_by_name(known, cast), *_by_state(known, cast), *_by_text(known, cast, texts))
    for members, edge in (*ties, *_by_error(known, shared, cast)):
        found += _tied(members, edge, disputed)
    return found


def _loose_edges(loose: Sequence[Route], shared: Shared, cast: Cast, texts: Texts, disputed: frozenset[str]) -> list[LineageEdge]:
    ids = {route.id for route in loose}
    found = [quotation_edge(row, cast) for row in shared.quotes if row.one.id in ids and row.two.id in ids]
    ties = (*_by_voice(loose, cast), *_by_page(loose, cast), *_by_text(loose, cast, texts))
    for members, edge in (*ties, *_by_error(loose, shared, cast), *loose_ties(loose, cast)):
        found += _tied(members, edge, disputed)
    return found


def _tied(members: Sequence[Route], edge: Tie, disputed: frozenset[str]) -> list[LineageEdge]:
    """Each claim tied to the first. Where one of these ties is disputed, every pair: what was tied by way of the first is tied still."""
    star = [edge(members[0], other) for other in members[1:]]
    if not any(row.id in disputed for row in star):
        return star
    return [edge(one, two) for one, two in combinations(members, 2)]


def _by_voice(routes: Sequence[Route], cast: Cast) -> Iterator[tuple[list[Route], Tie]]:
    """The same voice, what answers for it, or a voice that one has it from and the other is."""
    touching: dict[str, list[Route]] = defaultdict(list)
    for route in routes:
        keys = route.passed | (set(cast.above(route.voice)) if route.voice else set())
        for key in keys if route.known else keys | route.relays:
            touching[key].append(route)
    for key, members in sorted(touching.items()):
        yield members, partial(voice_edge, key=key, cast=cast)


def _by_name(routes: Sequence[Route], cast: Cast) -> Iterator[tuple[list[Route], Tie]]:
    """Persons whose names fit: two pages may mean one person, and nothing shows that they mean two. No name is written down."""
    by_word: dict[str, list[tuple[frozenset[str], Route]]] = defaultdict(list)
    for route in routes:
        if route.claim.originator.kind == "person":
            words = frozenset(route.claim.originator.name.casefold().replace(".", " ").split())
            for word in words:
                by_word[word].append((words, route))
    for _, members in sorted(by_word.items()):
        words, shortest = min(members, key=lambda found: (len(found[0]), found[1].id))
        fitting = [route for others, route in members if route.voice != shortest.voice and words <= others]
        yield [shortest, *fitting], partial(speaker_edge, cast=cast)


def _by_state(routes: Sequence[Route], cast: Cast) -> Iterator[tuple[list[Route], Tie]]:
    """Authorities of which it is not known that they serve two states: each of unknown state hangs on the first authority there is."""
    offices = [route for route in routes if route.voice in cast.by_id and cast.by_id[route.voice].kind in {"government", "court"}]
    why = "Both are authorities, and nothing shows that they serve two states."
    for route in offices:
        other = next((other for other in offices if other.voice != route.voice), None)
        if not cast.state(route.voice) and other is not None:
            yield [route, other], lambda one, two: make_edge("same_organisation", one, two, why, cast)


def _by_page(routes: Sequence[Route], cast: Cast) -> Iterator[tuple[list[Route], Tie]]:
    """Passages of one page of which none names a source."""
    pages: dict[str, list[Route]] = defaultdict(list)
    for route in routes:
        pages[route.claim.doc].append(route)
    why = "The same page says it twice without naming a source."
    for members in pages.values():
        yield members, lambda one, two: make_edge("same_speaker", one, two, why, cast)


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
                yield [route, same[0]], lambda one, two: text_edge(one, two, cast, texts)


def _by_error(routes: Sequence[Route], shared: Shared, cast: Cast) -> Iterator[tuple[Sequence[Route], Tie]]:
    """Passages with the same slip of spelling, or the same mistake about a number."""
    ids = {route.id for route in routes}
    for slips in shared.slips:
        by_id = {slip.route.id: slip for slip in slips if slip.route.id in ids}
        members = _one_a_document(slip.route for slip in by_id.values())
        yield members, partial(_slip_edge, by_id=by_id, cast=cast)
    for rows, mistake in shared.mistakes:
        members = _one_a_document(route for route in rows if route.id in ids)
        yield members, partial(mistake_edge, mistake=mistake, cast=cast)


def _slip_edge(one: Route, two: Route, *, by_id: Mapping[str, Slip], cast: Cast) -> LineageEdge:
    return slip_edge(by_id[one.id], by_id[two.id], cast)


def _one_a_document(routes: Iterable[Route]) -> list[Route]:
    """The first passage of each document: two of one page share its mistakes without having them from one another."""
    first: dict[str, Route] = {}
    for route in routes:
        first.setdefault(route.claim.doc, route)
    return list(first.values())


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
