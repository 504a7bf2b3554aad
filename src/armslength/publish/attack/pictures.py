"""What a picture says: in words that can be read off it, and in what programs write beside the pixels.

In:  a picture's bytes; something that reads words off pictures, where it is installed.
Out: pieces of text; `Blocked` where words could not be looked for.
Never: decides that a picture is harmless because nothing could read it.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from typing import Literal

from armslength.publish.attack.rows import Blocked, Piece

ReadPicture = Callable[[bytes], str]
"""Words on a picture, in reading order."""
NO_OCR = "the words on this picture cannot be read: install armslength[ocr], or give --without-ocr with a reason"
_SIGNS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"P6\n")
"""How pictures begin: PNG, JPEG, GIF, BMP, TIFF in both byte orders, and the pixmap that a page is drawn to."""
_GPS = (b"\x88\x25", b"\x25\x88")
"""The tag by which a picture's metadata points to where it was taken, in both byte orders."""
_RUN = re.compile(rb"[\x20-\x7e\xc2-\xf4\x80-\xbf]{4,}")


def is_picture(data: bytes) -> bool:
    """Whether the bytes begin like a picture."""
    return data.startswith(_SIGNS) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")


def pieces_of(data: bytes, where: str, read: ReadPicture | None, *, waived: bool) -> Iterator[Piece | Blocked]:
    """Words on a picture and beside it. `waived`: people decided that nobody need read it (two have looked at it instead)."""
    yield Piece(where, "picture metadata", "\n".join(_beside(data)))
    if _has_position(data):
        yield Blocked(where, "the picture says where it was taken; write it again without metadata")
    if read is not None:
        try:
            yield Piece(where, "picture", read(data))
        except (ValueError, OSError, RuntimeError) as problem:
            yield Blocked(where, f"the words on this picture cannot be read ({type(problem).__name__})")
    elif not waived:
        yield Blocked(where, NO_OCR)


def _beside(data: bytes) -> Iterator[str]:
    """Comments, EXIF, XMP and text chunks: what is plain in the bytes, in one or two bytes a letter, and what PNG deflates."""
    if data.startswith(b"P6\n"):
        return
    if data.startswith(b"\x89PNG"):
        yield from _png(data)
    else:
        yield from _runs(data)
    tail = _after_the_end(data)
    if tail:
        yield tail.decode("utf-8", "ignore")


def _runs(data: bytes) -> Iterator[str]:
    yield "\n".join(run.decode("utf-8", "ignore") for run in _RUN.findall(data))
    for start in (0, 1):
        for order in ("utf-16-le", "utf-16-be"):
            found = data[start:].decode(order, "ignore")
            yield "\n".join(re.findall(r"[\u0020-\u024f\u0400-\u04ff\u4e00-\u9fff]{4,}", found))


def _png(data: bytes) -> Iterator[str]:
    place = 8
    while place + 8 <= len(data):
        length, kind = int.from_bytes(data[place : place + 4], "big"), data[place + 4 : place + 8]
        body = data[place + 8 : place + 8 + length]
        place += 12 + length
        if kind not in {b"IDAT", b"IHDR", b"PLTE", b"IEND"}:
            yield from _runs(body)
            for start in range(min(len(body), 120)):
                if body[start : start + 1] == b"\x78":
                    try:
                        yield zlib.decompressobj().decompress(body[start:], 16_000_000).decode("utf-8", "replace")
                    except zlib.error:
                        continue
        if kind == b"IEND":
            return


def _after_the_end(data: bytes) -> bytes:
    """What follows the picture's own end: nobody sees it, and it travels along."""
    for sign, end in ((b"\x89PNG", b"IEND\xaeB`\x82"), (b"\xff\xd8", b"\xff\xd9"), (b"GIF8", b"\x00;")):
        if data.startswith(sign) and end in data:
            return data[data.rindex(end) + len(end) :]
    return b""


def _has_position(data: bytes) -> bool:
    head = data[: 1 << 16]
    start = head.find(b"Exif\x00\x00")
    body = head[start + 6 :] if start >= 0 else (head[head.find(b"eXIf") + 4 :] if b"eXIf" in head else b"")
    if not body:
        return False
    little = body.startswith(b"II")
    order: Literal["little", "big"] = "little" if little else "big"
    first = int.from_bytes(body[4:8], order)
    count = int.from_bytes(body[first : first + 2], order)
    tags = [body[first + 2 + 12 * place : first + 4 + 12 * place] for place in range(min(count, 200))]
    return _GPS[little] in tags


def ppm(width: int, height: int, rows: bytes, stride: int, channels: int) -> bytes:
    """Pixels (blue, green, red, maybe more) as a portable pixmap."""
    lines = []
    for place in range(height):
        line = rows[place * stride : place * stride + width * channels]
        if channels == 1:
            lines.append(bytes(value for value in line for _ in range(3)))
        else:
            out = bytearray(3 * width)
            out[0::3], out[1::3], out[2::3] = line[2::channels], line[1::channels], line[0::channels]
            lines.append(bytes(out))
    return b"P6\n%d %d\n255\n" % (width, height) + b"".join(lines)


def installed_reader() -> ReadPicture | None:
    """A reader of words on pictures, if the extra `ocr` is installed. Its models lie in the package; nothing is fetched."""
    try:
        import rapidocr
    except ImportError:
        return None
    engine = rapidocr.RapidOCR(params={"Global.log_level": "critical"})

    def read(data: bytes) -> str:
        found = engine(data)
        return "\n".join(found.txts or ())

    return read
