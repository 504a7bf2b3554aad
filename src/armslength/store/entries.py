"""Keeping what stages note about rows (`model/entries.py`), and telling which rows have come, changed or gone since a stage last ran.

In:  a connection inside a transaction, entries, the kind of row asked about.
Out: entries by id, document, group and key; what has changed, from ids and hashes alone, without reading a row.
Never: commits; holds anything that cannot be made again.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, select

from armslength.model.entries import Bucket, Entry, number_of_id
from armslength.store.schema import ENTRIES, ENTRY_KEYS, SEEN, shelf_of

_CHUNK = 500
"""Values handed to one IN."""
_BATCH = 5000
"""Rows sent to the database at a time."""
_COLUMNS = (ENTRIES.c.space, ENTRIES.c.id, ENTRIES.c.doc, ENTRIES.c.part, ENTRIES.c["keys"], ENTRIES.c.body)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Changes:
    """What is different from what a stage had before it: row to (document, hash)."""

    come: Mapping[str, tuple[str, str]]
    """New rows, and rows that say something else now."""
    gone: Mapping[str, str]
    """Rows that are not there any more, with their document."""

    @property
    def docs(self) -> frozenset[str]:
        """Documents that anything of this belongs to."""
        return frozenset({doc for doc, _ in self.come.values()} | set(self.gone.values()))


def changes(connection: Connection, stage: str, row_type: type) -> Changes:
    """Which rows of a type have come, changed or gone since the stage had seen them."""
    table = shelf_of(row_type).table
    doc = table.c.doc if "doc" in table.c else table.c.id
    mine = and_(SEEN.c.stage == stage, SEEN.c.kind == table.name)
    same = select(SEEN.c.id).where(mine, SEEN.c.id == table.c.id, SEEN.c.hash == table.c.hash).exists()
    there = select(table.c.id).where(table.c.id == SEEN.c.id).exists()
    come = {row_id: (of, row_hash) for row_id, of, row_hash in connection.execute(select(table.c.id, doc, table.c.hash).where(~same))}
    gone = {row_id: of for row_id, of in connection.execute(select(SEEN.c.id, SEEN.c.doc).where(mine, ~there))}  # noqa: C416
    return Changes(come=come, gone=gone)


def note_seen(connection: Connection, stage: str, row_type: type, found: Changes) -> None:
    """Remember that the stage has these changes behind it."""
    kind = shelf_of(row_type).table.name
    for some in _cut(sorted({*found.come, *found.gone}), _CHUNK):
        connection.execute(delete(SEEN).where(SEEN.c.stage == stage, SEEN.c.kind == kind, SEEN.c.id.in_(some)))
    rows = [{"stage": stage, "kind": kind, "id": row_id, "hash": row_hash, "doc": doc} for row_id, (doc, row_hash) in found.come.items()]
    for many in _cut(rows, _BATCH):
        connection.execute(insert(SEEN), many)


def forget_seen(connection: Connection, stage: str, row_type: type) -> None:
    """Forget which rows of a type a stage had before it."""
    connection.execute(delete(SEEN).where(SEEN.c.stage == stage, SEEN.c.kind == shelf_of(row_type).table.name))


def forget_all(connection: Connection) -> None:
    """Forget everything that all stages have noted and seen."""
    for table in (SEEN, ENTRY_KEYS, ENTRIES):
        connection.execute(delete(table))


def entries_state(connection: Connection, stage: str, spaces: Collection[str]) -> str:
    """How much a stage has noted and seen, and whether there are keys at all: enough to tell that a table was emptied."""
    noted = connection.execute(select(func.count()).select_from(ENTRIES).where(ENTRIES.c.space.in_(spaces))).scalar()
    seen = connection.execute(select(func.count()).select_from(SEEN).where(SEEN.c.stage == stage)).scalar()
    keys = connection.execute(select(ENTRY_KEYS.c.no).limit(1)).first()
    return f"{noted} {seen} {keys is not None}"


class StoredEntries:
    """The entries of a case in its database."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_docs(self, space: str, docs: Collection[str]) -> list[Entry]:
        return self._found(space, ENTRIES.c.doc, docs)

    def of_parts(self, space: str, parts: Collection[int]) -> list[Entry]:
        return self._found(space, ENTRIES.c.part, parts)

    def of_ids(self, space: str, ids: Collection[str]) -> list[Entry]:
        return self.of_numbers(space, {number_of_id(row) for row in ids})

    def of_numbers(self, space: str, numbers: Collection[int]) -> list[Entry]:
        return self._found(space, ENTRIES.c.no, numbers)

    def of_keys(self, space: str, keys: Collection[int]) -> list[Entry]:
        numbers: set[int] = set()
        for some in _cut(sorted(set(keys)), _CHUNK):
            numbers |= set(self._connection.execute(select(ENTRY_KEYS.c.no).where(ENTRY_KEYS.c.key.in_(some))).scalars())
        return self.of_numbers(space, numbers)

    def of_space(self, space: str, *, most: int | None = None) -> list[Entry]:
        rows = self._connection.execute(select(*_COLUMNS).where(ENTRIES.c.space == space).order_by(ENTRIES.c.no).limit(most))
        return [_entry(row) for row in rows]

    def heads(self, space: str, keys: Collection[int]) -> list[tuple[int, Entry]]:
        firsts = [(key, no) for key, _, no, _ in self._grouped(keys)]
        rows = {row.no: row for row in self.of_numbers(space, {no for _, no in firsts})}
        return [(key, rows[no]) for key, no in firsts]

    def buckets(self, keys: Collection[int], most: int) -> dict[int, Bucket]:
        heads: dict[int, dict[int, int]] = defaultdict(dict)
        sizes: dict[int, int] = defaultdict(int)
        for key, shape, first, size in self._grouped(keys):
            heads[key][shape] = first
            sizes[key] += size
        members: dict[int, list[tuple[int, int]]] = defaultdict(list)
        table = ENTRY_KEYS.c
        for some in _cut(sorted(key for key, size in sizes.items() if size <= most), _CHUNK):
            rows = select(table.key, table.no, table.shape).where(table.key.in_(some)).order_by(table.key, table.no)
            for key, no, shape in self._connection.execute(rows):
                members[key].append((no, shape))
        return {key: Bucket(size, heads[key], members.get(key, ())) for key, size in sizes.items()}

    def note(self, entries: Iterable[Entry]) -> None:
        waiting = iter(entries)
        while some := list(islice(waiting, _BATCH)):
            self._connection.execute(insert(ENTRIES), [_values(row) for row in some])
            keys = [{"key": key, "no": row.no, "shape": shape} for row in some for key, shape in dict(row.keys).items()]
            for many in _cut(keys, _BATCH):
                self._connection.execute(insert(ENTRY_KEYS), many)

    def forget(self, entries: Iterable[Entry]) -> None:
        rows = list(entries)
        for some in _cut(rows, _CHUNK):
            for space in sorted({row.space for row in some}):
                numbers = [row.no for row in some if row.space == space]
                self._connection.execute(delete(ENTRIES).where(ENTRIES.c.space == space, ENTRIES.c.no.in_(numbers)))
        keys = [(row.no, [key for key, _ in row.keys]) for row in rows if row.keys]
        for no, found in keys:
            for part in _cut(found, _CHUNK):
                self._connection.execute(delete(ENTRY_KEYS).where(ENTRY_KEYS.c.no == no, ENTRY_KEYS.c.key.in_(part)))

    def _found(self, space: str, column: ColumnElement[Any], values: Collection[Any]) -> list[Entry]:
        found = []
        for some in _cut(sorted(set(values)), _CHUNK):
            rows = self._connection.execute(select(*_COLUMNS).where(ENTRIES.c.space == space, column.in_(some)))
            found += [_entry(row) for row in rows]
        return sorted(found, key=lambda row: row.no)

    def _grouped(self, keys: Collection[int]) -> Iterator[tuple[int, int, int, int]]:
        """(key, shape, least number, how many), in order."""
        table = ENTRY_KEYS.c
        for some in _cut(sorted(set(keys)), _CHUNK):
            rows = select(table.key, table.shape, func.min(table.no), func.count()).where(table.key.in_(some))
            rows = rows.group_by(table.key, table.shape).order_by(table.key, table.shape)
            for key, shape, first, size in self._connection.execute(rows):  # noqa: UP028 - rows are not tuples to a type checker
                yield key, shape, first, size


def _values(row: Entry) -> dict[str, object]:
    keys = array("q", [part for pair in row.keys for part in pair]).tobytes()
    return {"space": row.space, "no": row.no, "id": row.id, "doc": row.doc, "part": row.part, "keys": keys, "body": row.body}


def _entry(row: Any) -> Entry:
    space, row_id, doc, part, keys, body = row
    numbers = array("q", bytes(keys))
    return Entry(space=space, id=row_id, doc=doc, part=part, keys=tuple(zip(numbers[::2], numbers[1::2], strict=True)), body=body)


def _cut(rows: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]
