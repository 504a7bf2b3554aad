"""Writing the catalogue: entries come and go, and every total goes with them.

In:  a connection inside a transaction; entries made by the pipeline.
Out: the catalogue's tables, and which rows of the case have come, changed or gone since it was last made.
Never: commits; reads what a row says, but for its id, run and hash.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Table, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from armslength.model.catalogue import DatedEntry, DocumentEntry, FactEntry, Reason, RefusedEntry, RelationEntry, SourceEntry
from armslength.store import catalogue_tables as tables
from armslength.store.database import streamed
from armslength.store.log import SOURCE_ADDED, SOURCE_DESTROYED, STAGE_DROPPED, STAGE_RUN
from armslength.store.schema import (
    CLAIMS,
    DOCUMENTS,
    FACT_CLAIMS,
    FACTS,
    INCIDENTS,
    LOG,
    ORIGINS,
    REJECTED,
    RELATIONS,
    RESPONSES,
    SOURCES,
    shelf_of,
)

_CHUNK = 500
_BATCH = 1000
_KEY = tuple(column.name for column in tables.TOTALS.primary_key)
_FIRST = 200
"""Letters of a text that is a key: PostgreSQL's indexes take 2,704 bytes."""

Runs = Collection[str] | None
"""Runs that rows changed under; None: any."""
T = TypeVar("T")
Key = tuple[str, str, str, str, str, str, str, int]


def total_key(
    scheme: str, code: str = "", *, section: str = "", standing: str = "", kind: str = "", country: str = "", state: str = "", year: int = 0
) -> Key:
    """The key of a total."""
    return scheme, code[:_FIRST], section, standing, kind, country, state, year


