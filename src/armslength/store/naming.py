"""Whether the claims of a case name a place: looked for when a word that somebody wrote is a person's last name and may be a place's, too.

In:  a reading of a case, a word.
Out: yes or no.
Never: keeps what it read.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, select

from armslength.store.database import streamed
from armslength.store.schema import CLAIMS


@dataclass(frozen=True, slots=True)
class _Place:
    name: str


@dataclass(frozen=True, slots=True)
class _Placed:
    places: tuple[_Place, ...] = ()


def names_place(connection: Connection, word: str) -> bool:
    """Whether a word is one of a place's name in any claim."""
    decoder = msgspec.json.Decoder(_Placed)
    with streamed(connection, select(CLAIMS.c.body).where(CLAIMS.c.body.contains(word, autoescape=True))) as rows:
        return any(word in place.name.split() for body in rows.scalars() for place in decoder.decode(body).places)
