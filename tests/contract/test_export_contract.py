"""The export contract, field by field: outside readers rely on these names."""

import json
from datetime import UTC, datetime

import pytest
from contract_corpus import DOCUMENTS, MANIFEST

from armslength.base.clock import FixedClock
from armslength.base.settings import Settings
from armslength.pipeline.building import build, export_case
from armslength.publish.recompute import recompute

CLOCK = FixedClock(at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))

FIELDS = {
    "documents": "id file source text title publisher published lang missing boilerplate duplicates reader",
    "claims": "id doc start end quote kind speech_act modality measure value comparator interval as_of event_date claimed_period places "
    "methods parties attribution originator repeats confidence reader",
    "facts": "id kind label claims documents apparent_sources origins value interval as_of relations state",
    "lineage": "id from to level kind evidence state why",
    "entities": "id label claims",
    "sites": "id label claims",
    "incidents": "id label claims",
    "responses": "id label claims",
    "rejected": "stage doc start end reason",
    "judgements": "id target decision reason who when supersedes",
}
LINK_KINDS = {"author", "publisher", "media", "organisation", "report", "government", "person", "court", "unnamed"}
FAMILIES = {
    "quantity",
    "site",
    "method",
    "incident",
    "govt_response",
    "legal",
    "law_policy",
    "denial",
    "no_comment",
    "admission",
    "org_link",
    "publication_event",
    "provenance",
    "legal_characterisation",
    "testimony",
    "victim_category",
    "person",
    "undercount",
    "assessment",
    "recommendation",
    "prediction",
}


@pytest.fixture(scope="module")
def export(tmp_path_factory):
    folder = tmp_path_factory.mktemp("contract")
    for name, data in DOCUMENTS.items():
        (folder / "in").mkdir(exist_ok=True)
        (folder / "in" / name).write_bytes(data)
    (folder / "manifest.csv").write_bytes(MANIFEST)
    build(folder / "case", [folder / "in"], settings=Settings(), clock=CLOCK, manifest=folder / "manifest.csv")
    export_case(folder / "case", folder / "out", format="jsonl", clock=CLOCK, actor="heron")
    return {
        path.stem: [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] for path in (folder / "out").glob("*.jsonl")
    }


@pytest.fixture(scope="module")
def texts(export):
    return {row["id"]: row["text"] for row in export["documents"]}


def span_fits(span):
    return span["start"] is None or 0 <= span["start"] < span["end"]


@pytest.mark.parametrize("table", FIELDS)
def test_every_named_field_is_on_every_row(export, table):
    for row in export[table]:
        assert set(FIELDS[table].split()) <= set(row)


@pytest.mark.parametrize("table", ["documents", "claims", "facts", "lineage", "entities", "rejected"])
def test_the_small_case_has_some_of_each(export, table):
    assert export[table], f"without {table} the other tests here could not fail"


def test_every_count_of_origins_follows_from_the_export_alone(export):
    found = recompute(export)
    assert found.problems == ()
    assert found.facts == len(export["facts"])


def test_quotes_are_the_documents_words(export, texts):
    for claim in export["claims"]:
        assert texts[claim["doc"]][claim["start"] : claim["end"]] == claim["quote"] != ""
        for start, end in claim["repeats"]:
            assert 0 <= start < end <= len(texts[claim["doc"]])
        for link in claim["attribution"]:
            assert link["start"] is None or texts[claim["doc"]][link["start"] : link["end"]].strip()
        for party in claim["parties"]:
            assert texts[claim["doc"]][party["span"][0] : party["span"][1]].strip()
    for edge in export["lineage"]:
        for span in edge["evidence"]:
            assert texts[span["doc"]][span["start"] : span["end"]] == span["quote"]


