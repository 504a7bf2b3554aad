"""What pages can be sent: who may, with which token, from where, in which form; and that it comes out of the desk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import web_samples
from starlette.testclient import TestClient

from armslength.base.clock import FixedClock
from armslength.model.decisions import Judgement
from armslength.store.case import Case
from armslength.store.read import reading
from armslength.web.app import create_app
from armslength.web.guard import LARGEST
from armslength.web.visitors import Laptop, within

TOKEN = "as-if-random"
HERE = "http://127.0.0.1:8765"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Case:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return web_samples.sample_case(tmp_path / "case", FixedClock(at=datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC)))


@pytest.fixture
def stranger(folder: Case) -> Iterator[TestClient]:
    with TestClient(create_app(folder, gate=Laptop(TOKEN)), base_url=HERE, follow_redirects=False) as client:
        yield client


@pytest.fixture
def owner(stranger: TestClient) -> TestClient:
    assert stranger.get(f"/?token={TOKEN}").status_code == 303
    return stranger


def csrf(client: TestClient) -> str:
    found = re.search(r'name="csrf" content="([^"]+)"', client.get("/you").text)
    assert found
    return found[1]


def test_without_the_token_nothing_is_shown(stranger):
    for path in ("/", "/facts", "/api/facts", "/you", "/?token=", "/?token=wrong", "/facts?token=as-if-randon"):
        answer = stranger.get(path)
        assert answer.status_code == 403, path
        assert "fact" not in answer.text


def test_the_token_gives_a_cookie_and_leaves_the_address(stranger):
    answer = stranger.get(f"/facts?token={TOKEN}&about=numbers")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/facts?about=numbers"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert TOKEN not in cookie
    assert stranger.get("/facts").status_code == 200


def test_programs_bring_the_token_along(stranger):
    bearer = {"authorization": f"Bearer {TOKEN}"}
    assert stranger.get("/api/facts", headers=bearer).json()["title"] == "Facts"
    assert stranger.get("/api/facts", headers={"authorization": "Bearer nobody"}).status_code == 403


def test_a_reviewer_is_entered_and_said_to_decide(owner, folder):
    answer = owner.post("/you/new", data={"who": "heron", "csrf": csrf(owner)})
    assert (answer.status_code, answer.headers["location"]) == (303, "/you")
    page = owner.get("/you").text
    assert "heron is a reviewer of this case now" in page
    assert "heron is a reviewer of this case now" not in owner.get("/you").text, "said once"
    with reading(folder) as reader:
        assert [row.decision for row in reader.all(Judgement)] == ["reviewer"]


def test_a_form_without_the_sessions_token_does_nothing(owner, folder):
    for form in ({"who": "heron"}, {"who": "heron", "csrf": "wrong"}, {"who": "heron", "csrf": ""}):
        answer = owner.post("/you/new", data=form)
        assert answer.status_code == 403
        assert "This form is too old" in answer.text
    assert owner.post("/you/new", json={"who": "heron", "csrf": csrf(owner)}).status_code == 403, "JSON brings it in a header"
    with reading(folder) as reader:
        assert reader.count(Judgement) == 0


def test_json_is_answered_with_json(owner):
    good = owner.post("/api/you/new", json={"who": "heron"}, headers={"x-csrf-token": csrf(owner)})
    assert good.json() == {
        "says": "heron is a reviewer of this case now, and you decide as heron.",
        "go": "/you",
        "judgement": "",
        "data": {},
    }
    again = owner.post("/api/you/new", json={"who": "heron"}, headers={"x-csrf-token": csrf(owner)})
    assert again.status_code == 422
    assert "has a key in use already" in again.json()["says"]


@pytest.mark.parametrize(
    ("sent", "says"),
    [({}, "who"), ({"who": 3}, "who"), ({"who": "a", "more": "b"}, "no field more"), ([], "cannot be read"), ("x", "cannot be read")],
)
def test_a_form_that_is_none_is_said_which_field(owner, sent, says):
    answer = owner.post("/api/you", json=sent, headers={"x-csrf-token": csrf(owner)})
    assert answer.status_code == 422
    assert says in answer.json()["says"]


def test_what_another_page_sends_is_not_taken(owner):
    token = csrf(owner)
    for headers in (
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ):
        assert owner.post("/you/new", data={"who": "heron", "csrf": token}, headers=headers).status_code == 403, headers
    mine = {"origin": HERE, "sec-fetch-site": "same-origin"}
    assert owner.post("/you/new", data={"who": "heron", "csrf": token}, headers=mine).status_code == 303


def test_what_is_sent_has_a_kind_and_a_size(owner):
    assert owner.post("/you", content=b"who=heron", headers={"content-type": "text/plain"}).status_code == 415
    assert owner.post("/you", data={"who": "x" * LARGEST}).status_code == 413
    pieces = iter([b"who=heron"])
    assert owner.post("/you", content=pieces, headers={"content-type": "application/x-www-form-urlencoded"}).status_code == 411


@pytest.mark.parametrize("address", ["https://evil.example", "//evil.example", "/\\evil.example", "", "javascript:x", "/a\nb"])
def test_one_is_sent_on_within_this_program_only(address):
    assert within(address) == "/"


def test_within_keeps_an_address_of_its_own():
    assert within("/documents/1?page=2#claim-3") == "/documents/1?page=2#claim-3"


def test_every_page_is_described_and_given_as_data(owner):
    described = owner.get("/api/openapi.json").json()
    plain = [path for path, item in described["paths"].items() if "get" in item and "{" not in path]
    assert "/api/case" in plain
    for path in plain:
        answer = owner.get(path)
        assert answer.status_code == 200 or path == "/api/same/pair", f"{path}: only there is nothing until two things are named"
        if path.startswith("/api") and answer.status_code == 200:
            assert isinstance(answer.json()["title"], str)
