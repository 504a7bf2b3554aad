"""What a reader makes of one file's bytes, and how it says that it cannot.

Rows only. A `Reading` knows nothing of when, from where or by whom the bytes were collected.
"""

from __future__ import annotations

from dataclasses import dataclass

from armslength.base.errors import InputError
from armslength.model.evidence import Block, Copy, Missing, Reader


class UnreadableError(InputError):
    """These bytes give no text; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a file says about itself. None where it says nothing, with the reason in `missing`."""

    title: str | None = None
    byline: str | None = None
    publisher: str | None = None
    published: str | None = None
    """EDTF, with the precision that is there."""
    url: str | None = None
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The text of one file and what stands where in it."""

    text: str
    lang: str
    reader: Reader
    head: Head
    blocks: tuple[Block, ...] = ()
    duplicates: tuple[Copy, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a file gave no text, in a sentence."""

    reason: str
