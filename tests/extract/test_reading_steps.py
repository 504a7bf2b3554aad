"""The steps of reading: declared, in an order that works, as the docs tell them."""

from __future__ import annotations

import pickle
import re
from pathlib import Path
from typing import get_type_hints

import pytest
from extract_samples import make_document

from armslength.extract.ranges import Ranges
from armslength.extract.reading import Reading
from armslength.extract.steps import STEPS
from armslength.extract.working import Step, carry_out, in_order
from armslength.model.evidence import Document, Reader

DOCS = Path(__file__).parents[2] / "docs" / "how-claims-are-read.md"
GIVEN = {"document": Document, "reader": Reader}


def double(number: int) -> int:
    return 2 * number


def add(number: int, doubled: int) -> int:
    return number + doubled


DOUBLE = Step(name="double", needs=("number",), gives="doubled", run=double)
ADD = Step(name="add", needs=("number", "doubled"), gives="sum", run=add)


def test_steps_run_in_order_and_change_nothing_that_was_given() -> None:
    told: list[str] = []
    given = {"number": 3}
    work = carry_out(in_order((DOUBLE, ADD), given=given), given, before=told.append)
    assert dict(work) == {"number": 3, "doubled": 6, "sum": 9}
    assert given == {"number": 3}
    assert told == ["double", "add"]
    with pytest.raises(TypeError):
        work["sum"] = 0  # type: ignore[index]


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        ((ADD, DOUBLE), "add needs doubled, which no step before it gives"),
        ((DOUBLE, DOUBLE), "double gives doubled, which is there already"),
        ((Step(name="double", needs=("amount",), gives="doubled", run=double),), r"declares that it needs \('amount',\)"),
        ((DOUBLE, Step(name="double", needs=("number",), gives="again", run=double)), "Two steps have one name"),
        ((Step(name="reset", needs=("number",), gives="number", run=double),), "gives number, which is there already"),
    ],
)
def test_steps_that_cannot_run_are_found_when_they_are_put_in_a_row(steps: tuple[Step, ...], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        in_order(steps, given={"number", "amount"})


def test_each_step_takes_what_an_earlier_one_gives_in_its_very_type() -> None:
    known: dict[str, object] = dict(GIVEN)
    for step in STEPS:
        hints = get_type_hints(step.run)
        for need in step.needs:
            assert hints[need] == known[need], (step.name, need)
        known[step.gives] = hints["return"]
    assert known[STEPS[-1].gives] is Reading


def test_every_gift_is_needed_later_but_the_last() -> None:
    for place, step in enumerate(STEPS[:-1]):
        assert any(step.gives in later.needs for later in STEPS[place + 1 :]), step.name


def test_steps_can_be_sent_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(STEPS)) == STEPS


def test_the_docs_tell_the_steps_as_they_are_declared() -> None:
    rows = re.findall(r"^\| \d+ \| `([^`]+)` \| ([^|]+) \| `([^`]+)` \|", DOCS.read_text("utf-8"), re.MULTILINE)
    assert [(name, tuple(re.findall(r"`([^`]+)`", needs)), gives) for name, needs, gives in rows] == [
        (step.name, step.needs, step.gives) for step in STEPS
    ]


def test_a_step_gives_the_same_again() -> None:
    given = {
        "document": make_document("Police stations opened in Lisbon, the group Green Lantern said."),
        "reader": Reader(name="r", version="1"),
    }
    once, again = carry_out(STEPS, given), carry_out(STEPS, given)
    assert once["reading"] == again["reading"]
    assert once["reading"].claims


def test_ranges_answer_as_a_look_at_each_would() -> None:
    some = [(3, 9), (0, 2), (4, 5), (20, 30), (20, 22)]
    found = Ranges(some)
    for start in range(32):
        for end in range(start + 1, 33):
            assert found.holds(start, end) == any(a <= start and end <= b for a, b in some)
            assert found.touches(start, end) == any(a < end and b > start for a, b in some)
    assert not Ranges([]).holds(0, 1)
    assert not Ranges([]).touches(0, 1)
