"""What a machine has of what armslength needs, and plain words on what is protected.

In:  this machine; optionally a case folder.
Out: findings with advice.
Never: changes anything, except for a file of no content that is made and taken away again to see whether a folder can be written to.
"""

from __future__ import annotations

import importlib.util
import os
import platform
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from armslength.base.errors import ArmslengthError
from armslength.store.case import Case, open_case
from armslength.store.database import is_sqlite
from armslength.store.locks import LOCKED, key_file
from armslength.store.read import reading
from armslength.store.session import session_file
from armslength.store.vault import vault_folder

OLDEST_PYTHON = (3, 11)
OLDEST_SQLITE = (3, 15)
"""Comparing rows of several columns, which paging through claims needs, came with 3.15 (2016)."""
PACKAGES = (
    "alembic",
    "click",
    "cryptography",
    "fastapi",
    "lxml",
    "msgspec",
    "pypdfium2",
    "rapidfuzz",
    "spacy",
    "sqlalchemy",
    "sqlcipher3",
    "trafilatura",
)
SPARE_BYTES = 1_000_000_000
"""Free space below which a note is made: a build of a few hundred articles with its database takes far less."""

PROTECTION = (
    "Nothing is sent anywhere: no telemetry, no fonts or maps from elsewhere, no model on somebody else's machine.",
    "Changes are found: sources, log and claims are bound by hashes and signatures, and `armslength verify` names what was changed.",
    "A case is encrypted on disk: database, sources, the secrets in keys/. Its title, folder name, times and sizes can be read.",
    "Its key lies in your configuration folder unless a passphrase locks it: armslength key passphrase. A passphrase is recommended.",
    "That keeps out whoever takes the case folder, a backup or a stick; without a passphrase, NOT whoever is logged in as you.",
    "Rows kept in PostgreSQL are NOT encrypted by armslength: whoever runs the server can read texts, quotes and the names in them.",
    "While armslength runs, texts and keys are in its memory, and can be in swap: encrypt the disk, and swap with it.",
    "Persons whom a claim or byline names are pseudonyms, and blocks stand for their names in texts, quotes, titles and file names.",
    "A person whom no claim, byline or title (Mr, Dr ...) names is NOT known to the program, and stands in texts as the source prints it.",
    "A quote leads back to its page, where names stand open: do not publish quotes about people at risk without reading them.",
    "What identifies persons can lie apart, in a vault with a key of its own: armslength vault.",
    "`armslength serve` listens on this machine only, and shows nothing without the token of its address, or with --team without a log-in.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing looked at."""

    what: str
    state: str
    """`fine`, `note` (works, but read the advice) or `missing` (armslength cannot work so)."""
    found: str
    advice: str = ""


def examine(case: Path | None = None) -> list[Finding]:
    """Look at everything; a look that fails is a finding, not an error."""
    looks: tuple[Callable[[], Iterator[Finding]], ...] = (_python, _packages, _model, _sqlite, _openssl, _folders)
    found = [finding for look in looks for finding in look()]
    return [*found, *examine_case(case)] if case is not None else found


def _python() -> Iterator[Finding]:
    fine = sys.version_info >= OLDEST_PYTHON
    advice = "" if fine else "Install Python 3.11 or newer."
    yield Finding(
        what="Python", state="fine" if fine else "missing", found=f"{platform.python_version()} on {platform.system()}", advice=advice
    )


def _packages() -> Iterator[Finding]:
    missing = [name for name in PACKAGES if importlib.util.find_spec(name) is None]
    if missing:
        advice = "Install armslength again: pip install armslength."
        yield Finding(what="packages", state="missing", found=f"missing: {', '.join(missing)}", advice=advice)
    else:
        yield Finding(what="packages", state="fine", found=f"all {len(PACKAGES)} that were looked for, armslength {_version('armslength')}")


def _model() -> Iterator[Finding]:
    from armslength.extract.backends.spacy_parser import model_version

    try:
        version = model_version()
    except ArmslengthError as error:
        yield Finding(what="language model (English)", state="missing", found="none", advice=str(error))
        return
    yield Finding(what="language model (English)", state="fine", found=version)


def _sqlite() -> Iterator[Finding]:
    fine = sqlite3.sqlite_version_info >= OLDEST_SQLITE
    with tempfile.TemporaryDirectory() as scratch:
        found = sqlite3.connect(Path(scratch) / "probe.db")
        try:
            wal = found.execute("PRAGMA journal_mode=WAL").fetchone()[0] == "wal"
            options = {row[0] for row in found.execute("PRAGMA compile_options")}
        finally:
            found.close()
    has = [*(["write-ahead log"] if wal else []), *(["full-text search"] if "ENABLE_FTS5" in options else [])]
    advice = "" if fine and wal else "Use a Python built with a newer SQLite, or keep the case in PostgreSQL (--database)."
    state = "fine" if fine and wal else "missing"
    yield Finding(what="SQLite", state=state, found=", ".join([sqlite3.sqlite_version, *has]), advice=advice)


def _openssl() -> Iterator[Finding]:
    path = shutil.which("openssl")
    advice = "" if path else "Only needed to check time stamps with a program other than this one."
    yield Finding(what="openssl", state="fine" if path else "note", found="found" if path else "not found", advice=advice)


def _folders() -> Iterator[Finding]:
    for what, folder in (("current folder", Path.cwd()), ("temporary folder", Path(tempfile.gettempdir()))):
        yield _writable(what, folder, state="note")
        free = shutil.disk_usage(folder).free
        if free < SPARE_BYTES:
            yield Finding(
                what=f"space in the {what}", state="note", found=f"{free / 1e6:.0f} MB free", advice="Make room before a large build."
            )


def _writable(what: str, folder: Path, *, state: str) -> Finding:
    try:
        handle, name = tempfile.mkstemp(prefix=".armslength-", dir=folder)
        os.close(handle)
        Path(name).unlink()
    except OSError as error:
        return Finding(
            what=what, state=state, found=f"cannot be written to ({error.strerror})", advice="Make cases in a folder that is yours."
        )
    return Finding(what=what, state="fine", found="can be written to")


def examine_case(folder: Path) -> list[Finding]:
    """Whether a case opens, can be written to, and is kept from other users' eyes."""
    try:
        case = open_case(folder)
        with reading(case):
            pass
    except ArmslengthError as error:
        return [Finding(what="case", state="missing", found="cannot be opened", advice=str(error))]
    found = [Finding(what="case", state="fine", found=f"{case.name!r} opens"), _writable("case folder", folder, state="note")]
    found += _encryption(case)
    found += _vault(case)
    if os.name == "posix" and folder.stat().st_mode & 0o077:
        found.append(
            Finding(
                what="case folder",
                state="note",
                found="other users of this machine can look into it",
                advice=f"Close it to them: chmod 700 {folder}",
            )
        )
    return found


def _encryption(case: Case) -> Iterator[Finding]:
    """How a case's content is kept from whoever gets hold of its files."""
    if not case.sealed:
        advice = f"Whoever can read the folder can read every name in it. Encrypt it: armslength key encrypt {case.folder}"
        yield Finding(what="encryption", state="note", found="the case is NOT encrypted", advice=advice)
        return
    if (case.keys_dir / LOCKED).is_file() and not key_file(case.id).is_file():
        yield Finding(what="encryption", state="fine", found="encrypted; a passphrase locks the key")
    else:
        advice = "Whoever is logged in as you can open the case. Lock it by a passphrase: armslength key passphrase CASE"
        yield Finding(what="encryption", state="note", found=f"encrypted; the key is in {key_file(case.id)}", advice=advice)
    if not is_sqlite(case.database):
        advice = "Have the server's disk encrypted and its access kept to few; or keep the case in SQLite, on one machine."
        yield Finding(what="encryption", state="note", found="rows in PostgreSQL are NOT encrypted by armslength", advice=advice)


def _vault(case: Case) -> Iterator[Finding]:
    """Whether names are shown only to whoever has the vault's passphrase."""
    try:
        folder = vault_folder(case)
    except ArmslengthError as error:
        yield Finding(what="vault", state="note", found="cannot be found", advice=str(error))
        return
    if folder is None:
        advice = (
            "Whoever can open the case can see names with --unmasked. A vault asks for a passphrase of its own: armslength vault init CASE"
        )
        yield Finding(what="vault", state="note", found="none", advice=advice)
    else:
        locked = not session_file(case.id).exists()
        yield Finding(what="vault", state="fine" if locked else "note", found=f"{'locked' if locked else 'UNLOCKED'}, in {folder}")


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "(version unknown: not installed as a package)"
