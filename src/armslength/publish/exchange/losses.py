"""What a format of another program can and cannot hold, and the report of it that goes with every export.

In:  the losses a format declares, and the rows of the export contract.
Out: `losses.json`: each field that is not carried, with the reason and how many rows it concerns; rows left out whole, counted.
Never: a loss by silence. A test holds that every field of the contract is either read back as it was or declared here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from armslength.publish.content import Content, names_of
from armslength.publish.jsonl import Row, line_rows

REPORT = "losses.json"
WHOLE = "*"
"""As a field: the whole table."""
Tables = Mapping[str, Sequence[Row]]
"""Table of the export contract to its rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """A field that a format does not carry, or carries in another form that does not lead back."""

    table: str
    field: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One format of another program."""

    name: str
    write: Callable[[Tables], Iterator[tuple[str, Iterator[str]]]]
    """Rows of the contract to file names with their lines."""
    read: Callable[[Mapping[str, str]], dict[str, list[Row]]]
    """File names with their text back to rows that hold the fields carried."""
    losses: tuple[Loss, ...]
    keeps: Callable[[str, Row], str] = lambda _table, _row: ""
    """Why a row of a table that is carried is left out whole, or empty."""

    def files(self, content: Content) -> Iterator[tuple[str, Iterator[str]]]:
        """File names of the export with their lines; the report of losses last."""
        tables = tables_of(content)
        left = {table: [row for row in rows if not self.keeps(table, row)] for table, rows in tables.items()}
        yield from self.write(left)
        yield REPORT, iter([json.dumps(self.report(tables), ensure_ascii=False, indent=2) + "\n"])

    def report(self, tables: Tables) -> Row:
        """What is lost of these rows, as plain values."""
        fields = [
            {"table": loss.table, "field": loss.field, "reason": loss.reason, "rows": _concerned(loss, tables.get(loss.table, ()))}
            for loss in self.losses
        ]
        left: dict[tuple[str, str], int] = {}
        for table, rows in tables.items():
            for reason in filter(None, (self.keeps(table, row) for row in rows)):
                left[table, reason] = left.get((table, reason), 0) + 1
        rows_out = [{"table": table, "reason": reason, "rows": count} for (table, reason), count in sorted(left.items())]
        return {"format": self.name, "fields": fields, "left_out": rows_out}


def tables_of(content: Content) -> dict[str, list[Row]]:
    """The rows of the export contract."""
    return {table: list(rows) for table, rows in line_rows(content, names_of(content)).items()}


def lost(table: str, reason: str, *fields: str) -> Iterator[Loss]:
    """Several fields of one table that are lost for one reason."""
    return (Loss(table=table, field=field, reason=reason) for field in fields)


def _concerned(loss: Loss, rows: Iterable[Row]) -> int:
    """Rows that have something to lose."""
    return sum(1 for row in rows if loss.field == WHOLE or row.get(loss.field) not in (None, "", [], {}))
