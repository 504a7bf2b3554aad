"""The desk when a process is killed at any moment, beside another process, and on a server's database: nothing kept is lost."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from armslength.base.clock import FixedClock
from armslength.base.errors import InputError
from armslength.base.settings import Settings
from armslength.model.claims import Claim
from armslength.model.decisions import Judgement
from armslength.model.facts import Fact, LineageEdge, Origins
from armslength.pipeline.adding import Draft
from armslength.pipeline.building import NewCase, build
from armslength.pipeline.desk import Desk
from armslength.pipeline.pending import pending
from armslength.store.case import open_case
from armslength.store.read import reading
from armslength.store.verify import verify_case
from armslength.store.write import writing
from pipeline.reviewer_hands import Ticking, hand, keys_of, reviewed_case
from store.postgres import postgres_url

__all__ = ["postgres_url"]

PROGRAM = Path(__file__).with_name("decides_until_killed.py")
LATE = FixedClock(at=datetime(2099, 1, 1, tzinfo=UTC))
PAGES = {
    f"{number}.txt": f"Page {number}\n\nNorland runs at least 1{number} overseas police stations, according to the Lantern Institute.\n"
    for number in range(3)
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return reviewed_case(tmp_path_factory.mktemp("killed"), PAGES)


@pytest.fixture
def case(made, tmp_path):
    shutil.copytree(made, tmp_path / "copy")
    return tmp_path / "copy" / "case"


def program(case, who, times):
    command = [sys.executable, str(PROGRAM), str(case), who, str(times)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ})


def derived(case):
    with reading(open_case(case)) as reader:
        return [row for kind in (Claim, Fact, LineageEdge, Origins) for row in reader.all(kind)]


def made_anew(case):
    """What a build makes of the same sources and log."""
    before = derived(case)
    with writing(open_case(case), clock=LATE, actor="x") as writer:
        writer.drop(["resolve", "lineage", "review", "analyse"])
        writer.forget_entries()
    build(case, [], settings=Settings(), clock=LATE)
    assert derived(case) == before
    return before


def test_nothing_acknowledged_is_lost_and_all_of_it_is_carried_out_at_the_next_start(case):
    chance, acknowledged = random.Random(7), []
    for _ in range(3):
        with program(case, "heron", 10_000) as killed:
            acknowledged += [killed.stdout.readline().strip() for _ in range(chance.randrange(3, 12))]
            for _ in range(chance.randrange(2_000_000)):
                pass
            killed.send_signal(signal.SIGKILL)
            rest, errors = killed.communicate()
            assert killed.returncode == -signal.SIGKILL, errors
        acknowledged += rest[: rest.rfind("\n") + 1].split()
        assert verify_case(open_case(case)).problems == ()
    with reading(open_case(case)) as reader:
        assert {row.id for row in reader.all(Judgement, id=acknowledged)} == set(acknowledged)
    with Desk(open_case(case), LATE, keys=keys_of(case), quiet=0.0) as desk:
        assert desk.settle()
    with reading(open_case(case)) as reader:
        assert not pending(reader)
    made_anew(case)


def test_two_processes_decide_at_the_same_time(case):
    both = [program(case, who, 8) for who in ("heron", "finch")]
    told = [one.communicate() for one in both]
    assert [one.returncode for one in both] == [0, 0], told
    made = {line for out, _ in told for line in out.split()}
    assert len(made) == 16
    with reading(open_case(case)) as reader:
        assert {row.id for row in reader.all(Judgement, id=made)} == made
        assert not pending(reader)
    assert verify_case(open_case(case)).ok
    made_anew(case)


@pytest.mark.postgres
def test_a_servers_case_is_decided_about_in_the_same_way(postgres_url, tmp_path):
    case, folder = tmp_path / "case", tmp_path / "in"
    folder.mkdir()
    for name, text in PAGES.items():
        (folder / name).write_text(text, "utf-8")
    build(case, [folder], settings=Settings(), clock=Ticking(), new=NewCase(database=postgres_url))
    hands = [hand(case), hand(case, "finch")]
    before = derived(case)
    with reading(open_case(case)) as reader:
        claims = reader.all(Claim)
    with Desk(open_case(case), LATE, keys=keys_of(case), quiet=0.0) as desk:

        def decide(number: int) -> str:
            mine = hands[number % 2]
            return desk.say_of(claims[number % 3].id, level="claim", decision="reject", hand=mine, reason=f"{number}.").judgement.id

        with ThreadPoolExecutor(6) as together:
            made = set(together.map(decide, range(12)))
        first = claims[0]
        desk.add_claim(Draft(doc=first.doc, start=first.start, end=first.end, kind="site.operator"), hand=hands[0], reason="Missed.")
        assert desk.settle()
        assert len(made) == 12
        made_anew(case)
        with reading(open_case(case)) as reader:
            assert {row.id for row in reader.all(Judgement, id=made)} == made
            assert reader.count(Claim) == len(claims) + 1
        for mine in hands:
            undo_all(desk, mine)
        assert desk.settle()
    assert derived(case) == before
    assert verify_case(open_case(case)).ok


def undo_all(desk, mine):
    for _ in range(20):
        try:
            desk.undo(mine)
        except InputError:
            return
