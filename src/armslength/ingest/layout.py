"""What each stretch of a plain text is, and what the text says about itself.

In:  a text, nothing else.
Out: blocks that together cover every code point but white space, once; title, by-line, date, publisher.
Never: cuts, trims or changes the text; looks anything up. A text may be one long line: then there is no title, and `missing` says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from armslength.base.offsets import trim
from armslength.ingest.bylines import read_byline, read_label
from armslength.ingest.datelines import DateLine, is_outlet, parse_date, read_date_line
from armslength.ingest.grammar import Pattern, furniture, matches
from armslength.ingest.reading import Head
from armslength.ingest.sentences import sentences
from armslength.ingest.units import Unit, cut_units, is_list_item, is_numbered
from armslength.model.evidence import Block, Missing

TOP, BOTTOM = 8, 6
"""Units from the beginning and the end among which by-lines and date lines are looked for."""
_EDGE_TOP, _EDGE_BOTTOM = 3, 6
_CLOSERS = "\"'”’»)]）」』*_ "
_FINAL = tuple(".。,，;；:：、…")
_NO_NAMES = frozenset({"we", "the site", "this site", "the publisher", "the author", "author", "authors", "all rights reserved"})
_CJK = re.compile(r"[\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Blocks in order, and the head of the text."""

    blocks: tuple[Block, ...]
    head: Head


def lay_out(text: str, *, wrapped: bool | None = None) -> Layout:
    """Find the blocks of a plain text and what it says about itself. `wrapped`: lines end at a margin; None: tell from the text."""
    units = cut_units(text, wrapped=wrapped)
    kinds = _furniture_kinds(text, units)
    labels = _labelled(text, units)
    dates = {i: line for i in _ends(len(units)) if i not in labels and (line := read_date_line(_of(text, units[i])))}
    names = {i: name for i in _ends(len(units)) if i not in labels and i not in dates and (name := read_byline(_of(text, units[i])))}
    outlets = [i for i in range(min(4, len(units) - 1)) if i not in labels and i not in kinds and i > 0 and is_outlet(_of(text, units[i]))]
    for i, (field, _) in labels.items():
        kinds[i] = "title" if field == "title" else "boilerplate"
    for i in (*dates, *names, *outlets):
        kinds[i] = "boilerplate"
    title = _mark_head(text, units, kinds)
    _mark_headings(text, units, kinds)
    _mark_lists(text, units, kinds)
    blocks = tuple(block for i, unit in enumerate(units) for block in _split(text, unit, kinds.get(i), edge=_at_edge(i, len(units))))
    head = _head(labels=labels, dates=list(dates.values()), names=list(names.values()), title=title)
    publisher = head.publisher or find_publisher(text, blocks) or next((_of(text, units[i]) for i in outlets), None)
    return Layout(blocks=blocks, head=replace(head, publisher=publisher))


def split_prose(text: str, block: Block, *, edge: bool) -> Iterator[Block]:
    """Cut a paragraph wherever a sentence is furniture or a notice, and after a wire agency's opening."""
    start = block.start
    for pattern in furniture("opening"):
        match = matches(pattern, text[start : block.end]) if _applies(pattern, edge=edge) else None
        if match and match.end() and match.end() < block.end - start:
            a, b = trim(text, start, start + match.end())
            yield Block(start=a, end=b, kind=pattern.kind)
            start = trim(text, start + match.end(), block.end)[0]
            break
    rest = start
    for a, b in sentences(text, start, block.end):
        kind = sentence_kind(text[a:b], edge=edge)
        if kind:
            yield from _piece(text, rest, a, block.kind)
            yield Block(start=a, end=b, kind=kind)
            rest = b
    yield from _piece(text, rest, block.end, block.kind)


