"""A reviewer's word about a claim, fact or site, on a real case: rejected claims leave facts, edits stand beside, states show."""

import pytest

from armslength.base.errors import InputError
from armslength.base.settings import Settings
from armslength.model.claims import Claim
from armslength.model.facts import Count, Fact, Origins
from armslength.model.outcome import Rejected
from armslength.pipeline.building import build
from armslength.pipeline.counting import count_again
from armslength.pipeline.sameness import withdraw
from armslength.pipeline.verdicting import reading as read_edit
from armslength.pipeline.verdicting import say_of
from armslength.store.case import open_case
from armslength.store.read import reading
from armslength.store.verify import verify_case
from armslength.store.write import writing
from pipeline.reviewer_hands import Ticking, hand

ONE = "Norland runs at least 12 overseas police stations, according to the Lantern Institute.\n"
TWO = "Norland runs at least 12 overseas police stations, a survey by Harbour Watch found.\n"


@pytest.fixture
def clock():
    return Ticking()


@pytest.fixture
def case(tmp_path, clock):
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in (("one.txt", ONE), ("two.txt", TWO)):
        (folder / name).write_text(f"A page about stations\n\n{text}", "utf-8")
    build(tmp_path / "case", [folder], settings=Settings(), clock=clock)
    return tmp_path / "case"


def stations(case):
    with reading(open_case(case)) as reader:
        return [row for row in reader.all(Fact) if row.measure.startswith("sites")]


def say(case, clock, row, level, decision, **edits):
    return say_of(case, row, level=level, decision=decision, reason="Looked again.", hand=hand(case), clock=clock, edits=edits or None)


def rejected(case, stage):
    with reading(open_case(case)) as reader:
        return [row for row in reader.all(Rejected, stage=stage) if "reviewer" in row.reason.lower()]


def test_a_rejected_claim_leaves_its_fact_is_listed_and_comes_back(case, clock):
    (fact,) = stations(case)
    assert len(fact.claims) == 2
    done = say(case, clock, fact.claims[0], "claim", "reject")
    (left,) = stations(case)
    assert left.claims == fact.claims[1:]
    assert fact.id in {row.id for row in done.gone}
    assert left.id in {row.id for row in done.made}
    with reading(open_case(case)) as reader:
        assert reader.get(Claim, fact.claims[0]) is not None, "the machine's reading stays"
        assert reader.get(Origins, fact.id) is None
    (listed,) = rejected(case, "resolve")
    assert listed.reason == "A reviewer (heron) rejected this passage: Looked again."
    assert verify_case(open_case(case)).ok
    withdraw(case, done.judgement.id, reason="No.", hand=hand(case), clock=clock)
    assert [row.id for row in stations(case)] == [fact.id]
    assert rejected(case, "resolve") == []


def test_an_edit_is_what_facts_are_made_of_and_the_reading_stays(case, clock):
    (fact,) = stations(case)
    say(case, clock, fact.claims[0], "claim", "edit", value="14", comparator="=")
    found = stations(case)
    assert sorted((row.value, row.low, row.high) for row in found) == [(12, 12, None), (14, 14, 14)]
    with reading(open_case(case)) as reader:
        assert reader.get(Claim, fact.claims[0]).quantity.value == 12


def test_a_fact_is_accepted_as_it_is_and_rejected_wherever_its_claims_go(case, clock, tmp_path):
    (fact,) = stations(case)
    say(case, clock, fact.id, "fact", "accept")
    assert [row.state for row in stations(case)] == ["accepted"]
    (tmp_path / "three.txt").write_text("A page\n\nNorland runs at least 12 overseas police stations, the Quay Foundation said.\n", "utf-8")
    build(case, [tmp_path / "three.txt"], settings=Settings(), clock=clock)
    (grown,) = stations(case)
    assert (len(grown.claims), grown.state) == (3, "machine"), "nobody has looked at the third passage"
    assert len(rejected(case, "review")) == 1
    done = say(case, clock, grown.id, "fact", "reject")
    assert ("machine", "rejected") in {(gone.state, made.state) for gone in done.gone for made in done.made}
    with writing(open_case(case), clock=clock, actor="heron") as writer:
        count_again(writer)
    with reading(open_case(case)) as reader:
        counted = {row for count in reader.all(Count) if count.unit == "facts" for row in count.supports}
    assert grown.id not in counted
    say(case, clock, grown.claims[0], "claim", "reject")
    assert [row.state for row in stations(case)] == ["rejected"]


def test_a_fact_all_of_whose_claims_are_accepted_is_accepted(case, clock):
    (fact,) = stations(case)
    say(case, clock, fact.claims[0], "claim", "accept")
    assert [row.state for row in stations(case)] == ["machine"]
    say(case, clock, fact.claims[1], "claim", "accept")
    assert [row.state for row in stations(case)] == ["accepted"]


@pytest.mark.parametrize(
    ("level", "decision", "edits", "said"),
    [
        ("claim", "edit", {}, "needs at least one field"),
        ("claim", "accept", {"value": "1"}, "nothing else takes any"),
        ("claim", "dispute", {}, "cannot be said of a claim"),
        ("edge", "accept", {}, "cannot be said of a edge"),
        ("claim", "edit", {"quote": "x"}, "no 'quote' that can be edited"),
        ("claim", "edit", {"value": "many"}, "is no number"),
        ("claim", "edit", {"value": "inf"}, "is no number"),
        ("claim", "edit", {"as_of": "March"}, "no date in EDTF"),
        ("claim", "edit", {"kind": "site.stattion"}, "has no code"),
    ],
)
def test_what_cannot_be_said_is_refused_and_nothing_is_kept(case, clock, level, decision, edits, said):
    (fact,) = stations(case)
    with pytest.raises(InputError, match=said):
        say(case, clock, fact.claims[0], level, decision, **edits)
    assert [row.state for row in stations(case)] == ["machine"]


def test_a_reading_is_a_code_a_number_a_date_or_words():
    assert read_edit("claim", "value", " 12.5 ") == 12.5
    assert read_edit("claim", "as_of", "2026-03") == "2026-03"
    assert read_edit("site", "country", "NL") == "NL"
    with pytest.raises(InputError, match="two capital letters"):
        read_edit("site", "country", "Netherlands")
