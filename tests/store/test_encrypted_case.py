"""An encrypted case: nothing readable on disk, one key that opens it, and a sentence for every way the key can be wrong."""

from __future__ import annotations

import io
import json
import stat
from pathlib import Path

import pytest
from store_samples import CLOCK, WORDS, add, fill, flip, source

from armslength.base.errors import CaseError, InputError, IntegrityError
from armslength.model.custody import LogEntry
from armslength.store import unlock
from armslength.store.case import Case, create_case, locate_case, open_case
from armslength.store.encrypting import encrypt_case
from armslength.store.keeping import bring_key, keep_in_file, keep_under_passphrase, write_copies
from armslength.store.locks import LOCKED, Cost, in_key_file, in_memory, key_file, keys_folder, lock_key, under_passphrase
from armslength.store.read import reading
from armslength.store.unlock import FAILED, PASSPHRASE_FILE
from armslength.store.verify import verify_case
from armslength.store.write import rotate_key, writing

CHEAP = Cost(memory_kib=64, passes=1, lanes=1)
PASSPHRASE = "seven grey herons at dusk"


@pytest.fixture(autouse=True)
def _own_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARMSLENGTH_KEYS", str(tmp_path / "config" / "keys"))
    unlock._asked.cache_clear()


@pytest.fixture
def sealed(tmp_path: Path) -> Case:
    return create_case(tmp_path / "harbours", name="Case harbours", clock=CLOCK, actor="heron", lock=in_key_file)


def locked(folder: Path) -> Case:
    return create_case(folder, name="Locked", clock=CLOCK, actor="heron", lock=under_passphrase(PASSPHRASE, cost=CHEAP))


def give(passphrase: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "passphrase").write_text(passphrase + "\n")
    monkeypatch.setenv(PASSPHRASE_FILE, str(tmp_path / "passphrase"))
    unlock._asked.cache_clear()


def test_nothing_that_was_added_can_be_read_on_disk(sealed: Case) -> None:
    with writing(sealed, clock=CLOCK, actor="Zvonimira") as writer:
        add(writer, WORDS.encode(), file="quillfeather.txt")
        writer.record("seen", "Oxenwhistle", {"note": "brambleshaw"})
        assert (sealed.folder / "case.db-wal").stat().st_size > 1000
        everything = b"".join(path.read_bytes() for path in sealed.folder.rglob("*") if path.is_file())
    for planted in (
        WORDS.encode()[:20],
        b"quillfeather",
        b"Oxenwhistle",
        b"brambleshaw",
        b"Zvonimira",
        b"BEGIN PRIVATE KEY",
        b"SQLite format",
    ):
        assert planted not in everything
    with reading(open_case(sealed.folder)) as read:
        assert read.source_bytes(source(WORDS.encode()).id) == WORDS.encode()
        assert read.all(LogEntry)[-1].subject == "Oxenwhistle"


def test_the_case_file_holds_the_title_and_no_key(sealed: Case) -> None:
    text = (sealed.folder / "case.toml").read_text()
    assert sealed.key is not None
    assert sealed.key.hex() not in text + repr(sealed)
    assert "format = 2" in text


def test_the_key_file_is_the_owners_and_outside_the_case(sealed: Case) -> None:
    path = key_file(sealed.id)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert not path.is_relative_to(sealed.folder)


def test_the_users_own_configuration_folder_is_the_usual_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("ARMSLENGTH_KEYS")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert keys_folder() == tmp_path / "armslength" / "keys"


def test_a_missing_damaged_or_strange_key_is_said_and_noted_in_the_log(sealed: Case, tmp_path: Path) -> None:
    path = key_file(sealed.id)
    good = path.read_text()
    other = create_case(tmp_path / "other", name="other", clock=CLOCK, actor="heron", lock=in_key_file)
    stranger = key_file(other.id).read_text()
    for text, sentence in (
        (None, "not on this machine"),
        ("", "damaged"),
        (good.replace("key ", "key ff", 1), "damaged"),
        (stranger, "another case"),
        (stranger.replace(other.id, sealed.id), "not the one it was encrypted with"),
    ):
        path.unlink(missing_ok=True)
        if text is not None:
            path.write_text(text)
        with pytest.raises(CaseError, match=sentence):
            open_case(sealed.folder)
    path.write_text(good)
    with writing(open_case(sealed.folder), clock=CLOCK, actor="heron") as writer:
        failures = [entry for entry in writer.read.all(LogEntry) if entry.event == "access.failed"]
    assert len(failures) == 5
    assert not (sealed.folder / FAILED).exists()
    assert verify_case(open_case(sealed.folder)).ok


