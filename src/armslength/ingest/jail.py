"""Locks a reading process up: no network, no other programs, no written files, bounded memory (METHOD H1).

In:  limits.
Out: which locks hold on this machine. Three kinds, one behind the other: Python's audit events everywhere, resource limits
     on Unix, and on Linux a system-call filter that also binds native code.
Never: can be undone by the process that it locks up.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys
from contextlib import suppress

from armslength.base.settings import ReadingLimits

_FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "os.startfile",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.mkdir",
    "os.link",
    "os.symlink",
    "os.truncate",
    "os.chmod",
    "os.chown",
    "os.listdir",
    "os.scandir",
    "shutil.",
    "tempfile.",
    "ftplib.",
    "http.",
    "smtplib.",
    "urllib.",
    "webbrowser.",
    "pty.",
    "winreg.",
)
_ALLOWED = frozenset({"os.listdir", "os.scandir"})
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

# Numbers of the system calls that are refused: socket, connect, bind, sendto, execve, execveat, ptrace, process_vm_writev, io_uring_setup.
_CALLS = {
    "x86_64": (0xC000003E, (41, 42, 49, 44, 59, 322, 101, 311, 425)),
    "aarch64": (0xC00000B7, (198, 203, 200, 206, 221, 281, 117, 271, 425)),
}
_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 38, 22, 2
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _DENY = 0x7FFF0000, 0x00050001
"""SECCOMP_RET_ALLOW; SECCOMP_RET_ERRNO with EPERM."""


class _Program(ctypes.Structure):
    _fields_ = (("len", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def lock_up(limits: ReadingLimits) -> tuple[str, ...]:
    """Lock this process up for good; the names of the locks that hold (`audit`, `limits`, `system calls`)."""
    locks = []
    if _limit(limits):
        locks.append("limits")
    if _filter_calls():
        locks.append("system calls")
    _audit()
    return ("audit", *locks)


def allow_seconds(seconds: int) -> None:
    """Give the file that is about to be read its share of processor time, counted from now."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        soft = int(used.ru_utime + used.ru_stime) + seconds + 1
        resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def _limit(limits: ReadingLimits) -> bool:
    try:
        import resource
    except ImportError:
        return False
    memory = limits.memory_mb * 1024 * 1024
    for name, value in (("RLIMIT_AS", memory), ("RLIMIT_FSIZE", 0), ("RLIMIT_CORE", 0)):
        kind = getattr(resource, name)
        _, hard = resource.getrlimit(kind)
        bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
        with suppress(ValueError, OSError):  # macOS refuses RLIMIT_AS
            resource.setrlimit(kind, (bound, bound))
    return True


def _audit() -> None:
    """Refuse Python's own ways out. Files may be read (packages load their data late), never written."""

    def guard(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open":
            _, mode, flags = (*arguments, None, None)[:3]
            writes = isinstance(mode, str) and set(mode) & set("wax+")
            if writes or (isinstance(flags, int) and flags & _WRITING):
                raise PermissionError("a reading process writes no files")
        elif event.startswith(_FORBIDDEN) and event not in _ALLOWED:
            raise PermissionError(f"a reading process may not do this: {event}")

    sys.addaudithook(guard)


def _filter_calls() -> bool:
    """Install a Linux system-call filter (seccomp BPF). False where there is none."""
    if sys.platform != "linux" or platform.machine() not in _CALLS or struct.calcsize("P") != 8:
        return False
    architecture, calls = _CALLS[platform.machine()]
    steps = [
        (_LOAD, 0, 0, 4),  # the architecture of the call
        (_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _DENY),
        (_LOAD, 0, 0, 0),  # its number
        (_AT_LEAST, 0, 1, 0x40000000),  # the x32 numbers, a second name for the same calls
        (_RETURN, 0, 0, _DENY),
    ]
    for call in calls:
        steps += [(_EQUAL, 0, 1, call), (_RETURN, 0, 0, _DENY)]
    steps.append((_RETURN, 0, 0, _ALLOW))
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    program = _Program(len(steps), ctypes.cast(code, ctypes.c_void_p))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return False
    return int(libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0)) == 0
