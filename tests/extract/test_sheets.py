"""Cells keep their places, mappings say what is wrong with them, and a row gives one claim or one reason."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.base.errors import InputError
from armslength.base.ids import digest_text
from armslength.extract.sheets.cells import table_of
from armslength.extract.sheets.mapping import canonical, kept, read_mapping, shipped, shipped_mapping
from armslength.extract.sheets.reading import read_sheet
from armslength.model.evidence import Appearance, Document, Reader

MAPPING = """
name: Harbour log
kind: incident.case
key: no
quote: [what, short]
date: on
country: in
city: town
methods: {column: how, words: {Abduction: A3, beating: A2}}
source: told by
persons: [who]
"""
COLUMNS = ["no", "what", "short", "on", "in", "town", "how", "told by", "who"]


def sheet(*rows, mapping=MAPPING, columns=COLUMNS):
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([columns, *rows])
    return document(out.getvalue(), mapping)


def document(text, mapping=MAPPING):
    told = canonical(read_mapping(mapping, name="log.yaml"))
    first = Appearance(source="5" * 64, file="log.csv", publisher="Quay Archive", mapping=told)
    return Document(id=digest_text(text), text=text, lang="en", reader=Reader(name="plain", version="1"), appearances=(first,))


CELLS = st.lists(st.lists(st.text(alphabet='ab,;"\n\r\té中 ', max_size=6), min_size=3, max_size=3), min_size=1, max_size=5)


@given(rows=CELLS)
def test_cells_are_what_the_csv_module_reads_and_stand_where_they_say(rows):
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([["x", "y", "z"], *rows])
    text = out.getvalue()
    _, found = table_of(text)
    assert [[row.cells[name].value for name in "xyz"] for row in found] == [row for row in rows if any(cell.strip() for cell in row)]
    for row in found:
        for cell in row.cells.values():
            assert text[cell.start : cell.end].replace('""', '"') == cell.value


def test_a_row_becomes_a_claim_bound_to_its_words():
    told = sheet(
        ["7", "A man was pushed into a van, she said.", "", "2023-05-04", "Norway", "Oslo", "Abduction", "Quay Watch", "Ada Ferrer|Bo Lind"]
    )
    (claim,) = read_sheet(told).claims
    assert told.text[claim.start : claim.end] == claim.quote == "A man was pushed into a van, she said."
    assert (claim.kind, claim.methods, claim.event_date.edtf, claim.confidence) == ("incident.case", ("A3",), "2023-05-04", 1.0)
    (place,) = claim.places
    assert (place.name, place.country, place.geonames) == ("Oslo", "NO", 3143244)
    assert [(link.name, link.kind) for link in claim.attribution][-1] == ("Quay Watch", "organisation")
    assert [(party.name, party.kind, told.text[party.start : party.end]) for party in claim.parties] == [
        ("Ada Ferrer", "person", "Ada Ferrer"),
        ("Bo Lind", "person", "Bo Lind"),
    ]


def test_rows_that_cannot_be_kept_are_refused_with_the_column():
    reading = read_sheet(
        sheet(
            ["1", "", "", "", "", "", "", "", ""],
            ["2", "He was hit.", "", "", "", "", "kidnap", "", ""],
            ["3", "He was hit.", "", "some time", "", "", "", "", ""],
            ["4", "She was hit.", "", "", "", "", "beating", "", ""],
        )
    )
    assert [claim.quote for claim in reading.claims] == ["She was hit."]
    reasons = [row.reason for row in reading.refused]
    assert len(reasons) == 3
    assert "what, short are empty" in reasons[0]
    assert "“kidnap”" in reasons[1]
    assert "which is not one date" in reasons[2]
    assert (reading.taken, reading.kept) == (4, 1)


def test_the_second_column_for_words_is_used_where_the_first_is_empty():
    (claim,) = read_sheet(sheet(["1", "", "Beaten.", "", "", "", "", "", ""])).claims
    assert claim.quote == "Beaten."


def test_numbers_carry_their_measure():
    mapping = "name: counts\nkind: quantity.site_count\nquote: [text]\nvalue: count\nmeasure: sites_total\n"
    from armslength.model.ontology import load

    measure = load().codes("measures")[0]
    told = sheet(["Stations", "1,054"], ["Offices", "many"], mapping=mapping.replace("sites_total", measure), columns=["text", "count"])
    reading = read_sheet(told)
    assert [(claim.quantity.value, claim.quantity.measure) for claim in reading.claims] == [(1054, measure)]
    assert "“many”, which is not a number" in reading.refused[0].reason


def test_follow_the_money_events_come_in_and_others_are_refused():
    rows = [
        {
            "id": "e1",
            "schema": "Event",
            "properties": {"summary": ["Two men followed “her” home."], "date": ["2023-05"], "country": ["no"]},
        },
        {"id": "p1", "schema": "Company", "properties": {"name": ["Quay Ltd"]}},
    ]
    text = "".join(json.dumps(row) + "\n" for row in rows)
    told = canonical(shipped_mapping("ftm"))
    doc = Document(
        id=digest_text(text),
        text=text,
        lang="en",
        reader=Reader(name="plain", version="1"),
        appearances=(Appearance(source="5" * 64, file="x", mapping=told),),
    )
    reading = read_sheet(doc)
    (claim,) = reading.claims
    assert json.loads(f'"{claim.quote}"') == "Two men followed “her” home.", "the quote is the text as it is escaped in the file"
    assert (claim.event_date.edtf, claim.places[0].country) == ("2023-05", "NO")
    assert "“Company”" in reading.refused[0].reason


@pytest.mark.parametrize("name", shipped())
def test_shipped_mappings_can_be_kept_and_read_back(name):
    mapping = shipped_mapping(name)
    assert kept(canonical(mapping)) == mapping


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("kind: incident.case\n", "`kind` and `quote` are needed"),
        ("kind: incident.crime\nquote: [a]\n", "incident.crime"),
        ("kind: incident.case\nquote: [a]\nplace: b\n", "there is no field place"),
        ("kind: incident.case\nquote: {a: b}\n", "`quote` must be"),
        ("kind: incident.case\nquote: [a]\nvalue: n\n", "`value` (a column) and `measure`"),
        ("kind: incident.case\nquote: [a]\nmethods: {column: how, words: {hit: Z9}}\n", "`methods`"),
        ("kind: incident.case\nquote: [a]\nsource_kind: rumour\n", "`source_kind` must be one of"),
        ("kind: [", "not YAML"),
        ("- a", "must hold fields"),
    ],
)
def test_a_mapping_that_cannot_be_used_names_the_field(change, said):
    with pytest.raises(InputError) as error:
        read_mapping(change, name="log.yaml")
    assert said in str(error.value)
    assert "log.yaml" in str(error.value)
