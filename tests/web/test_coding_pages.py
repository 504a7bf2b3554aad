"""Double coding over HTTP: nobody sees another's codes, in any form, before the task has ended; then everybody does, and it is settled."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
import web_samples
from starlette.testclient import TestClient

from armslength.base.clock import FixedClock
from armslength.model.claims import Claim
from armslength.model.coding import SETTLE
from armslength.model.decisions import Judgement, told
from armslength.pipeline.building import export_case
from armslength.pipeline.reviewing import add_reviewer
from armslength.store.case import Case
from armslength.store.read import reading
from armslength.store.reviewer_keys import reviewers_folder
from armslength.store.verify import verify_case
from armslength.web.app import create_app
from armslength.web.downloads import DOWNLOADS
from armslength.web.pages import PAGES
from armslength.web.visitors import Laptop

CLOCK = FixedClock(at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))
HERE = "http://127.0.0.1:8765"
SECRET = "zzmarkerzz"
"""Stands in a note; it must be readable nowhere before the task has ended."""


class Person:
    """Somebody at a browser of their own."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        assert client.get("/?token=t").status_code == 303
        found = re.search(r'name="csrf" content="([^"]+)"', client.get("/you").text)
        assert found
        self.csrf = found[1]

    def get(self, path: str) -> str:
        answer = self.client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.text

    def page(self, path: str) -> dict:
        return json.loads(self.get(f"/api{path}"))

    def send(self, path: str, **fields: object) -> dict:
        answer = self.client.post(f"/api{path}", json=fields, headers={"x-csrf-token": self.csrf})
        return {"status": answer.status_code, **answer.json()}


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Case:
    monkeypatch.setenv("ARMSLENGTH_KEYS", str(tmp_path / "keys"))
    return web_samples.sample_case(tmp_path / "case", FixedClock(at=datetime(2026, 1, 1, tzinfo=UTC)))


@pytest.fixture
def people(case: Case) -> Iterator[dict[str, Person]]:
    with ExitStack() as stack:
        found = {}
        for name in ("heron", "finch", "wren"):
            hand = add_reviewer(case.folder, name, keys=reviewers_folder(), clock=CLOCK)
            app = create_app(case, gate=Laptop("t", hand=hand))
            found[name] = Person(stack.enter_context(TestClient(app, base_url=HERE, follow_redirects=False)))
        yield found


def task_of(people, **given) -> str:
    plan = {
        "title": "Pilot",
        "coders": ["heron", "finch"],
        "variables": ["is_claim", "kind", "value", "place"],
        "sample": 2,
        "reason": "Try.",
    }
    made = people["wren"].send("/coding", **(plan | given))
    assert made["status"] == 200, made
    return made["judgement"]


def code(person: Person, task: str, **codes) -> dict:
    unit = person.page(f"/coding/{task}")["next"]["unit"]
    return person.send(f"/coding/{task}/code", unit=unit, **codes)


def everything(person: Person, task: str) -> Iterator[tuple[str, str]]:
    """All that a visitor can get out of the program about it: every page without a name in its address, the task's own, every file."""
    paths = [page.path for page in PAGES if "{" not in page.path]
    for path in (*paths, f"/coding/{task}"):
        for under in ("", "/api"):
            answer = person.client.get(under + ("/case" if (under, path) == ("/api", "/") else path))
            yield under + path, answer.text
    for download in DOWNLOADS:
        path = download.path.replace("{id}", task)
        yield path, person.client.get(path).content.decode("utf-8", "replace")


def test_nobody_sees_another_s_codes_before_all_have_finished(people, case, tmp_path):
    task = task_of(people)
    assert code(people["heron"], task, kind="quantity", value="987654", note=SECRET)["data"] == {"left": 1, "open": True}
    for name in ("finch", "wren"):
        for path, text in everything(people[name], task):
            assert SECRET not in text, path
            assert "987654" not in text, path
        assert people[name].client.get(f"/coding/{task}/adjudicate").status_code == 404
        assert people[name].client.get(f"/coding/{task}/codes.csv").status_code == 404
        assert people[name].client.get(f"/coding/{task}/agreement.csv").status_code == 404
        shown = people[name].page(f"/coding/{task}")
        assert (shown["figures"], shown["rows"], shown["differing"], shown["coded"]) == ([], [], 0, [])
    for form in ("jsonl", "csv"):
        export_case(case.folder, tmp_path / form, format=form, clock=CLOCK, actor="wren")
        for file in (tmp_path / form).rglob("*"):
            assert file.is_dir() or SECRET.encode() not in file.read_bytes(), file.name
    for file in case.folder.rglob("*"):
        assert file.is_dir() or SECRET.encode() not in file.read_bytes(), "codes lie sealed in the case, too"


