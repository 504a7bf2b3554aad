"""The desk: judgements are kept at once and in turn, refused where somebody else decided meanwhile, and carried out behind one's back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from armslength.base.errors import CaseError, InputError
from armslength.model.claims import Claim
from armslength.model.custody import LogEntry
from armslength.model.decisions import Judgement
from armslength.model.facts import Fact, LineageEdge, Origins
from armslength.model.outcome import StageReport
from armslength.pipeline import pending as waiting
from armslength.pipeline.desk import Conflict, Desk
from armslength.pipeline.judging import judge_edge
from armslength.pipeline.pending import CARRIED_OUT, pending
from armslength.pipeline.signing import heads_about
from armslength.pipeline.stage import Stage
from armslength.store.case import open_case
from armslength.store.lock import Busy
from armslength.store.read import reading
from armslength.store.verify import verify_case
from armslength.store.write import writing
from pipeline.reviewer_hands import Ticking, hand, keys_of, reviewed_case

PAGES = {
    "one.txt": "A page about stations\n\nNorland runs at least 12 overseas police stations, according to the Lantern Institute.\n",
    "two.txt": "Another page\n\nNorland runs at least 12 overseas police stations, a survey by Harbour Watch found.\n",
    "three.txt": "A third page\n\nNorland runs at least 12 overseas police stations, according to the Lantern Institute.\n",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return reviewed_case(tmp_path_factory.mktemp("desk"), PAGES)


@pytest.fixture
def case(made, tmp_path):
    import shutil

    shutil.copytree(made, tmp_path / "copy")
    return tmp_path / "copy" / "case"


@pytest.fixture
def desk(case):
    with Desk(open_case(case), Ticking(), keys=keys_of(case), quiet=0.0) as found:
        yield found


@pytest.fixture
def heron(case):
    return hand(case)


def stations(case):
    with reading(open_case(case)) as reader:
        (fact,) = (row for row in reader.all(Fact) if row.measure.startswith("sites"))
        return fact


def origins(case):
    with reading(open_case(case)) as reader:
        found = reader.get(Origins, stations(case).id)
        return found.min, found.max


def test_a_judgement_is_in_the_log_at_once_and_carried_out_behind(desk, case, heron):
    fact = stations(case)
    kept = desk.say_of(fact.claims[0], level="claim", decision="reject", hand=heron, reason="No.")
    assert kept.pending
    with reading(open_case(case)) as reader:
        assert reader.get(Judgement, kept.judgement.id) == kept.judgement
        assert kept.judgement.id in {row.subject for row in reader.all(LogEntry, event="judgement.made")}
    assert desk.settle()
    assert len(stations(case).claims) == 2
    came = desk.came_of(kept.judgement.id)
    assert fact.id in {row.id for row in came.outcome.gone}
    assert stations(case).id in {row.id for row in came.outcome.made}
    assert desk.came_of_last("heron") == came
    assert not desk.progress().busy
    with reading(open_case(case)) as reader:
        assert not pending(reader)
        assert [row.actor for row in reader.all(LogEntry, event=CARRIED_OUT)] == ["armslength"]
    assert verify_case(open_case(case)).ok


def test_what_an_edge_changes_is_told_in_counts(desk, case, heron):
    before = origins(case)
    with reading(open_case(case)) as reader:
        edges = [row for row in reader.all(LineageEdge, level="claim") if {row.from_id, row.to_id} <= set(stations(case).claims)]
    kept = [desk.judge_edge(edge.id, decision="dispute", hand=heron, reason="Two institutes.") for edge in edges]
    assert desk.settle()
    changed = [one for row in kept for one in desk.came_of(row.judgement.id).outcome.changed]
    assert {(one.fact, one.before[:2]) for one in changed} == {(stations(case).id, before)}
    assert origins(case) == changed[-1].after[:2] != before
    for _ in edges:
        desk.undo(heron)
    assert desk.settle()
    assert origins(case) == before
    with pytest.raises(InputError, match="Nothing of what you decided"):
        desk.undo(heron)


def test_whoever_decides_without_having_seen_what_stands_is_told(desk, case, heron):
    claim, finch = stations(case).claims[0], hand(case, "finch")
    first = desk.say_of(claim, level="claim", decision="accept", hand=heron, reason="So it says.", seen=())
    with pytest.raises(Conflict, match=r"heron decided \(accept\) on 2026-01-01 at") as told:
        desk.say_of(claim, level="claim", decision="reject", hand=finch, reason="Not so.", seen=())
    assert told.value.rows == (first.judgement,)
    second = desk.say_of(claim, level="claim", decision="reject", hand=finch, reason="Not so.", seen=(first.judgement.id,))
    assert second.judgement.replaces == (first.judgement.id,)
    desk.undo(finch)
    with pytest.raises(Conflict, match="finch decided"):
        desk.say_of(claim, level="claim", decision="accept", hand=heron, reason="Yes.", seen=(second.judgement.id,))
    with reading(open_case(case)) as reader:
        assert reader.count(Judgement, target=claim) == 3


def test_what_somebody_else_took_back_meanwhile_is_a_conflict_too(desk, case, heron):
    finch = hand(case, "finch")
    claim = stations(case).claims[0]
    kept = desk.say_of(claim, level="claim", decision="accept", hand=heron, reason="Yes.").judgement
    desk.withdraw(kept.id, hand=finch, reason="No.", seen=[kept.id])
    with pytest.raises(Conflict, match="finch decided"):
        desk.withdraw(kept.id, hand=heron, reason="No.", seen=[kept.id])
    with pytest.raises(InputError, match="does not stand any more"):
        desk.withdraw(kept.id, hand=heron, reason="No.")


def test_many_at_once_wait_their_turn_and_none_is_lost(desk, case, heron):
    with reading(open_case(case)) as reader:
        claims = [row.id for row in reader.all(Claim)]

    def decide(number: int) -> None:
        for turn in range(4):
            row = claims[(number + turn) % len(claims)]
            desk.say_of(row, level="claim", decision=("accept", "reject")[turn % 2], hand=heron, reason=f"Look {number} {turn}.")

    with ThreadPoolExecutor(6) as together:
        list(together.map(decide, range(6)))
    assert desk.settle()
    with reading(open_case(case)) as reader:
        made = [row for row in reader.all(Judgement) if row.reason.startswith("Look")]
        heads = heads_about(reader, claims)
        assert not pending(reader)
    assert len({row.reason for row in made}) == 24
    assert {len(found) for found in heads.values()} == {1}, "each takes the place of the one before"
    assert verify_case(open_case(case)).ok


def test_another_process_that_writes_is_waited_for_but_not_for_ever(case, heron):
    opened = open_case(case)
    fact = stations(case)
    with Desk(opened, Ticking(), keys=keys_of(case), patience=0.05, quiet=0.0) as desk:
        assert desk.settle()
        with writing(opened, clock=Ticking(), actor="other"), pytest.raises(Busy, match="being written to by process"):
            desk.say_of(fact.id, level="fact", decision="accept", hand=heron, reason="Yes.")
        kept = desk.say_of(fact.id, level="fact", decision="accept", hand=heron, reason="Yes.")
        assert desk.settle()
        assert kept.judgement.supersedes == ""
    assert stations(case).state == "accepted"


def test_what_was_kept_and_not_carried_out_is_carried_out_at_the_next_start(case, heron):
    opened, fact = open_case(case), stations(case)
    desk = Desk(opened, Ticking(), keys=keys_of(case), quiet=30.0)
    desk.say_of(fact.id, level="fact", decision="accept", hand=heron, reason="Yes.")
    desk.close()
    assert stations(case).state == "machine"
    with Desk(opened, Ticking(), keys=keys_of(case), quiet=0.0) as again:
        assert again.settle()
    assert stations(case).state == "accepted"


def test_the_command_line_and_the_desk_come_to_the_same(desk, case, heron, made, tmp_path):
    import shutil

    shutil.copytree(made, tmp_path / "other")
    other = tmp_path / "other" / "case"
    with reading(open_case(case)) as reader:
        edge = reader.all(LineageEdge, level="claim")[0].id
    done = judge_edge(other, edge, decision="dispute", reason="No.", hand=hand(other), clock=Ticking())
    kept = desk.judge_edge(edge, decision="dispute", hand=heron, reason="No.")
    assert desk.settle()
    assert desk.came_of(kept.judgement.id).outcome.changed == done.changed
    assert derived(case) == derived(other)


def derived(case):
    with reading(open_case(case)) as reader:
        return [row for kind in (Claim, Fact, LineageEdge, Origins) for row in reader.all(kind)]


def test_a_build_is_asked_for_at_the_desk(desk, case):
    before = derived(case)
    with writing(open_case(case), clock=Ticking(), actor="x") as writer:
        writer.drop(["analyse", "lineage", "resolve"])
    desk.build()
    assert desk.progress().building
    assert desk.settle()
    assert derived(case) == before
    assert desk.progress().failed == ""


def test_a_long_stage_gives_way_to_a_judgement(desk, case, heron, monkeypatch):
    begun, release = Event(), Event()
    ran: list[str] = []

    def run(writer, *, engine, settings, progress):
        ran.append("begun")
        with writer.together():
            writer.record("test.step", "x", {})
            begun.set()
            for _ in range(10_000):
                writer.read.count(Fact)  # where it gives way
                if release.wait(0.001):
                    break
            ran.append("ended")
        return StageReport(stage="slow", version="1", unit="facts", taken=0, kept=0, refused=0, unchanged=True)

    monkeypatch.setattr(waiting, "JUDGED", (Stage(name="slow", version="1", needs=(), gives=(), does="x", run=run), *waiting.JUDGED))
    fact = stations(case)
    desk.say_of(fact.id, level="fact", decision="reject", hand=heron, reason="No.")
    assert begun.wait(20)
    kept = desk.say_of(fact.id, level="fact", decision="accept", hand=heron, reason="Yes.")
    assert "ended" not in ran, "it was kept while the stage was at work"
    release.set()
    assert desk.settle()
    assert ran[0] == ran[1] == "begun"
    with reading(open_case(case)) as reader:
        assert reader.count(LogEntry, event="test.step") == ran.count("ended"), "what was given up left nothing"
    assert (stations(case).state, desk.came_of(kept.judgement.id).who) == ("accepted", "heron")


def test_a_mistake_in_a_stage_is_told_and_loses_nothing(desk, case, heron, monkeypatch):
    def run(writer, *, engine, settings, progress):
        raise CaseError("The disk is full.")

    fact = stations(case)
    with monkeypatch.context() as broken:
        broken.setattr(waiting, "JUDGED", (Stage(name="broken", version="1", needs=(), gives=(), does="x", run=run), *waiting.JUDGED))
        desk.say_of(fact.id, level="fact", decision="accept", hand=heron, reason="Yes.")
        assert desk.settle()
    assert (desk.progress().failed, desk.progress().waiting) == ("The disk is full.", 1)
    desk.build()
    assert desk.settle()
    assert (desk.progress().failed, desk.progress().waiting, stations(case).state) == ("", 0, "accepted")
