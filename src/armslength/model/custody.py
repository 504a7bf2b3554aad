"""One line of the custody log: append-only, hash-chained, signed (METHOD E3)."""

from __future__ import annotations

from dataclasses import dataclass

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """An event that really happened to a case. `entry` is what was hashed and signed; the other fields are read out of it."""

    seq: int
    """From 1, without gaps."""
    time: str
    """UTC, RFC 3339."""
    event: str
    """`case.created`, `key.created`, `source.added`, `source.refused`, `stage.run`, `export.written`, `access.failed`, ..."""
    subject: str
    """What it happened to: a source's hash, a stage's name."""
    actor: str
    entry: str
    """Canonical JSON (RFC 8785) of everything above plus `data`, `clock`, `key` and `prev`."""
    hash: str
    """SHA-256 of `entry`."""
    signature: str
    """Ed25519 over the hash's 32 bytes, hexadecimal, by the key that the entry names."""
