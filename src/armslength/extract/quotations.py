"""Find what stands between quotation marks.

In:  the text and the range of one paragraph. Out: quotations as ranges of what is inside the marks.
Rules: a quotation never runs on into the next paragraph. One that is opened and not closed ends with its paragraph and says so, since
by convention the next paragraph then opens anew. Short quoted words inside a sentence ("so-called" quotes) are quotations too; whether
they hold a statement is decided later from what they contain. An apostrophe is not a mark.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from armslength.base.offsets import Range, trim

_OPEN_CLOSE = {"“": "”", "«": "»", "„": "“", "「": "」", "『": "』"}
_MARK = re.compile(r"[“”„«»「」『』\"]|(?<!\w)[‘'](?=\w)|(?<=[\w.,!?…])[’'](?!\w)")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in quotation marks. `start`/`end` exclude the marks."""

    start: int
    end: int
    closed: bool

    @property
    def range(self) -> Range:
        return self.start, self.end


def quotations(text: str, start: int, end: int) -> list[Quotation]:
    """Find the outermost double quotations of a paragraph; single ones only where they stand in no double one."""
    found: list[Quotation] = []
    opened: tuple[str, int] | None = None
    for match in _MARK.finditer(text, start, end):
        mark = match.group()
        if opened is None:
            if mark in _OPEN_CLOSE or mark == '"' or (mark in "‘'" and _opens_single(text, match.start(), end)):
                opened = (_OPEN_CLOSE.get(mark, {"‘": "’", "'": "'"}.get(mark, '"')), match.end())
        elif mark == opened[0] or (opened[0] == "”" and mark == '"'):
            found.append(Quotation(*trim(text, opened[1], match.start()), closed=True))
            opened = None
        elif mark == "“" and opened[0] == "”":  # never closed: a new one begins
            found.append(Quotation(*trim(text, opened[1], match.start()), closed=False))
            opened = ("”", match.end())
    if opened is not None and opened[0] not in "’'":
        found.append(Quotation(*trim(text, opened[1], end), closed=False))
    return [q for q in found if q.start < q.end]


def _opens_single(text: str, at: int, end: int) -> bool:
    """Whether a single mark opens a quotation: it has a closing partner before the paragraph ends."""
    closing = re.compile(r"(?<=[\w.,!?…])[’'](?!\w)")
    return closing.search(text, at + 1, end) is not None