def test_codes_and_values_have_their_shapes(export):
    for claim in export["claims"]:
        assert claim["kind"].partition(".")[0] in FAMILIES
        assert claim["comparator"] in {None, "=", ">=", ">", "<=", "<", "approx"}
        assert claim["interval"] is None or len(claim["interval"]) == 2
        assert (claim["measure"] is None) == (claim["interval"] is None)
        for date in (claim["as_of"], claim["event_date"], claim["claimed_period"]):
            assert date is None or {"edtf", "basis"} <= set(date)
        assert claim["attribution"], "the page's own voice is a voice"
        assert {link["kind"] for link in claim["attribution"]} <= LINK_KINDS
        assert all({"name", "kind", "entity", "start", "end"} <= set(link) for link in claim["attribution"])
        assert all({"name", "country", "geonames", "precision"} <= set(place) for place in claim["places"])
        assert all(place["precision"] in {"country", "admin1", "city"} for place in claim["places"])
        assert 0 <= claim["confidence"] <= 1


def test_every_id_that_is_pointed_to_is_there(export):
    ids = {table: {row["id"] for row in rows} for table, rows in export.items()}
    for claim in export["claims"]:
        assert claim["doc"] in ids["documents"]
        assert {link["entity"] for link in claim["attribution"]} - {None} <= ids["entities"]
        assert claim["originator"] == claim["attribution"][-1]["entity"]
    for fact in export["facts"]:
        assert set(fact["claims"]) <= ids["claims"]
        assert set(fact["documents"]) <= ids["documents"]
        assert {row["fact"] for row in (*fact["relations"], *fact["denied_by"])} <= ids["facts"]
        assert {row["type"] for row in fact["relations"]} <= {"supersedes", "contradicts", "refines", "derives", "denies"}
        assert {claim for group in fact["origins"]["groups"] for claim in group["claims"]} <= set(fact["claims"])
        assert fact["state"] in {"machine", "accepted", "contested", "rejected"}
    for edge in export["lineage"]:
        assert {edge["from"], edge["to"]} <= ids["documents" if edge["level"] == "document" else "claims"]
        assert edge["why"]
    for table in ("entities", "sites", "incidents", "responses"):
        for row in export[table]:
            assert set(row["claims"]) <= ids["claims"]


def test_origins_are_an_interval_that_never_exceeds_what_there_is(export):
    for fact in export["facts"]:
        origins = fact["origins"]
        assert 0 <= origins["min"] <= origins["max"]
        assert origins["max"] <= len(fact["claims"])
        assert origins["min"] <= max(1, fact["apparent_sources"]), "independence never exceeds what it looks like"
        assert fact["source_summary"]


def test_copies_and_relays_are_one_origin(export):
    counted = [
        fact for fact in export["facts"] if len(fact["documents"]) >= 2 and fact["kind"].startswith("quantity") and fact["value"] == 12
    ]
    assert counted, "the relayed figure is one fact of several documents"
    assert all(fact["origins"]["min"] <= 1 for fact in counted)


def test_the_same_bytes_twice_are_one_document_that_appears_twice(export):
    found = [row for row in export["documents"] if {"relay.txt", "again.txt"} <= {seen["file"] for seen in row["appearances"]}]
    assert len(found) == 1 or [row["file"] for row in export["documents"]].count("relay.txt") == 1


def test_what_could_not_be_used_is_listed(export):
    reasons = {row["doc"]: row["reason"] for row in export["rejected"]}
    assert "damaged.pdf" in reasons
    chinese = [row["id"] for row in export["documents"] if row["lang"] == "zh"]
    assert chinese
    assert chinese[0] in reasons


def test_what_is_missing_says_why(export):
    for row in export["documents"]:
        for field in ("title", "publisher", "published"):
            assert row[field] or row["missing"].get(field), f"{row['file']}: {field} is neither there nor explained"


def test_rows_are_sorted_and_their_ids_differ(export):
    for table, rows in export.items():
        ids = [row["id"] for row in rows]
        assert ids == sorted(set(ids)), table
