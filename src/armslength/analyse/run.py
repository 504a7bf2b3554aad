"""The analyse stage: counts with their unit and scope.

In:  everything resolved and traced.
Out: `Count` rows, written under the run `analyse`.
Never: estimates what is not documented.
"""

from __future__ import annotations

from armslength.analyse.counts import Case, make_counts
from armslength.base.engine import Engine, Progress
from armslength.base.ids import digest
from armslength.base.settings import Settings
from armslength.model.claims import Claim
from armslength.model.codec import to_json
from armslength.model.evidence import Document
from armslength.model.facts import Count, Fact, Origins
from armslength.model.ontology import load as load_ontology
from armslength.model.outcome import StageReport, StageRun
from armslength.model.things import Incident, Response, Site
from armslength.model.verdicts import REJECTED
from armslength.store.write import Writer

NAME = "analyse"
VERSION = "1"


def run(writer: Writer, *, engine: Engine, settings: Settings, progress: Progress) -> StageReport:  # noqa: ARG001 (one contract for all stages)
    """Count everything anew, unless nothing it rests on has changed. Taken and kept are facts; none is refused."""
    every = writer.read.all(Fact)
    case = Case(
        documents=writer.read.all(Document),
        claims=writer.read.all(Claim),
        facts=[row for row in every if row.state != REJECTED],
        origins=writer.read.all(Origins),
        sites=[row for row in writer.read.all(Site) if row.state != REJECTED],
        incidents=[row for row in writer.read.all(Incident) if row.state != REJECTED],
        responses=writer.read.all(Response),
    )
    ontology = load_ontology()
    tables = (case.documents, case.claims, case.facts, case.origins, case.sites, case.incidents, case.responses)
    rows = [row for table in tables for row in table]
    key = digest(NAME, ontology.fingerprint, tuple(sorted(digest(to_json(row)) for row in rows)))
    before = writer.run_of(NAME)
    unchanged = before is not None and (before.version, before.input_hash) == (VERSION, key)
    if not unchanged:
        progress(NAME, 0, 1)
        counts: list[Count] = make_counts(case, ontology)
        writer.put(StageRun(id=NAME, version=VERSION, input_hash=key, output_hash=""), counts)
        progress(NAME, 1, 1)
    total = len(every)
    return StageReport(stage=NAME, version=VERSION, unit="facts", taken=total, kept=total, refused=0, unchanged=unchanged)
