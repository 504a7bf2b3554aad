"""Pages of what is one and what is two: none of a person, none that takes a person, and only things of a kind side by side."""

from __future__ import annotations

import pytest
import web_samples

from armslength.model.things import Entity
from armslength.pipeline.views.same import could_be, thing_view
from armslength.store.read import reading


def entities(case):
    with reading(case) as reader:
        return {row.kind: row for row in reader.all(Entity)}


def test_a_person_has_no_page_and_is_in_no_address(client, case):
    person, body = entities(case)["person"], entities(case)["government"]
    assert client.get(f"/same/entity/{body.id}").status_code == 200
    for name in (person.id, person.label, person.mentions[0]):
        assert client.get(f"/same/entity/{name}").status_code == 404
        for one, other in ((name, body.id), (body.id, name), (name, name)):
            assert client.get("/same/pair", params={"level": "entity", "one": one, "other": other}).status_code == 404
    with reading(case) as reader:
        assert thing_view(reader, "entity", person.id) is None


def test_no_search_finds_a_person(client, case):
    person, body = entities(case)["person"], entities(case)["government"]
    for words in (person.label, web_samples.PSEUDONYM.split()[1], web_samples.PERSON, "person"):
        answer = client.get(f"/api/same/entity/{body.id}", params={"find": words}).json()
        assert answer["view"]["found"] == [], words


def test_a_site_s_page_of_an_incident_names_no_person(client, case):
    page = client.get("/api/same").json()
    assert page["compared"]
    with reading(case) as reader:
        assert could_be(reader) is not None
    assert web_samples.PERSON not in client.get("/same").text


@pytest.mark.parametrize(
    "path",
    [
        "/same?level=person",
        "/same?page=9",
        "/same/person/1",
        "/same/entity/nothing",
        "/same/pair",
        "/same/pair?level=fact&one=zz&other=zz",
        "/same/pair?judgement=ffffffff",
        "/same/pair?level=entity&decision=burn&one=aaaaaaaa&other=bbbbbbbb",
    ],
)
def test_what_is_not_there_is_no_page(client, path):
    assert client.get(path).status_code == 404
