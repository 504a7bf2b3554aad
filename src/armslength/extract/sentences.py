"""Cut a document into sentences without a parser: cheap, so that every page can be scanned.

In:  a document with its blocks. Out: sentences as ranges into its text, each with its paragraph and what kind of block it is in.
Never: changes, trims or joins text. A sentence ends with the quotation marks and brackets that close it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from armslength.base.offsets import Range, paragraphs, trim
from armslength.extract.turns import Label, labels
from armslength.model.evidence import Document

_SHORT = (
    "mr mrs ms dr prof sen rep gov gen col lt sgt capt rev hon st jr sr vs etc no nos art arts para sec ch vol fig approx "
    "jan feb mar apr jun jul aug sep sept oct nov dec inc ltd co corp cf al e.g i.e u.s u.k u.n e.u a.m p.m d.c"
)
ABBREVIATIONS = frozenset(_SHORT.split())
_END = re.compile(r"[.!?…。！？]+[\"'”’»)\]]*(?=\s|$)|[。！？][”’」』）]*")
_WORD_BEFORE = re.compile(r"([A-Za-z][A-Za-z.]*)$")
_STARTS = re.compile(r"\s+[\"'“‘«(\[–—-]*\s*[A-Z0-9\u00c0-\u00de\u4e00-\u9fff]|\s*$|\s+[“\"]")
_DATELINE = re.compile(r"[A-Z][A-Z.'’ -]{2,30}(?:,\s[A-Z][\w. ]{1,24})?(?:\s\([^()]{2,40}\))?\s?[-–—]{1,2}\s+(?=[A-Z“\"])")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A range of the text that reads as one sentence."""

    index: int
    start: int
    end: int
    paragraph: int
    """Which paragraph of the document, from 0."""
    block: str
    """Kind of the block it stands in."""


def sentences(document: Document) -> list[Sentence]:
    """Cut a document into sentences, in order. Blocks that are not prose give one sentence each."""
    found: list[Sentence] = []
    for number, (start, end, kind) in enumerate(laid_out(document)[0]):
        prose = kind in {"paragraph", "list_item", "quote", "notice", "boilerplate"}
        for a, b in cut(document.text, start, end) if prose else [(start, end)]:
            found.append(Sentence(len(found), a, b, number, kind))
    return found


def one_line(piece: str) -> str:
    """A stretch of text with its line breaks as spaces, character for character: what a parser should see of hard-wrapped text."""
    return piece.translate({10: " ", 11: " ", 12: " ", 13: " ", 0x85: " ", 0x2028: " ", 0x2029: " "})


def laid_out(document: Document) -> tuple[list[tuple[int, int, str]], dict[int, Label]]:
    """Where each paragraph begins to speak and ends, with the kind of block it is; and the speakers' labels that stand before turns, which
    the paragraphs leave out as they do a dateline.
    """
    found = list(_paragraphs(document))
    speakers = labels(document.text, found)
    for number, label in speakers.items():
        found[number] = (label.speaks, *found[number][1:])
    return found, speakers


def _paragraphs(document: Document) -> Iterator[tuple[int, int, str]]:
    if document.blocks:
        for block in document.blocks:
            start, end = trim(document.text, block.start, block.end)
            if start < end:
                yield _after_dateline(document.text, start, end), end, block.kind
    else:
        for start, end in paragraphs(document.text):
            yield _after_dateline(document.text, start, end), end, "paragraph"


def _after_dateline(text: str, start: int, end: int) -> int:
    """Where a paragraph begins to speak: behind a dateline such as `LISBON, March 3 (Some Wire) - `, which says where it was written."""
    match = _DATELINE.match(text, start, end)
    return match.end() if match else start


def cut(text: str, start: int, end: int) -> Iterator[Range]:
    """Cut a paragraph into sentences."""
    here = start
    for match in _END.finditer(text, start, end):
        if match.end() < end and not _ends(text, here, match, end):
            continue
        a, b = trim(text, here, match.end())
        if a < b:
            yield a, b
        here = match.end()
    a, b = trim(text, here, end)
    if a < b:
        yield a, b


def _ends(text: str, start: int, match: re.Match[str], end: int) -> bool:
    """Whether the full stop ends a sentence: not an abbreviation or an initial, and something like a beginning follows."""
    if match.group()[0] in "。！？":
        return True
    if not _STARTS.match(text, match.end(), min(end, match.end() + 8)):
        return False
    if match.group() != ".":
        return True
    word = _WORD_BEFORE.search(text, max(start, match.start() - 20), match.start())
    if not word:
        return True
    name = word.group(1)
    return not (name.lower() in ABBREVIATIONS or (len(name) == 1 and name.isupper()) or re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", name))
