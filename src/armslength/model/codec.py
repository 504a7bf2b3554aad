"""Rows as text and back, one spelling each.

In:  a frozen row of `model/`, or the JSON that was made from one.
Out: canonical JSON (keys sorted, no spaces, UTF-8 unescaped), the row again, or plain dictionaries and lists.
Never: guesses. A wrong type, a missing field or text that UTF-8 cannot hold is an error, not a default.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Hashable, Iterator
from functools import cache
from typing import Any, TypeVar, cast, get_type_hints

import msgspec

from armslength.base.errors import InputError, IntegrityError

Row = TypeVar("Row")


def to_json(row: object) -> str:
    """Write a row as canonical JSON: the same row gives the same text on every machine.

    Whole numbers stay whole and floats keep a point, so `54` and `54.0` differ, as they do in the row. Only a field that is
    declared as a plain float writes a whole number with a point. Raises InputError for NaN, infinity and lone surrogates.
    """
    row = _settled(row)
    try:
        return msgspec.json.encode(row, order="sorted").decode()
    except UnicodeEncodeError as problem:
        name = type(row).__name__
        raise InputError(f"A {name} holds half of a surrogate pair, which UTF-8 cannot write: {problem.reason}.") from problem


def from_json(row_type: type[Row], text: str | bytes) -> Row:
    """Read a row back. Raises IntegrityError, naming the field, when the text is not such a row."""
    try:
        found: Row = _decoder(cast("Hashable", row_type)).decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError) as problem:
        raise IntegrityError(f"The stored text is not a {row_type.__name__}: {problem}.") from problem
    return found


def to_plain(row: object) -> dict[str, Any]:
    """Write a row as dictionaries with sorted keys, lists, text and numbers: what JSON would give back."""
    plain: dict[str, Any] = msgspec.json.decode(to_json(row))
    return plain


@cache
def _decoder(row_type: Hashable) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(row_type, strict=True)


@cache
def _fields(row_type: Hashable) -> tuple[tuple[str, bool, bool], ...]:
    """Fields that need a look before writing: name, whether declared as a plain float, whether other rows may lie inside."""
    hints = get_type_hints(row_type)
    found = []
    for name, hint in hints.items():
        spelled = str(hint)
        nested = "armslength." in spelled
        if nested or "float" in spelled:
            found.append((name, hint is float, nested))
    return tuple(found)


def _settled(row: object) -> Any:
    """The row with its plain float fields as floats. Raises InputError for a number that JSON cannot write."""
    if not dataclasses.is_dataclass(row) or isinstance(row, type):
        raise TypeError(f"only rows are written, not a {type(row).__name__}")
    _refuse_unreal(row)
    changed: dict[str, Any] = {}
    for name, plain_float, nested in _fields(cast("Hashable", type(row))):
        value = getattr(row, name)
        if nested:
            for inner in _rows_in(value):
                _refuse_unreal(inner)
        elif plain_float and type(value) is int:
            changed[name] = float(value)
    return dataclasses.replace(row, **changed) if changed else row


def _rows_in(value: object) -> Iterator[object]:
    if isinstance(value, tuple):
        yield from value
    elif value is not None:
        yield value


def _refuse_unreal(row: object) -> None:
    for name, _, _ in _fields(cast("Hashable", type(row))):
        value = getattr(row, name)
        if isinstance(value, float) and not math.isfinite(value):
            raise InputError(f"{type(row).__name__}.{name} is {value}, which is not a number that can be kept; use None.")
