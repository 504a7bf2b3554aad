"""Makes the PDF and DOCX files of the example corpus from the texts in `written/`.

In:  `examples/written/*.txt`: first line the title, second line (and a third before the blank line) the imprint, then paragraphs.
Out: files in `examples/corpus/`, the same bytes every time. One PDF is cut off in the middle on purpose.
Never: reads the clock, or anything from outside this folder.

Run it with `python examples/make_examples.py`; `--check` only says whether the files in the corpus are what it would make.
"""

from __future__ import annotations

import argparse
import io
import sys
import textwrap
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

HERE = Path(__file__).parent
NOTE = "Fiction written for the armslength examples."
LINE = 88  # characters that fit between the margins of an A4 page in Helvetica 11
LINES_A_PAGE = 50
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest moment a zip file can name

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
DOCX_TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{WORD_TYPE}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{WORD_TYPE}.styles+xml"/>'
    '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    "</Types>"
)
DOCX_RELATIONS = (
    f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>"
)
DOCX_DOCUMENT_RELATIONS = (
    f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>'
)
DOCX_STYLES = (
    f'<w:styles xmlns:w="{WORD}">'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/></w:style>'
    "</w:styles>"
)
DOCX_CORE = (
    f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator><dc:description>{note}</dc:description>"
    "</cp:coreProperties>"
)


def read_written(name: str) -> tuple[str, list[str], list[str]]:
    """Title, imprint lines, paragraphs of one written text."""
    head, *paragraphs = (HERE / "written" / f"{name}.txt").read_text(encoding="utf-8").strip().split("\n\n")
    title, *imprint = head.split("\n")
    return title, imprint, paragraphs


def write_pdf(title: str, imprint: list[str], paragraphs: list[str]) -> bytes:
    """A plain PDF: one font, lines broken as a typesetter would, uncompressed."""
    lines = [title, *imprint, ""]
    for paragraph in paragraphs:
        lines += [*textwrap.wrap(paragraph, LINE), ""]
    pages = [lines[at : at + LINES_A_PAGE] for at in range(0, len(lines), LINES_A_PAGE)]
    streams = [_page_content(page, first=number == 0) for number, page in enumerate(pages)]
    return _assemble_pdf(title, streams)


def _page_content(lines: list[str], *, first: bool) -> bytes:
    out = [b"BT 14 TL 50 790 Td"]
    for number, line in enumerate(lines):
        size = 15 if first and number == 0 else 11
        out.append(b"/F1 %d Tf (%s) Tj T*" % (size, _pdf_string(line)))
    return b"\n".join([*out, b"ET"])


def _pdf_string(text: str) -> bytes:
    data = text.encode("cp1252")
    return data.replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")


def _assemble_pdf(title: str, streams: list[bytes]) -> bytes:
    """Content first, catalogue last: a file cut off in the middle cannot be mended by a lenient reader."""
    count = len(streams)
    font, pages, catalogue, info = 2 * count + 1, 2 * count + 2, 2 * count + 3, 2 * count + 4
    objects = [b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream) for stream in streams]
    objects += [
        b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F1 %d 0 R >> >> >>"
        % (pages, number + 1, font)
        for number in range(count)
    ]
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    kids = b" ".join(b"%d 0 R" % (count + number + 1) for number in range(count))
    objects.append(b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count))
    objects.append(b"<< /Type /Catalog /Pages %d 0 R >>" % pages)
    objects.append(b"<< /Title (%s) /Subject (%s) >>" % (_pdf_string(title), _pdf_string(NOTE)))
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, catalogue, info, start)
    return bytes(out)


def write_docx(title: str, imprint: list[str], paragraphs: list[str]) -> bytes:
    """The smallest Word file with a heading. Nothing is compressed, so no version of zlib can change a byte."""
    texts = [("Heading1", title), *(("Normal", text) for text in [*imprint, *paragraphs])]
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
        for style, text in texts
    )
    parts = {
        "[Content_Types].xml": DOCX_TYPES,
        "_rels/.rels": DOCX_RELATIONS,
        "word/_rels/document.xml.rels": DOCX_DOCUMENT_RELATIONS,
        "word/styles.xml": DOCX_STYLES,
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
        "docProps/core.xml": DOCX_CORE.format(title=escape(title), author=escape(imprint[0].removeprefix("By ")), note=NOTE),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, ZIP_EPOCH), f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}')
    return out.getvalue()


def make() -> dict[str, bytes]:
    """Every made file of the corpus, by name."""
    annex = write_pdf(*read_written("12-quiet-counters-annex"))
    return {
        "01-open-harbour-watch-quiet-counters.pdf": write_pdf(*read_written("01-open-harbour-watch-quiet-counters")),
        "05-danube-courier-vienna-closed.docx": write_docx(*read_written("05-danube-courier-vienna-closed")),
        "07-noordkade-university-field-count.pdf": write_pdf(*read_written("07-noordkade-university-field-count")),
        "12-quiet-counters-annex.pdf": annex[: len(annex) // 4],
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file differs")
    check = parser.parse_args().check
    stale = {name: data for name, data in make().items() if not (path := HERE / "corpus" / name).exists() or path.read_bytes() != data}
    for name, data in stale.items():
        sys.stdout.write(f"{name}: {'differs from what examples/make_examples.py makes' if check else 'written'}\n")
        if not check:
            (HERE / "corpus" / name).write_bytes(data)
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
