"""What hangs on one edge or one passage: how many origins a fact would have without it.

In:  facts with all that tracing them needs; what people decided about edges.
Out: `Hinges`: for each fact the edges and passages whose taking away changes its count, with the count it would have then.
Never: guesses: each count is made by tracing the fact again without the edge or passage. Changes nothing.

Only an edge whose loss cuts a group in two can matter, so only such edges are tried, the doubtful ones first, and of a fact with many
passages only some; how many were passed over is said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

from armslength.lineage.claims import claim_edges, share
from armslength.lineage.documents import ONE_TEXT
from armslength.lineage.hidden import Shared
from armslength.lineage.judged import Judged
from armslength.lineage.origins import count_origins
from armslength.lineage.routes import Route, route_of
from armslength.lineage.texts import Texts
from armslength.lineage.tracing import Some
from armslength.model.facts import Fact, LineageEdge, Origins

HINGES = "hinges"
"""The space in which hinges are noted, by the fact's id."""
REWEIGH = "reweigh"
"""Where lineage notes the facts that it traced again, for whoever weighs them after it."""
GONE = -1
"""The count of a fact that would be no more."""
DOUBT: Mapping[str, float] = {
    "identical": 0.02,
    "republication": 0.05,
    "syndication": 0.05,
    "near_copy": 0.1,
    "excerpt": 0.15,
    "citation": 0.2,
    "same_speaker": 0.25,
    "press_release": 0.3,
    "common_source": 0.35,
    "same_organisation": 0.4,
    "same_owner": 0.4,
    "quotation": 0.4,
    "same_interview": 0.5,
    "translation": 0.5,
    "rewrite": 0.6,
    "relayed_figure": 0.6,
    "shared_error": 0.6,
}
"""How often a machine's edge of a kind may be wrong, for putting edges in an order and for nothing else. Set by hand: what the text says
itself is doubted least, what follows from likeness most."""
TWO_NAMES = 0.6
"""Doubt of an edge between two voices that are only thought to be one: names that fit, authorities of an unknown state."""
LONG_RUN = 12
"""Words in a row from which a shared quotation is hardly chance (`quotations.py` begins at 8)."""
LARGE = 200
"""Passages of one fact beyond which neither they nor the edges between them are tried: where one of a voice's ties is disputed, every pair
of its passages is tied, which takes their square; and among so many hardly ever one decides."""
UNSURE = 0.4
"""Doubt from which a passage is tried: the reader is less sure of it than of most."""
_LEAST, _MOST, _WORK = 3, 12, 600
"""Edges, and passages, tried for one fact: as many as its size allows, since each is the work of tracing it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hinge:
    """An edge or passage, and the count that a fact would have without it."""

    row: str
    level: str
    """`claim` or `document` for an edge of that level, `passage` for a claim."""
    kind: str
    """Kind of the edge or claim."""
    doubt: float
    low: int
    """`GONE` where there would be no such fact."""
    high: int
    unknown: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Hinges:
    """Everything that decides the count of one fact."""

    fact: str
    low: int
    high: int
    unknown: int
    found: tuple[Hinge, ...]
    left: int
    """Edges and passages that were not tried."""


Standing = tuple[Origins, Sequence[LineageEdge]]
"""A fact's count and edges, as lineage wrote them."""


def hinges(some: Some, people: Judged, standing: Mapping[str, Standing], *, looked_at: Collection[str] = frozenset()) -> Iterator[Hinges]:
    """The hinges of facts that have several passages and are no opinion. `looked_at`: claims that people accepted: they are not tried."""
    for fact in some.facts:
        if not fact.opinion and len(fact.claims) > 1 and fact.id in standing:
            yield _of_fact(_case(fact, some, people), standing[fact.id], looked_at)


