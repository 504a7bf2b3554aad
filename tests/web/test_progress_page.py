"""The page that tells what is being done, and the build that is asked for there."""

from __future__ import annotations

import os
import re

import pytest
from starlette.testclient import TestClient

from armslength.model.facts import Fact
from armslength.pipeline.desk import Desk
from armslength.store.case import open_case
from armslength.store.progress import Step, clear_step, read_step, tell_step
from armslength.store.read import reading
from armslength.store.session import FOLDER_VARIABLE
from armslength.web.app import create_app
from armslength.web.visitors import Laptop
from pipeline.reviewer_hands import Ticking, hand, keys_of, reviewed_case

TOKEN = "as-if-random"
PAGES = {"one.txt": "A page\n\nNorland runs at least 12 overseas police stations, according to the Lantern Institute.\n"}


@pytest.fixture(autouse=True)
def runtime(tmp_path, monkeypatch):
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "runtime"))


@pytest.fixture
def case(tmp_path):
    return open_case(reviewed_case(tmp_path, PAGES) / "case")


@pytest.fixture
def desk(case):
    return Desk(case, Ticking(), keys=keys_of(case.folder), quiet=0.0)


@pytest.fixture
def client(case, desk):
    gate = Laptop(TOKEN, hand=hand(case.folder))
    with TestClient(create_app(case, gate=gate, desk=desk), base_url="http://127.0.0.1:8765") as found:
        found.get(f"/?token={TOKEN}")
        yield found


def token(client):
    return re.search(r'name="csrf" content="([^"]+)"', client.get("/progress").text)[1]


def test_what_came_of_ones_last_judgement_is_told_in_sentences(client, case, desk):
    with reading(case) as reader:
        (fact,) = (row for row in reader.all(Fact) if row.measure.startswith("sites"))
    kept = desk.say_of(fact.claims[0], level="claim", decision="reject", hand=hand(case.folder), reason="No.")
    assert desk.settle()
    for found in (client.get("/api/progress").json(), client.get("/api/progress", params={"of": kept.judgement.id}).json()):
        assert found["now"] == {
            "busy": False, "building": False, "doing": "", "done": 0, "total": 0, "waiting": 0, "since": "", "failed": "",
        }  # fmt: skip
        assert found["came"]["judgement"] == kept.judgement.id
        assert any("is not there any more as it was: 1 passage, 1 origin" in sentence for sentence in found["came"]["says"])
    assert "is not there any more as it was" in client.get("/progress").text
    assert client.get("/api/progress", params={"of": "nothing"}).json()["came"] is None


def test_a_build_is_asked_for_and_runs_behind(client, desk):
    answer = client.post("/build", data={"csrf": token(client)}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/progress")
    assert "The case is being built." in client.get("/progress").text
    assert desk.settle()
    assert client.post("/build", data={"csrf": "another"}).status_code == 403


def test_what_another_process_does_is_told_as_long_as_it_lives(client, case):
    tell_step(case.id, Step(step="lineage: pairs", done=3, total=9, since="2026-01-01T00:00:00Z", process=os.getpid()))
    assert client.get("/api/progress").json()["now"] | {"since": ""} == {
        "busy": True, "building": True, "doing": "tracing who copied whom, and counting origins", "done": 3, "total": 9, "waiting": 0,
        "since": "", "failed": "",
    }  # fmt: skip
    assert "3 of 9" in client.get("/progress").text
    tell_step(case.id, Step(step="lineage: pairs", done=3, total=9, since="", process=2**22 - 3))
    assert read_step(case.id) is None, "whoever wrote it is gone"
    clear_step(case.id)
    assert not client.get("/api/progress").json()["now"]["busy"]
