"""Which judgements about claims, facts, sites and incidents are in force, and which have nothing to apply to any more.

In:  verdicts; the claims, facts, sites and incidents there are.
Out: the verdicts that reach a row, and a sentence for each that reaches none.
Never: applies a judgement to something else than it was made about; forgets one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from armslength.model.facts import Fact
from armslength.model.things import Incident, Site
from armslength.model.verdicts import Verdict, Verdicts

Thing = Fact | Site | Incident
_LEVELS: dict[type[Thing], str] = {Fact: "fact", Site: "site", Incident: "incident"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Force:
    """How many judgements are in force, and why the others are not."""

    taken: int
    lost: tuple[str, ...]


def force(said: Verdicts, *, claims: Collection[str], things: Iterable[Thing]) -> Force:
    """Compare what people said with what there is. `claims` are ids of claims, `things` every fact, site and incident they may reach."""
    reached = {verdict.target for thing in things for verdict in said.about(_LEVELS[type(thing)], thing.id, thing.claims)}
    lost = [row for row in said.of_claims.values() if row.target not in claims]
    lost += [row for row in said.of_things if row.target not in reached]
    return Force(taken=len(said.of_claims) + len(said.of_things), lost=tuple(sorted(map(sentence, lost))))


def sentence(verdict: Verdict) -> str:
    """Why a judgement is not in force, for the list of what could not be used."""
    row = verdict.judgements[-1]
    return (
        f"A reviewer's {row.decision} ({row.id[:12]}) of the {verdict.level} {verdict.target[:12]} has nothing to apply to: "
        "what it speaks of is read or put together otherwise now. It is kept; look again."
    )
