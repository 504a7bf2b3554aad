"""A workbook's one sheet as CSV text.

In:  the bytes of an XLSX file.
Out: a `Reading` whose text is the sheet as RFC 4180 writes it, commas and line feeds, each row a block.
Never: computes a formula (the value that was saved stands for it); leaves a second sheet out silently.
"""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, datetime

from armslength.ingest.readers.finish import finish, storable
from armslength.ingest.reading import Head, Reading, UnreadableError
from armslength.model.evidence import Block, Reader

VERSION = "1"


def read_xlsx(data: bytes) -> Reading:
    """Read a workbook."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheets = {sheet.title: [[_cell(value) for value in row] for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets}
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise UnreadableError("the workbook is damaged and cannot be opened; save it again, or as CSV") from error
    full = {name: rows for name, rows in sheets.items() if any(any(row) for row in rows)}
    if len(full) > 1:
        raise UnreadableError(f"the workbook has {len(full)} sheets ({', '.join(full)}); save each as a file of its own, as CSV or XLSX")
    rows = next(iter(full.values()), [])
    pieces: list[str] = []
    blocks: list[Block] = []
    at = 0
    for row in rows:
        line = storable(_line(row))
        if any(row):
            blocks.append(Block(start=at, end=at + len(line.rstrip("\n")), kind="table"))
        pieces.append(line)
        at += len(line)
    return finish(
        "".join(pieces), blocks, Head(), reader=Reader(name="xlsx", version=VERSION, parameters=(("sheet", next(iter(full), "")),))
    )


def _cell(value: object) -> str:
    """A cell's value as text: days as ISO 8601, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time().isoformat() == "00:00:00" else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _line(row: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(row)
    return out.getvalue()