def test_notes_of_failures_do_not_fill_the_disk_and_strange_ones_are_passed_over(sealed: Case) -> None:
    note = sealed.folder / FAILED
    line = json.dumps({"time": "2026-01-02T03:04:05Z", "reason": "x" * 50}) + "\n"
    note.write_text("no json\n[1]\n" + line * 5000)
    size = note.stat().st_size
    key_file(sealed.id).rename(key_file(sealed.id).with_suffix(".away"))
    with pytest.raises(CaseError):
        open_case(sealed.folder)
    assert note.stat().st_size == size
    with writing(sealed, clock=CLOCK, actor="heron") as writer:
        assert sum(entry.event == "access.failed" for entry in writer.read.all(LogEntry)) == 998


def test_a_passphrase_opens_a_case_on_any_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = locked(tmp_path / "case")
    assert not keys_folder().exists()
    give(PASSPHRASE, tmp_path, monkeypatch)
    assert open_case(case.folder) == case
    (tmp_path / "passphrase").unlink()
    assert open_case(case.folder) == case  # asked once for each process
    unlock._asked.cache_clear()
    with pytest.raises(CaseError, match="cannot be read"):
        open_case(case.folder)


def test_a_wrong_passphrase_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = locked(tmp_path / "case")
    give("seven grey herons at dawn", tmp_path, monkeypatch)
    with pytest.raises(CaseError, match="passphrase does not open"):
        open_case(case.folder)
    assert (case.folder / FAILED).exists()


def test_nobody_to_ask_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = locked(tmp_path / "case")
    monkeypatch.delenv(PASSPHRASE_FILE, raising=False)
    monkeypatch.setattr("sys.stdin", io.StringIO(PASSPHRASE))
    with pytest.raises(CaseError, match=PASSPHRASE_FILE):
        open_case(case.folder)


@pytest.mark.parametrize(
    "change", [lambda text: "{}", lambda text: text.replace("argon2id", "md5"), lambda text: text.replace(": 64,", ": 99999999,")]
)
def test_a_damaged_locked_key_is_said(change, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = locked(tmp_path / "case")
    path = case.keys_dir / LOCKED
    path.write_text(change(path.read_text()))
    give(PASSPHRASE, tmp_path, monkeypatch)
    with pytest.raises(CaseError, match="damaged"):
        open_case(case.folder)


def test_a_short_passphrase_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="too short"):
        create_case(tmp_path / "case", name="x", clock=CLOCK, actor="heron", lock=under_passphrase("heron"))
    assert not (tmp_path / "case").exists()
    assert "memory_kib" in json.loads(lock_key(b"k" * 32, PASSPHRASE, about="x", cost=CHEAP))


def test_a_case_in_memory_leaves_no_key(tmp_path: Path) -> None:
    case = create_case(tmp_path / "case", name="x", clock=CLOCK, actor="heron", lock=in_memory)
    assert not keys_folder().exists()
    with reading(case) as read:
        assert read.count(LogEntry) == 2


