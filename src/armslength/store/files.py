"""Files of a case: written whole or not at all, and on disk before anybody is told so.

In:  bytes or a path; a key where a source is to be encrypted.
Out: files that appear under their name only when they are complete and flushed.
Never: overwrites a source; writes a plain copy of what is to be encrypted.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from armslength.base.errors import InputError, IntegrityError
from armslength.store.sealing import MARK, UnsealError, seal_pieces, unseal_pieces

UNFINISHED = ".part"
"""Ending of a file that is still being written. What a killed writer leaves behind is recognised by it."""
_CHUNK = 1 << 20


def write_file(path: Path, data: bytes, *, mode: int = 0o600) -> None:
    """Write a file so that after a power cut it is either there in full or not at all."""
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}{UNFINISHED}")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    part.replace(path)
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Put a folder's list of names on disk. Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def source_path(sources: Path, source_id: str) -> Path:
    """Where a source's bytes stand: `sources/<first two characters>/<SHA-256>`, so that no folder grows too large to list."""
    if len(source_id) != 64 or not set(source_id) <= set("0123456789abcdef"):
        raise InputError(f"{source_id!r} is not a source: a source is named by the 64 hexadecimal characters of its SHA-256.")
    return sources / source_id[:2] / source_id


def keep_source(sources: Path, source_id: str, size: int, data: bytes | Path, *, key: bytes | None = None) -> None:
    """Put a source's bytes under their name, sealed if there is a key. Raises InputError when they are not what they are called."""
    path = source_path(sources, source_id)
    if path.exists():
        if digest_source(path, source_id, key=key) != source_id:
            raise IntegrityError(
                f"The source {source_id} is damaged on disk ({path.name}). Restore this file from a backup, then add it again."
            )
        return
    if not path.parent.exists():
        path.parent.mkdir(mode=0o700)
        flush_folder(sources)
    part = path.with_name(f"{source_id}.{secrets.token_hex(4)}{UNFINISHED}")
    try:
        found, length = _copy(data, part, about=source_id, key=key)
        if (found, length) != (source_id, size):
            raise InputError(
                f"The bytes to add are {length} bytes named {found}, not {size} bytes named {source_id}. Did the file change meanwhile?"
            )
        part.replace(path)
    finally:
        with suppress(FileNotFoundError):
            part.unlink()
    flush_folder(path.parent)


def source_pieces(path: Path, source_id: str, *, key: bytes | None) -> Iterator[bytes]:
    """A source's bytes, piece by piece. Raises OSError, or UnsealError for sealed bytes that were changed."""
    if key is None:
        yield from _pieces(path)
        return
    with path.open("rb") as sealed:
        yield from unseal_pieces(sealed, key, about=source_id)


def is_sealed(path: Path) -> bool:
    """Whether a file begins as sealed ones do. Raises OSError."""
    with path.open("rb") as handle:
        return handle.read(len(MARK)) == MARK


def digest_source(path: Path, source_id: str, *, key: bytes | None) -> str:
    """The SHA-256 of a source as it was added; empty when its file does not open with the key. Raises OSError."""
    found = hashlib.sha256()
    try:
        for piece in source_pieces(path, source_id, key=key):
            found.update(piece)
    except UnsealError:
        return ""
    return found.hexdigest()


def _copy(data: bytes | Path, to: Path, *, about: str, key: bytes | None) -> tuple[str, int]:
    """Copy bytes into a new file that only its owner may read, flushed; returns SHA-256 and length of what was copied, before sealing."""
    found, length = hashlib.sha256(), 0

    def measured() -> Iterator[bytes]:
        nonlocal length
        for piece in _pieces(data):
            found.update(piece)
            length += len(piece)
            yield piece

    handle = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(handle, "wb") as out:
        for piece in measured() if key is None else seal_pieces(measured(), key, about=about):
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())
    return found.hexdigest(), length


def _pieces(data: bytes | Path) -> Iterator[bytes]:
    if isinstance(data, bytes):
        yield data
        return
    with data.open("rb") as handle:
        while piece := handle.read(_CHUNK):
            yield piece


def clear_unfinished(sources: Path) -> None:
    """Take away what killed writers left half-written. Only the holder of the writer's lock may do this."""
    for path in sources.glob(f"*/*{UNFINISHED}"):
        path.unlink()


def files_in_order(sources: Path) -> Iterator[Path]:
    """Every file under `sources/`, sorted by name, one folder at a time."""
    for folder in sorted(sources.iterdir()):
        if folder.is_dir() and not folder.is_symlink():
            yield from sorted(folder.iterdir())
        else:
            yield folder
