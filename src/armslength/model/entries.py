"""What a stage notes about the rows it has seen, so that the next build touches only what new or removed rows can change.

In:  ids, words that two rows may have in common.
Out: `Entry` rows that are looked up by such a word (a key), by document or by group; `Entries`, what a stage asks of whoever keeps them.
Never: truth. Entries are made from rows and can be thrown away; the next build then makes everything anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from armslength.base.ids import Part

_DIGITS = 15
"""Hexadecimal digits of a SHA-256 that fit a signed 64-bit integer. Two of ten million names share them once in 20,000 cases."""


def number(*parts: Part) -> int:
    """A number for a name: 60 bits of a digest. Only entries are told by it; it is five times as fast as `digest`."""
    return int(hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS], 16)


def number_of_id(row_id: str) -> int:
    """The number of a row's id; numbers are in the order of the ids."""
    return int(row_id[:_DIGITS], 16)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is noted about one row in one space."""

    space: str
    """What the entry is for; ids are unique in a space."""
    id: str
    doc: str = ""
    """The document it was made from; it goes when the document does."""
    part: int = 0
    """The group it was put in."""
    keys: tuple[tuple[int, int], ...] = ()
    """What it has in common with others, as numbers: (key, shape). Entries of one key and shape stand for one another."""
    body: str = ""

    @property
    def no(self) -> int:
        return number_of_id(self.id)


@dataclass(frozen=True, slots=True)
class Bucket:
    """The entries that have one key."""

    size: int
    heads: Mapping[int, int]
    """Shape to the least number of an entry that has it."""
    members: Sequence[tuple[int, int]]
    """(number, shape) in order; empty where there are more than was asked for."""


class Entries(Protocol):
    """Entries of a case, as they were noted last."""

    def of_docs(self, space: str, docs: Collection[str]) -> list[Entry]:
        """Entries made from documents."""

    def of_parts(self, space: str, parts: Collection[int]) -> list[Entry]:
        """Entries in groups."""

    def of_ids(self, space: str, ids: Collection[str]) -> list[Entry]:
        """Entries by id."""

    def of_numbers(self, space: str, numbers: Collection[int]) -> list[Entry]:
        """Entries by number."""

    def of_keys(self, space: str, keys: Collection[int]) -> list[Entry]:
        """Entries that have one of the keys."""

    def of_space(self, space: str) -> list[Entry]:
        """All entries of a space."""

    def heads(self, space: str, keys: Collection[int]) -> list[tuple[int, Entry]]:
        """For each key and shape one entry that has it."""

    def buckets(self, keys: Collection[int], most: int) -> dict[int, Bucket]:
        """The buckets of keys that anything has, members only of those with no more than `most`."""

    def note(self, entries: Iterable[Entry]) -> None:
        """Keep entries."""

    def forget(self, entries: Iterable[Entry]) -> None:
        """Forget entries, as they were read."""


class NoEntries:
    """Keeps entries in memory for as long as it lives: for a case that is resolved in one go."""

    __slots__ = ("_by_key", "_spaces")

    def __init__(self) -> None:
        self._spaces: dict[str, dict[int, Entry]] = {}
        self._by_key: dict[int, dict[int, int]] = {}

    def of_docs(self, space: str, docs: Collection[str]) -> list[Entry]:
        wanted = set(docs)
        return [row for row in self.of_space(space) if row.doc in wanted]

    def of_parts(self, space: str, parts: Collection[int]) -> list[Entry]:
        wanted = set(parts)
        return [row for row in self.of_space(space) if row.part in wanted]

    def of_ids(self, space: str, ids: Collection[str]) -> list[Entry]:
        return self.of_numbers(space, [number_of_id(row) for row in ids])

    def of_numbers(self, space: str, numbers: Collection[int]) -> list[Entry]:
        kept = self._spaces.get(space, {})
        return [kept[no] for no in sorted(set(numbers)) if no in kept]

    def of_keys(self, space: str, keys: Collection[int]) -> list[Entry]:
        return self.of_numbers(space, {no for key in keys for no in self._by_key.get(key, ())})

    def of_space(self, space: str) -> list[Entry]:
        kept = self._spaces.get(space, {})
        return [kept[no] for no in sorted(kept)]

    def heads(self, space: str, keys: Collection[int]) -> list[tuple[int, Entry]]:
        found = {(key, shape): no for key in keys for no, shape in sorted(self._by_key.get(key, {}).items(), reverse=True)}
        kept = self._spaces.get(space, {})
        return [(key, kept[no]) for (key, _), no in sorted(found.items())]

    def buckets(self, keys: Collection[int], most: int) -> dict[int, Bucket]:
        found = {}
        for key in keys:
            members = sorted(self._by_key.get(key, {}).items())
            if members:
                heads = {shape: no for no, shape in reversed(members)}
                found[key] = Bucket(len(members), heads, members if len(members) <= most else ())
        return found

    def note(self, entries: Iterable[Entry]) -> None:
        for row in entries:
            self._spaces.setdefault(row.space, {})[row.no] = row
            for key, shape in row.keys:
                self._by_key.setdefault(key, {})[row.no] = shape

    def forget(self, entries: Iterable[Entry]) -> None:
        for row in entries:
            self._spaces.get(row.space, {}).pop(row.no, None)
            for key, _ in row.keys:
                self._by_key.get(key, {}).pop(row.no, None)
