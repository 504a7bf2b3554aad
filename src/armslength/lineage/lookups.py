"""A mapping that looks up what it does not know yet, and remembers what it was asked.

In:  a way to look up some keys.
Out: values, as they are asked for; the keys that were asked since somebody last looked.
Never: lists what it has not been asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import TypeVar

V = TypeVar("V")


class Live(Mapping[str, V]):
    """Lookups that are made when they are needed."""

    __slots__ = ("_known", "_look_up", "asked")

    def __init__(self, look_up: Callable[[Collection[str]], Mapping[str, V]], known: Mapping[str, V] | None = None) -> None:
        self._look_up = look_up
        self._known: dict[str, V | None] = dict(known or {})
        self.asked: set[str] = set()
        """Keys that were asked for, found or not."""

    def __getitem__(self, key: str) -> V:
        self.asked.add(key)
        if key not in self._known:
            self._known[key] = None
            self._known |= self._look_up([key])
        found = self._known[key]
        if found is None:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[str]:
        return (key for key, found in self._known.items() if found is not None)

    def __len__(self) -> int:
        return sum(found is not None for found in self._known.values())
