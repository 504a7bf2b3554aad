"""What can be set, as frozen values handed down as arguments. Reading files or the environment is the surfaces' work."""

from __future__ import annotations

from dataclasses import dataclass, field


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
class ModelServer:
    """A language model that documents are read with, if the user names one (METHOD N6). Text goes to `url` and nowhere else."""

    url: str
    """Where the chat API begins: `http://127.0.0.1:8080/v1`."""
    model: str
    """The model's name, as its server knows it."""
    allow_remote: bool = False
    """Whether text may leave this machine."""
    key: str = field(default="", repr=False)
    """What the server asks for, if anything. Never written down."""
    seconds: float = 300.0
    """For one answer. Long, because a model may run on a laptop's processor."""
    attempts: int = 3
    """Times a question is put when the server is busy or fails."""
    max_tokens: int = 3000
    """Of one answer."""
    max_bytes: int = 1_000_000
    """Of one answer; 3,000 tokens are about 15,000 bytes, so more is not an answer."""
    window: int = 2400
    """Code points of a document read at a time, about six paragraphs of news."""
    context: int = 600
    """Code points before and after that are shown so that `she` and `the report` can be understood."""
    seed: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything a build can be told."""

    workers: int = 1
    """Processes for reading and extraction; 1 means this process alone."""
    batch: int = 16
    """Rows handed to a worker at a time."""
    document_seconds: float = 60.0
    """Processor seconds that reading the claims of a document may take, for each 100,000 characters it has. Usual are five."""
    limits: ReadingLimits = ReadingLimits()
    collector: str = "unnamed"
    """Pseudonym of whoever adds sources (METHOD E2)."""
    model: ModelServer | None = None
    """The language model that reads documents; None: the rules do, and nothing is sent anywhere."""
