"""Spans of text: Unicode code points, half open, bound to one text.

Python's own string indexes are code points, so `text[start:end]` is the quote. Nothing here translates newlines,
normalises or trims: a span found in one text is only ever a span of that text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

Range = tuple[int, int]
_LINE_END = re.compile(r"\r\n|\n|\r")
_BLANK = " \t\r\n\f\v\u0085\u00a0\u2028\u2029\u3000\ufeff"


def trim(text: str, start: int, end: int, *, drop: str = _BLANK) -> Range:
    """Shrink a range so that it neither begins nor ends with white space (or another set of characters)."""
    while start < end and text[start] in drop:
        start += 1
    while end > start and text[end - 1] in drop:
        end -= 1
    return start, end


def overlap(a: Range, b: Range) -> int:
    """How many code points two ranges share."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def covers(outer: Range, inner: Range) -> bool:
    """Whether the first range holds the whole of the second."""
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def merge(ranges: Iterable[Range]) -> list[Range]:
    """Join ranges that overlap or touch; sorted."""
    out: list[Range] = []
    for start, end in sorted(ranges):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def paragraphs(text: str) -> Iterator[Range]:
    r"""Ranges of the lines that hold something, in order. A line ends at `\n`, `\r`, or both; each is one paragraph."""
    start = 0
    while start < len(text):
        found = _LINE_END.search(text, start)
        end, after = found.span() if found else (len(text), len(text))
        a, b = trim(text, start, end)
        if a < b:
            yield a, b
        start = after


def write_spans(spans: Iterable[tuple[int, int]]) -> str:
    """Stretches of a text as one short text: `12-18 40-52`."""
    return " ".join(f"{start}-{end}" for start, end in spans)


def read_spans(text: str) -> list[tuple[int, int]]:
    """What `write_spans` wrote."""
    return [(int(start), int(end)) for start, _, end in (pair.partition("-") for pair in text.split())]
