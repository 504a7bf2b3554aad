"""The vault: who protected persons are, apart from the case and under a key of its own (METHOD P2).

In:  an open case, the vault's key, a person's entity id.
Out: what is known of that person: names, addresses, contacts, evidence of consent, notes.
Never: opens with the case's key; holds two persons under one key, so that one can be destroyed alone.

    CASE/vault/vault.db            encrypted (SQLCipher) under the vault's key; each person's entry sealed again under a key of its own
    CASE/vault/vault.key.locked    the vault's key under a passphrase (Argon2id)

The folder may lie elsewhere, on a stick for instance: CASE/keys/vault.place then says where.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from armslength.base.errors import CaseError, InputError, IntegrityError
from armslength.store.case import Case
from armslength.store.database import connect_encrypted
from armslength.store.files import write_file
from armslength.store.keys import read_secret, write_secret
from armslength.store.locks import USUAL, Cost, lock_key, unlock_key
from armslength.store.sealing import UnsealError, new_key, seal, subkey, unseal

FOLDER, DATABASE, LOCKED = "vault", "vault.db", "vault.key.locked"
FIELDS = ("name", "address", "contact", "consent", "note")
_PLACE = "vault.place"
_TABLES = (
    "CREATE TABLE identities (person TEXT PRIMARY KEY, key BLOB NOT NULL, body BLOB NOT NULL)",
    "CREATE TABLE destroyed (person TEXT PRIMARY KEY, time TEXT NOT NULL, reason TEXT NOT NULL)",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What the vault holds of one person."""

    person: str
    """Entity id."""
    name: tuple[str, ...] = ()
    address: tuple[str, ...] = ()
    contact: tuple[str, ...] = ()
    consent: tuple[str, ...] = ()
    note: tuple[str, ...] = ()
    destroyed: str = ""
    """When and why the entry was destroyed; empty while it stands."""


def make_vault(case: Case, passphrase: str, *, at: Path | None = None, cost: Cost = USUAL) -> None:
    """Make a case's vault, in the case or elsewhere. Raises CaseError when there is one."""
    if case.key is None:
        raise CaseError(f"The case {case.folder} is not encrypted: its texts hold the names a vault would keep. Encrypt it first.")
    if vault_folder(case) is not None:
        raise CaseError(f"The case {case.folder} has a vault already.")
    folder = case.folder / FOLDER if at is None else at.absolute()
    if folder.exists() and any(folder.iterdir()):
        raise InputError(f"{folder} is already there and not empty. Give --at a new folder.")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = new_key()
    locked = lock_key(key, passphrase, about=_about(case), cost=cost)
    with _connected(folder, key) as connection:
        for statement in _TABLES:
            connection.execute(statement)
    (folder / DATABASE).chmod(0o600)
    write_file(folder / LOCKED, locked)
    if at is not None:
        write_secret(case.keys_dir, _PLACE, str(folder).encode(), key=case.key)


def vault_folder(case: Case) -> Path | None:
    """Where a case's vault is, whether or not it is there now; None for a case without one."""
    try:
        return Path(read_secret(case.keys_dir, _PLACE, key=case.key).decode())
    except UnsealError:
        raise CaseError("The note of where the case's vault lies is damaged. Restore keys/ from a backup.") from None
    except OSError:
        folder = case.folder / FOLDER
        return folder if folder.is_dir() else None


def vault_key(case: Case, passphrase: str) -> bytes:
    """The vault's key. Raises CaseError for a wrong passphrase, or a vault that is not there."""
    folder = _there(case)
    try:
        locked = (folder / LOCKED).read_bytes()
    except OSError:
        raise CaseError(f"The vault in {folder} has lost its {LOCKED}. Restore it from a backup.") from None
    return unlock_key(locked, passphrase, about=_about(case), named=str(folder / LOCKED))


def read_identity(case: Case, key: bytes, person: str) -> Identity:
    """What is known of a person; empty where nothing is."""
    with _connected(_there(case), key) as connection:
        gone = connection.execute("SELECT time, reason FROM destroyed WHERE person = ?", (person,)).fetchone()
        row = connection.execute("SELECT key, body FROM identities WHERE person = ?", (person,)).fetchone()
    if row is None:
        return Identity(person=person, destroyed=f"{gone[0]}: {gone[1]}" if gone else "")
    try:
        body = json.loads(unseal(row[1], unseal(row[0], subkey(key, "identities"), about=person), about=person))
    except (UnsealError, ValueError):
        raise IntegrityError(f"The vault's entry for {person[:12]} is damaged. Restore the vault from a backup.") from None
    return _identity(person, {field: tuple(body.get(field, ())) for field in FIELDS})


def add_identity(case: Case, key: bytes, person: str, *, field: str, value: str) -> Identity:
    """Write down one thing more about a person. Raises InputError where the entry was destroyed."""
    found = read_identity(case, key, person)
    if found.destroyed:
        raise InputError(f"The entry for this person was destroyed ({found.destroyed}); nothing is written there again.")
    found = _identity(person, {name: (*getattr(found, name), *((value,) if name == field else ())) for name in FIELDS})
    own = new_key()
    body = json.dumps({name: getattr(found, name) for name in FIELDS}, ensure_ascii=False).encode()
    sealed = (person, seal(own, subkey(key, "identities"), about=person), seal(body, own, about=person))
    with _connected(_there(case), key) as connection:
        connection.execute("INSERT OR REPLACE INTO identities VALUES (?, ?, ?)", sealed)
    return found


def destroy_identity(case: Case, key: bytes, person: str, *, time: str, reason: str) -> bool:
    """Destroy a person's entry and its key, leaving a tombstone; whether there was one."""
    with _connected(_there(case), key) as connection:
        there = bool(connection.execute("DELETE FROM identities WHERE person = ?", (person,)).rowcount)
        connection.execute("INSERT OR IGNORE INTO destroyed VALUES (?, ?, ?)", (person, time, reason))
        connection.execute("VACUUM")
    return there


def _identity(person: str, known: dict[str, tuple[str, ...]]) -> Identity:
    name, address, contact, consent, note = (known[field] for field in FIELDS)
    return Identity(person=person, name=name, address=address, contact=contact, consent=consent, note=note)


def _there(case: Case) -> Path:
    folder = vault_folder(case)
    if folder is None:
        raise CaseError(f"The case {case.folder} has no vault. Make one: armslength vault init {case.folder}")
    if not (folder / DATABASE).is_file():
        raise CaseError(f"The case's vault is not at {folder}. Plug in the disk it lies on, or restore it from a backup.")
    return folder


def _about(case: Case) -> str:
    return f"vault {case.id}"


@contextmanager
def _connected(folder: Path, key: bytes) -> Iterator[Any]:
    """A connection to the vault's database. Statements take effect one by one; rows that go are overwritten."""
    import sqlcipher3.dbapi2 as driver

    connection = connect_encrypted(str(folder / DATABASE), key)
    try:
        for pragma in ("temp_store=MEMORY", "secure_delete=ON", "journal_mode=DELETE", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}").close()
        yield connection
    except (driver.Error, MemoryError) as error:
        why = error or "a page does not decrypt"
        raise IntegrityError(f"The vault in {folder} cannot be read ({why}). Restore it from a backup.") from None
    finally:
        connection.close()
