"""A web page as the blocks a reader of it would see, in the order of the page, before anything is left out.

In:  the parsed page.
Out: `PageBlock`s: kind, words with white space folded, and whether it stands in the page's frame (menu, footer, side column).
Never: runs, loads or follows anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element

_SKIPPED = frozenset(
    "script style noscript template svg math iframe object embed canvas audio video select option button input textarea form head".split()  # noqa: SIM905 - reads better than 21 strings
)
_FRAME = frozenset({"nav", "footer", "aside", "menu", "dialog"})
_KINDS = {
    **{f"h{level}": "heading" for level in range(1, 7)},
    "li": "list_item",
    "dt": "list_item",
    "dd": "list_item",
    "blockquote": "quote",
    "figcaption": "caption",
    "caption": "caption",
    "tr": "table",
}
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "br",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "ruby",
        "rb",
        "rp",
        "rt",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "td",
        "th",
        "picture",
        "source",
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBlock:
    """Words that stand together on a page."""

    kind: str
    words: str
    tag: str
    frame: bool


def page_blocks(root: _Element) -> list[PageBlock]:
    """All blocks of a page that hold words."""
    walker = _Walker()
    walker.walk(root, kind="paragraph", tag="body", frame=False)
    walker.flush()
    return walker.blocks


class _Walker:
    """Collects words until a block begins or ends. An explicit stack, because pages may nest deeper than Python does."""

    def __init__(self) -> None:
        self.blocks: list[PageBlock] = []
        self._words: list[str] = []
        self._place = ("paragraph", "body", False)

    def walk(self, root: _Element, *, kind: str, tag: str, frame: bool) -> None:
        self._place = (kind, tag, frame)
        stack: list[Iterator[tuple[str, _Element, tuple[str, str, bool]]]] = [iter([("in", root, self._place)])]
        while stack:
            step = next(stack[-1], None)
            if step is None:
                stack.pop()
                continue
            what, element, place = step
            if what == "in":
                stack.append(self._enter(element, place))
            else:
                self._leave(element, place)

    def flush(self) -> None:
        words = " ".join("".join(self._words).split())
        self._words = []
        if words:
            kind, tag, frame = self._place
            self.blocks.append(PageBlock(kind=kind, words=words, tag=tag, frame=frame))

    def _enter(self, element: _Element, outer: tuple[str, str, bool]) -> Iterator[tuple[str, _Element, tuple[str, str, bool]]]:
        tag = element.tag if isinstance(element.tag, str) else ""
        tag = tag.rpartition("}")[2].lower()
        if not tag or tag in _SKIPPED or _hidden(element):
            yield "out", element, outer
            return
        kind, _, frame = outer
        place = outer if tag in _INLINE else (_KINDS.get(tag, kind), tag, frame or tag in _FRAME)
        if place is not outer:
            self.flush()
            self._place = place
        if tag in {"td", "th", "br"}:
            self._words.append(" ")
        self._words.append(element.text or "")
        for child in element:
            yield "in", child, place
        if place is not outer:
            self.flush()
        yield "out", element, outer

    def _leave(self, element: _Element, place: tuple[str, str, bool]) -> None:
        self._place = place
        self._words.append(element.tail or "")


def _hidden(element: _Element) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.get("hidden") is not None or "display:none" in style
