"""What people conclude about a fact: findings that two made, and those that wait for a second person (METHOD C9).

In:  a reading of a case, a fact, the numbers of its passages.
Out: `FindingView` rows; the standards of proof that may be chosen.
Never: shows one person's proposal as a finding.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from armslength.model.claims import Claim
from armslength.model.decisions import Finding, Judgement, told
from armslength.model.facts import Fact
from armslength.model.ledger import Ledger
from armslength.model.ontology import load as load_ontology
from armslength.pipeline.findings import COURTS_ONLY, STANDARDS, fact_now
from armslength.pipeline.views import words
from armslength.pipeline.views.kinds import label_of
from armslength.store.read import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRef:
    """A passage that a finding rests on, or that speaks against it."""

    claim: str
    document: str
    """Empty where the passage is gone."""
    number: int
    """Of the passage on the fact's page; 0 where it is another fact's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """A finding, or one that waits for a second person."""

    id: str
    statement: str
    standard: str
    """In words."""
    means: str
    """What the standard means."""
    evidence_for: tuple[EvidenceRef, ...]
    evidence_against: tuple[EvidenceRef, ...]
    author: str
    reason: str
    when: str
    second_reviewer: str
    """Empty while it waits for one: then it is no finding."""
    seconded: str
    """When, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """A standard of proof."""

    code: str
    label: str
    means: str


def standards() -> tuple[Standard, ...]:
    """The standards that a finding may name: all but the one that is for courts."""
    known = load_ontology()
    entries = (known.entry(code, scheme=STANDARDS) for code in known.codes(STANDARDS) if code != COURTS_ONLY)
    return tuple(Standard(code=entry.code, label=entry.label, means=entry.definition) for entry in entries)


def findings_about(reader: Reader, fact: Fact, now: Ledger, *, numbers: Mapping[str, int]) -> tuple[FindingView, ...]:
    """Findings about a fact, or about an earlier one whose passages it holds; those that wait come last."""
    exact = reader.exact()
    made = [row for row in now.findings if row.id in now.judgements and fact_now(exact, now.judgements[row.id]) == fact.id]
    waiting = [row for row in now.proposed if fact_now(exact, row) == fact.id]
    wanted = {claim for row in made for claim in (*row.evidence_for, *row.evidence_against)}
    wanted |= {claim for row in waiting for side in ("for", "against") for claim in told(row)[side]}
    docs = {row.id: row.doc for row in exact.all(Claim, id=sorted(wanted))} if wanted else {}

    def refs(claims: tuple[str, ...]) -> tuple[EvidenceRef, ...]:
        found = (EvidenceRef(claim=claim, document=docs.get(claim, ""), number=numbers.get(claim, 0)) for claim in claims)
        return tuple(sorted(found, key=lambda row: (row.number == 0, row.number, row.claim)))

    found = [_made(row, now.judgements[row.id]) for row in made] + [_waiting(row) for row in waiting]
    sides = [(row.evidence_for, row.evidence_against) for row in made]
    sides += [(tuple(told(row)["for"]), tuple(told(row)["against"])) for row in waiting]
    return tuple(reader.hidden(_with(row, refs(fors), refs(against))) for row, (fors, against) in zip(found, sides, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    id: str
    statement: str
    standard: str
    author: str
    reason: str
    when: str
    second_reviewer: str = ""
    seconded: str = ""


def _made(row: Finding, proposed: Judgement) -> _Words:
    return _Words(
        id=row.id,
        statement=row.statement,
        standard=row.standard,
        author=row.author,
        reason=proposed.reason,
        when=words.moment(proposed.when),
        second_reviewer=row.second_reviewer,
        seconded=words.moment(row.when),
    )


def _waiting(row: Judgement) -> _Words:
    given = told(row)
    return _Words(
        id=row.id,
        statement=given["statement"],
        standard=given["standard"],
        author=row.who,
        reason=row.reason,
        when=words.moment(row.when),
    )


def _with(row: _Words, fors: tuple[EvidenceRef, ...], against: tuple[EvidenceRef, ...]) -> FindingView:
    known = load_ontology()
    means = known.entry(row.standard, scheme=STANDARDS).definition if known.has(row.standard, scheme=STANDARDS) else ""
    return FindingView(
        id=row.id,
        statement=row.statement,
        standard=label_of(row.standard),
        means=means,
        evidence_for=fors,
        evidence_against=against,
        author=row.author,
        reason=row.reason,
        when=row.when,
        second_reviewer=row.second_reviewer,
        seconded=row.seconded,
    )
