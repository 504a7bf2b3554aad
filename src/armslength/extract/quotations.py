"""Find what stands between quotation marks.

In:  the text and the range of one paragraph. Out: quotations as ranges of what is inside the marks.
Rules: a quotation never runs on into the next paragraph. One that is opened and not closed ends with its paragraph and says so, since
by convention the next paragraph then opens anew. Short quoted words inside a sentence ("so-called" quotes) and titles are quotations too;
`statement` says whether somebody can be heard in them. An apostrophe is not a mark.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from armslength.base.offsets import Range, trim

_OPEN_CLOSE = {"“": "”", "«": "»", "„": "“", "「": "」", "『": "』", "‹": "›", "‚": "‘"}
_ALSO_CLOSES = {"“": {"”", '"'}, "”": {'"'}, '"': {"”"}, "»": {"«"}}
"""Marks that close what another was meant to close: „low-high” in other hands, a typewriter's mark behind a curly one."""
_MARK = re.compile(r"[“”„«»‹›‚「」『』\"]|(?<!\w)[‘'](?=\w)|(?<=[\w.,!?…])[’'](?!\w)")
_LONG = 25
"""Code points; shorter quoted words are somebody's term inside another's sentence, unless they are a sentence of their own."""
_SMALL = {"a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"}
_SINGLE = re.compile(r"(?<=[\w.,!?…])[’'](?!\w)")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in quotation marks. `start`/`end` exclude the marks."""

    start: int
    end: int
    closed: bool
    statement: bool = True
    """Whether somebody says something in it: neither a short term nor a title."""

    @property
    def range(self) -> Range:
        return self.start, self.end


def touching(quotes: Sequence[Quotation], start: int, end: int) -> Sequence[Quotation]:
    """Those of some quotations, in the order of the text and apart from each other, that share something with a range."""
    first = bisect_right(quotes, start, key=lambda q: q.end)
    return quotes[first : bisect_left(quotes, end, key=lambda q: q.start)]


def quotations(text: str, start: int, end: int) -> list[Quotation]:
    """Find the outermost double quotations of a paragraph; single ones only where they stand in no double one."""
    found: list[Quotation] = []
    opened: tuple[str, int] | None = None
    closing = max((m.start() for m in _SINGLE.finditer(text, start, end)), default=-1)
    for match in _MARK.finditer(text, start, end):
        mark = match.group()
        if opened is None:
            if mark in _OPEN_CLOSE or mark == '"' or (mark in "‘'" and match.start() < closing):
                opened = (_OPEN_CLOSE.get(mark, {"‘": "’", "'": "'"}.get(mark, '"')), match.end())
        elif mark == opened[0] or mark in _ALSO_CLOSES.get(opened[0], ()):
            found.append(_quotation(text, *trim(text, opened[1], match.start()), closed=True))
            opened = None
        elif mark == "“" and opened[0] == "”":  # never closed: a new one begins
            found.append(_quotation(text, *trim(text, opened[1], match.start()), closed=False))
            opened = ("”", match.end())
    if opened is not None and opened[0] not in "’'":
        found.append(_quotation(text, *trim(text, opened[1], end), closed=False))
    return [q for q in found if q.start < q.end]


def _quotation(text: str, start: int, end: int, *, closed: bool) -> Quotation:
    """Long enough to say something, or a sentence by itself; and not words that all have capitals, as a title or a name has."""
    words = text[start:end].split()
    sentence = bool(words) and words[-1][-1] in ".!?…," and words[0][0].isupper() and (len(words) > 1 or words[-1][-1] in ".!?…")
    title = len(words) > 1 and words[-1][-1] not in ".!?…," and all(w[0].isupper() or not w[0].isalpha() or w in _SMALL for w in words)
    return Quotation(start, end, closed=closed, statement=(end - start >= _LONG or sentence) and not title)
