"""How the two sides of a reading process talk: frames of bytes, and answers in JSON.

In and out: a length in eight bytes, then that many bytes. Answers are JSON decoded into `Reading` or `Refusal` and nothing else: a process
that a hostile file has taken over must not be able to hand back code, as a pickle would.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

import msgspec

from armslength.ingest.reading import Reading, Refusal

_LENGTH = 8
READY = b"ready"
"""What a reading process says once it is locked up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of one file: one of the two."""

    reading: Reading | None = None
    refusal: Refusal | None = None


def encode_answer(answer: Reading | Refusal) -> bytes:
    """An answer as JSON."""
    whole = Answer(reading=answer) if isinstance(answer, Reading) else Answer(refusal=answer)
    return msgspec.json.encode(whole)


def decode_answer(data: bytes) -> Reading | Refusal | None:
    """An answer from JSON; None when it is not one."""
    try:
        whole = msgspec.json.decode(data, type=Answer)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
    return whole.reading or whole.refusal


def write_frame(stream: BinaryIO, data: bytes) -> None:
    """Write one frame."""
    stream.write(len(data).to_bytes(_LENGTH, "big"))
    stream.write(data)
    stream.flush()


def read_frame(stream: BinaryIO, *, longest: int) -> bytes | None:
    """Read one frame; None at the end of the stream, or when it claims more than `longest` bytes."""
    head = stream.read(_LENGTH)
    if len(head) < _LENGTH:
        return None
    size = int.from_bytes(head, "big")
    if size > longest:
        return None
    data = stream.read(size)
    return data if len(data) == size else None
