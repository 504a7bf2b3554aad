"""The lineage stage: who copied whom, how many independent origins each fact has, how facts bear on each other.

In:  the facts that are new, changed or gone since the last time, what was noted of all others, the documents and voices that changed,
     and what people decided about edges.
Out: `LineageEdge`, `Origins` and `Relation` rows, written under the run `lineage`, in a large case in parts by the first digits of
     their ids.
Never: changes a fact. Everything here is derived and can be dropped and made again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias, cast

from armslength.base.engine import Engine, Progress, batched
from armslength.base.ids import digest
from armslength.base.settings import Settings
from armslength.lineage.bearing import bear
from armslength.lineage.between import Asks, between_again, between_all
from armslength.lineage.cast import Cast
from armslength.lineage.documents import ONE_TEXT
from armslength.lineage.hinges import REWEIGH, Hinges, Standing, hinges, joined
from armslength.lineage.judged import STATES, Judged, judged, without_target
from armslength.lineage.live import live_cast, publishers_in
from armslength.lineage.noting import PRINTS, SPACES, TRACED
from armslength.lineage.publishers import groups_for
from armslength.lineage.reach import Changed, News, State, note_state, prepare, reach, read_spellings, read_state, told
from armslength.lineage.spellings import NO_SPELLINGS
from armslength.lineage.tracing import BATCH, Around, Rows, around, cast_of, gather, trace, trace_some
from armslength.model.claims import Claim
from armslength.model.codec import to_json
from armslength.model.decisions import ADD, WITHDRAW, Judgement, concerned, in_force
from armslength.model.entries import Entries, Entry
from armslength.model.evidence import Document
from armslength.model.facts import Fact, LineageEdge, Origins, Relation
from armslength.model.heads import HEADS, RENAMED
from armslength.model.outcome import Rejected, StageReport, StageRun, rejected
from armslength.model.verdicts import DECISIONS, NO_VERDICTS, Verdicts, verdicts
from armslength.store.entries import Changes
from armslength.store.write import Writer

__all__ = ["NAME", "VERSION", "between_documents", "run", "trace"]

NAME = "lineage"
VERSION = "4"
TAKEN = frozenset({*STATES, ADD, *DECISIONS, WITHDRAW})
"""Decisions of judgements that bear on lineage."""
PAGE = 200
"""Documents read at a time."""
_SMALL, _MIDDLE = 5_000, 80_000
"""Facts up to which everything stands under one run, or under sixteen."""
LOST = (
    "A reviewer judged the edge {edge}, and it is not there any more: what it tied together is read otherwise now. "
    "The judgement is kept; look at the fact again."
)


Traced: TypeAlias = LineageEdge | Origins | Relation


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows of the case, for the pure part of the stage."""

    writer: Writer
    said: Verdicts

    def facts(self, ids: Collection[str]) -> list[Fact]:
        return self.writer.read.all(Fact, id=ids)

    def facts_on(self, pages: Collection[str]) -> list[Fact]:
        claims = [row.id for row in self.writer.read.all(Claim, doc=pages)]
        return self.facts(self.facts_with(claims))

    def claims(self, ids: Collection[str]) -> list[Claim]:
        return self.said.read(self.writer.read.all(Claim, id=ids))

    def claims_in(self, docs: Collection[str]) -> list[Claim]:
        return self.said.read(self.writer.read.all(Claim, doc=docs))

    def documents(self, ids: Collection[str]) -> list[Document]:
        return self.writer.read.all(Document, id=ids)

    def entity_of(self, mentions: Iterable[str]) -> Mapping[str, str]:
        return self.writer.read.entity_of(mentions)

    def facts_with(self, claims: Collection[str]) -> set[str]:
        return {fact for facts in self.writer.read.facts_of(claims).values() for fact in facts}

    def edges(self, ids: Collection[str]) -> list[LineageEdge]:
        return self.writer.read.all(LineageEdge, id=ids)

    def one_text_edges(self, docs: Collection[str]) -> list[LineageEdge]:
        return self.document_edges(docs, ONE_TEXT)

    def both(self, edge: LineageEdge) -> bool:
        """Whether both documents of an edge are there."""
        return len(self.documents({edge.from_id, edge.to_id})) == 2

    def document_edges(self, docs: Collection[str], kinds: Collection[str]) -> list[LineageEdge]:
        """Edges of some kinds with one end among some documents, each once."""
        found = [*self.writer.read.all(LineageEdge, from_id=docs), *self.writer.read.all(LineageEdge, to_id=docs)]
        return list({edge.id: edge for edge in found if edge.level == "document" and edge.kind in kinds}.values())


