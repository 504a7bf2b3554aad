"""Rare invented names planted in every part of every input, and a search for them in every spelling a file can hold.

The sentences are such that a reader finds each person in a claim at least once: a person whom no claim names is not known to the program.
"""

from __future__ import annotations

import base64
import gzip
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import docx
import pypdfium2

PERSONS = (
    "Mirela Quillfeather",
    "Anselm Brambleshaw",
    "Ivo Oxenwhistle",
    "Tilde Zvonimírová",
    "Petra Hollowmere-Vance",
    "Osric Thistlewaite",
)
RARE = (
    "Quillfeather",
    "Brambleshaw",
    "Oxenwhistle",
    "Zvonimírová",
    "Zvonimirova",
    "Hollowmere",
    "Thistlewaite",
    "Cobblestride",
    "Grimsbyhammer",
)

TEXT = """Visits near a service station

By Osric Thistlewaite
The Quay, 3 March 2025

At least 12 overseas police stations operate in nine countries, Mirela Quillfeather, a baker in Oslo, told The Quay. "They asked about my
brother," Quillfeather said. According to Quillfeather, two men came to her shop in May 2024. Ms Quillfeather told the paper that they came back.

Tilde Zvonimírová said that the station in Oslo closed in January 2025. Zvonimírová denied that she had worked there. "There is no station
here," said Zvonimírová. ZVONIMÍROVÁ declined to comment on the rent.
"""

PAGE = """<!doctype html><html lang="en"><head><title>Anselm Brambleshaw threatened in Lisbon</title><meta name="author" content="Osric Thistlewaite">
<meta property="og:site_name" content="Fjord Post"><meta property="article:published_time" content="2025-05-20"></head><body><article>
<h1>Anselm Brambleshaw threatened in Lisbon</h1><p class="byline">By Osric Thistlewaite</p>
<img src="x.png" alt="Anselm Brambleshaw at home"><p>In March 2025 officers threatened Anselm Brambleshaw in Lisbon. Brambleshaw received calls from a man who said that he was a police
officer. Mr. Brambleshaw denied the accusation and declined to comment.</p>
<p>Dr Petra Hollowmere-Vance, a lawyer for Brambleshaw, said that prosecutors in Lisbon had opened an investigation. Hollowmere-Vance said her
client would appeal. Brambleshaw, who was threatened in Lisbon, says that at least 12 overseas police stations exist.</p></article></body></html>
"""

LINES = (
    "Professor Ivo Oxenwhistle counts three overseas police stations in Vienna.",
    "Oxenwhistle's report says that the stations persuaded 310 people to return.",
    "The figure is an undercount, Oxenwhistle said.",
)


SHEET = """no,what,in,how,who
1,Two men followed Wanda Cobblestride home.,Norway,,Wanda Cobblestride
2,Cobblestride was told to go back.,Norway,,"Cobblestride, W."
3,They rang at the door of Ulf Grimsbyhammer.,Norway,ringing,Ulf Grimsbyhammer
"""
MAPPING = "name: Harbour log\nkind: incident.case\nkey: no\nquote: [what]\ncountry: in\nmethods: {column: how, words: {beating: A2}}\npersons: [who]\n"
"""A sheet that people coded, and what its columns mean; its last row is refused for a word that has no code."""


def plant(folder: Path) -> None:
    """A folder of files that name the persons in text, title, byline, alt text, properties, file name and manifest; one is broken."""
    folder.mkdir()
    (folder / "quillfeather-tells.txt").write_text(TEXT, encoding="utf-8")
    (folder / "brambleshaw_anselm.html").write_text(PAGE, encoding="utf-8")
    (folder / "report.pdf").write_bytes(pdf())
    document = docx.Document()
    document.core_properties.author = "Ivo Oxenwhistle"
    document.core_properties.title = "What Ivo Oxenwhistle counted"
    for line in LINES:
        document.add_paragraph(line)
    document.save(str(folder / "oxenwhistle.docx"))
    (folder / "Mirela Quillfeather.pdf").write_bytes(b"%PDF-1.7 Mirela Quillfeather")
    rows = [
        "file,url,title,publisher,published",
        "quillfeather-tells.txt,https://quay.example/2025/mirela-quillfeather-tells,What Mirela Quillfeather saw,The Quay,2025-03-03",
        "report.pdf,https://quay.example/?q=Ivo%20Oxenwhistle&z=Zvonim%C3%ADrov%C3%A1,Ivo Oxenwhistle's count,,",
    ]
    (folder / "manifest.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")


def pdf() -> bytes:
    """A PDF of one page with a title."""
    shown = "".join(f"({line}) Tj 0 -16 Td " for line in LINES)
    content = f"BT /F1 12 Tf 72 720 Td {shown}ET".encode()
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Title (A count by Ivo Oxenwhistle) /Author (Ivo Oxenwhistle) >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(bodies) + 1, table)
    return out + b"trailer\n<< /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, start)


def spellings(name: str) -> Iterator[bytes]:
    """A name as files can hold it, in small letters."""
    for form in {name, name.upper(), name.casefold()}:
        yield form.encode()
        yield form.encode("utf-16-le")
        yield form.encode("utf-16-be")
        yield quote(form).encode()
        yield json.dumps(form)[1:-1].encode()
        for before in range(3):
            whole = base64.b64encode(b"\0" * before + form.encode())
            yield whole[4 : len(whole) - 4]


_SPELLED = re.compile(
    b"|".join(sorted({re.escape(form) for name in RARE for form in spellings(name)}, key=len, reverse=True)), re.IGNORECASE
)


def named_in(data: bytes) -> list[str]:
    """What of the names some bytes hold, also inside archives and compressed streams."""
    found = [match.group().decode("utf-8", "replace") for match in _SPELLED.finditer(data)]
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.namelist():
                found += named_in(entry.encode()) + named_in(archive.read(entry))
    if data[:2] == b"\x1f\x8b":
        found += named_in(gzip.decompress(data))
    if data[:5] == b"%PDF-":
        found += named_in(read_in_pdf(data).encode())
    return found


def read_in_pdf(data: bytes) -> str:
    """The words on the pages of a PDF, its outline and its properties; nothing of one that is broken."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return ""
    pages = [page.get_textpage().get_text_range() for page in document]
    outline = [str(mark.get_title()) for mark in document.get_toc()]
    return "\n".join([*pages, *outline, *document.get_metadata_dict().values()])


def files_that_name(folder: Path) -> list[str]:
    """Files below a folder whose name or content names somebody."""
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    said = {str(path.relative_to(folder)): named_in(str(path.relative_to(folder)).encode()) + named_in(path.read_bytes()) for path in paths}
    return [f"{name}: {found[:3]}" for name, found in said.items() if found]
