"""Finding the key of an encrypted case: the key file, else the passphrase that a person or a file gives.

In:  a located case.
Out: its key; and a note of every attempt that failed, which the next writer takes into the custody log (METHOD E3).
Never: keeps the key or the passphrase anywhere but in this process.
"""

from __future__ import annotations

import getpass
import json
import os
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path

from armslength.base.clock import SystemClock, stamp
from armslength.base.errors import CaseError
from armslength.store.locks import LOCKED, key_file, read_key_text, unlock_key
from armslength.store.sealing import fingerprint

PASSPHRASE_FILE = "ARMSLENGTH_PASSPHRASE_FILE"  # noqa: S105 - a variable's name
FAILED = "failed-access.jsonl"
"""In the case folder: attempts that could not be entered in the log, which nobody can write without the key."""
_REASON = "the key or passphrase at hand did not open the case"
_MOST_FAILED = 1000
"""Attempts kept until a writer comes by: somebody who guesses all night must not fill the disk."""


def find_key(folder: Path, case_id: str, wanted: str) -> bytes:
    """The key with the fingerprint `wanted`. Raises CaseError, saying what to do, and notes the failure in the case folder."""
    try:
        key = _look(folder, case_id)
    except CaseError:
        _note_failure(folder)
        raise
    if fingerprint(key) == wanted:
        return key
    _note_failure(folder)
    raise CaseError(
        f"The key found for the case {folder} is not the one it was encrypted with. "
        "Put the right one back: armslength key import CASE FILE."
    )


def new_passphrase(what: str, *, variable: str = PASSPHRASE_FILE) -> str:
    """A passphrase to lock a key with, asked for twice. The file that `variable` names gives it without asking."""
    return passphrase_for(what, twice=True, variable=variable)


def passphrase_for(what: str, *, twice: bool = False, variable: str = PASSPHRASE_FILE) -> str:
    """A passphrase: the first line of the file that an environment variable names, else asked for at the terminal."""
    named = os.environ.get(variable)
    if named:
        try:
            return (Path(named).read_text(encoding="utf-8").splitlines() or [""])[0]
        except (OSError, ValueError):
            raise CaseError(f"The file that {variable} names cannot be read: {named}. It must hold the passphrase on one line.") from None
    if not sys.stdin.isatty():
        raise CaseError(
            f"{what} is locked by a passphrase and there is nobody to ask. Run this at a terminal, or put the passphrase into a file "
            f"and name it in {variable}."
        )
    first = getpass.getpass(f"Passphrase for {what}: ")
    if twice and getpass.getpass("The same again: ") != first:
        raise CaseError("The two passphrases are not the same; nothing was changed. Try again.")
    return first


def take_failures(folder: Path) -> list[dict[str, str]]:
    """Failed attempts noted since a writer last came by; the note is taken away."""
    path = folder / FAILED
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    path.unlink(missing_ok=True)
    return [found for line in lines[:_MOST_FAILED] if (found := _failure(line)) is not None]


def _look(folder: Path, case_id: str) -> bytes:
    path = key_file(case_id)
    with suppress(FileNotFoundError):
        try:
            text = path.read_text(encoding="utf-8", errors="replace")
        except PermissionError:
            raise CaseError(f"The key file {path} cannot be read: it belongs to somebody else.") from None
        return read_key_text(text, case_id=case_id, named=str(path))
    try:
        locked = (folder / "keys" / LOCKED).read_bytes()
    except OSError:
        raise CaseError(
            f"The case {folder} is encrypted and its key is not on this machine (looked for {path}). "
            "Copy the key file there, or use a recovery copy: armslength key import CASE FILE."
        ) from None
    return _asked(locked, case_id, str(folder))


@cache
def _asked(locked: bytes, case_id: str, folder: str) -> bytes:
    """One process asks once."""
    return unlock_key(locked, passphrase_for(f"the case {folder}"), about=case_id, named=str(Path(folder) / "keys" / LOCKED))


def _note_failure(folder: Path) -> None:
    """A folder that cannot be written to keeps no note; there is nowhere else to put one. No path is noted: it may hold a name."""
    path = folder / FAILED
    line = json.dumps({"time": stamp(SystemClock().now()), "reason": _REASON}) + "\n"
    with suppress(OSError):
        if path.exists() and path.stat().st_size > _MOST_FAILED * len(line):
            return
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="utf-8") as out:
            out.write(line)


def _failure(line: str) -> dict[str, str] | None:
    try:
        found = json.loads(line)
        return {"time": str(found["time"]), "reason": str(found["reason"])[:500]}
    except (ValueError, KeyError, TypeError):
        return None
