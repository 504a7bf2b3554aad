"""The names of persons in a case, as its documents write them: read fast, without making whole rows.

In:  a reading of a case.
Out: the names of voices and parties that are persons, each with its mention; bylines; which documents are sheets that people coded.
Never: says whose name one is; keeps what it read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, select

from armslength.store.database import streamed
from armslength.store.schema import CLAIMS, DOCUMENTS


@dataclass(frozen=True, slots=True)
class _Voice:
    kind: str
    name: str
    mention: str


@dataclass(frozen=True, slots=True)
class _Voices:
    attribution: tuple[_Voice, ...] = ()
    parties: tuple[_Voice, ...] = ()


@dataclass(frozen=True, slots=True)
class _Appearance:
    byline: str | None = None


@dataclass(frozen=True, slots=True)
class _Bylines:
    appearances: tuple[_Appearance, ...] = ()


def person_names(connection: Connection) -> Iterator[tuple[str, str]]:
    """(mention, name) of every voice and party that is a person; a pair may come more than once."""
    decoder = msgspec.json.Decoder(_Voices)
    with streamed(connection, select(CLAIMS.c.body)) as rows:
        for body in rows.scalars():
            found = decoder.decode(body)
            yield from ((one.mention, one.name) for one in (*found.attribution, *found.parties) if one.kind == "person")


def sheets(connection: Connection) -> list[str]:
    """Ids of documents that were handed over with a mapping of their columns. The key is looked for as canonical JSON writes it: inside a
    text its quotation marks would be escaped.
    """
    return list(connection.execute(select(DOCUMENTS.c.id).where(DOCUMENTS.c.body.contains('"mapping":"{', autoescape=True))).scalars())


def bylines(connection: Connection) -> set[str]:
    """Bylines of all documents, as they stand."""
    decoder = msgspec.json.Decoder(_Bylines)
    with streamed(connection, select(DOCUMENTS.c.body)) as rows:
        return {one.byline for body in rows.scalars() for one in decoder.decode(body).appearances if one.byline}
