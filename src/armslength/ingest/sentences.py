"""Where sentences end, roughly: good enough to mark furniture and copies, not to parse.

In:  a range of a text.
Out: ranges of its sentences, trimmed, in order; together they cover everything but white space.
Never: decides what a claim is; the parser has its own sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from armslength.base.offsets import Range, trim

_END = re.compile(
    r"""(?:[.!?…]+["”’»)\]]*\s+(?=["“‘«(\[©]*[A-Z0-9À-Þ\u0400-\u042f\u2e80-\u9fff\uac00-\ud7af©]))|(?:[。！？]+["”’」』）]*)""",
)
# After these a full stop does not end a sentence.
_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Capt|No|Nos|vs|Jr|Sr|Inc|Ltd|Co|pp?|[Aa]rt|Sec|cf|al)|\b[A-Z])\.$"
)


def sentences(text: str, start: int, end: int) -> Iterator[Range]:
    """Ranges of the sentences in `text[start:end]`."""
    begin = start
    for match in _END.finditer(text, start, end):
        if _ABBREVIATED.search(text, max(begin, match.start() - 6), match.start() + 1):
            continue
        yield from _one(text, begin, match.end())
        begin = match.end()
    yield from _one(text, begin, end)


def _one(text: str, start: int, end: int) -> Iterator[Range]:
    a, b = trim(text, start, end)
    if a < b:
        yield a, b
