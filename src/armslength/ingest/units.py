"""Cuts a plain text into the units a reader sees: lines, or paragraphs that were wrapped over several lines.

In:  a text.
Out: ranges, trimmed, in order, which together cover everything but white space.
Never: joins, changes or reorders text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from armslength.base.offsets import Range, paragraphs

_LIST = re.compile(r"(?:[-*•‣◦●▪·]\s+|\d{1,3}[.)]\s+|\([a-z0-9]{1,3}\)\s+|[a-z]\)\s+)(?=\S)")
_NUMBERED = re.compile(r"\d{1,3}[.)]\s|\([a-z0-9]{1,3}\)\s|[a-z]\)\s")
_STOP = tuple('.!?。！？”"’:：…)')
_NARROW, _WIDE = 40, 130
"""Widths that wrapped text has (typewriters 60, mail 72, books and PDF up to 130). Paragraphs on one line are wider."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A paragraph, heading or line."""

    start: int
    end: int
    gap_before: bool
    """A blank line, a page end or the text's beginning stands before it."""
    gap_after: bool


def cut_units(text: str, *, wrapped: bool | None = None) -> list[Unit]:
    """Cut a text into units. `wrapped`: whether its lines end at a margin; None: tell from the text."""
    lines = list(paragraphs(text))
    gaps = [_blank(text[a[1] : b[0]]) for a, b in pairwise(lines)]
    joins = _joins(text, lines, gaps) if lines and (_wrapped(text, lines, gaps) if wrapped is None else wrapped) else [False] * len(gaps)
    units: list[Unit] = []
    start = 0
    for number in range(len(lines)):
        last = number == len(lines) - 1
        if not last and joins[number]:
            continue
        before = start == 0 or gaps[start - 1]
        after = last or gaps[number]
        units.append(Unit(start=lines[start][0], end=lines[number][1], gap_before=before, gap_after=after))
        start = number + 1
    return units


def is_list_item(line: str) -> bool:
    """Whether a line begins like an item of a list."""
    return bool(_LIST.match(line))


def is_numbered(line: str) -> bool:
    """Whether the item begins with a number or letter; one alone is no list."""
    return bool(_NUMBERED.match(line))


def _blank(between: str) -> bool:
    flat = between.replace("\r\n", "\n").replace("\r", "\n")
    return flat.count("\n") > 1 or "\f" in flat or "\u2029" in flat


def _wrapped(text: str, lines: Sequence[Range], gaps: Sequence[bool]) -> bool:
    """Whether lines are wrapped: most lines that another follows directly are about equally long and end in mid-sentence."""
    inner = [line for line, gap in zip(lines, gaps, strict=False) if not gap]
    if len(inner) < 2:
        return False
    lengths = sorted(end - start for start, end in inner)
    width = lengths[int(0.9 * (len(lengths) - 1))]
    if not _NARROW <= width <= _WIDE:
        return False
    full = [line for line in inner if line[1] - line[0] >= 0.7 * width]
    open_ended = sum(text[end - 1] not in ".!?。！？" for _, end in full)
    return len(full) >= 0.6 * len(inner) and open_ended >= 0.6 * len(full)


def _joins(text: str, lines: Sequence[Range], gaps: Sequence[bool]) -> list[bool]:
    """For each pair of lines: whether the second goes on with the first's paragraph."""
    width = max(end - start for start, end in lines)
    out = []
    for ((a, b), (c, d)), gap in zip(pairwise(lines), gaps, strict=True):
        word = text[c:d].split(maxsplit=1)[0]
        # The next word would have fitted, so the line was ended on purpose. Letters differ in width: a fifth is left as play.
        on_purpose = b - a + 1 + len(word) <= 0.8 * width and (text[b - 1] in _STOP or not (text[c].islower() or text[b - 1] in ",;-–"))
        out.append(not (gap or on_purpose or is_list_item(text[c:d])))
    return out
