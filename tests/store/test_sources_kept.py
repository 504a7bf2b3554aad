"""Sources are kept once, whole, and cannot be taken back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text as sql
from sqlalchemy.exc import DBAPIError
from store_samples import CLOCK, add, collection, fill, flip, source

from armslength.base.errors import InputError, IntegrityError
from armslength.model.custody import LogEntry
from armslength.model.evidence import Collection, Source
from armslength.store.case import Case, case_engine
from armslength.store.database import snapshot
from armslength.store.log import entry_data
from armslength.store.read import reading
from armslength.store.schema import APPEND_ONLY
from armslength.store.write import writing


def test_the_same_bytes_twice_are_one_source_with_two_custody_entries(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "harbour.txt"
    path.write_bytes(b"bytes" * 1000)
    with writing(case, clock=CLOCK, actor="heron") as writer:
        assert writer.add_source(path, source=source(path.read_bytes()), collection=collection(path.read_bytes())) is True
        assert add(writer, path.read_bytes(), file="again.txt") is False
        with pytest.raises(InputError, match="already in the case"):
            add(writer, path.read_bytes(), file="again.txt")
        added = writer.read.all(LogEntry, event="source.added")
        assert [entry_data(entry)["new"] for entry in added] == [True, False]
        assert (writer.read.count(Source), writer.read.count(Collection)) == (1, 2)
    with reading(case) as read:
        assert read.source_bytes(source(path.read_bytes()).id) == path.read_bytes()


def test_bytes_that_are_not_what_they_are_called_leave_nothing(case: Case) -> None:
    good = source(b"bytes")
    with writing(case, clock=CLOCK, actor="heron") as writer:
        for data, row in ((b"other", good), (b"bytes", replace(good, size=6))):
            with pytest.raises(InputError, match="Did the file change"):
                writer.add_source(data, source=row, collection=collection(b"bytes"))
        with pytest.raises(InputError, match="another source"):
            writer.add_source(b"bytes", source=good, collection=collection(b"other"))
        bad = replace(good, id="../../../etc/passwd")
        with pytest.raises(InputError, match="64 hexadecimal"):
            writer.add_source(b"bytes", source=bad, collection=replace(collection(b"bytes"), source=bad.id))
        assert writer.read.count(Source) == 0
    assert not [path for path in case.sources_dir.rglob("*") if path.is_file()]


def test_changed_or_missing_bytes_are_refused_when_read(case: Case) -> None:
    fill(case)
    wanted = source(b"another").id
    flip(case.source_path(wanted), 3)
    with reading(case) as read, pytest.raises(IntegrityError, match="changed on disk"):
        read.source_bytes(wanted)
    with writing(case, clock=CLOCK, actor="heron") as writer, pytest.raises(IntegrityError, match="damaged on disk"):
        add(writer, b"another", file="third.txt")
    case.source_path(wanted).unlink()
    with reading(case) as read, pytest.raises(IntegrityError, match="cannot be read"):
        read.source_bytes(wanted)


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("statement", ["UPDATE {} SET hash = 'x'", "DELETE FROM {}"])
def test_what_is_only_added_to_refuses_change(case: Case, table: str, statement: str) -> None:
    fill(case)
    engine = case_engine(case, writing=True)
    with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
        connection.execute(sql(statement.format(table)))


def test_replacing_a_log_entry_is_refused_even_by_a_tool_with_its_own_settings(sqlite_case: Case) -> None:
    import sqlite3

    connection = sqlite3.connect(sqlite_case.folder / "case.db")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute("INSERT OR REPLACE INTO log SELECT seq, time, event, 'x', actor, entry, hash, signature FROM log")
    connection.close()


def test_reading_cannot_write(case: Case) -> None:
    with snapshot(case_engine(case)) as connection, pytest.raises(DBAPIError, match=r"readonly|read-only"):
        connection.execute(sql("DELETE FROM runs"))
