"""How many independent origins a fact has (METHOD C3, C4; docs/how-origins-are-counted.md).

In:  a fact, the routes of its claims, the edges between them, which documents are one text.
Out: `Origins`: an interval, what is unknown apart, groups in words, and the reason for each pair.
Never: counts more than is shown. The lower end counts groups whose deepest voice has access of its own and a text of its own to say it in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from armslength.lineage.access import OWN
from armslength.lineage.cast import Cast
from armslength.lineage.claims import Texts, components
from armslength.lineage.releases import is_later
from armslength.lineage.routes import Route
from armslength.model.facts import Access, Fact, LineageEdge, OriginGroup, Origins

EXPLAINED = 5
"""Groups of which every pair is explained; beyond, the list would be longer than anybody reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A connected group of claims of one fact."""

    routes: tuple[Route, ...]
    deepest: tuple[str, ...]
    """What answers for the voices that nobody in the group has it from."""
    access: tuple[Access, ...]
    """How its deepest voices come to know of themselves, as far as something shows it."""
    texts: frozenset[str]
    """Texts in which that is said."""

    @property
    def known(self) -> bool:
        return any(route.known for route in self.routes)

    @property
    def claims(self) -> tuple[str, ...]:
        return tuple(sorted(route.id for route in self.routes))


def count_origins(fact: Fact, routes: Sequence[Route], edges: Sequence[LineageEdge], cast: Cast, texts: Texts) -> Origins:
    """The origins of one fact."""
    apparent = apparent_sources(fact.documents, cast)
    if fact.opinion:
        why = ("Opinion is not evidence of what it is about; it has no origins to count.",)
        return Origins(id=fact.id, min=0, max=0, unknown=0, apparent=apparent, groups=(), why=why)
    by_id = {route.id: route for route in routes}
    groups = _first_told([_group([by_id[claim] for claim in part], texts) for part in components(by_id, edges)], texts, cast)
    if fact.kind == "publication_event":
        return _publication(fact, groups, cast, apparent)
    shown, order = _shown(groups)
    ordered = [groups[place] for place in order]
    return Origins(
        id=fact.id,
        min=max(1, shown),
        max=len(groups),
        unknown=sum(len(group.routes) for group in groups if not group.known),
        apparent=apparent,
        groups=tuple(_row(group, cast) for group in ordered),
        why=(*_opening(ordered, shown, cast), *_pairs(ordered, shown, cast), *_ties(ordered, edges)),
    )


def _group(routes: Sequence[Route], texts: Texts) -> Group:
    """A voice that passes on what others say, here or in another passage of the group, is not the deepest, and its access not its own."""
    passed = frozenset[str]().union(*(route.passed for route in routes))
    known = [route for route in routes if route.known]
    deep = [route for route in known if route.voice not in passed and route.party not in passed] or known
    first_hand = [route for route in deep if not (route.voice in passed or route.party in passed)]
    access = tuple(route.access for route in first_hand if route.access is not None)
    return Group(
        routes=tuple(routes),
        deepest=tuple(sorted({route.voice for route in deep})),
        access=tuple(sorted(access, key=lambda row: (row.how, row.claim))),
        texts=frozenset(texts.of(row.shown.doc) for row in access),
    )


def _first_told(groups: Sequence[Group], texts: Texts, cast: Cast) -> list[Group]:
    """The groups, with their access counted for the page that first tells it together with another's.

    A page that tells two counts is one access to both. Whoever tells one of them again, later or at an unknown time, may have it from
    there: a page cut in two is still one page.
    """
    tellers: dict[str, set[int]] = defaultdict(set)
    dates: dict[str, set[str]] = defaultdict(set)
    for place, group in enumerate(groups):
        for route in group.routes:
            if group.access and route.known:
                tellers[texts.of(route.claim.doc)].add(place)
                dates[texts.of(route.claim.doc)].add(cast.texts[route.claim.doc].published or "")
    crowded = sorted((min(dates[text]), text) for text, told in tellers.items() if len(told) > 1)

    def told_in(place: int, text: str) -> str:
        first = next((other for date, other in crowded if place in tellers[other] and not is_later(date, min(dates[text]))), text)
        return "" if first == text else first

    out = []
    for place, group in enumerate(groups):
        access = tuple(replace(row, told_in=told_in(place, texts.of(row.shown.doc))) for row in group.access)
        out.append(replace(group, access=access, texts=frozenset(row.told_in or texts.of(row.shown.doc) for row in access)))
    return out


def _shown(groups: Sequence[Group]) -> tuple[int, list[int]]:
    """How many groups are shown to be independent, and all groups in order: these first, then known ones, then unknown ones.

    Each needs a text of its own in which its access is told; no text serves two (a largest matching of groups and texts, found by
    augmenting paths). One page that relays two counters is one access to both.
    """
    rank = sorted(range(len(groups)), key=lambda place: (not groups[place].known, -len(groups[place].routes), groups[place].claims))
    taken: dict[str, int] = {}

    def place_in(group: int, seen: set[str]) -> bool:
        for text in sorted(groups[group].texts):
            if text not in seen:
                seen.add(text)
                if text not in taken or place_in(taken[text], seen):
                    taken[text] = group
                    return True
        return False

    for group in rank:
        if groups[group].access:
            place_in(group, set())
    matched = set(taken.values())
    return len(matched), sorted(rank, key=lambda place: place not in matched)


def _publication(fact: Fact, groups: Sequence[Group], cast: Cast, apparent: int) -> Origins:
    """A publication is its own origin: whoever tells of it has it, in the end, from whoever published."""
    label = cast.label(fact.counter) or "The publication itself"
    seen = fact.counter != "" and fact.counter in cast.covering
    claims = tuple(sorted(claim for group in groups for claim in group.claims))
    why = ("That something was published goes back to whoever published it, however many tell of it.",)
    row = OriginGroup(label=label, claims=claims, primary_seen=seen)
    return Origins(id=fact.id, min=1, max=1, unknown=0, apparent=apparent, groups=(row,), why=why)


def _row(group: Group, cast: Cast) -> OriginGroup:
    voices = [cast.by_id[voice] for voice in group.deepest if voice in cast.by_id]
    interested = bool(group.deepest) and len(voices) == len(group.deepest) and all(_interested(voice.id, cast) for voice in voices)
    return OriginGroup(
        label=group_label(group, cast),
        claims=group.claims,
        interested=interested,
        primary_seen=bool(group.deepest) and any(_seen(route, group, cast) for route in group.routes if route.known),
        access=group.access,
        hidden=tuple(sorted(route.id for route in group.routes if not route.known)),
    )


def group_label(group: Group, cast: Cast) -> str:
    """Whom the group goes back to, in words."""
    tops = [voice for voice in group.deepest if not set(group.deepest) & set(list(cast.above(voice))[1:])]
    names = [name for name in dict.fromkeys(cast.label(voice) for voice in tops) if name]
    if names:
        return "; ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
    told = sorted({cast.label(route.voice) for route in group.routes if route.voice} - {""})
    return "source not named" + (f", as told by {told[0]}" if told else "")


def _interested(entity: str, cast: Cast) -> bool:
    return any(cast.by_id[found].interested for found in cast.above(entity) if found in cast.by_id)


def _seen(route: Route, group: Group, cast: Cast) -> bool:
    """Whether the deepest voice's own publication is a document of the case: its own page, or a page it publishes."""
    if route.voice not in group.deepest:
        return False
    if route.claim.originator.kind in OWN:
        return route.claim.doc not in cast.credits
    owners = {route.voice} | ({cast.by_id[route.voice].part_of} if cast.by_id[route.voice].kind == "report" else set())
    return bool(owners & cast.publishing - {""})


