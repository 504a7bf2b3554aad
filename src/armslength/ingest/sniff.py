"""What kind of file bytes are, by the bytes alone.

In:  the whole file.
Out: a media type. Nothing is parsed or unpacked here, so this is safe in any process.
Never: looks at a file name.
"""

from __future__ import annotations

import re

TEXT = "text/plain"
HTML = "text/html"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNKNOWN = "application/octet-stream"

SUPPORTED = "plain text (CSV too), HTML, PDF, DOCX and XLSX"

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"{\\rtf", "application/rtf"),
    (b"\x1f\x8b", "application/gzip"),
    (b"BZh", "application/x-bzip2"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!", "application/vnd.rar"),
    (b"\x7fELF", "application/x-executable"),
    (b"MZ\x90\x00", "application/x-executable"),
    (b"SQLite format 3\x00", "application/vnd.sqlite3"),
    (b"OggS", "application/ogg"),
    (b"ID3", "audio/mpeg"),
)
_WIDE_BOMS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_HTML_START = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|main|div|title|meta|h1|p)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML_START = re.compile(rb"\s*<\?xml\b", re.IGNORECASE)
_NAMES = {
    "image/png": "a picture",
    "image/jpeg": "a picture",
    "image/gif": "a picture",
    "image/tiff": "a picture",
    "application/zip": "a ZIP archive",
    "application/x-ole-storage": "an old Office file (.doc, .xls)",
    "application/rtf": "a rich text (RTF) file",
    "application/xml": "an XML file",
    UNKNOWN: "a file of unknown kind",
}


def sniff(data: bytes) -> str:
    """Tell the media type of a file from its bytes; `application/octet-stream` when nothing fits."""
    if b"%PDF-" in data[:1024]:
        return PDF
    if data.startswith(b"PK\x03\x04"):
        return DOCX if b"word/document.xml" in data else XLSX if b"xl/workbook.xml" in data else "application/zip"
    for magic, media_type in _MAGIC:
        if data.startswith(magic):
            return media_type
    return _kind_of_text(_narrow(data[:8192]))


def _kind_of_text(head: bytes | None) -> str:
    if head is None:
        return UNKNOWN
    if _XML_START.match(head):
        return HTML if b"<html" in head.lower() else "application/xml"
    return HTML if _HTML_START.match(head) else TEXT


def describe(media_type: str) -> str:
    """A media type in words a researcher knows."""
    return _NAMES.get(media_type, f"a file of type {media_type}")


def _narrow(head: bytes) -> bytes | None:
    """The beginning of a text with wide characters made narrow; None when the bytes are not text at all."""
    bare = head.removeprefix(b"\xef\xbb\xbf")
    if head.startswith(_WIDE_BOMS) or looks_wide(head):
        return bare.replace(b"\x00", b"").lstrip(b"\xff\xfe")
    if b"\x00" in head:
        return None
    controls = sum(byte < 9 or 13 < byte < 32 for byte in head.replace(b"\x1b", b""))
    # Legacy encodings use hardly any control characters; binary formats have them by the hundred.
    return None if controls > len(head) // 50 else bare


def looks_wide(head: bytes) -> bool:
    """Whether bytes without a byte order mark look like UTF-16: zero bytes on one side of the pairs only."""
    pairs = len(head) // 2
    if pairs < 4:
        return False
    even, odd = head[0 : 2 * pairs : 2].count(0), head[1 : 2 * pairs : 2].count(0)
    # Half of the pairs being ASCII is met by European text; 2% (spaces, line ends) by Chinese.
    if (even == 0) == (odd == 0) or max(even, odd) <= pairs // 50:
        return False
    text = head[: 2 * pairs].decode("utf-16-be" if even else "utf-16-le", errors="replace")
    return sum(character < "\t" or "\x0e" <= character < " " or character == "\ufffd" for character in text) <= len(text) // 50
