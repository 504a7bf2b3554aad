"""The last step of every reader: language, copies, and a text that can be stored.

In:  a text, its blocks and head.
Out: a `Reading`.
Never: changes an offset.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from armslength.ingest.copies import find_copies
from armslength.ingest.language import find_language
from armslength.ingest.reading import Head, Reading, UnreadableError
from armslength.model.evidence import Block, Missing, Reader


def finish(text: str, blocks: Sequence[Block], head: Head, *, reader: Reader, declared_lang: str | None = None) -> Reading:
    """Make a `Reading`. Raises UnreadableError when there is no text."""
    if not blocks:
        raise UnreadableError("the file holds no text")
    return Reading(
        text=text,
        lang=find_language(text, declared=declared_lang),
        reader=reader,
        head=head,
        blocks=tuple(blocks),
        duplicates=find_copies(text, blocks),
    )


def compose(parts: Iterable[tuple[str, str]]) -> tuple[str, tuple[Block, ...]]:
    """Put (kind, text) pairs one under the other with a blank line between; the text and its blocks."""
    pieces: list[str] = []
    blocks: list[Block] = []
    at = 0
    for kind, words in parts:
        blocks.append(Block(start=at, end=at + len(words), kind=kind))
        pieces.append(words)
        at += len(words) + 2
    return "\n\n".join(pieces), tuple(blocks)


def storable(text: str) -> str:
    """A text with each lone surrogate, which no encoding can hold, made U+FFFD. Offsets stay as they are."""
    return "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text) if not text.isascii() else text


def still_missing(head: Head, missing: tuple[Missing, ...]) -> tuple[Missing, ...]:
    """The reasons that still hold once more of the head is known."""
    return tuple(gap for gap in missing if getattr(head, gap.field) is None)
