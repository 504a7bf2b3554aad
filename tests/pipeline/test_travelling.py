"""A travel copy reads like the case it was made from, and names nobody: not on any page, in any export, in any byte, even with its key."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text as sql
from starlette.testclient import TestClient

from armslength.base.clock import FixedClock
from armslength.base.errors import CaseError, InputError
from armslength.base.settings import Settings
from armslength.model.claims import Claim
from armslength.model.evidence import Document, Source
from armslength.model.facts import Fact, Origins
from armslength.model.things import Entity
from armslength.pipeline.building import add_sources, build, export_case
from armslength.pipeline.travelling import make_travel_copy
from armslength.store.case import Case, case_engine, open_case
from armslength.store.locks import Cost, under_passphrase
from armslength.store.read import reading
from armslength.store.schema import METADATA
from armslength.store.verify import verify_case
from armslength.web.app import create_app
from contract.planted import PERSONS, named_in, plant

CLOCK = FixedClock(at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("travel")
    plant(root / "in")
    build(root / "case", [root / "in"], settings=Settings(), clock=CLOCK)
    return root / "case"


@pytest.fixture(scope="module")
def copy(case: Path) -> Case:
    return make_travel_copy(case, case.parent / "copy", lock=None, clock=CLOCK, actor="heron")


def test_the_copy_says_what_the_case_says(case, copy):
    with reading(open_case(case)) as here, reading(open_case(copy.folder)) as there:
        for row_type in (Document, Claim, Fact, Entity, Origins):
            assert here.count(row_type) == there.count(row_type) > 0
        assert sorted((row.min, row.max) for row in here.all(Origins)) == sorted((row.min, row.max) for row in there.all(Origins))
        assert there.count(Source) == 0
        entities = there.all(Entity)
        assert {entity.label for entity in entities} >= {row.label for row in here.all(Entity, kind="person")}
        assert there.entity_of(entities[0].mentions) == dict.fromkeys(entities[0].mentions, entities[0].id)


def test_it_verifies_as_a_travel_copy(copy):
    report = verify_case(open_case(copy.folder))
    assert report.problems == ()
    assert "travel copy" in report.notes[0]


def test_it_names_nobody_in_any_row_even_unmasked(case, copy, tmp_path):
    with case_engine(copy).connect() as connection:
        stored = [str(row) for table in METADATA.sorted_tables for row in connection.execute(sql(f"SELECT * FROM {table.name}"))]
    assert named_in("\n".join(stored).encode()) == []
    export_case(copy.folder, tmp_path / "out", format="jsonl", clock=CLOCK, actor="heron", unmasked=True)
    assert named_in(b"".join(path.read_bytes() for path in (tmp_path / "out").iterdir())) == []
    everything = b"".join(path.read_bytes() for path in copy.folder.rglob("*") if path.is_file())
    assert named_in(everything) == []
    with reading(open_case(case)) as reader:
        guessable = {row.id for row in reader.all(Document)} | {mention for row in reader.all(Entity) for mention in row.mentions}
        guessable |= {row.id for row_type in (Source, Claim, Fact) for row in reader.all(row_type)}
    assert not [one for one in guessable if one.encode() in everything or one in " ".join(stored)]
    assert len(PERSONS) > 3


def test_its_pages_open(copy):
    with TestClient(create_app(open_case(copy.folder)), base_url="http://127.0.0.1") as client, reading(copy) as reader:
        pages = ["/", "/facts", "/documents", "/sources", "/timeline", "/responses", "/custody", "/rejected"]
        pages += [f"/facts/{row.id}" for row in reader.all(Fact)] + [f"/documents/{row.id}" for row in reader.all(Document)]
        for page in pages:
            assert client.get(page).status_code == 200, page


def test_it_takes_nothing_in_and_is_not_copied_again(case, copy, tmp_path):
    for attempt in (
        lambda: add_sources(copy.folder, [case.parent / "in"], settings=Settings(), clock=CLOCK),
        lambda: build(copy.folder, [], settings=Settings(), clock=CLOCK),
    ):
        with pytest.raises(CaseError, match="travel copy"):
            attempt()
    with pytest.raises(InputError, match="travel copy itself"):
        make_travel_copy(copy.folder, tmp_path / "again", lock=None, clock=CLOCK, actor="heron")
    with pytest.raises(InputError, match="lies in the case"):
        make_travel_copy(case, case / "inside", lock=None, clock=CLOCK, actor="heron")
    assert verify_case(open_case(copy.folder)).ok


def test_it_can_be_locked_by_a_passphrase_of_its_own(case, tmp_path, monkeypatch):
    words = "nine geese over the weir"
    lock = under_passphrase(words, cost=Cost(memory_kib=64, passes=1, lanes=1))
    made = make_travel_copy(case, tmp_path / "locked", lock=lock, clock=CLOCK, actor="heron")
    assert made.sealed != open_case(case).sealed
    (tmp_path / "words").write_text(words)
    monkeypatch.setenv("ARMSLENGTH_PASSPHRASE_FILE", str(tmp_path / "words"))
    assert open_case(made.folder) == made
