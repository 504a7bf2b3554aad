"""Where each kind of row stands: tables, indexed columns, order.

In:  the frozen rows of `armslength.model`.
Out: table definitions for both engines, and for each kind of row a `Shelf` that says how it is stored.
Never: opens a database. Tables are made by the migrations; a test holds the two equal.

A row is stored whole as canonical JSON in `body`, with the SHA-256 of `body` in `hash`; the other columns only repeat what `body`
says, so that they can be searched. `verify` checks that they do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text
from sqlalchemy.types import TypeEngine

from armslength.model.claims import Claim
from armslength.model.custody import LogEntry
from armslength.model.decisions import Finding, Judgement, Release
from armslength.model.evidence import Collection, Document, Source
from armslength.model.facts import Count, Fact, LineageEdge, Origins, Relation
from armslength.model.outcome import Rejected, StageRun
from armslength.model.things import Entity, Incident, Response, Site

SCHEMA_VERSION = "0007"
"""The newest migration. Checked without importing Alembic, which takes longer than most commands."""

APPEND_ONLY = ("log", "sources", "collections", "judgements", "findings", "releases")
"""Tables that refuse UPDATE and DELETE by trigger on both engines."""

Values = dict[str, object]

_WORDS: TypeEngine[str] = Text().with_variant(Text(collation="C"), "postgresql")
"""Text in code-point order on both engines: SQLite compares UTF-8 bytes; PostgreSQL does so under the collation "C"."""


def pick(*names: str) -> Callable[[Any], Values]:
    """A reader of columns that are called like the fields they repeat."""
    take = [(name, attrgetter(name)) for name in names]
    return lambda row: {name: get(row) for name, get in take}


def read_document(row: Document) -> Values:
    first = row.first
    return {"lang": row.lang, "file": first.file, "publisher": first.publisher, "published": first.published, "source": first.source}


def read_claim(row: Claim) -> Values:
    number = row.quantity
    return {
        "doc": row.doc,
        "start": row.start,
        "end": row.end,
        "kind": row.kind,
        "family": row.family,
        "measure": number.measure if number else "",
        "value": float(number.value) if number and number.value is not None else None,
        "speech_act": row.speech_act,
    }


def read_count(row: Count) -> Values:
    return {"tabulation": row.table}


def searchable(value: object) -> object:
    """A value as a column can hold it: PostgreSQL refuses NUL and no engine takes a lone surrogate. `body` keeps the original."""
    if isinstance(value, str) and ("\x00" in value or not value.isascii()):
        return value.replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """How one kind of row is stored."""

    row: type
    table: Table
    columns: Callable[[Any], Values] = field(default=pick())
    """The indexed columns, read out of a row."""
    order: tuple[str, ...] = ("id",)
    derived: bool = False
    """Recomputable: stands under a stage run and may be dropped."""
    flat: bool = False
    """Every field is a column; there is no `body`."""
    renamed: Mapping[str, str] = field(default_factory=dict)
    """Filter names that differ from the column's."""
    broad: frozenset[str] = frozenset()
    """Columns of few values: where another filter is given, rows are found by that one. SQLite knows no better which index leads to few."""

    def indexed(self, row: object) -> Values:
        """The indexed columns of a row, as they can be stored."""
        return {name: searchable(value) for name, value in self.columns(row).items()}


METADATA = MetaData()


def _words(name: str, *, null: bool = False, index: bool = False) -> Column[Any]:
    return Column(name, _WORDS, nullable=null, index=index)


def _number(name: str, *, index: bool = False) -> Column[Any]:
    return Column(name, Integer, nullable=False, index=index)


def _kept(name: str, *columns: Any) -> Table:
    """A table of rows that are written once."""
    return Table(name, METADATA, Column("id", _WORDS, primary_key=True), *columns, _words("body"), _words("hash"))