class CatalogueWriter:
    """Changes the catalogue; to be used inside `together`."""

    __slots__ = ("_connection", "_moved", "connection")

    def __init__(self, connection: Connection) -> None:
        self._connection = self.connection = connection
        self._moved: Counter[Key] = Counter()

    def state(self) -> dict[str, str]:
        """What the catalogue knows of itself."""
        return {name: value for name, value in self._connection.execute(select(tables.STATE))}  # noqa: C416 - rows are not pairs to a type checker

    def note_state(self, state: Mapping[str, str]) -> None:
        self._connection.execute(delete(tables.STATE))
        self._insert(tables.STATE, ({"name": name, "value": value} for name, value in state.items()))

    def empty(self) -> None:
        """Forget everything."""
        for table in tables.CATALOGUE_TABLES:
            self._connection.execute(delete(table))
        self._moved.clear()

    def head(self) -> int:
        """Number of the last log entry."""
        return int(self._connection.execute(select(func.max(LOG.c.seq))).scalar() or 0)

    def runs_since(self, seq: int) -> Runs:
        """Runs that the log speaks of after an entry; after none, any."""
        return self._subjects(seq, STAGE_RUN, STAGE_DROPPED) if seq else None

    def sources_since(self, seq: int) -> set[str]:
        """Sources that came, came again or were destroyed after an entry."""
        return self._subjects(seq, SOURCE_ADDED, SOURCE_DESTROYED)

    def _subjects(self, seq: int, *events: str) -> set[str]:
        return set(self._connection.execute(select(LOG.c.subject).where(LOG.c.seq > seq, LOG.c.event.in_(events))).scalars())

    def facts(self, runs: Runs) -> tuple[set[str], set[str]]:
        """Ids of facts that came or changed, themselves or in their origins; and of those that went."""
        come, gone = self._changes(FACTS, tables.FACTS, runs)
        mine = tables.FACTS.c
        counted = select(mine.id).where(mine.id == ORIGINS.c.id, mine.origins == ORIGINS.c.hash).exists()
        there = select(FACTS.c.id).where(FACTS.c.id == ORIGINS.c.id).exists()
        come |= set(self._ids(select(ORIGINS.c.id).where(~counted, there), ORIGINS.c.run, runs))
        lost = select(ORIGINS.c.id).where(ORIGINS.c.id == mine.id).exists()
        come |= set(self._connection.execute(select(mine.id).where(mine.origins != "", ~lost)).scalars()) if runs is None else set()
        return come - gone, gone

    def documents(self, runs: Runs) -> tuple[set[str], set[str]]:
        """Ids of documents that came or changed, and of those that went."""
        return self._changes(DOCUMENTS, tables.DOCUMENTS, runs)

    def relations(self, runs: Runs) -> tuple[list[RelationEntry], list[RelationEntry]]:
        """Relations that came or changed, as they are; and those that changed or went, as they were."""
        come, gone = self._changes(RELATIONS, tables.RELATIONS, runs)
        mine, theirs = tables.RELATIONS.c, RELATIONS.c
        new = select(theirs.id, theirs.run, theirs.hash, theirs.type, theirs.fact, theirs.other)
        old = select(mine.id, mine.run, mine.hash, mine.type, mine.fact, mine.other)
        return self._relations(new, theirs.id, come), self._relations(old, mine.id, come | gone)

    def refused(self, runs: Runs) -> tuple[set[str], set[str]]:
        return self._changes(REJECTED, tables.REFUSED, runs)

    def happened(self, lane: str, runs: Runs) -> tuple[set[str], set[str]]:
        """Ids of incidents or responses that came or changed, and of those that went."""
        table = INCIDENTS if lane == "incident" else RESPONSES
        return self._changes(table, tables.DATED, runs, lane=lane)

    def docs_of_claims_under(self, runs: Runs) -> set[str] | None:
        """Documents whose claims stand under runs; None: any."""
        if runs is None:
            return None
        return set(self._ids(select(CLAIMS.c.doc).distinct(), CLAIMS.c.run, runs))

    def facts_in(self, docs: Collection[str]) -> set[str]:
        """Facts that claims of documents belong to."""
        statement = select(FACT_CLAIMS.c.fact).join(CLAIMS, CLAIMS.c.id == FACT_CLAIMS.c.claim).distinct()
        return set(self._in(statement, CLAIMS.c.doc, docs))

    def claims_in(self, docs: Collection[str]) -> dict[str, int]:
        """How many claims documents have."""
        rows = self._pairs(select(CLAIMS.c.doc, func.count()).group_by(CLAIMS.c.doc), CLAIMS.c.doc, docs)
        return {doc: number for doc, number in rows}  # noqa: C416

    def stamps(self, row_type: type, ids: Collection[str]) -> dict[str, tuple[str, str]]:
        """Run and hash of rows."""
        table = shelf_of(row_type).table
        rows = self._pairs(select(table.c.id, table.c.run, table.c.hash), table.c.id, ids)
        return {row_id: (run, row_hash) for row_id, run, row_hash in rows}

    def hidden_in(self, docs: Collection[str]) -> dict[str, str]:
        """Stretches of documents' texts that hold names."""
        table = tables.DOCUMENTS.c
        return {doc: hidden for doc, hidden in self._pairs(select(table.id, table.hidden), table.id, docs)}  # noqa: C416

    def documents_that_hide(self) -> list[str]:
        """Documents in whose texts anything is hidden."""
        table = tables.DOCUMENTS.c
        return list(self._connection.execute(select(table.id).where(table.hidden != "").order_by(table.id)).scalars())

    def bodies(self, of: str) -> Iterator[tuple[str, str]]:
        """(id, words that are shown) of every `document`, `source` or `dated` entry."""
        table, column = {"document": (tables.DOCUMENTS, "body"), "source": (tables.SOURCES, "body"), "dated": (tables.DATED, "label")}[of]
        with streamed(self._connection, select(table.c.id, table.c[column])) as rows:
            for row_id, body in rows:  # noqa: UP028 - rows are not pairs to a type checker
                yield row_id, body

    def everything(self, of: str) -> list[str]:
        """Ids of all `documents` or `sources` of the case."""
        table = {"documents": DOCUMENTS, "sources": SOURCES}[of]
        return list(self._connection.execute(select(table.c.id).order_by(table.c.id)).scalars())

    def numbered(self, of: str, numbers: Collection[int]) -> set[str]:
        """Ids of `document` or `fact` entries by number."""
        table = {"document": tables.DOCUMENTS, "fact": tables.FACTS}[of]
        return set(self._in(select(table.c.id), table.c.no, numbers))

    def free(self, of: str, wanted: Mapping[str, int]) -> dict[str, int]:
        """A number of its own for each of some `document` or `fact` entries: the wanted one, or the next that nobody has."""
        column = {"document": tables.DOCUMENTS, "fact": tables.FACTS}[of].c.no
        taken, found = set(self._in(select(column), column, set(wanted.values()))), {}
        for row_id, number in sorted(wanted.items()):
            no = number
            while no in taken or self._connection.execute(select(column).where(column == no)).first() if no != number else no in taken:
                no += 1
            taken.add(no)
            found[row_id] = no
        return found

    def put_facts(self, entries: Sequence[FactEntry]) -> None:
        """Let facts stand; none of them may stand already."""
        self._insert(tables.FACTS, ({**_without(row, "line", "tags"), "head": ""} for row in entries))
        self._insert(tables.LINES, ({"no": row.no, "body": row.line} for row in entries))
        names = ("section", "standing", "kind", "country", "state", "year", "rank", "tie", "no")
        self._insert(
            tables.TAGS,
            (
                {"scheme": scheme, "code": code, **{name: getattr(row, name) for name in names}}
                for row in entries
                for scheme, code in row.tags
            ),
        )
        for row in entries:
            self._moved.update(_totals_of_fact(row.__getattribute__))
            self._moved.update(total_key(scheme, code) for scheme, code in row.tags)
            self._moved[total_key("top", row.section)] += 1

    def take_facts(self, ids: Collection[str]) -> set[int]:
        """Let facts go; returns their numbers."""
        found: set[int] = set()
        for some in _cut(sorted(ids), _CHUNK):
            rows = self._connection.execute(select(tables.FACTS).where(tables.FACTS.c.id.in_(some))).mappings().all()
            for row in rows:
                self._moved.subtract(_totals_of_fact(row.__getitem__))
                self._moved[total_key("top", row["section"])] -= row["head"] == ""
            numbers = [row["no"] for row in rows]
            tags = self._connection.execute(select(tables.TAGS.c.scheme, tables.TAGS.c.code).where(tables.TAGS.c.no.in_(numbers)))
            self._moved.subtract(total_key(scheme, code) for scheme, code in tags)
            for table in (tables.FACTS, tables.LINES, tables.TAGS):
                self._connection.execute(delete(table).where(table.c.no.in_(numbers)))
            found |= set(numbers)
        return found

    def put_documents(self, entries: Sequence[DocumentEntry]) -> None:
        self._insert(tables.DOCUMENTS, (_without(row, "sources") for row in entries))
        self._insert(tables.APPEARANCES, ({"source": source, "doc": row.id} for row in entries for source in row.sources))
        for row in entries:
            self._moved.update(_totals_of_document(row.lang, row.publisher, row.claims))

    def take_documents(self, ids: Collection[str]) -> set[int]:
        """Let documents go; returns their numbers."""
        found: set[int] = set()
        table = tables.DOCUMENTS.c
        for some in _cut(sorted(ids), _CHUNK):
            rows = self._connection.execute(select(table.no, table.lang, table.publisher, table.claims).where(table.id.in_(some))).all()
            for no, lang, publisher, claims in rows:
                self._moved.subtract(_totals_of_document(lang, publisher, claims))
                found.add(no)
            self._connection.execute(delete(tables.DOCUMENTS).where(table.id.in_(some)))
            self._connection.execute(delete(tables.APPEARANCES).where(tables.APPEARANCES.c.doc.in_(some)))
        return found

    def put_sources(self, entries: Sequence[SourceEntry]) -> None:
        """Let sources stand in the place of what stood for them."""
        for some in _cut(sorted(row.id for row in entries), _CHUNK):
            gone = self._connection.execute(delete(tables.SOURCES).where(tables.SOURCES.c.id.in_(some))).rowcount
            self._moved[total_key("all", "sources")] -= gone
        self._insert(tables.SOURCES, (asdict(row) for row in entries))
        self._moved[total_key("all", "sources")] += len(entries)

    def put_dated(self, entries: Sequence[DatedEntry], gone: Collection[str]) -> None:
        """Let what has a date stand in the place of what stood for it; `gone` are ids that only go."""
        table = tables.DATED
        for some in _cut(sorted({*gone, *(row.id for row in entries)}), _CHUNK):
            for row in self._connection.execute(select(table).where(table.c.id.in_(some))).mappings():
                self._moved.subtract(_totals_of_dated(row.__getitem__))
            self._connection.execute(delete(table).where(table.c.id.in_(some)))
        self._insert(table, (asdict(row) for row in entries))
        for entry in entries:
            self._moved.update(_totals_of_dated(entry.__getattribute__))

    def put_relations(self, come: Sequence[RelationEntry], gone: Iterable[str]) -> None:
        for some in _cut(sorted({*gone, *(row.id for row in come)}), _CHUNK):
            self._connection.execute(delete(tables.RELATIONS).where(tables.RELATIONS.c.id.in_(some)))
        self._insert(tables.RELATIONS, (asdict(row) for row in come))

    def put_refused(self, entries: Sequence[RefusedEntry], reasons: Mapping[str, tuple[str, str]], gone: Iterable[str]) -> None:
        """Let refused units stand in the place of what stood for them. `reasons`: id to (stage, reason)."""
        table, numbers = tables.REFUSED, Counter[str]()
        for some in _cut(sorted({*gone, *(row.id for row in entries)}), _CHUNK):
            numbers.subtract(self._connection.execute(select(table.c.reason).where(table.c.id.in_(some))).scalars())
            self._connection.execute(delete(table).where(table.c.id.in_(some)))
        self._insert(table, (asdict(row) for row in entries))
        numbers.update(row.reason for row in entries)
        known = {row["id"]: Reason(**row) for row in self._connection.execute(select(tables.REASONS)).mappings()}
        for reason, more in numbers.items():
            n = known[reason].n + more if reason in known else more
            stage, said = (known[reason].stage, known[reason].reason) if reason in known else reasons[reason]
            self._connection.execute(delete(tables.REASONS).where(tables.REASONS.c.id == reason))
            if n:
                self._insert(tables.REASONS, [asdict(Reason(id=reason, stage=stage, reason=said, n=n))])

    def supersessions(self, facts: Collection[str]) -> list[tuple[str, str]]:
        """(newer, older) of every supersession with one end among some facts."""
        table = tables.RELATIONS.c
        found: set[tuple[str, str]] = set()
        for column in (table.fact, table.other):
            for some in _cut(sorted(facts), _CHUNK):
                rows = select(table.fact, table.other).where(table.type == "supersedes", column.in_(some))
                found |= {(newer, older) for newer, older in self._connection.execute(rows)}
        return sorted(found)

    def bearing_on(self, facts: Collection[str]) -> set[str]:
        """Facts whose lines name one of these: what it denies or contradicts."""
        table = tables.RELATIONS.c
        types = table.type.in_(["denies", "contradicts"])
        return set(self._in(select(table.other).where(types), table.fact, facts)) | set(
            self._in(select(table.fact).where(types), table.other, facts)
        )

    def sections(self, ids: Collection[str]) -> dict[str, tuple[str, str]]:
        """(section, head) of the facts that there are."""
        table = tables.FACTS.c
        rows = self._pairs(select(table.id, table.section, table.head), table.id, ids)
        return {row_id: (section, head) for row_id, section, head in rows}

    def put_heads(self, heads: Mapping[str, str]) -> None:
        """Say which fact stands for each of some others; empty where it stands for itself."""
        before = self.sections(heads.keys())
        for fact, head in sorted(heads.items()):
            section, old = before[fact]
            if old != head:
                self._connection.execute(update(tables.FACTS).where(tables.FACTS.c.id == fact).values(head=head))
                self._moved[total_key("top", section)] += (head == "") - (old == "")

    def settle(self) -> None:
        """Write the totals that moved."""
        table = tables.TOTALS
        make = sqlite.insert if self._connection.dialect.name == "sqlite" else postgresql.insert
        adding = make(table)
        adding = adding.on_conflict_do_update(index_elements=list(_KEY), set_={"n": table.c.n + adding.excluded.n})
        moved = [{**dict(zip(_KEY, key, strict=True)), "n": n} for key, n in sorted(self._moved.items()) if n]
        for some in _cut(moved, _BATCH):
            self._connection.execute(adding, some)
        self._connection.execute(delete(table).where(table.c.n == 0))
        self._moved.clear()

    def _changes(self, source: Table, kept: Table, runs: Runs, *, lane: str = "") -> tuple[set[str], set[str]]:
        """Ids of rows that have no entry of the same run and hash; ids of entries that have no row."""
        name: Any = lane + ":" + source.c.id if lane else source.c.id
        mine = [kept.c.id == name, *([kept.c.lane == lane] if lane else [])]
        same = select(kept.c.id).where(*mine, kept.c.hash == source.c.hash, kept.c.run == source.c.run).exists()
        come = set(self._ids(select(source.c.id).where(~same), source.c.run, runs))
        there = select(source.c.id).where(kept.c.id == name).exists()
        lost = select(kept.c.id).where(~there, *([kept.c.lane == lane] if lane else []))
        gone = {str(row).removeprefix(f"{lane}:" if lane else "") for row in self._ids(lost, kept.c.run, runs)}
        return come, gone

    def _pairs(self, statement: Any, column: ColumnElement[Any], values: Collection[Any]) -> list[Any]:
        found: list[Any] = []
        for some in _cut(sorted(values), _CHUNK):
            found += self._connection.execute(statement.where(column.in_(some))).all()
        return found

    def _ids(self, statement: Any, run: ColumnElement[str], runs: Runs) -> list[str]:
        if runs is None:
            return list(self._connection.execute(statement).scalars())
        return self._in(statement, run, runs)

    def _in(self, statement: Any, column: ColumnElement[Any], values: Collection[Any]) -> list[Any]:
        found: list[Any] = []
        for some in _cut(sorted(values), _CHUNK):
            found += self._connection.execute(statement.where(column.in_(some))).scalars()
        return found

    def _relations(self, statement: Any, column: ColumnElement[str], ids: Collection[str]) -> list[RelationEntry]:
        found = []
        for some in _cut(sorted(ids), _CHUNK):
            found += [RelationEntry(**row) for row in self._connection.execute(statement.where(column.in_(some))).mappings()]
        return found

    def _insert(self, table: Table, rows: Iterable[Mapping[str, object]]) -> None:
        waiting = iter(rows)
        while some := list(islice(waiting, _BATCH)):
            self._connection.execute(insert(table), some)


def _without(row: object, *names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row.__dataclass_fields__ if name not in names}  # type: ignore[attr-defined]


def _totals_of_fact(get: Any) -> Iterator[Key]:
    names = ("section", "standing", "kind", "country", "state", "year")
    yield total_key("fact", **{name: get(name) for name in names})
    yield total_key("all", "facts")
    if get("country"):
        yield total_key("country", get("country"))


def _totals_of_document(lang: str, publisher: str, claims: int) -> Counter[Key]:
    found = Counter({total_key("all", "documents"): 1, total_key("lang", lang): 1, total_key("all", "claims"): claims})
    if publisher:
        found[total_key("publisher", publisher)] = 1
    return found


def _totals_of_dated(get: Any) -> Iterator[Key]:
    month = f"{get('month'):02}" if get("year") else ""
    yield total_key("month", f"{get('year'):04}-{month}" if get("year") else "", kind=get("lane"))
    if get("country"):
        yield total_key("where", get("country"))
        yield total_key("dated", get("country"), kind=get("lane"), state=month, year=get("year"))


def _cut(rows: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]
