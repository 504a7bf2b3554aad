"""What a page shows as a file: a table as CSV or JSON, places as GeoJSON, each saying what it is a view of.

In:  a table, or features; what it is of (`About`).
Out: bytes.
Never: lets a cell run as a formula; leaves out which case, view and filters it is, when it was made, that names are masked, or the
       scope its counts were made under.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from armslength.pipeline.views.counted import Profiled
from armslength.publish.csv import BYTE_ORDER_MARK, SEPARATOR, safe

MASKED = "Names of protected persons are masked."
MOST_ROWS = 50_000
"""Rows of one file: a spreadsheet opens so many. `armslength export` writes a whole case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table."""

    name: str
    meaning: str
    """For somebody who was given only the table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What a view shows, as rows."""

    columns: tuple[Column, ...]
    rows: Sequence[Sequence[object]]
    counted: tuple[Profiled, ...] = ()
    """What the view counts, each with its scope."""
    notes: tuple[str, ...] = ()
    """What has to be known beside it, in sentences."""
    total: int = 0
    """How many rows there are, where the file holds only the first of them; else 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a file is a view of."""

    case: str
    view: str
    made: str
    """Moment, UTC."""
    filters: Mapping[str, str] = field(default_factory=dict)
    counted: tuple[Profiled, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """All of it in one line."""
        asked = ", ".join(f"{name}={value}" for name, value in sorted(self.filters.items())) or "none"
        counts = " ".join(f"{row.sentence}." for row in self.counted)
        parts = (
            f"armslength: {self.view} of the case {self.case}.",
            f"Filters: {asked}.",
            f"Made {self.made}.",
            MASKED,
            counts,
            *self.notes,
        )
        return " ".join(part for part in parts if part)

    @property
    def fields(self) -> dict[str, Any]:
        """The same for programs."""
        return {
            "case": self.case,
            "view": self.view,
            "filters": dict(sorted(self.filters.items())),
            "made": self.made,
            "masked": True,
            "counts": [{"unit": row.unit, "value": row.value, "scope": row.profile} for row in self.counted],
            "notes": [MASKED, *self.notes],
        }


def csv_bytes(about: About, table: Table) -> bytes:
    """The table as CSV (RFC 4180, UTF-8 with a byte order mark, as spreadsheets need it), under a comment that says what it is."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([f"# {about.line}"])
    writer.writerow([column.name for column in table.columns])
    writer.writerows([safe(_flat(cell)) for cell in row] for row in table.rows)
    return (BYTE_ORDER_MARK + out.getvalue()).encode("utf-8")


def json_bytes(about: About, table: Table) -> bytes:
    """The table as JSON: what it is, what each column means, and the rows as objects."""
    names = [column.name for column in table.columns]
    body = {
        "about": about.fields,
        "columns": {column.name: column.meaning for column in table.columns},
        "rows": [dict(zip(names, row, strict=True)) for row in table.rows],
    }
    return _json(body)


def geojson_bytes(about: About, features: Iterable[Mapping[str, Any]]) -> bytes:
    """Features as GeoJSON (RFC 7946), with what they are as a member beside them."""
    return _json({"type": "FeatureCollection", "about": about.fields, "features": list(features)})


def _json(body: object) -> bytes:
    return (json.dumps(body, ensure_ascii=True, indent=1, allow_nan=False) + "\n").encode("ascii")


def _flat(value: object) -> object:
    """A cell: several values side by side."""
    if isinstance(value, list | tuple):
        return SEPARATOR.join(str(item) for item in value if item not in (None, ""))
    return value
