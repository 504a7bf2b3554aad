"""Each format of another program gives back what it carries, and says of everything else that it is lost."""

import json
from dataclasses import replace

import pytest
from publish_samples import content

from armslength.publish.exchange.annotations import ANNOTATIONS
from armslength.publish.exchange.codebooks import AAAD, FREEDOM_HOUSE
from armslength.publish.exchange.follow_the_money import FOLLOW_THE_MONEY
from armslength.publish.exchange.losses import REPORT, WHOLE, tables_of
from armslength.publish.exchange.schema_org import SCHEMA_ORG
from armslength.publish.exchange.stix import STIX

ALL = [ANNOTATIONS, SCHEMA_ORG, STIX, FOLLOW_THE_MONEY, FREEDOM_HOUSE, AAAD]


def case():
    """The hand-made case with an incident of coded methods, one that no codebook has a term for, and odd dates."""
    abducted = replace(
        content().incidents[0], id="5" * 64, label="abduction", place="Oslo", period="2022-09", methods=("A3",), outcomes=("O.returned",)
    )
    return replace(content(), incidents=[*content().incidents, abducted])


def written(exchange, rows=None):
    return {name: "".join(lines) for name, lines in exchange.files(rows or case())}


@pytest.mark.parametrize("exchange", ALL, ids=lambda one: one.name)
def test_every_field_of_the_contract_comes_back_or_is_declared_lost(exchange):
    tables = tables_of(case())
    back = exchange.read(written(exchange))
    lost = {(loss.table, loss.field) for loss in exchange.losses}
    for table, rows in tables.items():
        if (table, WHOLE) in lost:
            assert table not in back, f"{table} is said to be lost and is there"
            continue
        kept = [row for row in rows if not exchange.keeps(table, row)]
        found = {row["id"]: row for row in back.get(table, [])}
        assert sorted(found) == sorted(row["id"] for row in kept), table
        for row in kept:
            for field, value in row.items():
                if (table, field) not in lost:
                    assert found[row["id"]].get(field) == value, f"{table}.{field}"
                else:
                    assert field not in found[row["id"]], f"{table}.{field} is said to be lost and comes back"


@pytest.mark.parametrize("exchange", ALL, ids=lambda one: one.name)
def test_losses_name_fields_that_exist_and_are_counted(exchange):
    tables = tables_of(case())
    for loss in exchange.losses:
        assert loss.table in tables
        assert loss.field == WHOLE or any(loss.field in row for row in tables[loss.table]), f"{loss.table}.{loss.field}"
    report = json.loads(written(exchange)[REPORT])
    assert report["format"] == exchange.name
    whole = {loss["table"]: loss["rows"] for loss in report["fields"] if loss["field"] == WHOLE}
    assert all(rows == len(tables[table]) for table, rows in whole.items())


@pytest.mark.parametrize("exchange", ALL, ids=lambda one: one.name)
def test_the_same_case_gives_the_same_bytes(exchange):
    assert written(exchange) == written(exchange)


@pytest.mark.parametrize("exchange", [STIX, FREEDOM_HOUSE, AAAD], ids=lambda one: one.name)
def test_formats_made_for_matching_hold_no_name(exchange):
    assert not [name for name in ("Ada", "Ferrer") if name in "".join(written(exchange).values())]


def test_no_stix_identity_is_a_person():
    objects = json.loads(written(STIX)["bundle.json"])["objects"]
    assert [row["name"] for row in objects if row["type"] == "identity"] == ["armslength", "Harbour Institute"]


def test_follow_the_money_has_no_person_entity():
    rows = [json.loads(line) for line in written(FOLLOW_THE_MONEY)["entities.ftm.json"].splitlines()]
    assert {row["schema"] for row in rows} == {"Article", "Organization", "Event", "Documentation"}
    assert not any(name in json.dumps(row["properties"].get("name", [])) for row in rows for name in ("Ada", "Ferrer"))


def test_an_incident_without_a_term_is_left_out_and_counted():
    report = json.loads(written(FREEDOM_HOUSE)[REPORT])
    assert report["left_out"] == [{"table": "incidents", "reason": "None of its methods has a term in that codebook.", "rows": 1}]
    table = written(FREEDOM_HOUSE)["incidents_freedom_house.csv"]
    assert "rendition,A3,yes" in table
    assert "abduction,A3,no" in written(AAAD)["incidents_aaad.csv"]


def test_an_annotation_points_at_exact_words():
    rows = [json.loads(line) for line in written(ANNOTATIONS)["annotations.jsonl"].splitlines()]
    text = case().documents[0].text
    for row in rows:
        quote, position = row["target"]["selector"]
        assert text[position["start"] : position["end"]] == quote["exact"]
        assert text[: position["start"]].endswith(quote["prefix"])
        assert text[position["end"] :].startswith(quote["suffix"])
