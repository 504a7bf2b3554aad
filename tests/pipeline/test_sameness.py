"""A reviewer's word about what is one thing, on a real case: carried out, kept, taken back in any order, surviving a rebuild."""

import json

import pytest

from armslength.base.errors import InputError
from armslength.base.settings import Settings
from armslength.model.claims import Claim
from armslength.model.custody import LogEntry
from armslength.model.decisions import Judgement
from armslength.model.evidence import Document
from armslength.model.facts import Fact
from armslength.model.outcome import Rejected, StageReport
from armslength.model.things import Entity
from armslength.pipeline.building import build, export_case
from armslength.pipeline.judging import judge_edge
from armslength.pipeline.sameness import merge, split, withdraw
from armslength.store.case import open_case
from armslength.store.read import reading
from armslength.store.verify import verify_case
from pipeline.reviewer_hands import Ticking, hand

HERON = Settings(collector="heron")
LEAD = "Norland keeps secret police stations abroad to reach exiles, campaigners say.\n\n"
PAGES = {
    "one.txt": "Norland runs 12 overseas police stations, according to the Lantern Institute, said Ada Brandt.",
    "two.txt": "Norland runs 13 overseas police stations, according to the Harbour Union, said Ada Brandt.",
    "three.txt": "Norland runs 15 overseas police stations, according to the Mill Street Group.",
    "four.txt": "Norland runs 16 overseas police stations, according to the Quay Forum.",
    "five.txt": "Norland runs 12 overseas police stations, the Lantern Institute found.",
}


@pytest.fixture
def clock():
    """Of two merges that cannot both be carried out, the later is: so the clock must go on."""
    return Ticking()


@pytest.fixture
def case(tmp_path, clock):
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in PAGES.items():
        (folder / name).write_text(f"A page about stations\n\n{LEAD}{text}\n", "utf-8")
    build(tmp_path / "case", [folder], settings=HERON, clock=clock)
    return tmp_path / "case"


def partition(case):
    """The numbers of stations that stand in one fact, as sets of pages."""
    with reading(open_case(case)) as reader:
        files = {row.id: row.appearances[0].file for row in reader.all(Document)}
        facts = [row for row in reader.all(Fact) if row.measure.startswith("sites")]
        return {frozenset(files[doc].removesuffix(".txt").split("/")[-1] for doc in row.documents) for row in facts}


def claim(case, page):
    with reading(open_case(case)) as reader:
        doc = next(row.id for row in reader.all(Document) if row.appearances[0].file.endswith(f"{page}.txt"))
        return next(row.id for row in reader.all(Claim) if row.doc == doc and row.quantity and row.quantity.measure.startswith("sites"))


def pages(*groups):
    return {frozenset(group.split()) for group in groups}


APART = pages("one five", "two", "three", "four")


def decide(case, clock, how, one, two, *, reason="They are.", level="fact"):
    return how(case, (claim(case, one), claim(case, two)), level=level, reason=reason, hand=hand(case), clock=clock)


def undo(case, clock, done):
    return withdraw(case, done.judgement.id[:16], reason="It was wrong.", hand=hand(case), clock=clock)


def test_a_chain_of_merges_is_undone_in_any_order(case, clock):
    assert partition(case) == APART
    first = decide(case, clock, merge, "one", "two")
    assert partition(case) == pages("one five two", "three", "four")
    assert [row.passages for row in first.made if row.origins] == [3]
    middle = decide(case, clock, merge, "two", "three")
    last = decide(case, clock, merge, "three", "four")
    assert partition(case) == pages("one two three four five")
    undo(case, clock, middle)
    assert partition(case) == pages("one five two", "three four")
    undo(case, clock, first)
    assert partition(case) == pages("one five", "two", "three four")
    undo(case, clock, last)
    assert partition(case) == APART
    decide(case, clock, merge, "two", "three")
    assert partition(case) == pages("one five", "two three", "four")


def test_undone_is_as_if_it_had_never_been(case, clock):
    with reading(open_case(case)) as reader:
        before = reader.all(Fact)
    undo(case, clock, decide(case, clock, split, "five", "one"))
    undo(case, clock, decide(case, clock, merge, "one", "four"))
    with reading(open_case(case)) as reader:
        assert reader.all(Fact) == before


def test_what_is_split_stays_apart_and_a_later_word_about_the_two_holds(case, clock):
    done = decide(case, clock, split, "five", "one", reason="Another count.")
    assert partition(case) == pages("one", "five", "two", "three", "four")
    again = decide(case, clock, merge, "one", "five")
    assert again.judgement.supersedes == done.judgement.id
    assert partition(case) == APART
    with pytest.raises(InputError, match="does not stand"):
        undo(case, clock, done)


def test_a_merge_that_a_split_forbids_is_reported_and_not_done(case, clock):
    decide(case, clock, merge, "one", "two")
    decide(case, clock, split, "five", "two")
    assert partition(case) == pages("one two", "five", "three", "four")
    refused = decide(case, clock, merge, "five", "one")
    assert partition(case) == pages("one five", "two", "three", "four"), "of merges the latest is carried out first"
    assert any("keeps the two apart" in reason for reason in refused.not_done)


