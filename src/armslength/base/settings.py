"""What can be set, as frozen values handed down as arguments. Reading files or the environment is the surfaces' work."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingLimits:
    """Bounds on opening one file in a process of its own (METHOD H1)."""

    seconds: int = 60
    """Wall-clock and processor seconds."""
    memory_mb: int = 2048
    """Address space of the reading process, in MiB."""
    max_bytes: int = 200 * 1024 * 1024
    """Largest file that is opened, in bytes."""
    max_text: int = 5_000_000
    """Longest text kept, in code points; more is refused, never cut."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything a build can be told."""

    workers: int = 1
    """Processes for reading and extraction; 1 means this process alone."""
    batch: int = 16
    """Rows handed to a worker at a time."""
    limits: ReadingLimits = ReadingLimits()
    collector: str = "unnamed"
    """Pseudonym of whoever adds sources (METHOD E2)."""
