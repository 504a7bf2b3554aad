"""A case: one investigation, one folder.

    case.toml      what the case is called, where its database is, and by which key it is encrypted
    case.db        the database (SQLite), unless case.toml names a PostgreSQL one
    sources/       the originals, named by their SHA-256
    keys/          signing keys, the case's secret, a database password: never to be shared
    checkpoints/   signed heads of the custody log
    timestamps/    replies of time-stamping authorities
    publishers.yaml  who owns which outlets, where the user knows more than the packaged table; optional

In an encrypted case (format 2) the database, what is in sources/ and the secrets in keys/ are encrypted; the rest names nobody.

In:  a folder.
Out: a `Case` to read from and write to.
Never: opens what is not a case, or a schema newer than this program.
"""

from __future__ import annotations

import os
import secrets
import shutil
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, text

from armslength.base.clock import Clock, SystemClock, stamp
from armslength.base.errors import CaseError, InputError
from armslength.store.database import clear_errors, is_sqlite, make_engine, schema_name, shown, split_password, with_password
from armslength.store.files import source_path, write_file
from armslength.store.heads import keep_heads
from armslength.store.journal import Journal, current_key, head, write_checkpoint
from armslength.store.keys import load_key, make_key, read_secret, write_secret
from armslength.store.lock import all_locks
from armslength.store.locks import Lock, key_file
from armslength.store.log import CASE_CREATED, KEY_CREATED, SCHEMA_UPGRADED
from armslength.store.migrate import needs_upgrade, stored_version, upgrade
from armslength.store.persons import keep_names_apart, names_token
from armslength.store.schema import SCHEMA_VERSION
from armslength.store.sealing import fingerprint, new_key
from armslength.store.unlock import find_key

CASE_FILE = "case.toml"
DATABASE_FILE = "case.db"
PLAIN, ENCRYPTED = 1, 2
"""Formats of `case.toml`. An encrypted case has a number of its own, so that an older program says that it cannot open it."""
_SECRET_BYTES = 32
_PASSWORD = "database.password"  # noqa: S105 - a file's name
FOLDERS = ("sources", "keys", "checkpoints", "timestamps")
_SYSTEM_CLOCK = SystemClock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An open case. Holds no connection; may be handed to another process."""

    folder: Path
    id: str
    """32 random hexadecimal characters."""
    name: str
    created: str
    database: str = field(repr=False)
    """SQLAlchemy URL, with the password if there is one: never print it; print `database_shown`."""
    sealed: str = ""
    """Fingerprint of the key that the case is encrypted with; empty for one that is not."""
    key: bytes | None = field(default=None, repr=False)
    """That key, once it was found."""
    copy_of: str = ""
    """For a travel copy, the id of the case it was made from: it has no sources and its names are hidden for good, so it is only read."""

    @property
    def sources_dir(self) -> Path:
        return self.folder / "sources"

    @property
    def keys_dir(self) -> Path:
        return self.folder / "keys"

    @property
    def checkpoints_dir(self) -> Path:
        return self.folder / "checkpoints"

    @property
    def timestamps_dir(self) -> Path:
        return self.folder / "timestamps"

    @property
    def database_shown(self) -> str:
        """The database as it may be printed."""
        return shown(self.database)

    def source_path(self, source_id: str) -> Path:
        """The file that holds a source's bytes."""
        return source_path(self.sources_dir, source_id)


def create_case(
    folder: Path,
    *,
    name: str,
    clock: Clock,
    actor: str,
    database: str | None = None,
    secret: bytes | None = None,
    lock: Lock | None = None,
    copy_of: str = "",
) -> Case:
    """Make a case in a new or empty folder. It appears there whole or not at all.

    `secret` is 32 bytes that pseudonyms are derived from; random unless given. With `lock`, which puts the new key away, the case is
    encrypted. `copy_of` makes it a travel copy. Raises InputError, or CaseError when the folder is in use.
    """
    folder = folder.absolute()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CaseError(f"{folder} is already there and not empty. Choose a new folder for the case, or open the one there.")
    if secret is not None and len(secret) != _SECRET_BYTES:
        raise InputError(f"A case's secret is {_SECRET_BYTES} bytes long, not {len(secret)}.")
    if database is not None:
        database = with_password(*split_password(database))
    folder.parent.mkdir(parents=True, exist_ok=True)
    workshop = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}.new")
    case = Case(folder=workshop, id=secrets.token_hex(16), name=name, created=stamp(clock.now()), database=database_in(workshop, database))
    case = replace(case, copy_of=copy_of)
    if lock is not None:
        key = new_key()
        case = replace(case, sealed=fingerprint(key), key=key)
    try:
        _furnish(case, secret or secrets.token_bytes(_SECRET_BYTES), database, lock=lock)
        with clear_errors(case.database):
            _fill(case, clock=clock, actor=actor)
        if folder.exists():
            folder.rmdir()
        workshop.rename(folder)
    except BaseException:
        shutil.rmtree(workshop, ignore_errors=True)
        key_file(case.id).unlink(missing_ok=True)
        _drop_schema(case)
        raise
    return replace(case, folder=folder, database=database_in(folder, database))


