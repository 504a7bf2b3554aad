"""Web pages: the main text with its headings, lists, quotes, captions and notices, in the order of the page.

In:  the bytes of an HTML page.
Out: a `Reading`. trafilatura decides what the main text is; the words and their order are taken from the page itself, so that captions and
     republication notices, which it leaves out, can stay in their places.
Never: follows a link, loads or runs anything; uses trafilatura's deduplication, whose results depend on pages read before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from lxml import html as lxml_html
from lxml.etree import ParserError, _Element

from armslength.ingest.bylines import read_byline
from armslength.ingest.copies import fold
from armslength.ingest.datelines import iso_date, read_date_line
from armslength.ingest.decode import Decoded, decode, decode_as
from armslength.ingest.layout import find_publisher, line_kind, sentence_kind, settle
from armslength.ingest.readers.finish import compose, finish, still_missing, storable
from armslength.ingest.readers.head import changed_dates, declared_address, declared_date, declared_language, declared_publisher
from armslength.ingest.readers.page import PageBlock, page_blocks
from armslength.ingest.readers.plain import decoding
from armslength.ingest.reading import Head, Reading, UnreadableError
from armslength.model.evidence import Missing, Reader

VERSION = "1"
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "cp1252", "latin-1": "cp1252", "big5": "big5hkscs"}
_ANCHOR = 25
"""Code points from which a block that occurs in the main text is taken to be that part of it. Shorter ones may be menu words."""
_COVERED = 0.8
"""Share of trafilatura's text that must be found again in the page's own blocks; with less, its text is used as it is."""
_NOTICE = 600
_LAST_DAY = "2100-01-01"
"""Without it htmldate asks the machine what day it is."""


def read_html(data: bytes) -> Reading:
    """Read a web page. Raises UnreadableError when nothing on it can be read."""
    import trafilatura

    decoded = _decode(data)
    root = _parse(decoded.text)
    main = trafilatura.bare_extraction(
        decoded.text,
        include_comments=False,
        include_tables=True,
        deduplicate=False,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True, "max_date": _LAST_DAY},
    )
    page = page_blocks(root)
    parts, way = _main_blocks(page, main)
    head, missing = _head(root, page, main, parts)
    text, blocks = compose((kind, storable(words)) for kind, words in parts)
    blocks = settle(text, blocks)
    head = replace(head, publisher=head.publisher or find_publisher(text, blocks))
    head = replace(head, missing=still_missing(head, missing))
    parameters = (*decoding(decoded), ("main_text", way), ("trafilatura", trafilatura.__version__))
    reader = Reader(name="html", version=VERSION, parameters=parameters)
    return finish(text, blocks, head, reader=reader, declared_lang=declared_language(root))


def _decode(data: bytes) -> Decoded:
    """Bytes that are valid UTF-8 are UTF-8, whatever the page declares; otherwise the declaration, otherwise the bytes."""
    guessed = decode(data)
    if guessed.basis in {"byte order mark", "valid UTF-8"}:
        return guessed
    match = _CHARSET.search(data[:4096])
    declared = match[1].decode("ascii").lower() if match else ""
    return decode_as(data, _SUPERSETS.get(declared, declared), basis="declared by the page") or guessed


def _parse(text: str) -> _Element:
    """Parse without network or entity expansion; a leading XML declaration would make lxml refuse a decoded text."""
    try:
        parser = lxml_html.HTMLParser(no_network=True, huge_tree=True)
        return lxml_html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text), parser=parser)
    except (ParserError, ValueError) as error:
        raise UnreadableError("the page holds no text") from error


def _main_blocks(page: Sequence[PageBlock], main: Any) -> tuple[list[tuple[str, str]], str]:
    """The (kind, words) of the main text, and how they were found."""
    body = [fold("".join(element.itertext())) for element in main.body] if main is not None and main.body is not None else []
    whole = " ".join(body)
    anchors = [i for i, block in enumerate(page) if not block.frame and len(block.words) >= _ANCHOR and block.words in whole]
    if not whole or not anchors:
        return [(block.kind, block.words) for block in page if not block.frame], "the whole page but its frame"
    short = {fold("".join(element.itertext())) for element in main.body.iter()}
    kept = [i for i, block in enumerate(page) if _belongs(block, i, anchors=anchors, whole=whole, short=short)]
    found = sum(len(page[i].words) for i in kept if page[i].words in whole)
    if found >= _COVERED * len(whole):
        return _titled([page[i] for i in kept]), "trafilatura, in the page's own words and order"
    extras = [(block.kind, block.words) for block in page if block.words not in whole and _is_notice(block)]
    return [(_body_kind(element), fold("".join(element.itertext()))) for element in main.body] + extras, "trafilatura"


def _belongs(block: PageBlock, i: int, *, anchors: Sequence[int], whole: str, short: set[str]) -> bool:
    inside = anchors[0] <= i <= anchors[-1]
    if i in anchors or _is_notice(block):
        return True
    if block.frame:
        return False
    if block.tag == "h1" and i < anchors[-1]:
        return True
    if block.kind == "caption":
        return inside
    near = anchors[0] - 3 <= i <= anchors[-1] + 5
    return (inside or near) and (block.words in short or (block.kind in {"list_item", "table"} and inside and block.words in whole))


def _is_notice(block: PageBlock) -> bool:
    """Words that say where the text comes from, or the site's disclaimer, wherever on the page they stand."""
    if len(block.words) > _NOTICE:
        return False
    kind = sentence_kind(block.words, edge=True)
    return kind is not None or line_kind(block.words, edge=True) == "notice"


def _titled(blocks: Sequence[PageBlock]) -> list[tuple[str, str]]:
    """The first top heading, or else the first heading before any paragraph, is the title."""
    top = next((i for i, block in enumerate(blocks) if block.tag == "h1"), None)
    if top is None and blocks and blocks[0].kind == "heading":
        top = 0
    return [("title" if i == top else block.kind, block.words) for i, block in enumerate(blocks)]


def _body_kind(element: _Element) -> str:
    kinds = {"head": "heading", "item": "list_item", "list": "list_item", "quote": "quote", "table": "table"}
    return kinds.get(str(element.tag), "paragraph")


def _head(root: _Element, page: Sequence[PageBlock], main: Any, parts: Sequence[tuple[str, str]]) -> tuple[Head, tuple[Missing, ...]]:
    title = next((words for kind, words in parts if kind == "title"), None) or (_clean(main.title) if main is not None else None)
    top = [block.words for block in page if not block.frame and len(block.words) < 200]
    lines = [line for line in map(read_date_line, top) if line]
    names = [name for name in map(read_byline, top) if name]
    named = [*([main.author] if main is not None else []), *names, *(line.byline for line in lines)]
    byline = next((name for name in map(_clean, named) if name), None)
    best = min(lines, key=lambda line: line.rank, default=None)
    guessed = iso_date(main.date) if main is not None and main.date else None
    guessed = None if guessed in changed_dates(root) else guessed
    head = Head(
        title=title,
        byline=byline,
        publisher=declared_publisher(root),
        published=declared_date(root) or (best.published if best else None) or guessed,
        url=declared_address(root),
    )
    missing = (
        Missing(field="title", reason="the page has no heading or title"),
        Missing(field="byline", reason="the page names no author"),
        Missing(field="published", reason="the page gives no date of its own"),
    )
    return head, missing


def _clean(value: str | None) -> str | None:
    return " ".join((value or "").split()) or None
