"""Destroying a source: its bytes, what was read in it, and what may still be shown of it; and what stays: a tombstone and a whole log."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from armslength.base.clock import FixedClock
from armslength.base.errors import InputError, IntegrityError
from armslength.base.settings import Settings
from armslength.model.claims import Claim
from armslength.model.custody import LogEntry
from armslength.model.evidence import Collection, Document
from armslength.model.facts import Fact
from armslength.pipeline.building import NewCase, add_sources, build
from armslength.pipeline.masking import looking
from armslength.pipeline.shredding import shred
from armslength.store.case import case_engine, open_case
from armslength.store.read import reading
from armslength.store.verify import verify_case

CLOCK = FixedClock(at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))
ONE = "At least 12 overseas police stations operate in nine countries, Mirela Quillfeather, a baker in Oslo, told The Quay.\n"
TWO = "At least 54 overseas police stations operate in 30 countries, Ivo Oxenwhistle, a baker in Bergen, told The Quay.\n"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "quillfeather.txt").write_text(ONE)
    (tmp_path / "in" / "two.txt").write_text(TWO)
    build(tmp_path / "case", [tmp_path / "in"], settings=Settings(), clock=CLOCK)
    return tmp_path / "case"


def source_of(case: Path, file: str) -> str:
    with reading(open_case(case)) as reader:
        return next(row.source for row in reader.all(Collection) if row.file == file)


def test_a_destroyed_source_is_gone_and_the_case_verifies(case):
    source = source_of(case, "quillfeather.txt")
    path = open_case(case).source_path(source)
    kept = path.read_bytes()
    assert source[:12] in shred(case, source[:8], reason="The witness asked for it.", reviewer="egret", clock=CLOCK)
    assert not path.exists()
    with reading(open_case(case)) as reader:
        assert [row.text for row in reader.all(Document)] == [TWO]
        assert all("12" not in row.quote for row in reader.all(Claim))
        assert reader.all(Fact)
        with pytest.raises(IntegrityError, match="key"):
            reader.source_bytes(source)
    with case_engine(open_case(case)).connect() as connection:
        assert connection.exec_driver_sql("PRAGMA freelist_count").scalar() == 0, "no page with old rows is left in the file"
    report = verify_case(open_case(case))
    assert report.problems == ()
    assert any("was destroyed on 2026-01-02 by egret" in note for note in report.notes)
    path.write_bytes(kept)
    assert any("can be removed" in note for note in verify_case(open_case(case)).notes)
    with reading(open_case(case)) as reader, pytest.raises(IntegrityError):
        reader.source_bytes(source)


def test_what_custody_says_of_a_destroyed_source_is_hidden(case):
    shred(case, source_of(case, "quillfeather.txt"), reason="Asked for.", reviewer="egret", clock=CLOCK)
    with looking(open_case(case)) as reader:
        told = " ".join([*(row.file for row in reader.all(Collection)), *(row.entry for row in reader.all(LogEntry))])
    assert "quillfeather" not in told.casefold()
    assert "two.txt" in told
    with reading(open_case(case)) as reader:
        assert any("quillfeather" in row.entry for row in reader.all(LogEntry)), "the log itself is never changed"


def test_it_is_not_taken_in_again_and_not_destroyed_twice(case):
    source = source_of(case, "quillfeather.txt")
    shred(case, source, reason="Asked for.", reviewer="egret", clock=CLOCK)
    report = add_sources(case, [case.parent / "in"], settings=Settings(), clock=CLOCK)
    assert report.added.refused == 1
    assert "destroyed" in report.refused[0].reason
    build(case, [], settings=Settings(), clock=CLOCK)
    with reading(open_case(case)) as reader:
        assert reader.count(Document) == 1
    with pytest.raises(InputError, match="already"):
        shred(case, source, reason="Again.", reviewer="egret", clock=CLOCK)
    with pytest.raises(InputError):
        shred(case, "ffff", reason="No such.", reviewer="egret", clock=CLOCK)


def test_a_plain_case_has_no_key_to_destroy(tmp_path):
    (tmp_path / "one.txt").write_text(ONE)
    build(tmp_path / "case", [tmp_path / "one.txt"], settings=Settings(), clock=CLOCK, new=NewCase(lock=None))
    with pytest.raises(InputError, match="not encrypted"):
        shred(tmp_path / "case", source_of(tmp_path / "case", "one.txt"), reason="x", reviewer="egret", clock=CLOCK)