def _derived(name: str, *columns: Any, hashed: tuple[str, ...] = ()) -> Table:
    """A table of rows that stand under a stage run. The index serves both dropping a run and hashing what it wrote, in order.

    `hashed`: columns to find changed rows by without reading them.
    """
    more = (Index(f"ix_{name}_hash", *hashed),) if hashed else ()
    return Table(
        name,
        METADATA,
        Column("id", _WORDS, primary_key=True),
        *columns,
        _words("run"),
        _words("body"),
        _words("hash"),
        Index(f"ix_{name}_run", "run", "id"),
        *more,
    )


LOG = Table(
    "log",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    _words("time"),
    _words("event", index=True),
    _words("subject"),
    _words("actor"),
    _words("entry"),
    _words("hash", index=True),
    _words("signature"),
    Index("ix_log_subject", "subject", "seq"),
)
RUNS = Table(
    "runs",
    METADATA,
    Column("id", _WORDS, primary_key=True),
    _words("version"),
    _words("input_hash"),
    _words("output_hash"),
)
SOURCES = _kept("sources")
COLLECTIONS = _kept(
    "collections",
    Column("source", _WORDS, ForeignKey("sources.id", name="fk_collections_source"), nullable=False, index=True),
    _words("file", index=True),
)
SOURCE_KEYS = Table("source_keys", METADATA, Column("source", _WORDS, primary_key=True), _words("sealed"))
"""The key of each source of an encrypted case, sealed. The one kept table whose rows may go: a source without its key is destroyed."""
JUDGEMENTS = _kept("judgements", _words("target", index=True))
FINDINGS = _kept("findings", _words("fact", index=True))
RELEASES = _kept("releases")
DOCUMENTS = _derived(
    "documents",
    _words("lang", index=True),
    _words("file", index=True),
    _words("publisher", null=True, index=True),
    _words("published", null=True, index=True),
    _words("source", index=True),
    hashed=("id", "hash"),
)
CLAIMS = _derived(
    "claims",
    _words("doc"),
    _number("start"),
    _number("end"),
    _words("kind", index=True),
    _words("family", index=True),
    _words("measure", index=True),
    Column("value", Float(precision=53), nullable=True, index=True),
    _words("speech_act", index=True),
    Index("ix_claims_order", "doc", "start", "end", "id"),
    hashed=("id", "hash", "doc"),
)
ENTITIES = _derived(
    "entities", _words("kind", index=True), _words("country", index=True), Column("protected", Boolean, nullable=False, index=True)
)
SITES = _derived("sites", _words("country", index=True), _words("type", index=True))
INCIDENTS = _derived("incidents", _words("country", index=True))
RESPONSES = _derived("responses", _words("country", index=True), _words("code", index=True))
FACTS = _derived(
    "facts",
    _words("kind", index=True),
    _words("measure", index=True),
    _words("country", index=True),
    hashed=("id", "hash"),
)
LINEAGE = _derived(
    "lineage", _words("from_id", index=True), _words("to_id", index=True), _words("level", index=True), _words("kind", index=True)
)
ORIGINS = _derived("origins", _number("min", index=True), _number("max", index=True))
RELATIONS = _derived("relations", _words("fact", index=True), _words("other", index=True), _words("type", index=True))
COUNTS = _derived("counts", _words("tabulation", index=True))
REJECTED = _derived("rejected", _words("stage", index=True), _words("doc", index=True))

