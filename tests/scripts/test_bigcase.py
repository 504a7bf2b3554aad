"""The large case of the benchmarks is a whole case, the same every time, and holds what the pages show."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

from armslength.model.claims import Claim
from armslength.model.evidence import Document
from armslength.model.facts import Fact, LineageEdge, Origins, Relation
from armslength.model.outcome import Rejected
from armslength.model.things import Entity, Incident, Response, Site
from armslength.store.read import reading
from armslength.store.verify import verify_case

BENCH = Path(__file__).parents[2] / "bench"


@pytest.fixture(scope="module")
def bigcase():
    sys.path.insert(0, str(BENCH))
    yield importlib.import_module("bigcase")
    sys.path.remove(str(BENCH))


@pytest.fixture(scope="module")
def case(bigcase, tmp_path_factory):
    return bigcase.make_case(tmp_path_factory.mktemp("big") / "case", 40)


def test_it_verifies(case):
    assert verify_case(case).problems == ()


def test_there_is_something_on_every_page(case):
    with reading(case) as reader:
        assert reader.count(Document) == 40
        assert reader.count(Claim) > 300
        kinds = {Fact, LineageEdge, Origins, Relation, Rejected, Entity, Incident, Response, Site}
        assert {kind for kind in kinds if not reader.count(kind)} == set()
        assert max(len(fact.claims) for fact in reader.all(Fact)) >= 12
        assert {claim.doc for claim in reader.all(Claim)} == {row.id for row in reader.all(Document)}


def test_persons_among_the_voices_are_protected(case):
    with reading(case) as reader:
        persons = reader.all(Entity, kind="person")
        assert persons
        assert all(row.protected and not row.aliases for row in persons)
        assert {name for _, name in reader.persons()}.isdisjoint(row.label for row in reader.all(Entity))


def test_the_same_number_gives_the_same_rows(case, bigcase, tmp_path):
    again = bigcase.make_case(tmp_path / "again", 40)
    with reading(case) as one, reading(again) as other:
        assert [row.id for row in one.all(Claim)] == [row.id for row in other.all(Claim)]
        assert one.all(LineageEdge) == other.all(LineageEdge)
