"""What a page is: an address, a template, and a function from a reading of the case to one context dataclass."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from armslength.store.read import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the reader of the page asked for."""

    path: Mapping[str, str]
    """Parts of the address: `id`."""
    query: Mapping[str, str]

    def number(self, name: str, *, default: int = 1) -> int:
        """A whole number from the query; 0, which no page has, for anything else."""
        said = self.query.get(name, "")
        if not said:
            return default
        return int(said) if said.isascii() and said.isdecimal() and len(said) < 9 else 0


class Context(Protocol):
    """What a template is given."""

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
