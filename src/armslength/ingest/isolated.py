"""Reads files in a process of its own, which is replaced when it hangs or dies (METHOD H1).

In:  a batch of jobs: names and bytes.
Out: one outcome a job, in order.
Never: lets one bad file stop the rest, or the reading process see anything but the bytes it reads.
`read_batch` is a pure function over a batch: an engine may run as many at once as it has processes.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self, cast

from armslength.base.errors import MissingPieceError
from armslength.base.settings import ReadingLimits
from armslength.ingest.frames import READY, decode_answer, read_frame, write_frame
from armslength.ingest.reading import Reading, Refusal

PROGRAM = ("-m", "armslength.ingest.worker")
_START_SECONDS = 60
"""Wall-clock time for a fresh process to load its libraries and lock itself up (1.2 s at rest; many times that on a busy machine)."""
_ANSWER_BYTES, _ANSWER_RATIO = 1 << 20, 64
"""Longest answer that is listened to: six bytes a character in JSON, and a block of fifty bytes for every short line."""
_KEPT = ("PATH", "PYTHONPATH", "PYTHONHOME", "SYSTEMROOT", "LD_LIBRARY_PATH", "HOME", "VIRTUAL_ENV")


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A file to read."""

    source: str
    """The source's id."""
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a job."""

    source: str
    answer: Reading | Refusal


def read_batch(batch: Sequence[Job], *, limits: ReadingLimits, program: Sequence[str] = PROGRAM) -> list[Outcome]:
    """Read a batch of files one after the other in a process of its own."""
    with ReadingProcess(limits=limits, program=program) as process:
        return [Outcome(source=job.source, answer=process.read(job.data)) for job in batch]


class ReadingProcess:
    """A locked-up process that reads files; started when first needed, and again after each that it does not survive."""

    def __init__(self, *, limits: ReadingLimits, program: Sequence[str] = PROGRAM) -> None:
        self._limits = limits
        self._program = tuple(program)
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._end()

    def read(self, data: bytes) -> Reading | Refusal:
        """Read one file, within the limits."""
        if len(data) > self._limits.max_bytes:
            return Refusal(reason=too_large(len(data), self._limits))
        process = self._process or self._start()
        longest = _ANSWER_BYTES + _ANSWER_RATIO * self._limits.max_text
        with _time_limit(process, self._limits.seconds + 1) as late:
            frame = _exchange(process, data, longest=longest)
        answer = decode_answer(frame) if frame is not None else None
        if answer is None:
            code = self._end()
            return Refusal(reason=self._why(code, late=late.is_set()))
        return answer

    def _start(self) -> subprocess.Popen[bytes]:
        limits = (str(self._limits.seconds), str(self._limits.memory_mb), str(self._limits.max_text))
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        # One thread: the arithmetic libraries would reserve address space for one a processor.
        single = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
        self._process = subprocess.Popen(
            [sys.executable, *self._program, *limits],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**kept, **single},
            cwd=Path(sys.executable).anchor,
            close_fds=True,
        )
        with _time_limit(self._process, _START_SECONDS):
            ready = read_frame(cast("BinaryIO", self._process.stdout), longest=len(READY))
        if ready != READY:
            code = self._end()
            raise MissingPieceError(f"The program that reads files could not be started (exit code {code}). Run `armslength doctor`.")
        return self._process

    def _end(self) -> int:
        process, self._process = self._process, None
        if process is None:
            return 0
        for stream in (process.stdin, process.stdout):
            try:
                cast("BinaryIO", stream).close()
            except OSError:
                continue
        try:
            return process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()

    def _why(self, code: int, *, late: bool) -> str:
        if late or code == -getattr(signal, "SIGXCPU", 0):
            return f"reading it took longer than {self._limits.seconds} seconds and was stopped"
        if code < 0:
            return f"it broke the program that reads it ({signal.Signals(-code).name}); the file may be damaged or made to harm"
        return f"the program that reads it ended without an answer (exit code {code}); the file may be damaged or made to harm"


def too_large(size: int, limits: ReadingLimits) -> str:
    """The sentence for a file over the limit."""
    return f"it is {size} bytes long, more than {limits.max_bytes}; split it or raise the limit"


def _exchange(process: subprocess.Popen[bytes], data: bytes, *, longest: int) -> bytes | None:
    """Send a file and wait for the answer; None when the process ends first."""
    try:
        write_frame(cast("BinaryIO", process.stdin), data)
        return read_frame(cast("BinaryIO", process.stdout), longest=longest)
    except (BrokenPipeError, OSError):
        return None


@contextmanager
def _time_limit(process: subprocess.Popen[bytes], seconds: float) -> Iterator[threading.Event]:
    """Kill a process that takes too long; the event says whether that happened."""
    late = threading.Event()
    timer = threading.Timer(seconds, partial(_kill, process, late))
    timer.daemon = True
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()


def _kill(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()
