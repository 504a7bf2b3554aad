"""Small files made for the tests, in every format that armslength reads."""

from __future__ import annotations

import io
import zipfile

SENTENCE = "The council of Karsk said on Monday that it had found two offices in the old harbour."


def make_docx(*, title: str = "A quiet harbour") -> bytes:
    import docx

    document = docx.Document()
    document.core_properties.author = "Ann Example"
    document.add_heading(title, level=0)
    document.add_paragraph(SENTENCE)
    document.add_heading("What was found", level=1)
    document.add_paragraph("A desk and a lamp", style="List Bullet")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Karsk", "2"
    document.add_paragraph("This article is republished courtesy of Radio Example.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def make_pdf(*lines: str, title: str = "") -> bytes:
    """A PDF of one page, written by hand; without lines it has no text layer."""
    shown = "".join(f"({line}) Tj 0 -16 Td " for line in lines)
    content = f"BT /F1 12 Tf 72 720 Td {shown}ET".encode()
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Title ({title}) /Author (Ann Example) /CreationDate (D:20230312100000Z) >>".encode(),
    ]
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, body in enumerate(bodies, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    table = out.tell()
    out.write(b"xref\n0 7\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer << /Size 7 /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n" % table)
    return out.getvalue()


def make_zip(*entries: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<w/>")
        for name, data in entries:
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


PAGE = f"""<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Offices found - Harbour Post</title>
<meta property="og:site_name" content="Harbour Post"><meta property="article:published_time" content="2023-03-12T09:00:00Z">
<link rel="canonical" href="https://harbourpost.example/offices"></head><body>
<nav><ul><li>Home</li><li>World</li></ul></nav>
<article><h1>Offices found in Karsk</h1><p>By Ann Example</p>
<p>{SENTENCE} It gave no addresses, and the mayor did not take questions from the press.</p>
<figure><img src="a.png"><figcaption>The harbour of Karsk. Photo: File</figcaption></figure>
<h2>Two desks</h2>
<p>Each of the two offices had a desk, a lamp and a book in which visitors signed their names.</p>
<ul><li>The first office opened in spring near the ferry.</li><li>The second opened in autumn by the market.</li></ul>
<blockquote><p>“We sell ferry tickets and nothing else,” the owner of the shop next door said.</p></blockquote></article>
<aside><p>More stories from the harbour that have nothing to do with this one at all.</p></aside>
<footer><p>This article was originally published by Radio Example and is used with permission.</p>
<p>Harbour Post is not responsible for the content of external sites.</p></footer></body></html>"""
