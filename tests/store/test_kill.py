"""Kill -9 at any moment loses nothing acknowledged and leaves a case that opens and verifies."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

from store_samples import CLOCK, add

from armslength.model.evidence import Document
from armslength.store.case import Case, open_case
from armslength.store.read import reading
from armslength.store.verify import verify_case
from armslength.store.write import writing

PROGRAM = Path(__file__).with_name("adds_until_killed.py")
KILLS = 6


def kill_after(case: Case, round_number: int, lines: int, moment: int) -> list[str]:
    """Run the program until it has printed some lines and then a little longer, in turns of a busy loop, and kill it."""
    command = [sys.executable, str(PROGRAM), str(case.folder), str(round_number)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ}) as program:
        assert program.stdout is not None
        seen = [program.stdout.readline() for _ in range(lines)]
        for _ in range(moment):
            pass
        program.send_signal(signal.SIGKILL)
        rest, errors = program.communicate()
        assert program.returncode == -signal.SIGKILL, errors
    whole = rest[: rest.rfind("\n") + 1]
    return [*seen, *whole.splitlines()]


def test_nothing_acknowledged_is_lost(case: Case) -> None:
    chance = random.Random(5)
    acknowledged: list[list[str]] = []
    for round_number in range(KILLS):
        lines = kill_after(case, round_number, chance.randrange(1, 12), chance.randrange(400_000))
        acknowledged += [line.split() for line in lines]
        opened = open_case(case.folder)
        report = verify_case(opened)
        assert report.problems == (), report.problems
    with reading(opened) as read:
        for kind, name in acknowledged:
            if kind == "source":
                assert b"counted 54 harbours" in read.source_bytes(name)
            else:
                assert read.get(Document, name) is not None
    assert len(acknowledged) > KILLS
    with writing(opened, clock=CLOCK, actor="heron") as writer:
        add(writer, b"after all that")
    assert verify_case(opened).ok
