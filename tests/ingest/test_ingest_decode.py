from __future__ import annotations

import pytest
from making import PAGE, make_docx, make_pdf

from armslength.ingest.decode import decode
from armslength.ingest.reading import UnreadableError
from armslength.ingest.sniff import DOCX, HTML, PDF, TEXT, UNKNOWN, sniff

CHINESE = "这个地方的人说，他们在国外没有看到过这样的办公室。有一个人说他不知道那里在做什么，也不想去问。"
TRADITIONAL = "這個地方的人說，他們在國外沒有看到過這樣的辦公室。有一個人說他不知道那裡在做什麼，也不想去問。"
LATIN = "Der Bürgermeister hörte über die Straße nichts – „später vielleicht“, sagte er café-müde."


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        (LATIN.encode(), LATIN, "utf-8"),
        (b"\xef\xbb\xbf" + LATIN.encode(), LATIN, "utf-8"),
        (b"\xff\xfe" + CHINESE.encode("utf-16-le"), CHINESE, "utf-16-le"),
        (b"\xfe\xff" + LATIN.encode("utf-16-be"), LATIN, "utf-16-be"),
        (b"\xff\xfe\x00\x00" + LATIN.encode("utf-32-le"), LATIN, "utf-32-le"),
        (LATIN.encode("utf-16-le"), LATIN, "utf-16-le"),
        (LATIN.encode("utf-16-be"), LATIN, "utf-16-be"),
        (CHINESE.encode("gb18030"), CHINESE, "gb18030"),
        (TRADITIONAL.encode("big5"), TRADITIONAL, "big5hkscs"),
        (LATIN.encode("cp1252"), LATIN, "cp1252"),
    ],
)
def test_the_encoding_is_found_and_named(data: bytes, text: str, encoding: str) -> None:
    found = decode(data)
    assert (found.text, found.encoding, found.replaced) == (text, encoding, 0)


def test_damaged_utf8_stays_utf8_and_says_how_much_is_lost() -> None:
    found = decode((LATIN * 5).encode() + b"\xc3")
    assert (found.encoding, found.replaced, found.text[-1]) == ("utf-8", 1, "\ufffd")


def test_a_byte_order_mark_that_lies_is_refused() -> None:
    with pytest.raises(UnreadableError, match="Save it again as UTF-8"):
        decode(b"\xff\xfea")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"Some words.", TEXT),
        (CHINESE.encode("gb18030"), TEXT),
        (CHINESE.encode("utf-16"), TEXT),
        (b"<3 is not markup", TEXT),
        (PAGE.encode(), HTML),
        (PAGE.encode("utf-16"), HTML),
        (b"  <!-- a -->\n<HTML><p>x", HTML),
        (b"<?xml version='1.0'?><rss></rss>", "application/xml"),
        (make_pdf("x"), PDF),
        (make_docx(), DOCX),
        (b"PK\x03\x04 other", "application/zip"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (bytes(range(32)) * 20, UNKNOWN),
    ],
)
def test_the_kind_of_file_is_told_by_its_bytes(data: bytes, kind: str) -> None:
    assert sniff(data) == kind
