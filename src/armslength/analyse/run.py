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
from armslength.model.evidence import Document
from armslength.model.facts import Count, Fact, Origins
from armslength.model.ontology import load as load_ontology
from armslength.model.outcome import StageReport, StageRun
from armslength.model.things import Incident, Response, Site
from armslength.model.verdicts import REJECTED
from armslength.store.read import Reader
from armslength.store.write import Writer

NAME = "analyse"
VERSION = "2"
_COUNTED = (Document, Claim, Fact, Origins, Site, Incident, Response)


def run(writer: Writer, *, engine: Engine, settings: Settings, progress: Progress) -> StageReport:  # noqa: ARG001 (one contract for all stages)
    """Count everything anew, unless nothing it rests on has changed. Taken and kept are facts; none is refused."""
    ontology = load_ontology()
    key = digest(NAME, ontology.fingerprint, *(writer.read.hashes(kind) for kind in _COUNTED))
    before = writer.run_of(NAME)
    unchanged = before is not None and (before.version, before.input_hash) == (VERSION, key)
    if not unchanged:
        progress(NAME, 0, 1)
        counts: list[Count] = make_counts(_case(writer.read), ontology)
        writer.put(StageRun(id=NAME, version=VERSION, input_hash=key, output_hash=""), counts)
        progress(NAME, 1, 1)
    total = writer.read.count(Fact)
    return StageReport(stage=NAME, version=VERSION, unit="facts", taken=total, kept=total, refused=0, unchanged=unchanged)


def _case(reader: Reader) -> Case:
    """Everything that is counted: what people rejected is not."""
    return Case(
        documents=reader.all(Document),
        claims=reader.all(Claim),
        facts=[row for row in reader.all(Fact) if row.state != REJECTED],
        origins=reader.all(Origins),
        sites=[row for row in reader.all(Site) if row.state != REJECTED],
        incidents=[row for row in reader.all(Incident) if row.state != REJECTED],
        responses=reader.all(Response),
    )
