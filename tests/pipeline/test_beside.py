"""On a server nobody who decides waits for rows that are made anew, and nothing that is decided meanwhile is forgotten."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from armslength.base.clock import SystemClock
from armslength.base.settings import Settings
from armslength.model.claims import Claim
from armslength.model.custody import LogEntry
from armslength.model.evidence import Document
from armslength.model.facts import Fact
from armslength.pipeline import building, carrying, runner
from armslength.pipeline.building import NewCase, build
from armslength.pipeline.cataloguing import is_behind
from armslength.pipeline.desk import Desk
from armslength.pipeline.pending import CARRIED_OUT, pending
from armslength.pipeline.previewing import Wish
from armslength.store.case import open_case
from armslength.store.read import reading
from armslength.store.verify import verify_case
from armslength.store.write import making, writing
from pipeline.reviewer_hands import START, Ticking, hand, keys_of
from store.postgres import postgres_url

__all__ = ["postgres_url"]
pytestmark = pytest.mark.postgres
SECONDS = 120
PAGES = {
    f"{number}.txt": f"Page {number}\n\nNorland runs at least 1{number} overseas police stations, according to the Lantern Institute.\n"
    for number in range(3)
}


@pytest.fixture
def case(tmp_path, postgres_url):
    (tmp_path / "in").mkdir()
    for name, text in PAGES.items():
        (tmp_path / "in" / name).write_text(text, "utf-8")
    build(tmp_path / "case", [tmp_path / "in"], settings=Settings(), clock=Ticking(), new=NewCase(database=postgres_url))
    hand(tmp_path / "case")
    return tmp_path / "case"


def claims_of(case):
    with reading(open_case(case)) as reader:
        return [row.id for row in reader.all(Claim)]


def facts_of(case):
    with reading(open_case(case)) as reader:
        return reader.all(Fact)


def lists_are_whole(case):
    """Whether the lists hold what the stages have made."""
    with reading(open_case(case)) as reader:
        shown = {kind: reader.catalogue.total("all", kind) for kind in ("facts", "documents", "claims")}
        return not is_behind(reader) and shown == {
            "facts": reader.count(Fact),
            "documents": reader.count(Document),
            "claims": reader.count(Claim),
        }


def reject(desk, case, claim):
    return desk.say_of(claim, level="claim", decision="reject", hand=hand(case), reason="No.").judgement.id


class Slow:
    """The runner of a pass or build, which waits in the middle of its last step until it is told to go on."""

    def __init__(self, monkeypatch, module):
        self.begun, self.goes_on = Event(), Event()
        monkeypatch.setattr(module, "run_stages", self)

    def __call__(self, writer, *, stages, **rest):
        reports = runner.run_stages(writer, stages=stages, **rest)
        if "lineage" in {stage.name for stage in stages} and not self.begun.is_set():
            self.begun.set()
            assert self.goes_on.wait(SECONDS)
        return reports


def test_a_judgement_is_kept_in_the_middle_of_a_pass_and_carried_out_by_the_next(case, monkeypatch):
    first, second, third = claims_of(case)
    with Desk(open_case(case), SystemClock(), keys=keys_of(case), quiet=0.0) as desk:
        assert desk.settle(seconds=SECONDS)
        slow = Slow(monkeypatch, carrying)
        desk.patience = 5.0
        reject(desk, case, first)
        assert slow.begun.wait(SECONDS)
        kept = reject(desk, case, second)  # refused after five seconds, if it had to wait
        assert desk.came_of(kept) is None
        with reading(open_case(case)) as reader:
            assert [row.id for row in pending(reader).rows][-1] == kept
        slow.goes_on.set()
        assert desk.settle(seconds=SECONDS)
        assert desk.came_of(kept) is not None
    assert {claim for fact in facts_of(case) for claim in fact.claims} == {third}
    assert lists_are_whole(case)
    with reading(open_case(case)) as reader:
        notes = reader.all(LogEntry, event=CARRIED_OUT)
        (made,) = reader.all(LogEntry, event="judgement.made", subject=kept)
        upto = [json.loads(entry.entry)["data"]["up_to"] for entry in notes]
        assert upto[-2] < made.seq < notes[-2].seq, "the second was kept while the first was carried out"
        assert upto[-1] == made.seq
        assert not pending(reader)
    assert verify_case(open_case(case)).problems == ()


def test_what_was_decided_before_it_was_noted_that_all_before_it_is_carried_out_is_not_forgotten(case):
    with Desk(open_case(case), SystemClock(), keys=keys_of(case), quiet=3600.0) as desk:
        kept = reject(desk, case, claims_of(case)[0])
        with writing(open_case(case), clock=SystemClock(), actor="x", patience=5.0) as writer:
            writer.record(CARRIED_OUT, "x", {"up_to": writer.read.head()[0] - 1, "judgements": 1})
        with reading(open_case(case)) as reader:
            assert [row.id for row in pending(reader).rows] == [kept]


def test_people_decide_while_files_are_read_into_the_case(case, tmp_path, monkeypatch):
    slow = Slow(monkeypatch, building)
    more = tmp_path / "more.txt"
    more.write_text("Another page\n\nNorland runs at least 13 overseas police stations, a survey by Harbour Watch found.\n", "utf-8")
    first = claims_of(case)[0]
    with Desk(open_case(case), SystemClock(), keys=keys_of(case), quiet=0.0) as desk:
        assert desk.settle(seconds=SECONDS)
        desk.patience = 5.0
        with ThreadPoolExecutor(1) as beside:
            done = beside.submit(build, case, [more], settings=Settings(), clock=START)
            assert slow.begun.wait(SECONDS)
            kept = reject(desk, case, first)
            slow.goes_on.set()
            report = done.result(SECONDS)
        assert [row.stage for row in report.stages] == ["ingest", "extract", "resolve", "lineage", "review", "analyse"]
        assert desk.settle(seconds=SECONDS)
        assert desk.came_of(kept) is not None
    assert len(claims_of(case)) == 4
    assert lists_are_whole(case)
    assert first not in {claim for fact in facts_of(case) for claim in fact.claims}
    assert verify_case(open_case(case)).problems == ()


def test_what_a_judgement_would_do_is_tried_while_others_decide_and_leaves_nothing(case):
    one, other = [row.id for row in facts_of(case)][:2]
    with Desk(open_case(case), SystemClock(), keys=keys_of(case), quiet=0.0) as desk:
        assert desk.settle(seconds=SECONDS)
        before = facts_of(case)
        with reading(open_case(case)) as reader:
            log = reader.head()
        found = desk.try_out(Wish(decision="merge", level="fact", one=one, other=other))
        assert {row.id for row in found.outcome.gone} >= {one, other}
        with reading(open_case(case)) as reader:
            assert reader.head() == log
        assert facts_of(case) == before
        with making(open_case(case), clock=SystemClock(), actor="x"):
            reject(desk, case, claims_of(case)[0])
        assert desk.settle(seconds=SECONDS)
    assert verify_case(open_case(case)).ok


def test_the_lists_are_made_with_the_first_build(case):
    assert len(facts_of(case)) > 1
    assert lists_are_whole(case)
