"""What people said of rows that are shown: who, when, what, why, and what stands now; beside the program's own reading.

In:  a reading of a case, ids of claims, facts, sites, incidents or edges.
Out: for each of them a `VerdictView`; empty ones for what nobody has said anything about.
Never: reads what was decided about anything else: a case may hold a hundred thousand judgements. Names a person: reviewers are pseudonyms,
and reasons pass through the reading's mask.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from armslength.lineage.judged import STATES as EDGE_STATES
from armslength.model.added import added_by, target_of
from armslength.model.claims import Claim
from armslength.model.decisions import ADD, WITHDRAW, Judgement, told
from armslength.model.verdicts import ADDED, CONTESTED, MACHINE, verdicts
from armslength.pipeline.signing import heads_about
from armslength.store.read import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One judgement about a row, as it is shown."""

    judgement: str
    """Its id."""
    who: str
    """Pseudonym."""
    when: str
    """UTC, RFC 3339."""
    decision: str
    reason: str
    edits: tuple[tuple[str, str], ...] = ()
    """Field to the reviewer's reading, as text."""
    into: tuple[str, ...] = ()
    """Of a claim that was divided or read with another chain: the claims in its place."""
    stands: bool = True
    """False for what a later one took the place of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictView:
    """What people said of one row."""

    target: str
    state: str = MACHINE
    """Of a claim `machine`, `added`, `accepted`, `contested` or `rejected`; of an edge also `confirmed` or `disputed`. A fact, site or
    incident carries a state of its own, which counts: it knows of its claims, too."""
    words: tuple[Word, ...] = ()
    """The latest first."""
    seen: tuple[str, ...] = ()
    """Ids of the judgements that stand about it: hand these in with the next decision, so that nobody is overruled unseen."""
    added: Word | None = None
    """For a claim that somebody added: the judgement that did."""
    replaces: str = ""
    """For such a claim: the one whose place it takes."""

    @property
    def standing(self) -> tuple[Word, ...]:
        """The words that stand."""
        return tuple(word for word in self.words if word.stands)


def verdicts_about(reader: Reader, targets: Iterable[str]) -> dict[str, VerdictView]:
    """What was said of rows, by their ids; for every one of them there is an answer."""
    wanted = sorted(set(targets))
    rows: dict[str, list[Judgement]] = {target: [] for target in wanted}
    for row in reader.all(Judgement, target=wanted) if wanted else ():
        rows[row.target].append(row)
    spoken = [target for target in wanted if rows[target]]
    heads = heads_about(reader, spoken) if spoken else {}
    return {target: _view(target, rows[target], heads.get(target, [])) for target in wanted}


def verdicts_of_claims(reader: Reader, claims: Sequence[Claim]) -> dict[str, VerdictView]:
    """The same for claims, with who added those that the program did not read. Rejected ones are among them."""
    found = verdicts_about(reader, [claim.id for claim in claims])
    adding = {claim.id: added_by(claim) for claim in claims if added_by(claim)}
    if not adding:
        return found
    said = verdicts_about(reader, [target_of(claim) for claim in adding])
    for claim, marks in adding.items():
        first = said[target_of(claim)]
        view, word = found[claim], next((word for word in first.words if word.judgement == marks["judgement"]), None)
        found[claim] = VerdictView(
            target=claim,
            state=ADDED if view.state == MACHINE else view.state,
            words=view.words,
            seen=view.seen,
            added=word,
            replaces=marks.get("replaces", ""),
        )
    return found


def _view(target: str, rows: Sequence[Judgement], heads: Sequence[Judgement]) -> VerdictView:
    if not rows:
        return VerdictView(target=target)
    standing = {row.id for row in heads}
    ordered = sorted(rows, key=lambda row: (row.when, row.id), reverse=True)
    return VerdictView(
        target=target,
        state=_state(target, heads),
        words=tuple(_word(row, stands=row.id in standing) for row in ordered),
        seen=tuple(row.id for row in heads),
    )


def _state(target: str, heads: Sequence[Judgement]) -> str:
    if len({(row.decision, row.value) for row in heads}) > 1:
        return CONTESTED
    last = heads[-1] if heads else None
    if last is None or last.decision == WITHDRAW:
        return MACHINE
    if told(last).get("level") and last.decision != ADD:
        said = verdicts(heads)
        return next((one.state for one in (*said.of_claims.values(), *said.of_things) if one.target == target), MACHINE)
    return "confirmed" if last.decision == ADD else EDGE_STATES.get(last.decision, MACHINE)


def _word(row: Judgement, *, stands: bool) -> Word:
    given = told(row)
    edits = given.get("set")
    return Word(
        judgement=row.id,
        who=row.who,
        when=row.when,
        decision=row.decision,
        reason=row.reason,
        edits=tuple((name, str(value)) for name, value in sorted(edits.items())) if isinstance(edits, dict) else (),
        into=tuple(given.get("into", ())),
        stands=stands,
    )
