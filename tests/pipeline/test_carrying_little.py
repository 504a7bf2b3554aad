"""Carrying a judgement out reads what it bears on, not all that was ever judged; counts over the case are made when they are needed."""

from __future__ import annotations

import pytest

from armslength.lineage import run as lineage
from armslength.model.claims import Claim
from armslength.model.facts import Count, Fact
from armslength.pipeline.building import export_case
from armslength.pipeline.sameness import withdraw
from armslength.pipeline.verdicting import say_of
from armslength.resolve import run as resolve
from armslength.store.case import open_case
from armslength.store.read import reading
from pipeline.reviewer_hands import Ticking, hand, reviewed_case

PAGES = {
    "one.txt": "A page about stations\n\nNorland runs at least 12 overseas police stations, according to the Lantern Institute.\n",
    "two.txt": "Another page\n\nSudland runs at least 30 overseas police stations, a survey by Harbour Watch found.\n",
}


@pytest.fixture
def case(tmp_path):
    return reviewed_case(tmp_path, PAGES) / "case"


def claims(case):
    with reading(open_case(case)) as reader:
        return [row for row in reader.all(Claim) if row.quantity]


def say(case, clock, claim, decision):
    return say_of(case, claim, level="claim", decision=decision, reason="Looked.", hand=hand(case), clock=clock).judgement


def test_only_the_documents_of_new_judgements_are_read_again(case, monkeypatch):
    clock, (one, two) = Ticking(), claims(case)
    seen: list[set[str]] = []

    def update(*given, again, **named):
        seen.append(again)
        return keep(*given, again=again, **named)

    keep = resolve.update
    monkeypatch.setattr(resolve, "update", update)
    first = say(case, clock, one.id, "reject")
    say(case, clock, two.id, "accept")
    withdraw(case, first.id, reason="No.", hand=hand(case), clock=clock)
    assert seen == [{one.doc}, {two.doc}, {one.doc}]


def test_only_facts_that_a_judgement_bears_on_are_traced_again(case, monkeypatch):
    clock, (one, two) = Ticking(), claims(case)
    seen: list[set[str]] = []

    def trace(ids, whole, people):
        seen.append({claim for fact in whole.rows.facts(ids) for claim in fact.claims})
        return keep(ids, whole, people)

    keep = lineage.trace_some
    monkeypatch.setattr(lineage, "trace_some", trace)
    say(case, clock, one.id, "accept")
    say(case, clock, two.id, "accept")
    assert one.id not in seen[1]
    assert two.id in seen[1]


def counted(case):
    """Facts that are counted, and facts that there are."""
    with reading(open_case(case)) as reader:
        held = (count.supports for count in reader.all(Count) if (count.table, count.row) == ("overview", "facts"))
        return {fact for supports in held for fact in supports}, {row.id for row in reader.all(Fact) if not row.opinion}


def test_counts_are_made_anew_when_something_leaves_the_house(case, tmp_path):
    clock, (one, _) = Ticking(), claims(case)
    say(case, clock, one.id, "reject")
    assert counted(case)[0] > counted(case)[1]
    export_case(case, tmp_path / "out", format="jsonl", clock=clock, actor="heron")
    assert counted(case)[0] == counted(case)[1]
