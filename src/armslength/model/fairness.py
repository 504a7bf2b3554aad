"""What must travel with a fact that accuses somebody: whether they were asked, where they stand before the law, what was put right.

In:  a fact, its claims, who is who, the ledgers.
Out: `Fair`, as plain values and in sentences with pseudonyms.
Never: asks what day it is (the same case gives the same export); names a person; says of anybody more than a ledger holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from armslength.model.claims import Claim
from armslength.model.facts import Fact
from armslength.model.ledger import Ledger, LegalStatus, Reply, Request
from armslength.model.legal_words import status_words
from armslength.model.things import Entity

ACCUSED = frozenset({"perpetrator", "operator", "actor"})
"""Roles of a party that a claim lays something at the door of."""
NOT_SOUGHT = "not_sought"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Whether one of the accused was asked."""

    entity: str
    label: str
    state: str
    """`answered`, `sought` or `not_sought`."""
    reply: Reply | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fair:
    """What must stand beside one fact."""

    asked: tuple[Asked, ...] = ()
    statuses: tuple[tuple[str, LegalStatus], ...] = ()
    """(pseudonym, status): the newest of each charge and forum, of every person the fact speaks of."""
    corrections: tuple[Request, ...] = ()
    """Requests about the fact that were granted, wholly or in part."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """All of it in words."""
        asked = (_asked_words(row) for row in self.asked)
        status = (f"{label} {status_words(row.status, row.charge, forum=row.forum, date=row.date)}." for label, row in self.statuses)
        return (*status, *asked, *(_corrected_words(row) for row in self.corrections))


def fair(fact: Fact, claims: Mapping[str, Claim], who: Mapping[str, Entity], ledger: Ledger) -> Fair:
    """What must stand beside a fact. `who` is mention to entity."""
    parties = [
        (party.role, who[party.mention])
        for claim in fact.claims
        if claim in claims
        for party in claims[claim].parties
        if party.mention in who
    ]
    accused = {entity.id: entity for role, entity in parties if role in ACCUSED}
    replies = {row.addressee: row for row in reversed(ledger.replies(fact.id))}
    persons = {entity.id: entity for _, entity in parties if entity.kind == "person"}
    return Fair(
        asked=tuple(_asked(row, replies, ledger) for _, row in sorted(accused.items())),
        statuses=tuple((persons[name].label, row) for name in sorted(persons) for row in ledger.latest(name)),
        corrections=tuple(row for row in ledger.requests(target=fact.id) if row.outcome in {"granted", "granted_in_part"}),
    )


def fairness(facts: Iterable[Fact], claims: Iterable[Claim], who: Mapping[str, Entity], ledger: Ledger) -> dict[str, Fair]:
    """Fact to what must stand beside it."""
    by_id = {claim.id: claim for claim in claims}
    return {fact.id: fair(fact, by_id, who, ledger) for fact in facts}


def _asked(entity: Entity, replies: Mapping[str, Reply], ledger: Ledger) -> Asked:
    found = replies.get(entity.id) or next((row for row in ledger.replies(entity.id) if row.addressee == entity.id), None)
    state = NOT_SOUGHT if found is None else "answered" if found.answered else "sought"
    return Asked(entity=entity.id, label=entity.label, state=state, reply=found)


def _asked_words(row: Asked) -> str:
    if row.reply is None:
        return f"{row.label} has not been asked for a reply."
    asked = f"{row.label} was asked for a reply on {row.reply.asked}"
    if not row.reply.answered:
        return f"{asked}; the answer was due on {row.reply.deadline} and none is recorded."
    answer = f": “{row.reply.answer}”" if row.reply.answer else "."
    return f"{asked} and answered on {row.reply.answered}{answer}"


def _corrected_words(row: Request) -> str:
    done = {"rectify": "put right", "remove": "taken out", "restrict": "restricted"}[row.kind]
    part = " in part" if row.outcome == "granted_in_part" else ""
    return f"On {row.decided} it was decided that this is to be {done}{part}."
