"""The resolve stage: claims of many documents to entities, sites, incidents, responses and facts.

In:  the claims and documents that are new, changed or gone since the last time, what was noted of all others, and what people decided
     about what is one thing.
Out: `Entity`, `Site`, `Incident`, `Response`, `Fact` and `Rejected` rows, written under the run `resolve`, in a large case in parts by the
     first digits of their ids (`resolve:3f`).
Never: changes a claim. Everything here is derived and can be dropped and made again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from armslength.base.engine import Engine, Progress
from armslength.base.ids import digest
from armslength.base.settings import Settings
from armslength.model.claims import Claim
from armslength.model.codec import to_json
from armslength.model.decisions import Judgement, concerned, in_force, is_added_claim, told
from armslength.model.entries import NoEntries
from armslength.model.evidence import Document
from armslength.model.heads import RENAMED, TOUCHED
from armslength.model.ontology import load as load_ontology
from armslength.model.outcome import Rejected, StageReport, StageRun
from armslength.model.verdicts import is_verdict, verdicts
from armslength.resolve import known as names
from armslength.resolve.entities import Setting
from armslength.resolve.facts import Naming
from armslength.resolve.judged import DECISIONS, judged, spoken_of
from armslength.resolve.near import near_claims
from armslength.resolve.touched import Update, Way
from armslength.resolve.update import SPACES, update
from armslength.resolve.world import State, World, note_state, read_state
from armslength.store.case import case_secret
from armslength.store.write import Writer

NAME = "resolve"
VERSION = "4"
_SMALL, _MIDDLE = 5_000, 80_000
"""Rows up to which they stand under one run, or under sixteen; beyond, under 256: what is hashed again when a row changes stays small."""


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows of the case, for the pure part of the stage."""

    writer: Writer

    def documents(self, ids: Collection[str]) -> list[Document]:
        return self.writer.read.all(Document, id=ids)

    def claims_in(self, docs: Collection[str]) -> list[Claim]:
        return self.writer.read.all(Claim, doc=docs)

    def claims(self, ids: Collection[str]) -> list[Claim]:
        return self.writer.read.all(Claim, id=ids)

    def entity_of(self, mentions: Iterable[str]) -> Mapping[str, str]:
        return self.writer.read.entity_of(mentions)

    def refused_in(self, docs: Collection[str]) -> set[str]:
        return {row.id for row in self.writer.read.all(Rejected, stage=NAME, doc=docs)}


def run(writer: Writer, *, engine: Engine, settings: Settings, progress: Progress) -> StageReport:  # noqa: ARG001 (one contract for all stages)
    """Resolve what is new, changed or gone, and what that concerns. Taken, kept and refused are claims."""
    with writer.together():
        return _run(writer, progress)


def _run(writer: Writer, progress: Progress) -> StageReport:
    told_ever = writer.read.all(Judgement)
    every, judgements = ([row for row in rows if _bears(row)] for rows in (told_ever, in_force(told_ever)))
    now = State(
        stamp=digest(NAME, VERSION, load_ontology().fingerprint, names.fingerprint()),
        judged=digest(*sorted(digest(to_json(row)) for row in judgements)),
    )
    before = read_state(writer.entries)
    mark = writer.run_of(NAME)
    current = mark is not None and (mark.version, mark.input_hash) == (VERSION, _input(writer, before)) and before.stamp == now.stamp
    documents, claims, said = (writer.changes(NAME, kind) for kind in (Document, Claim, Judgement))
    if current and before.judged == now.judged and not documents.docs | claims.docs:
        return _report(writer, (), unchanged=True)
    progress(NAME, 0, 2)
    found = None
    if current:
        state = replace(before, judged=now.judged)
        again = {row.doc for row in writer.read.all(Claim, id=_judged_claims(concerned(told_ever, said.come)))}
        way = _way(writer, judgements, every, everything=False)
        found = update(documents.docs | claims.docs, writer.entries, _Rows(writer), way, state, again=again)
    if found is None or found.whole:
        writer.forget_entries()
        writer.drop([NAME, *(f"{NAME}:{number:0{width}x}" for width in (1, 2) for number in range(16**width))])
        documents, claims, said = (writer.changes(NAME, kind) for kind in (Document, Claim, Judgement))
        found = _whole(writer, documents.docs | claims.docs, _way(writer, judgements, every, everything=True), now)
    writer.note_seen(NAME, Document, documents)
    writer.note_seen(NAME, Claim, claims)
    writer.note_seen(NAME, Judgement, said)
    progress(NAME, 1, 2)
    _write(writer, found, documents.docs | claims.docs)
    progress(NAME, 2, 2)
    return _report(writer, found.undone, unchanged=False)


