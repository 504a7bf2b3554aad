"""`armslength coding` and `armslength list queue`: a task is made, its codes shown when it has ended, as text, JSON and CSV."""

from __future__ import annotations

import csv

import pytest

from armslength.base.clock import SystemClock
from armslength.pipeline.coding import code, coding_of
from armslength.pipeline.signing import hand_of
from armslength.store.case import open_case
from armslength.store.read import reading
from armslength.store.reviewer_keys import reviewers_folder


@pytest.fixture(autouse=True)
def keys(tmp_path, monkeypatch):
    monkeypatch.setenv("ARMSLENGTH_KEYS", str(tmp_path / "keys"))
    monkeypatch.delenv("ARMSLENGTH_REVIEWER", raising=False)


@pytest.fixture
def case(case, command):
    for who in ("heron", "finch", "wren"):
        assert command("reviewer", "add", case, who).code == 0
    return case


BY = ("--reviewer", "wren", "--reason", "Before the report.")


def make(command, case, *more):
    return command("coding", "make", case, "--title", "Pilot", "--coder", "heron", "--coder", "finch", "--sample", 2, *BY, *more)


def write(case, task, who, value):
    with reading(open_case(case)) as reader:
        units = coding_of(reader, task).task.units
    hand = hand_of(case, who, keys=reviewers_folder(), clock=SystemClock())
    for unit in units:
        code(case, task, unit.id, {"kind": value}, hand=hand, clock=SystemClock())


def test_a_task_from_making_to_figures(command, case, tmp_path):
    assert "no coding tasks" in command("coding", "list", case).out
    task = make(command, case, "--ask", "kind", "--json").json["id"]
    assert [row["open"] for row in command("coding", "list", case, "--json").json] == [True]
    assert "0 of 2 finished" in command("coding", "list", case).out
    write(case, task, "heron", "quantity")
    for refused in (command("coding", "agreement", case, task[:12]), command("coding", "codes", case, task, "--to", tmp_path / "out")):
        assert (refused.code, "still being coded" in refused.err) == (2, True)
        assert not (tmp_path / "out").exists()
    write(case, task, "finch", "denial")
    (row,) = command("coding", "agreement", case, task[:12], "--json").json
    assert (row["label"], row["alpha"], row["percent"]) == ("Kind", "-0.500", "0 %")
    assert "alpha -0.500" in command("coding", "agreement", case, task[:12]).out
    assert command("coding", "codes", case, task, "--to", tmp_path / "out").code == 0
    with (tmp_path / "out" / "codes.csv").open(encoding="utf-8-sig", newline="") as file:
        assert sorted((line["coder"], line["code"]) for line in csv.DictReader(file)) == [
            ("finch", "denial"), ("finch", "denial"), ("heron", "quantity"), ("heron", "quantity"),
        ]  # fmt: skip


def test_a_task_is_closed_and_then_takes_no_more(command, case):
    task = make(command, case, "--json").json["id"]
    assert "Ended" in command("coding", "close", case, task[:12], *BY).out
    assert command("coding", "close", case, task[:12], *BY).code == 2
    assert "Only" not in command("coding", "agreement", case, task).out
    assert "not defined" in command("coding", "agreement", case, task).out


def test_what_is_no_task_is_refused(command, case):
    assert command("coding", "agreement", case, "ffff").code == 2
    assert command("coding", "agreement", case, "x").code == 2
    assert make(command, case, "--ask", "birthday").code == 2


def test_the_queue_is_listed(command, case):
    assert "Nothing waits" in command("list", "queue", case).out
    assert command("list", "queue", case, "--json").json == []
