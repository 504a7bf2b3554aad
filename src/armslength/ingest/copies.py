"""What a document says twice, word for word.

In:  a text and its blocks.
Out: `Copy` rows: the later stretch and the earlier one it repeats. White space is folded before comparing.
Never: removes anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from armslength.base.offsets import Range, covers
from armslength.ingest.sentences import sentences
from armslength.model.evidence import Block, Copy

SHORTEST = 40
"""Code points, white space folded. Shorter sentences ("He did not answer.") are said twice without being copies."""


def find_copies(text: str, blocks: Sequence[Block]) -> tuple[Copy, ...]:
    """Mark blocks and sentences of at least 40 code points that repeat an earlier one; neighbours are joined."""
    found = list(_repeated(text, ((block.start, block.end) for block in blocks)))
    whole = [(copy.start, copy.end) for copy in found]
    parts = _repeated(text, (unit for block in blocks for unit in sentences(text, block.start, block.end)))
    found.extend(copy for copy in parts if not any(covers(outer, (copy.start, copy.end)) for outer in whole))
    return tuple(_join(text, sorted(found, key=lambda copy: copy.start)))


def fold(text: str) -> str:
    """A text with every run of white space made one space."""
    return " ".join(text.split())


def _repeated(text: str, units: Iterable[Range]) -> Iterator[Copy]:
    first: dict[str, Range] = {}
    for start, end in units:
        key = fold(text[start:end])
        if len(key) < SHORTEST:
            continue
        if key in first:
            yield Copy(start=start, end=end, of=first[key])
        else:
            first[key] = (start, end)


def _join(text: str, copies: Sequence[Copy]) -> list[Copy]:
    """Join copies that follow each other where what they repeat does too."""
    out: list[Copy] = []
    for copy in copies:
        last = out[-1] if out else None
        if last and not text[last.end : copy.start].strip() and last.of[1] <= copy.of[0] and not text[last.of[1] : copy.of[0]].strip():
            out[-1] = Copy(start=last.start, end=copy.end, of=(last.of[0], copy.of[1]))
        else:
            out.append(copy)
    return out