ENTITY_MENTIONS = Table(
    "entity_mentions",
    METADATA,
    Column("mention", _WORDS, primary_key=True),
    _words("entity", index=True),
    _words("run", index=True),
)
"""Which entity a mention belongs to; exactly one."""
ENTITY_HEADS = Table("entity_heads", METADATA, Column("id", _WORDS, primary_key=True), _words("run", index=True), _words("body"))
"""Entities without the lists of where they are named (`heads.py`)."""
FACT_CLAIMS = Table(
    "fact_claims",
    METADATA,
    Column("claim", _WORDS, primary_key=True),
    Column("fact", _WORDS, primary_key=True, index=True),
    _words("run", index=True),
)
"""Which facts a claim belongs to."""
PERSON_NAMES = Table(
    "person_names",
    METADATA,
    Column("id", _WORDS, primary_key=True),
    _words("row", index=True),
    _words("kind", index=True),
    _words("mention"),
    _words("name"),
    _words("run", index=True),
)
"""The names of persons that claims and documents hold, apart from them (`persons.py`)."""
NAMES_TOKEN = Table("names_token", METADATA, Column("id", Integer, primary_key=True, autoincrement=False), _words("token"))
"""One row: a token that is another one whenever a name came or went."""
ENTRIES = Table(
    "entries",
    METADATA,
    Column("space", _WORDS, primary_key=True),
    Column("no", BigInteger, primary_key=True, autoincrement=False),
    _words("id"),
    _words("doc"),
    Column("part", BigInteger, nullable=False),
    Column("keys", LargeBinary, nullable=False),
    _words("body"),
    Index("ix_entries_doc", "space", "doc"),
    Index("ix_entries_part", "space", "part"),
)
"""What stages noted about rows (`model/entries.py`). Safe to empty: the next build then makes everything anew."""
ENTRY_KEYS = Table(
    "entry_keys",
    METADATA,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("no", BigInteger, primary_key=True, autoincrement=False),
    Column("shape", BigInteger, nullable=False),
)
"""Entries by what they have in common."""
SEEN = Table(
    "seen",
    METADATA,
    Column("stage", _WORDS, primary_key=True),
    Column("kind", _WORDS, primary_key=True),
    Column("id", _WORDS, primary_key=True),
    _words("hash"),
    _words("doc"),
)
"""Which rows a stage had before it when it last ran, with their hashes."""

SHELVES: tuple[Shelf, ...] = (
    Shelf(row=LogEntry, table=LOG, order=("seq",), flat=True, broad=frozenset({"event"})),
    Shelf(row=StageRun, table=RUNS, flat=True),
    Shelf(row=Source, table=SOURCES),
    Shelf(row=Collection, table=COLLECTIONS, columns=pick("source", "file")),
    Shelf(row=Judgement, table=JUDGEMENTS, columns=pick("target")),
    Shelf(row=Finding, table=FINDINGS, columns=pick("fact")),
    Shelf(row=Release, table=RELEASES),
    Shelf(row=Document, table=DOCUMENTS, columns=read_document, derived=True),
    Shelf(row=Claim, table=CLAIMS, columns=read_claim, order=("doc", "start", "end", "id"), derived=True),
    Shelf(row=Entity, table=ENTITIES, columns=pick("kind", "country", "protected"), derived=True),
    Shelf(row=Site, table=SITES, columns=pick("country", "type"), derived=True),
    Shelf(row=Incident, table=INCIDENTS, columns=pick("country"), derived=True),
    Shelf(row=Response, table=RESPONSES, columns=pick("country", "code"), derived=True),
    Shelf(row=Fact, table=FACTS, columns=pick("kind", "measure", "country"), derived=True),
    Shelf(
        row=LineageEdge,
        table=LINEAGE,
        columns=pick("from_id", "to_id", "level", "kind"),
        derived=True,
        broad=frozenset({"level", "kind"}),
    ),
    Shelf(row=Origins, table=ORIGINS, columns=pick("min", "max"), derived=True),
    Shelf(row=Relation, table=RELATIONS, columns=pick("fact", "other", "type"), derived=True, broad=frozenset({"type"})),
    Shelf(row=Count, table=COUNTS, columns=read_count, derived=True, renamed={"table": "tabulation"}),
    Shelf(row=Rejected, table=REJECTED, columns=pick("stage", "doc"), derived=True),
)
DERIVED = tuple(sorted((shelf for shelf in SHELVES if shelf.derived), key=lambda shelf: shelf.table.name))
_BY_ROW = {shelf.row: shelf for shelf in SHELVES}


def shelf_of(row_type: type) -> Shelf:
    """Where rows of a type stand. Raises TypeError for a type that is not stored."""
    try:
        return _BY_ROW[row_type]
    except KeyError:
        raise TypeError(f"rows of type {row_type.__name__} are not stored") from None
