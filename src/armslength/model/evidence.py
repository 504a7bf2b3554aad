"""What was acquired and what it says: sources, how they were collected, the documents made from them, spans.

A source is bytes, named by their SHA-256, and never changes. A document is a text made from a source by a named reader,
named by the SHA-256 of the text; offsets are Unicode code points into it. Whatever is not known says so, with a reason.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """`unknown(reason)`: a field that could not be filled, and why (METHOD E2)."""

    field: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Bytes as acquired. Two files with the same bytes are one source."""

    id: str
    """SHA-256 of the bytes."""
    size: int
    """Bytes."""
    media_type: str
    """Sniffed from the bytes, not believed from the name: `text/html`, `application/pdf`, ..."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """One act of acquiring a source (METHOD E2). The same source acquired twice has two."""

    id: str
    source: str
    file: str
    """Name as it was handed over, without folders."""
    method: str
    """`upload`, `live` or `handed over`."""
    collected_at: str
    """UTC, RFC 3339."""
    clock: str
    collector: str
    """Pseudonym."""
    tool: str
    tool_version: str
    requested_url: str | None = None
    final_url: str | None = None
    http_status: int | None = None
    http_headers: tuple[tuple[str, str], ...] = ()
    title: str | None = None
    """As declared in a manifest; what the file itself says is read later."""
    publisher: str | None = None
    published: str | None = None
    """EDTF, as declared in a manifest."""
    mapping: str = ""
    """For a sheet that people coded: what its columns mean, as canonical JSON."""
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Which program made a derivative, and how (METHOD E1)."""

    name: str
    version: str
    parameters: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A stretch of a document that is one thing to a reader of the page. Blocks are in order and do not overlap."""

    start: int
    end: int
    kind: str
    """`title`, `deck`, `heading`, `paragraph`, `list_item`, `quote`, `caption`, `table`, `boilerplate` or `notice`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A stretch of a document that says again, word for word, what an earlier stretch said."""

    start: int
    end: int
    of: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """Where a text was found: one per source. Two sources that give the same text are one document with two of these."""

    source: str
    file: str
    title: str | None = None
    byline: str | None = None
    publisher: str | None = None
    published: str | None = None
    """EDTF."""
    url: str | None = None
    mapping: str = ""
    """What the columns mean, where the text is a sheet that people coded."""
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A text derivative of a source."""

    id: str
    """SHA-256 of `text` as UTF-8."""
    text: str
    lang: str
    """ISO 639-1, or `und`."""
    reader: Reader
    appearances: tuple[Appearance, ...]
    """Sorted; the first one speaks for the document."""
    blocks: tuple[Block, ...] = ()
    boilerplate: tuple[tuple[int, int], ...] = ()
    """Ranges that are the page's, not the report's: disclaimers, menus, share buttons. Marked, never cut out."""
    duplicates: tuple[Copy, ...] = ()

    @property
    def first(self) -> Appearance:
        """The appearance that speaks for the document."""
        return self.appearances[0]

    @property
    def mapping(self) -> str:
        """What the columns mean, where anybody handed the text over as a sheet that people coded; else empty."""
        return next((row.mapping for row in self.appearances if row.mapping), "")

    @property
    def title(self) -> str | None:
        return self.first.title

    @property
    def publisher(self) -> str | None:
        return self.first.publisher

    @property
    def published(self) -> str | None:
        return self.first.published


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Exact words of a document: `document.text[start:end] == quote`, always."""

    doc: str
    start: int
    end: int
    quote: str
