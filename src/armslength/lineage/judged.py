"""What people decided about edges: confirmed, disputed, added by hand.

In:  judgements, edges as the program finds them.
Out: the edges with their state, and those that people added.
Never: drops an edge that was disputed: it stays, says so, and ties nothing. Forgets a judgement whose edge is gone: it is reported.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from armslength.base.ids import digest
from armslength.model.decisions import ADD, WITHDRAW, Judgement, in_force, is_added_claim, standing
from armslength.model.evidence import Span
from armslength.model.facts import LineageEdge
from armslength.model.verdicts import is_verdict

STATES: Mapping[str, str] = {"accept": "confirmed", "dispute": "disputed", "reject": "disputed"}
"""What a decision about an edge makes of it. `add` says that there is one where the program found none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Where the judgements about edges stand now."""

    state: Mapping[str, str]
    """Edge to `confirmed` or `disputed`."""
    added: tuple[LineageEdge, ...] = ()

    @property
    def disputed(self) -> frozenset[str]:
        return frozenset(edge for edge, state in self.state.items() if state == "disputed")

    def marked(self, edges: Iterable[LineageEdge]) -> list[LineageEdge]:
        """The edges, each with the state that people gave it."""
        return [replace(edge, state=self.state[edge.id]) if edge.id in self.state else edge for edge in edges]


NOTHING_JUDGED = Judged(state={})


def judged(judgements: Iterable[Judgement]) -> Judged:
    """What the judgements of a case say about edges. Those about other things are passed over.

    An edge that was added is disputed like any other: its judgement `add` stays, a later `dispute` gives the state. Once the last word
    about it was taken back, it is not there any more.
    """
    rows = [row for row in in_force(judgements) if not is_verdict(row) and not is_added_claim(row)]
    stands = standing(rows)
    state = {row.target: STATES[row.decision] for row in stands if row.decision in STATES}
    back = {row.target for row in stands if row.decision == WITHDRAW}
    added = {row.target: added_edge(row) for row in rows if row.decision == ADD and row.target not in back}
    return Judged(state=state, added=tuple(added[edge] for edge in sorted(added)))


def edge_id(level: str, kind: str, one: str, two: str) -> str:
    """The id of an edge that people add between two claims or documents; the order of the two does not matter."""
    high, low = max(one, two), min(one, two)
    return digest("edge", "added", level, kind, high, low)


def added_edge(row: Judgement) -> LineageEdge:
    """The edge that a judgement `add` speaks of. `value` is JSON: level, kind, from, to, evidence ([doc, start, end, quote])."""
    told = json.loads(row.value)
    spans = tuple(Span(doc=doc, start=start, end=end, quote=quote) for doc, start, end, quote in told.get("evidence", ()))
    return LineageEdge(
        id=row.target,
        from_id=told["from"],
        to_id=told["to"],
        level=told["level"],
        kind=told["kind"],
        evidence=spans,
        why=f"Added by a reviewer: {row.reason}",
        state="confirmed",
    )


def without_target(found: Judged, edges: Sequence[LineageEdge], ids: frozenset[str]) -> list[str]:
    """Edges that were judged and are not there any more, or whose ends are not."""
    present = {edge.id for edge in edges}
    gone = {edge for edge in found.state if edge not in present and edge not in {row.id for row in found.added}}
    return sorted(gone | {row.id for row in found.added if not {row.from_id, row.to_id} <= ids})