def locate_case(folder: Path) -> Case:
    """Read `case.toml` and nothing else: for `verify`, which must look at a case that may be too damaged to open."""
    folder = folder.absolute()
    path = folder / CASE_FILE
    if not path.is_file():
        raise CaseError(f"{folder} is not a case: it holds no {CASE_FILE}. Make one with: armslength init {folder}")
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        case_id, name, created = (_text(found, name) for name in ("id", "name", "created"))
        database = found.get("database")
        sealed = _text(found, "key") if found.get("format") == ENCRYPTED else ""
        copy_of = _text(found, "copy_of") if "copy_of" in found else ""
    except (ValueError, KeyError, OSError) as error:
        raise CaseError(f"{path} cannot be read ({error}). Restore it from a backup.") from None
    if found.get("format") not in (PLAIN, ENCRYPTED):
        raise CaseError(
            f"{path} has format {found.get('format')}; this program knows formats {PLAIN} and {ENCRYPTED}. Upgrade armslength to open it."
        )
    if not (len(case_id) == 32 and set(case_id) <= set("0123456789abcdef")):
        raise CaseError(f"{path} gives no usable id. Restore it from a backup.")
    case = Case(
        folder=folder,
        id=case_id,
        name=name,
        created=created,
        database=database_in(folder, None if database is None else str(database)),
        sealed=sealed,
        copy_of=copy_of,
    )
    return case if sealed else _with_password(case)


def unlock_case(case: Case) -> Case:
    """Find the key of a located case. Raises CaseError, saying what to do, when it is not to be had; a case without one stays as it is."""
    if not case.sealed or case.key is not None:
        return case
    return _with_password(replace(case, key=find_key(case.folder, case.id, case.sealed)))


def open_case(folder: Path, *, clock: Clock = _SYSTEM_CLOCK, actor: str = "armslength") -> Case:
    """Open a case. An older schema is brought up to date first, in one transaction, and the log says so.

    Raises CaseError when the folder is not a case, its key is missing or its schema is newer than this program, IntegrityError when the
    database is damaged.
    """
    case = unlock_case(locate_case(folder))
    if is_sqlite(case.database) and not (case.folder / DATABASE_FILE).is_file():
        raise CaseError(f"The case {case.folder} has lost its {DATABASE_FILE}. Restore it from a backup; the originals are in sources/.")
    with clear_errors(case.database):
        with case_engine(case).connect() as connection:
            version = stored_version(connection)
        if needs_upgrade(version):
            _upgrade(case, clock=clock, actor=actor)
    return case


def case_engine(case: Case, *, writing: bool = False) -> Engine:
    """An engine for an open case. It holds no connection; what it holds are statements that were written out once."""
    return _engine(case.database, case.id, case.key, writing)


@lru_cache(maxsize=16)
def _engine(database: str, case_id: str, key: bytes | None, writing: bool) -> Engine:  # noqa: FBT001 - the cache takes them by place
    return make_engine(database, case_id, key=key, writing=writing)


@contextmanager
def held_open(case: Case) -> Iterator[None]:
    """Keep a SQLite file open meanwhile. Whoever closes it last folds its journal in, which takes as long as keeping a judgement."""
    if not is_sqlite(case.database):
        yield
        return
    with clear_errors(case.database), case_engine(case).connect() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")
        connection.rollback()
        yield


def case_secret(case: Case) -> bytes:
    """The 32 bytes that pseudonyms and person ids are derived from. Raises CaseError when they are lost."""
    try:
        secret = bytes.fromhex(read_secret(case.keys_dir, "case.secret", key=case.key).decode("ascii"))
    except (OSError, ValueError):
        secret = b""
    if len(secret) != _SECRET_BYTES:
        raise CaseError("The case's secret (keys/case.secret) is lost or damaged. Restore keys/ from a backup: pseudonyms depend on it.")
    return secret


