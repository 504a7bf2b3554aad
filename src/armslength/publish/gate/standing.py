"""What people decided and wrote down, cut to what may go with a release.

In:  the ledger and the verdicts of a case, what is shown.
Out: the same with only what is about shown facts and about persons who are public.
Never: a consent, a request, an order, a clock or a protection: that somebody asked, or was threatened, is nobody's business.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from armslength.model.ledger import Entry, Ledger, LegalStatus, Reply, Request
from armslength.model.verdicts import Verdict, Verdicts
from armslength.publish.content import Content
from armslength.publish.gate.naming import Speech
from armslength.publish.gate.persons import Persons

_PUT_RIGHT = frozenset({"granted", "granted_in_part"})


def shown_ledger(ledger: Ledger, content: Content, persons: Persons, speech: Speech) -> Ledger:
    """Legal status of public persons, what the accused were asked and answered, what was put right; findings about shown facts."""
    facts = {row.id for row in content.facts}
    claims = {row.id for row in content.claims}
    targets = facts | {row.id for row in content.entities if row.id not in persons.protected}
    entries = tuple(_shown(row, claims, speech) for row in ledger.entries if _may(row, facts, targets, persons))
    findings = tuple(
        replace(
            row,
            statement=speech.say(row.statement, linked=False),
            evidence_for=tuple(one for one in row.evidence_for if one in claims),
            evidence_against=tuple(one for one in row.evidence_against if one in claims),
        )
        for row in ledger.findings
        if row.fact in facts
    )
    return Ledger(entries=entries, findings=findings)


def _may(row: Entry, facts: Collection[str], targets: Collection[str], persons: Persons) -> bool:
    if isinstance(row, LegalStatus):
        return row.person in persons.public
    if isinstance(row, Reply):
        return row.target in targets and row.addressee not in persons.protected
    return isinstance(row, Request) and row.target in facts and row.outcome in _PUT_RIGHT


def _shown(row: Entry, claims: Collection[str], speech: Speech) -> Entry:
    if isinstance(row, LegalStatus):
        return replace(row, claims=tuple(one for one in row.claims if one in claims))
    return replace(row, answer=speech.say(row.answer, linked=False)) if isinstance(row, Reply) else row


def shown_verdicts(said: Verdicts, content: Content) -> Verdicts:
    """The states of shown rows. Other readings stay in the case: a reviewer's date or place may be finer than what is told."""
    claims = {row.id for row in content.claims}
    return Verdicts(
        of_claims={one: _bare(row) for one, row in said.of_claims.items() if one in claims},
        of_things=tuple(_bare(row) for row in said.of_things if row.claims & claims),
    )


def _bare(row: Verdict) -> Verdict:
    return replace(row, judgements=(), edits={})
