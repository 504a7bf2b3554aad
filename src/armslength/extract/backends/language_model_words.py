"""Find words that somebody says are in a text: exactly, but for white space and the shape of quotation marks.

In:  a text, words, where to look. Out: ranges of the text. Never: finds what differs in a letter, a digit or a mark of another kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from armslength.base.offsets import Range

_DOUBLE = '"“”„‟«»'
_SINGLE = "'‘’‚‛`´"
_LONGEST = 2000
"""Code points looked for: no quote is as long, and what is longer only costs time."""


def find_words(text: str, words: str, low: int, high: int) -> list[Range]:
    """Every place between `low` and `high` where the words stand, whole words only, in order."""
    for wanted in dict.fromkeys((words.strip(), words.strip().strip(_DOUBLE + _SINGLE).strip())):
        pattern = _pattern(wanted)
        if pattern is not None:
            found = [match.span() for match in pattern.finditer(text, low, high)]
            if found:
                return found
    return []


def nearest(found: Iterable[Range], to: Range) -> Range | None:
    """The range that stands nearest to another; of two as near, the earlier one."""
    return min(found, key=lambda one: (max(0, one[0] - to[1], to[0] - one[1]), one), default=None)


def _pattern(words: str) -> re.Pattern[str] | None:
    pieces = words.split()
    if not pieces or len(words) > _LONGEST:
        return None
    body = r"\s+".join("".join(_mark(character) for character in piece) for piece in pieces)
    before = r"(?<!\w)" if words[0].isalnum() else ""
    after = r"(?!\w)" if words[-1].isalnum() else ""
    return re.compile(before + body + after)


def _mark(character: str) -> str:
    for marks in (_DOUBLE, _SINGLE):
        if character in marks:
            return f"[{re.escape(marks)}]"
    return re.escape(character)