def test_one_s_own_codes_can_be_seen_and_changed_until_the_task_has_ended(people):
    task = task_of(people)
    heron = people["heron"]
    first = heron.page(f"/coding/{task}")["next"]["unit"]
    code(heron, task, kind="quantity", value="54")
    again = heron.page(f"/coding/{task}?unit={first}")
    assert {row["code"]: row["value"] for row in again["questions"]} == {"is_claim": "", "kind": "quantity", "value": "54", "place": ""}
    assert heron.send(f"/coding/{task}/code", unit=first, kind="denial")["status"] == 200
    assert len(heron.page(f"/coding/{task}")["coded"]) == 1
    for _ in range(1):
        code(heron, task, is_claim="yes")
    for _ in range(2):
        code(people["finch"], task, is_claim="yes", kind="denial")
    late = heron.send(f"/coding/{task}/code", unit=first, kind="quantity")
    assert late["status"] == 422
    assert "would not be blind" in late["says"]
    row = next(row for row in heron.page(f"/coding/{task}")["rows"] if row["shown"]["unit"] == first)
    assert dict(row["columns"][0]["given"]) == {"kind": "denial"}, "the one that stood when the task ended"


def finished(people, **given) -> str:
    task = task_of(people, **given)
    for name, value in (("heron", "54"), ("finch", "102")):
        for _ in range(2):
            assert code(people[name], task, is_claim="yes", kind="quantity", value=value, place="NO")["status"] == 200
    return task


def test_when_all_have_finished_everybody_sees_codes_and_figures(people):
    task = finished(people)
    for name in ("heron", "finch", "wren"):
        page = people[name].page(f"/coding/{task}")
        assert page["task"]["open"] is False
        assert len(page["rows"]) == 2
        figures = {row["variable"]: (row["alpha"], row["percent"]) for row in page["figures"]}
        assert figures["kind"] == ("not defined", "100 %")
        assert figures["value"] == ("-0.500", "0 %")
        assert page["differing"] == 2
    table = list(csv.DictReader(io.StringIO(people["wren"].get(f"/coding/{task}/codes.csv").lstrip("\ufeff"))))
    assert len(table) == 2 * 2 * 4
    assert {(row["coder"], row["code"]) for row in table if row["variable"] == "value"} == {("heron", "54"), ("finch", "102")}
    lines = list(csv.DictReader(io.StringIO(people["wren"].get(f"/coding/{task}/agreement.csv").lstrip("\ufeff"))))
    assert {row["variable"]: row["alpha"] for row in lines} == {"is_claim": "", "kind": "", "value": "-0.5", "place": ""}
    assert all(row["not_defined_because"] or row["alpha"] for row in lines)


def test_a_task_that_is_closed_shows_what_there_is_and_takes_no_more(people):
    task = task_of(people)
    code(people["heron"], task, kind="quantity")
    assert people["wren"].send(f"/coding/{task}/close", reason="One is ill.")["status"] == 200
    page = people["finch"].page(f"/coding/{task}")
    assert (page["task"]["open"], page["task"]["closed"], page["next"]) == (False, "wren", None)
    assert "No passage was coded by two" in page["figures"][0]["reads"]
    unit = page["rows"][0]["shown"]["unit"]
    assert people["finch"].send(f"/coding/{task}/code", unit=unit, kind="quantity")["status"] == 422
    assert people["wren"].send(f"/coding/{task}/close", reason="Again.")["status"] == 422


def test_a_third_person_settles_and_the_claim_follows(people, case):
    task = finished(people)
    wren = people["wren"]
    row = wren.page(f"/coding/{task}/adjudicate")["row"]
    unit, claim = row["shown"]["unit"], row["shown"]["claim"]
    with reading(case) as reader:
        found = reader.get(Claim, claim)
    settled = wren.send(f"/coding/{task}/adjudicate", unit=unit, is_claim="yes", kind="denial", reason="The words say so.")
    assert settled["status"] == 200, settled
    with reading(case) as reader:
        verdict = reader.get(Judgement, settled["data"]["verdict"])
        kept = reader.get(Judgement, settled["judgement"])
    assert (verdict.target, verdict.who) == (claim, "wren")
    assert (verdict.decision, told(verdict).get("set")) == (("accept", None) if found.kind == "denial" else ("edit", {"kind": "denial"}))
    assert (kept.decision, told(kept)["verdict"], told(kept)["together"]) == (SETTLE, verdict.id, False)
    page = wren.page(f"/coding/{task}")
    assert (page["differing"], page["settled"]) == (2, 1)
    other = wren.page(f"/coding/{task}/adjudicate")["row"]["shown"]
    assert other["unit"] != unit
    no = wren.send(f"/coding/{task}/adjudicate", unit=other["unit"], is_claim="no", reason="Nothing is said.")
    with reading(case) as reader:
        assert reader.get(Judgement, no["data"]["verdict"]).decision == "reject"
    assert wren.page(f"/coding/{task}/adjudicate")["row"] is None
    assert not verify_case(case).problems


