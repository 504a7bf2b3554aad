"""A reviewer's word about an edge, on a real case: kept, logged, counted, exported, superseded."""

import json

import pytest

from armslength.base.errors import InputError
from armslength.base.settings import Settings
from armslength.model.custody import LogEntry
from armslength.model.facts import Fact, LineageEdge, Origins
from armslength.pipeline.building import build, export_case
from armslength.pipeline.judging import add_edge, judge_edge
from armslength.publish.recompute import read_export, recompute
from armslength.store.case import open_case
from armslength.store.read import reading
from armslength.store.verify import verify_case
from pipeline.reviewer_hands import hand

HERON = Settings(collector="heron")
ONE = "Norland runs at least 12 overseas police stations, according to the Lantern Institute.\n"
TWO = "Norland runs at least 12 overseas police stations, Lantern Institute researchers said on Tuesday.\n"


@pytest.fixture
def case(tmp_path, clock):
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in (("one.txt", ONE), ("two.txt", TWO)):
        (folder / name).write_text(f"A page about stations\n\n{text}", "utf-8")
    build(tmp_path / "case", [folder], settings=HERON, clock=clock)
    return tmp_path / "case"


def stations(reader):
    (fact,) = [row for row in reader.all(Fact) if row.value == 12 and len(row.claims) == 2]
    return fact, reader.get(Origins, fact.id), [row for row in reader.all(LineageEdge) if {row.from_id, row.to_id} <= set(fact.claims)]


def test_a_disputed_edge_is_counted_logged_exported_and_can_be_taken_back(case, clock, tmp_path):
    with reading(open_case(case)) as reader:
        fact, before, edges = stations(reader)
    assert edges
    assert before.max == 1
    decided = [judge_edge(case, edge.id[:16], decision="dispute", reason="Two institutes.", hand=hand(case), clock=clock) for edge in edges]
    assert [(row.fact, row.after[1]) for row in decided[-1].changed] == [(fact.id, 2)]
    with reading(open_case(case)) as reader:
        _, after, edges = stations(reader)
        logged = reader.all(LogEntry, event="judgement.made")
    assert after.max == 2
    assert {edge.state for edge in edges} == {"disputed"}
    assert [row.subject for row in logged][1:] == [row.judgement.id for row in decided], "behind the reviewer's own entry"
    assert not verify_case(open_case(case)).problems
    export_case(case, tmp_path / "out", format="jsonl", clock=clock, actor="heron")
    rows = read_export(tmp_path / "out")
    assert recompute(rows).problems == ()
    assert sorted((row["who"], row["decision"]) for row in rows["judgements"]) == [("heron", "dispute")] * len(edges) + [
        ("heron", "reviewer")
    ]
    back = judge_edge(case, edges[0].id, decision="accept", reason="It is one after all.", hand=hand(case), clock=clock)
    assert back.judgement.supersedes == next(row.judgement.id for row in decided if row.judgement.target == edges[0].id)
    assert [row.after[1] for row in back.changed] == [1]


def test_an_edge_is_added_between_texts(case, clock):
    with reading(open_case(case)) as reader:
        fact, _, edges = stations(reader)
    for edge in edges:
        judge_edge(case, edge.id, decision="dispute", reason="Not so.", hand=hand(case), clock=clock)
    tied = add_edge(
        case,
        (fact.documents[0], fact.documents[1]),
        level="document",
        kind="translation",
        reason="One is the other.",
        hand=hand(case),
        clock=clock,
    )
    assert [(row.before[1], row.after[1]) for row in tied.changed if row.fact == fact.id] == [(2, 1)]
    assert json.loads(tied.judgement.value)["kind"] == "translation"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda case, clock: judge_edge(case, "ffff0000", decision="dispute", reason="x", hand=hand(case), clock=clock),
            "no edge whose id begins",
        ),
        (
            lambda case, clock: judge_edge(case, "ffff0000", decision="maybe", reason="x", hand=hand(case), clock=clock),
            "no decision about an edge",
        ),
        (
            lambda case, clock: add_edge(case, ("aaaa", "bbbb"), level="claim", kind="hunch", reason="x", hand=hand(case), clock=clock),
            "no edge 'hunch'",
        ),
    ],
)
def test_what_cannot_be_decided_is_said(case, clock, call, message):
    with pytest.raises(InputError, match=message):
        call(case, clock)


def test_a_judgement_without_a_reason_is_refused_and_nothing_is_kept(case, clock):
    with reading(open_case(case)) as reader:
        _, _, edges = stations(reader)
    with pytest.raises(InputError, match="needs a reason"):
        judge_edge(case, edges[0].id, decision="dispute", reason="  ", hand=hand(case), clock=clock)
    with reading(open_case(case)) as reader:
        assert len(reader.all(LogEntry, event="judgement.made")) == 1, "the reviewer's own entry"
