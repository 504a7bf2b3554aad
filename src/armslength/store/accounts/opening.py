"""Opening a database of accounts: a file, or the schema `al_accounts` of a PostgreSQL server; and the server's key.

In:  the path of a file or the URL of a server.
Out: `Accounts`, to be looked into and changed.
Never: opens accounts whose server's key is not here; writes that key beside them.

    $XDG_CONFIG_HOME/armslength/keys/accounts.key    the server's key, readable by its owner only (ARMSLENGTH_KEYS names another folder)

The key encrypts a file of accounts whole (SQLCipher), and on a server the secrets of one-time codes. Passphrases are only kept as Argon2id
hashes, and each account's signing key lies under the account's own passphrase: the server's key opens neither.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, text

from armslength.base.errors import CaseError
from armslength.store.accounts.tables import fact, refuse_newer, upgrade, version_of, write_fact
from armslength.store.database import clear_errors, is_sqlite, make_engine, parse_url, shown
from armslength.store.files import write_file
from armslength.store.locks import Cost, keys_folder
from armslength.store.sealing import KEY_BYTES, fingerprint, new_key, subkey

SCHEMA = "accounts"
"""Gives the schema `al_accounts`: a case's schema is named by 32 hexadecimal characters, so none is called that."""
RFC_9106 = Cost(memory_kib=64 * 1024, passes=3, lanes=4)
"""RFC 9106's second recommendation: 64 MiB, three passes, four lanes; more than the least OWASP asks for (19 MiB, two passes)."""
_HEADER = "armslength accounts key 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    """An open database of accounts. Holds no connection."""

    id: str
    database: str = field(repr=False)
    key: bytes = field(repr=False)
    """The server's."""
    cost: Cost
    """What one guess of a passphrase costs."""
    reader: Engine = field(repr=False)
    writer: Engine = field(repr=False)

    @contextmanager
    def looking(self) -> Iterator[Connection]:
        """Read one moment of the accounts."""
        with clear_errors(self.database), self.reader.connect() as connection:
            yield connection

    @contextmanager
    def changing(self) -> Iterator[Connection]:
        """Change the accounts: all of the block is kept, or nothing if it raises."""
        with clear_errors(self.database), self.writer.begin() as connection:
            yield connection

    def key_for(self, purpose: str) -> bytes:
        """The server's key for one purpose, in this database only."""
        return subkey(self.key, f"{purpose} {self.id}")


def open_accounts(where: str, *, make: bool = False, cost: Cost = RFC_9106) -> Accounts:
    """Open accounts. With `make`, an empty database is filled and a server's key made where there is none. Raises CaseError."""
    database = database_url(where)
    sqlite = is_sqlite(database)
    path = Path(parse_url(database).database or "") if sqlite else None
    there = path is None or path.is_file()
    if not there and not make:
        raise CaseError(
            f"There are no accounts in {shown(database)}. Add the first one: armslength account add {shown(database)} PSEUDONYM"
        )
    key = server_key(make=make and not (path is not None and there))
    if path is not None and not there:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))
    engines = [make_engine(database, SCHEMA, key=key if sqlite else None, writing=writing) for writing in (False, True)]
    with clear_errors(database):
        found = _prepared(engines[1], key, make=make)
    return Accounts(id=found, database=database, key=key, cost=cost, reader=engines[0], writer=engines[1])


def database_url(where: str) -> str:
    """The URL of a database of accounts, given as a URL or as the path of a file."""
    if "://" in where:
        return parse_url(where).render_as_string(hide_password=False)
    return URL.create("sqlite", database=str(Path(where).absolute())).render_as_string(hide_password=False)


def server_key(*, make: bool) -> bytes:
    """The server's key. Raises CaseError where it is missing or damaged; makes it when told to and there is none."""
    path = keys_folder() / "accounts.key"
    try:
        lines = path.read_text("ascii").splitlines()
        key = bytes.fromhex(lines[1]) if lines[0] == _HEADER else b""
    except FileNotFoundError:
        if make:
            key = new_key()
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_file(path, f"{_HEADER}\n{key.hex()}\n".encode(), mode=0o600)
            return key
        raise CaseError(f"The server's key {path} is missing, and accounts do not open without it. Restore it from a backup.") from None
    except (OSError, ValueError, IndexError):
        key = b""
    if len(key) != KEY_BYTES:
        raise CaseError(f"The server's key {path} cannot be read. Restore it from a backup.")
    return key


def _prepared(engine: Engine, key: bytes, *, make: bool) -> str:
    """Fill an empty database, bring an older one up to date, and give its id."""
    with engine.connect() as connection:
        version = version_of(connection) if _schema_there(connection) else 0
    refuse_newer(version)
    with engine.begin() as connection:
        if not version and not make:
            raise CaseError("This database holds no accounts. Add the first one: armslength account add ACCOUNTS PSEUDONYM")
        if not version and engine.dialect.name != "sqlite":
            connection.execute(text(f'CREATE SCHEMA IF NOT EXISTS "al_{SCHEMA}"'))
        upgrade(connection)
        if not version:
            write_fact(connection, "id", secrets.token_hex(16))
            write_fact(connection, "key", fingerprint(key))
        if fact(connection, "key") != fingerprint(key):
            raise CaseError(
                f"The server's key in {keys_folder()} is not the one these accounts were made with. Put the right one back from a backup."
            )
        return fact(connection, "id")


def _schema_there(connection: Connection) -> bool:
    if connection.dialect.name == "sqlite":
        return True
    found = connection.execute(text("SELECT 1 FROM information_schema.schemata WHERE schema_name = :name"), {"name": f"al_{SCHEMA}"})
    return found.first() is not None
