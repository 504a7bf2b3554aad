"""The report as a tagged PDF (PDF/UA-1), set by Typst.

In:  an outline.
Out: the bytes of one PDF; the same for the same outline, fonts and version of Typst.
Never: markup made of a text that was read: the outline goes in as data. Nothing is fetched; nothing is read but the template.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from importlib import resources

from armslength.base.errors import InputError
from armslength.publish.content import Content
from armslength.publish.report.outline import Report, outline

FILE = "report.pdf"
_MADE = 946684800
"""2000-01-01 as the time of making, in seconds since 1970: the real one would make two reports of one case differ."""


def files(content: Content) -> Iterator[tuple[str, Iterator[bytes]]]:
    """The one file, of a whole case."""
    yield FILE, iter([pdf(outline(content))])


def pdf(report: Report) -> bytes:
    """Set a report. Raises InputError when Typst is not installed, or a language's signs are in no font of this machine."""
    try:
        import typst
    except ImportError:
        raise InputError("A report in PDF needs Typst. Install it with: pip install 'armslength[pdf]'; or export --format docx.") from None
    template = (resources.files("armslength.publish") / "data" / "report.typ").read_bytes()
    told = json.dumps(asdict(report), ensure_ascii=True)
    try:
        return bytes(typst.compile(template, format="pdf", sys_inputs={"report": told}, pdf_standards=["ua-1"], timestamp=_MADE))
    except typst.TypstError as error:
        raise InputError(f"The report could not be set as PDF: {error.message}. Export it with --format docx.") from None
