"""What people said of rows: states, edits, and that the later of two never wins by being later."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.model.claims import Claim, Link, Quantity
from armslength.model.decisions import Judgement
from armslength.model.verdicts import ACCEPTED, BY_A_REVIEWER, CONTESTED, MACHINE, REJECTED, bounds_of, is_verdict, verdicts, with_edits


def judged(target, decision, *, level="claim", claims=None, edits=None, when=1, supersedes=""):
    value = {"level": level, **({"claims": claims} if claims else {}), **({"set": edits} if edits else {})}
    return Judgement(
        id=f"{decision}{target}{when}", target=target, decision=decision, reason="x", who="heron", when=f"2026-01-{when:02}",
        value=json.dumps(value), supersedes=supersedes,
    )  # fmt: skip


def claim(name="c1", number=12):
    quantity = Quantity(measure="sites.worldwide", value=number, comparator=">=", low=number, high=None, unit="sites", start=0, end=2)
    return Claim(
        id=name, doc="d", start=0, end=2, quote="12", kind="quantity.site_count", speech_act="reports", modality="stated",
        attribution=(Link(name="the article", kind="author", mention="m"),), quantity=quantity,
    )  # fmt: skip


def test_a_rejected_claim_is_not_read_and_an_edited_one_is_read_otherwise():
    rows = [judged("c1", "reject"), judged("c2", "edit", edits={"value": 14, "comparator": "=", "as_of": "2026-03"})]
    (left,) = verdicts(rows).read([claim("c1"), claim("c2")])
    assert (left.id, left.quantity.value, left.quantity.low, left.quantity.high) == ("c2", 14, 14, 14)
    assert (left.as_of.edtf, left.as_of.basis) == ("2026-03", BY_A_REVIEWER)
    assert left.quantity.measure == "sites.worldwide"


def test_of_two_words_made_apart_neither_holds():
    said = verdicts([judged("c1", "reject", when=2), judged("c1", "accept", when=1)])
    assert said.state_of_claim("c1") == CONTESTED
    assert [row.id for row in said.read([claim()])] == ["c1"]
    edits = verdicts([judged("c1", "edit", edits={"value": 1}), judged("c1", "edit", edits={"value": 2}, when=2)])
    assert edits.read([claim()])[0].quantity.value == 12, "as the machine read it"


def test_every_claim_that_is_spoken_of_is_named():
    assert verdicts([judged("c1", "reject"), judged("f", "accept", level="fact", claims=["c2", "c3"])]).named == {"c1", "c2", "c3"}


def test_a_withdrawn_word_is_none():
    row = judged("c1", "reject")
    back = Judgement(id="w", target="c1", decision="withdraw", reason="x", who="heron", when="2026-02", supersedes=row.id)
    assert verdicts([row, back]).state_of_claim("c1") == MACHINE
    assert not verdicts([row, back])


@pytest.mark.parametrize(
    ("rows", "claims", "state"),
    [
        ([], ["c1", "c2"], MACHINE),
        ([judged("f", "accept", level="fact", claims=["c1", "c2"])], ["c1", "c2"], ACCEPTED),
        ([judged("f", "accept", level="fact", claims=["c1", "c2"])], ["c1"], ACCEPTED),
        ([judged("f", "accept", level="fact", claims=["c1"])], ["c1", "c2"], MACHINE),
        ([judged("f", "reject", level="fact", claims=["c1"])], ["c1", "c2"], REJECTED),
        ([judged("f", "reject", level="site", claims=["c1"])], ["c1"], MACHINE),
        ([judged("c1", "accept"), judged("c2", "accept")], ["c1", "c2"], ACCEPTED),
        ([judged("c1", "accept")], ["c1", "c2"], MACHINE),
        ([judged("c1", "accept"), judged("c1", "reject", when=2)], ["c1", "c2"], CONTESTED),
        ([judged("f", "accept", level="fact", claims=["c1"]), judged("g", "reject", level="fact", claims=["c1"])], ["c1"], CONTESTED),
    ],
)
def test_the_state_of_a_fact(rows, claims, state):
    assert verdicts(rows).state("fact", "now", claims) == state


def test_a_judgement_without_a_level_is_about_an_edge():
    row = Judgement(id="e", target="edge", decision="accept", reason="x", who="heron", when="2026")
    assert not is_verdict(row)
    assert not verdicts([row])


@given(
    st.permutations(
        [judged("c1", "reject", when=2), judged("c1", "accept"), judged("c2", "edit", edits={"value": 3}), judged("c3", "accept")]
    )
)
def test_the_order_of_judgements_never_matters(rows):
    first = sorted(rows, key=lambda row: row.id)
    assert verdicts(rows) == verdicts(first)


@pytest.mark.parametrize(("sign", "bounds"), [("=", (5, 5)), (">=", (5, None)), ("<", (None, 5)), ("approx", (None, None))])
def test_the_interval_of_an_edited_number_is_as_the_reader_has_it(sign, bounds):
    assert bounds_of(5, sign) == bounds


def test_an_edit_of_the_measure_leaves_the_interval():
    read = with_edits(claim(), {"measure": "sites.in_country"}).quantity
    assert (read.measure, read.low, read.high) == ("sites.in_country", 12, None)
