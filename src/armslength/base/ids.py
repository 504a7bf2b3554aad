"""Names for things: SHA-256 over typed, length-prefixed parts.

In:  the parts that make a row what it is.
Out: 64 hexadecimal characters.
Never: joins parts with a separator. `("ab", "c")` and `("a", "bc")` must not share a name, nor `1` and `"1"`.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from pathlib import Path
from typing import TypeAlias

Part: TypeAlias = "str | bytes | int | bool | tuple[Part, ...] | list[Part] | None"

_CHUNK = 1 << 20


def digest(*parts: Part) -> str:
    """Name a row by its parts: 64 lower-case hexadecimal characters.

    Every part is written as a type letter, its length in bytes as eight big-endian bytes, and its bytes; a tuple is
    written as the encoding of its own parts. The encoding can be read back, so two different rows never share one.

    Raises TypeError for a part of another type (a float has no one spelling; pass it as text).
    """
    return hashlib.sha256(encode(parts)).hexdigest()


def keyed_digest(key: bytes, *parts: Part) -> str:
    """Like `digest`, under a secret key (HMAC-SHA-256), for names that must not be guessed from their parts."""
    return hmac.new(key, encode(parts), hashlib.sha256).hexdigest()


def encode(parts: Iterable[Part]) -> bytes:
    """Write parts one after the other so that they can be told apart again."""
    return b"".join(_encode_one(part) for part in parts)


def _encode_one(part: Part) -> bytes:
    match part:
        case None:
            letter, body = b"n", b""
        case bool():
            letter, body = b"b", b"1" if part else b"0"
        case str():
            letter, body = b"s", part.encode("utf-8", "surrogatepass")
        case bytes():
            letter, body = b"y", part
        case int():
            letter, body = b"i", str(part).encode()
        case tuple() | list():
            letter, body = b"t", encode(part)
        case _:
            raise TypeError(f"an id cannot be made from a {type(part).__name__}: {part!r}")
    return letter + len(body).to_bytes(8, "big") + body


def digest_bytes(data: bytes) -> str:
    """SHA-256 of the bytes themselves, as `sha256sum` prints it: the name of a source."""
    return hashlib.sha256(data).hexdigest()


def digest_text(text: str) -> str:
    """SHA-256 of the text as UTF-8: the name of a document. A lone surrogate is kept, not refused."""
    return digest_bytes(text.encode("utf-8", "surrogatepass"))


def digest_file(path: Path) -> str:
    """SHA-256 of a file, read in pieces of 1 MiB."""
    found = hashlib.sha256()
    with path.open("rb") as handle:
        while piece := handle.read(_CHUNK):
            found.update(piece)
    return found.hexdigest()
