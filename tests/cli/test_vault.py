"""The commands about the vault, as a user types them; and that names are shown only to whoever may see them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from armslength.base.masking import BLOCK
from armslength.base.settings import Settings
from armslength.model.claims import Claim
from armslength.model.custody import LogEntry
from armslength.model.evidence import Source
from armslength.model.things import Entity
from armslength.pipeline.building import build
from armslength.store import locks, unlock
from armslength.store.case import open_case
from armslength.store.locks import Cost
from armslength.store.read import reading

TEXT = "At least 12 overseas police stations operate in nine countries, Mirela Quillfeather, a baker in Oslo, told The Quay.\n"


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ARMSLENGTH_KEYS", "ARMSLENGTH_RUNTIME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    (tmp_path / "passphrase").write_text("four lanterns on the quay\n")
    monkeypatch.setenv("ARMSLENGTH_VAULT_PASSPHRASE_FILE", str(tmp_path / "passphrase"))
    monkeypatch.setattr(locks, "_stretch", _cheaply)
    unlock._asked.cache_clear()


def _cheaply(passphrase: str, salt: bytes, cost: Cost, *, real=locks._stretch) -> bytes:
    """One cheap guess instead of a dear one: what a passphrase costs is tested elsewhere."""
    return real(passphrase, salt, Cost(memory_kib=64, passes=1, lanes=cost.lanes))


@pytest.fixture
def made(tmp_path: Path, clock) -> Path:
    (tmp_path / "a.txt").write_text(TEXT)
    build(tmp_path / "made", [tmp_path / "a.txt"], settings=Settings(), clock=clock)
    return tmp_path / "made"


def person(case: Path) -> str:
    with reading(open_case(case)) as reader:
        (found,) = reader.all(Entity, kind="person")
    return found.label


def first_claim(case: Path) -> str:
    with reading(open_case(case)) as reader:
        return reader.all(Claim)[0].id


def test_a_day_with_the_vault(command, made, monkeypatch):
    assert command("vault", "init", made).code == 0
    label = person(made)
    locked = command("vault", "show", made, label)
    assert locked.code == 3
    assert "vault unlock" in locked.err
    assert command("vault", "unlock", made, "--minutes", "5").code == 0
    monkeypatch.setattr("sys.stdin", io.StringIO("3 Brambleshaw Lane\n"))
    assert command("vault", "put", made, label, "address").code == 0
    told = command("vault", "show", made, label)
    assert "Mirela Quillfeather" in told.out
    assert "3 Brambleshaw Lane" in told.out
    assert command("vault", "show", made, label, "--json").json["identity"]["address"] == ["3 Brambleshaw Lane"]
    assert command("vault", "show", made, "Mirela Quillfeather").code == 2
    assert command("vault", "shred", made, label, "--reason", "Asked for.").code == 0
    after = command("vault", "show", made, label)
    assert "Brambleshaw" not in after.out
    assert "destroyed" in after.out
    assert command("vault", "lock", made).out.startswith("Locked")
    assert command("vault", "show", made, label).code == 3
    assert command("verify", made).code == 0


def test_names_are_behind_blocks_unless_somebody_asks_and_may(command, made, tmp_path):
    claim = first_claim(made)
    assert "Quillfeather" not in command("show", "claim", made, claim).out
    assert BLOCK in command("show", "claim", made, claim).out
    assert "Quillfeather" in command("show", "claim", made, claim, "--unmasked", "--collector", "egret").out
    assert command("vault", "init", made).code == 0
    for arguments in (("show", "claim", made, claim), ("export", made, "--to", tmp_path / "out")):
        assert command(*arguments, "--unmasked").code == 3
    assert command("vault", "unlock", made).code == 0
    assert "Quillfeather" in command("show", "claim", made, claim, "--unmasked").out
    assert command("export", made, "--to", tmp_path / "out", "--unmasked").code == 0
    with reading(open_case(made)) as reader:
        seen = [(entry.event, entry.actor) for entry in reader.all(LogEntry) if entry.event in {"names.shown", "access.failed"}]
    assert seen == [
        ("names.shown", "egret"),
        ("access.failed", "unnamed"),
        ("access.failed", "unnamed"),
        ("names.shown", "unnamed"),
        ("names.shown", "unnamed"),
    ]


def test_a_source_is_destroyed(command, made):
    with reading(open_case(made)) as reader:
        (source,) = reader.all(Source)
    told = command("shred", made, source.id[:8], "--reviewer", "egret", "--reason", "The witness asked for it.")
    assert told.code == 0, told.err
    assert "Destroyed the source" in told.out
    checked = command("verify", made)
    assert checked.code == 0
    assert "destroyed on" in " ".join(checked.out.split())
    assert command("list", "facts", made, "--json").json == []
