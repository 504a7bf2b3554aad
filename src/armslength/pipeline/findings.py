"""Findings: what two people conclude about a fact (METHOD C9).

In:  a case, a fact, a standard of proof, a statement, claims for and against; the reviewers' hands.
Out: the judgements `finding` and `second`; with both, a `Finding`.
Never: makes a finding of one reviewer's word, of one key's, or without a word of evidence; uses the standard that only courts may.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from pathlib import Path

from armslength.base.clock import Clock
from armslength.base.errors import InputError
from armslength.base.ids import digest
from armslength.model.claims import Claim
from armslength.model.decisions import FINDING, SECOND, Finding, Judgement, told
from armslength.model.facts import Fact
from armslength.model.ontology import load as load_ontology
from armslength.pipeline.finding import SHORTEST, find_by_prefix
from armslength.pipeline.ledgers import ledger_of
from armslength.pipeline.naming import refuse_names
from armslength.pipeline.signing import Hand, Said, keep, reviewers_of, signed_row
from armslength.store.case import open_case
from armslength.store.read import Reader
from armslength.store.write import Writer, deciding

STANDARDS = "standards_of_proof"
COURTS_ONLY = "STD.beyond_doubt"


def propose(
    folder: Path,
    fact: str,
    *,
    standard: str,
    statement: str,
    evidence: tuple[Sequence[str], Sequence[str]],
    reason: str,
    hand: Hand,
    clock: Clock,
) -> Judgement:
    """Propose a finding about a fact. `evidence` is claims for it and claims against it, by the first characters of their ids."""
    with deciding(open_case(folder, clock=clock, actor=hand.who), clock=clock, actor=hand.who) as writer:
        said = said_of_finding(writer.read, fact, standard=standard, statement=statement, evidence=evidence)
        return keep(writer, said, hand=hand, reason=reason, clock=clock)


def second(folder: Path, finding: str, *, reason: str, hand: Hand, clock: Clock) -> Finding:
    """Agree to a finding that another reviewer proposed. Raises InputError for one's own, or one that does not wait for this."""
    with deciding(open_case(folder, clock=clock, actor=hand.who), clock=clock, actor=hand.who) as writer:
        return keep_second(writer, finding, reason=reason, hand=hand, clock=clock)[1]


def said_of_finding(reader: Reader, fact: str, *, standard: str, statement: str, evidence: tuple[Sequence[str], Sequence[str]]) -> Said:
    """What proposes a finding. Raises InputError for a standard, statement or evidence that cannot be."""
    code = load_ontology().canonical(standard, scheme=STANDARDS)
    if code == COURTS_ONLY:
        raise InputError("Beyond reasonable doubt is for courts. Choose another standard of proof.")
    if not statement.strip() or not evidence[0]:
        raise InputError("A finding needs a statement, and at least one claim for it.")
    refuse_names(reader, statement)
    found = find_by_prefix(reader, Fact, fact, word="fact")
    fors, against = ([find_by_prefix(reader, Claim, row, word="claim").id for row in side] for side in evidence)
    if set(fors) & set(against):
        raise InputError("A claim is named both for the finding and against it.")
    said = {"fact": found.id, "claims": sorted(found.claims), "standard": code, "statement": statement.strip()}
    value = json.dumps(said | {"for": sorted(fors), "against": sorted(against)}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Said(target=digest("finding", found.id, code, statement.strip()), decision=FINDING, value=value)


def keep_second(
    writer: Writer, finding: str, *, reason: str, hand: Hand, clock: Clock, seen: Collection[str] | None = None
) -> tuple[Judgement, Finding]:
    """Keep that another reviewer agrees, and the finding that it makes. Raises InputError as `second` does."""
    wanted = finding.strip().lower()
    waiting = [row for row in ledger_of(writer.read).proposed if row.id.startswith(wanted) and len(wanted) >= SHORTEST]
    if len(waiting) != 1:
        raise InputError(
            f"{len(waiting)} findings that wait for a second reviewer begin with {finding!r}. See: armslength list findings CASE"
        )
    value = json.dumps({"finding": waiting[0].id})
    said = Said(target=digest("second", waiting[0].id, hand.key.id), decision=SECOND, value=value)
    row = signed_row(writer, said, hand=hand, reason=reason, clock=clock, seen=seen)
    if not reviewers_of(writer.read).four_eyes((waiting[0], row)):
        raise InputError("A finding needs two reviewers, each with a key of their own; this key or reviewer proposed it.")
    with writer.together():
        writer.decide(row)
        complete(writer)
    return row, next(made for made in ledger_of(writer.read).findings if made.id == waiting[0].id)


def complete(writer: Writer) -> tuple[Finding, ...]:
    """Keep every finding that two reviewers have made and that is not kept yet; returns those."""
    made = tuple(row for row in ledger_of(writer.read).findings if writer.read.get(Finding, row.id) is None)
    for row in made:
        writer.decide(row)
    return made


def fact_now(reader: Reader, proposed: Judgement) -> str:
    """The fact that a finding speaks of as it is now: itself, or the one that holds all its claims; empty where there is none."""
    given = told(proposed)
    if reader.get(Fact, given["fact"]) is not None:
        return str(given["fact"])
    facts = [set(found) for found in reader.facts_of(given["claims"]).values()]
    shared = set.intersection(*facts) if len(facts) == len(given["claims"]) and facts else set()
    return min(shared, default="")