def run(writer: Writer, *, engine: Engine, settings: Settings, progress: Progress) -> StageReport:  # noqa: ARG001 (one contract for all stages)
    """Trace what is new, changed or gone, and what that concerns. Taken and kept are facts; none is refused."""
    with writer.together():
        return _run(writer, engine=engine, progress=progress)


def _run(writer: Writer, *, engine: Engine, progress: Progress) -> StageReport:
    told_ever, groups = writer.read.all(Judgement), groups_for(writer.case.folder)
    judgements = [row for row in in_force(told_ever) if row.decision in TAKEN]
    kept, rows, people = writer.entries, _Rows(writer, verdicts(judgements)), judged(judgements)
    decided = digest(*sorted(digest(to_json(row)) for row in judgements))
    state, mark, count = read_state(kept), writer.run_of(NAME), writer.read.count(Fact)
    report = StageReport(stage=NAME, version=VERSION, unit="facts", taken=count, kept=count, refused=0)
    current = (
        mark is not None and (mark.version, mark.input_hash) == (VERSION, _input(writer, state)) and state.groups == groups.fingerprint
    )
    again = not current or state.judged != decided
    facts, documents, said = (writer.changes(NAME, kind) for kind in (Fact, Document, Judgement))
    if not again and not told(kept) and not {*facts.docs, *documents.docs}:
        return replace(report, unchanged=True)
    progress(NAME, 0, 3)
    if not current:
        state = State(width=0 if count <= _SMALL else 1 if count <= _MIDDLE else 2)
        facts, documents, said = _begin(writer)
    state = replace(state, judged=decided, groups=groups.fingerprint)
    known = {row.target for row in concerned(told_ever, said.come) if row.decision in TAKEN}
    for kind, seen in ((Document, documents), (Fact, facts), (Judgement, said)):
        writer.note_seen(NAME, kind, seen)
    moved, whole = prepare(documents.docs, Around(rows=rows, kept=kept, groups=groups, spellings=NO_SPELLINGS))
    news = News(come=set(documents.come), gone=set(documents.gone), restless=moved.docs - documents.docs, judged=known)
    texts = _between(writer, whole, people, engine=engine, state=state, news=news)
    progress(NAME, 1, 3)
    changed = Changed(come=facts.come.keys(), texts=texts, decided=known)
    ids = reach(moved, changed, people, rows, kept) - facts.gone.keys()
    found, gone = _traced(writer, whole, ids, facts.gone.keys(), people)
    progress(NAME, 2, 3)
    lost = _lost(writer, people, found, gone)
    gone[Rejected] = {row.id for row in writer.read.all(Rejected, stage=NAME)} - {row.id for row in lost}
    note_state(kept, state)
    writer.amend(_mark(writer, state), [*found, *lost], gone=gone, run_of=_run_of(state))
    progress(NAME, 3, 3)
    return replace(report, notes=(f"{len(lost)} judgements about edges have nothing to apply to any more",) if lost else ())


def _begin(writer: Writer) -> tuple[Changes, Changes, Changes]:
    """Forget what was traced, and take everything for new."""
    kept = writer.entries
    for space in SPACES:
        kept.forget(kept.of_space(space))
    there = {row.id for row in kept.of_space(RENAMED)}
    kept.note(Entry(space=RENAMED, id=row.id) for row in kept.of_space(HEADS) if row.id not in there)
    writer.drop([NAME, *(f"{NAME}:{number:0{width}x}" for width in (1, 2) for number in range(16**width))])
    return writer.changes_anew(NAME, Fact), writer.changes_anew(NAME, Document), writer.changes_anew(NAME, Judgement)


def _run_of(state: State) -> Callable[[str], str]:
    return lambda row: f"{NAME}:{row[: state.width]}" if state.width else NAME


def _mark(writer: Writer, state: State) -> StageRun:
    return StageRun(id=NAME, version=VERSION, input_hash=_input(writer, state), output_hash="")