def test_a_case_that_cannot_be_made_leaves_no_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("armslength.store.case.upgrade", lambda connection: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        create_case(tmp_path / "case", name="x", clock=CLOCK, actor="heron", lock=in_key_file)
    assert list(keys_folder().iterdir()) == []


def test_a_source_whose_key_is_gone_cannot_be_read_and_is_a_problem(sealed: Case) -> None:
    from sqlalchemy import delete

    from armslength.store.case import case_engine
    from armslength.store.schema import SOURCE_KEYS

    fill(sealed)
    wanted = source(WORDS.encode()).id
    with case_engine(sealed, writing=True).begin() as connection:
        connection.execute(delete(SOURCE_KEYS).where(SOURCE_KEYS.c.source == wanted))
    with reading(sealed) as read, pytest.raises(IntegrityError, match="is gone"):
        read.source_bytes(wanted)
    assert any("its key is gone" in problem.what for problem in verify_case(sealed).problems)


def test_two_sources_are_not_sealed_alike_and_cannot_be_exchanged(sealed: Case) -> None:
    with writing(sealed, clock=CLOCK, actor="heron") as writer:
        add(writer, b"one", file="1.txt")
        add(writer, b"two", file="2.txt")
    one, two = (sealed.source_path(source(data).id) for data in (b"one", b"two"))
    first = one.read_bytes()
    for path, data in ((one, two.read_bytes()), (two, first)):
        path.chmod(0o600)
        path.write_bytes(data)
    assert [problem.what for problem in verify_case(sealed).problems] == ["its bytes are not those that were added"] * 2


def test_without_the_key_verify_says_what_it_could_not_check(sealed: Case) -> None:
    fill(sealed)
    report = verify_case(locate_case(sealed.folder))
    assert report.ok
    assert len(report.unchecked) == 4
    assert any(line.startswith("sources: ") for line in report.checked)


def test_without_the_key_verify_still_finds_what_shows_from_outside(sealed: Case, tmp_path: Path) -> None:
    fill(sealed)
    rotate_key(sealed, clock=CLOCK, actor="heron")
    first = min(sealed.checkpoints_dir.iterdir())
    first.write_bytes(first.read_bytes().replace(b'"seq":2', b'"seq":1'))
    public = min(sealed.keys_dir.glob("*.pub"))
    public.write_text("no key")
    stray = sealed.sources_dir / "ff" / ("f" * 64)
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"plain")
    (sealed.folder / "case.db").unlink()
    found = {problem.where.partition("/")[0] for problem in verify_case(locate_case(sealed.folder)).problems}
    assert found == {"case.db", "keys", "checkpoints", "sources"}


