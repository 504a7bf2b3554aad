"""A fact as it was at an entry of the log: from the documents that were in the case by then and what people had decided by then.

In:  a reading of a case, a fact, the number of a log entry.
Out: `FactThen`: its passages, value, origins and state then.
Never: takes a document or a judgement that came later; counts otherwise than the stages do, which make the fact here. Who is who is
taken as it is known now. Where these rows do not make the present fact again, it says so and gives no count: a number that might be wrong
is worse.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from armslength.lineage.documents import ONE_TEXT
from armslength.lineage.judged import judged as judged_edges
from armslength.lineage.publishers import groups_for
from armslength.lineage.reach import read_spellings
from armslength.lineage.tracing import Around, trace_some
from armslength.model.claims import Claim
from armslength.model.custody import LogEntry
from armslength.model.decisions import Judgement, in_force, told
from armslength.model.entries import NoEntries, number
from armslength.model.evidence import Document
from armslength.model.facts import Fact, LineageEdge, Origins
from armslength.model.ontology import load as load_ontology
from armslength.model.verdicts import Verdicts, verdicts
from armslength.pipeline.snapshots import Snapshot, as_logged
from armslength.pipeline.views.cited import cited
from armslength.resolve import facts, known
from armslength.resolve.judged import DECISIONS, judged
from armslength.resolve.making import DATES
from armslength.resolve.parts import concern_all
from armslength.resolve.readings import Reading, read
from armslength.resolve.world import World, read_state
from armslength.store.log import SOURCE_ADDED
from armslength.store.read import Reader

MADE = "judgement.made"
_NEAR = 2_000
"""Passages that a fact is put together from again; one with more is not (1,000 claims of one fact took 0.4 s)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A fact put together again."""

    fact: Fact
    origins: Origins


@dataclass(frozen=True, slots=True, kw_only=True)
class FactThen:
    """A fact at an entry of the log."""

    fact: Fact | None
    """None: nothing of it was in the case, or people had rejected all of it."""
    claims: tuple[str, ...]
    origins: Origins | None
    """None where there is no fact, or where its count then cannot be told."""
    documents: frozenset[str]
    """Those of its documents that were in the case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """Everything that a fact can be put together from again."""

    reader: Reader
    """Rows as they are stored."""
    fact: Fact
    claims: tuple[Claim, ...]
    """Of the fact, of what people made one with it or took out of it, and those that they rejected."""
    came: Mapping[str, int]
    """Document to the log entry with which it came."""
    decided: Decided
    exact: bool
    """Whether these rows make the present fact and its count."""
    known: dict[int, Made | None] = field(compare=False, repr=False)
    """What was put together already, by log entry: whoever looks at one step looks at the next."""


def past_of(reader: Reader, fact: Fact) -> Past:
    """Read what a fact can be put together from. Takes long where much is one text with its documents; the present needs none of it."""
    exact = reader.exact()
    decided = decided_in(exact)
    claims = exact.all(Claim, id=sorted(_near(exact, fact, decided.rows)))
    came = came_with(exact, cited(exact, {claim.doc for claim in claims}))
    past = Past(
        reader=exact,
        fact=fact,
        claims=tuple(claims),
        came={doc: entry.seq for doc, entry in came.items()},
        decided=decided,
        exact=False,
        known=_put_together(exact.case.id, exact.head()[1], fact.id),
    )
    return replace(past, exact=len(claims) <= _NEAR and _is_present(past))


def fact_now(reader: Reader, fact: Fact) -> FactThen:
    """The fact as it is stored: what the stages made of everything that they have carried out."""
    return FactThen(fact=fact, claims=fact.claims, origins=reader.exact().get(Origins, fact.id), documents=frozenset(fact.documents))


