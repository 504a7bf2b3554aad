"""A case: one investigation, one folder.

    case.toml      what the case is called and where its database is
    case.db        the database (SQLite), unless case.toml names a PostgreSQL one
    sources/       the originals, named by their SHA-256
    keys/          signing keys, the case's secret, a database password: never to be shared
    checkpoints/   signed heads of the custody log
    timestamps/    replies of time-stamping authorities
    publishers.yaml  who owns which outlets, where the user knows more than the packaged table; optional

In:  a folder.
Out: a `Case` to read from and write to.
Never: opens what is not a case, or a schema newer than this program.
"""

from __future__ import annotations

import os
import secrets
import shutil
import tomllib
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlalchemy import URL, text

from armslength.base.clock import Clock, SystemClock, stamp
from armslength.base.errors import CaseError, InputError
from armslength.store.database import clear_errors, is_sqlite, make_engine, schema_name, shown, split_password, with_password
from armslength.store.files import source_path, write_file
from armslength.store.journal import Journal, current_key, head, write_checkpoint
from armslength.store.keys import load_key, make_key
from armslength.store.lock import writers_lock
from armslength.store.log import CASE_CREATED, KEY_CREATED, SCHEMA_UPGRADED
from armslength.store.migrate import needs_upgrade, stored_version, upgrade
from armslength.store.schema import SCHEMA_VERSION

CASE_FILE = "case.toml"
DATABASE_FILE = "case.db"
FORMAT = 1
_SECRET_BYTES = 32
_FOLDERS = ("sources", "keys", "checkpoints", "timestamps")
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


