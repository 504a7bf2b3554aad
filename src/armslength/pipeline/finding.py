"""Finds a row by the first characters of its id, as people type them. Never by a name: ids say nothing about anybody."""

from __future__ import annotations

from typing import TypeVar

from armslength.base.errors import InputError
from armslength.store.read import Reader

Row = TypeVar("Row")

SHORTEST = 4
"""Characters that a prefix needs; shorter ones would often be a slip of the hand."""
_SHOWN = 8
"""Candidates listed for a prefix that several rows share."""
_MOST = 1000
"""Candidates that are counted; more are many."""


def find_by_prefix(reader: Reader, row_type: type[Row], prefix: str, *, word: str) -> Row:
    """The one row whose id begins so; `word` names the kind of row in messages.

    Raises InputError when the prefix is too short, when no row has it, or, with the candidates listed, when several have it.
    """
    wanted = prefix.strip().lower().rstrip("…")
    exact = reader.get(row_type, wanted)
    if exact is not None:
        return exact
    if len(wanted) < SHORTEST:
        raise InputError(f"{prefix!r} is too short to name a {word}; give at least {SHORTEST} characters of its id.")
    found = reader.starting(row_type, wanted, limit=_MOST + 1)
    if not found:
        raise InputError(f"This case has no {word} whose id begins with {prefix!r}. `armslength list {word}s CASE` shows those it has.")
    if len(found) > 1:
        shown = ", ".join(_id(row)[:16] for row in found[:_SHOWN])
        more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
        many = f"More than {_MOST}" if len(found) > _MOST else len(found)
        raise InputError(f"{many} {word}s have an id that begins with {prefix!r}: {shown}{more}. Give more characters.")
    return found[0]


def _id(row: object) -> str:
    return str(getattr(row, "id", ""))