def apparent_sources(documents: Iterable[str], cast: Cast) -> int:
    """How many sources it looks like: publishers where named, else sources, one for each place a text was found."""
    found: set[tuple[str, str]] = set()
    for doc in documents:
        for seen in cast.texts[doc].appearances:
            found.add(("publisher", seen.publisher.casefold()) if seen.publisher else ("source", seen.source))
    return len(found)


def _opening(groups: Sequence[Group], shown: int, cast: Cast) -> Iterable[str]:
    for number, group in enumerate(groups[:EXPLAINED]):
        label, size = group_label(group, cast), len(group.routes)
        passages = f"{size} passage" + ("" if size == 1 else "s")
        if number < shown:
            yield f"{label}: {passages}; the voice {group.access[0].how}."
        elif group.known and group.access:
            yield f"{label}: {passages}; the voice {group.access[0].how}, but only a text that already stands for another origin says so."
        elif group.known:
            yield f"{label}: {passages}; nothing shows how the voice came to know, so it may have it from another."
        else:
            yield f"{label}: {passages}; where the information comes from is not said."
    if len(groups) > EXPLAINED:
        yield f"{len(groups) - EXPLAINED} more groups are like the last and are not spelled out."
    if not shown:
        yield "Somebody said it, so there is one origin; nothing shows that there are more."


def _pairs(groups: Sequence[Group], shown: int, cast: Cast) -> Iterable[str]:
    for (a, one), (b, two) in combinations(enumerate(groups[:EXPLAINED]), 2):
        pair = f"{group_label(one, cast)} / {group_label(two, cast)}"
        if a < shown and b < shown:
            yield f"{pair}: independent. Different parties, each with access of its own, in texts of their own, and no edge between them."
        else:
            yield f"{pair}: no edge was found between them, but independence is not shown; counted as one at least, as two at most."


def _ties(groups: Sequence[Group], edges: Sequence[LineageEdge]) -> Iterable[str]:
    """Why passages of one group are one."""
    for group in groups[:EXPLAINED]:
        inside = set(group.claims)
        yield from sorted({edge.why for edge in edges if edge.from_id in inside and edge.to_id in inside})[:EXPLAINED]