@dataclass(frozen=True, kw_only=True)
class _Case:
    """One fact and all that tracing it needs; what its passages share is looked for when it is first traced."""

    fact: Fact
    routes: tuple[Route, ...]
    some: Some
    people: Judged

    @cached_property
    def shared(self) -> Shared:
        return share(self.routes, self.some.cast, self.some.tables)

    def traced(
        self, *, without: str = "", texts: Texts | None = None, routes: Sequence[Route] | None = None
    ) -> tuple[Origins, list[LineageEdge]]:
        """The fact's count and edges; `without` an edge, with other `texts`, or from some of its passages only."""
        some, people = self.some, self.people
        mine = self.routes if routes is None else routes
        read = texts or some.texts
        ids = {route.id for route in mine}
        added = [edge for edge in people.added if edge.from_id in ids and edge.to_id in ids]
        disputed = people.disputed | ({without} if without else frozenset())
        found = claim_edges(mine, some.cast, read, tables=some.tables, disputed=disputed, shared=_among(self.shared, ids))
        edges = people.marked([*found, *added])
        edges = [replace(edge, state="disputed") if edge.id == without else edge for edge in edges]
        docs = {route.claim.doc for route in mine}
        fact = replace(self.fact, claims=tuple(sorted(ids)), documents=tuple(doc for doc in self.fact.documents if doc in docs))
        return count_origins(fact, mine, edges, some.cast, read), edges


def _case(fact: Fact, some: Some, people: Judged) -> _Case:
    routes = [route_of(some.claims[claim], some.cast) for claim in fact.claims if claim in some.claims]
    return _Case(fact=fact, routes=tuple(sorted(routes, key=lambda route: route.id)), some=some, people=people)


def _among(shared: Shared, ids: Collection[str]) -> Shared:
    """What some of the passages share."""
    slips = [[slip for slip in row if slip.route.id in ids] for row in shared.slips]
    mistakes = [([route for route in rows if route.id in ids], mistake) for rows, mistake in shared.mistakes]
    return Shared(
        quotes=[row for row in shared.quotes if row.one.id in ids and row.two.id in ids],
        slips=[row for row in slips if len(row) > 1],
        mistakes=[(rows, mistake) for rows, mistake in mistakes if len(rows) > 1],
    )


