"""Opens a file of a release as far down as it goes.

In:  a file's name and bytes.
Out: pieces of text: its name, its text, and those of every file inside it; `Blocked` for what cannot be looked into.
Never: believes a name's ending: bytes say what a file is; skips what it does not know.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from armslength.publish.attack import databases, pdf, pictures
from armslength.publish.attack.pictures import ReadPicture
from armslength.publish.attack.rows import Blocked, Limits, Piece

_TAR = 257
_DER = (b"\x30\x82", b"\x30\x81", b"\x30\x80")
"""How a time stamp or a certificate begins."""
_FONTS = (b"wOFF", b"wOF2", b"\x00\x01\x00\x00", b"OTTO")


@dataclass(slots=True)
class Budget:
    """How much may still be unpacked."""

    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """How files are opened."""

    limits: Limits = field(default_factory=Limits)
    read: ReadPicture | None = None
    waived: bool = False
    """Pictures may pass unread."""
    budget: Budget = field(default_factory=lambda: Budget(Limits().bytes))


def pieces_of(name: str, data: bytes, opening: Opening, *, where: str = "", depth: int = 0) -> Iterator[Piece | Blocked]:
    """Everything a file says. `where` is the way to the container it came from."""
    here = f"{where} > {name}" if where else name
    yield Piece(here, "file name", name)
    opening.budget.left -= len(data)
    if depth > opening.limits.depth or opening.budget.left < 0 or len(data) > opening.limits.one:
        yield Blocked(here, "there are more files in files, or more bytes, than are looked into; release less, or unpacked")
        return
    inside = replace(opening)
    if data.startswith(b"%PDF") or b"%PDF-" in data[:1024]:
        yield from _inner(pdf.pieces_of(data, here), inside, here, depth)
    elif pictures.is_picture(data):
        yield from pictures.pieces_of(data, here, opening.read, waived=opening.waived)
        yield from _zipped(data, inside, here, depth)
    elif data.startswith(databases.SIGN):
        yield from databases.pieces_of(data, here)
    elif zipfile.is_zipfile(io.BytesIO(data)):
        yield from _zipped(data, inside, here, depth)
    elif (unpacked := _unpacked(data, opening)) is not None:
        yield from _inner(iter([(name.rsplit(".", 1)[0], unpacked)]), inside, here, depth)
    elif data[_TAR : _TAR + 5] == b"ustar":
        yield from _tarred(data, inside, here, depth)
    else:
        yield from _text(data, here)


def _inner(found: Iterator[Piece | Blocked | tuple[str, bytes]], opening: Opening, here: str, depth: int) -> Iterator[Piece | Blocked]:
    for one in found:
        if isinstance(one, tuple):
            yield from pieces_of(one[0], one[1], opening, where=here, depth=depth + 1)
        else:
            yield one


def _zipped(data: bytes, opening: Opening, here: str, depth: int) -> Iterator[Piece | Blocked]:
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield Piece(here, "archive comment", archive.comment.decode("utf-8", "replace"))
            for member in archive.infolist():
                beside = member.comment + b" " + member.extra
                yield Piece(f"{here} > {member.filename}", "archive comment", beside.decode("utf-8", "replace"))
                if member.is_dir():
                    yield Piece(here, "file name", member.filename)
                elif member.file_size > opening.limits.one:
                    yield Blocked(f"{here} > {member.filename}", "it unpacks to more bytes than are looked into")
                else:
                    yield from pieces_of(member.filename, archive.read(member), opening, where=here, depth=depth + 1)
            first = min((member.header_offset for member in archive.infolist()), default=0)
            yield Piece(here, "before an archive", data[:first].decode("utf-8", "ignore"))
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, zlib.error, OSError) as problem:
        yield Blocked(here, f"the archive cannot be unpacked ({problem})")


def _tarred(data: bytes, opening: Opening, here: str, depth: int) -> Iterator[Piece | Blocked]:
    try:
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            for member in archive:
                owners = f"{member.name} {member.linkname} {member.uname} {member.gname} {member.pax_headers}"
                yield Piece(f"{here} > {member.name}", "archive comment", owners)
                handle = archive.extractfile(member) if member.isfile() else None
                if handle is not None:
                    yield from pieces_of(member.name, handle.read(), opening, where=here, depth=depth + 1)
    except tarfile.TarError as problem:
        yield Blocked(here, f"the archive cannot be unpacked ({problem})")


def _unpacked(data: bytes, opening: Opening) -> bytes | None:
    """What is inside a packed file; None when it is none. More than the limit is cut just past it, which the next look refuses."""
    most, opened = opening.limits.one + 1, io.BytesIO(data)
    try:
        if data.startswith(b"\x1f\x8b"):
            with gzip.GzipFile(fileobj=opened) as gzipped:
                return gzipped.read(most)
        if data.startswith(b"BZh"):
            with bz2.BZ2File(opened) as bzipped:
                return bzipped.read(most)
        if data.startswith(b"\xfd7zXZ"):
            with lzma.LZMAFile(opened) as xzipped:
                return xzipped.read(most)
    except (OSError, EOFError, lzma.LZMAError, zlib.error):
        return None
    return _inflated(data, most)


def _inflated(data: bytes, most: int) -> bytes | None:
    if data[:1] != b"\x78" or len(data) < 3 or int.from_bytes(data[:2], "big") % 31:
        return None
    try:
        return zlib.decompressobj().decompress(data, most)
    except zlib.error:
        return None


def _text(data: bytes, here: str) -> Iterator[Piece | Blocked]:
    """A file that is text, or that is known to be small and binary. Anything else cannot be looked into."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield Piece(here, "text", data.decode("utf-16", "replace"))
        return
    try:
        yield Piece(here, "text", data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        yield Piece(here, "binary", data.decode("latin-1"))
        yield Piece(here, "binary", data.decode("utf-8", "ignore"))
        yield Piece(here, "binary", data.replace(b"\0", b"").decode("utf-8", "ignore"))
        if not data.startswith((*_DER, *_FONTS)):
            yield Blocked(here, "it is of a kind that cannot be looked into; release it in another form or leave it out")
        return
    if b"\0" in data:
        yield Piece(here, "text", data.replace(b"\0", b"").decode("utf-8", "ignore"))
