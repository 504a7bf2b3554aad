"""The resolve stage: claims of many documents to entities, sites, incidents, responses and facts.

In:  all claims and documents of a case.
Out: `Entity`, `Site`, `Incident`, `Response`, `Fact` and `Rejected` rows, written under the run `resolve`.
Never: changes a claim. Everything here is derived and can be dropped and made again.
"""

from __future__ import annotations

from collections.abc import Iterable

from armslength.base.engine import Engine, Progress
from armslength.base.ids import digest
from armslength.base.settings import Settings
from armslength.model.claims import Claim
from armslength.model.codec import to_json
from armslength.model.evidence import Document
from armslength.model.facts import Fact
from armslength.model.ontology import load as load_ontology
from armslength.model.outcome import StageReport, StageRun
from armslength.resolve import known as names
from armslength.resolve.entities import resolve_entities
from armslength.resolve.facts import Naming, make_facts
from armslength.resolve.incidents import make_incidents
from armslength.resolve.readings import Voices, read
from armslength.resolve.responses import make_responses
from armslength.resolve.sites import make_sites
from armslength.store.case import case_secret
from armslength.store.write import Writer

NAME = "resolve"
VERSION = "1"


def run(writer: Writer, *, engine: Engine, settings: Settings, progress: Progress) -> StageReport:  # noqa: ARG001 (one contract for all stages)
    """Resolve everything anew, unless neither claims nor documents have changed. Taken, kept and refused are claims."""
    claims, documents = writer.read.all(Claim), writer.read.all(Document)
    ontology = load_ontology()
    key = input_hash(claims, documents, ontology.fingerprint, names.fingerprint())
    before = writer.run_of(NAME)
    if before is not None and (before.version, before.input_hash) == (VERSION, key):
        kept = len({claim for fact in writer.read.all(Fact) for claim in fact.claims})
        return StageReport(
            stage=NAME, version=VERSION, unit="claims", taken=len(claims), kept=kept, refused=len(claims) - kept, unchanged=True
        )
    known = names.load()
    naming = Naming(ontology=ontology, countries=known.labels)
    progress(NAME, 0, 3)
    entities = resolve_entities(claims, documents, secret=case_secret(writer.read.case), known=known)
    progress(NAME, 1, 3)
    voices = Voices(entities=entities)
    readings = read(claims, voices, ontology)
    facts, refused = make_facts(readings, voices, naming)
    progress(NAME, 2, 3)
    things = [*make_sites(readings, naming), *make_incidents(readings, voices, naming), *make_responses(readings, voices, naming)]
    run_row = StageRun(id=NAME, version=VERSION, input_hash=key, output_hash="")
    writer.put(run_row, [*entities, *things, *facts], refused=refused)
    progress(NAME, 3, 3)
    placed = {claim for fact in facts for claim in fact.claims}
    return StageReport(stage=NAME, version=VERSION, unit="claims", taken=len(claims), kept=len(placed), refused=len(claims) - len(placed))


def input_hash(claims: Iterable[Claim], documents: Iterable[Document], *more: str) -> str:
    """A name for everything the stage depends on, whatever order it comes in."""
    rows = sorted(digest(to_json(row)) for row in (*claims, *documents))
    return digest("resolve", tuple(rows), more)
