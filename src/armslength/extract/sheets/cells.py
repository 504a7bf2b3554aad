"""A table in a text, cell by cell, with the place of every value.

In:  CSV (RFC 4180; comma, semicolon or tab) or JSON lines, as a document's text.
Out: the header and rows of cells, each with its value and its offsets in the text.
Never: moves an offset: `text[cell.start:cell.end]` is what the cell holds, with its doubled quotes or escapes as they stand there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

_DELIMITERS = ",;\t"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One value."""

    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: column to cell, and where it stands."""

    cells: Mapping[str, Cell]
    start: int
    end: int


def table_of(text: str) -> tuple[Sequence[str], list[Row]]:
    """The columns and rows of a table. JSON lines have the columns `id`, `schema` and each property, several values apart by `|`."""
    if text.lstrip("\ufeff \r\n").startswith("{"):
        rows = list(_json_rows(text))
        return sorted({column for row in rows for column in row.cells}), rows
    lines = list(_records(text, delimiter_of(text)))
    if not lines:
        return (), []
    header = [cell.value.strip().lstrip("\ufeff") for cell in lines[0]]
    rows = []
    for cells in lines[1:]:
        if any(cell.value.strip() for cell in cells):
            rows.append(Row(cells=dict(zip(header, cells, strict=False)), start=cells[0].start, end=cells[-1].end))
    return header, rows


def delimiter_of(text: str) -> str:
    """The sign between cells: the one that the first line has most of."""
    first = text.partition("\n")[0]
    return max(_DELIMITERS, key=first.count)


def _records(text: str, delimiter: str) -> Iterator[list[Cell]]:
    at, record = 0, list[Cell]()
    while at <= len(text):
        cell, at = _cell(text, at, delimiter)
        record.append(cell)
        if at >= len(text):
            if len(record) > 1 or record[0].value:
                yield record
            return
        if text[at] == delimiter:
            at += 1
            continue
        at += 2 if text.startswith("\r\n", at) else 1
        yield record
        record = []


def _cell(text: str, at: int, delimiter: str) -> tuple[Cell, int]:
    """The cell that begins here, and where what follows it begins."""
    if text.startswith('"', at):
        end = at + 1
        while (end := text.find('"', end)) >= 0 and text.startswith('"', end + 1):
            end += 2
        end = len(text) if end < 0 else end
        after = min((found for sign in (delimiter, "\r", "\n") if (found := text.find(sign, end)) >= 0), default=len(text))
        return Cell(value=text[at + 1 : end].replace('""', '"'), start=at + 1, end=end), after
    end = min((found for sign in (delimiter, "\r", "\n") if (found := text.find(sign, at)) >= 0), default=len(text))
    return Cell(value=text[at:end], start=at, end=end), end


def _json_rows(text: str) -> Iterator[Row]:
    at = 0
    for line in text.splitlines(keepends=True):
        told = _object(line)
        if told is not None:
            yield Row(cells=dict(_json_cells(told, line, at)), start=at, end=at + len(line.rstrip()))
        at += len(line)


def _object(line: str) -> dict[str, object] | None:
    try:
        told = json.loads(line)
    except ValueError:
        return None
    return told if isinstance(told, dict) else None


def _json_cells(told: Mapping[str, object], line: str, at: int) -> Iterator[tuple[str, Cell]]:
    """FollowTheMoney's form: `properties` holds lists of texts. The place is that of the first value, as it is escaped in the line."""
    properties = told.get("properties")
    fields = {**(properties if isinstance(properties, dict) else {}), **{name: told[name] for name in ("id", "schema") if name in told}}
    for name, value in fields.items():
        values = [str(one) for one in (value if isinstance(value, list) else [value])]
        written = [json.dumps(values[0], ensure_ascii=ascii_only)[1:-1] for ascii_only in (False, True)] if values else []
        key = line.find(json.dumps(name))
        place = next(((found, len(form)) for form in written if (found := line.find(form, max(key, 0))) >= 0), None)
        if place is not None:
            yield name, Cell(value="|".join(values), start=at + place[0], end=at + place[0] + place[1])
