from __future__ import annotations

import pytest

from armslength.ingest.bylines import read_byline, read_label
from armslength.ingest.datelines import is_outlet, iso_date, parse_date, read_date_line


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("12 March 2023", "2023-03-12"),
        ("March 12th, 2023", "2023-03-12"),
        ("Sunday, 12 Mar. 2023", "2023-03-12"),
        ("March 2023", "2023-03"),
        ("2023-03-12", "2023-03-12"),
        ("2023-03", "2023-03"),
        ("13/02/2023", "2023-02-13"),
        ("02/13/2023", "2023-02-13"),
        ("02/03/2023", "2023"),
        ("2023年3月12日", "2023-03-12"),
        ("2023年3月", "2023-03"),
        ("12 de marzo de 2023", "2023-03-12"),
        ("31 February 2023", None),
        ("March", None),
        ("12 March", None),
        ("seven 2023", None),
    ],
)
def test_a_date_keeps_the_precision_it_has(words: str, edtf: str | None) -> None:
    assert parse_date(words) == edtf


def test_a_machines_date_is_read_to_the_day() -> None:
    assert [iso_date(words) for words in ("2023-03-12T09:00:00+01:00", "2023-03", "2023", "now")] == ["2023-03-12", "2023-03", "2023", None]


@pytest.mark.parametrize(
    ("line", "edtf", "rank"),
    [
        ("Published: 12 March 2023", "2023-03-12", 0),
        ("Last updated 14 March 2023, 10:30 GMT", "2023-03-14", 2),
        ("12 March 2023 | 5 min read", "2023-03-12", 1),
        ("London, 12 March 2023", "2023-03-12", 1),
        ("March 12, 2023 at 10:30 a.m.", "2023-03-12", 1),
    ],
)
def test_a_date_line_is_read(line: str, edtf: str, rank: int) -> None:
    found = read_date_line(line)
    assert found is not None
    assert (found.published, found.rank) == (edtf, rank)


@pytest.mark.parametrize(
    "line", ["The council met on 12 March 2023.", "In March 2023 two offices closed", "It was founded in 2019", "12 people"]
)
def test_a_date_in_running_text_is_not_a_date_line(line: str) -> None:
    assert read_date_line(line) is None


def test_a_date_line_may_name_the_writer_or_the_outlet() -> None:
    by = read_date_line("By Ann Example, March 3, 2022")
    outlet = read_date_line("Harbour Journal, 3 March 2022")
    place = read_date_line("Karsk, 3 March 2022")
    assert by is not None
    assert by.byline == "Ann Example"
    assert outlet is not None
    assert outlet.publisher == "Harbour Journal"
    assert place is not None
    assert place.publisher is None


def test_only_the_form_of_an_outlets_name_makes_an_outlet() -> None:
    assert is_outlet("Harbour Journal")
    assert is_outlet("海港周刊")
    assert not is_outlet("Ann Example")
    assert not is_outlet("The journal was closed")


def test_bylines() -> None:
    assert read_byline("By Ann Example and Ben de Vries") == "Ann Example and Ben de Vries"
    assert read_byline("作者：王小明") == "王小明"
    assert read_byline("By then the office had closed its doors.") is None
    assert read_byline("Ann Example") is None


def test_labels() -> None:
    assert read_label("Title: Two offices") == ("title", "Two offices")
    assert read_label("Publisher: Harbour Post") == ("publisher", "Harbour Post")
    assert read_label("Warning: the ice is thin") is None