def _bears(row: Judgement) -> bool:
    return row.decision in DECISIONS or is_verdict(row) or is_added_claim(row)


def _judged_claims(judgements: Iterable[Judgement]) -> set[str]:
    """Claims that any verdict speaks of, standing or not: by themselves, or as what a fact, site or incident held."""
    rows = [row for row in judgements if is_verdict(row)]
    held = [told(row).get("claims") for row in rows]
    return {row.target for row in rows} | {str(claim) for claims in held if isinstance(claims, list) for claim in claims}


def _way(writer: Writer, judgements: Collection[Judgement], every: Collection[Judgement], *, everything: bool) -> Way:
    people, known = judged(judgements), names.load()
    return Way(
        setting=Setting(secret=case_secret(writer.read.case), known=known, judged=people.about("entity"), spoken_of=spoken_of(every)),
        naming=Naming(ontology=load_ontology(), countries=known.labels),
        people=people,
        said=verdicts(judgements),
        spoken_of=spoken_of(every),
        everything=everything,
    )


def _whole(writer: Writer, docs: Collection[str], way: Way, state: State) -> Update:
    """Resolve the whole case; what is noted of it is held in memory until it is complete."""
    noted = NoEntries()
    found = update(docs, noted, _Rows(writer), way, state)
    size = len(found.rows)
    found.state = replace(found.state, width=0 if size <= _SMALL else 1 if size <= _MIDDLE else 2)
    for space in (*SPACES, TOUCHED, RENAMED):
        writer.entries.note(noted.of_space(space))
    return found


def _write(writer: Writer, found: Update, docs: Collection[str]) -> None:
    note_state(writer.entries, found.state)
    width = found.state.width
    new = {row.id for row in found.rows if isinstance(row, Rejected)}
    found.gone[Rejected] |= _Rows(writer).refused_in({*docs, *found.docs, ""}) - new
    mark = StageRun(id=NAME, version=VERSION, input_hash=_input(writer, found.state), output_hash="")
    writer.amend(mark, found.rows, gone=found.gone, run_of=lambda row: f"{NAME}:{row[:width]}" if width else NAME)


def _input(writer: Writer, state: State) -> str:
    """A name for everything the stage depends on: what it was made with, what people had decided, and what it has noted of the rows."""
    return digest(NAME, state.stamp, state.judged, writer.entries_state(NAME, SPACES))


def _report(writer: Writer, undone: Collection[object], *, unchanged: bool) -> StageReport:
    taken = writer.read.count(Claim)
    kept = writer.read.count_placed()
    notes = (f"{len(undone)} judgements about what is one thing have nothing to apply to any more",) if undone else ()
    return StageReport(
        stage=NAME, version=VERSION, unit="claims", taken=taken, kept=kept, refused=taken - kept, unchanged=unchanged, notes=notes
    )


def could_be_one(writer: Writer, claims: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """Pairs of claims, one of them among these, that belong together but for one thing: with that thing. To be used inside `together`."""
    kept, rows = writer.entries, _Rows(writer)
    world = World(kept=kept, entity_of=rows.entity_of, countries=frozenset(read_state(kept).countries))
    return near_claims(claims, world, rows, load_ontology())