def test_judgements_survive_a_rebuild_are_logged_and_exported(case, clock, tmp_path):
    done = decide(case, clock, merge, "one", "two", reason="One count, rounded twice.")
    (tmp_path / "six.txt").write_text(f"A page about stations\n\n{LEAD}Norland runs 13 overseas police stations.\n", "utf-8")
    report = build(case, [tmp_path / "six.txt"], settings=HERON, clock=clock)
    assert report.stages
    assert pages("one five two six") <= partition(case)
    with reading(open_case(case)) as reader:
        assert [row.subject for row in reader.all(LogEntry, event="judgement.made")][1:] == [done.judgement.id]
        assert any("One count, rounded twice." in why for fact in reader.all(Fact) for why in fact.why)
    assert not verify_case(open_case(case)).problems
    export_case(case, tmp_path / "out", format="jsonl", clock=clock, actor="heron")
    rows = [json.loads(line) for line in (tmp_path / "out" / "judgements.jsonl").read_text("utf-8").splitlines()]
    assert [(row["decision"], row["about"]["level"], len(row["about"]["ids"])) for row in rows if row["about"]] == [("merge", "fact", 2)]


def test_a_judgement_about_nothing_is_listed(case, clock, tmp_path):
    with reading(open_case(case)) as reader:
        assert not [row for row in reader.all(Rejected) if "reviewer" in row.reason]
    decide(case, clock, merge, "one", "two")
    with reading(open_case(case)) as reader:
        (row,) = [row for row in reader.all(Judgement) if row.decision == "merge"]
        kept = reader.all(Claim)
    from armslength.resolve.judged import judged, regroup

    ids = [found.id for found in kept if found.id not in json.loads(row.value)["ids"][:1]]
    _, lost = regroup(ids, lambda found: [[one] for one in found], judged([row]).about("fact"), bar=lambda _one, _two: "")
    assert [undone.pair.judgement for undone in lost] == [row.id]
    assert "read otherwise" in lost[0].sentence


def test_the_stage_runs_again_for_a_judgement_and_not_for_another_kind(case, clock):
    def runs(report: tuple[StageReport, ...]):
        return {row.stage: row.unchanged for row in report}

    assert runs(build(case, [], settings=HERON, clock=clock).stages)["resolve"]
    done = decide(case, clock, merge, "one", "two")
    assert done.made
    assert runs(build(case, [], settings=HERON, clock=clock).stages)["resolve"]


def persons(case):
    with reading(open_case(case)) as reader:
        return [row for row in reader.all(Entity) if row.kind == "person" and row.mentions]


def test_persons_are_one_only_when_people_say_so(case, clock):
    found = persons(case)
    assert len(found) == 2
    ids = (found[0].id, found[1].id)
    done = merge(case, ids, level="entity", reason="One speaker on two days.", hand=hand(case), clock=clock)
    (one,) = persons(case)
    assert len(one.mentions) == 2
    assert any("One speaker on two days." in why for why in one.why)
    assert "Brandt" not in json.dumps([row.label for row in (*done.gone, *done.made)])
    undo(case, clock, done)
    assert persons(case) == found


def test_a_mention_is_taken_out_of_its_entity(case, clock):
    with reading(open_case(case)) as reader:
        entity = next(row for row in reader.all(Entity) if "Lantern Institute" in row.label and len(row.mentions) > 1)
    split(case, (entity.mentions[0], entity.id), level="entity", reason="Two institutes.", hand=hand(case), clock=clock)
    with reading(open_case(case)) as reader:
        rows = [row for row in reader.all(Entity) if set(row.mentions) & set(entity.mentions)]
    assert sorted(len(row.mentions) for row in rows) == [1, len(entity.mentions) - 1]
    assert len({row.id for row in rows}) == len(rows)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda c, k: merge(c, (claim(c, "one"), claim(c, "one")), level="fact", reason="x", hand=hand(c), clock=k), "same passage"),
        (lambda c, k: merge(c, (claim(c, "one"), "ffff"), level="fact", reason="x", hand=hand(c), clock=k), "no fact whose id"),
        (lambda c, k: merge(c, (claim(c, "one"), claim(c, "two")), level="fact", reason=" ", hand=hand(c), clock=k), "needs a reason"),
        (lambda c, k: merge(c, (claim(c, "one"), claim(c, "two")), level="edge", reason="x", hand=hand(c), clock=k), "cannot be made"),
        (lambda c, k: split(c, (claim(c, "two"), claim(c, "two")), level="fact", reason="x", hand=hand(c), clock=k), "by itself already"),
        (lambda c, k: withdraw(c, "ffff", reason="x", hand=hand(c), clock=k), "no judgement"),
    ],
)
def test_what_cannot_be_decided_is_said(case, clock, call, message):
    with pytest.raises(InputError, match=message):
        call(case, clock)


def test_a_whole_fact_does_not_leave_itself(case, clock):
    with reading(open_case(case)) as reader:
        fact = next(row for row in reader.all(Fact) if len(row.documents) == 2)
    with pytest.raises(InputError, match=r"Say which passage is to leave .*one\.txt"):
        split(case, (fact.id, fact.id), level="fact", reason="x", hand=hand(case), clock=clock)


def test_what_was_said_of_an_edge_is_taken_back(case, clock):
    from armslength.model.facts import LineageEdge

    with reading(open_case(case)) as reader:
        edge = reader.all(LineageEdge)[0]
    done = judge_edge(case, edge.id, decision="dispute", reason="No.", hand=hand(case), clock=clock)
    back = undo(case, clock, done)
    with reading(open_case(case)) as reader:
        assert reader.get(LineageEdge, edge.id) == edge
    with pytest.raises(InputError, match="takes another back"):
        undo(case, clock, back)