def settle(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """For blocks that a file's own markup gave: find the furniture, captions and notices among its paragraphs and list items."""
    out: list[Block] = []
    for i, block in enumerate(blocks):
        if block.kind not in {"paragraph", "list_item"}:
            out.append(block)
            continue
        edge = _at_edge(i, len(blocks))
        kind = line_kind(text[block.start : block.end], edge=edge) or (
            "boilerplate" if edge and _is_own_line(text[block.start : block.end]) else None
        )
        out.extend([replace(block, kind=kind)] if kind else split_prose(text, block, edge=edge))
    return tuple(out)


def _is_own_line(line: str) -> bool:
    """A by-line or date line."""
    return read_date_line(line) is not None or read_byline(line) is not None


def sentence_kind(sentence: str, *, edge: bool) -> str | None:
    """`boilerplate` or `notice` when a sentence is one, else None."""
    return next((p.kind for p in furniture("sentence") if _applies(p, edge=edge) and matches(p, sentence)), None)


def line_kind(line: str, *, edge: bool) -> str | None:
    """`boilerplate`, `notice` or `caption` when a whole line is one, else None."""
    return next((p.kind for p in furniture("line") if _applies(p, edge=edge) and matches(p, line)), None)


def find_publisher(text: str, blocks: Sequence[Block]) -> str | None:
    """The site's own name, where its disclaimers or rights line give it."""
    naming = [pattern for pattern in furniture("sentence") if "publisher" in pattern.pattern.groupindex]
    for pattern in naming:
        for block in blocks:
            match = matches(pattern, text[block.start : block.end]) if block.kind == "boilerplate" else None
            name = (match["publisher"] or "").strip(" .,") if match else ""
            if name and name[0].isupper() and name.lower() not in _NO_NAMES:
                return name
    return None


def title_like(line: str, *, longest: int = 200) -> bool:
    """Whether a line has the form of a headline: short, begins with no small letter, ends with no full stop."""
    bare = line.rstrip(_CLOSERS)
    longest = longest // 3 if _CJK.search(line) else longest
    return bool(bare) and len(line) <= longest and not bare.endswith(_FINAL) and not line[0].islower() and any(c.isalpha() for c in line)


def _mark_head(text: str, units: Sequence[Unit], kinds: dict[int, str]) -> str | None:
    """Mark the title and the deck; return the title."""
    labelled = next((i for i, kind in kinds.items() if kind == "title"), None)
    free = [i for i in range(len(units)) if i not in kinds]
    if labelled is not None:
        found = read_label(_of(text, units[labelled]))
        return found[1] if found else None
    run: list[int] = []
    for i in free[:4]:
        line = _of(text, units[i])
        if not title_like(line) or is_list_item(line) or i == free[-1] or sentence_kind(line, edge=True):
            break
        run.append(i)
    if not run or not (_stands_alone(units, run[0], text) or _stands_alone(units, run[-1], text)):
        return None
    first = run[0]
    if len(run) > 1 and _weight(_of(text, units[first])) <= 3 < _weight(_of(text, units[run[1]])):
        # A single word or two above the headline is the section's name.
        kinds[first] = "heading"
        run = run[1:]
    kinds[run[0]] = "title"
    if len(run) > 1 and _weight(_of(text, units[run[1]])) >= 7:
        kinds[run[1]] = "deck"
    return _of(text, units[run[0]]).lstrip("# ").strip()


def _stands_alone(units: Sequence[Unit], i: int, text: str) -> bool:
    """A blank line follows, or a line that is clearly longer."""
    here, after = units[i], units[i + 1]
    return here.gap_after or len(_of(text, after)) > 1.5 * len(_of(text, here))


def _mark_headings(text: str, units: Sequence[Unit], kinds: dict[int, str]) -> None:
    for i, unit in enumerate(units):
        line = _of(text, unit)
        if i in kinds or i == len(units) - 1 or is_list_item(line) or sentence_kind(line, edge=True):
            continue
        marked = re.match(r"#{1,6} ", line) is not None
        if marked or (_heading_like(line) and not _in_a_row(text, units, i)):
            kinds[i] = "heading"


def _heading_like(line: str) -> bool:
    """Shorter than a title; a question standing alone is as often speech as a heading, so it counts as a paragraph."""
    speech = line.rstrip(_CLOSERS).endswith(("?", "!"))
    return (
        title_like(line, longest=90)
        and _weight(line) <= 12
        and line[0].isalnum()
        and not speech
        and (line[-1].isalnum() or line[-1] in _CLOSERS)
    )


def _in_a_row(text: str, units: Sequence[Unit], i: int) -> bool:
    """Three short lines one after the other without blank lines are a list or an address, not headings."""
    short = [title_like(_of(text, unit), longest=90) for unit in units[max(0, i - 2) : i + 3]]
    return sum(short) >= 3 and not units[i].gap_after


def _mark_lists(text: str, units: Sequence[Unit], kinds: dict[int, str]) -> None:
    items = [i for i, unit in enumerate(units) if i not in kinds and is_list_item(_of(text, unit))]
    numbered = [i for i in items if is_numbered(_of(text, units[i]))]
    for i in items:
        if i not in numbered or len(numbered) > 1:
            kinds[i] = "list_item"
    for i, unit in enumerate(units):
        if i not in kinds and text[unit.start] == ">":
            kinds[i] = "quote"


def _split(text: str, unit: Unit, kind: str | None, *, edge: bool) -> Iterator[Block]:
    block = Block(start=unit.start, end=unit.end, kind=kind or "paragraph")
    if kind in {None, "list_item", "quote"}:
        yield from split_prose(text, block, edge=edge)
    else:
        yield block


def _piece(text: str, start: int, end: int, kind: str) -> Iterator[Block]:
    a, b = trim(text, start, end)
    if a < b:
        yield Block(start=a, end=b, kind=kind)


def _furniture_kinds(text: str, units: Sequence[Unit]) -> dict[int, str]:
    found = {i: line_kind(_of(text, unit), edge=_at_edge(i, len(units))) for i, unit in enumerate(units)}
    return {i: kind for i, kind in found.items() if kind}


def _labelled(text: str, units: Sequence[Unit]) -> dict[int, tuple[str, str]]:
    """Labelled lines at the top, at least two of them; a title or address may stand alone. One line that merely has a colon is no label."""
    out: dict[int, tuple[str, str]] = {}
    for i in range(min(len(units), TOP)):
        found = read_label(_of(text, units[i]))
        if found is None or (found[0] == "published" and not parse_date(found[1]) and not read_date_line(found[1])):
            continue
        out[i] = found
    return out if len(out) > 1 else {i: found for i, found in out.items() if found[0] in {"title", "url"}}


def _head(*, labels: dict[int, tuple[str, str]], dates: Sequence[DateLine], names: Sequence[str], title: str | None) -> Head:
    declared = dict(reversed(labels.values()))
    best = min(dates, key=lambda found: found.rank, default=None)
    published = None
    if "published" in declared:
        line = read_date_line(declared["published"])
        published = parse_date(declared["published"]) or (line.published if line else None)
    published = published or (best.published if best else None)
    byline = declared.get("byline") or (names[0] if names else None) or next((d.byline for d in dates if d.byline), None)
    reasons = (
        ("title", title, "the text begins with a paragraph, not with a headline standing alone"),
        ("byline", byline, "no by-line near the beginning or end of the text"),
        ("published", published, "no date line near the beginning or end of the text"),
    )
    missing = tuple(Missing(field=field, reason=reason) for field, value, reason in reasons if value is None)
    publisher = declared.get("publisher") or next((found.publisher for found in dates if found.publisher), None)
    return Head(title=title, byline=byline, publisher=publisher, published=published, url=declared.get("url"), missing=missing)


def _applies(pattern: Pattern, *, edge: bool) -> bool:
    return pattern.where == "any" or edge


def _at_edge(i: int, count: int) -> bool:
    return i < _EDGE_TOP or i >= count - _EDGE_BOTTOM


def _ends(count: int) -> list[int]:
    return sorted({*range(min(TOP, count)), *range(max(0, count - BOTTOM), count)})


def _of(text: str, unit: Unit) -> str:
    return text[unit.start : unit.end]


def _weight(line: str) -> int:
    """Words; two Chinese, Japanese or Korean characters count as one."""
    return len(_CJK.findall(line)) // 2 + len(_CJK.sub(" ", line).split())
