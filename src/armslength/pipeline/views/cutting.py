"""Cutting a document's text for the page: into parts that are one page each, into paragraphs, and these wherever a claim begins or ends.

In:  a document, and where its claims stand.
Out: parts, paragraphs, pieces; the pieces of all parts, joined, are the text again.
Never: loses or changes a character of the text; what surrounds paragraphs is white space only.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, Protocol, TypeVar

from armslength.base.offsets import Range, paragraphs
from armslength.model.evidence import Block, Document

MOST_BYTES = 100_000
"""Bytes of text on one page, as UTF-8: what is left of 500 kB when `MOST_CLAIMS` records of about 2 kB stand beside it."""
MOST_CLAIMS = 150
"""Claims on one page."""
LONGEST = 20_000
"""Code points of a paragraph. One that is longer (a text without line ends) is shown as several."""
_ENDS = (re.compile(r"[.!?؟۔]['\"”’)\]]*\s|[。！？]+[」』”’]*"), re.compile(r"\s"))
"""Where a paragraph may be cut: behind a sentence, or else behind a word."""


class Marked(Protocol):
    """Something that stands in the text and is highlighted there."""

    @property
    def number(self) -> int: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def family(self) -> str: ...


Row = TypeVar("Row", bound=Marked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text under the same claims."""

    text: str
    claims: tuple[int, ...]
    """Numbers of the claims it belongs to; the shortest claim first."""
    family: str
    """Family of the first of them, or empty."""
    ends: tuple[int, ...]
    """Numbers of the claims that end with it."""
    boilerplate: bool
    copy: bool
    """Says again what the same document said before."""
    start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph(Generic[Row]):
    """A stretch of text that is one thing to the reader, and what begins in it."""

    number: int
    """Counted in the whole document, from 1."""
    kind: str
    """`title`, `deck`, `heading`, `paragraph`, `list_item`, `quote`, `caption`, `table`, `boilerplate` or `notice`."""
    start: int
    pieces: tuple[Piece, ...]
    claims: tuple[Row, ...]

    @property
    def boilerplate(self) -> bool:
        return all(piece.boilerplate for piece in self.pieces)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of a document that is shown on one page: whole paragraphs. Parts follow one another without a gap."""

    number: int
    start: int
    end: int
    ranges: tuple[tuple[int, int, str], ...]
    """Its paragraphs: start, end, kind."""
    first: int
    """Number of its first paragraph in the whole document."""

    def holds(self, place: int) -> bool:
        return self.start <= place < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """All parts of a document."""

    rows: tuple[Part, ...]

    def of(self, place: int) -> Part:
        """The part in which a place of the text is shown."""
        found = bisect_right([part.start for part in self.rows], place) - 1
        return self.rows[max(0, found)]

    def paragraph(self, place: int) -> int:
        """Number of the paragraph that a place of the text is in, or stands behind."""
        part = self.of(place)
        return part.first + max(0, bisect_right([low for low, _, _ in part.ranges], place) - 1)


def parts_of(document: Document, starts: Sequence[int], *, most_bytes: int = MOST_BYTES, most_claims: int = MOST_CLAIMS) -> Parts:
    """Cut a document into parts at ends of paragraphs. `starts` are where its claims begin, in order."""
    ranges = paragraph_ranges(document)
    begins = [0, *(low for low, _, _ in ranges[1:]), len(document.text)]
    cuts, size, claims = [0], 0, 0
    for place, (low, high) in enumerate(pairwise(begins)):
        bytes_here = len(document.text[low:high].encode("utf-8", "replace"))
        claims_here = _between(starts, low, high)
        if place > cuts[-1] and (size + bytes_here > most_bytes or claims + claims_here > most_claims):
            cuts.append(place)
            size, claims = 0, 0
        size, claims = size + bytes_here, claims + claims_here
    bounds = [*cuts, max(len(ranges), 1)]
    rows = tuple(
        Part(
            number=number,
            start=begins[low] if low else 0,
            end=begins[high] if high < len(ranges) else len(document.text) + 1,
            ranges=tuple(ranges[low:high]),
            first=low + 1,
        )
        for number, (low, high) in enumerate(pairwise(bounds), start=1)
    )
    return Parts(rows=rows)


def _between(starts: Sequence[int], low: int, high: int) -> int:
    return bisect_right(starts, high - 1) - bisect_right(starts, low - 1)


def cut(document: Document, claims: Sequence[Row], *, part: Part | None = None) -> tuple[Paragraph[Row], ...]:
    """Cut a text (or a part of it) into paragraphs, and each paragraph wherever a claim, boilerplate or an internal copy begins or ends."""
    shown = part or parts_of(document, (), most_bytes=len(document.text) * 4 + 1).rows[0]
    marks = _Marks(
        claims=tuple(sorted(claims, key=lambda row: (row.end - row.start, row.start, row.number))),
        boilerplate=document.boilerplate,
        copies=tuple((copy.start, copy.end) for copy in document.duplicates),
    )
    lows = [shown.start, *(low for low, _, _ in shown.ranges[1:]), shown.end]
    out = []
    for place, (low, high, kind) in enumerate(shown.ranges):
        begun = tuple(row for row in claims if lows[place] <= row.start < lows[place + 1])
        out.append(
            Paragraph(
                number=shown.first + place,
                kind=kind,
                start=low,
                pieces=_pieces(document.text, (low, high), marks.near(low, high)),
                claims=begun,
            )
        )
    return tuple(out)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Marks:
    claims: tuple[Marked, ...]
    boilerplate: tuple[Range, ...]
    copies: tuple[Range, ...]

    def near(self, low: int, high: int) -> _Marks:
        """Those that reach into a stretch."""
        return _Marks(
            claims=tuple(row for row in self.claims if row.start < high and row.end > low),
            boilerplate=tuple(row for row in self.boilerplate if row[0] < high and row[1] > low),
            copies=tuple(row for row in self.copies if row[0] < high and row[1] > low),
        )


def paragraph_ranges(document: Document) -> list[tuple[int, int, str]]:
    """Blocks where the reader found them, lines everywhere else; together they hold all that is not white space."""
    out: list[tuple[int, int, str]] = []
    at = 0
    for block in (*document.blocks, Block(start=len(document.text), end=len(document.text), kind="")):
        gap = document.text[at : block.start]
        out += [(at + low, at + high, "paragraph") for low, high in paragraphs(gap)]
        if block.start < block.end:
            out.append((block.start, block.end, block.kind))
        at = max(at, block.end)
    return [short for low, high, kind in out for short in _shorter(document.text, low, high, kind)]


def _shorter(text: str, low: int, high: int, kind: str) -> Iterable[tuple[int, int, str]]:
    """A paragraph as several where it is too long: cut behind a sentence or a word, else anywhere."""
    while high - low > LONGEST:
        ends = ([found.end() for found in end.finditer(text, low + LONGEST * 3 // 4, low + LONGEST)] for end in _ENDS)
        until = next((found[-1] for found in ends if found), low + LONGEST)
        yield low, until, kind
        low = until
    yield low, high, kind


def _pieces(text: str, span: Range, marks: _Marks) -> tuple[Piece, ...]:
    low, high = span
    ranges: list[Range] = [(row.start, row.end) for row in marks.claims]
    ranges += [*marks.boilerplate, *marks.copies]
    cuts = sorted({low, high} | {edge for row in ranges for edge in row if low < edge < high})
    return tuple(_piece(text, (a, b), marks) for a, b in pairwise(cuts))


def _piece(text: str, span: Range, marks: _Marks) -> Piece:
    a, b = span
    over = [row for row in marks.claims if row.start <= a and b <= row.end]
    return Piece(
        text=text[a:b],
        claims=tuple(row.number for row in over),
        family=over[0].family if over else "",
        ends=tuple(sorted(row.number for row in over if row.end == b)),
        boilerplate=_within(span, marks.boilerplate),
        copy=_within(span, marks.copies),
        start=a,
    )


def _within(span: Range, ranges: Iterable[Range]) -> bool:
    return any(low <= span[0] and span[1] <= high for low, high in ranges)
