"""One planted leak for each way in which a name can leave, and a clean release to plant it in."""

from __future__ import annotations

import base64
import bz2
import gzip
import hashlib
import io
import json
import lzma
import sqlite3
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import docx

from armslength.publish.attack.attack import Secrets
from armslength.publish.attack.rows import Sought
from armslength.publish.attack.runs import known_runs

NAME = "Mirela Dosk"
PASSAGE = "Two men came to the bakery of Mirela Dosk in Oslo and asked her three times where her brother had gone that week"
SECRETS = Secrets(
    sought=(
        Sought(about="Person 1", names=(NAME,), ids=("ab" * 32,), locators=("https://quay.example/news/visits-near-a-station",)),
        Sought(about="Person 2", names=("Þórdís Øvergård",)),
        Sought(about="Person 3", names=("张伟明",)),
        Sought(about="Person 4", names=("Anselm Long",)),
    ),
    ordinary=frozenset({"long", "baker", "visits"}),
    public=("Oslo", "Harbour Institute", "The Quay"),
    runs=known_runs([PASSAGE]),
)


def clean(folder: Path) -> Path:
    """A small release that gives nobody away, with words and numbers that come near."""
    folder.mkdir()
    rows = [
        {
            "id": "5f" * 32,
            "label": "Physical intimidation (Norway, 2024)",
            "who": "Person 7K2M",
            "quote": "at least 12 offices exist in Oslo",
        },
        {
            "id": "9c" * 32,
            "label": "How long it took: 12 days",
            "by": "Harbour Institute",
            "url": "https://quay.example/about%20us?x=1&amp;y=2",
        },
    ]
    (folder / "claims.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (folder / "index.html").write_text(
        "<!doctype html><html lang='en'><title>Offices abroad</title><!-- made by armslength --><p>A baker says that men came to her shop. "
        "It took a long time. Анна и мир. 记者说他们明天去看看。 Mirrors, dusk, anselmo.</p></html>",
        encoding="utf-8",
    )
    (folder / "facts.csv").write_text("\ufeffid,label\r\n1,Offices: at least 12\r\n", encoding="utf-8")
    (folder / "page.pdf").write_bytes(pdf(shown="Offices: at least 12"))
    (folder / "report.docx").write_bytes(word("Offices: at least 12"))
    (folder / "stamp.tsr").write_bytes(b"\x30\x82\x01\x00" + bytes(range(256)))
    return folder


def pdf(*, shown: str = "nothing", title: str = "A release", alt: str = "a map", dead: str = "old", packed: bytes = b"") -> bytes:
    """A small tagged PDF, with a deflated page, an alternative text, and a stream that no page refers to."""
    words = zlib.compress(f"/P <</MCID 0>> BDC BT /F1 12 Tf 72 700 Td ({shown}) Tj ET EMC".encode("latin-1"))
    left = zlib.compress(f"BT [({dead[:4]}) -20 ({dead[4:]})] TJ ET".encode("latin-1"))
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R/MarkInfo<</Marked true>>/StructTreeRoot 7 0 R%s>>"
        % (b"/Names<</EmbeddedFiles<</Names[(a.txt) 9 0 R]>>>>" if packed else b""),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/StructParents 0/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(words), words),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Title(%s)>>" % title.encode("latin-1"),
        b"<</Type/StructTreeRoot/K 8 0 R/ParentTree<</Nums[0[8 0 R]]>>>>",
        b"<</Type/StructElem/S/Figure/P 7 0 R/Pg 3 0 R/K 0/Alt<FEFF%s>>>" % alt.encode("utf-16-be").hex().encode(),
        b"<</Type/Filespec/F(a.txt)/EF<</F 10 0 R>>>>",
        b"<</Type/EmbeddedFile/Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(zlib.compress(packed)), zlib.compress(packed)),
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(left), left),
    ]
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer<</Size %d/Root 1 0 R/Info 6 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, start))


def word(text: str, *, author: str = "", part: tuple[str, bytes] | None = None) -> bytes:
    document = docx.Document()
    document.core_properties.author = author
    document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    if part:
        with zipfile.ZipFile(out, "a") as archive:
            archive.writestr(*part)
    with zipfile.ZipFile(out) as archive, zipfile.ZipFile(bare := io.BytesIO(), "w") as again:
        for member in archive.infolist():
            if not member.filename.endswith(".jpeg"):  # the template's own preview
                again.writestr(member.filename, archive.read(member))
    return bare.getvalue()


def runs(*words: str) -> str:
    return "<w:p>" + "".join(f"<w:r><w:t>{word}</w:t></w:r>" for word in words) + "</w:p>"


