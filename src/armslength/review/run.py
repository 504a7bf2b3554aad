"""The review stage: what people said of claims, facts, sites and incidents, held against what there is now.

In:  judgements, and the rows that they name.
Out: a `Rejected` row for each judgement that has nothing to apply to any more, written under the run `review`.
Never: decides anything; the states themselves are written where the rows are made, from the same reading (`model/verdicts.py`).
"""

from __future__ import annotations

from dataclasses import replace

from armslength.base.engine import Engine, Progress
from armslength.base.ids import digest
from armslength.base.settings import Settings
from armslength.model.claims import Claim
from armslength.model.decisions import Judgement
from armslength.model.facts import Fact
from armslength.model.outcome import StageReport, StageRun, rejected
from armslength.model.things import Incident, Site
from armslength.model.verdicts import Verdicts, verdicts
from armslength.review.force import Thing, force
from armslength.store.read import Reader
from armslength.store.write import Writer

NAME = "review"
VERSION = "1"


def run(writer: Writer, *, engine: Engine, settings: Settings, progress: Progress) -> StageReport:  # noqa: ARG001 (one contract for all stages)
    """Hold every standing judgement about a row against the rows. Taken and kept are judgements. Where there are none, no row is read."""
    said = verdicts(writer.read.all(Judgement))
    claims = {row.id for row in writer.read.all(Claim, id=sorted(said.of_claims))} if said.of_claims else set()
    found = force(said, claims=claims, things=_things(writer.read, said))
    report = StageReport(
        stage=NAME, version=VERSION, unit="judgements", taken=found.taken, kept=found.taken - len(found.lost), refused=len(found.lost)
    )
    key = digest(NAME, tuple(sorted([*said.of_claims, *(row.target for row in said.of_things)])), found.lost)
    before = writer.run_of(NAME)
    if before is not None and (before.version, before.input_hash) == (VERSION, key):
        return replace(report, unchanged=True)
    mark = StageRun(id=NAME, version=VERSION, input_hash=key, output_hash="")
    writer.put(mark, [], refused=[rejected(NAME, sentence) for sentence in found.lost])
    return report


def _things(reader: Reader, said: Verdicts) -> list[Thing]:
    """The facts, sites and incidents that judgements may reach."""
    levels = {row.level for row in said.of_things}
    things: list[Thing] = []
    if "fact" in levels:
        facts = {fact for found in reader.facts_of(said.named).values() for fact in found} | {row.target for row in said.of_things}
        things += reader.all(Fact, id=sorted(facts))
    things += reader.all(Site) if "site" in levels else []
    things += reader.all(Incident) if "incident" in levels else []
    return things
