"""Turning a plain case into an encrypted one.

In:  the folder of a case that is not encrypted; how its key is to be kept.
Out: the same case, encrypted, under the same name, with the same log and rows.
Never: takes the plain case away before the encrypted one was verified whole; promises that a disk forgets what was written on it.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection, select

from armslength.base.clock import Clock
from armslength.base.errors import CaseError, InputError, IntegrityError
from armslength.store.case import CASE_FILE, DATABASE_FILE, FOLDERS, Case, case_engine, database_in, open_case, write_case_file
from armslength.store.database import clear_errors, connect_encrypted, is_sqlite, shown
from armslength.store.files import flush_folder, keep_source
from armslength.store.keys import write_secret
from armslength.store.lock import LOCK_FILE, MAKING_FILE, all_locks
from armslength.store.locks import Lock, key_file
from armslength.store.log import CASE_ENCRYPTED
from armslength.store.schema import SOURCES
from armslength.store.sealing import fingerprint, new_key
from armslength.store.source_keys import drop_source_key, make_source_key
from armslength.store.unlock import FAILED
from armslength.store.verify import verify_case
from armslength.store.write import writing

_OURS = {CASE_FILE, DATABASE_FILE, f"{DATABASE_FILE}-wal", f"{DATABASE_FILE}-shm", LOCK_FILE, MAKING_FILE, FAILED, *FOLDERS}


def encrypt_case(folder: Path, *, lock: Lock, clock: Clock, actor: str) -> Case:
    """Encrypt a case; it is copied, the copy verified, and put in its place.

    Raises CaseError when it is encrypted already or in use, InputError when files lie in it that are not the case's, IntegrityError when
    it does not verify.
    """
    plain = open_case(folder, clock=clock, actor=actor)
    if plain.sealed:
        raise CaseError(f"The case {folder} is encrypted already. Its passphrase is changed with: armslength key passphrase {folder}")
    _refuse_strangers(plain.folder)
    key = new_key()
    workshop = plain.folder.with_name(f".{plain.folder.name}.{secrets.token_hex(4)}.new")
    case = replace(plain, folder=workshop, sealed=fingerprint(key), key=key)
    if is_sqlite(plain.database):
        case = replace(case, database=database_in(workshop))
    with all_locks(plain.folder):
        try:
            _copy(plain, case, lock)
            with writing(case, clock=clock, actor=actor) as writer:
                writer.record(CASE_ENCRYPTED, case.id, {"key": case.sealed})
            _check(case)
        except BaseException:
            shutil.rmtree(workshop, ignore_errors=True)
            key_file(case.id).unlink(missing_ok=True)
            raise
        aside = plain.folder.with_name(f".{plain.folder.name}.{secrets.token_hex(4)}.old")
        plain.folder.rename(aside)
        workshop.rename(plain.folder)
        flush_folder(plain.folder.parent)
    shutil.rmtree(aside)
    return open_case(folder)


def _refuse_strangers(folder: Path) -> None:
    strange = sorted(path.name for path in folder.iterdir() if path.name not in _OURS)
    if strange:
        raise InputError(f"{folder} holds files that are not the case's ({', '.join(strange[:3])}). Move them out first.")


def _copy(plain: Case, case: Case, lock: Lock) -> None:
    """Everything the plain case holds, into a new folder, encrypted."""
    case.folder.mkdir(mode=0o700)
    for name in FOLDERS:
        (case.folder / name).mkdir(mode=0o700)
    if case.key is not None:
        lock(case.keys_dir, case.id, case.key)
    on_server = not is_sqlite(plain.database)
    write_case_file(case, plain.database if on_server else None)
    for path in _files(plain.keys_dir):
        if path.suffix == ".pub":
            shutil.copy2(path, case.keys_dir / path.name)
        elif path.name != "database.password":
            write_secret(case.keys_dir, path.name, path.read_bytes(), key=case.key)
    for old, new in ((plain.checkpoints_dir, case.checkpoints_dir), (plain.timestamps_dir, case.timestamps_dir)):
        for path in _files(old):
            shutil.copy2(path, new / path.name)
    with clear_errors(case.database):
        if not on_server:
            _copy_database(plain, case)
        with case_engine(case, writing=True).begin() as connection:
            _copy_sources(connection, plain, case)


def _copy_database(plain: Case, case: Case) -> None:
    """Into a file that is encrypted from its first byte on."""
    old, new = shown(plain.database), shown(case.database)
    connection = connect_encrypted(new, case.key or b"")
    try:
        connection.execute("PRAGMA temp_store=MEMORY")
        connection.execute("ATTACH DATABASE ? AS plain KEY ''", (old,))
        connection.execute("SELECT sqlcipher_export('main', 'plain')")
        connection.execute("DETACH DATABASE plain")
    finally:
        connection.close()
    Path(new).chmod(0o600)


def _copy_sources(connection: Connection, plain: Case, case: Case) -> None:
    for source_id in connection.execute(select(SOURCES.c.id).order_by(SOURCES.c.id)).scalars().all():
        path = plain.source_path(source_id)
        if not path.is_file():
            raise IntegrityError(f"The source {source_id} is missing. Restore {path} from a backup first; nothing was changed.")
        drop_source_key(connection, source_id)
        keep_source(case.sources_dir, source_id, path.stat().st_size, path, key=make_source_key(connection, case, source_id))


def _check(case: Case) -> None:
    report = verify_case(case)
    if not report.ok:
        first = report.problems[0]
        raise IntegrityError(
            f"The encrypted copy does not verify ({first.where}: {first.what}), so the case was left as it is. Run `armslength verify`."
        )


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.iterdir()) if path.is_file())
