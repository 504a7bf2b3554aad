"""The queue on a real case: what it says a decision changes is what the decision changes, and it follows every change as if made anew."""

from __future__ import annotations

import shutil

import pytest

from armslength.base.settings import Settings
from armslength.model.codec import from_json
from armslength.model.facts import Fact, LineageEdge, Origins
from armslength.model.ledger import Request, Retention
from armslength.model.queue import KINDS, SPACE, STATE, Item
from armslength.model.things import Entity
from armslength.pipeline.building import build
from armslength.pipeline.findings import propose, second
from armslength.pipeline.judging import judge_edge
from armslength.pipeline.ledgers import enter
from armslength.pipeline.merging import bring
from armslength.pipeline.queueing import note_for_queue, update_queue, waits_for_queue, weigh_for_queue
from armslength.pipeline.queueing_people import OF_A_PERSON
from armslength.pipeline.sameness import merge, split
from armslength.pipeline.verdicting import say_of
from armslength.pipeline.views.queue import first_items, item_of, queue_view
from armslength.store.case import open_case
from armslength.store.read import reading
from armslength.store.write import writing
from pipeline.reviewer_hands import Ticking, hand, reviewed_case

LEAD = "Norland keeps secret police stations abroad to reach exiles, campaigners say.\n\n"
STATIONS = "Norland runs at least 12 overseas police stations"
PAGES = {
    "one.txt": f"A page about stations\n\n{STATIONS}, according to the Lantern Institute, which visited each of them.\n",
    "two.txt": f"Another page\n\n{STATIONS}, a survey by Harbour Watch found. Harbour Watch visited each of them in March 2024.\n",
    "three.txt": f"A third page\n\n{STATIONS}, Lantern Institute researchers said on Tuesday.\n",
    "four.txt": "A denial\n\nThe embassy of Norland denied that Norland runs overseas police stations. Norland runs at least 12 overseas police "
    "stations, according to the Lantern Institute.\n",
    "five.txt": f"A year\n\n{LEAD}In 2019 Norland persuaded 230,000 people to return, said Ada Brandt, a researcher at the Lantern Institute.\n",
    "six.txt": f"Another year\n\n{LEAD}In 2021 Norland persuaded 230,000 people to return, said Ada Brandt, a researcher at the Lantern Institute.\n",
    "seven.txt": f"A survey\n\n{LEAD}Harbour Watsh, a charity, said that 40 exiles were called.\n",
    "eight.txt": f"A reply\n\n{LEAD}Harbour Watch, a charity, said that 90 exiles were followed in Oslo.\n",
}
LATER = "2026-06-01"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return reviewed_case(tmp_path_factory.mktemp("queue"), PAGES)


@pytest.fixture
def case(made, tmp_path):
    shutil.copytree(made, tmp_path / "copy")
    return tmp_path / "copy" / "case"


def items(case, kind=""):
    with reading(open_case(case)) as reader:
        kinds = [kind] if kind else KINDS
        return [from_json(Item, body) for name in kinds for body in reader.topmost(SPACE + name, limit=1000)]


def counts(case):
    with reading(open_case(case)) as reader:
        return {row.id: (row.min, row.max) for row in reader.all(Origins)}


def test_what_an_edge_is_said_to_change_is_what_disputing_it_changes(case):
    edges = items(case, "edge")
    assert edges
    for item in edges:
        before = counts(case)
        judge_edge(case, item.target, decision="dispute", reason="Two.", hand=hand(case), clock=Ticking())
        after = counts(case)
        changed = {fact for fact in before if before[fact] != after.get(fact)}
        assert set(item.facts) == changed
        low, high = after[item.facts[0]]
        said = f"{low} to {high} origins" if low != high else f"{low} origin{'' if high == 1 else 's'}"
        assert f"this fact has {said}, not" in item.says
        judge_edge(case, item.target, decision="accept", reason="One after all.", hand=hand(case), clock=Ticking())
        assert counts(case) == before


