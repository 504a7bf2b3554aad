"""The coverage page and kept views: what is sent there is signed, refused with a protected name, and shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from armslength.store.case import Case
from armslength.web.app import create_app
from armslength.web.visitors import Laptop
from pipeline import mapped_samples

FORM = {"what": "Court register", "words": "contact office", "language": "nl", "date": "2026-01-14", "result": "not_found", "country": "NL"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Case:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return mapped_samples.mapped_case(tmp_path / "case")


@pytest.fixture
def owner(folder: Case) -> Iterator[TestClient]:
    with TestClient(create_app(folder, gate=Laptop("t")), base_url="http://127.0.0.1:8765", follow_redirects=False) as client:
        client.get("/?token=t")
        post(client, "/you/new", who="heron")
        yield client


def post(client: TestClient, path: str, **form: str):
    token = re.search(r'name="csrf" content="([^"]+)"', client.get("/you").text)
    assert token
    return client.post(path, data={**form, "csrf": token[1]})


def test_a_search_is_entered_and_shown_as_not_found(owner):
    answer = post(owner, "/coverage/add", **FORM)
    assert (answer.status_code, answer.headers["location"]) == (303, "/coverage")
    page = owner.get("/coverage").text
    assert "Entered: Court register was searched on 2026-01-14." in page
    assert "Not found is not the same as did not happen." in page
    assert "<strong>not found</strong>" in page
    assert "Court register" in owner.get("/export/coverage.csv").text


def test_a_protected_name_is_refused_with_a_sentence(owner):
    answer = post(owner, "/coverage/add", **{**FORM, "words": "Marit Solheim Rotterdam"})
    assert answer.status_code == 422
    assert "name of a protected person" in answer.text
    assert "Solheim" not in owner.get("/coverage").text


def test_without_javascript_or_a_name_nothing_is_entered(folder):
    with TestClient(create_app(folder), base_url="http://127.0.0.1") as reader:
        assert reader.post("/coverage/add", data=FORM).status_code == 403
        page = reader.get("/coverage").text
    assert "Nobody has entered a search yet" in page
    assert '<form method="post"' not in page.partition("<main")[2].partition("</main")[0]


def test_a_view_is_kept_where_it_was_asked_for_and_taken_back(owner):
    page = owner.get("/facts?origins=repeated&page=1").text
    assert 'name="query" value="origins=repeated"' in page
    answer = post(owner, "/views/add", name="One origin", page="/facts", query="origins=repeated")
    assert (answer.status_code, answer.headers["location"]) == (303, "/facts?origins=repeated")
    first = owner.get("/").text
    assert '<a href="/facts?origins=repeated"><bdi>One origin</bdi></a>' in first
    kept = re.search(r'name="judgement" value="([0-9a-f]{64})"', first)
    assert kept
    assert post(owner, "/views/withdraw", judgement=kept[1], reason="Not needed.", then="/").status_code == 303
    assert "One origin" not in owner.get("/").text.partition("<main")[2].partition("Kept views")[2]


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"page": "/facts", "query": "words=Karst"}, "is not asked for words"),
        ({"page": "/facts/{id}"}, "not of one fact"),
        ({"page": "/nowhere"}, "not of one fact"),
    ],
)
def test_a_view_asks_only_what_its_page_knows(owner, form, says):
    answer = post(owner, "/views/add", name="Mine", **form)
    assert answer.status_code == 422
    assert says in answer.text


def test_only_searches_and_views_are_taken_back_here(owner):
    entered = owner.get("/api/you").json()["reviewers"][0]["key"]
    answer = post(owner, "/views/withdraw", judgement=entered, reason="x")
    assert answer.status_code == 422


def test_gaps_lead_to_the_map(owner):
    page = owner.get("/coverage").text
    assert '<a href="/map?country=NL">The Netherlands</a>' in page
