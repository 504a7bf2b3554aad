"""Verifying a case, offline: is everything stored what was stored?

In:  a case, open or only located; what a person noted elsewhere about it: a key, a log head.
Out: a report that names every problem with its place and what to do.
Never: writes, repairs, or stops at the first problem. Memory does not grow with the case.
"""

from __future__ import annotations

from sqlalchemy import Connection, select, text

from armslength.store.case import DATABASE_FILE, Case, case_engine
from armslength.store.database import DATABASE_ERRORS, explain, is_sqlite, snapshot
from armslength.store.migrate import stored_version
from armslength.store.report import RESTORE, Findings, Problem, VerifyReport
from armslength.store.schema import APPEND_ONLY, METADATA, SCHEMA_VERSION
from armslength.store.verify_judgements import check_judgements
from armslength.store.verify_locked import verify_locked
from armslength.store.verify_log import check_keys, check_log
from armslength.store.verify_rows import check_kept_rows, check_links, check_names, check_rows, check_runs
from armslength.store.verify_sources import check_sources

__all__ = ["Problem", "VerifyReport", "verify_case"]


def verify_case(case: Case, *, trusted_key: str | None = None, head: str | None = None) -> VerifyReport:
    """Check everything a case holds against its hashes, its signed log and its documents.

    `trusted_key` is a key's name or public key, `head` the hash of a log entry, as somebody noted them before: the log must hold both.
    An encrypted case that was only located is checked as far as that goes without its key; the report says what was not.
    """
    if case.sealed and case.key is None:
        return verify_locked(case)
    if is_sqlite(case.database) and not (case.folder / DATABASE_FILE).is_file():
        missing = Problem(where=DATABASE_FILE, what="the case's database is gone", advice=RESTORE)
        return VerifyReport(checked=(), problems=(missing,), head="", keys=())
    try:
        connection = snapshot(case_engine(case))
    except DATABASE_ERRORS as error:
        damage = Problem(where=DATABASE_FILE, what=str(explain(error, case.database)), advice=RESTORE)
        return VerifyReport(checked=(), problems=(damage,), head="", keys=())
    with connection:
        return _verify(connection, case, trusted_key=trusted_key, head=head)


def _verify(connection: Connection, case: Case, *, trusted_key: str | None, head: str | None) -> VerifyReport:
    findings = Findings(connection, case.database)
    if case.copy_of:
        findings.note(f"This is a travel copy of the case {case.copy_of}: it has no sources, and names in it are hidden for good.")
    with findings.step(DATABASE_FILE):
        check_database(connection, findings)
    check_tables(connection, findings)
    chain = check_log(connection, case, findings)
    check_keys(connection, case, findings, chain, trusted_key=trusted_key, head=head)
    check_sources(connection, case, findings)
    check_kept_rows(connection, findings)
    check_judgements(connection, case, findings)
    check_rows(connection, findings)
    check_links(connection, findings)
    check_names(connection, findings)
    check_runs(connection, findings)
    return findings.report(head=chain.head, keys=tuple(chain.publics))


def check_database(connection: Connection, findings: Findings) -> None:
    """The database as a file or schema: whole, of the version this program knows, its triggers in place."""
    if connection.dialect.name == "sqlite":
        for (line,) in connection.execute(text("PRAGMA integrity_check(20)")):
            if line != "ok":
                findings.problem(DATABASE_FILE, f"SQLite finds the file damaged: {line}")
        triggers = connection.execute(text("SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'"))
        wanted = {(table, f"{table}_{kind}") for table in APPEND_ONLY for kind in ("no_update", "no_delete", "no_replace")}
    else:
        triggers = connection.execute(
            text(
                "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
                "WHERE c.relnamespace = current_schema()::regnamespace AND NOT t.tgisinternal AND t.tgenabled = 'O'"
            )
        )
        wanted = {(table, f"{table}_append_only") for table in APPEND_ONLY}
    for table, name in sorted(wanted - {(row[0], row[1]) for row in triggers}):
        findings.problem(f"table {table}", f"the trigger {name} that keeps it from being changed was taken away")
    version = stored_version(connection)
    if version != SCHEMA_VERSION:
        findings.problem(
            DATABASE_FILE,
            f"its schema is {version or 'unknown'}; this program knows {SCHEMA_VERSION}",
            "Open the case with the newest armslength first.",
        )
    findings.checked.append(f"database: schema {version}, {len(wanted)} triggers")


def check_tables(connection: Connection, findings: Findings) -> None:
    """Every table can be read, also those of which nothing else is checked because a build can make them anew."""
    if findings.problems:
        return  # a database of another schema lacks tables, and that was said
    for table in METADATA.sorted_tables:
        with findings.step(f"table {table.name}"):
            connection.execute(select(*table.columns).limit(1)).first()
