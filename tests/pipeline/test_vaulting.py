"""The vault: locked unless somebody unlocked it a short while ago, every use in the log, nothing of it readable on disk."""

from __future__ import annotations

import stat
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from armslength.base.clock import FixedClock
from armslength.base.errors import CaseError, InputError, IntegrityError
from armslength.base.ids import digest
from armslength.model.custody import LogEntry
from armslength.model.outcome import StageRun
from armslength.model.things import Entity
from armslength.pipeline.vaulting import (
    destroy_person,
    init_vault,
    lock_vault,
    may_see_names,
    note_person,
    show_person,
    unlock_vault,
)
from armslength.store import session
from armslength.store.case import Case, create_case, open_case
from armslength.store.encrypting import encrypt_case
from armslength.store.locks import Cost, in_key_file
from armslength.store.read import reading
from armslength.store.session import session_file, session_key
from armslength.store.vault import vault_folder
from armslength.store.verify import verify_case
from armslength.store.write import writing

START = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
CLOCK = FixedClock(at=START)
CHEAP = Cost(memory_kib=64, passes=1, lanes=1)
WORDS = "four lanterns on the quay"
PERSON, BODY = digest("one"), digest("two")


def later(**spent: float) -> FixedClock:
    return FixedClock(at=START + timedelta(**spent))


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARMSLENGTH_KEYS", str(tmp_path / "config"))
    monkeypatch.setenv("ARMSLENGTH_RUNTIME", str(tmp_path / "run"))


@pytest.fixture
def case(tmp_path: Path) -> Case:
    made = create_case(tmp_path / "case", name="x", clock=CLOCK, actor="heron", lock=in_key_file)
    person = Entity(id=PERSON, kind="person", label="Person 7KQM", aliases=(), protected=True, mentions=(digest("m"),), claims=())
    body = replace(person, id=BODY, kind="organisation", label="Quay Watch", protected=False, mentions=(digest("n"),))
    with writing(made, clock=CLOCK, actor="heron") as writer:
        writer.put(StageRun(id="resolve", version="1", input_hash=digest("x"), output_hash=""), [person, body])
    return made


@pytest.fixture
def vault(case: Case) -> Path:
    init_vault(case.folder, WORDS, at=None, clock=CLOCK, actor="heron", cost=CHEAP)
    return case.folder


def events(folder: Path) -> list[tuple[str, str]]:
    with reading(open_case(folder)) as reader:
        return [(entry.event, entry.actor) for entry in reader.all(LogEntry)]


def test_what_is_put_in_comes_out_while_it_is_unlocked(vault):
    unlock_vault(vault, WORDS, clock=CLOCK, actor="heron")
    note_person(vault, "Person 7KQM", field="contact", value=" Oxenwhistle, 3 Brambleshaw Lane ", clock=CLOCK, actor="heron")
    note_person(vault, PERSON[:8], field="contact", value="second", clock=CLOCK, actor="heron")
    found = show_person(vault, "person 7kqm", clock=CLOCK, actor="egret")
    assert found.identity.contact == ("Oxenwhistle, 3 Brambleshaw Lane", "second")
    assert found.label == "Person 7KQM"
    assert events(vault)[-4:] == [
        ("vault.unlocked", "heron"),
        ("vault.written", "heron"),
        ("vault.written", "heron"),
        ("vault.read", "egret"),
    ]
    everything = b"".join(path.read_bytes() for path in vault.rglob("*") if path.is_file())
    assert b"Oxenwhistle" not in everything
    assert verify_case(open_case(vault)).ok


def test_a_locked_vault_answers_nobody_and_the_log_knows(vault):
    for attempt in (
        lambda: show_person(vault, PERSON, clock=CLOCK, actor="egret"),
        lambda: note_person(vault, PERSON, field="note", value="x", clock=CLOCK, actor="egret"),
        lambda: destroy_person(vault, PERSON, reason="x", clock=CLOCK, actor="egret"),
        lambda: may_see_names(open_case(vault), "export", clock=CLOCK, actor="egret"),
    ):
        with pytest.raises(CaseError, match="is locked"):
            attempt()
    assert events(vault)[-4:] == [("access.failed", "egret")] * 4


def test_a_wrong_passphrase_does_not_unlock_and_the_log_knows(vault):
    with pytest.raises(CaseError, match="does not open"):
        unlock_vault(vault, WORDS[:-1], clock=CLOCK, actor="egret")
    assert events(vault)[-1] == ("access.failed", "egret")
    assert session_key(open_case(vault).id, now=START) is None


def test_it_locks_itself_when_it_is_not_used_and_after_a_day(vault):
    case_id = open_case(vault).id
    unlock_vault(vault, WORDS, clock=CLOCK, actor="heron")
    assert session_key(case_id, now=START + timedelta(minutes=14)) is not None
    assert session_key(case_id, now=START + timedelta(minutes=28)) is not None
    assert session_key(case_id, now=START + timedelta(minutes=44)) is None
    assert not session_file(case_id).exists()
    unlock_vault(vault, WORDS, clock=CLOCK, actor="heron", idle=timedelta(hours=20))
    assert session_key(case_id, now=START + timedelta(hours=7)) is not None
    assert session_key(case_id, now=START + timedelta(hours=9)) is None
    unlock_vault(vault, WORDS, clock=CLOCK, actor="heron")
    assert session_key(case_id, now=START - timedelta(hours=1)) is None, "a clock that was set back"


