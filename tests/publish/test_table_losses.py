"""The tables and the map hold every field of the contract, or say that they do not."""

import json

import pytest
from publish_samples import content

from armslength.publish import csv, geojson
from armslength.publish.columns import COLUMNS
from armslength.publish.exchange.losses import WHOLE, tables_of


def fields():
    for table, rows in tables_of(content()).items():
        yield table, {field for row in rows for field in row}


def test_a_field_is_in_a_column_or_declared_lost():
    declared = {(loss.table, loss.field) for loss in csv.LOSSES}
    for table, held in fields():
        shown = {column.path.partition(".")[0] for column in COLUMNS.get(table, ())}
        if (table, WHOLE) in declared:
            assert not shown, table
            continue
        lost = {field for one, field in declared if one == table}
        assert held - shown == lost & held, table
        assert not lost & shown, table


@pytest.mark.parametrize(("table", "file"), [("sites", "sites.geojson"), ("incidents", "incidents.geojson")])
def test_a_field_is_on_the_map_or_declared_lost(table, file):
    declared = {loss.field for loss in geojson.LOSSES if loss.table == table}
    rows = {row["id"]: row for row in tables_of(content())[table]}
    told = dict(geojson.files(content()))
    for feature in json.loads("".join(told[file]))["features"]:
        shown = {"id": feature["id"], **feature["properties"]}
        for field, value in rows[feature["id"]].items():
            if field not in declared:
                assert shown[field] == value, f"{table}.{field}"


def test_whole_tables_that_the_map_has_not_are_declared():
    declared = {loss.table for loss in geojson.LOSSES if loss.field == WHOLE}
    assert {table for table, _ in fields()} - {"sites", "incidents"} == declared