def test_a_changed_byte_of_the_database_is_found(sealed: Case) -> None:
    fill(sealed)
    path = sealed.folder / "case.db"
    with writing(sealed, clock=CLOCK, actor="heron"):
        pass
    flip(path, path.stat().st_size // 2)
    assert not verify_case(sealed).ok


def test_the_keys_folder_can_be_on_a_stick_that_is_not_there(sealed: Case, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ARMSLENGTH_KEYS", str(tmp_path / "stick"))
    with pytest.raises(CaseError, match="looked for"):
        open_case(sealed.folder)
    (tmp_path / "config" / "keys").rename(tmp_path / "stick")
    assert open_case(sealed.folder) == sealed


# How the key is kept


def test_a_passphrase_replaces_the_key_file_and_back(sealed: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_under_passphrase(sealed.folder, PASSPHRASE, clock=CLOCK, actor="heron", cost=CHEAP)
    assert not key_file(sealed.id).exists()
    give(PASSPHRASE, tmp_path, monkeypatch)
    assert open_case(sealed.folder) == sealed
    keep_under_passphrase(sealed.folder, PASSPHRASE[::-1], clock=CLOCK, actor="heron", cost=CHEAP)
    unlock._asked.cache_clear()
    with pytest.raises(CaseError, match="does not open"):
        open_case(sealed.folder)
    give(PASSPHRASE[::-1], tmp_path, monkeypatch)
    keep_in_file(sealed.folder, clock=CLOCK, actor="heron")
    assert not (sealed.keys_dir / LOCKED).exists()
    monkeypatch.delenv(PASSPHRASE_FILE)
    with reading(open_case(sealed.folder)) as read:
        assert [entry.event for entry in read.all(LogEntry)].count("key.kept") == 3


def test_a_recovery_copy_brings_the_key_back(sealed: Case, tmp_path: Path) -> None:
    copy = tmp_path / "copy.key"
    write_copies(sealed.folder, [copy], clock=CLOCK, actor="heron")
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    key_file(sealed.id).unlink()
    bring_key(sealed.folder, [copy], clock=CLOCK, actor="heron")
    assert open_case(sealed.folder) == sealed
    with pytest.raises(InputError, match="already there"):
        write_copies(sealed.folder, [copy], clock=CLOCK, actor="heron")
    with pytest.raises(InputError, match="lies in the case"):
        write_copies(sealed.folder, [sealed.folder / "copy.key"], clock=CLOCK, actor="heron")


def test_two_halves_bring_the_key_back_and_one_does_not(sealed: Case, tmp_path: Path) -> None:
    one, two, other = (tmp_path / name for name in ("one", "two", "other"))
    write_copies(sealed.folder, [one, two], clock=CLOCK, actor="heron")
    write_copies(sealed.folder, [other, tmp_path / "rest"], clock=CLOCK, actor="heron")
    assert sealed.key is not None
    assert sealed.key.hex() not in one.read_text() + two.read_text()
    key_file(sealed.id).unlink()
    for wrong in ([one], [two], [one, one], [one, other]):
        with pytest.raises(CaseError, match=r"damaged|not the two halves"):
            bring_key(sealed.folder, wrong, clock=CLOCK, actor="heron")
    bring_key(sealed.folder, [two, one], clock=CLOCK, actor="heron")
    assert open_case(sealed.folder) == sealed


def test_the_key_of_another_case_is_refused(sealed: Case, tmp_path: Path) -> None:
    other = create_case(tmp_path / "other", name="other", clock=CLOCK, actor="heron", lock=in_key_file)
    write_copies(other.folder, [tmp_path / "copy"], clock=CLOCK, actor="heron")
    write_copies(other.folder, [tmp_path / "a", tmp_path / "b"], clock=CLOCK, actor="heron")
    for copies in ([tmp_path / "copy"], [tmp_path / "a", tmp_path / "b"]):
        with pytest.raises(CaseError, match="another case"):
            bring_key(sealed.folder, copies, clock=CLOCK, actor="heron")
    assert open_case(sealed.folder) == sealed


# From plain to encrypted


def test_a_plain_case_becomes_an_encrypted_one_with_the_same_rows(sqlite_case: Case) -> None:
    fill(sqlite_case)
    rotate_key(sqlite_case, clock=CLOCK, actor="heron")
    with reading(sqlite_case) as read:
        before = [entry.entry for entry in read.all(LogEntry)]
    case = encrypt_case(sqlite_case.folder, lock=in_key_file, clock=CLOCK, actor="heron")
    assert verify_case(case).problems == ()
    assert case.folder == sqlite_case.folder
    with reading(case) as read:
        assert [entry.entry for entry in read.all(LogEntry)][:-1] == before
        assert read.all(LogEntry)[-1].event == "case.encrypted"
        assert read.source_bytes(source(WORDS.encode()).id) == WORDS.encode()
    everything = b"".join(path.read_bytes() for path in case.folder.rglob("*") if path.is_file())
    assert WORDS.encode()[:20] not in everything
    assert b"PRIVATE KEY" not in everything
    assert [path for path in case.folder.parent.iterdir() if path.name.startswith(".harbours")] == []
    with writing(case, clock=CLOCK, actor="heron") as writer:
        assert add(writer, b"more", file="more.txt")
    with pytest.raises(CaseError, match="encrypted already"):
        encrypt_case(case.folder, lock=in_key_file, clock=CLOCK, actor="heron")


def test_a_case_that_does_not_verify_or_holds_strangers_stays_as_it_is(sqlite_case: Case) -> None:
    fill(sqlite_case)
    stranger = sqlite_case.folder / "notes.txt"
    stranger.write_text("mine")
    with pytest.raises(InputError, match=r"notes\.txt"):
        encrypt_case(sqlite_case.folder, lock=in_key_file, clock=CLOCK, actor="heron")
    stranger.unlink()
    wanted = sqlite_case.source_path(source(WORDS.encode()).id)
    flip(wanted, 3)
    with pytest.raises((InputError, IntegrityError)):
        encrypt_case(sqlite_case.folder, lock=in_key_file, clock=CLOCK, actor="heron")
    flip(wanted, 3)
    wanted.rename(sqlite_case.folder.parent / "away")
    with pytest.raises(IntegrityError, match="missing"):
        encrypt_case(sqlite_case.folder, lock=in_key_file, clock=CLOCK, actor="heron")
    (sqlite_case.folder.parent / "away").rename(wanted)
    assert not key_file(sqlite_case.id).exists()
    assert verify_case(open_case(sqlite_case.folder)).ok
    assert sorted(path.name for path in sqlite_case.folder.parent.iterdir() if path.is_dir()) == ["config", "harbours"]


@pytest.mark.postgres
def test_on_a_server_sources_and_keys_are_encrypted(tmp_path: Path, postgres_url: str) -> None:
    plain = create_case(tmp_path / "case", name="x", clock=CLOCK, actor="heron", database=postgres_url)
    fill(plain)
    case = encrypt_case(plain.folder, lock=in_key_file, clock=CLOCK, actor="heron")
    assert verify_case(case).problems == ()
    assert verify_case(locate_case(case.folder)).unchecked
    with reading(case) as read:
        assert read.source_bytes(source(WORDS.encode()).id) == WORDS.encode()
    assert WORDS.encode()[:20] not in b"".join(path.read_bytes() for path in case.folder.rglob("*") if path.is_file())
