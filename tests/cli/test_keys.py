"""The commands about keys, as a user types them."""

from __future__ import annotations

from pathlib import Path

import pytest

from armslength.store import unlock
from armslength.store.locks import key_file, keys_folder

PASSPHRASE = "seven grey herons at dusk"


@pytest.fixture(autouse=True)
def _own_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARMSLENGTH_KEYS", str(tmp_path / "keys"))
    unlock._asked.cache_clear()


@pytest.fixture
def passphrase(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "passphrase"
    path.write_text(PASSPHRASE + "\n")
    monkeypatch.setenv("ARMSLENGTH_PASSPHRASE_FILE", str(path))
    return path


@pytest.fixture
def made(command, tmp_path: Path) -> Path:
    assert command("init", tmp_path / "sealed").code == 0
    return tmp_path / "sealed"


def test_init_encrypts_and_says_where_the_key_is(command, tmp_path):
    told = command("init", tmp_path / "new")
    assert told.code == 0
    (path,) = keys_folder().iterdir()
    assert path.stem in "".join(told.out.split())
    assert "encrypted; the key is in" in command("doctor", tmp_path / "new").out


def test_init_with_a_passphrase_keeps_no_key_file(command, tmp_path, passphrase):
    told = command("init", tmp_path / "new", "--passphrase")
    assert told.code == 0
    assert not keys_folder().exists()
    assert command("status", tmp_path / "new").code == 0
    assert "a passphrase locks the key" in command("doctor", tmp_path / "new").out
    passphrase.write_text("another passphrase")
    unlock._asked.cache_clear()
    wrong = command("status", tmp_path / "new")
    assert wrong.code == 3
    assert "does not open" in wrong.err


def test_a_lost_key_is_one_sentence_and_verify_says_what_it_could_not_check(command, made):
    for path in keys_folder().iterdir():
        path.unlink()
    told = command("list", "facts", made)
    assert told.code == 3
    assert "key import" in told.err
    checked = command("verify", made)
    assert checked.code == 3
    assert "NOT checked" in checked.out
    assert "Everything checked" not in checked.out
    assert command("verify", made, "--json").json["unchecked"]


def test_the_key_can_be_copied_split_and_brought_back(command, made, tmp_path, passphrase):
    (path,) = keys_folder().iterdir()
    assert command("key", "export", made, "--to", tmp_path / "copy").code == 0
    assert command("key", "split", made, "--to", tmp_path / "one", "--to", tmp_path / "two").code == 0
    assert command("key", "split", made, "--to", tmp_path / "three").code == 2
    for copies in (["copy"], ["one", "two"]):
        path.unlink()
        assert command("status", made).code == 3
        assert command("key", "import", made, *[tmp_path / name for name in copies]).code == 0
        assert command("status", made).code == 0
    assert command("key", "import", made, "a", "b", "c").code == 2
    assert command("key", "passphrase", made).code == 0
    assert not path.exists()
    assert command("key", "file", made).code == 0
    assert path.exists()
    assert command("verify", made).code == 0


def test_an_old_case_is_encrypted_on_request(command, case):
    assert "NOT encrypted" in command("doctor", case).out
    before = command("list", "claims", case, "--json").out
    assert command("key", "encrypt", case).code == 0
    assert command("list", "claims", case, "--json").out == before
    assert command("verify", case).code == 0
    assert not (case / "case.db").read_bytes().startswith(b"SQLite format")
    assert command("key", "encrypt", case).code == 3
    assert command("key", "import", case, key_file("x")).code == 2
