"""The lineage stage: who copied whom, how many independent origins each fact has, how facts bear on each other.

In:  documents, claims, entities and facts of a case, and what people decided about edges.
Out: `LineageEdge`, `Origins` and `Relation` rows, written under the run `lineage`.
Never: changes a fact. Everything here is derived and can be dropped and made again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from armslength.base.engine import Engine, Progress
from armslength.base.ids import digest
from armslength.base.settings import Settings
from armslength.lineage.between import between_all
from armslength.lineage.cast import Cast
from armslength.lineage.claims import Texts, claim_edges
from armslength.lineage.documents import ONE_TEXT, one_text
from armslength.lineage.judged import ADD, NOTHING_JUDGED, STATES, Judged, judged, without_target
from armslength.lineage.origins import count_origins
from armslength.lineage.publishers import groups_for
from armslength.lineage.relations import relate
from armslength.lineage.routes import route_of
from armslength.lineage.tables import tables_of
from armslength.model.claims import Claim
from armslength.model.codec import to_json
from armslength.model.decisions import WITHDRAW, Judgement, in_force
from armslength.model.evidence import Document
from armslength.model.facts import Fact, LineageEdge, Origins
from armslength.model.outcome import StageReport, StageRun, rejected
from armslength.model.things import Entity
from armslength.model.verdicts import DECISIONS, verdicts
from armslength.store.write import Writer

NAME = "lineage"
VERSION = "3"
TAKEN = frozenset({*STATES, ADD, *DECISIONS, WITHDRAW})
"""Decisions of judgements that bear on lineage."""
LOST = (
    "A reviewer judged the edge {edge}, and it is not there any more: what it tied together is read otherwise now. "
    "The judgement is kept; look at the fact again."
)


def run(writer: Writer, *, engine: Engine, settings: Settings, progress: Progress) -> StageReport:  # noqa: ARG001 (one contract for all stages)
    """Trace everything anew, unless nothing it rests on has changed. Taken and kept are facts; none is refused."""
    documents, claims = writer.read.all(Document), writer.read.all(Claim)
    entities, facts = writer.read.all(Entity), writer.read.all(Fact)
    judgements = [row for row in in_force(writer.read.all(Judgement)) if row.decision in TAKEN]
    groups = groups_for(writer.case.folder)
    key = digest(
        NAME,
        groups.fingerprint,
        tuple(sorted(digest(to_json(row)) for rows in (documents, claims, entities, facts, judgements) for row in rows)),
    )
    before = writer.run_of(NAME)
    report = StageReport(stage=NAME, version=VERSION, unit="facts", taken=len(facts), kept=len(facts), refused=0)
    if before is not None and (before.version, before.input_hash) == (VERSION, key):
        return replace(report, unchanged=True)
    progress(NAME, 0, 3)
    cast, people, said = Cast(entities=entities, documents=documents, groups=groups), judged(judgements), verdicts(judgements)
    read = said.read(claims)
    between = between_documents(cast, people, engine=engine)
    progress(NAME, 1, 3)
    edges, origins = trace(facts, read, cast, between, people=people)
    progress(NAME, 2, 3)
    relations = relate(facts, {claim.id: claim for claim in read}, cast)
    known = frozenset(row.id for rows in (documents, claims) for row in rows)
    lost = [rejected(NAME, LOST.format(edge=edge)) for edge in without_target(people, [*between, *edges], known)]
    mark = StageRun(id=NAME, version=VERSION, input_hash=key, output_hash="")
    writer.put(mark, [*between, *edges, *origins, *relations], refused=lost)
    progress(NAME, 3, 3)
    return replace(report, notes=(f"{len(lost)} judgements about edges have nothing to apply to any more",) if lost else ())


def between_documents(cast: Cast, people: Judged, *, engine: Engine) -> list[LineageEdge]:
    """Edges between documents, as the program finds them and as people judged them."""
    added = [edge for edge in people.added if edge.level == "document" and {edge.from_id, edge.to_id} <= cast.texts.keys()]
    found = {edge.id: edge for edge in (*between_all(cast, engine=engine), *added)}
    return people.marked(found[edge] for edge in sorted(found))


def trace(
    facts: Sequence[Fact],
    claims: Iterable[Claim],
    cast: Cast,
    between: Sequence[LineageEdge],
    *,
    people: Judged = NOTHING_JUDGED,
) -> tuple[list[LineageEdge], list[Origins]]:
    """Edges between claims, and the origins of every fact, from the edges between documents."""
    claims = list(claims)
    routes = {claim.id: route_of(claim, cast) for claim in claims}
    tables = tables_of(claims, cast)
    texts = Texts(
        text_of=one_text((row.id for row in cast.documents), between),
        edges={frozenset({edge.from_id, edge.to_id}): edge for edge in between if edge.kind in ONE_TEXT and edge.state != "disputed"},
    )
    edges: dict[str, LineageEdge] = {}
    origins: list[Origins] = []
    for fact in facts:
        mine = [routes[claim] for claim in fact.claims]
        added = [edge for edge in people.added if {edge.from_id, edge.to_id} <= set(fact.claims)]
        found = people.marked([*claim_edges(mine, cast, texts, tables=tables, disputed=people.disputed), *added])
        edges |= {edge.id: edge for edge in found}
        origins.append(count_origins(fact, mine, found, cast, texts))
    return [edges[key] for key in sorted(edges)], sorted(origins, key=lambda row: row.id)
