"""A coding task as it stands after its judgements, one after the other."""

from __future__ import annotations

import json

import pytest

from armslength.base.ids import digest
from armslength.model.coding import (
    CLOSE,
    CODE,
    SETTLE,
    TASK,
    VARIABLES,
    VOICES,
    Unit,
    close_slot,
    code_slot,
    codings,
    settle_slot,
    task_value,
)
from armslength.model.decisions import Judgement
from armslength.model.ontology import load
from armslength.model.reviewers import ReviewerKey, Reviewers

WHO = ("heron", "finch", "wren")
KEYS = Reviewers(keys={f"key of {who}": ReviewerKey(key=f"key of {who}", public="", who=who, since="2026-01-01T00:00:00Z") for who in WHO})
UNITS = (Unit(id="u1", doc="d", start=0, end=5, claim="c1"), Unit(id="u2", doc="d", start=6, end=9))


def made(decision, target, value, *, who="wren", at=1, supersedes="", name=""):
    return Judgement(
        id=name or digest(decision, target, who, at, json.dumps(value, sort_keys=True)),
        target=target,
        decision=decision,
        reason="r",
        who=who,
        when=f"2026-02-{at:02d}T00:00:00Z",
        value=json.dumps(value),
        supersedes=supersedes,
        key=f"key of {who}",
        signature="s",
    )


def task(coders=("heron", "finch")):
    value = task_value("Pilot", UNITS, ("is_claim", "kind"), coders, sees=False, drawn="All.")
    return made(TASK, "the task", value, name="T")


def coded(who, unit, at, **given):
    """A code, and what lies sealed in it."""
    row = made(CODE, code_slot("T", unit, who), {"task": "T", "unit": unit, "n": sorted(given.items())}, who=who, at=at)
    return row, {"codes": given, "note": ""}


def read(*rows, more=()):
    judgements = [task(), *(row for row, _ in rows), *more]
    (found,) = codings(judgements, KEYS, {row.id: told for row, told in rows})
    return found


def both(at=2):
    return [coded(who, unit, at, kind="quantity") for who in ("heron", "finch") for unit in ("u1", "u2")]


def test_a_task_is_open_until_all_have_coded_everything():
    rows = both()
    for some in range(len(rows)):
        assert read(*rows[:some]).open
    found = read(*rows)
    assert (found.open, found.finished) == (False, ("heron", "finch"))
    assert [unit.id for unit in read(*rows[:1]).left("heron")] == ["u2"]


def test_a_task_that_is_closed_is_not_open():
    closed = made(CLOSE, close_slot("T"), {"task": "T"}, at=3)
    found = read(*both()[:1], more=[closed])
    assert (found.open, found.closed.who) == (False, "wren")


def test_what_is_written_once_the_codes_can_be_seen_counts_nowhere():
    late = coded("heron", "u1", 9, kind="denial")
    found = read(*both(), late)
    assert found.of("heron")["u1"].codes == {"kind": "quantity"}
    closed = made(CLOSE, close_slot("T"), {"task": "T"}, at=3)
    assert read(late, more=[closed]).of("heron") == {}


def test_a_later_code_takes_the_place_of_an_earlier_one_even_in_the_same_moment():
    first, told = coded("heron", "u1", 2, kind="quantity")
    second, again = coded("heron", "u1", 2, kind="denial")
    later = made(CODE, second.target, json.loads(second.value), who="heron", at=2, supersedes=first.id, name="a-later-one")
    assert read((first, told), (later, again)).of("heron")["u1"].codes == {"kind": "denial"}
    assert read((later, again), (first, told)).of("heron")["u1"].codes == {"kind": "denial"}


def test_a_code_that_is_taken_back_is_to_be_written_again():
    row, told = coded("heron", "u1", 2, kind="quantity")
    back = made("withdraw", row.target, {}, who="heron", at=3, supersedes=row.id)
    assert read((row, told), more=[back]).of("heron") == {}


def test_closing_does_not_take_away_what_was_written_in_the_same_moment():
    closed = made(CLOSE, close_slot("T"), {"task": "T"}, at=2, name="0-sorts-before-everything")
    assert read(*both()[:1], more=[closed]).of("heron") != {}


@pytest.mark.parametrize("who", ["wren", "stranger"])
def test_what_is_not_a_coder_s_counts_nowhere(who):
    assert read(coded(who, "u1", 2, kind="quantity")).coded == ()


def test_another_coder_s_place_cannot_be_written_into():
    row, told = coded("heron", "u1", 2, kind="quantity")
    forged = made(CODE, row.target, {"task": "T", "unit": "u1"}, who="finch", at=3, supersedes=row.id)
    found = read((row, told), (forged, {"codes": {"kind": "denial"}, "note": ""}))
    assert [(one.who, one.codes) for one in found.coded] == [("heron", {"kind": "quantity"})]


def test_a_code_that_does_not_open_is_missing():
    row, _ = coded("heron", "u1", 2, kind="quantity")
    assert codings([task(), row], KEYS, {})[0].coded == ()


def test_what_differs_is_told_of_what_both_wrote():
    rows = [coded("heron", "u1", 2, kind="quantity", is_claim="yes"), coded("finch", "u1", 2, kind="denial")]
    found = read(*rows)
    assert (found.differing("u1"), found.differing("u2")) == (("kind",), ())
    assert [unit.id for unit in found.apart()] == ["u1"]
    assert found.matrix("is_claim") == [["yes", ""], ["", ""]]


def test_what_was_settled_stands_until_it_is_taken_back():
    value = {"task": "T", "unit": "u1", "codes": {"kind": "denial"}, "together": False, "verdict": "v"}
    settled = made(SETTLE, settle_slot("T", "u1"), value, at=4)
    found = read(*both(), more=[settled])
    assert (found.settled["u1"].codes, found.settled["u1"].who, found.settled["u1"].verdict) == ({"kind": "denial"}, "wren", "v")
    back = made("withdraw", settled.target, {"unit": "u1"}, at=5, supersedes=settled.id)
    assert read(*both(), more=[settled, back]).settled == {}


def test_nothing_that_is_asked_is_a_person():
    assert set(VARIABLES) == {
        "is_claim", "kind", "speech_act", "value", "comparator", "method", "place", "date", "speaker", "credibility",
    }  # fmt: skip
    assert all(row.scheme == "" or load().codes(row.scheme) for row in VARIABLES.values())
    assert "person" in VOICES, "a kind of voice, and never which person"