def _furnish(case: Case, secret: bytes, database: str | None, *, lock: Lock | None) -> None:
    """Make the folders and the files that are not the database; put the key away before anything is encrypted with it."""
    case.folder.mkdir(mode=0o700)
    for name in FOLDERS:
        (case.folder / name).mkdir(mode=0o700)
    if lock is not None and case.key is not None:
        lock(case.keys_dir, case.id, case.key)
    write_secret(case.keys_dir, "case.secret", secret.hex().encode(), key=case.key)
    write_case_file(case, database)
    if database is None:
        os.close(os.open(case.folder / DATABASE_FILE, os.O_CREAT | os.O_EXCL, 0o600))


def write_case_file(case: Case, database: str | None) -> None:
    """Write `case.toml`, and the password of a PostgreSQL database into `keys/`."""
    fields = {"id": case.id, "name": case.name, "created": case.created}
    if database is not None:
        fields["database"], password = split_password(database)
        if password is not None:
            write_secret(case.keys_dir, _PASSWORD, password.encode(), key=case.key)
    fields |= {name: value for name, value in (("key", case.sealed), ("copy_of", case.copy_of)) if value}
    lines = [f"format = {ENCRYPTED if case.sealed else PLAIN}", *(f"{name} = {_quoted(value)}" for name, value in fields.items())]
    write_file(case.folder / CASE_FILE, ("\n".join(lines) + "\n").encode())


def _fill(case: Case, *, clock: Clock, actor: str) -> None:
    """Make the tables and the first two log entries."""
    if not is_sqlite(case.database):
        with case_engine(case).begin() as connection:
            connection.execute(text(f'CREATE SCHEMA "{schema_name(case.id)}"'))
    key = make_key(case.keys_dir, key=case.key)
    with case_engine(case, writing=True).begin() as connection:
        upgrade(connection)
        journal = Journal(connection=connection, key=key, clock=clock, actor=actor)
        journal.append(CASE_CREATED, case.id, {"name": case.name, "created": case.created, "key": key.id, "public": key.public})
        journal.append(KEY_CREATED, key.id, {"algorithm": "ed25519", "public": key.public})
        seq, found = head(connection)
    write_checkpoint(case.checkpoints_dir, case_id=case.id, seq=seq, head=found, key=key)


def _upgrade(case: Case, *, clock: Clock, actor: str) -> None:
    with all_locks(case.folder), case_engine(case, writing=True).begin() as connection:
        before = stored_version(connection)
        if not needs_upgrade(before):
            return
        upgrade(connection)
        if not names_token(connection):
            keep_names_apart(connection)
            keep_heads(connection)
        key = load_key(case.keys_dir, current_key(connection), key=case.key)
        Journal(connection=connection, key=key, clock=clock, actor=actor).append(
            SCHEMA_UPGRADED, SCHEMA_VERSION, {"from": before, "to": SCHEMA_VERSION}
        )
        seq, found = head(connection)
    write_checkpoint(case.checkpoints_dir, case_id=case.id, seq=seq, head=found, key=key)


def _drop_schema(case: Case) -> None:
    """Take back the PostgreSQL schema of a case that could not be made."""
    if not is_sqlite(case.database):
        with suppress(Exception), case_engine(case).begin() as connection:
            connection.execute(text(f'DROP SCHEMA IF EXISTS "{schema_name(case.id)}" CASCADE'))


def _with_password(case: Case) -> Case:
    if is_sqlite(case.database):
        return case
    with suppress(FileNotFoundError, ValueError):
        password = read_secret(case.keys_dir, _PASSWORD, key=case.key).decode("utf-8")
        return replace(case, database=with_password(case.database, password))
    return case


def database_in(folder: Path, database: str | None = None) -> str:
    """The URL of a case's database: a file in its folder unless another is given."""
    if database is not None:
        return database
    return URL.create("sqlite", database=str(folder / DATABASE_FILE)).render_as_string(hide_password=False)


def _text(found: dict[str, Any], name: str) -> str:
    value = found[name]
    if not isinstance(value, str):
        raise ValueError(f"{name} is not text")  # noqa: TRY004 - caught beside the parser's own ValueError
    return value


def _quoted(value: str) -> str:
    """A TOML basic string. A lone surrogate, which TOML cannot hold, becomes a question mark."""
    out = []
    for letter in value.encode("utf-8", "replace").decode("utf-8"):
        if letter in '"\\':
            out.append("\\" + letter)
        elif ord(letter) < 0x20 or ord(letter) == 0x7F:
            out.append(f"\\u{ord(letter):04x}")
        else:
            out.append(letter)
    return '"' + "".join(out) + '"'