def _input(writer: Writer, state: State) -> str:
    """A name for everything the stage depends on: what people had decided, and what it has noted of the rows."""
    return digest(NAME, VERSION, state.judged, writer.entries_state(NAME, SPACES))


def _traced(
    writer: Writer, whole: Around, ids: Collection[str], gone: Collection[str], people: Judged
) -> tuple[list[Traced], dict[type, set[str]]]:
    """Rows of facts, and of those they bear on; and what goes."""
    kept = whole.kept
    old = kept.of_ids(TRACED, {*ids, *gone})
    kept.forget(old)
    done = list(trace_some(sorted(ids), whole, people))
    new = [one.entry for one in done]
    kept.note(new)
    bearing = bear([*old, *new], whole)
    edges = {edge.id: edge for one in done for edge in one.edges}
    before = [row for kind, of in bearing.of.items() for row in writer.read.all(Relation, fact=of, type=kind)]
    found: list[Traced] = [*edges.values(), *(one.origins for one in done), *bearing.rows.values()]
    was = {row.id: row for row in before}
    moved = [row for found_of in (was, bearing.rows) for row in found_of.values() if was.get(row.id) != bearing.rows.get(row.id)]
    _tell(kept, {*ids, *gone, *(fact for row in moved for fact in (row.fact, row.other))})
    return found, {
        LineageEdge: {edge for row in old for edge in row.body.split("\n")[0].split()} - edges.keys(),
        Origins: set(gone),
        Relation: {row.id for row in before} - bearing.rows.keys(),
    }


def _tell(kept: Entries, facts: Collection[str]) -> None:
    """Note for whoever weighs facts which of them were traced again, or are borne on otherwise."""
    there = {row.id for row in kept.of_ids(REWEIGH, facts)}
    kept.note(Entry(space=REWEIGH, id=row) for row in sorted(set(facts) - there))


def weigh(writer: Writer, facts: Collection[str], *, looked_at: Collection[str]) -> Iterator[Hinges]:
    """What decides the counts of facts with several passages, to be used inside `together`. `looked_at`: claims that people accepted."""
    whole, people = _whole(writer)
    ordered = sorted(facts)
    for start in range(0, len(ordered), BATCH):
        rows = [row for row in whole.rows.facts(ordered[start : start + BATCH]) if len(row.claims) > 1]
        some = gather(rows, whole)
        for found in hinges(some, people, _standing(writer, [row.id for row in rows]), looked_at=looked_at):
            writer.pause()
            yield found


def _standing(writer: Writer, ids: Collection[str]) -> dict[str, Standing]:
    """The counts and edges of facts as they were written last."""
    edges_of = {row.id: row.body.split("\n")[0].split() for row in writer.entries.of_ids(TRACED, ids)}
    edges = {row.id: row for row in writer.read.all(LineageEdge, id={edge for found in edges_of.values() for edge in found})}
    return {row.id: (row, [edges[edge] for edge in edges_of.get(row.id, ()) if edge in edges]) for row in writer.read.all(Origins, id=ids)}


def weigh_as_one(writer: Writer, pairs: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Origins]:
    """The count that each pair of facts would have as one fact, to be used inside `together`; pairs without one of them are left out."""
    whole, people = _whole(writer)
    found: dict[tuple[str, str], Origins] = {}
    for start in range(0, len(pairs), BATCH):
        these = pairs[start : start + BATCH]
        some = gather(whole.rows.facts({fact for pair in these for fact in pair}), whole)
        facts = {fact.id: fact for fact in some.facts}
        found |= {pair: joined([facts[row] for row in pair], some, people) for pair in these if facts.keys() >= set(pair)}
    return found


def weigh_one_voice(writer: Writer, pair: tuple[str, str], facts: Collection[str]) -> dict[str, Origins]:
    """The counts that facts would have if two voices were one, to be used inside `together`."""
    whole, people = _whole(writer)
    some = gather(whole.rows.facts(facts), replace(whole, rows=cast("Rows", _OneVoice(whole.rows, pair))))
    return {fact.id: joined([fact], some, people) for fact in some.facts}


