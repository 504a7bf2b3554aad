"""The workbook says what the CSV tables say, and nothing in it runs."""

import csv
import io
from dataclasses import replace

import pytest
from openpyxl import load_workbook
from publish_samples import content

from armslength.base.errors import InputError
from armslength.publish import csv as csv_tables
from armslength.publish import xlsx


def book(case=None):
    return load_workbook(io.BytesIO(xlsx.workbook(case or content())))


def test_each_sheet_holds_what_its_table_holds():
    sheets = book()
    for name, lines in csv_tables.files(content()):
        rows = list(csv.reader(io.StringIO("".join(lines).removeprefix("\ufeff"), newline="")))
        sheet = [["" if cell is None else cell for cell in row] for row in sheets[name.removesuffix(".csv")].iter_rows(values_only=True)]
        assert len(sheet) == len(rows), name
        for ours, theirs in zip(sheet, rows, strict=True):
            assert [str(cell) for cell in ours] == [cell.removeprefix("'") for cell in theirs], name


def test_a_text_that_looks_like_a_formula_stays_a_text():
    case = content()
    cells = {cell.value: cell.data_type for row in book(case)["documents"].iter_rows() for cell in row}
    assert cells["=Stations"] == "s"


def test_a_cell_that_is_too_long_says_that_it_was_cut():
    case = content()
    long = replace(case.facts[0], label="word " * 9000)
    cells = [cell for row in book(replace(case, facts=[long]))["facts"].iter_rows(values_only=True) for cell in row]
    assert any(isinstance(cell, str) and cell.endswith("the CSV export has all of it]") for cell in cells)


def test_a_table_longer_than_a_sheet_is_refused_with_what_to_do(monkeypatch):
    monkeypatch.setattr(xlsx, "_ROWS", 2)
    with pytest.raises(InputError, match="--format csv"):
        xlsx.workbook(content())


def test_the_same_case_gives_the_same_bytes():
    assert xlsx.workbook(content()) == xlsx.workbook(content())
