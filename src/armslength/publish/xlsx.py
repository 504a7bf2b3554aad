"""The tables of `csv.py` as one workbook, for people who open it in a spreadsheet and filter.

In:  the content of a case.
Out: the bytes of one XLSX file: a sheet for each table, and the codebook; the same bytes for the same case.
Never: a formula or a link made of a text; a value cut without saying so.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from armslength.base.errors import InputError
from armslength.publish.content import Content
from armslength.publish.csv import tables

FILE = "tables.xlsx"
_ROWS, _CHARACTERS = 1_048_576, 32_767
"""What a sheet and a cell can hold (ECMA-376; Excel's specifications and limits)."""
_CUT = " [cut here: the CSV export has all of it]"
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""The workbook's date of making. The real one would make two exports of one case differ."""
_WIDE = 60


def files(content: Content) -> Iterator[tuple[str, Iterator[bytes]]]:
    """The one file."""
    yield FILE, iter([workbook(content)])


def workbook(content: Content) -> bytes:
    """The whole workbook. Raises InputError for a table that is longer than a sheet can be."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"created": _EPOCH.replace(tzinfo=None), "title": "armslength export"})
    bold = book.add_format({"bold": True})
    for name, header, rows in tables(content):
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 1)
        sheet.write_row(0, 0, header, bold)
        last = 0
        for last, row in enumerate(rows, start=1):
            if last >= _ROWS:
                raise InputError(f"The table {name} has more than {_ROWS - 1:,} rows, the most a sheet can hold. Export with --format csv.")
            _write(sheet, last, row)
        sheet.autofilter(0, 0, last, len(header) - 1)
        sheet.set_column(0, len(header) - 1, min(_WIDE, 24))
    book.close()
    return out.getvalue()


def _write(sheet: Worksheet, at: int, row: Sequence[object]) -> None:
    for column, value in enumerate(row):
        if isinstance(value, bool):
            sheet.write_string(at, column, "yes" if value else "no")
        elif isinstance(value, int | float):
            sheet.write_number(at, column, value)
        elif value is not None:
            text = str(value).encode("utf-8", "replace").decode("utf-8")
            sheet.write_string(at, column, text if len(text) <= _CHARACTERS else text[: _CHARACTERS - len(_CUT)] + _CUT)
