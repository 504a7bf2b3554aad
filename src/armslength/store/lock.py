"""One writer at a time: a lock that the operating system drops when the process ends, however it ends.

In:  the case folder.
Out: a held lock, or a CaseError that says who holds it.
Never: waits longer than it was told to. By default a second writer is told at once.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from armslength.base.errors import CaseError


class Busy(CaseError):  # noqa: N818 - the sentence says it
    """Somebody else is writing to the case."""


LOCK_FILE, MAKING_FILE = ".lock", ".making"
_BEYOND = 1 << 30
"""Windows locks bytes, not files: lock one far behind the text, so that others can still read who holds it."""


_LOOK_EVERY = 0.005
"""Seconds between two looks at a lock that somebody holds: a judgement is kept in 20 milliseconds."""


def wait_for(take: Callable[[], bool], *, patience: float) -> bool:
    """Try to take something until it is there, or the patience, in seconds, is at an end; whether it was taken."""
    until = time.monotonic() + patience
    while not take():
        if time.monotonic() >= until:
            return False
        time.sleep(_LOOK_EVERY)
    return True


@dataclass(slots=True)
class Held:
    """A lock that is held."""

    unfinished: bool
    """Whether whoever held it before was killed, or failed, and left something half-done. Who clears that away says so here."""


@contextmanager
def writers_lock(folder: Path, *, file: str = LOCK_FILE, patience: float = 0.0) -> Iterator[Held]:
    """Hold one of the case's locks (`turns.py`). Raises Busy when somebody else still holds it after so many seconds.

    Whoever holds it stands in the file, and is taken out of it when all went well.
    """
    path = folder / file
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise CaseError(f"The case {folder} cannot be written to: {error.strerror}. Check the folder's permissions.") from None
    try:
        if not wait_for(lambda: _take(handle), patience=patience):
            holder = path.read_text(encoding="utf-8", errors="replace").strip() or "another process"
            raise Busy(f"The case {folder} is being written to by {holder}. Wait until it has finished, or stop it, and try again.")
        held = Held(unfinished=os.fstat(handle).st_size > 0)
        os.ftruncate(handle, 0)
        os.write(handle, f"process {os.getpid()}\n".encode())
        yield held
        if not held.unfinished:
            os.ftruncate(handle, 0)
    finally:
        os.close(handle)


@contextmanager
def all_locks(folder: Path) -> Iterator[None]:
    """Hold all of a case's locks: for whoever changes what it is kept in. Raises Busy at once when somebody holds one."""
    with writers_lock(folder, file=MAKING_FILE), writers_lock(folder, file=LOCK_FILE):
        yield


def _take(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(handle, _BEYOND, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            os.lseek(handle, 0, os.SEEK_SET)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
