"""Every text in a PDF: what pages show, what readers hear, what nobody sees.

In:  a PDF's bytes.
Out: pieces of text from the pages, the marks on them, structure, outline, metadata and attachments; from every stream of the raw file,
     also those that no page refers to any more; and pictures.
Never: trusts the file's own list of what it holds: earlier versions of an edited page are still in the bytes.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from armslength.publish.attack.rows import Blocked, Piece

_STREAM = re.compile(rb"stream\r?\n(.*?)(?:\r?\n)?endstream", re.DOTALL)
_LITERAL = re.compile(rb"\(((?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*)\)", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f\s]{2,})>")
_SHOWN_TOGETHER = re.compile(rb"\[((?:[^\[\]\\]|\\.)*)\]\s*TJ", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r?\n|.)", re.DOTALL)
_NAMED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_LARGEST = 64_000_000
"""Bytes that one stream may unpack to: a page of text has thousands, a picture of a page some millions."""


def pieces_of(data: bytes, where: str) -> Iterator[Piece | Blocked | tuple[str, bytes]]:
    """Texts, what cannot be looked into, and (name, bytes) of attachments and pictures, which are files of their own."""
    yield from _raw(data, where)
    yield from _opened(data, where)


def _opened(data: bytes, where: str) -> Iterator[Piece | Blocked | tuple[str, bytes]]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as problem:
        yield Blocked(where, f"the PDF cannot be opened ({problem})")
        return
    try:
        yield Piece(where, "PDF metadata", "\n".join(f"{key}: {value}" for key, value in document.get_metadata_dict().items()))
        yield Piece(where, "PDF outline", "\n".join(str(mark.get_title()) for mark in document.get_toc()))
        for number in range(document.count_attachments()):
            attachment = document.get_attachment(number)
            yield f"attachment {attachment.get_name()}", bytes(attachment.get_data())
        for number in range(len(document)):
            page = document[number]
            at = f"{where} page {number + 1}"
            yield Piece(at, "PDF text", page.get_textpage().get_text_range())
            yield Piece(at, "PDF structure", "\n".join(_structure(page)))
            yield from _pictures(page, number + 1)
    finally:
        document.close()


def _structure(page: object) -> Iterator[str]:
    """Alternative and actual texts and titles of a page's structure tree."""
    from pypdfium2 import raw

    tree = raw.FPDF_StructTree_GetForPage(page)
    if not tree:
        return
    stack = [raw.FPDF_StructTree_GetChildAtIndex(tree, place) for place in range(raw.FPDF_StructTree_CountChildren(tree))]
    while stack:
        element = stack.pop()
        if not element:
            continue
        for get in (raw.FPDF_StructElement_GetAltText, raw.FPDF_StructElement_GetActualText, raw.FPDF_StructElement_GetTitle):
            yield from _wide(get, element)
        stack += [raw.FPDF_StructElement_GetChildAtIndex(element, n) for n in range(raw.FPDF_StructElement_CountChildren(element))]
    raw.FPDF_StructTree_Close(tree)


def _wide(get: object, element: object) -> Iterator[str]:
    import ctypes

    length = get(element, None, 0)  # type: ignore[operator]
    if length > 2:
        buffer = ctypes.create_string_buffer(length)
        get(element, buffer, length)  # type: ignore[operator]
        yield buffer.raw[: length - 2].decode("utf-16-le", "replace")


def _pictures(page: object, number: int) -> Iterator[tuple[str, bytes]]:
    """The page as it looks, if it holds pictures: words in a picture are read from it."""
    from pypdfium2 import raw

    from armslength.publish.attack.pictures import ppm

    kinds = {raw.FPDF_PAGEOBJ_IMAGE}
    if any(found.type in kinds for found in page.get_objects(filter=list(kinds), max_depth=8)):  # type: ignore[attr-defined]
        bitmap = page.render(scale=2)  # type: ignore[attr-defined]
        yield f"page {number} as a picture.ppm", ppm(bitmap.width, bitmap.height, bytes(bitmap.buffer), bitmap.stride, bitmap.n_channels)


def _raw(data: bytes, where: str) -> Iterator[Piece | Blocked]:
    """Strings of the file and of every stream in it, in whatever revision."""
    outside = _STREAM.sub(b" ", data)
    yield Piece(where, "PDF objects", _strings(outside))
    for number, found in enumerate(_STREAM.finditer(data), start=1):
        body = _inflated(found.group(1))
        if len(body) > _LARGEST:
            yield Blocked(where, f"stream {number} unpacks to more than {_LARGEST:,} bytes")
            continue
        yield Piece(f"{where} stream {number}", "PDF stream", _strings(body) + "\n" + body.decode("utf-8", "ignore"))


def _inflated(body: bytes) -> bytes:
    """A stream unpacked, if it is deflated; what can be had of one that is cut off."""
    try:
        return zlib.decompressobj().decompress(body, _LARGEST + 1)
    except zlib.error:
        return body


def _strings(body: bytes) -> str:
    found = [_decoded(_unescaped(text)) for text in _LITERAL.findall(body)]
    found += [
        _decoded(bytes.fromhex((digits := re.sub(rb"\s", b"", text).decode())[: len(digits) // 2 * 2])) for text in _HEX.findall(body)
    ]
    for run in _SHOWN_TOGETHER.findall(body):
        found.append("".join(_decoded(_unescaped(text)) for text in _LITERAL.findall(run)))
    return "\n".join(found)


def _unescaped(text: bytes) -> bytes:
    def sign(found: re.Match[bytes]) -> bytes:
        body = found.group(1)
        if body.isdigit():
            return bytes([int(body, 8) & 255])
        return b"" if body.endswith(b"\n") else _NAMED.get(body, body)

    return _ESCAPE.sub(sign, text)


def _decoded(text: bytes) -> str:
    """A PDF string: UTF-16 with a mark, UTF-8 with a mark, else a single-byte alphabet close to Latin-1."""
    if text.startswith(b"\xfe\xff"):
        return text[2:].decode("utf-16-be", "replace")
    if text.startswith(b"\xef\xbb\xbf"):
        return text[3:].decode("utf-8", "replace")
    return text.decode("latin-1")
