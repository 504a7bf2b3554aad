"""What is owed to those who are accused travels with the fact: in JSON lines, CSV, map, report; and into releases that left before."""

import csv as csv_reader
import json
from dataclasses import replace

import pytest

from armslength.model.claims import Party
from armslength.model.corrections import corrections
from armslength.model.decisions import Finding, Judgement, Release
from armslength.model.facts import Fact
from armslength.model.fairness import fair
from armslength.model.ledger import Disclosure, Ledger, LegalStatus, Reply, Request, Restriction
from armslength.model.reviewers import ReviewerKey, Reviewers
from armslength.model.verdicts import verdicts
from armslength.publish import csv, geojson, jsonl
from armslength.publish.content import names_of
from armslength.publish.decided import judgement_row
from armslength.publish.report.outline import entries, outline
from publish.publish_samples import HARBOUR, content

FACT, PERSON, BODY = "a" * 64, "e" * 64, "d" * 64
ASKED = Reply(judgement="j1", target=FACT, addressee=BODY, channel="email", asked="2026-01-01", deadline="2026-01-15")
ANSWERED = replace(ASKED, judgement="j2", answered="2026-01-10", answer="Ada Ferrer is wrong.")
CHARGED = LegalStatus(judgement="j3", person=PERSON, charge="fraud", forum="Crown Court", status="charged", date="2026-01")
ACQUITTED = replace(CHARGED, judgement="j4", status="acquitted", date="2026-05")
GRANTED = Request(
    judgement="j5", target=FACT, kind="rectify", received="2026-02-01", deadline="2026-03-03", decided="2026-02-20", outcome="granted"
)  # fmt: skip


def accusing(*entries_):
    """The sample, with a claim that lays something at the institute's door."""
    sample = content()
    claim = sample.claims[0]
    party = Party(role="operator", name="Harbour Institute", kind="organisation", mention=HARBOUR, start=0, end=5)
    claims = [replace(claim, parties=(*claim.parties, party)), *sample.claims[1:]]
    return replace(sample, claims=claims, ledger=Ledger(entries=entries_))


def table(sample, name):
    rows = dict(jsonl.files(sample))[f"{name}.jsonl"]
    return {row["id"]: row for row in map(json.loads, rows)}


def test_a_fact_says_that_nobody_was_asked():
    row = table(accusing(), "facts")[FACT]
    assert [(asked["entity"], asked["state"]) for asked in row["right_of_reply"]] == [(BODY, "not_sought")]
    assert row["fairness"] == ["Harbour Institute has not been asked for a reply."]
    assert (row["legal_status"], row["corrections"]) == ([], [])
    assert len(row["denied_by"]) == 1


def test_replies_status_and_corrections_stand_beside_the_fact_without_a_name():
    row = table(accusing(ANSWERED, CHARGED, GRANTED), "facts")[FACT]
    assert row["right_of_reply"][0]["answer"] == "Person 7K is wrong."
    assert row["fairness"] == [
        "Person 7K has been charged with fraud (Crown Court, 2026-01), which is not a conviction.",
        "Harbour Institute was asked for a reply on 2026-01-01 and answered on 2026-01-10: “Person 7K is wrong.”",
        "On 2026-02-20 it was decided that this is to be put right.",
    ]
    assert row["legal_status"][0] == {
        "person": PERSON, "status": "charged", "charge": "fraud", "forum": "Crown Court", "date": "2026-01", "claims": [],
    }  # fmt: skip
    assert [found["decided"] for found in row["corrections"]] == ["2026-02-20"]


def test_the_newest_status_takes_the_place_of_the_charge():
    assert [row["status"] for row in table(accusing(CHARGED, ACQUITTED), "facts")[FACT]["legal_status"]] == ["acquitted"]


@pytest.mark.parametrize(("entry", "state"), [((), "not_sought"), ((ASKED,), "sought"), ((ANSWERED,), "answered")])
def test_the_reply_stands_in_tables_and_on_maps(entry, state):
    sample = accusing(*entry, CHARGED)
    cells = csv_reader.DictReader("".join(dict(csv.files(sample))["facts.csv"]).lstrip("\ufeff").splitlines())
    row = next(row for row in cells if row["id"] == FACT)
    assert (row["right_of_reply"], row["legal_status"]) == (state, "charged")
    assert "Harbour Institute" in row["fairness"]
    assert row["denials"] == "the embassy denies the offices"
    for name, lines in geojson.files(sample):
        (feature,) = json.loads("".join(lines))["features"]
        shown = feature["properties"]
        assert (shown["right_of_reply"], shown["legal_status"], shown["denied_by"]) == (state, ["charged"], ["b" * 64]), name
        del shown["source_summaries"]
        assert not any(word in json.dumps(shown) for word in (PERSON, "fraud", "2026-01")), "no person, charge or day on a map (N3)"


def test_the_report_says_it_too():
    found = {entry.fact: entry for entry in entries(outline(accusing(CHARGED)))}
    assert found[FACT].fairness[0].startswith("Person 7K has been charged")


