"""An unlocked vault's key, for a while: in a file of the folder that the system keeps for this login, in memory and not on a disk.

In:  a case's id, a key, how long; the time.
Out: the key, as long as the session lasts and is used.
Never: writes where others can read, or where a disk would keep it without the user having said so.

The file is readable by its owner only and lies in $XDG_RUNTIME_DIR (made at login, kept in memory, gone at logout), or where there is none
in a folder of the same kind under /dev/shm. ARMSLENGTH_RUNTIME names another.
"""

from __future__ import annotations

import json
import os
from datetime import datetime, timedelta
from pathlib import Path

from armslength.base.clock import stamp
from armslength.base.errors import CaseError
from armslength.store.files import write_file

FOLDER_VARIABLE = "ARMSLENGTH_RUNTIME"
IDLE = timedelta(minutes=15)
"""After this long without use a vault is locked again."""
LONGEST = timedelta(hours=8)
"""A working day: after that it is locked, used or not."""


def open_session(case_id: str, key: bytes, *, now: datetime, idle: timedelta = IDLE) -> Path:
    """Keep a key for this login; returns where."""
    path = session_file(case_id, make=True)
    _write(path, key=key.hex(), begun=stamp(now), used=stamp(now), idle=int(idle.total_seconds()))
    return path


def session_key(case_id: str, *, now: datetime) -> bytes | None:
    """The key of an unlocked vault; None when it is locked. A use puts off the time at which it locks itself."""
    path = session_file(case_id)
    try:
        found = json.loads(path.read_bytes())
        begun, used = datetime.fromisoformat(found["begun"]), datetime.fromisoformat(found["used"])
        key, idle = bytes.fromhex(found["key"]), int(found["idle"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if not timedelta(0) <= now - used <= timedelta(seconds=idle) or now - begun > LONGEST:
        close_session(case_id)
        return None
    _write(path, key=key.hex(), begun=found["begun"], used=stamp(now), idle=idle)
    return key


def close_session(case_id: str) -> bool:
    """Forget the key; whether there was one."""
    path = session_file(case_id)
    there = path.exists()
    path.unlink(missing_ok=True)
    return there


def session_file(case_id: str, *, make: bool = False) -> Path:
    """Where a session is kept. Raises CaseError when asked to make one where others could read it."""
    return runtime_file(f"{case_id}.vault", make=make)


def runtime_file(name: str, *, make: bool = False) -> Path:
    """A file that lasts as long as this login. Raises CaseError when asked to make one where others could read it."""
    folder = _folder()
    if folder is None:
        if not make:
            return Path(os.devnull).parent / "no-such-folder" / name
        raise CaseError(
            f"This system keeps no folder in memory for a login. Name one of your own in {FOLDER_VARIABLE}, best on a disk in memory; "
            "what lies there can be read by whoever reads that disk."
        )
    if make:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if os.name == "posix" and (folder.stat().st_uid != os.getuid() or folder.stat().st_mode & 0o077):
            raise CaseError(f"{folder} can be read by others, or belongs to somebody else. Close it: chmod 700 {folder}")
    return folder / name


def memory_folder() -> Path | None:
    """A folder of this login that is kept in memory, for a file that must not reach a disk; None where there is none."""
    folder = Path(os.environ.get("XDG_RUNTIME_DIR") or "/dev/shm")  # noqa: S108 - what is made there is closed to others
    return folder if os.access(folder, os.W_OK) and folder.is_dir() else None


def _folder() -> Path | None:
    named = os.environ.get(FOLDER_VARIABLE)
    if named:
        return Path(named)
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    if runtime:
        return Path(runtime) / "armslength"
    shared = Path("/dev/shm")  # noqa: S108 - kept in memory; the folder made there is closed to others, and checked
    return shared / f"armslength-{os.getuid()}" if shared.is_dir() else None


def _write(path: Path, **content: str | int) -> None:
    write_file(path, json.dumps(content).encode())
