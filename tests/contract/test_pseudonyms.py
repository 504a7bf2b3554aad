"""Persons are pseudonyms everywhere outside the words of a document (METHOD P1): in rows, exports, commands, pages and the log."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import lxml.html
import pytest
from persons_corpus import DOCUMENTS, PERSONS
from starlette.testclient import TestClient

from armslength.base.clock import FixedClock
from armslength.base.settings import Settings
from armslength.cli import main
from armslength.model.claims import Claim
from armslength.model.custody import LogEntry
from armslength.model.evidence import Document, Source
from armslength.model.facts import Count, Fact, LineageEdge, Origins, Relation
from armslength.model.outcome import Rejected
from armslength.model.things import Entity, Incident, Response, Site
from armslength.pipeline.building import NewCase, build, export_case
from armslength.store.case import open_case
from armslength.store.read import reading
from armslength.web.app import create_app
from armslength.web.pages import PAGES
from armslength.web.visitors import Laptop

CLOCK = FixedClock(at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))
NAMES = re.compile(rf"\b(?:{'|'.join(sorted({word for name in PERSONS for word in name.split()}))})\b", re.IGNORECASE)
OWN_WORDS = {"quote", "quotes", "text", "before", "after", "evidence", "unit"}
"""Fields that hold a document's own words."""
QUOTED = "//blockquote | //q | //p[contains(concat(' ', @class, ' '), ' text ')]"
"""Where a page shows a document's own words."""


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("persons")
    (folder / "in").mkdir()
    for name, data in DOCUMENTS.items():
        (folder / "in" / name).write_bytes(data)
    build(folder / "case", [folder / "in"], settings=Settings(), clock=CLOCK, new=NewCase(secret=bytes(range(32))))
    return folder / "case"


def own_words_left_out(value: object) -> Iterator[str]:
    """Every string of a row that is not a document's own words."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in OWN_WORDS:
                yield from own_words_left_out(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from own_words_left_out(inner)
    elif isinstance(value, str):
        yield value


def named_in(texts: Iterable[str]) -> list[str]:
    return sorted({text for text in texts if NAMES.search(text)})


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main.run(arguments) == 0
    return capsys.readouterr().out


def test_the_reports_do_name_persons(case):
    with reading(open_case(case)) as reader:
        claims = reader.all(Claim)
        named = {word for claim in claims for link in claim.attribution if link.kind == "person" for word in link.name.split()}
        pseudonyms = [row for row in reader.all(Entity) if row.kind == "person"]
    assert len(claims) > 30
    assert len(named) > 8, "else nothing below could fail"
    assert len(pseudonyms) > 5
    assert all(row.protected and not row.aliases for row in pseudonyms)


@pytest.mark.parametrize(
    "row_type",
    [
        *(Entity, Fact, Origins, Site, Incident, Response, Relation, LineageEdge, Count, Rejected),
    ],
)
def test_no_derived_row_names_a_person(case, row_type):
    with reading(open_case(case)) as reader:
        rows = [asdict(row) for row in reader.all(row_type)]
    assert named_in(own_words_left_out(rows)) == []


def test_no_entity_that_is_named_in_the_open_is_a_person(case):
    with reading(open_case(case)) as reader:
        assert [(row.kind, row.label) for row in reader.all(Entity) if not row.protected and NAMES.search(row.label)] == []


@pytest.mark.parametrize("form", ["jsonl", "csv", "geojson"])
def test_no_export_names_a_person(case, form, tmp_path):
    export_case(case, tmp_path / "out", format=form, clock=CLOCK, actor="heron")
    for path in sorted((tmp_path / "out").iterdir()):
        assert named_in(strings_of(path)) == [], path.name


def strings_of(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8-sig")
    if path.suffix == ".jsonl":
        for line in text.splitlines():
            yield from own_words_left_out(json.loads(line))
    elif path.suffix == ".csv":
        for row in csv.DictReader(text.splitlines()):
            yield from (value for column, value in row.items() if column not in OWN_WORDS)
    else:
        yield from own_words_left_out(json.loads(text))


@pytest.mark.parametrize("command", [("status",), ("list", "facts"), ("list", "sources")])
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_no_list_names_a_person(case, capsys, command, form):
    said = told(capsys, *command, str(case), *form)
    assert said
    lines = own_words_left_out(json.loads(said)) if form else said.splitlines()
    assert named_in(lines) == []


def test_no_reason_for_a_rejection_names_a_person(case, capsys):
    rows = json.loads(told(capsys, "list", "rejected", str(case), "--json"))
    assert rows
    assert named_in(own_words_left_out(rows)) == []


def test_no_fact_shown_names_a_person(case, capsys):
    with reading(open_case(case)) as reader:
        ids = [row.id for row in reader.all(Fact)]
    leaks = {}
    for fact in ids:
        leaks[fact[:8]] = named_in(own_words_left_out(json.loads(told(capsys, "show", "fact", str(case), fact, "--json"))))
    assert {fact: found for fact, found in leaks.items() if found} == {}


def test_no_claim_shown_names_a_person_outside_its_words(case, capsys):
    with reading(open_case(case)) as reader:
        claims = reader.all(Claim)
    leaks = {}
    for claim in claims:
        found = named_in(own_words_left_out(json.loads(told(capsys, "show", "claim", str(case), claim.id, "--json"))))
        if found:
            leaks[claim.quote] = found
    assert leaks == {}


def test_no_log_entry_and_no_run_names_a_person(case):
    with reading(open_case(case)) as reader:
        assert named_in(row.entry for row in reader.all(LogEntry)) == []


def test_no_page_names_a_person_outside_quoted_words(case):
    leaks = {}
    with reading(open_case(case)) as reader:
        paths = [f"/facts/{row.id}" for row in reader.all(Fact)]
        paths += [f"/documents/{row.id}" for row in reader.all(Document)] + [f"/sources/{row.id}" for row in reader.all(Source)]
    paths += [page.path for page in PAGES if "{" not in page.path and page.path != "/same/pair"]
    app, owner = create_app(open_case(case), gate=Laptop("token")), {"authorization": "Bearer token"}
    with TestClient(app, base_url="http://127.0.0.1", headers=owner) as client:
        for path in paths:
            answer = client.get(path)
            assert answer.status_code == 200, path
            found = named_in(outside_quotes(answer.text))
            if found:
                leaks[path] = found
    assert leaks == {}


def outside_quotes(page: str) -> Iterator[str]:
    """Every string of a page, attributes too, without the document's own words."""
    tree = lxml.html.fromstring(page)
    for quoted in tree.xpath(QUOTED):
        quoted.drop_tree()
    for element in tree.iter():
        yield from element.attrib.values()
        if isinstance(element.tag, str):
            yield from (part.strip() for part in (element.text, element.tail) if part)