def _is_present(past: Past) -> bool:
    """Whether these rows make the present fact and its count. Tracing takes long, so its passages are looked at first."""
    stored, last = past.reader.get(Origins, past.fact.id), past.reader.head()[0]
    if last not in past.known:
        there = _there(past, last)
        past.known[last] = _traced(past, there) if there and there.fact.claims == past.fact.claims else None
    again = past.known[last]
    return again is not None and stored is not None and again.fact.claims == past.fact.claims and _count(again.origins) == _count(stored)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What people decided, with when it was logged."""

    entries: Mapping[str, LogEntry]
    """Judgement to its log entry."""
    rows: tuple[Judgement, ...]

    def upto(self, seq: int) -> list[Judgement]:
        """What was decided by a log entry, and not taken back with an import by then."""
        return in_force(row for row in self.rows if self.entries[row.id].seq <= seq)


def decided_in(reader: Reader) -> Decided:
    """All judgements of a case. Read once for each moment of its log."""
    return _decided(as_logged(reader.exact()))


@lru_cache(maxsize=4)
def _decided(moment: Snapshot) -> Decided:
    entries = {entry.subject: entry for entry in reversed(moment.reader.all(LogEntry, event=MADE))}
    return Decided(entries=entries, rows=tuple(row for row in moment.reader.all(Judgement) if row.id in entries))


@lru_cache(maxsize=64)
def _put_together(case: str, head: str, fact: str) -> dict[int, Made | None]:
    del case, head, fact
    return {}


def _count(row: Origins) -> tuple[int, int, int]:
    return row.min, row.max, row.unknown


def _near(reader: Reader, fact: Fact, rows: Sequence[Judgement]) -> set[str]:
    """Claims that are, or may have been, in one fact with these."""
    pairs = [told(row)["ids"] for row in rows if row.decision in DECISIONS and row.value and told(row).get("level") == "fact"]
    held = [claims for row in rows if told(row).get("level") == "fact" and isinstance(claims := told(row).get("claims"), list)]
    found, queue = set(fact.claims), set(fact.claims)
    while queue and len(found) <= _NEAR:
        linked = {claim for group in (*pairs, *held) if not queue.isdisjoint(group) for claim in group} - found
        homes = sorted({home for homes in reader.facts_of(linked).values() for home in homes})
        queue = (linked | {claim for row in reader.all(Fact, id=homes) for claim in row.claims}) - found if linked else set()
        found |= queue
    out = [row.target for row in rows if row.decision == "reject" and told(row).get("level") == "claim"]
    family = fact.kind.partition(".")[0]
    return found | {claim.id for claim in reader.all(Claim, id=sorted(out)) if claim.family == family} if out else found


def came_with(reader: Reader, documents: Mapping[str, Document]) -> dict[str, LogEntry]:
    """Document to the entry with which the first of its sources came."""
    sources = {seen.source: row.id for row in documents.values() for seen in row.appearances}
    found: dict[str, LogEntry] = {}
    for entry in reader.exact().all(LogEntry, event=SOURCE_ADDED, subject=sorted(sources)):
        found.setdefault(sources[entry.subject], entry)  # entries come in their order
    return found


def fact_then(past: Past, seq: int) -> FactThen:
    """The fact at a log entry."""
    here = frozenset(doc for doc, came in past.came.items() if came <= seq)
    made = _made(past, seq) if past.exact else None
    if made is not None:
        return FactThen(fact=made.fact, claims=made.fact.claims, origins=made.origins, documents=frozenset(made.fact.documents))
    if past.exact:
        return FactThen(fact=None, claims=(), origins=None, documents=frozenset())
    own = set(past.fact.claims)
    claims = tuple(claim.id for claim in past.claims if claim.id in own and claim.doc in here)
    return FactThen(fact=past.fact if claims else None, claims=claims, origins=None, documents=here & set(past.fact.documents))


def _made(past: Past, seq: int) -> Made | None:
    """The fact that the stages make of what was there; None where they make none."""
    if seq not in past.known:
        there = _there(past, seq)
        past.known[seq] = _traced(past, there) if there else None
    return past.known[seq]


@dataclass(frozen=True, slots=True, kw_only=True)
class _There:
    """The fact that passages made, not traced yet, and what there was then."""

    fact: Fact
    rows: Sequence[Judgement]
    said: Verdicts
    docs: frozenset[str]


def _there(past: Past, seq: int) -> _There | None:
    rows = past.decided.upto(seq)
    said = verdicts(rows)
    docs = frozenset(doc for doc, came in past.came.items() if came <= seq)
    claims = said.read(claim for claim in past.claims if claim.doc in docs)
    found = _fact(past, claims, rows, said)
    return _There(fact=found, rows=rows, said=said, docs=docs) if found else None


def _traced(past: Past, there: _There) -> Made:
    kept = past.reader.entries
    groups, spellings = groups_for(past.reader.case.folder), read_spellings(kept)
    rows = _Rows(past, there.fact, there.said, there.rows, there.docs)
    around = Around(rows=rows, kept=kept, groups=groups, spellings=spellings)
    done = next(iter(trace_some([there.fact.id], around, judged_edges(there.rows))))
    return Made(fact=there.fact, origins=done.origins)


def _fact(past: Past, claims: Sequence[Claim], rows: Sequence[Judgement], said: Verdicts) -> Fact | None:
    """Of the facts that these claims make, the one that holds most of the present one's."""
    stored, ontology = past.reader.entries, load_ontology()
    world = World(kept=stored, entity_of=past.reader.entity_of, countries=frozenset(read_state(stored).countries))
    voices = world.voices(claims)
    readings = {row.id: row for row in read(claims, voices, ontology) if not facts.why_not(row)}
    entries, kept = facts.fact_entries(list(readings.values()), voices), NoEntries()
    kept.note(entries)
    here = concern_all(entries, kept=kept, read=lambda ids: ({row: readings[row] for row in ids}, voices), rules=facts.fact_rules)
    naming = facts.Naming(ontology=ontology, countries=known.load().labels)
    made, _ = facts.facts_of(here.parts, here.readings, voices, naming, _dates(past.reader, readings.values()), judged(rows))
    own = set(past.fact.claims)
    best = max(made, key=lambda row: (len(own.intersection(row.claims)), row.id), default=None)
    if best is None or own.isdisjoint(best.claims):
        return None
    state = said.state("fact", best.id, best.claims)
    return replace(best, state=state, label=str(said.edits("fact", best.id, best.claims).get("label", best.label)))