@dataclass(frozen=True, slots=True)
class _OneVoice:
    """Rows of the case as if two entities were one."""

    rows: Rows
    pair: tuple[str, str]

    def __getattr__(self, name: str) -> object:
        return getattr(self.rows, name)

    def entity_of(self, mentions: Iterable[str]) -> Mapping[str, str]:
        one, two = self.pair
        return {mention: one if entity == two else entity for mention, entity in self.rows.entity_of(mentions).items()}


def _whole(writer: Writer) -> tuple[Around, Judged]:
    judgements = [row for row in in_force(writer.read.all(Judgement)) if row.decision in TAKEN]
    rows = _Rows(writer, verdicts(judgements))
    spellings = read_spellings(writer.entries)
    return Around(rows=rows, kept=writer.entries, groups=groups_for(writer.case.folder), spellings=spellings), judged(judgements)


def _lost(writer: Writer, people: Judged, found: Sequence[Traced], gone: Mapping[type, Collection[str]]) -> list[Rejected]:
    """Judgements about edges that are not there any more."""
    spoken_of = {*people.state, *(edge.id for edge in people.added)}
    stored = [edge for edge in _Rows(writer, NO_VERDICTS).edges(spoken_of) if edge.id not in gone[LineageEdge]]
    ends = {end for edge in people.added for end in (edge.from_id, edge.to_id)}
    known = frozenset(row.id for row in writer.read.all(Document, id=ends)) | {row.id for row in writer.read.all(Claim, id=ends)}
    present = [*stored, *(row for row in found if isinstance(row, LineageEdge))]
    return [rejected(NAME, LOST.format(edge=edge)) for edge in without_target(people, present, known)]


def _between(writer: Writer, whole: Around, people: Judged, *, engine: Engine, state: State, news: News) -> set[str]:
    """Bring the edges between documents up to date; documents that are one text with others now, or were."""
    kept, rows, added = whole.kept, _Rows(writer, NO_VERDICTS), {edge.id for edge in people.added}
    pieces = {row.doc: row for row in kept.of_space(PRINTS)}
    known = {name: row.body for name, row in pieces.items()}
    asks = Asks(
        touching=lambda docs, kinds: [row for row in rows.document_edges(docs, kinds) if row.id not in added],
        fetch=rows.documents,
        showing=lambda documents: cast_of(documents, (), whole),
    )
    found = between_again(
        known,
        (rows.documents(some) for some in batched(sorted(news.come), PAGE)),
        gone=news.gone,
        restless=news.restless,
        asks=asks,
        cast=live_cast(rows, kept, whole.groups, publishers=publishers_in(known.values()), docs=news.come | news.restless),
        engine=engine,
    )
    kept.forget([pieces[name] for name in found.pieces if name in pieces])
    kept.note(Entry(space=PRINTS, id=digest(PRINTS, name), doc=name, body=piece) for name, piece in found.pieces.items() if piece)
    old = [row for row in rows.edges({*found.gone, *news.judged, *added, *(row.id for row in found.edges)}) if row.level == "document"]
    new = {row.id: replace(row, state="machine") for row in old if row.id not in found.gone and row.id not in added}
    new |= {row.id: row for row in found.edges} | {row.id: row for row in people.added if row.level == "document" and rows.both(row)}
    marked = {row.id: row for row in people.marked(new[edge] for edge in sorted(new))}
    moved = [row for row in (*old, *marked.values()) if row.kind in ONE_TEXT and (row.id not in marked or row not in old)]
    moved += [row for row in old if row.kind in ONE_TEXT and row.id in marked and marked[row.id] != row]
    ends = {end for row in moved for end in (row.from_id, row.to_id)}
    before = around(ends, rows)
    gone: dict[type, Collection[str]] = {LineageEdge: {row.id for row in old} - marked.keys()}
    writer.amend(_mark(writer, state), list(marked.values()), gone=gone, run_of=_run_of(state))
    return before | around(ends, rows)


def between_documents(cast: Cast, people: Judged, *, engine: Engine) -> list[LineageEdge]:
    """Edges between all documents of a cast, as the program finds them and as people judged them."""
    added = [edge for edge in people.added if edge.level == "document" and {edge.from_id, edge.to_id} <= cast.texts.keys()]
    found = {edge.id: edge for edge in (*between_all(cast, engine=engine), *added)}
    return people.marked(found[edge] for edge in sorted(found))