def _of_fact(case: _Case, standing: Standing, looked_at: Collection[str]) -> Hinges:
    now, edges = standing
    most = min(_MOST, max(_LEAST, _WORK // max(len(case.routes), 1)))
    ties, texts, passages = _edges(case, edges), _texts(case), _passages(case, looked_at)
    few = most if len(case.routes) <= LARGE else 0
    tried = ((ties, few), (texts, most), (passages, few))
    found = [make() for group, size in tried for make in group[:size]]
    changing = tuple(hinge for hinge in found if (hinge.low, hinge.high) != (now.min, now.max))
    left = sum(max(0, len(group) - size) for group, size in tried)
    return Hinges(fact=case.fact.id, low=now.min, high=now.max, unknown=now.unknown, found=changing, left=left)


Try = Callable[[], Hinge]
"""Counts a fact again without one edge or passage."""


def _edges(case: _Case, edges: Sequence[LineageEdge]) -> list[Try]:
    """Edges between passages that hold a group together. Those of passages in one text hang on the edge between the documents."""
    by_id = {route.id: route for route in case.routes}
    holding = bridges([(edge.from_id, edge.to_id) for edge in edges if edge.state != "disputed"])
    asked = [
        edge for edge in edges if edge.state == "machine" and edge.kind not in ONE_TEXT and frozenset({edge.from_id, edge.to_id}) in holding
    ]
    asked.sort(key=lambda edge: (-doubt_of(edge, by_id), edge.id))

    def make(edge: LineageEdge) -> Hinge:
        return _hinge(case.traced(without=edge.id)[0], edge.id, "claim", edge.kind, doubt_of(edge, by_id))

    return [partial(make, edge) for edge in asked]


def _texts(case: _Case) -> list[Try]:
    """Edges between documents without which the fact's documents would be more texts than they are."""
    texts, mine = case.some.texts, frozenset(case.fact.documents)
    around = [edge for text in sorted({texts.of(doc) for doc in mine}) for edge in texts.edges_of.get(text, ())]
    holding = bridges([(edge.from_id, edge.to_id) for edge in around], mine)
    asked = [edge for edge in around if edge.state == "machine"]
    parting = [edge for edge in asked if all(holding.get(frozenset({edge.from_id, edge.to_id}), (0, 0)))]

    def make(edge: LineageEdge) -> Hinge:
        return _hinge(case.traced(texts=texts.without(edge))[0], edge.id, "document", edge.kind, doubt_of(edge))

    return [partial(make, edge) for edge in sorted(parting, key=lambda edge: (-doubt_of(edge), edge.id))]


def _passages(case: _Case, looked_at: Collection[str]) -> list[Try]:
    """Passages that nobody has accepted and the reader is not sure of, those it is least sure of first."""
    asked = [route for route in case.routes if route.id not in looked_at and 1 - route.claim.confidence >= UNSURE]
    asked.sort(key=lambda route: (route.claim.confidence, route.id))

    def make(route: Route) -> Hinge:
        rest = [other for other in case.routes if other.id != route.id]
        count = case.traced(routes=rest)[0] if rest else None
        return _hinge(count, route.id, "passage", route.claim.kind, round(1 - route.claim.confidence, 2))

    return [partial(make, route) for route in asked]


def _hinge(count: Origins | None, row: str, level: str, kind: str, doubt: float) -> Hinge:
    if count is None:
        return Hinge(row=row, level=level, kind=kind, doubt=doubt, low=GONE, high=GONE)
    return Hinge(row=row, level=level, kind=kind, doubt=doubt, low=count.min, high=count.max, unknown=count.unknown)


def doubt_of(edge: LineageEdge, routes: Mapping[str, Route] | None = None) -> float:
    """How doubtful the machine's edge is, 0 to 1."""
    if edge.kind == "quotation" and edge.evidence and len(edge.evidence[0].quote.split()) >= LONG_RUN:
        return DOUBT["same_speaker"]
    one, two = ((routes or {}).get(end) for end in (edge.from_id, edge.to_id))
    if one and two and edge.kind in {"same_speaker", "same_organisation"} and one.party != two.party:
        return TWO_NAMES
    return DOUBT.get(edge.kind, 0.5)


def joined(facts: Sequence[Fact], some: Some, people: Judged) -> Origins:
    """The count that facts would have if they were one."""
    claims = tuple(sorted({claim for fact in facts for claim in fact.claims}))
    documents = tuple(sorted({doc for fact in facts for doc in fact.documents}))
    whole = replace(facts[0], claims=claims, documents=documents)
    return _case(whole, some, people).traced()[0]


def bridges(pairs: Iterable[tuple[str, str]], counted: Collection[str] = ()) -> dict[frozenset[str], tuple[int, int]]:
    """Pairs whose loss cuts what hangs together in two, with how many of those `counted` are on each side; a pair that is given twice is
    none (Tarjan 1974, without recursion).
    """
    given = list(pairs)
    near: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for number, (one, two) in enumerate(given):
        near[one].append((two, number))
        near[two].append((one, number))
    order: dict[str, int] = {}
    found: dict[frozenset[str], tuple[int, int]] = {}
    for start in near:
        if start not in order:
            below, whole = _cutting(start, near, order, counted)
            found |= {frozenset(given[number]): (held, whole - held) for number, held in below.items()}
    return found


def _cutting(
    start: str, near: Mapping[str, list[tuple[str, int]]], order: dict[str, int], counted: Collection[str]
) -> tuple[dict[int, int], int]:
    """Of what hangs together with `start`: the bridges by number, with how many of those counted are beyond; and how many there are."""
    low = {start: len(order)}
    order[start] = low[start]
    held = {start: int(start in counted)}
    below: dict[int, int] = {}
    path = [(start, -1, iter(near[start]))]
    while path:
        here, came, rest = path[-1]
        step = next(rest, None)
        if step is None:
            path.pop()
            if path:
                above = path[-1][0]
                low[above] = min(low[above], low[here])
                held[above] += held[here]
                if low[here] > order[above]:
                    below[came] = held[here]
        elif step[0] not in order:
            order[step[0]] = low[step[0]] = len(order)
            held[step[0]] = int(step[0] in counted)
            path.append((step[0], step[1], iter(near[step[0]])))
        elif step[1] != came:
            low[here] = min(low[here], order[step[0]])
    return below, held[start]
