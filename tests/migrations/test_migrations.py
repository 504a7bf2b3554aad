"""Older cases are brought up to date with every row still there, and the result is exactly the schema the program describes."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect
from sqlalchemy import text as sql

from armslength.base.errors import CaseError
from armslength.model.custody import LogEntry
from armslength.store import case as case_module
from armslength.store import migrate
from armslength.store.case import Case, case_engine, create_case, open_case
from armslength.store.log import entry_data
from armslength.store.migrate import known_versions, needs_upgrade, stored_version, upgrade
from armslength.store.read import reading
from armslength.store.schema import APPEND_ONLY, METADATA, SCHEMA_VERSION, SHELVES
from armslength.store.verify import verify_case
from store.store_samples import CLOCK, fill


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest) -> str | None:
    return None if request.param == "sqlite" else request.getfixturevalue("postgres_url")


def case_at(revision: str, folder: Path, database: str | None, monkeypatch: pytest.MonkeyPatch) -> Case:
    """A case as the program of that revision made it."""
    with monkeypatch.context() as patch:
        patch.setattr(case_module, "upgrade", lambda connection: upgrade(connection, revision))
        return create_case(folder, name="old", clock=CLOCK, actor="heron", database=database)


def fill_as_then(case: Case) -> None:
    """Fill an old case. This program writes to tables that were not there yet: they are made for as long as it takes."""
    with case_engine(case, writing=True).begin() as connection:
        there = set(inspect(connection).get_table_names())
        METADATA.create_all(connection)
    fill(case)
    with case_engine(case, writing=True).begin() as connection:
        for table in reversed(METADATA.sorted_tables):
            if table.name not in there:
                table.drop(connection)


def rows_of(case: Case) -> dict[str, list[Any]]:
    with case_engine(case).connect() as connection:
        return {shelf.table.name: sorted(map(repr, connection.execute(sql(f"SELECT * FROM {shelf.table.name}")))) for shelf in SHELVES}


def test_the_newest_migration_is_the_one_the_program_checks_for() -> None:
    assert known_versions()[-1] == SCHEMA_VERSION
    assert not needs_upgrade(SCHEMA_VERSION)
    assert needs_upgrade("0001")
    with pytest.raises(CaseError, match="newer"):
        needs_upgrade("9999")


@pytest.mark.parametrize("revision", known_versions()[:-1])
def test_an_old_case_with_data_is_upgraded_on_opening(
    revision: str, tmp_path: Path, database: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = case_at(revision, tmp_path / "old", database, monkeypatch)
    fill_as_then(case)
    before = rows_of(case)
    assert "Open the case" in verify_case(case).problems[0].advice
    opened = open_case(case.folder, clock=CLOCK, actor="gull")
    after = rows_of(opened)
    assert {name: rows for name, rows in after.items() if name != "log"} == {name: rows for name, rows in before.items() if name != "log"}
    assert set(before["log"]) < set(after["log"])
    with reading(opened) as read:
        last = read.all(LogEntry)[-1]
    assert (last.event, last.actor, entry_data(last)) == ("schema.upgraded", "gull", {"from": revision, "to": SCHEMA_VERSION})
    assert verify_case(opened).problems == ()
    assert open_case(case.folder) == opened
    with reading(opened) as read:
        assert read.all(LogEntry)[-1] == last


def test_an_upgrade_that_fails_leaves_the_case_as_it_was(tmp_path: Path, database: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    case = case_at("0001", tmp_path / "old", database, monkeypatch)
    fill_as_then(case)
    before = rows_of(case)

    def upgrade_and_fail(connection: Any) -> None:
        migrate.upgrade(connection)
        raise CaseError("The lights went out.")

    with monkeypatch.context() as patch:
        patch.setattr(case_module, "upgrade", upgrade_and_fail)
        with pytest.raises(CaseError, match="lights"):
            open_case(case.folder)
    assert rows_of(case) == before
    with case_engine(case).connect() as connection:
        assert stored_version(connection) == "0001"
    assert verify_case(open_case(case.folder)).ok


def test_migrations_make_exactly_the_schema_described(tmp_path: Path, database: str | None) -> None:
    case = create_case(tmp_path / "new", name="new", clock=CLOCK, actor="heron", database=database)
    with case_engine(case).connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, METADATA) == []


def test_migrated_and_described_schemas_have_the_same_columns(tmp_path: Path, database: str | None) -> None:
    """The comparison above passes over primary keys and collations; this one does not."""
    case = create_case(tmp_path / "new", name="new", clock=CLOCK, actor="heron", database=database)
    engine = case_engine(case, writing=True)
    with engine.connect() as connection:
        migrated = described(connection)
    with engine.begin() as connection:
        for table in reversed(METADATA.sorted_tables):
            connection.execute(sql(f"DROP TABLE {table.name}"))
        METADATA.create_all(connection)
    with engine.connect() as connection:
        assert described(connection) == migrated


def described(connection: Any) -> dict[str, Any]:
    found = inspect(connection)
    return {
        table.name: (
            [(c["name"], repr(c["type"]), c["nullable"]) for c in found.get_columns(table.name)],
            found.get_pk_constraint(table.name)["constrained_columns"],
            sorted((i["name"], tuple(i["column_names"])) for i in found.get_indexes(table.name)),
            [f["name"] for f in found.get_foreign_keys(table.name)],
        )
        for table in METADATA.sorted_tables
    }


def test_a_migration_stands_on_its_own() -> None:
    """What a migration did must not change when the program does: none imports from it."""
    scripts = list((migrate.MIGRATIONS / "versions").glob("v*.py"))
    assert len(scripts) == len(known_versions())
    for script in scripts:
        imported = [node for node in ast.walk(ast.parse(script.read_text())) if isinstance(node, ast.ImportFrom)]
        assert not [node.module for node in imported if (node.module or "").startswith("armslength")]
    assert set(APPEND_ONLY) < {table.name for table in METADATA.sorted_tables}
