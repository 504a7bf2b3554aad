import csv as standard
import io

from hypothesis import given
from hypothesis import strategies as st
from publish_samples import content

from armslength.publish import csv
from armslength.publish.columns import COLUMNS

RUNS = "=+-@\t\r\n"


def read(name, case=None):
    lines = dict(csv.files(case or content()))[name]
    text = "".join(lines)
    assert text.startswith(csv.BYTE_ORDER_MARK)
    return list(standard.DictReader(io.StringIO(text.removeprefix(csv.BYTE_ORDER_MARK), newline="")))


def test_denials_stand_beside_the_fact():
    count, denial = read("facts.csv")
    assert count["denials"] == "the embassy denies the offices"
    assert denial["denials"] == ""
    assert (count["origins_min"], count["interval_low"], count["interval_high"], count["value"]) == ("1", "12", "", "12")
    assert count["comparator"] == "at least"
    assert count["source_summary"].startswith("1 passage in 1 document")


def test_a_title_does_not_become_a_formula():
    assert read("documents.csv")[0]["title"] == "'=Stations"
    assert read("lineage.csv")[0]["quotes"] == "'=Stations"


def test_every_column_is_in_the_codebook():
    book = {(row["table"], row["column"]) for row in read("codebook.csv")}
    for table, columns in COLUMNS.items():
        header = list(read(f"{table}.csv")[0])
        assert header == [column.name for column in columns]
        assert {(table, name) for name in header} <= book


def test_protected_names_are_masked():
    for name in dict(csv.files(content())):
        for row in read(name):
            assert "Ferrer" not in "".join(value for column, value in row.items() if column not in {"quote", "quotes"}), name


def test_a_negative_number_stays_a_number():
    assert csv.safe(-5) == "-5"
    assert csv.safe("-5 people") == "'-5 people"
    assert csv.safe(None) == ""
    assert csv.safe(True) == "yes"


@given(st.text(st.characters(exclude_categories=[])))
def test_no_cell_begins_as_a_formula(text):
    assert not csv.safe(text).startswith(tuple(RUNS))
    csv.safe(text).encode("utf-8")