def test_somebody_a_claim_is_only_about_needs_no_reply():
    sample = content()
    entity = {row.id: row for row in sample.entities}
    who = {mention: entity[name] for mention, name in sample.entity_of.items()}
    assert fair(sample.facts[1], {row.id: row for row in sample.claims}, who, Ledger()).asked == ()


def judged(**changes):
    row = Judgement(id="j", target="t", decision="accept", reason="Seen.", who="heron", when="2026-01-01T00:00:00Z", key="k", signature="s")
    return replace(row, **changes)


@pytest.mark.parametrize(
    ("changes", "whole"),
    [
        ({}, True),
        ({"value": '{"level":"claim"}'}, True),
        ({"decision": "merge", "value": '{"level":"fact","ids":["1","2"]}'}, True),
        ({"decision": "merge", "value": '{"level":"entity","ids":["1","2"]}'}, False),
        ({"decision": "add", "value": '{"level":"claim","evidence":[["d",0,4,"words"]]}'}, False),
        ({"reason": "Ada Ferrer said so."}, False),
        ({"value": '{"statement":"Ada Ferrer ran it."}'}, False),
    ],
)
def test_a_judgement_is_exported_whole_only_where_it_gives_nobody_away(changes, whole):
    row = judgement_row(judged(**changes), names_of(content()))
    assert (row["whole"], row["value"] is not None) == (whole, whole)
    assert "Ferrer" not in json.dumps(row)


def test_an_edit_and_a_state_stand_beside_the_machines_reading():
    value = '{"level":"claim","set":{"value":14}}'
    sample = replace(accusing(), verdicts=verdicts([judged(target="1" * 64, decision="edit", value=value)]))
    row = table(sample, "claims")["1" * 64]
    assert (row["value"], row["edited"], row["state"]) == (12, {"value": 14}, "accepted")
    assert table(sample, "claims")["2" * 64]["edited"] is None


RELEASE = Release(id="r", profile="p", as_of="2026-02-01T00:00:00Z", facts=(FACT,), head="0" * 64, released_by=("heron", "finch"))
PERSONS = {FACT: (PERSON, BODY)}


def corrected(then, now, **day):
    return [(row.target, row.code, row.was, row.now, row.urgent) for row in corrections(RELEASE, then, now, persons=PERSONS, **day)]


def test_nothing_changed_is_nothing_to_correct():
    before = Ledger(entries=(CHARGED, ASKED))
    assert corrected(before, before, day="2026-06-01") == []


def test_a_change_of_status_is_carried_into_what_was_published():
    (row,) = corrections(RELEASE, Ledger(entries=(CHARGED,)), Ledger(entries=(CHARGED, ACQUITTED)), persons=PERSONS)
    assert (row.release, row.target, row.facts, row.code, row.urgent) == ("r", PERSON, (FACT,), "status changed", True)
    assert (row.was, row.now) == ("charged: fraud (Crown Court, 2026-01)", "acquitted: fraud (Crown Court, 2026-05)")
    assert row.judgement == "j4"
    assert corrections(RELEASE, Ledger(entries=(CHARGED,)), Ledger(entries=(CHARGED, ACQUITTED)), persons={}) == ()
    (gone,) = corrected(Ledger(entries=(CHARGED,)), Ledger())
    assert gone[3:] == ("nothing recorded for fraud (Crown Court)", True)


def test_granted_requests_answers_orders_and_lost_findings_are_carried_too():
    order = Restriction(judgement="j6", target=PERSON, forum="High Court", since="2026-03-01")
    now = Ledger(entries=(GRANTED, ANSWERED, order))
    assert {row[1] for row in corrected(Ledger(entries=(ASKED,)), now, day="2026-06-01")} == {"corrected", "answered", "restricted"}
    assert "restricted" not in {row[1] for row in corrected(Ledger(), now, day="2026-02-20")}
    made = Finding(
        id="f" * 64, fact=FACT, standard="STD.grounds", statement="x", evidence_for=(), evidence_against=(), author="a", second_reviewer="b", when="w"
    )  # fmt: skip
    assert corrected(Ledger(findings=(made,)), Ledger()) == [(FACT, "withdrawn", "finding ffffffffffff", "no finding", True)]


def test_somebody_who_is_no_longer_public_is_told_of():
    keys = Reviewers(keys={key: ReviewerKey(key=key, public="", who=key, since="2020") for key in ("k1", "k2")})
    both = {name: judged(id=name, who=name, key=name) for name in ("k1", "k2")}
    said = tuple(Disclosure(judgement=name, person=PERSON, role="minister", key=name) for name in both)
    then = Ledger(entries=said, judgements=both, reviewers=keys)
    assert corrected(then, replace(then, entries=said[:1])) == [(PERSON, "protected", "public as minister", "protected", True)]


def test_corrections_come_in_the_same_order_whatever_order_the_facts_are_in():
    then, now = Ledger(entries=(CHARGED, ASKED)), Ledger(entries=(ACQUITTED, ANSWERED, GRANTED))
    release = replace(RELEASE, facts=(FACT, "b" * 64))
    turned = replace(RELEASE, facts=("b" * 64, FACT))
    assert isinstance(content().facts[0], Fact)
    assert corrections(release, then, now, persons=PERSONS) == corrections(turned, then, now, persons=PERSONS)
