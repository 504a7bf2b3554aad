"""What an attack works on and what it finds.

In:  nothing.
Out: the frozen rows of this package.
Never: a name in a `Hit`: it is shown to people, kept with the proposal, and says the pseudonym instead.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text somewhere in a release."""

    where: str
    """The way to it: `report.docx > word/comments.xml`."""
    channel: str
    """What holds it: `file name`, `text`, `PDF metadata`, `picture`, ..."""
    text: str


@dataclass(frozen=True, slots=True)
class Blocked:
    """A part of a release that could not be looked into: as bad as a hit."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Something that must not leave."""

    where: str
    channel: str
    how: str
    """How it was recognised: `the full name`, `base64 of the full name`, `9 words in a row`, ..."""
    about: str
    """Whom or what it gives away, by pseudonym: never the name itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What must not be found: one protected person's names, or what leads back to one withheld document."""

    about: str
    """Pseudonym or other words that stand for it in a hit."""
    names: tuple[str, ...] = ()
    locators: tuple[str, ...] = ()
    """Addresses, titles and file names, found in one piece whatever the punctuation."""
    ids: tuple[str, ...] = ()
    """Hexadecimal ids that whoever has the source, or the name, could compute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How far an attack looks into files in files. What is past a limit is `Blocked`, never passed over."""

    depth: int = 6
    """Containers in containers. A release has at most four: an archive, a document, a picture, its text chunk."""
    bytes: int = 2_000_000_000
    """Unpacked, for the whole release."""
    one: int = 256_000_000
    """Unpacked, for one part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What an attack did and found."""

    files: int
    pieces: int
    characters: int
    persons: int
    """Protected persons whose names were looked for."""
    channels: tuple[tuple[str, int], ...]
    """Channel to the number of pieces looked through."""
    hits: tuple[Hit, ...] = ()
    blocked: tuple[Blocked, ...] = ()

    @property
    def passed(self) -> bool:
        return not self.hits and not self.blocked
