"""The report as a Word document, for people who go on writing in it.

In:  an outline.
Out: the bytes of one DOCX: real headings, a language on every quotation, notes as numbers that lead to the note and back.
Never: a name of an author or machine in its properties; a time of making that differs from one export to the next.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import count

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from armslength.publish.content import Content
from armslength.publish.report.outline import Bearing, Entry, Passage, Report, outline

FILE = "report.docx"
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_ZIPPED = (2000, 1, 1, 0, 0, 0)
_GREY = RGBColor(0x55, 0x55, 0x55)


def files(content: Content) -> Iterator[tuple[str, Iterator[bytes]]]:
    """The one file, of a whole case."""
    yield FILE, iter([document(outline(content))])


def document(report: Report) -> bytes:
    """The whole document."""
    return _Writer().write(report)


class _Writer:
    """One document being written; bookmarks are numbered as they come."""

    def __init__(self) -> None:
        self._doc = docx.Document()
        self._ids = count(1)
        self._styles()

    def write(self, report: Report) -> bytes:
        self._doc.add_heading(report.title, 0)
        opening = [f"As of {report.as_of}." if report.as_of else "", f"Scope: {report.scope}." if report.scope else "", report.counted]
        self._doc.add_paragraph(" ".join(filter(None, opening)))
        for line in report.about:
            self._doc.add_paragraph(line)
        for section in report.sections:
            self._doc.add_heading(section.heading, 1)
            for entry in section.entries:
                self._entry(entry)
        self._doc.add_heading("Source notes", 1)
        for note in report.notes:
            paragraph = self._doc.add_paragraph(style="Note")
            self._bookmark(paragraph, f"note{note.number}", f"{note.number}. ")
            paragraph.add_run(f"{note.text}; {note.place}.")
        return self._bytes(report.title)

    def _entry(self, entry: Entry) -> None:
        heading = self._doc.add_heading("", 2)
        self._bookmark(heading, f"fact{entry.fact[:32]}", entry.heading)
        when = f", as of {entry.as_of}" if entry.as_of else ""
        self._doc.add_paragraph(f"{entry.kind}{when}. State: {entry.state}.")
        if entry.summary:
            self._doc.add_paragraph().add_run(f"{entry.summary}.").bold = True
        for denial in entry.denials:
            self._bearing(denial, style="Normal")
        for sentence in entry.fairness:
            self._doc.add_paragraph(sentence)
        self._passages((*entry.passages, *(row for denial in entry.denials for row in denial.passages)))
        for other in entry.bearings:
            self._bearing(other, style="Small")
        if entry.reasons:
            self._doc.add_paragraph(" ".join(entry.reasons), style="Small")

    def _bearing(self, other: Bearing, *, style: str) -> None:
        paragraph = self._doc.add_paragraph(style=style)
        paragraph.add_run(f"{other.words}: ").bold = style == "Normal"
        self._link(paragraph, f"fact{other.fact[:32]}", other.label)
        paragraph.add_run(f". {other.reason}")

    def _passages(self, rows: Iterable[Passage]) -> None:
        for row in rows:
            paragraph = self._doc.add_paragraph(style="Said")
            run = paragraph.add_run(f"“{row.quote}”")
            if row.lang not in {"und", ""}:
                mark = OxmlElement("w:lang")
                mark.set(qn("w:eastAsia" if row.lang in {"zh", "ja", "ko"} else "w:val"), row.lang)
                run._r.get_or_add_rPr().append(mark)  # noqa: SLF001 - python-docx has no door for a run's language
            self._link(paragraph, f"note{row.note}", str(row.note), raised=True)
            paragraph.add_run().add_break()
            chain = paragraph.add_run(row.chain)
            chain.font.size, chain.font.color.rgb = Pt(9), _GREY

    def _bookmark(self, paragraph: Paragraph, name: str, text: str) -> None:
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        number = str(next(self._ids))
        start.set(qn("w:id"), number)
        start.set(qn("w:name"), name)
        end.set(qn("w:id"), number)
        paragraph._p.append(start)  # noqa: SLF001 - nor for bookmarks
        paragraph.add_run(text)
        paragraph._p.append(end)  # noqa: SLF001

    def _link(self, paragraph: Paragraph, anchor: str, text: str, *, raised: bool = False) -> None:
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), anchor)
        run = paragraph.add_run(text)
        run.font.superscript = raised or None
        run.font.color.rgb = RGBColor(0x1D, 0x4F, 0x6E)
        link.append(run._r)  # noqa: SLF001 - nor for links inside the document
        paragraph._p.append(link)  # noqa: SLF001

    def _styles(self) -> None:
        styles = self._doc.styles
        styles["Normal"].font.name, styles["Normal"].font.size = "Georgia", Pt(10.5)
        for name, size, left in (("Said", 10.5, 0.8), ("Small", 9, 0), ("Note", 9, 0)):
            style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = styles["Normal"]
            style.font.size = Pt(size)
            style.paragraph_format.left_indent = Cm(left)
            style.paragraph_format.space_after = Pt(5)

    def _bytes(self, title: str) -> bytes:
        told = self._doc.core_properties
        told.title, told.author, told.last_modified_by, told.comments = title, "armslength", "armslength", ""
        told.created = told.modified = _EPOCH.replace(tzinfo=None)
        told.revision, told.language = 1, "en"
        out = io.BytesIO()
        self._doc.save(out)
        return _settled(out.getvalue())


def _settled(data: bytes) -> bytes:
    """The same archive with one time on every member, and without the template's picture of an empty page."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            if name == "docProps/thumbnail.jpeg":
                continue
            body = before.read(name)
            if name == "_rels/.rels":
                body = _without_thumbnail(body)
            member = zipfile.ZipInfo(name, _ZIPPED)
            member.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(member, body)
    return out.getvalue()


def _without_thumbnail(rels: bytes) -> bytes:
    from lxml import etree

    tree = etree.fromstring(rels)
    for row in list(tree):
        if "thumbnail" in str(row.get("Type")):
            tree.remove(row)
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
