"""What could be one, found for a few claims at a time, is what is found in the whole case at once."""

from __future__ import annotations

import shutil

import pytest

from armslength.base.ids import digest
from armslength.model.claims import Claim
from armslength.model.facts import Fact
from armslength.model.ontology import load as load_ontology
from armslength.model.things import Entity
from armslength.resolve.doubts import fact_doubts
from armslength.resolve.likeness import lookalikes, sounds
from armslength.resolve.near import name_entry, near_names
from armslength.resolve.readings import Voices, read
from armslength.resolve.run import could_be_one
from armslength.store.case import open_case
from armslength.store.write import writing
from pipeline.reviewer_hands import Ticking, reviewed_case

LEAD = "Norland keeps secret police stations abroad to reach exiles, campaigners say.\n\n"
PAGES = {
    "one.txt": f"A\n\n{LEAD}In 2019 Norland persuaded 230,000 people to return, said a researcher at the Lantern Institute.\n",
    "two.txt": f"B\n\n{LEAD}In 2021 Norland persuaded 230,000 people to return, said a researcher at the Lantern Institute.\n",
    "three.txt": "C\n\nThe police in Oslo opened an investigation in May 2024. The police in Bergen opened an investigation in June 2024.\n",
    "four.txt": "D\n\nNorway said that it had opened an investigation in April 2023. Sweden told the station in Malmo to close in 2022.\n",
    "five.txt": "E\n\nNorland runs 54 stations abroad, Harbour Watch said. Norland runs at least 54 stations in Europe, Harbour Watch found.\n",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return reviewed_case(tmp_path_factory.mktemp("near"), PAGES)


@pytest.fixture
def writer(made, tmp_path):
    shutil.copytree(made, tmp_path / "copy")
    with writing(open_case(tmp_path / "copy" / "case"), clock=Ticking(), actor="heron") as found, found.together():
        yield found


def at_once(writer):
    facts, voices = writer.read.all(Fact), Voices(entities=writer.read.all(Entity))
    return {(row.one, row.two) for row in fact_doubts(read(writer.read.all(Claim), voices, load_ontology()), facts, voices)}


def pairs(writer, claims):
    home = {claim: facts[0] for claim, facts in writer.read.facts_of(writer.read.ids(Claim)).items()}
    found = {tuple(sorted((home[one], home[two]))) for one, two, _ in could_be_one(writer, claims) if one in home and two in home}
    return {pair for pair in found if pair[0] != pair[1]}


def test_all_claims_give_what_the_whole_case_gives(writer):
    whole = at_once(writer)
    assert whole, "else nothing is compared"
    assert pairs(writer, writer.read.ids(Claim)) == whole


def test_each_claim_gives_the_pairs_it_is_in(writer):
    whole = at_once(writer)
    found = set()
    for fact in writer.read.all(Fact):
        mine = pairs(writer, fact.claims)
        assert {pair for pair in whole if fact.id in pair} <= mine
        found |= mine
    assert found == whole


def body(name, *aliases, kind="organisation", part_of=""):
    return Entity(id=digest(name), kind=kind, label=name, aliases=aliases, protected=False, mentions=("m",), claims=(), part_of=part_of)


NAMES = (
    "Lantern Institute",
    "Lantern Institut",
    "Harbour Watch",
    "Harbor Watch",
    "Ministry of Ports",
    "Port Ministry",
    "Safeguard Defenders",
)


def test_names_alike_are_the_same_by_sounds_as_all_at_once(writer):
    rows = [body(name) for name in NAMES]
    kept = writer.entries
    kept.note(name_entry(row) for row in rows)
    whole = {frozenset((one, two)) for one, two, _ in lookalikes([(row.id, row.label) for row in rows], person=False)}
    assert whole
    assert {frozenset((row.id, other.id)) for row in rows for other, _ in near_names(name_entry(row), kept)} == whole


def test_another_kind_and_what_answers_for_it_are_no_pair(writer):
    kept = writer.entries
    one = body("Lantern Institute")
    others = [body("Lantern Institut", kind="government"), body("Lantern Instituts", part_of=one.id)]
    kept.note(name_entry(row) for row in (one, *others))
    assert list(near_names(name_entry(one), kept)) == []
    assert sounds("Lantern Institute")