def test_a_coder_settles_only_together_with_the_others_and_that_is_kept(people, case):
    task = finished(people)
    heron = people["heron"]
    page = heron.page(f"/coding/{task}/adjudicate")
    assert page["coder"] is True
    unit = page["row"]["shown"]["unit"]
    alone = heron.send(f"/coding/{task}/adjudicate", unit=unit, kind="denial", reason="Mine.")
    assert (alone["status"], "third person" in alone["says"]) == (422, True)
    with reading(case) as reader:
        assert [row for row in reader.all(Judgement) if row.decision in {"edit", "accept", SETTLE}] == [], "nothing was kept of it"
    both = heron.send(f"/coding/{task}/adjudicate", unit=unit, kind="denial", reason="We talked.", together=True)
    assert both["status"] == 200
    row = next(row for row in heron.page(f"/coding/{task}")["rows"] if row["shown"]["unit"] == unit)
    assert row["settled_by"] == "heron, for the coders together"


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"coders": ["heron"]}, "two to"),
        ({"coders": ["heron", "heron"]}, "two to"),
        ({"coders": ["heron", "Ada Brandt"]}, "no reviewer of this case"),
        ({"variables": ["name"]}, "can be"),
        ({"sample": 0}, "1 to 500"),
        ({"of": "persons"}, "claims or passages"),
        ({"kind": "person.birthday"}, "nothing in this case"),
        ({"title": " "}, "title"),
    ],
)
def test_a_task_that_cannot_be_coded_is_refused(people, given, says):
    plan = {"title": "Pilot", "coders": ["heron", "finch"], "sample": 2, "reason": "Try."}
    answer = people["wren"].send("/coding", **(plan | given))
    assert (answer["status"], says in answer["says"]) == (422, True), answer


@pytest.mark.parametrize(
    ("codes", "says"),
    [
        ({}, "Nothing is coded"),
        ({"kind": "nonsense"}, "no code"),
        ({"value": "many"}, "no number"),
        ({"value": "nan"}, "no number"),
        ({"place": "Oslo"}, "no code for"),
        ({"speaker": "person"}, "does not ask for"),
        ({"is_claim": "none"}, "no code for"),
        ({"is_claim": "no", "kind": "quantity"}, "leave them empty"),
        ({"kind": "quantity", "note": "x" * 401}, "400"),
    ],
)
def test_a_code_that_its_variable_does_not_have_is_refused(people, codes, says):
    answer = code(people["heron"], task_of(people), **codes)
    assert (answer["status"], says in answer["says"]) == (422, True), answer


def test_only_coders_code(people):
    task = task_of(people)
    unit = people["heron"].page(f"/coding/{task}")["next"]["unit"]
    assert "no coder" in people["wren"].send(f"/coding/{task}/code", unit=unit, kind="quantity")["says"]
    assert people["wren"].page(f"/coding/{task}")["next"] is None


def test_the_same_seed_draws_the_same_passages_and_coders_do_not_see_the_reading_unless_told(people):
    one, two, other = (task_of(people, title=name, seed=seed) for name, seed in (("A", 3), ("B", 3), ("C", 4)))
    units = [people["heron"].page(f"/coding/{task}")["next"]["unit"] for task in (one, two)]
    assert units[0] == units[1]
    assert "drawn at random with the seed 4" in people["heron"].page(f"/coding/{other}")["task"]["drawn"]
    assert people["heron"].page(f"/coding/{one}")["next"]["machine"] == []
    seen = task_of(people, sees=True)
    assert people["heron"].page(f"/coding/{seen}")["next"]["machine"] != []


def test_passages_are_drawn_from_documents_whether_or_not_a_claim_was_read(people):
    task = task_of(people, of="passages", sample=3, variables=["is_claim"])
    for name in ("heron", "finch"):
        for answer in ("yes", "no", "yes"):
            assert code(people[name], task, is_claim=answer)["status"] == 200
    (figure,) = people["wren"].page(f"/coding/{task}")["figures"]
    assert (figure["alpha"], figure["percent"]) == ("1.000", "100 %")


def test_the_pages_work_as_forms(people):
    heron, wren = people["heron"], people["wren"]
    fields = {
        "title": "By hand",
        "coders": ["heron", "finch"],
        "variables": ["is_claim"],
        "sample": "1",
        "reason": "Try.",
        "csrf": wren.csrf,
    }
    made = wren.client.post("/coding", data=fields)
    assert made.status_code == 303
    page = heron.get(made.headers["location"])
    unit = re.search(r'name="unit" value="([0-9a-f]{64})"', page)
    kept = heron.client.post(f"{made.headers['location']}/code", data={"unit": unit[1], "is_claim": "yes", "csrf": heron.csrf})
    assert kept.status_code == 303
    assert "You have coded every passage" in heron.get(kept.headers["location"])


def test_there_is_no_task_under_another_name(people):
    for name in ("0" * 64, "x", "Ada Brandt"):
        for path in (f"/coding/{name}", f"/coding/{name}/adjudicate"):
            assert people["wren"].client.get(path).status_code == 404
