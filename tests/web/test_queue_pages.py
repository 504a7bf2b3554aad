"""The queue over HTTP: the evidence side by side, a decision through the desk, the next item, putting off, taking back."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pytest
from starlette.testclient import TestClient

from armslength.lineage.hinges import REWEIGH
from armslength.model.decisions import Judgement
from armslength.model.entries import Entry
from armslength.model.facts import Fact, Origins
from armslength.model.rights import JUDGE, READ
from armslength.pipeline.desk import Desk
from armslength.pipeline.merging import bring
from armslength.store.case import open_case
from armslength.store.read import reading
from armslength.store.write import writing
from armslength.web.app import create_app
from armslength.web.visitors import Laptop, Session, Visitor
from pipeline.reviewer_hands import Ticking, hand, reviewed_case

LEAD = "Norland keeps secret police stations abroad to reach exiles, campaigners say.\n\n"
HERE = "http://127.0.0.1:8765"
STATIONS = "Norland runs at least 12 overseas police stations"
PAGES = {
    "one.txt": f"A page about stations\n\n{STATIONS}, according to the Lantern Institute, which visited each of them.\n",
    "two.txt": f"Another page\n\n{STATIONS}, a survey by Harbour Watch found. Harbour Watch visited each of them in March 2024.\n",
    "three.txt": f"A third page\n\n{STATIONS}, Lantern Institute researchers said on Tuesday.\n",
    "four.txt": f"A denial\n\nThe embassy of Norland denied that Norland runs overseas police stations. {STATIONS}, the Lantern Institute found.\n",
    "five.txt": f"A year\n\n{LEAD}In 2019 Norland persuaded 230,000 people to return, said a researcher at the Lantern Institute.\n",
    "six.txt": f"Another year\n\n{LEAD}In 2021 Norland persuaded 230,000 people to return, said a researcher at the Lantern Institute.\n",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return reviewed_case(tmp_path_factory.mktemp("queue-pages"), PAGES)


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "copy")
    return tmp_path / "copy" / "case"


class Heron:
    """A reviewer at a browser."""

    def __init__(self, client: TestClient, desk: Desk) -> None:
        self.client, self.desk = client, desk
        client.get("/?token=t")
        found = re.search(r'name="csrf" content="([^"]+)"', client.get("/queue").text)
        assert found
        self.csrf = found[1]

    def items(self, query: str = "") -> list[dict]:
        return list(self.client.get(f"/api/queue{query}").json()["view"]["items"])

    def send(self, path: str = "/queue", **fields: object) -> dict:
        answer = self.client.post(f"/api{path}", json=fields, headers={"x-csrf-token": self.csrf})
        return {"status": answer.status_code, **answer.json()}


@pytest.fixture
def heron(case: Path) -> Iterator[Heron]:
    with Desk(open_case(case), Ticking(), quiet=0.0) as desk:
        app = create_app(open_case(case), gate=Laptop("t", hand=hand(case)), desk=desk)
        with TestClient(app, base_url=HERE, follow_redirects=False) as client:
            yield Heron(client, desk)


def test_the_page_shows_both_sides_what_would_change_and_forms_that_work_without_scripts(heron):
    tree = lxml.html.fromstring(heron.client.get("/queue").text)
    first = tree.xpath("//article[@data-item]")[0]
    assert "origin" in first.xpath(".//h2")[0].text_content()
    assert len(first.xpath(".//figure")) == 2
    (form,) = first.xpath(".//form[@action='/queue']")
    assert set(form.xpath(".//input/@name")) >= {"csrf", "item", "then", "reason"}
    assert form.xpath(".//button/@value") == ["accept", "dispute"]


def test_the_page_says_what_is_not_weighed_yet(heron, case):
    assert "not weighed yet" not in heron.client.get("/queue").text
    with writing(open_case(case), clock=Ticking(), actor="heron") as writer, writer.together():
        writer.entries.note([Entry(space=REWEIGH, id=row) for row in writer.read.ids(Fact)[:2]])
    assert "2 facts were counted again and are not weighed yet" in heron.client.get("/queue").text


def test_a_decision_is_kept_carried_out_told_and_the_next_item_is_shown(heron, case):
    (first, *_) = heron.items("?kind=edge")
    with reading(open_case(case)) as reader:
        before = {row.id: (row.min, row.max) for row in reader.all(Origins)}
    done = heron.send(item=first["id"], decision="dispute", reason="Two surveys.", seen=first["seen"], then="/queue?kind=edge")
    assert done["status"] == 200, done
    assert done["says"].startswith("Disputed: this fact has")
    assert done["go"] == "/queue?kind=edge"
    assert first["id"] not in [row["id"] for row in heron.items("?kind=edge")], "at once, before anything is counted again"
    assert heron.desk.settle()
    with reading(open_case(case)) as reader:
        after = {row.id: (row.min, row.max) for row in reader.all(Origins)}
        assert reader.get(Judgement, done["judgement"]).reason == "Two surveys."
    fact = first["facts"][0]["id"]
    low, high = after[fact]
    assert after[fact] != before[fact]
    assert (f"{low} to {high} origins" if low != high else f"{high} origin") in done["says"]


def test_the_same_by_a_form_goes_on_to_the_next(heron):
    (first, *_) = heron.items()
    fields = {"item": first["id"], "decision": first["choices"][0]["decision"], "reason": "Read.", "then": "/queue", "csrf": heron.csrf}
    answer = heron.client.post("/queue", data=fields)
    assert (answer.status_code, answer.headers["location"]) == (303, "/queue")
    page = heron.client.get("/queue").text
    assert first["id"] not in page
    assert 'class="said"' in page


def test_what_is_put_off_comes_back_and_nothing_of_it_is_kept(heron, case):
    (first, *_) = heron.items()
    assert heron.send("/queue/later", item=first["id"])["status"] == 200
    page = heron.client.get("/api/queue").json()
    assert (page["skipped"], first["id"] in [row["id"] for row in page["view"]["items"]]) == (1, False)
    with reading(open_case(case)) as reader:
        assert {row.decision for row in reader.all(Judgement)} == {"reviewer"}
    assert heron.send("/queue/later")["status"] == 200
    assert heron.items()[0]["id"] == first["id"]


def test_the_last_decision_is_taken_back(heron):
    (first, *_) = heron.items("?kind=same")
    heron.send(item=first["id"], decision=first["choices"][0]["decision"], reason="Read.", seen=first["seen"])
    assert heron.desk.settle()
    undone = heron.send("/queue/undo")
    assert undone["status"] == 200, undone
    assert heron.desk.settle()
    assert first["id"] in [row["id"] for row in heron.items()]


def test_somebody_else_s_decision_meanwhile_is_a_conflict_and_nothing_is_kept(heron, case):
    (first, *_) = heron.items("?kind=edge")
    finch = hand(case, "finch")
    target = next(row for row in _targets(case) if row.id == first["id"]).target
    heron.desk.judge_edge(target, decision="accept", hand=finch, reason="One.", seen=())
    answer = heron.send(item=first["id"], decision="dispute", reason="Two.", seen=[])
    assert answer["status"] == 409
    with reading(open_case(case)) as reader:
        assert [row.who for row in reader.all(Judgement) if row.decision in {"accept", "dispute"}] == ["finch"]


def _targets(case: Path):
    from armslength.pipeline.views.queue import first_items

    with reading(open_case(case)) as reader:
        return first_items(reader)


def test_two_who_decided_apart_are_shown_together_and_one_decision_ends_it(heron, case, tmp_path):
    target = next(row for row in _targets(case) if row.kind == "edge").target
    shutil.copytree(case.parent, tmp_path / "other")
    other = tmp_path / "other" / "case"
    heron.desk.judge_edge(target, decision="accept", hand=hand(case), reason="One.", seen=())
    from armslength.pipeline.judging import judge_edge

    judge_edge(other, target, decision="dispute", reason="Two.", hand=hand(other, "finch"), clock=Ticking())
    assert heron.desk.settle()
    bring(case, other, trust=(), dry=False, reason="The other laptop.", hand=hand(case), clock=Ticking())
    (item,) = heron.items("?kind=conflict")
    assert {row["who"] for row in item["stood"]} == {"heron", "finch"}
    done = heron.send(item=item["id"], decision="accept", reason="We looked again.", seen=item["seen"])
    assert done["status"] == 200, done
    assert heron.items("?kind=conflict") == []


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"item": "0" * 64, "decision": "accept", "reason": "x"}, "not in the queue"),
        ({"item": "Ada Brandt", "decision": "accept", "reason": "x"}, "not in the queue"),
        ({"decision": "merge", "reason": "x"}, "cannot be decided"),
        ({"decision": "accept", "reason": " "}, "needs a reason"),
    ],
)
def test_what_cannot_be_decided_is_refused(heron, fields, says):
    item = heron.items("?kind=edge")[0]["id"]
    answer = heron.send(**({"item": item, "seen": []} | fields))
    assert (answer["status"], says in answer["says"]) == (422, True), answer


class Analyst:
    """A gate that lets somebody in who may judge and not review."""

    hosts = frozenset({"127.0.0.1"})
    origin = ""
    routes = ()
    alone = False

    def __init__(self, case: Path) -> None:
        self._hand, self._session = hand(case), Session()

    def visitor(self, request: object) -> Visitor:
        return Visitor(who="heron", rights=frozenset({READ, JUDGE}), hand=self._hand, csrf="", session=self._session)


def test_edges_are_decided_by_reviewers(case):
    with TestClient(create_app(open_case(case), gate=Analyst(case)), base_url=HERE) as client:
        (item, *_) = client.get("/api/queue?kind=edge").json()["view"]["items"]
        answer = client.post("/api/queue", json={"item": item["id"], "decision": "accept", "reason": "x"})
        assert (answer.status_code, "right to review" in answer.json()["says"]) == (422, True)


def test_a_kind_that_is_none_is_no_page(heron):
    assert heron.client.get("/queue?kind=person").status_code == 404
    assert heron.client.get("/queue?after=nonsense").status_code == 200
