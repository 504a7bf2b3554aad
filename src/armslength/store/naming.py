"""Which persons and places the claims of a case name: read fast, without making whole rows.

In:  a reading of a case; documents, or none for all.
Out: of each claim the persons with their mentions, and the names of places.
Never: says whose name one is; keeps what it read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, select

from armslength.store.database import streamed
from armslength.store.schema import CLAIMS

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class _Voice:
    kind: str
    name: str
    mention: str


@dataclass(frozen=True, slots=True)
class _Place:
    name: str


@dataclass(frozen=True, slots=True)
class _Named:
    attribution: tuple[_Voice, ...] = ()
    parties: tuple[_Voice, ...] = ()
    places: tuple[_Place, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedThere:
    """Whom and what one claim names."""

    persons: tuple[tuple[str, str], ...]
    """(mention, name)."""
    places: tuple[str, ...]


def named_in(connection: Connection, docs: Collection[str] | None) -> Iterator[NamedThere]:
    """What every claim of these documents names; of all documents for None."""
    decoder = msgspec.json.Decoder(_Named)
    for body in _bodies(connection, docs):
        found = decoder.decode(body)
        persons = tuple((one.mention, one.name) for one in (*found.attribution, *found.parties) if one.kind == "person")
        yield NamedThere(persons=persons, places=tuple(place.name for place in found.places))


def _bodies(connection: Connection, docs: Collection[str] | None) -> Iterator[str]:
    if docs is None:
        with streamed(connection, select(CLAIMS.c.body)) as rows:
            yield from rows.scalars()
        return
    ordered = sorted(docs)
    for start in range(0, len(ordered), _CHUNK):
        yield from connection.execute(select(CLAIMS.c.body).where(CLAIMS.c.doc.in_(ordered[start : start + _CHUNK]))).scalars()
