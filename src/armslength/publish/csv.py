"""One table a file, for people who work in spreadsheets, with a codebook that says what every column is.

In:  the content of a case.
Out: for each file name its bytes, line by line: RFC 4180, UTF-8 with a byte order mark. The mark is there because Excel reads a CSV
     without one in the machine's local alphabet and spoils every accented or Chinese name; R, pandas and LibreOffice skip it.
Never: lets a cell run as a formula; splits a denial from the fact it denies (METHOD F3); names a protected person outside a quote.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

from armslength.publish.columns import COLUMNS, Column
from armslength.publish.content import Content, Names, denials, names_of
from armslength.publish.exchange.losses import WHOLE, Loss, lost
from armslength.publish.jsonl import Row, line_rows

BYTE_ORDER_MARK = "\ufeff"
SEPARATOR = " | "
"""Between several values in one cell."""

COMPARATORS = {"=": "exactly", ">=": "at least", ">": "more than", "<=": "up to", "<": "less than", "approx": "about"}
"""In words, because a cell that says `=` is an unfinished formula."""

LOSSES: tuple[Loss, ...] = (
    *lost("documents", "A sheet is no place for whole texts, nor for what stands where in them.", "text", "boilerplate", "duplicates"),
    *lost("documents", "Which program read the file stands in the JSON lines.", "reader"),
    *lost("claims", "The number and its comparator say the same.", "interval", "unit"),
    *lost("claims", "Who a passage is about could be lined up into a list of persons.", "parties"),
    *lost("claims", "Notes of the reader stand in the JSON lines.", "repeats", "flags", "reader"),
    *lost("facts", "Its denials stand beside it in words; whose count it is, in the JSON lines.", "denied_by", "counter"),
    *lost("entities", "Reasons compare names.", "why"),
    *lost("sites", "What reviewers said of a site stands with its facts.", "state"),
    *lost("incidents", "What reviewers said of an incident stands with its facts.", "state"),
    *lost("rejected", "A number for programs.", "id"),
    *lost("judgements", "Signed rows are for programs: the JSON lines have them whole.", WHOLE),
)
"""What the tables, and the workbook made of them, do not hold."""

# Spreadsheets take a cell beginning with one of these as a formula (OWASP, "CSV Injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def files(content: Content) -> Iterator[tuple[str, Iterator[str]]]:
    """File names of the export with their lines, one at a time."""
    for name, header, rows in tables(content):
        yield f"{name}.csv", _lines(header, rows)


def tables(content: Content) -> Iterator[tuple[str, Sequence[str], Iterable[Sequence[object]]]]:
    """Name, header and rows of each table, one value a cell; the codebook last."""
    names = names_of(content)
    found = line_rows(content, names)
    found["facts"] = _with_denials(found["facts"], content, names)
    found["counts"] = _counts(content, names)
    for table, columns in COLUMNS.items():
        yield table, [column.name for column in columns], _cells(found[table], columns)
    yield "codebook", ["table", "column", "meaning"], _codebook()


def safe(cell: object) -> str:
    """A value as a cell. Text that a spreadsheet would run as a formula gets an apostrophe in front; numbers stay numbers."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, int | float):
        return str(cell)
    text = "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in str(cell))
    return "'" + text if text.startswith(_FORMULA) else text


def _lines(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield BYTE_ORDER_MARK + _line(header)
    for row in rows:
        yield _line([safe(cell) for cell in row])


def _line(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()


def _cells(rows: Iterable[Row], columns: Sequence[Column]) -> Iterator[list[object]]:
    for row in rows:
        found = [(column.path, _reach(row, column.path)) for column in columns]
        yield [COMPARATORS.get(str(value), value) if path == "comparator" else _flat(value) for path, value in found]


def _reach(row: object, path: str) -> object:
    """Follow `a.b` into nested values; a list on the way gives the list of what its items hold there."""
    for step in path.split("."):
        if isinstance(row, Mapping):
            row = row.get(step)
        elif isinstance(row, list):
            row = row[int(step)] if step.isdigit() else [item.get(step) for item in row]
        if row is None:
            return None
    return row


def _flat(value: object) -> object:
    """One cell for a value: lists side by side, mappings as `field: value`."""
    if isinstance(value, list | tuple):
        return SEPARATOR.join(str(_flat(item)) for item in value if item is not None)
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_flat(item)}" for key, item in value.items())
    return value


def _with_denials(rows: Iterable[Row], content: Content, names: Names) -> Iterator[Row]:
    """Put beside each fact the facts that deny it, in words."""
    label = {fact.id: names.masked(fact.label) for fact in content.facts}
    denied = denials(content)
    for row in rows:
        found = denied.get(str(row["id"]), [])
        yield {**row, "denials": [label.get(relation.fact, relation.fact) for relation in found]}


def _counts(content: Content, names: Names) -> Iterator[Row]:
    for count in sorted(content.counts, key=lambda row: (row.table, row.row, row.id)):
        yield {
            "table": count.table,
            "row": names.masked(count.row),
            "unit": count.unit,
            "value": count.value,
            "profile": count.profile,
            "supports": sorted(count.supports),
        }


def _codebook() -> Iterator[Sequence[object]]:
    for table, columns in COLUMNS.items():
        for column in columns:
            yield table, column.name, column.meaning
