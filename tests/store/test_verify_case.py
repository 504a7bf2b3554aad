"""Whatever is changed in a case is found, named, and told in a sentence."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from store_samples import CLOCK, WORDS, add, fill, flip, settle, source, tamper

from armslength.base.ids import digest_text
from armslength.model.custody import LogEntry
from armslength.store.case import Case, case_engine, create_case, locate_case, unlock_case
from armslength.store.keys import make_key
from armslength.store.lock import LOCK_FILE
from armslength.store.read import reading
from armslength.store.report import MOST_PROBLEMS, Findings
from armslength.store.schema import METADATA
from armslength.store.sealing import seal_pieces
from armslength.store.verify import VerifyReport, verify_case
from armslength.store.write import writing

A_BYTE_EVERYWHERE = 120
"""Bytes flipped one after the other; as many as take about five seconds."""


def said(report: VerifyReport) -> str:
    return "\n".join(f"{p.where}: {p.what}" for p in report.problems)


def test_a_whole_case_has_no_problems_and_says_what_was_checked(case: Case) -> None:
    fill(case)
    report = verify_case(case)
    assert (report.problems, report.notes) == ((), ())
    assert {"claims: 2 rows", "sources: 2 files", "stage runs: 5", "checkpoints: 2"} < set(report.checked)
    with reading(case) as read:
        assert report.head == read.get(LogEntry, read.count(LogEntry)).hash
    assert verify_case(case, head=report.head, trusted_key=report.keys[0]).ok


def test_a_case_without_its_private_parts_still_verifies(sqlite_case: Case) -> None:
    fill(sqlite_case)
    shutil.rmtree(sqlite_case.keys_dir)
    report = verify_case(sqlite_case)
    assert report.ok
    assert "is not there" in report.notes[0]


def test_a_flipped_byte_in_a_source_is_named(case: Case) -> None:
    fill(case)
    wanted = source(b"another").id
    flip(case.source_path(wanted), 2)
    assert said(verify_case(case)) == f"source {wanted} (other.txt): its bytes are not those that were added"


def test_files_and_rows_that_do_not_belong_are_named(case: Case) -> None:
    fill(case)
    wanted = source(b"another").id
    case.source_path(wanted).unlink()
    (case.sources_dir / "readme.txt").write_text("x")
    stranger = case.sources_dir / "ff" / ("f" * 64)
    stranger.parent.mkdir(exist_ok=True)
    stranger.write_text("not mine")
    link = case.sources_dir / "00" / ("0" * 64)
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(case.source_path(source(WORDS.encode()).id))
    found = said(verify_case(case))
    assert f"source {wanted} (other.txt): its file is missing" in found
    assert "sources/readme.txt: it does not belong" in found
    assert f"source {'f' * 64}: it is not in the case" in found
    assert f"sources/00/{'0' * 64}: it does not belong" in found


def test_what_a_killed_writer_leaves_is_a_note_and_is_cleared(case: Case) -> None:
    fill(case)
    whole = case.source_path(source(b"put, never logged").id)
    whole.parent.mkdir(exist_ok=True)
    never_stored = None if case.key is None else b"k" * 32
    whole.write_bytes(b"put, never logged" if never_stored is None else b"".join(seal_pieces([b"put"], never_stored, about=whole.name)))
    half = whole.with_name(f"{whole.name}.ab.part")
    half.write_bytes(b"put, ne")
    (case.folder / LOCK_FILE).write_text("process 1\n", "utf-8")  # whoever is killed does not take their name out
    report = verify_case(case)
    assert report.ok
    assert len(report.notes) == 2
    with writing(case, clock=CLOCK, actor="heron") as writer:
        assert not half.exists()
        assert add(writer, b"put, never logged", file="late.txt") is True
    assert verify_case(case).notes == ()
    assert (case.folder / LOCK_FILE).read_bytes() == b""


CHANGES = [
    ("UPDATE claims SET body = replace(body, '54', '55')", "claim {claim} in report.txt: its text does not have the hash"),
    ("UPDATE claims SET kind = 'denial' WHERE value = 54", "claim {claim} in report.txt: its column kind does not repeat"),
    ("UPDATE claims SET value = 55 WHERE value = 54", "claim {claim} in report.txt: its column value does not repeat"),
    ("UPDATE claims SET run = 'resolve'", "stage run extract:1: what stands under it is not what the stage wrote"),
    ("UPDATE claims SET run = 'nobody'", "stage run nobody: rows stand under it"),
    ("UPDATE claims SET run = 'zzz'", "stage run zzz: rows stand under it"),
    ("DELETE FROM rejected", "stage run extract:1: what stands under it is not what the stage wrote"),
    ("DELETE FROM runs WHERE id = 'analyse'", "stage run analyse: log entry 10 records it, but it is not in the case"),
    ("UPDATE runs SET output_hash = 'x' WHERE id = 'analyse'", "stage run analyse: it is not as log entry 10 recorded it"),
    ("UPDATE runs SET version = '9' WHERE id = 'analyse'", "stage run analyse: it is not as log entry 10 recorded it"),
    ("INSERT INTO runs VALUES ('made up', '1', '', 'x')", "stage run made up: the custody log does not know it"),
    ("UPDATE documents SET body = replace(body, 'ministry', 'minister')", "its id is not the SHA-256 of its text"),
    ("UPDATE documents SET body = '{{'", "The stored text is not a Document"),
    ("DELETE FROM documents", "which is not in the case"),
    ("UPDATE documents SET lang = 'fr'", "its column lang does not repeat"),
    ("DELETE FROM entity_mentions", "the table entity_mentions does not repeat its mentions"),
    ("UPDATE fact_claims SET claim = 'x' WHERE claim = '{claim}'", "the table fact_claims does not repeat its claims"),
    ("INSERT INTO fact_claims VALUES ('x', 'y', 'z')", "table fact_claims: it holds links that no row has"),
    ("UPDATE log SET entry = replace(entry, 'heron', 'raven') WHERE seq = 4", "log entry 4: its text does not have the hash"),
    ("UPDATE log SET actor = 'raven' WHERE seq = 4", "log entry 4: its column actor does not repeat"),
    ("UPDATE log SET hash = '{zero}' WHERE seq = 4", "log entry 5: it does not continue the entry before it"),
    ("DELETE FROM log WHERE seq = 4", "log entry 5: follows entry 3: 1 entries are missing"),
    ("DELETE FROM log WHERE seq > 6", "the log ends before it: entries were cut off"),
    ("DELETE FROM log", "custody log: it is empty"),
    ("UPDATE sources SET body = replace(body, 'text/plain', 'text/html')", "source {other} (other.txt): its text does not have the hash"),
    ("UPDATE sources SET hash = 'x' WHERE id = '{other}'", "source {other} (other.txt): its row is not as log entry 4 recorded it"),
    ("DELETE FROM collections WHERE file = 'other.txt'", "source {other}: nothing records how it was collected"),
    ("UPDATE collections SET file = 'x' WHERE file = 'other.txt'", "collection {record} (x): its column file does not repeat"),
    ("UPDATE collections SET id = 'x' WHERE file = 'other.txt'", "the custody log does not know its collection record x"),
    ("INSERT INTO sources VALUES ('{zero}', '{{}}', 'x')", "source {zero}: the custody log does not know it"),
    ("UPDATE judgements SET hash = 'x'", "judgement j: it is not as log entry 11 recorded it"),
    ("UPDATE findings SET body = replace(body, 'gull', 'heron')", "finding f: its text does not have the hash"),
    ("UPDATE alembic_version SET version_num = '0001'", "case.db: its schema is 0001"),
]


@pytest.mark.parametrize(("change", "sentence"), CHANGES, ids=[f"{n}" for n in range(len(CHANGES))])
def test_a_change_behind_the_program_s_back_is_named(case: Case, change: str, sentence: str) -> None:
    _, claims = fill(case)
    from store_samples import collection

    names = {
        "claim": claims[0].id,
        "other": source(b"another").id,
        "record": collection(b"another", file="other.txt").id,
        "zero": "0" * 64,
    }
    tamper(case, change.format(**names).replace(":1", "\\:1"))
    assert sentence.format(**names) in said(verify_case(case))


def test_a_claim_moved_with_its_hashes_is_still_found(case: Case) -> None:
    _, claims = fill(case)
    with reading(case) as read:
        from armslength.model.codec import to_json

        body = to_json(read.all(type(claims[0]))[0]).replace("54 harbours", "55 harbours")
    tamper(case, "UPDATE claims SET body = :body, hash = :hash WHERE id = :id", body=body, hash=digest_text(body), id=claims[0].id)
    found = said(verify_case(case))
    assert f"claim {claims[0].id} in report.txt: its quote is not what the document" in found
    assert "stage run extract:1: what stands under it is not what the stage wrote" in found


def test_cutting_off_the_log_with_its_checkpoints_needs_a_noted_head(case: Case) -> None:
    fill(case)
    noted = verify_case(case).head
    for path in case.checkpoints_dir.iterdir():
        path.unlink()
    tamper(case, "DELETE FROM log WHERE seq = (SELECT max(seq) FROM log)")
    assert "entries were cut off or replaced" not in said(verify_case(case))
    assert f"custody log: it does not hold the entry {noted} that you noted" in said(verify_case(case, head=noted))


def test_another_log_with_another_key_needs_a_trusted_key(make_case: Callable[[str], Case]) -> None:
    mine, theirs = make_case("mine"), make_case("theirs")
    trusted = verify_case(mine).keys[0]
    assert "signed by somebody else" in said(verify_case(theirs, trusted_key=trusted))


def test_checkpoints_are_checked(case: Case, tmp_path: Path) -> None:
    fill(case)
    path = max(case.checkpoints_dir.iterdir())
    good = path.read_bytes()
    for bad in (b"{}", b"[1]", b"\xff", json.dumps({**json.loads(good), "seq": 3}).encode()):
        path.write_bytes(bad)
        assert f"checkpoints/{path.name}: it is not a checkpoint signed by a key of this case" in said(verify_case(case))
    path.write_bytes(good)
    (case.checkpoints_dir / "x.json.ab.part").write_bytes(b"{")
    report = verify_case(case)
    assert report.ok
    assert "unfinished" in report.notes[0]


def test_the_case_file_and_published_keys_are_checked(case: Case, tmp_path: Path) -> None:
    path = case.folder / "case.toml"
    path.write_text(path.read_text().replace("harbours", "harbors"))
    assert "case.toml: it names another case" in said(verify_case(unlock_case(locate_case(case.folder))))
    (public,) = case.keys_dir.glob("*.pub")
    public.write_bytes((tmp_path / f"{make_key(tmp_path).id}.pub").read_bytes())
    assert f"keys/{public.name}: it is not the key that the log names" in said(verify_case(case))


def test_a_trigger_taken_away_is_named(case: Case) -> None:
    from sqlalchemy import text as sql

    from armslength.store.database import is_sqlite

    drop = "DROP TRIGGER log_no_delete" if is_sqlite(case.database) else "ALTER TABLE log DISABLE TRIGGER log_append_only"
    with case_engine(case, writing=True).begin() as connection:
        connection.execute(sql(drop))
    assert "table log: the trigger log_" in said(verify_case(case))


def test_a_lost_database_is_a_problem_not_an_error(sqlite_case: Case) -> None:
    (sqlite_case.folder / "case.db").unlink()
    assert said(verify_case(sqlite_case)) == "case.db: the case's database is gone"


def contents(path: Path) -> str:
    connection = sqlite3.connect(path)
    rows = [sorted(map(repr, connection.execute(f"SELECT * FROM {table.name}"))) for table in METADATA.sorted_tables]
    connection.close()
    return repr(rows)


def test_a_byte_flipped_anywhere_in_the_database_is_found_or_changes_nothing(tmp_path: Path) -> None:
    """Bytes in pages that hold nothing may change unseen; a byte that holds something may not. No flip ends in a traceback."""
    case = create_case(tmp_path / "harbours", name="Case harbours", clock=CLOCK, actor="heron")
    fill(case)
    settle(case)
    path = case.folder / "case.db"
    whole = contents(path)
    original = path.read_bytes()
    chance = random.Random(11)
    held = [n for n in range(len(original)) if original[n]]
    found = 0
    for position in chance.sample(held, A_BYTE_EVERYWHERE):
        flip(path, position, 1 << chance.randrange(8))
        report = verify_case(case)
        assert all(p.where and p.what and p.advice for p in report.problems)
        if report.ok:
            assert contents(path) == whole, f"byte {position}"
        found += not report.ok
        for leftover in case.folder.glob("case.db-*"):
            leftover.unlink()
        path.write_bytes(original)
    assert found > A_BYTE_EVERYWHERE * 0.8
    assert verify_case(case).ok


def test_problems_are_counted_once_there_are_too_many() -> None:
    findings = Findings(None, "sqlite://")
    for number in range(MOST_PROBLEMS + 5):
        findings.problem("x", str(number))
    report = findings.report(head="", keys=())
    assert len(report.problems) == MOST_PROBLEMS + 1
    assert report.problems[-1].what == "5 more problems are not listed"