def _dates(reader: Reader, readings: Iterable[Reading]) -> dict[str, str]:
    """When the reports came out that passages rest on."""
    reports = {2 * number("dates", report): report for row in readings for report in row.reports}
    found: dict[str, set[str]] = defaultdict(set)
    for key, row in reader.entries.heads(DATES, reports):
        found[reports[key]].add(row.body)
    return facts.one_date(found)


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows of the case as tracing one fact reads them, at an earlier moment."""

    past: Past
    fact: Fact
    said: Verdicts
    rows: Sequence[Judgement]
    docs: frozenset[str]

    def facts(self, ids: Collection[str]) -> list[Fact]:
        return [self.fact] if self.fact.id in set(ids) else []

    def facts_on(self, pages: Collection[str]) -> list[Fact]:
        reader = self.past.reader
        claims = [row.id for row in reader.all(Claim, doc=pages)]
        found = reader.all(Fact, id=sorted({fact for facts_ in reader.facts_of(claims).values() for fact in facts_}))
        return [self.fact, *(row for row in found if row.id != self.past.fact.id)]

    def claims(self, ids: Collection[str]) -> list[Claim]:
        return self.said.read(self.past.reader.all(Claim, id=ids))

    def claims_in(self, docs: Collection[str]) -> list[Claim]:
        return self.said.read(self.past.reader.all(Claim, doc=docs))

    def documents(self, ids: Collection[str]) -> list[Document]:
        return self.past.reader.all(Document, id=ids)

    def entity_of(self, mentions: Iterable[str]) -> Mapping[str, str]:
        return self.past.reader.entity_of(mentions)

    def one_text_edges(self, docs: Collection[str]) -> list[LineageEdge]:
        """Edges between documents as people had judged them then; what they added later is not there."""
        reader, people = self.past.reader, judged_edges(self.rows)
        here = reader.all(LineageEdge, from_id=docs, level="document", kind=ONE_TEXT)
        there = reader.all(LineageEdge, to_id=docs, level="document", kind=ONE_TEXT)
        found = {row.id: row for row in (*here, *there)}
        later = {row.target for row in self.past.decided.rows if row.decision == "add"} - {row.id for row in people.added}
        kept = [row for row in found.values() if row.id not in later]
        return people.marked(replace(row, state="machine") for row in kept)