def zipped(name: str, data: bytes | str, *, comment: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = comment
        archive.writestr(name, data)
    return out.getvalue()


def tarred(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        member = tarfile.TarInfo(name)
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
    return out.getvalue()


def png(*chunks: tuple[bytes, bytes], tail: bytes = b"") -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n"
        + head
        + b"".join(chunk(*one) for one in chunks)
        + chunk(b"IDAT", zlib.compress(b"\0\0"))
        + chunk(b"IEND", b"")
        + tail
    )


def jpeg(exif: bytes) -> bytes:
    body = b"Exif\x00\x00" + exif
    return b"\xff\xd8\xff\xe1" + struct.pack(">H", len(body) + 2) + body + b"\xff\xd9"


def tiff(tag: int, value: bytes) -> bytes:
    return b"MM\x00*\x00\x00\x00\x08\x00\x01" + struct.pack(">HHII", tag, 2, len(value), 26) + b"\0\0\0\0" + value


def database(*statements: str) -> bytes:
    with sqlite3.connect(":memory:") as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
        return connection.serialize()


def _text(name: str, text: str) -> Callable[[Path], None]:
    def plant(folder: Path) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    return plant


def _bytes(name: str, data: bytes) -> Callable[[Path], None]:
    return lambda folder: (folder / name).write_bytes(data) and None


def _indexed() -> bytes:
    return database(
        "CREATE VIRTUAL TABLE words USING fts5(body, content='')",
        "INSERT INTO words(rowid, body) VALUES (1, 'then dosk spoke of the shop'), (2, 'and mirela agreed')",
    )


def _deleted() -> bytes:
    return database("PRAGMA secure_delete = OFF", "CREATE TABLE t (x)", "INSERT INTO t VALUES ('Mirela Dosk was here')", "DELETE FROM t")


def _folder(folder: Path) -> None:
    (folder / "dosk-mirela").mkdir()


def _link(folder: Path) -> None:
    (folder / "elsewhere").symlink_to("/etc/hostname")


LEAKS: dict[str, Callable[[Path], None]] = {
    "file name": _text("photos/mirela_dosk.txt", "x"),
    "file name, surname only": _text("dosk.txt", "x"),
    "folder name": _folder,
    "link": _link,
    "plain": _text("a.txt", f"It was {NAME} who said so."),
    "case": _text("a.txt", "It was MIRELA DOSK who said so."),
    "surname": _text("a.txt", "“They asked me,” Dosk said."),
    "initial": _text("a.txt", "M. Dosk said so."),
    "last word first": _text("a.txt", "Dosk, Mirela"),
    "initial of a name that is a word": _text("a.txt", "A. Long said so."),
    "accents left out": _text("a.txt", "Thordis Overgard said so."),
    "two letters for one": _text("a.txt", "Thordis Oevergaard said so."),
    "accents added": _text("a.txt", "Mirelà Dösk"),
    "spaced letters": _text("a.txt", "M i r e l a   D o s k"),
    "joined": _text("a.txt", "see mireladosk.example for more"),
    "lines": _text("a.txt", "Mirela\nDosk"),
    "broken words": _text("a.txt", "it was Mire-\nla Do-\nsk who said so"),
    "Cyrillic": _text("a.txt", "Мирела Доск"),
    "look-alike letters": _text("a.txt", "Mіrеlа Dоѕk"),
    "full width": _text("a.txt", "Ｍｉｒｅｌａ　Ｄｏｓｋ"),
    "soft hyphens": _text("a.txt", "Mi\u00adrela Do\u00adsk"),
    "zero width": _text("a.txt", "Mi\u200brela D\u2060osk"),
    "unseen tags": _text("a.txt", "all is well" + "".join(chr(0xE0000 + ord(letter)) for letter in NAME)),
    "Chinese": _text("a.txt", "记者张伟明说"),
    "Chinese, other characters": _text("a.txt", "張偉明"),
    "Chinese, by sound": _text("a.txt", "Zhang Weiming"),
    "markup between letters": _text("a.html", "<p>Mir<b>ela</b> Do<i class='x'>sk</i></p>"),
    "HTML comment": _text("a.html", f"<p>nobody</p><!-- {NAME} -->"),
    "alternative text": _text("a.html", f'<img src="x.png" alt="{NAME}">'),
    "attribute": _text("a.html", '<p data-who="mirela-dosk">nobody</p>'),
    "entities": _text("a.html", "<p>&#77;irela &#x44;osk</p>"),
    "percent signs": _text("a.txt", "https://quay.example/?q=M%69rela%20D%6Fsk"),
    "JSON escapes": _text("a.json", '{"x": "\\u004direla \\u0044osk"}'),
    "JSON, two fields": _text("a.json", '{"given": "Mirela", "family": "Dosk"}'),
    "base64": _text("a.json", json.dumps({"x": base64.b64encode(f"said by {NAME}.".encode()).decode()})),
    "base64 of base64": _text("a.txt", base64.b64encode(base64.b64encode(f"said by {NAME} there".encode())).decode()),
    "hexadecimal": _text("a.txt", NAME.encode().hex()),
    "quoted-printable": _text("a.eml", "M=69rela D=\nosk"),
    "UTF-16": _bytes("a.txt", NAME.encode("utf-16")),
    "hash of the name": _text("a.json", '{"id": "' + hashlib.sha256(b"mirela dosk").hexdigest() + '"}'),
    "id of a withheld document": _text("a.json", '{"doc": "' + "ab" * 32 + '"}'),
    "address of a withheld document": _text("a.txt", "http://www.quay.example/news/visits-near-a-station#top"),
    "words in a row": _text(
        "a.txt", "A report: “Two men came to the bakery of a woman in Oslo and asked her three times where her brother had gone” it says."
    ),
    "PDF text": _bytes("a.pdf", pdf(shown=NAME)),
    "PDF metadata": _bytes("a.pdf", pdf(title=NAME)),
    "PDF structure": _bytes("a.pdf", pdf(alt=NAME)),
    "PDF stream nobody refers to": _bytes("a.pdf", pdf(dead=NAME)),
    "PDF attachment": _bytes("a.pdf", pdf(packed=NAME.encode())),
    "Word text in pieces": _bytes("a.docx", word("x", part=("word/header9.xml", runs("Mir", "ela Do", "sk").encode()))),
    "Word author": _bytes("a.docx", word("x", author=NAME)),
    "Word revision": _bytes("a.docx", word("x", part=("word/old.xml", f"<w:del><w:delText>{NAME}</w:delText></w:del>".encode()))),
    "Word comment": _bytes("a.docx", word("x", part=("word/comments.xml", f"<w:comment>{runs(NAME)}</w:comment>".encode()))),
    "Word custom part": _bytes("a.docx", word("x", part=("customXml/item9.xml", f"<x>{NAME}</x>".encode()))),
    "Word preview": _bytes("a.docx", word("x", part=("docProps/thumbnail.png", png((b"tEXt", b"Comment\0" + NAME.encode()))))),
    "Excel": _bytes("a.xlsx", zipped("xl/sharedStrings.xml", f"<si><t>{NAME}</t></si>")),
    "Excel hidden name": _bytes("a.xlsx", zipped("xl/workbook.xml", '<definedName name="Mirela_Dosk">Sheet1!A1</definedName>')),
    "PNG text": _bytes("a.png", png((b"tEXt", b"Author\0" + NAME.encode()))),
    "PNG packed text": _bytes("a.png", png((b"zTXt", b"Author\0\0" + zlib.compress(NAME.encode())))),
    "PNG tail": _bytes("a.png", png(tail=NAME.encode())),
    "archive behind a picture": _bytes("a.png", png(tail=zipped("x.txt", NAME))),
    "EXIF": _bytes("a.jpg", jpeg(tiff(0x013B, NAME.encode()))),
    "EXIF in two bytes a letter": _bytes("a.jpg", jpeg(tiff(0x9C9D, NAME.encode("utf-16-le")))),
    "position of a picture": _bytes("a.jpg", jpeg(tiff(0x8825, b"0000"))),
    "database": _bytes("a.db", database("CREATE TABLE t (x)", "INSERT INTO t VALUES ('Mirela Dosk')")),
    "deleted row": _bytes("a.db", _deleted()),
    "search index": _bytes("a.db", _indexed()),
    "gzip": _bytes("a.gz", gzip.compress(NAME.encode())),
    "bzip2": _bytes("a.bz2", bz2.compress(NAME.encode())),
    "xz": _bytes("a.xz", lzma.compress(NAME.encode())),
    "zlib": _bytes("a.bin", zlib.compress(NAME.encode())),
    "zip in zip": _bytes("a.zip", zipped("b.zip", zipped("c.txt", NAME))),
    "zip member's name": _bytes("a.zip", zipped("Dosk, Mirela.txt", "x")),
    "zip comment": _bytes("a.zip", zipped("c.txt", "x", comment=NAME.encode())),
    "tar": _bytes("a.tar.gz", gzip.compress(tarred("x.txt", NAME.encode()))),
    "map": _text("a.geojson", json.dumps({"type": "Feature", "properties": {"label": NAME}, "geometry": None})),
    "vector picture": _text("a.svg", f"<svg><title>{NAME}</title></svg>"),
    "unknown kind of file": _bytes("a.bin", b"\x00\x01\xff\xfe\xfd" * 20),
}
"""Channel to a function that plants a leak in a folder."""
