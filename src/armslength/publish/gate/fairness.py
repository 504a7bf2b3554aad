"""Whether the accused were treated fairly and the people concerned were asked: replies, status, orders, consent, requests.

In:  the content to be shown, the ledger, the day.
Out: refusals, sentences that go beside facts, and whom a court forbids to name.
Never: takes silence for consent (METHOD P5), or a question for an answer (F2).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from armslength.model.claims import Claim
from armslength.model.facts import Fact
from armslength.model.fairness import ACCUSED as FORMATS_KNOW
from armslength.model.ledger import Consent, Ledger, Request, Retention
from armslength.model.legal_words import CLEARED
from armslength.model.things import Entity
from armslength.publish.content import Content
from armslength.publish.gate.persons import PERSONAL, Named, Persons
from armslength.publish.gate.rows import Ask, Refusal

ACCUSED = frozenset({*FORMATS_KNOW, "accused", "defendant", "suspect"})
"""Roles in which a party is accused."""
_ACCUSING = frozenset({"accuses", "alleges"})
TESTIMONY = "testimony"


@dataclass(frozen=True, slots=True)
class Seen:
    """The content to be shown, looked up."""

    content: Content
    persons: Persons
    named: Mapping[str, Named]
    """Document to where it names protected persons."""

    @property
    def claims(self) -> dict[str, Claim]:
        return {row.id: row for row in self.content.claims}


def restricted(ledger: Ledger, day: str) -> frozenset[str]:
    """Entities and facts that a court forbids to publish on a day."""
    return frozenset(row.target for row in ledger.restrictions(day))


def accused(fact: Fact, claims: Mapping[str, Claim], entities: Mapping[str, Entity], persons: Persons, ask: Ask) -> frozenset[str]:
    """Whom a fact accuses by name: parties in a role of `ACCUSED`, and public persons whom its words name without their speaking."""
    found: set[str] = set()
    for claim in (claims[one] for one in fact.claims if one in claims):
        speaking = {persons.of(link) for link in claim.attribution}
        for party in claim.parties:
            who = persons.of(party)
            kind = "person" if who in persons.public else party.kind
            if party.role in ACCUSED and kind in ask.profile.reply and who not in persons.protected and who in entities:
                found.add(who)
        if claim.family in PERSONAL or claim.speech_act in _ACCUSING:
            found |= {who for who, name in persons.public.items() if who not in speaking and name.split()[-1] in claim.quote}
    return frozenset(found)


def fair(seen: Seen, ask: Ask) -> Iterator[Refusal | tuple[str, str]]:
    """Refusals, and (fact, sentence) for what goes beside a fact."""
    entities = {row.id: row for row in seen.content.entities}
    claims = seen.claims
    for fact in seen.content.facts:
        for who in sorted(accused(fact, claims, entities, seen.persons, ask)):
            label = seen.persons.public.get(who, entities[who].label if who in entities else "")
            party = any(persons_party(claims[one], who, seen.persons) for one in fact.claims if one in claims)
            found = [*_asked(fact, who, label, ask), *(_status(fact, who, label, ask) if who in seen.persons.public else ())]
            yield from (one for one in found if isinstance(one, Refusal) or not party)
    yield from _consents(seen, ask)
    yield from _requests(seen, ask)


def persons_party(claim: Claim, who: str, persons: Persons) -> bool:
    """Whether somebody is a party that every format writes status and replies beside, by itself."""
    return any(persons.of(party) == who and party.role in FORMATS_KNOW for party in claim.parties)


def _asked(fact: Fact, who: str, label: str, ask: Ask) -> Iterator[Refusal | tuple[str, str]]:
    states = {ask.ledger.reply_state(target, who, day=ask.day): target for target in (who, fact.id)}
    where = f"fact {fact.id[:12]}, entity {who[:12]}"
    if "answered" in states:
        rows = [row for row in ask.ledger.replies(states["answered"]) if row.addressee == who and row.answer]
        for row in rows:
            yield fact.id, f"{label} answered ({row.answered}): {row.answer}"
    elif "waiting" in states:
        yield Refusal(
            rule="right of reply",
            what="Somebody who is accused by name was asked, and the deadline has not passed.",
            where=where,
            do="Wait for the answer or the deadline (armslength list replies), or leave the fact out with --without.",
        )
    elif "no_answer" in states:
        deadline = max(row.deadline for row in ask.ledger.replies(states["no_answer"]) if row.addressee == who)
        yield fact.id, f"{label} was asked and gave no answer by {deadline}."
    else:
        yield Refusal(
            rule="right of reply",
            what="Somebody is accused by name and was not asked (METHOD F2).",
            where=where,
            do="Ask, with a deadline, and enter it (armslength decide reply); or leave the fact out with --without.",
        )


def _status(fact: Fact, who: str, label: str, ask: Ask) -> Iterator[Refusal | tuple[str, str]]:
    latest = ask.ledger.latest(who)
    where = f"fact {fact.id[:12]}, entity {who[:12]}"
    if any(row.status in CLEARED for row in latest):
        yield Refusal(
            rule="legal status",
            what="A fact accuses somebody who was cleared: acquitted, not charged, or taken for somebody else (METHOD F4).",
            where=where,
            do="Leave the fact out with --without; a release that showed it before carries the correction.",
        )
    elif not latest:
        yield Refusal(
            rule="legal status",
            what="A fact accuses a person by name, and no legal status is entered for them (METHOD F1).",
            where=where,
            do="Enter it with its date and forum (armslength decide status), or leave the fact out with --without.",
        )
    else:
        for words in ask.ledger.said_of(who):
            yield fact.id, f"{label} {words}."


def _consents(seen: Seen, ask: Ask) -> Iterator[Refusal]:
    """Who testifies must have agreed; who said no is left out altogether."""
    use, day = ask.profile.consent, ask.day
    refused = {row.person for row in ask.ledger.of(Consent) if row.use == use and not row.given}
    told: dict[tuple[str, bool], list[str]] = {}
    fact_of = {claim: fact.id for fact in seen.content.facts for claim in fact.claims}
    for claim in seen.content.claims:
        voices = seen.persons.voices(claim)
        near = seen.named[claim.doc].near(claim.start, claim.end) if claim.family in PERSONAL else frozenset()
        for who in sorted(voices | near):
            if ask.ledger.may(who, use, day=day, with_whom=ask.with_whom):
                continue
            if who in refused or (claim.family == TESTIMONY and who in voices):
                told.setdefault((who, who in refused), []).append(fact_of[claim.id])
    for (who, said_no), facts in sorted(told.items()):
        yield Refusal(
            rule="consent",
            what="Somebody said no to this use, or took consent back." if said_no else f"Somebody testifies and has not agreed to `{use}`.",
            where=f"person {who[:12]}; facts {', '.join(sorted({fact[:12] for fact in facts}))}",
            do=f"Ask, and enter the answer (armslength decide consent, use {use}), or leave the facts out with --without.",
        )


def _requests(seen: Seen, ask: Ask) -> Iterator[Refusal]:
    """Open requests to take something out, and clocks that have run out, about what would be shown."""
    shown = {row.id for row in seen.content.facts} | {row.id for row in seen.content.entities} | set(seen.persons.protected)
    sources = {appearance.source for row in seen.content.documents for appearance in row.appearances}
    for row in ask.ledger.requests(still_open=True):
        if row.target in shown:
            yield Refusal(
                rule="request",
                what=f"A request to {row.kind.replace('_', ' ')} something that would be released is not decided.",
                where=f"target {row.target[:12]}, deadline {row.deadline}",
                do="Decide it (armslength decide request), then propose the release again.",
            )
    for request in ask.ledger.of(Request):
        if request.target in shown and request.kind == "remove" and request.outcome == "granted":
            yield Refusal(
                rule="request",
                what="A request to take something out was granted, and it would be released.",
                where=f"target {request.target[:12]}",
                do="Leave its facts out with --without.",
            )
    for clock in ask.ledger.due(ask.day):
        if isinstance(clock, Retention) and clock.target in shown | sources:
            yield Refusal(
                rule="retention",
                what="Something that would be released was to be kept no longer than until now.",
                where=f"target {clock.target[:12]}, until {clock.until}",
                do="Decide whether it is kept (armslength decide retain), or leave its facts out with --without.",
            )
