"""What a package is made from, and what came of it.

In:  nothing; these are values.
Out: frozen rows that `writing` takes and gives.
Never: holds a private key: who releases hands over a function that signs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from armslength.publish.content import Content
from armslength.publish.jsonl import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a release: what is shown, or the whole it comes from."""

    content: Content
    more: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    """Tables that `jsonl.line_rows` does not know: rows by table, each with an `id`, and in one table the same fields in one order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Releaser:
    """One of the two people who release."""

    name: str
    """Pseudonym."""
    public: str
    """Raw Ed25519 public key, 64 lower-case hexadecimal characters."""
    sign: Callable[[bytes], bytes] = field(repr=False)
    """Signs a message with the private half; 64 bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeStamp:
    """A reply of a time-stamping authority, as it came (RFC 3161)."""

    seq: int
    """The log entry it is over."""
    reply: bytes
    request: bytes = b""
    name: str = ""
    """Its file's name without ending, where the log says that it was received: `<seq>`, or `<seq>-2` and on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What became of something that an earlier release said (METHOD F4)."""

    release: str
    """The earlier release."""
    reason: str
    """`superseded`, `corrected`, `withdrawn`, `status_changed`, or `added`."""
    was: str = ""
    """Id of the fact there; empty for one that was added."""
    now: str = ""
    """Id of the fact here; empty for one that is no longer said."""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageOptions:
    """How a package is written."""

    release: str
    """The release's id: also what this release's salts are derived with, so that two releases cannot be laid over each other."""
    profile: str
    as_of: str
    """EDTF: the day up to which the case is told."""
    title: str = ""
    documents: str = "whole"
    """`whole`, or `spans`: only quoted words with `context` around them."""
    context: int = 160
    """Characters kept on both sides of a quotation in a package of spans. A sentence of news has about 130."""
    sources: str = "hashes"
    """`hashes`, or `bytes`: also the originals, of those documents in which nothing is masked."""
    source_bytes: Callable[[str], bytes] | None = field(default=None, repr=False)
    """Gives the bytes of a source by its hash; needed for `bytes`."""
    ids: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Id in the case to id in the release, where they differ: what `public_ids` gives."""
    attachments: Mapping[str, Path] = field(default_factory=dict)
    """Other formats of the same release: path below `data/formats/` to the file."""
    shown_entries: frozenset[int] = frozenset()
    """Numbers of log entries to show besides those that a package always shows."""
    earlier: Sequence[str] = ()
    """Ids of the releases before this one."""
    changes: Sequence[Changed] = ()
    """What changed since each of them."""
    stamps: Sequence[TimeStamp] = ()
    """Time stamps over log entries, made before this release."""
    roots: bytes = b""
    """Certificates (PEM) of the time-stamping authorities."""
    stamp: Callable[[str], TimeStamp | None] | None = field(default=None, repr=False)
    """Asks for a time stamp over the entry `release.made` with this hash, once it is written; None where nobody is to be asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A package that was written."""

    folder: Path
    seal: str
    """SHA-256 of `seal.json`: stands for everything that is shown."""
    root: str
    """Root of the tree over every row of the whole."""
    rows: int
    """Rows of the whole."""
    shown: Mapping[str, int]
    """Rows shown, by table."""
    masked: int
    """Shown rows of which at least one field is masked."""
