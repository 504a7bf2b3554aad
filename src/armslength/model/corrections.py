"""What a published release says that no longer holds (METHOD F4).

In:  a release; the ledgers as they stood when it was made and as they stand now.
Out: corrections, each with a reason code, what was so then and what is so now.
Never: changes a release; names a person.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from armslength.model.decisions import Release
from armslength.model.ledger import Ledger, LegalStatus
from armslength.model.legal_words import CLEARED

STATUS_CHANGED, CORRECTED, WITHDRAWN, RESTRICTED, PROTECTED, ANSWERED = (
    "status changed",
    "corrected",
    "withdrawn",
    "restricted",
    "protected",
    "answered",
)
"""Reason codes of a change feed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One thing that a release says and that is otherwise now."""

    release: str
    target: str
    """The person, entity or fact."""
    facts: tuple[str, ...]
    """Published facts that it bears on."""
    code: str
    was: str
    now: str
    judgement: str
    """The judgement that it comes from; empty where one was taken back."""
    urgent: bool
    """What was published may harm somebody as long as it stands: a cleared person, a court's order, somebody no longer public."""


def corrections(
    release: Release, then: Ledger, now: Ledger, *, persons: Mapping[str, Sequence[str]] | None = None, day: str = ""
) -> tuple[Correction, ...]:
    """Everything that has to be said about a release. `persons` is fact to the ids of the persons and bodies it speaks of; `day` is today.

    Without a `day` no court order is looked at.
    """
    published = {fact: tuple((persons or {}).get(fact, ())) for fact in release.facts}
    named = {person: tuple(fact for fact in release.facts if person in published[fact]) for found in published.values() for person in found}
    found = [
        *(row for person, facts in named.items() for row in _of_person(release, person, facts, then, now)),
        *(row for fact in release.facts for row in _of_fact(release, fact, then, now)),
        *(_orders(release, {**{fact: (fact,) for fact in release.facts}, **named}, then, now, day) if day else ()),
    ]
    return tuple(sorted(set(found), key=lambda row: (not row.urgent, row.target, row.code, row.judgement, row.now)))


def _of_person(release: Release, person: str, facts: tuple[str, ...], then: Ledger, now: Ledger) -> Iterator[Correction]:
    before = {(row.charge, row.forum): row for row in then.latest(person)}
    after = {(row.charge, row.forum): row for row in now.latest(person)}
    for slot in sorted(before.keys() | after.keys()):
        one, other = before.get(slot), after.get(slot)
        if (one and (one.status, one.date)) != (other and (other.status, other.date)):
            urgent = other is None or other.status in CLEARED
            yield Correction(
                release=release.id, target=person, facts=facts, code=STATUS_CHANGED, was=_status(one, slot), now=_status(other, slot),
                judgement=other.judgement if other else "", urgent=urgent,
            )  # fmt: skip
    role = then.disclosed(person)
    if role and not now.disclosed(person):
        what = f"public as {role}"
        yield Correction(
            release=release.id, target=person, facts=facts, code=PROTECTED, was=what, now="protected", judgement="", urgent=True
        )


def _of_fact(release: Release, fact: str, then: Ledger, now: Ledger) -> Iterator[Correction]:
    decided = {row.judgement for row in then.requests(target=fact) if row.decided}
    for row in now.requests(target=fact):
        if row.outcome in {"granted", "granted_in_part"} and row.judgement not in decided:
            code = CORRECTED if row.kind == "rectify" else WITHDRAWN
            yield Correction(
                release=release.id, target=fact, facts=(fact,), code=code, was="as published",
                now=f"to {row.kind}, {row.outcome.replace('_', ' ')}, {row.decided}", judgement=row.judgement, urgent=row.kind != "rectify",
            )  # fmt: skip
    told = {row.judgement for row in then.replies(fact) if row.answered}
    for reply in now.replies(fact):
        if reply.answered and reply.judgement not in told:
            yield Correction(
                release=release.id, target=fact, facts=(fact,), code=ANSWERED, was="no answer recorded",
                now=f"answered on {reply.answered}", judgement=reply.judgement, urgent=False,
            )  # fmt: skip
    gone = {row.id for row in then.findings if row.fact == fact} - {row.id for row in now.findings}
    for name in sorted(gone):
        was = f"finding {name[:12]}"
        yield Correction(
            release=release.id, target=fact, facts=(fact,), code=WITHDRAWN, was=was, now="no finding", judgement="", urgent=True
        )  # fmt: skip


def _orders(release: Release, targets: Mapping[str, tuple[str, ...]], then: Ledger, now: Ledger, day: str) -> Iterator[Correction]:
    known = {(row.target, row.forum, row.since) for row in then.restrictions(release.as_of[:10] or day)}
    for row in now.restrictions(day, targets=targets.keys()):
        if (row.target, row.forum, row.since) not in known:
            yield Correction(
                release=release.id, target=row.target, facts=targets[row.target], code=RESTRICTED, was="no order in force",
                now=f"not to be published, by order of {row.forum}, from {row.since}", judgement=row.judgement, urgent=True,
            )  # fmt: skip


def _status(row: LegalStatus | None, slot: tuple[str, str]) -> str:
    if row is None:
        return f"nothing recorded for {slot[0]} ({slot[1]})"
    return f"{row.status.replace('_', ' ')}: {row.charge} ({row.forum}, {row.date})"