def test_what_a_passage_is_said_to_change_is_what_rejecting_it_changes(case):
    claims = [item for item in items(case, "claim") if "no such fact" not in item.says]
    for item in claims[:3]:
        say_of(case, item.target, level="claim", decision="reject", reason="Misread.", hand=hand(case), clock=Ticking())
        with reading(open_case(case)) as reader:
            assert [row for row in reader.all(Fact, id=item.facts) if item.target in row.claims] == []


def test_a_judged_item_goes_and_the_queue_is_as_if_it_were_made_anew(case):
    first, *_ = items(case, "edge")
    judge_edge(case, first.target, decision="accept", reason="One institute.", hand=hand(case), clock=Ticking())
    assert first.id not in {item.id for item in items(case)}
    facts = [item for item in items(case, "same") if item.level == "fact"]
    merge(case, tuple(facts[0].target.split()), level="fact", reason="One.", hand=hand(case), clock=Ticking())
    assert facts[0].id not in {item.id for item in items(case)}
    as_it_is(case)


def test_pages_that_come_change_what_they_concern_and_nothing_else_is_left_over(case, tmp_path):
    before = {item.id: item for item in items(case)}
    more = tmp_path / "more"
    more.mkdir()
    (more / "nine.txt").write_text(f"A ninth page\n\n{STATIONS}, the Lantern Institute wrote. In 2020 it rained.\n", "utf-8")
    build(case, [more], settings=Settings(), clock=Ticking())
    assert {item.id: item for item in items(case)} != before
    as_it_is(case)


def as_it_is(case):
    """Hold the queue against one that is made from nothing."""
    kept = sorted(items(case), key=lambda item: item.id)
    with writing(open_case(case), clock=Ticking(), actor="heron") as writer:
        assert update_queue(writer) == 0, "nothing has changed since"
        with writer.together():
            writer.entries.forget(writer.entries.of_space(STATE))
        assert update_queue(writer) == writer.read.count(Fact)
    assert sorted(items(case), key=lambda item: item.id) == kept


def test_weighed_one_by_one_the_queue_is_the_one_that_is_weighed_at_once(case):
    with writing(open_case(case), clock=Ticking(), actor="heron") as writer:
        with writer.together():
            writer.entries.forget(writer.entries.of_space(STATE))
        note_for_queue(writer)
        waiting = queue_view(writer.read, kind="", skipped=(), day="2026-01-01").behind
        assert waiting == writer.read.count(Fact)
        weighed = 0
        while step := weigh_for_queue(writer, most=1):
            weighed += step.weighed
        assert weighed == waiting
        assert not waits_for_queue(writer.read)
        assert queue_view(writer.read, kind="", skipped=(), day="2026-01-01").behind == 0
    as_it_is(case)


def test_pairs_that_people_keep_apart_are_not_asked_about_again(case):
    (pair,) = [item for item in items(case, "same") if item.level == "entity"]
    with reading(open_case(case)) as reader:
        assert {row.label for row in reader.all(Entity, id=pair.target.split())} == {"Harbour Watch", "Harbour Watsh"}
    split(case, tuple(pair.target.split()), level="entity", reason="Two bodies.", hand=hand(case), clock=Ticking())
    assert pair.id not in {item.id for item in items(case)}
    as_it_is(case)


def test_no_item_is_about_a_person(case):
    with reading(open_case(case)) as reader:
        persons = {row.id: row for row in reader.all(Entity) if row.kind == "person"}
    assert persons
    (person, *_) = persons
    enter(
        case, Retention(judgement="", target=person, until="2026-03-01", action="review"), reason="Asked.", hand=hand(case), clock=Ticking()
    )
    with writing(open_case(case), clock=Ticking(), actor="heron") as writer:
        update_queue(writer)
    found = items(case)
    assert OF_A_PERSON in {item.says for item in found if item.kind == "due"}
    for item in found:
        assert not persons.keys() & {*item.target.split(), *item.facts}
        assert not [row.label for row in persons.values() if row.label in item.says + item.because]
        assert "Brandt" not in item.says + item.because


