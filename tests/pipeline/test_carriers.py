"""Judgements carried out in a process of its own: the same comes of them as in a thread, and a process that is killed loses nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from armslength.base.clock import SystemClock
from armslength.model.facts import Fact
from armslength.pipeline.desk import Desk
from armslength.store.case import open_case
from armslength.store.read import reading
from armslength.store.verify import verify_case
from pipeline.reviewer_hands import hand, keys_of, reviewed_case

PAGES = {
    "one.txt": "A page about stations\n\nNorland runs at least 12 overseas police stations, according to the Lantern Institute.\n",
    "two.txt": "Another page\n\nNorland runs at least 12 overseas police stations, a survey by Harbour Watch found.\n",
}
SECONDS = 120


@pytest.fixture
def case(tmp_path):
    return reviewed_case(tmp_path, PAGES) / "case"


@pytest.fixture
def desk(case):
    with Desk(open_case(case), SystemClock(), keys=keys_of(case), quiet=0.0, apart=True) as found:
        assert found.settle(seconds=SECONDS)
        yield found


def stations(case):
    with reading(open_case(case)) as reader:
        (fact,) = [row for row in reader.all(Fact) if row.measure.startswith("sites")]
        return fact


def reject(desk, case, claim):
    return desk.say_of(claim, level="claim", decision="reject", hand=hand(case), reason="No.").judgement.id


def process(desk):
    return desk._carrier._process


def test_what_comes_of_a_judgement_is_told_as_from_a_thread(desk, case):
    fact = stations(case)
    kept = reject(desk, case, fact.claims[0])
    assert desk.settle(seconds=SECONDS)
    assert process(desk).pid != os.getpid()
    found = desk.came_of(kept)
    assert {row.id for row in found.outcome.gone} >= {fact.id}
    assert stations(case).claims == fact.claims[1:]
    assert desk.progress().failed == ""
    assert verify_case(open_case(case)).ok


def test_a_process_that_is_killed_is_followed_by_another(desk, case):
    fact = stations(case)
    reject(desk, case, fact.claims[0])
    assert desk.settle(seconds=SECONDS)
    first = process(desk)
    os.kill(first.pid, signal.SIGKILL)
    first.join()
    desk.withdraw(desk.came_of_last("heron").judgement, hand=hand(case), reason="Yes after all.")
    assert desk.settle(seconds=SECONDS)
    if desk.progress().failed:  # it had ended before it was asked, or as it was: either way nothing is lost
        desk.build()
        assert desk.settle(seconds=SECONDS)
    assert stations(case) == fact
    assert process(desk).pid != first.pid


def test_the_process_ends_with_the_desk(case):
    with Desk(open_case(case), SystemClock(), keys=keys_of(case), quiet=0.0, apart=True) as desk:
        assert desk.settle(seconds=SECONDS)
        mine = process(desk)
        assert mine.is_alive()
    assert not mine.is_alive()


SERVER = """
import sys
from pathlib import Path
from armslength.base.clock import SystemClock
from armslength.pipeline.desk import Desk
from armslength.store.case import open_case

if __name__ == "__main__":
    desk = Desk(open_case(Path(sys.argv[1])), SystemClock(), quiet=0.0, apart=True)
    desk.start()
    desk.settle(seconds=120)
    print(desk._carrier._process.pid, flush=True)
    if sys.argv[2] == "waits":
        sys.stdin.read()
"""


@pytest.mark.parametrize("how", ["ends", "waits"])
def test_the_process_does_not_outlive_a_server_that_ends_or_is_killed(case, tmp_path, how):
    program = tmp_path / "server.py"
    program.write_text(SERVER, "utf-8")
    with subprocess.Popen([sys.executable, program, case, how], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        worker = int(server.stdout.readline())
        if how == "waits":
            server.kill()
        server.wait(timeout=SECONDS)
    limit = time.monotonic() + SECONDS
    while alive(worker):
        assert time.monotonic() < limit
        time.sleep(0.1)


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
