"""The resolve stage: claims of many documents to entities, sites, incidents, responses and facts.

In:  all claims and documents of a case, and what people decided about what is one thing.
Out: `Entity`, `Site`, `Incident`, `Response`, `Fact` and `Rejected` rows, written under the run `resolve`.
Never: changes a claim. Everything here is derived and can be dropped and made again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from armslength.base.engine import Engine, Progress
from armslength.base.ids import digest
from armslength.base.settings import Settings
from armslength.model.claims import Claim
from armslength.model.codec import to_json
from armslength.model.decisions import Judgement, in_force
from armslength.model.evidence import Document
from armslength.model.facts import Fact
from armslength.model.ontology import load as load_ontology
from armslength.model.outcome import Rejected, StageReport, StageRun, rejected
from armslength.model.verdicts import REJECTED, Verdicts, is_verdict, verdicts
from armslength.resolve import known as names
from armslength.resolve.entities import decide_entities
from armslength.resolve.facts import Naming, make_facts
from armslength.resolve.incidents import decide_incidents
from armslength.resolve.judged import DECISIONS, judged
from armslength.resolve.readings import Voices, read
from armslength.resolve.responses import make_responses
from armslength.resolve.sites import decide_sites
from armslength.store.case import case_secret
from armslength.store.write import Writer

NAME = "resolve"
VERSION = "3"


def run(writer: Writer, *, engine: Engine, settings: Settings, progress: Progress) -> StageReport:  # noqa: ARG001 (one contract for all stages)
    """Resolve everything anew, unless neither claims nor documents have changed. Taken, kept and refused are claims."""
    claims, documents = writer.read.all(Claim), writer.read.all(Document)
    ontology = load_ontology()
    judgements = [row for row in in_force(writer.read.all(Judgement)) if row.decision in DECISIONS or is_verdict(row)]
    said = verdicts(judgements)
    key = input_hash((*claims, *documents, *judgements), ontology.fingerprint, names.fingerprint())
    before = writer.run_of(NAME)
    if before is not None and (before.version, before.input_hash) == (VERSION, key):
        kept = len({claim for fact in writer.read.all(Fact) for claim in fact.claims})
        return StageReport(
            stage=NAME, version=VERSION, unit="claims", taken=len(claims), kept=kept, refused=len(claims) - kept, unchanged=True
        )
    known = names.load()
    naming = Naming(ontology=ontology, countries=known.labels)
    progress(NAME, 0, 3)
    people = judged(judgements)
    entities, undone = decide_entities(claims, documents, secret=case_secret(writer.read.case), known=known, people=people)
    progress(NAME, 1, 3)
    voices = Voices(entities=entities)
    readings = read(said.read(claims), voices, ontology)
    facts, refused = make_facts(readings, voices, naming, people=people)
    facts = [replace(row, state=said.state("fact", row.id, row.claims)) for row in facts]
    refused += without(claims, said)
    progress(NAME, 2, 3)
    sites, lost_sites = decide_sites(readings, naming, people=people)
    incidents, lost_incidents = decide_incidents(readings, voices, naming, people=people)
    undone += [*lost_sites, *lost_incidents]
    refused += [rejected(NAME, row.sentence) for row in undone]
    sites = [replace(row, state=said.state("site", row.id, row.claims)) for row in sites]
    incidents = [replace(row, state=said.state("incident", row.id, row.claims)) for row in incidents]
    things = [*sites, *incidents, *make_responses(readings, voices, naming)]
    run_row = StageRun(id=NAME, version=VERSION, input_hash=key, output_hash="")
    writer.put(run_row, [*entities, *things, *facts], refused=refused)
    progress(NAME, 3, 3)
    placed = {claim for fact in facts for claim in fact.claims}
    lost = sum(not row.doc for row in refused)
    notes = (f"{lost} judgements about what is one thing have nothing to apply to any more",) if lost else ()
    report = StageReport(stage=NAME, version=VERSION, unit="claims", taken=len(claims), kept=len(placed), refused=len(claims) - len(placed))
    return replace(report, notes=notes)


def without(claims: Iterable[Claim], said: Verdicts) -> list[Rejected]:
    """What reviewers took out of the facts, each with whose reason it is."""
    found = [(claim, said.of_claims[claim.id].judgements[0]) for claim in claims if said.state_of_claim(claim.id) == REJECTED]
    return [
        rejected(NAME, f"A reviewer ({row.who}) rejected this passage: {row.reason}", doc=claim.doc, start=claim.start, end=claim.end)
        for claim, row in found
    ]


def input_hash(rows: Iterable[object], *more: str) -> str:
    """A name for everything the stage depends on, whatever order it comes in."""
    return digest("resolve", tuple(sorted(digest(to_json(row)) for row in rows)), more)
