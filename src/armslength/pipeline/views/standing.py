"""Where a row stands with people: who decided what about it and why, in words; and which judgements a decision has to have seen.

In:  a reading of a case; a fact, or the id that judgements are about.
Out: `Standing`.
Never: calls something accepted by two people unless two reviewers, each with a key of their own, said so and nobody else since.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from armslength.model.decisions import Judgement, heads, told
from armslength.model.facts import Fact
from armslength.model.reviewers import Reviewers, reviewers
from armslength.model.verdicts import ACCEPTED, CONTESTED, REJECTED, Verdicts, verdicts
from armslength.pipeline.snapshots import Snapshot, as_logged
from armslength.pipeline.views import words
from armslength.store.read import Reader
from armslength.store.signing import checked

_DECISIONS = {
    "accept": "accepted",
    "reject": "rejected",
    "edit": "read otherwise",
    "dispute": "disputed",
    "add": "added",
    "merge": "made one",
    "split": "taken apart",
    "withdraw": "taken back",
    "finding": "proposed a finding",
    "second": "agreed to a finding",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementView:
    """One judgement, as it is shown."""

    id: str
    decision: str
    """Code."""
    did: str
    """In words: `accepted`, `made one`."""
    who: str
    when: str
    """In words, UTC."""
    reason: str
    read_as: tuple[tuple[str, str], ...]
    """Of an edit: field and the reviewer's reading."""
    stands: bool
    """No other has taken its place."""
    signed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What people said of one row."""

    state: str
    """`machine`, `accepted`, `contested`, `rejected`; of an edge `machine`, `confirmed`, `disputed`."""
    words: str
    """The state in words, with who decided."""
    judgements: tuple[JudgementView, ...] = ()
    """All about it, the latest first."""
    seen: tuple[str, ...] = ()
    """Ids of the judgements that stand: a decision brings them along, so that nobody decides past somebody else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Everything people decided in a case, at one moment."""

    rows: tuple[Judgement, ...]
    """Of bad signatures the key is taken away."""
    heads: Mapping[str, Sequence[Judgement]]
    verdicts: Verdicts
    reviewers: Reviewers
    of_target: Mapping[str, Sequence[Judgement]]


def said_in(reader: Reader) -> Said:
    """All judgements of a case. Read once for each moment of its log."""
    exact = reader.exact()
    return _said(as_logged(exact))


@lru_cache(maxsize=4)
def _said(moment: Snapshot) -> Said:
    return said_of(checked(moment.reader.all(Judgement), case=moment.case))


def said_of(rows: Iterable[Judgement]) -> Said:
    """What some judgements come to."""
    kept = sorted(rows, key=lambda row: (row.when, row.id))
    of_target: dict[str, list[Judgement]] = {}
    for row in kept:
        of_target.setdefault(row.target, []).append(row)
    return Said(rows=tuple(kept), heads=heads(kept), verdicts=verdicts(kept), reviewers=reviewers(kept), of_target=of_target)


def standing_of_fact(reader: Reader, fact: Fact) -> Standing:
    """What people said of a fact: about itself, or about an earlier one whose passages reach it."""
    said = said_in(reader)
    reach = said.verdicts.about("fact", fact.id, fact.claims)
    targets = {fact.id, *(verdict.target for verdict in reach)}
    rows = _newest(row for target in targets for row in said.of_target.get(target, ()))
    holding = [row for verdict in reach for row in verdict.judgements]
    by_claims = fact.state == ACCEPTED and not holding
    agreeing = [] if by_claims else _agreeing(holding, said)
    return Standing(
        state=fact.state,
        words="each of its passages was accepted" if by_claims else state_words(fact.state, agreeing, said.reviewers),
        judgements=tuple(_shown(reader, row, said) for row in rows),
        seen=tuple(row.id for row in said.heads.get(fact.id, ())),
    )


def standing_of_edge(reader: Reader, edge: str, state: str, said: Said) -> Standing:
    """What people said of an edge."""
    rows = _newest(said.of_target.get(edge, ()))
    holding = list(said.heads.get(edge, ()))
    return Standing(
        state=state,
        words=state_words(state, _agreeing(holding, said), said.reviewers),
        judgements=tuple(_shown(reader, row, said) for row in rows),
        seen=tuple(row.id for row in holding),
    )


def _newest(rows: Iterable[Judgement]) -> list[Judgement]:
    return sorted(rows, key=lambda row: (row.when, row.id), reverse=True)


def _agreeing(holding: Collection[Judgement], said: Said) -> list[Judgement]:
    """The judgements that hold, and those they took the place of as long as these said the same."""
    by_id = {row.id: row for row in said.rows}
    found: dict[str, Judgement] = {}
    queue = list(holding)
    while queue:
        row = queue.pop()
        if row.id not in found:
            found[row.id] = row
            before = (by_id[old] for old in row.replaces if old in by_id)
            queue += [old for old in before if (old.decision, old.value) == (row.decision, row.value)]
    return list(found.values())


def state_words(state: str, rows: Sequence[Judgement], keys: Reviewers) -> str:
    """A state in words, with how many people it is the word of."""
    if not rows or state in {"machine", CONTESTED}:
        return words.state(state)
    people = sorted(keys.eyes(rows))
    if len(people) > 1:
        return f"{_PAST.get(state, state)} by {words.spelled(len(people))} people: {words.listed(people)}"
    return f"{_PAST.get(state, state)} by {people[0] if people else 'somebody who did not sign'}"


_PAST = {ACCEPTED: "accepted", REJECTED: "rejected", "confirmed": "confirmed", "disputed": "disputed"}


def _shown(reader: Reader, row: Judgement, said: Said) -> JudgementView:
    edits = told(row).get("set")
    stands = row in said.heads.get(row.target, ())
    return reader.hidden(
        JudgementView(
            id=row.id,
            decision=row.decision,
            did=_DECISIONS.get(row.decision, row.decision),
            who=row.who,
            when=words.moment(row.when),
            reason=row.reason,
            read_as=tuple((str(name), str(value)) for name, value in edits.items()) if isinstance(edits, dict) else (),
            stands=stands,
            signed=bool(said.reviewers.of(row)),
        )
    )


def judgement_view(reader: Reader, row: Judgement) -> JudgementView:
    """One judgement, as it is shown."""
    return _shown(reader, row, said_in(reader))
