"""What a page is: an address, a template, and a function from a reading of the case to one context dataclass."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from armslength.model.rights import READ
from armslength.pipeline.desk import Desk
from armslength.store.read import Reader
from armslength.web.visitors import Visitor


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the reader of the page asked for, and who they are."""

    path: Mapping[str, str] = field(default_factory=dict)
    """Parts of the address: `id`."""
    query: Mapping[str, str] = field(default_factory=dict)
    visitor: Visitor = field(default_factory=Visitor)
    desk: Desk | None = field(default=None, repr=False, compare=False)
    """What is written through; a page asks it what is being done, and never writes."""

    def number(self, name: str, *, default: int = 1) -> int:
        """A whole number from the query; 0, which no page has, for anything else."""
        said = self.query.get(name, "")
        if not said:
            return default
        return int(said) if said.isascii() and said.isdecimal() and len(said) < 9 else 0


class Context(Protocol):
    """What a template is given. It holds plain data: the same is handed out as JSON under `/api`."""

    @property
    def title(self) -> str:
        """Title of the page, without the case's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page."""

    path: str
    template: str
    section: str
    """Which entry of the navigation it belongs to."""
    context: Callable[[Reader, Asked], Context | None]
    """None when there is nothing under this address."""
    queries: Mapping[str, str] = field(default_factory=dict)
    """What its address may ask for, each with a sentence about it. Never a person."""
    right: str = READ
    alone: bool = False
    """Whether it is for one person at one machine only: it has to do with the keys in their own folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """Bytes to keep."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """An address that gives a file."""

    path: str
    does: str
    """One sentence, for the description of the interface."""
    make: Callable[[Reader, Asked], File | None]
    """None when there is nothing under this address."""
    queries: Mapping[str, str] = field(default_factory=dict)
    right: str = READ
    event: str = ""
    """What the custody log calls it; empty where it is no export."""
