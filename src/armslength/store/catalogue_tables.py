"""Tables of the catalogue: one short row a fact, document, source, dated thing and refused unit, for the pages that list them.

In:  nothing.
Out: table definitions, the same on both engines. Migrations 0005 and 0007 make them; a test holds the two equal.
Never: anything that cannot be made again. All of it may be dropped; the next build fills it anew.

What a page shows stands here as it may be shown, with protected names hidden. Filters and order stand in columns of their own, together
in each index, so that a page is read from one stretch of one index and a total from a few cells.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Float, Index, Integer, Table

from armslength.store.schema import METADATA, SEEN

_WORDS = SEEN.c.id.type
_FILTERS = ("section", "standing", "kind", "country", "state", "year")
"""Columns that facts are chosen by, in the order in which every index repeats them."""


def _words(name: str, *, key: bool = False, index: bool = False) -> Column[Any]:
    return Column(name, _WORDS, nullable=False, primary_key=key, index=index)


def _number(name: str, *, key: bool = False) -> Column[Any]:
    return Column(name, Integer, nullable=False, primary_key=key, autoincrement=False)


def _large(name: str, *, key: bool = False) -> Column[Any]:
    return Column(name, BigInteger, nullable=False, primary_key=key, autoincrement=False)


def _yes(name: str) -> Column[Any]:
    return Column(name, Boolean, nullable=False)


def _filters(*, key: bool = False) -> list[Column[Any]]:
    return [*(_words(name, key=key) for name in _FILTERS[:-1]), _number("year", key=key)]


def _by(first: str) -> Index:
    """Facts by one filter, in order, with all other filters at hand."""
    rest = (name for name in _FILTERS if name != first)
    return Index(f"ix_catalogue_facts_{first}", first, "rank", "tie", "no", *rest)


STATE = Table("catalogue_state", METADATA, _words("name", key=True), _words("value"))
"""Up to which log entry the catalogue is made, by which version, and which words it hides."""

FACTS = Table(
    "catalogue_facts",
    METADATA,
    _large("no", key=True),
    Column("id", _WORDS, nullable=False, index=True, unique=True),
    _words("run", index=True),
    _words("hash"),
    _words("origins"),
    *_filters(),
    _large("rank"),
    _words("tie"),
    _words("begins"),
    _words("ends"),
    _words("measure"),
    Column("value", Float(precision=53), nullable=True),
    *(_number(name) for name in ("documents", "passages", "apparent", "min", "max", "unknown", "gap")),
    *(_yes(name) for name in ("denied", "contradicted", "interested")),
    _words("head", index=True),
    _words("label"),
    Index("ix_catalogue_facts_order", "rank", "tie", "no", *_FILTERS),
    Index("ix_catalogue_facts_date", "begins", "no", *_FILTERS),
    Index("ix_catalogue_facts_gap", "gap", "id"),
    *(_by(name) for name in ("section", "kind", "country", "year")),
)
"""One row a fact. `no` is in order of how often a fact is repeated; `rank` and `tie` are the order of a list."""
LINES = Table("catalogue_lines", METADATA, _large("no", key=True), _words("body"))
"""The line of each fact, as JSON."""
TAGS = Table(
    "catalogue_tags",
    METADATA,
    _words("scheme", key=True),
    _words("code", key=True),
    _large("rank", key=True),
    _words("tie", key=True),
    _large("no", key=True),
    *_filters(),
    Index("ix_catalogue_tags_no", "no"),
)
"""Methods and places of facts, with what the facts are chosen by."""
RELATIONS = Table(
    "catalogue_relations",
    METADATA,
    _words("id", key=True),
    _words("run", index=True),
    _words("hash"),
    _words("type"),
    _words("fact", index=True),
    _words("other", index=True),
)
DOCUMENTS = Table(
    "catalogue_documents",
    METADATA,
    _large("no", key=True),
    Column("id", _WORDS, nullable=False, index=True, unique=True),
    _words("run", index=True),
    _words("hash"),
    _words("begins"),
    _words("tie"),
    _words("lang"),
    _number("year"),
    _number("claims"),
    _words("publisher"),
    _words("hidden"),
    _words("marks"),
    _words("body"),
    Index("ix_catalogue_documents_order", "begins", "tie", "no", "lang", "year"),
    Index("ix_catalogue_documents_lang", "lang", "begins", "tie", "no", "year"),
)
"""One row a document; `hidden` says which stretches of its text hold names, as `start-end` pairs."""
APPEARANCES = Table(
    "catalogue_appearances", METADATA, _words("source", key=True), _words("doc", key=True), Index("ix_appearances_doc", "doc")
)
SOURCES = Table(
    "catalogue_sources", METADATA, _words("id", key=True), _words("tie"), _words("body"), Index("ix_catalogue_sources_order", "tie", "id")
)
REFUSED = Table(
    "catalogue_refused",
    METADATA,
    _words("id", key=True),
    _words("run", index=True),
    _words("hash"),
    _words("reason"),
    _words("tie"),
    _number("start"),
    Index("ix_catalogue_refused_order", "reason", "tie", "start", "id"),
)
REASONS = Table("catalogue_reasons", METADATA, _words("id", key=True), _words("stage"), _words("reason"), _number("n"))
"""Why units were refused, and how many were."""
DATED = Table(
    "catalogue_dated",
    METADATA,
    _words("id", key=True),
    _words("run", index=True),
    _words("hash"),
    _words("lane"),
    _number("year"),
    _number("month"),
    _words("edtf"),
    _words("country"),
    _words("code"),
    _words("label"),
    _words("link"),
    Index("ix_catalogue_dated_order", "year", "month", "edtf", "lane", "id"),
    Index("ix_catalogue_dated_lane", "lane", "year", "month", "edtf", "id"),
    Index("ix_catalogue_dated_country", "country", "year", "month", "edtf", "lane", "id"),
)
"""Documents, dated counts, denials, incidents and responses by date: what a timeline holds. `code` is what a response is, and what the
date of a denial is of."""
TOTALS = Table(
    "catalogue_totals",
    METADATA,
    _words("scheme", key=True),
    _words("code", key=True),
    *_filters(key=True),
    _number("n"),
)
"""How many there are: of facts by everything they are chosen by (scheme `fact`), and of what else pages count."""
CATALOGUE_TABLES = (STATE, FACTS, LINES, TAGS, RELATIONS, DOCUMENTS, APPEARANCES, SOURCES, REFUSED, REASONS, DATED, TOTALS)