def test_it_can_be_locked_at_once(vault):
    unlock_vault(vault, WORDS, clock=CLOCK, actor="heron")
    assert lock_vault(vault, clock=CLOCK, actor="heron") is True
    assert lock_vault(vault, clock=CLOCK, actor="heron") is False
    assert session_key(open_case(vault).id, now=START) is None


def test_the_session_is_the_owners_and_a_folder_open_to_others_is_refused(vault, tmp_path):
    unlock_vault(vault, WORDS, clock=CLOCK, actor="heron")
    assert stat.S_IMODE(session_file(open_case(vault).id).stat().st_mode) == 0o600
    (tmp_path / "run").chmod(0o755)
    with pytest.raises(CaseError, match="chmod 700"):
        unlock_vault(vault, WORDS, clock=CLOCK, actor="heron")


def test_a_damaged_session_is_no_session(vault):
    unlock_vault(vault, WORDS, clock=CLOCK, actor="heron")
    session_file(open_case(vault).id).write_text('{"key": 1}')
    assert session_key(open_case(vault).id, now=START) is None


def test_a_system_without_a_folder_in_memory_is_told(vault, monkeypatch):
    monkeypatch.setattr(session, "_folder", lambda: None)
    assert session_key(open_case(vault).id, now=START) is None
    with pytest.raises(CaseError, match="ARMSLENGTH_RUNTIME"):
        unlock_vault(vault, WORDS, clock=CLOCK, actor="heron")


def test_it_may_lie_elsewhere_and_its_absence_is_said(case, tmp_path):
    stick = tmp_path / "stick"
    init_vault(case.folder, WORDS, at=stick, clock=CLOCK, actor="heron", cost=CHEAP)
    assert vault_folder(case) == stick
    assert not (case.folder / "vault").exists()
    unlock_vault(case.folder, WORDS, clock=CLOCK, actor="heron")
    stick.rename(tmp_path / "away")
    with pytest.raises(CaseError, match="Plug in"):
        show_person(case.folder, PERSON, clock=CLOCK, actor="heron")
    with pytest.raises(CaseError, match="already"):
        init_vault(case.folder, WORDS, at=None, clock=CLOCK, actor="heron", cost=CHEAP)


def test_only_a_pseudonym_or_id_of_a_person_finds_one(vault):
    unlock_vault(vault, WORDS, clock=CLOCK, actor="heron")
    for wrong in ("Oxenwhistle", BODY, "Quay Watch", "Person AAAA"):
        with pytest.raises(InputError):
            show_person(vault, wrong, clock=CLOCK, actor="heron")


def test_a_destroyed_entry_is_gone_for_good_and_the_log_still_verifies(vault):
    unlock_vault(vault, WORDS, clock=CLOCK, actor="heron")
    note_person(vault, PERSON, field="name", value="Oxenwhistle", clock=CLOCK, actor="heron")
    assert destroy_person(vault, PERSON, reason="Consent was taken back.", clock=later(minutes=1), actor="heron") == "Person 7KQM"
    found = show_person(vault, PERSON, clock=later(minutes=2), actor="heron")
    assert found.identity.name == ()
    assert "Consent was taken back." in found.identity.destroyed
    with pytest.raises(InputError, match="destroyed"):
        note_person(vault, PERSON, field="name", value="x", clock=later(minutes=2), actor="heron")
    assert ("person.destroyed", "heron") in events(vault)
    assert verify_case(open_case(vault)).ok


def test_a_damaged_vault_is_said(vault):
    unlock_vault(vault, WORDS, clock=CLOCK, actor="heron")
    path = vault / "vault" / "vault.db"
    path.write_bytes(path.read_bytes()[:100] + b"x" * 5000)
    with pytest.raises(IntegrityError, match="backup"):
        show_person(vault, PERSON, clock=CLOCK, actor="heron")


def test_a_plain_case_needs_encrypting_first(tmp_path):
    plain = create_case(tmp_path / "plain", name="x", clock=CLOCK, actor="heron")
    with pytest.raises(CaseError, match="Encrypt it first"):
        init_vault(plain.folder, WORDS, at=None, clock=CLOCK, actor="heron", cost=CHEAP)
    encrypt_case(plain.folder, lock=in_key_file, clock=CLOCK, actor="heron")
    init_vault(plain.folder, WORDS, at=None, clock=CLOCK, actor="heron", cost=CHEAP)


def test_names_may_be_seen_where_there_is_no_vault_and_the_log_says_so(case):
    may_see_names(case, "export jsonl", clock=CLOCK, actor="heron")
    assert events(case.folder)[-1] == ("names.shown", "heron")