def create_case(folder: Path, *, name: str, clock: Clock, actor: str, database: str | None = None, secret: bytes | None = None) -> Case:
    """Make a case in a new or empty folder. It appears there whole or not at all.

    `secret` is 32 bytes that pseudonyms are derived from; random unless given. Raises InputError, or CaseError when the folder is in use.
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
    case = Case(folder=workshop, id=secrets.token_hex(16), name=name, created=stamp(clock.now()), database=_database_of(workshop, database))
    try:
        _furnish(case, secret or secrets.token_bytes(_SECRET_BYTES), database)
        with clear_errors(case.database):
            _fill(case, clock=clock, actor=actor)
        if folder.exists():
            folder.rmdir()
        workshop.rename(folder)
    except BaseException:
        shutil.rmtree(workshop, ignore_errors=True)
        _drop_schema(case)
        raise
    return replace(case, folder=folder, database=_database_of(folder, database))


def locate_case(folder: Path) -> Case:
    """Read `case.toml` and nothing else: for `verify`, which must look at a case that may be too damaged to open."""
    folder = folder.absolute()
    path = folder / CASE_FILE
    if not path.is_file():
        raise CaseError(f"{folder} is not a case: it holds no {CASE_FILE}. Make one with: armslength init {folder}")
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        fields = {name: _text(found, name) for name in ("id", "name", "created")}
        database = found.get("database")
    except (ValueError, KeyError, OSError) as error:
        raise CaseError(f"{path} cannot be read ({error}). Restore it from a backup.") from None
    if found.get("format") != FORMAT:
        raise CaseError(f"{path} has format {found.get('format')}; this program knows format {FORMAT}. Upgrade armslength to open it.")
    if not (len(fields["id"]) == 32 and set(fields["id"]) <= set("0123456789abcdef")):
        raise CaseError(f"{path} gives no usable id. Restore it from a backup.")
    if database is not None:
        with suppress(FileNotFoundError):
            database = with_password(str(database), (folder / "keys" / "database.password").read_text(encoding="utf-8"))
    return Case(folder=folder, **fields, database=_database_of(folder, database))


def open_case(folder: Path, *, clock: Clock = _SYSTEM_CLOCK, actor: str = "armslength") -> Case:
    """Open a case. An older schema is brought up to date first, in one transaction, and the log says so.

    Raises CaseError when the folder is not a case or its schema is newer than this program, IntegrityError when the database is damaged.
    """
    case = locate_case(folder)
    if is_sqlite(case.database) and not (case.folder / DATABASE_FILE).is_file():
        raise CaseError(f"The case {case.folder} has lost its {DATABASE_FILE}. Restore it from a backup; the originals are in sources/.")
    engine = make_engine(case.database, case.id)
    with clear_errors(case.database):
        with engine.connect() as connection:
            version = stored_version(connection)
        if needs_upgrade(version):
            _upgrade(case, clock=clock, actor=actor)
    return case


def case_secret(case: Case) -> bytes:
    """The 32 bytes that pseudonyms and person ids are derived from. Raises CaseError when they are lost."""
    try:
        secret = bytes.fromhex((case.keys_dir / "case.secret").read_text(encoding="ascii"))
    except (OSError, ValueError):
        secret = b""
    if len(secret) != _SECRET_BYTES:
        raise CaseError("The case's secret (keys/case.secret) is lost or damaged. Restore keys/ from a backup: pseudonyms depend on it.")
    return secret


def _furnish(case: Case, secret: bytes, database: str | None) -> None:
    """Make the folders and the files that are not the database."""
    case.folder.mkdir(mode=0o700)
    for name in _FOLDERS:
        (case.folder / name).mkdir(mode=0o700)
    write_file(case.keys_dir / "case.secret", secret.hex().encode())
    fields = {"id": case.id, "name": case.name, "created": case.created}
    if database is None:
        os.close(os.open(case.folder / DATABASE_FILE, os.O_CREAT | os.O_EXCL, 0o600))
    else:
        fields["database"], password = split_password(database)
        if password is not None:
            write_file(case.keys_dir / "database.password", password.encode())
    lines = [f"format = {FORMAT}", *(f"{name} = {_quoted(value)}" for name, value in fields.items())]
    write_file(case.folder / CASE_FILE, ("\n".join(lines) + "\n").encode())


def _fill(case: Case, *, clock: Clock, actor: str) -> None:
    """Make the tables and the first two log entries."""
    if not is_sqlite(case.database):
        with make_engine(case.database, case.id).begin() as connection:
            connection.execute(text(f'CREATE SCHEMA "{schema_name(case.id)}"'))
    key = make_key(case.keys_dir)
    engine = make_engine(case.database, case.id, writing=True)
    with engine.begin() as connection:
        upgrade(connection)
        journal = Journal(connection=connection, key=key, clock=clock, actor=actor)
        journal.append(CASE_CREATED, case.id, {"name": case.name, "created": case.created, "key": key.id, "public": key.public})
        last = journal.append(KEY_CREATED, key.id, {"algorithm": "ed25519", "public": key.public})
    write_checkpoint(case.checkpoints_dir, case_id=case.id, seq=last.seq, head=last.hash, key=key)


def _upgrade(case: Case, *, clock: Clock, actor: str) -> None:
    engine = make_engine(case.database, case.id, writing=True)
    with writers_lock(case.folder), engine.begin() as connection:
        before = stored_version(connection)
        if not needs_upgrade(before):
            return
        upgrade(connection)
        key = load_key(case.keys_dir, current_key(connection))
        Journal(connection=connection, key=key, clock=clock, actor=actor).append(
            SCHEMA_UPGRADED, SCHEMA_VERSION, {"from": before, "to": SCHEMA_VERSION}
        )
        seq, found = head(connection)
    write_checkpoint(case.checkpoints_dir, case_id=case.id, seq=seq, head=found, key=key)


def _drop_schema(case: Case) -> None:
    """Take back the PostgreSQL schema of a case that could not be made."""
    if not is_sqlite(case.database):
        with suppress(Exception), make_engine(case.database, case.id).begin() as connection:
            connection.execute(text(f'DROP SCHEMA IF EXISTS "{schema_name(case.id)}" CASCADE'))


def _database_of(folder: Path, database: str | None) -> str:
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
