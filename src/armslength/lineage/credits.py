"""Whom a page credits for its text: `republished courtesy of`, `first published by`, a wire agency at the head.

In:  a document.
Out: `Credit`s with the words that give them.
Never: reads a credit out of the middle of a story, where `first reported by` may speak of one detail.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from armslength.model.evidence import Document

_NAME = r"(?P<name>(?:[Tt]he\s+)?[A-Z](?:[\w&'’-]|\.(?=\w))*(?:[ /](?:(?:of|for|and|the|de|la)[ ])?[A-Z][\w&'’-]*){0,6})"
_AGAIN = re.compile(
    r"(?i:\b(?:re-?published|reproduced|reprinted|re-?posted|cross-?posted|syndicated|excerpted|adapted)\b[^.\n]{0,40}?"
    r"\b(?:courtesy\s+of|from|with\s+(?:the\s+)?(?:kind\s+)?permission\s+(?:of|from)|by\s+arrangement\s+with"
    r"|under\s+licen[cs]e\s+from))\s+" + _NAME
)
_FIRST = re.compile(
    r"(?i:\b(?:article|story|report|text|post|piece|version|it)\b[^.\n]{0,30}?\b(?:originally|first)\s+(?:published|appeared|posted|ran)\s+"
    r"(?:by|in|on|at|with))\s+" + _NAME
)
_WIRE_NAME = r"(?P<name>Reuters|AP|AFP|DPA|dpa|EFE|ANSA|Xinhua|TASS|Kyodo|UPI|PA Media|Associated Press|Agence France-Presse)"
_WIRE = re.compile(r"^[^\n]{0,60}?\(" + _WIRE_NAME + r"\)\s*[-–—:]", re.MULTILINE)
_DATELINE = re.compile(
    r"^[A-Z][A-Z'’.-]+(?: [A-Z][A-Z'’.-]+){0,3}(?:, [A-Z][\w. ]{1,20})? \((?P<name>[A-Z][\w&'’-]*(?: [A-Z][\w&'’-]*){0,3})\)\s*[-–—]",
    re.MULTILINE,
)
"""A town in capitals with whoever filed the story: `LISBON, Sept 3 (Coastal Press) -`. Any name may stand there."""
_SIGNED = re.compile(
    r"^(?:[-–—]\s*|\(|Source:\s*|(?:©|Copyright)\s*(?:\d{4}\s+)?(?:[Tt]he\s+)?)" + _WIRE_NAME + r"\)?\.?\s*$", re.MULTILINE
)
"""A line of its own at the foot: `— AFP`, `(Reuters)`, `Source: Xinhua`."""
_BYLINE = re.compile(r"\b" + _WIRE_NAME + r"\b")
_HEAD, _TAIL, _FOOT = 400, 800, 120
"""Code points at the head and the tail of a text where a credit is looked for, beside the blocks that are marked as notices; and of its
very end, where a wire signs."""
_FULL = {
    "AP": "Associated Press",
    "AFP": "Agence France-Presse",
    "DPA": "Deutsche Presse-Agentur",
    "PA Media": "Press Association",
    "UPI": "United Press International",
    "Xinhua": "Xinhua News Agency",
}
"""Short names of wire agencies, so that `AP` and `Associated Press` are one credit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """Somebody the page credits for its text."""

    name: str
    kind: str
    """`republication` or `wire`."""
    start: int | None
    end: int | None
    """Where the text gives it; None for a byline that stands beside the text."""


def credit_of(document: Document) -> Credit | None:
    """The first credit of a page: a notice, else a wire agency."""
    return next(_notices(document), None) or _wire(document)


def _notices(document: Document) -> Iterator[Credit]:
    text = document.text
    places = [(block.start, block.end) for block in document.blocks if block.kind in {"notice", "boilerplate"}]
    places += [*document.boilerplate, (max(0, len(text) - _TAIL), len(text)), (0, min(_HEAD, len(text)))]
    for start, end in places:
        for pattern in (_AGAIN, _FIRST):
            found = pattern.search(text, start, end)
            if found:
                name = found["name"].rstrip(".’'")
                yield Credit(name=name, kind="republication", start=found.start(), end=found.start("name") + len(name))


def full_name(name: str) -> str:
    """The full name of a wire agency; any other name as it is."""
    return _FULL.get(name.upper() if name == "dpa" else name, name)


def _wire(document: Document) -> Credit | None:
    text = document.text
    found = _WIRE.search(text, 0, _HEAD) or _DATELINE.search(text, 0, _HEAD) or _SIGNED.search(text, max(0, len(text) - _FOOT))
    if found:
        return Credit(name=found["name"], kind="wire", start=found.start("name"), end=found.end("name"))
    named = _BYLINE.search(document.first.byline or "")
    return Credit(name=named["name"], kind="wire", start=None, end=None) if named else None