def test_what_is_owed_is_shown_when_its_day_has_come(case):
    with reading(open_case(case)) as reader:
        (fact, *_) = [row for row in reader.all(Fact) if row.value == 12]
    request = Request(judgement="", target=fact.id, kind="rectify", received="2026-01-01", deadline="2026-02-01")
    enter(case, request, reason="A letter.", hand=hand(case), clock=Ticking())
    with writing(open_case(case), clock=Ticking(), actor="heron") as writer:
        update_queue(writer)
    with reading(open_case(case)) as reader:
        assert [item.kind for item in queue_view(reader, kind="due", skipped=(), day="2026-01-31").items] == []
        (item,) = queue_view(reader, kind="due", skipped=(), day="2026-02-01").items
        assert (item.date, item.open, item.choices) == ("2026-02-01", f"/facts/{fact.id}", ())


def test_a_finding_waits_as_soon_as_it_is_proposed_and_until_a_second_agrees(case):
    with reading(open_case(case)) as reader:
        (fact, *_) = [row for row in reader.all(Fact) if row.value == 12]
    evidence = (fact.claims[:1], ())
    row = propose(
        case, fact.id, standard="STD.grounds", statement="They ran.", evidence=evidence, reason="Two.", hand=hand(case), clock=Ticking()
    )
    with reading(open_case(case)) as reader:
        (item,) = queue_view(reader, kind="finding", skipped=(), day=LATER).items
        assert (item.what, [choice.decision for choice in item.choices]) == ("They ran.", ["second"])
        assert item_of(reader, item.id).target == row.id
    second(case, row.id, reason="I read it.", hand=hand(case, "finch"), clock=Ticking())
    with reading(open_case(case)) as reader:
        assert queue_view(reader, kind="finding", skipped=(), day=LATER).items == ()


def test_two_who_decided_apart_are_a_conflict_that_goes_before_everything(case, tmp_path):
    edge = items(case, "edge")[0].target
    other = tmp_path / "other"
    shutil.copytree(case.parent, other)
    judge_edge(case, edge, decision="accept", reason="One.", hand=hand(case), clock=Ticking())
    judge_edge(other / "case", edge, decision="dispute", reason="Two.", hand=hand(other / "case", "finch"), clock=Ticking())
    bring(case, other / "case", trust=(), dry=False, reason="The other laptop.", hand=hand(case), clock=Ticking())
    with reading(open_case(case)) as reader:
        (item,) = queue_view(reader, kind="conflict", skipped=(), day=LATER).items
        assert {row.decision for row in item.stood} == {"accept", "dispute"}
        assert sorted(item.seen) == sorted(row.id for row in item.stood)
        assert [choice.decision for choice in item.choices] == ["accept", "dispute"]
        assert first_items(reader)[0].kind == "conflict"


def test_pages_of_the_queue_go_on_where_the_one_before_ended_and_leave_out_what_was_put_off(case):
    with reading(open_case(case)) as reader:
        whole = first_items(reader)
        orders = [item.order for item in whole]
        assert orders == sorted(orders, reverse=True)
        assert len({*orders}) == len(orders)
        one = queue_view(reader, kind="", skipped=(), day=LATER, most=2)
        two = queue_view(reader, kind="", skipped=(), day=LATER, most=2, after=one.more)
        assert [row.id for row in (*one.items, *two.items)] == [item.id for item in whole][:4]
        assert queue_view(reader, kind="", skipped=(), day=LATER).more == "", "they fit on one page"
        without = queue_view(reader, kind="", skipped={whole[0].id}, day=LATER)
        assert [row.id for row in without.items][:3] == [item.id for item in whole][1:4]
        assert queue_view(reader, kind="", skipped=(), day=LATER, most=2, after="nonsense").items == one.items


def test_an_edge_is_shown_with_words_of_both_sides(case):
    with reading(open_case(case)) as reader:
        for item in queue_view(reader, kind="edge", skipped=(), day=LATER).items:
            edge = reader.get(LineageEdge, next(row.target for row in first_items(reader) if row.id == item.id))
            assert item.why == edge.why
            assert len(item.sides) == 2
            assert all(side.quote or side.evidence for side in item.sides)


def test_what_is_no_item_is_none(case):
    with reading(open_case(case)) as reader:
        for name in ("", "x", "0" * 64, "Ω" * 64):
            assert item_of(reader, name) is None
