"""The catalogue: short rows that the pages which list things are read from. Made from other rows, and safe to empty."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
FILTERS = ("section", "standing", "kind", "country", "state", "year")


def upgrade() -> None:
    op.create_table("catalogue_state", words("name", key=True), words("value"))
    _make_facts()
    _make_tags()
    _make_documents()
    _make_lists()
    op.create_table(
        "catalogue_totals",
        *(words(name, key=True) for name in ("scheme", "code", *FILTERS[:-1])),
        number("year", key=True),
        number("n"),
    )


def words(name: str, *, key: bool = False) -> sa.Column[Any]:
    return sa.Column(name, WORDS, nullable=False, primary_key=key)


def number(name: str, *, key: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer, nullable=False, primary_key=key, autoincrement=False)


def large(name: str, *, key: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger, nullable=False, primary_key=key, autoincrement=False)


def filters() -> list[sa.Column[Any]]:
    return [*(words(name) for name in FILTERS[:-1]), number("year")]


def _make_facts() -> None:
    table = "catalogue_facts"
    op.create_table(
        table,
        large("no", key=True),
        *(words(name) for name in ("id", "run", "hash", "origins")),
        *filters(),
        large("rank"),
        *(words(name) for name in ("tie", "begins", "ends", "measure")),
        sa.Column("value", sa.Float(precision=53), nullable=True),
        *(number(name) for name in ("documents", "passages", "apparent", "min", "max", "unknown", "gap")),
        *(sa.Column(name, sa.Boolean, nullable=False) for name in ("denied", "contradicted", "interested")),
        *(words(name) for name in ("head", "label")),
    )
    op.create_index(f"ix_{table}_id", table, ["id"], unique=True)
    op.create_index(f"ix_{table}_run", table, ["run"])
    op.create_index(f"ix_{table}_head", table, ["head"])
    op.create_index(f"ix_{table}_order", table, ["rank", "tie", "no", *FILTERS])
    op.create_index(f"ix_{table}_date", table, ["begins", "no", *FILTERS])
    op.create_index(f"ix_{table}_gap", table, ["gap", "id"])
    for first in ("section", "kind", "country", "year"):
        op.create_index(f"ix_{table}_{first}", table, [first, "rank", "tie", "no", *(name for name in FILTERS if name != first)])
    op.create_table("catalogue_lines", large("no", key=True), words("body"))


def _make_tags() -> None:
    op.create_table(
        "catalogue_tags",
        words("scheme", key=True),
        words("code", key=True),
        large("rank", key=True),
        words("tie", key=True),
        large("no", key=True),
        *filters(),
    )
    op.create_index("ix_catalogue_tags_no", "catalogue_tags", ["no"])
    table = "catalogue_relations"
    op.create_table(table, words("id", key=True), *(words(name) for name in ("run", "hash", "type", "fact", "other")))
    for name in ("run", "fact", "other"):
        op.create_index(f"ix_{table}_{name}", table, [name])


def _make_documents() -> None:
    table = "catalogue_documents"
    op.create_table(
        table,
        large("no", key=True),
        *(words(name) for name in ("id", "run", "hash", "begins", "tie", "lang")),
        *(number(name) for name in ("year", "claims")),
        *(words(name) for name in ("publisher", "hidden", "marks", "body")),
    )
    op.create_index(f"ix_{table}_id", table, ["id"], unique=True)
    op.create_index(f"ix_{table}_run", table, ["run"])
    op.create_index(f"ix_{table}_order", table, ["begins", "tie", "no", "lang", "year"])
    op.create_index(f"ix_{table}_lang", table, ["lang", "begins", "tie", "no", "year"])
    op.create_table("catalogue_appearances", words("source", key=True), words("doc", key=True))
    op.create_index("ix_appearances_doc", "catalogue_appearances", ["doc"])
    op.create_table("catalogue_sources", words("id", key=True), words("tie"), words("body"))
    op.create_index("ix_catalogue_sources_order", "catalogue_sources", ["tie", "id"])


def _make_lists() -> None:
    table = "catalogue_refused"
    op.create_table(table, words("id", key=True), *(words(name) for name in ("run", "hash", "reason", "tie")), number("start"))
    op.create_index(f"ix_{table}_run", table, ["run"])
    op.create_index(f"ix_{table}_order", table, ["reason", "tie", "start", "id"])
    op.create_table("catalogue_reasons", words("id", key=True), words("stage"), words("reason"), number("n"))
    table = "catalogue_dated"
    op.create_table(
        table,
        words("id", key=True),
        *(words(name) for name in ("run", "hash", "lane")),
        *(number(name) for name in ("year", "month")),
        *(words(name) for name in ("edtf", "country", "code", "label", "link")),
    )
    op.create_index(f"ix_{table}_run", table, ["run"])
    op.create_index(f"ix_{table}_order", table, ["year", "month", "edtf", "lane", "id"])
    op.create_index(f"ix_{table}_lane", table, ["lane", "year", "month", "edtf", "id"])
    op.create_index(f"ix_{table}_country", table, ["lane", "country", "edtf", "id"])
