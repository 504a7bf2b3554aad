"""A program to be killed, or to be run beside another: decides at a desk, and prints a line after each judgement that was kept."""

from __future__ import annotations

import sys
from itertools import cycle
from pathlib import Path

from armslength.base.clock import SystemClock
from armslength.model.claims import Claim
from armslength.pipeline.desk import Desk
from armslength.store.case import open_case
from armslength.store.read import reading

if __name__ == "__main__":
    case, who, times = open_case(Path(sys.argv[1])), sys.argv[2], int(sys.argv[3])
    with reading(case) as reader:
        claims = [row.id for row in reader.all(Claim)]
    with Desk(case, SystemClock(), keys=Path(sys.argv[1]).parent / "reviewers", quiet=0.0, patience=60.0) as desk:
        hand = desk.hand(who)
        for number, (claim, decision) in enumerate(zip(cycle(claims), cycle(("reject", "accept", "accept")), strict=False)):
            if number == times:
                break
            kept = desk.say_of(claim, level="claim", decision=decision, hand=hand, reason=f"{who} {number}.")
            sys.stdout.write(f"{kept.judgement.id}\n")
            sys.stdout.flush()
        desk.settle(seconds=120.0)
