"""What changed since an earlier release, with a reason for each, and what has to be put right where that one is published (METHOD F4).

In:  the record of the earlier release, the record of this one, the relations between facts.
Out: rows of a change feed.
Never: changes an earlier release: a correction is published beside it, and says what it corrects.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from armslength.model.facts import Relation
from armslength.publish.gate.rows import Past

SUPERSEDED, CORRECTED, WITHDRAWN, STATUS_CHANGED, ADDED = "superseded", "corrected", "withdrawn", "status_changed", "added"
WORDS = {
    SUPERSEDED: "A later count or state of the same thing stands in its place.",
    CORRECTED: "What is said of it is otherwise now.",
    WITHDRAWN: "It is no longer said.",
    STATUS_CHANGED: "Somebody's legal status, or an answer to it, is otherwise now.",
    ADDED: "It was not in the earlier release.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One fact that is otherwise than before."""

    reason: str
    was: str
    """Its id in the earlier release; empty for one that is new."""
    now: str
    """Its id in this release, or that of the fact in its place; empty where there is none."""

    @property
    def why(self) -> str:
        return WORDS[self.reason]


def feed(before: Past, now: Past, relations: Iterable[Relation]) -> list[Change]:
    """Every fact of either release that is not the same in both, the earlier ones first."""
    takes_over = {row.other: row.fact for row in relations if row.type == "supersedes" and row.fact in now.facts}
    same = dict(_same(before, now))
    found = [change for fact in sorted(before.facts) for change in _changes(fact, same.get(fact), takes_over, before, now)]
    new = sorted(set(now.facts) - set(same.values()) - set(takes_over.values()))
    return [*found, *(Change(reason=ADDED, was="", now=now.shown[fact]) for fact in new)]


def _same(before: Past, now: Past) -> Iterator[tuple[str, str]]:
    """Facts of the earlier release with what they are now: by id, else by the passages they share most of."""
    of_claim = {claim: fact for fact, claims in now.facts.items() for claim in claims}
    for fact, claims in before.facts.items():
        if fact in now.facts:
            yield fact, fact
            continue
        shared = [of_claim[claim] for claim in claims if claim in of_claim]
        if shared:
            yield fact, max(sorted(set(shared)), key=shared.count)


def _changes(fact: str, same: str | None, takes_over: dict[str, str], before: Past, now: Past) -> Iterator[Change]:
    was = before.shown[fact]
    if fact in takes_over:
        yield Change(reason=SUPERSEDED, was=was, now=now.shown[takes_over[fact]])
    if same is None:
        if fact not in takes_over:
            yield Change(reason=WITHDRAWN, was=was, now="")
        return
    if before.told[fact] != now.told[same]:
        yield Change(reason=CORRECTED, was=was, now=now.shown[same])
    if before.beside.get(fact) != now.beside.get(same):
        yield Change(reason=STATUS_CHANGED, was=was, now=now.shown[same])
