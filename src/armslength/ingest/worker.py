"""The reading process itself: `python -m armslength.ingest.worker SECONDS MEMORY_MB MAX_TEXT`.

In:  the bytes of one file after another on standard input; it opens no file by itself.
Out: one answer for each on standard output.
Never: connects, writes a file, starts a program; prints. What libraries print goes nowhere.
"""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable

from armslength.base.settings import ReadingLimits
from armslength.ingest.frames import READY, encode_answer, read_frame, write_frame
from armslength.ingest.jail import allow_seconds, lock_up
from armslength.ingest.reading import Reading, Refusal, UnreadableError


def serve(read: Callable[[bytes], Reading], *, limits: ReadingLimits) -> None:
    """Read files until the input ends."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    files = os.fdopen(os.dup(sys.stdin.fileno()), "rb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    warnings.simplefilter("ignore")
    lock_up(limits)
    write_frame(answers, READY)
    while (data := read_frame(files, longest=limits.max_bytes)) is not None:
        allow_seconds(limits.seconds)
        write_frame(answers, encode_answer(_answer(read, data, limits)))


def _answer(read: Callable[[bytes], Reading], data: bytes, limits: ReadingLimits) -> Reading | Refusal:
    try:
        reading = read(data)
    except UnreadableError as error:
        return Refusal(reason=str(error))
    except MemoryError:
        return Refusal(reason=f"reading it takes more than {limits.memory_mb} MiB of memory")
    except RecursionError:
        return Refusal(reason="it is nested too deeply to be read")
    except Exception as error:  # noqa: BLE001 - any failure of any library on a hostile file must become that file's refusal
        return Refusal(reason=f"its reader failed ({type(error).__name__}); the file may be damaged")
    if len(reading.text) > limits.max_text:
        return Refusal(reason=f"its text is {len(reading.text)} characters long, more than {limits.max_text}; split it or raise the limit")
    return reading


def main(arguments: list[str]) -> None:
    """Start serving with limits from the command line."""
    from armslength.ingest.language import load_model
    from armslength.ingest.readers import read

    load_model()
    seconds, memory_mb, max_text = (int(argument) for argument in arguments)
    serve(read, limits=ReadingLimits(seconds=seconds, memory_mb=memory_mb, max_text=max_text))


if __name__ == "__main__":
    main(sys.argv[1:])
