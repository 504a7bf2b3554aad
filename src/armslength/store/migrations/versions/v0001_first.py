"""The first schema: log, sources and their collection records, decisions, and the tables that stages write.

Also the triggers by which the tables that are only ever added to refuse everything else.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
APPEND_ONLY = {"log": "seq", "sources": "id", "collections": "id", "judgements": "id", "findings": "id", "releases": "id"}


def upgrade() -> None:
    _make_log()
    _make_kept()
    _make_derived()
    _make_links()
    for table, key in APPEND_ONLY.items():
        if op.get_bind().dialect.name == "sqlite":
            _protect_on_sqlite(table, key)
    if op.get_bind().dialect.name == "postgresql":
        _protect_on_postgresql()


def words(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, WORDS, nullable=null)


def number(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer, nullable=False)


def index(table: str, *names: str) -> None:
    """An index for each column, named as SQLAlchemy names them."""
    for name in names:
        op.create_index(f"ix_{table}_{name}", table, [name])


def _make_log() -> None:
    seq = sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False)
    op.create_table("log", seq, *(words(n) for n in ("time", "event", "subject", "actor", "entry", "hash", "signature")))
    index("log", "event", "hash")
    run_id = sa.Column("id", WORDS, primary_key=True)
    op.create_table("runs", run_id, *(words(n) for n in ("version", "input_hash", "output_hash")))


def _make_kept() -> None:
    def table(name: str, *columns: Any) -> None:
        op.create_table(name, sa.Column("id", WORDS, primary_key=True), *columns, words("body"), words("hash"))

    table("sources")
    source = sa.Column("source", WORDS, sa.ForeignKey("sources.id", name="fk_collections_source"), nullable=False)
    table("collections", source, words("file"))
    index("collections", "source", "file")
    table("judgements", words("target"))
    index("judgements", "target")
    table("findings", words("fact"))
    index("findings", "fact")
    table("releases")


def _make_derived() -> None:
    def table(name: str, *columns: sa.Column[Any], plain: tuple[str, ...] = ()) -> None:
        last = (words("run"), words("body"), words("hash"))
        op.create_table(name, sa.Column("id", WORDS, primary_key=True), *columns, *last)
        op.create_index(f"ix_{name}_run", name, ["run", "id"])
        index(name, *(column.name for column in columns if column.name not in plain))

    table("documents", words("lang"), words("file"), words("publisher", null=True), words("published", null=True), words("source"))
    value = sa.Column("value", sa.Float(precision=53), nullable=True)
    names = [words(n) for n in ("kind", "family", "measure")]
    table("claims", words("doc"), number("start"), number("end"), *names, value, words("speech_act"), plain=("doc", "start", "end"))
    table("entities", words("kind"), words("country"), sa.Column("protected", sa.Boolean, nullable=False))
    table("sites", words("country"), words("type"))
    table("incidents", words("country"))
    table("responses", words("country"), words("code"))
    table("facts", words("kind"), words("measure"), words("country"))
    table("lineage", words("from_id"), words("to_id"), words("level"), words("kind"))
    table("origins", number("min"), number("max"))
    table("relations", words("fact"), words("other"), words("type"))
    table("counts", words("tabulation"))
    table("rejected", words("stage"), words("doc"))


def _make_links() -> None:
    op.create_table("entity_mentions", sa.Column("mention", WORDS, primary_key=True), words("entity"), words("run"))
    index("entity_mentions", "entity", "run")
    keys = [sa.Column(name, WORDS, primary_key=True) for name in ("claim", "fact")]
    op.create_table("fact_claims", *keys, words("run"))
    index("fact_claims", "fact", "run")


def _protect_on_sqlite(table: str, key: str) -> None:
    refuse = f"BEGIN SELECT RAISE(ABORT, 'the table {table} is append-only'); END"
    op.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}")
    op.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}")
    # INSERT OR REPLACE deletes without asking the trigger above unless recursive_triggers is on, which a stranger's tool need not do.
    there = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})"  # noqa: S608 - names from the table above
    op.execute(f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} {there} {refuse}")


def _protect_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION al_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the table % is append-only', TG_TABLE_NAME; END $$"
    )
    for table in APPEND_ONLY:
        when = f"BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} FOR EACH STATEMENT"
        op.execute(f"CREATE TRIGGER {table}_append_only {when} EXECUTE FUNCTION al_refuse()")
