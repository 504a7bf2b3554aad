"""Deciding about claims from the page of a document: over HTTP, as scripts do it and as plain forms do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
import web_samples
from starlette.testclient import TestClient

from armslength.base.clock import FixedClock, SystemClock
from armslength.base.masking import BLOCK
from armslength.model.claims import Claim
from armslength.model.decisions import Judgement, told
from armslength.pipeline.desk import Desk
from armslength.pipeline.masking import looking
from armslength.pipeline.reviewing import add_reviewer
from armslength.pipeline.signing import Hand
from armslength.store.case import Case
from armslength.store.read import reading
from armslength.store.reviewer_keys import reviewers_folder
from armslength.web.app import create_app
from armslength.web.visitors import Laptop

TOKEN = "as-if-random"
HERE = "http://127.0.0.1:8765"
EARLY = FixedClock(at=datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC))


@dataclass
class Room:
    """A case, somebody who decides in it, and somebody else."""

    case: Case
    desk: Desk
    client: TestClient
    other: Hand
    csrf: str

    def post(self, path: str, **fields: object):
        return self.client.post(path, json=fields, headers={"x-csrf-token": self.csrf})

    def form(self, path: str, fields: dict[str, object]):
        return self.client.post(path, data={"csrf": self.csrf, **fields})

    def judgements(self, target: str) -> list[Judgement]:
        with reading(self.case) as reader:
            return reader.all(Judgement, target=target)


def opened(case: Case, hand: Hand | None) -> tuple[TestClient, Desk, str]:
    desk = Desk(case, SystemClock())
    client = TestClient(create_app(case, gate=Laptop(TOKEN, hand=hand), desk=desk), base_url=HERE, follow_redirects=False)
    client.get(f"/?token={TOKEN}")
    found = re.search(r'name="csrf" content="([^"]+)"', client.get("/you").text)
    assert found
    return client, desk, found[1]


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Case:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return web_samples.sample_case(tmp_path / "case", EARLY)


@pytest.fixture
def room(empty: Case) -> Iterator[Room]:
    heron, finch = (add_reviewer(empty.folder, who, keys=reviewers_folder(), clock=EARLY) for who in ("heron", "finch"))
    client, desk, csrf = opened(empty, heron)
    return Room(case=empty, desk=desk, client=client, other=finch, csrf=csrf)


def claim(name: str) -> Claim:
    return web_samples.claims(web_samples.articles())[name]


def page(room: Room, row: Claim) -> str:
    return room.client.get(f"/documents/{row.doc}?claim={row.id}").text


def test_accepting_keeps_a_judgement_and_answers_with_the_record(room):
    row = claim("denial")
    answer = room.post(f"/claims/{row.id}/accept", reason="The page says so.").json()
    assert answer["data"]["record"]["state"] == "accepted"
    assert answer["data"]["record"]["decided"][0]["who"] == "heron"
    assert answer["data"]["pending"] is True
    (kept,) = room.judgements(row.id)
    assert (kept.id, kept.decision, kept.reason) == (answer["judgement"], "accept", "The page says so.")
    assert answer["data"]["record"]["seen"] == [kept.id]
    assert "s-accepted" in page(room, row)


def test_a_rejected_claim_stays_beside_the_text_and_can_be_brought_back(room):
    row = claim("opinion")
    kept = room.post(f"/claims/{row.id}/reject", reason="It is a question.").json()
    shown = page(room, row)
    assert "It is a question." in shown
    assert re.search(rf'<mark class="[^"]*\boff\b[^"]*"[^>]*>{row.quote[:20]}', shown)
    back = room.post(f"/claims/{row.id}/withdraw", reason="Read again.", seen=[kept["judgement"]])
    assert back.json()["data"]["record"]["state"] == "undecided"
    assert "rejected it" in shown
    assert "rejected it" not in page(room, row)


def test_an_edit_stands_beside_what_the_program_read(room):
    row = claim("later")
    assert row.quantity
    answer = room.post(f"/claims/{row.id}/edit", reason="Rounded.", value="103", comparator=">=", as_of="2024-12-05", kind=row.kind)
    record = answer.json()["data"]["record"]
    assert record["state"] == "edited"
    assert [(one["field"], one["machine"], one["person"]) for one in record["readings"]] == [
        ("value", "102", "103"),
        ("comparator", "Exactly", "At least"),
        ("as_of", "December 2024", "5 December 2024"),
    ]
    shown = page(room, row)
    assert "as the program read it" in shown
    assert "at least 103" in shown
    again = room.post(f"/claims/{row.id}/edit", reason="And opining.", speech_act="opines", seen=record["seen"]).json()["data"]["record"]
    assert {one["field"] for one in again["readings"]} == {"value", "comparator", "as_of", "speech_act"}, "an earlier edit is not lost"


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"as_of": "last week"}, "EDTF"),
        ({"kind": "nonsense"}, "no code"),
        ({"value": "many"}, "no number"),
        ({}, "Nothing is read otherwise"),
        ({"kind": "quantity.site_count"}, "Nothing is read otherwise"),
    ],
)
def test_an_edit_that_cannot_be_is_said_why(room, fields, says):
    row = claim("later")
    answer = room.post(f"/claims/{row.id}/edit", reason="As if.", **fields)
    assert answer.status_code == 422
    assert says in answer.json()["says"]
    assert room.judgements(row.id) == []


def test_a_reason_is_needed_and_names_nobody(room):
    row = claim("threat")
    assert room.post(f"/claims/{row.id}/accept", reason="  ").status_code == 422
    named = room.post(f"/claims/{row.id}/accept", reason=f"{web_samples.PERSON} says so.")
    assert named.status_code == 422
    assert web_samples.PSEUDONYM in named.json()["says"]
    assert room.judgements(row.id) == []


def test_what_another_did_meanwhile_makes_no_mistake_of_what_one_meant(room):
    row = claim("later")
    first = room.desk.say_of(row.id, level="claim", decision="edit", hand=room.other, reason="As if.", edits={"modality": "doubtful"})
    again = room.post(f"/claims/{row.id}/edit", reason="As if.", modality="doubtful", seen=[])
    assert again.status_code == 409
    room.desk.withdraw(first.judgement.id, hand=room.other, reason="No.")
    back = room.post(f"/claims/{row.id}/withdraw", reason="No.", seen=[first.judgement.id])
    assert back.status_code == 409, "there is nothing to take back any more, and that is no mistake of who asked"


def test_who_did_not_see_what_another_decided_is_told_and_overrules_nobody(room):
    row = claim("denial")
    room.desk.say_of(row.id, level="claim", decision="reject", hand=room.other, reason="Not a denial.")
    late = room.post(f"/claims/{row.id}/accept", reason="The page says so.", seen=[])
    assert late.status_code == 409
    assert "finch decided (reject)" in late.json()["says"]
    (kept,) = room.judgements(row.id)
    assert room.post(f"/claims/{row.id}/accept", reason="It is one.", seen=[kept.id]).status_code == 200


def test_undo_takes_back_the_last_thing_of_ones_own(room):
    first, second = claim("denial"), claim("opinion")
    room.post(f"/claims/{first.id}/accept", reason="The page says so.")
    room.post(f"/claims/{second.id}/reject", reason="Not so.")
    room.desk.say_of(claim("later").id, level="claim", decision="accept", hand=room.other, reason="Mine.")
    undone = [room.post("/claims/undo").json()["data"]["claim"] for _ in range(2)]
    assert undone == [second.id, first.id]
    assert room.post("/claims/undo").status_code == 422
    assert "s-accepted" not in page(room, first)


def test_a_plain_form_goes_on_to_the_next_undecided_claim(room):
    with looking(room.case) as reader:
        rows = reader.all(Claim, doc=claim("herald").doc)
    last, first = rows[-1], rows[0]
    answer = room.form(f"/claims/{last.id}/accept", {"reason": "The page says so."})
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/documents/{first.doc}?claim={first.id}#claim-{first.id}", "from the end it begins anew"
    assert f"Claim {len(rows)} is accepted." in room.client.get(answer.headers["location"].partition("#")[0]).text


def test_every_form_of_the_page_is_one_that_is_taken(room):
    row = claim("later")
    shown = page(room, row)
    forms = re.findall(r'<form method="post" action="(/claims/[^"]+|/documents/[^"]+)"', shown)
    assert {path.rpartition("/")[2] for path in forms} == {"accept", "edit", "split", "claims"}
    assert set(re.findall(r'formaction="/claims/\w+/(\w+)"', shown)) == {"reject"}


def test_nobody_decides_who_has_not_said_who_they_are(empty):
    client, _, csrf = opened(empty, None)
    row = claim("denial")
    for path in ("accept", "reject", "edit", "withdraw", "split"):
        answer = client.post(f"/claims/{row.id}/{path}", json={"reason": "As if.", "at": 1}, headers={"x-csrf-token": csrf})
        assert answer.status_code == 403
    shown = client.get(f"/documents/{row.doc}?claim={row.id}").text
    assert f'href="/you?then=/documents/{row.doc}?claim={row.id}"' in shown
    chosen = client.get(f"/you?then=/documents/{row.doc}")
    assert f'name="then" value="/documents/{row.doc}"' in chosen.text
    assert 'name="then" value="/"' in client.get("/you?then=//evil.invalid").text


def test_a_claim_that_is_not_there_is_said_so(room):
    for path, more in (("accept", {}), ("edit", {"kind": "denial"}), ("withdraw", {}), ("split", {"at": 5})):
        answer = room.post(f"/claims/{'0' * 64}/{path}", reason="As if.", **more)
        assert answer.status_code == 422
        assert "no such claim" in answer.json()["says"]
    beginning = claim("denial").id[:12]
    assert room.post(f"/claims/{beginning}/accept", reason="As if.").status_code == 422, "the beginning of an id is none"


MISSED = "The offices renew driving licences"


def missed(**more: object) -> dict[str, object]:
    text = web_samples.articles()["herald"].text
    start = text.index(MISSED)
    return {"reason": "Not read.", "kind": "site", "start": start, "end": start + len(MISSED), **more}


def added(room: Room, judgement: str) -> dict[str, object]:
    with reading(room.case) as reader:
        row = reader.get(Judgement, judgement)
    assert row is not None
    return told(row)["claim"]


def test_a_missed_claim_is_added_on_the_documents_own_words(room):
    doc = web_samples.articles()["herald"]
    voice = doc.text.index("a study published on Monday")
    sent = missed(methods=["E1"], voices=f"report@{voice}-{voice + 27}", event_date="2024")
    answer = room.post(f"/documents/{doc.id}/claims", **sent)
    assert answer.status_code == 200, answer.json()
    row = added(room, answer.json()["judgement"])
    assert row["quote"] == MISSED
    assert row["id"] == answer.json()["data"]["claim"]
    assert [link["name"] for link in row["attribution"]][-1] == "a study published on Monday"


def test_a_missed_claim_is_added_by_its_words_in_a_plain_form(room):
    doc = web_samples.articles()["herald"]
    fields = {
        "reason": "Not read.",
        "kind": "site",
        "words": f" {MISSED} ",
        "voices": "report=a study published on Monday\n",
        "methods": ["E1", "E2"],
    }
    answer = room.form(f"/documents/{doc.id}/claims", fields)
    assert answer.status_code == 303
    assert "The claim is added." in room.client.get(f"/documents/{doc.id}").text


def test_words_under_blocks_are_taken_by_their_place_and_not_told(room):
    doc = web_samples.articles()["herald"]
    blocked = BLOCK * len(web_samples.PERSON)
    answer = room.post(f"/documents/{doc.id}/claims", reason="Not read.", kind="person", words=f"{blocked}, who left Karst in 2019")
    assert answer.status_code == 200, answer.json()
    assert added(room, answer.json()["judgement"])["quote"] == f"{web_samples.PERSON}, who left Karst in 2019"
    assert web_samples.PERSON not in answer.text


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"start": 5, "end": 5}, "no stretch"),
        ({"start": 0, "end": 10**6}, "no stretch"),
        ({"start": -1, "words": "54"}, "places of the document"),
        ({"start": -1, "words": "Not in the text"}, "does not hold these words"),
        ({"kind": "nonsense"}, "no code"),
        ({"value": "54"}, "what is counted"),
        ({"voices": "nobody"}, "KIND"),
        ({"place": "Nowhereville"}, "gazetteer"),
    ],
)
def test_a_missed_claim_that_cannot_be_is_said_why(room, more, says):
    doc = web_samples.articles()["herald"]
    answer = room.post(f"/documents/{doc.id}/claims", **{**missed(), **more})
    assert answer.status_code == 422
    assert says in answer.json()["says"]


def test_a_claim_that_says_two_things_is_divided_where_one_says(room):
    row = claim("threat")
    at = row.start + row.quote.index("and told her")
    answer = room.post(f"/claims/{row.id}/split", reason="Two acts.", at=at)
    assert answer.status_code == 200, answer.json()
    assert answer.json()["data"]["record"]["state"] == "rejected"
    with reading(room.case) as reader:
        halves = sorted((told(one)["claim"] for one in reader.all(Judgement) if "claim" in told(one)), key=lambda one: one["start"])
    assert [half["quote"] for half in halves] == [
        "two men from the Rotterdam office visited her flat",
        row.quote[row.quote.index("and told her") :],
    ]
    assert sorted(half["id"] for half in halves) == sorted(answer.json()["data"]["others"])
    for wrong in (row.start, row.end, 0):
        assert room.post(f"/claims/{claim('denial').id}/split", reason="As if.", at=wrong).status_code == 422
    gone = room.post("/claims/undo").json()["data"]
    assert sorted(gone["gone"]) == sorted(half["id"] for half in halves)


def test_a_claim_is_divided_by_its_words_in_a_plain_form(room):
    row = claim("threat")
    answer = room.form(f"/claims/{row.id}/split", {"reason": "Two acts.", "words": "and told her"})
    assert answer.status_code == 303
    assert [told(one)["into"] != [] for one in room.judgements(row.id)] == [True]
    assert "put others in its place" in page(room, row)
    wrong = room.form(f"/claims/{claim('denial').id}/split", {"reason": "Two acts.", "words": "The country has built"})
    assert wrong.status_code == 422


def test_last_reasons_are_proposed_and_nobody_elses(room):
    room.post(f"/claims/{claim('denial').id}/accept", reason="My own words.")
    room.desk.say_of(claim("later").id, level="claim", decision="accept", hand=room.other, reason="Somebody else's words.")
    assert room.client.get(f"/api/documents/{claim('opinion').doc}").json()["reasons"] == {"accept": ["My own words."]}
