"""Which facts people have decided to show: four eyes, by key.

In:  facts, judgements, findings, the reviewers of the case.
Out: the facts that enter a release, refusals for those that one person alone decided on, and how many nobody looked at.
Never: counts a name twice: two pairs of eyes are two reviewers with a key each (`model/reviewers.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from armslength.model.decisions import Judgement, heads, told
from armslength.model.facts import Fact
from armslength.model.verdicts import ACCEPTED, CONTESTED, MACHINE, REJECTED, Verdict, Verdicts, verdicts
from armslength.publish.gate.rows import Ask, Change, Refusal

MERGE = "merge"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What came of looking at every fact."""

    facts: tuple[str, ...]
    refusals: tuple[Refusal, ...]
    changes: tuple[Change, ...]


def behind(row: Judgement, by_id: Mapping[str, Judgement]) -> list[Judgement]:
    """A judgement and those it replaced that said the same: a second reviewer who agrees takes the place of the first."""
    found, waiting = [], [row]
    while waiting:
        one = waiting.pop()
        found.append(one)
        same = (by_id[old] for old in one.replaces if old in by_id)
        waiting += [old for old in same if (old.decision, old.value) == (row.decision, row.value)]
    return found


def review(ask: Ask) -> Reviewed:
    """Choose the facts of a release."""
    by_id = {row.id: row for row in ask.content.judgements}
    said = verdicts(ask.content.judgements)
    findings = {row.fact for row in ask.ledger.findings}
    half = {str(told(row).get("fact", "")) for row in ask.ledger.proposed} - findings
    chosen: list[str] = []
    refusals: list[Refusal] = []
    states: Counter[str] = Counter()
    for fact in ask.content.facts:
        if fact.id in ask.without:
            continue
        state = said.state("fact", fact.id, fact.claims)
        states[state] += 1
        eyes = _eyes(fact, said, by_id, ask) if state == ACCEPTED else 0
        if fact.id in half and state != REJECTED:
            refusals.append(_half(fact))
        elif state == CONTESTED:
            refusals.append(_disputed(fact))
        elif (fact.id in findings and state != REJECTED) or eyes >= ask.profile.reviewers:
            chosen.append(fact.id)
        elif state == ACCEPTED:
            refusals.append(_alone(fact, eyes, ask.profile.reviewers))
    if not chosen and not refusals:
        refusals.append(_nothing())
    changes = (
        Change(rule="four eyes", what="facts that nobody has reviewed left out", count=states[MACHINE] - len(findings & set(chosen))),
        Change(rule="four eyes", what="facts that reviewers rejected left out", count=states[REJECTED]),
        Change(rule="left out", what="facts left out by the reviewer who proposes this release", count=len(ask.without)),
    )
    return Reviewed(tuple(chosen), (*refusals, *_merged(ask, by_id)), changes)


def _eyes(fact: Fact, said: Verdicts, by_id: Mapping[str, Judgement], ask: Ask) -> int:
    """How many reviewers accepted a fact, as a whole or each of its passages."""

    def seen(found: Iterable[Verdict]) -> int:
        rows = (one for verdict in found for row in verdict.judgements for one in behind(row, by_id))
        return len(ask.ledger.reviewers.eyes(rows))

    claims = [said.of_claims.get(claim) for claim in fact.claims]
    each = min((seen([verdict]) for verdict in claims if verdict is not None), default=0) if all(claims) else 0
    return max(seen(said.about("fact", fact.id, fact.claims)), each)


def _merged(ask: Ask, by_id: Mapping[str, Judgement]) -> Iterator[Refusal]:
    """Two persons are made one by two people, not by one (METHOD N5)."""
    kinds = {row.id: row.kind for row in ask.content.entities}
    for rows in heads(ask.content.judgements).values():
        for row in rows:
            value = told(row)
            if row.decision != MERGE or value.get("level") != "entity":
                continue
            persons = [one for one in value.get("ids", ()) if kinds.get(ask.content.entity_of.get(one, one)) == "person"]
            if persons and not ask.ledger.reviewers.four_eyes(behind(row, by_id)):
                yield Refusal(
                    rule="four eyes",
                    what="Two persons were made one by a single reviewer.",
                    where=f"judgement {row.id[:12]}",
                    do="Have a second reviewer decide the same merge with a key of their own, or take it back: armslength decide undo.",
                )


def _alone(fact: Fact, eyes: int, needed: int) -> Refusal:
    seen = "one reviewer" if eyes == 1 else "nobody whose key is known"
    return Refusal(
        rule="four eyes",
        what=f"A fact was accepted by {seen}; this profile needs {needed}, each with a key of their own.",
        where=f"fact {fact.id[:12]}",
        do="Have another reviewer accept it (armslength decide), or leave it out with --without.",
    )


def _half(fact: Fact) -> Refusal:
    return Refusal(
        rule="second reviewer",
        what="A finding about a fact has one reviewer; a finding needs two (METHOD C9).",
        where=f"fact {fact.id[:12]}",
        do="Have a second reviewer agree to the finding, withdraw it, or leave the fact out with --without.",
    )


def _disputed(fact: Fact) -> Refusal:
    return Refusal(
        rule="disputed",
        what="Reviewers do not agree about a fact.",
        where=f"fact {fact.id[:12]}",
        do="Decide it again: a later judgement takes the place of the ones that disagree. Or leave it out with --without.",
    )


def _nothing() -> Refusal:
    return Refusal(
        rule="four eyes",
        what="No fact of this case has been reviewed, so there is nothing to release.",
        where="the case",
        do="Have two reviewers accept the facts that are to be released, each with a key of their own (armslength decide).",
    )
