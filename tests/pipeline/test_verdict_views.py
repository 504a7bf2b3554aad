"""What people said of rows, as pages show it: the words that stand, those before them, and what to hand in with the next decision."""

import shutil

import pytest

from armslength.model.claims import Claim
from armslength.model.facts import Fact, LineageEdge
from armslength.pipeline.adding import Draft
from armslength.pipeline.desk import Desk
from armslength.pipeline.masking import looking
from armslength.pipeline.views.verdicts import VerdictView, verdicts_about, verdicts_of_claims
from armslength.store.case import open_case
from pipeline.reviewer_hands import Ticking, hand, keys_of, reviewed_case

PAGES = {
    "one.txt": "A page\n\nNorland runs at least 12 overseas police stations, according to the Lantern Institute.\n",
    "two.txt": "A page\n\nNorland runs at least 12 overseas police stations, according to the Lantern Institute. That is all.\n",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return reviewed_case(tmp_path_factory.mktemp("verdict-views"), PAGES)


@pytest.fixture
def case(made, tmp_path):
    shutil.copytree(made, tmp_path / "copy")
    return tmp_path / "copy" / "case"


@pytest.fixture
def desk(case):
    with Desk(open_case(case), Ticking(), keys=keys_of(case), quiet=0.0) as found:
        yield found


def about(case, *targets):
    with looking(open_case(case)) as reader:
        return verdicts_about(reader, targets)


def rows(case, kind):
    with looking(open_case(case)) as reader:
        return reader.all(kind)


def test_what_nobody_spoke_of_is_as_the_program_has_it(case):
    claim = rows(case, Claim)[0].id
    assert about(case, claim, "no such row") == {claim: VerdictView(target=claim), "no such row": VerdictView(target="no such row")}
    assert about(case) == {}


def test_the_latest_word_stands_and_those_before_it_are_told(desk, case):
    claim, heron, finch = rows(case, Claim)[0].id, hand(case), hand(case, "finch")
    first = desk.say_of(claim, level="claim", decision="reject", hand=heron, reason="No.")
    edits = {"value": "14", "comparator": "="}
    desk.say_of(claim, level="claim", decision="edit", hand=finch, reason="It is 14.", edits=edits, seen=about(case, claim)[claim].seen)
    view = about(case, claim)[claim]
    assert view.state == "accepted"
    assert [(word.who, word.decision, word.reason, word.stands) for word in view.words] == [
        ("finch", "edit", "It is 14.", True),
        ("heron", "reject", "No.", False),
    ]
    assert view.words[0].edits == (("comparator", "="), ("value", "14"))
    assert view.seen == (view.words[0].judgement,) == tuple(word.judgement for word in view.standing)
    assert view.words[1].judgement == first.judgement.id
    desk.undo(finch)
    back = about(case, claim)[claim]
    assert (back.state, back.words[0].decision, back.seen) == ("machine", "withdraw", (back.words[0].judgement,))


def test_facts_and_edges_have_words_too(desk, case):
    fact, edge, heron = rows(case, Fact)[0].id, rows(case, LineageEdge)[0].id, hand(case)
    desk.say_of(fact, level="fact", decision="reject", hand=heron, reason="Not so.")
    desk.judge_edge(edge, decision="dispute", hand=heron, reason="Two.")
    found = about(case, fact, edge)
    assert (found[fact].state, found[edge].state) == ("rejected", "disputed")
    desk.judge_edge(edge, decision="accept", hand=heron, reason="One.")
    assert about(case, edge)[edge].state == "confirmed"


def test_an_added_claim_names_who_added_it_and_what_it_replaces(desk, case):
    old, heron = rows(case, Claim)[0], hand(case)
    draft = Draft(doc=old.doc, start=old.start, end=old.end, kind=old.kind, measure="sites.worldwide", value="12")
    kept = desk.divide_claim(
        old.id, [draft, Draft(doc=old.doc, start=old.start, end=old.end, kind="site.operator")], hand=heron, reason="Two."
    )
    assert desk.settle()
    with looking(open_case(case)) as reader:
        views = verdicts_of_claims(reader, reader.all(Claim, doc=old.doc))
    new = [view for view in views.values() if view.added]
    assert {(view.state, view.replaces, view.added.who, view.seen) for view in new} == {("added", old.id, "heron", ())}
    assert {view.added.judgement for view in new} == {row.id for row in kept.others}
    assert views[old.id].state == "rejected"
    assert set(views[old.id].words[0].into) == {view.target for view in new}
    desk.say_of(new[0].target, level="claim", decision="accept", hand=hand(case, "finch"), reason="Yes.", seen=())
    with looking(open_case(case)) as reader:
        views = verdicts_of_claims(reader, reader.all(Claim, doc=old.doc))
    assert (views[new[0].target].state, views[new[0].target].added.who) == ("accepted", "heron")
