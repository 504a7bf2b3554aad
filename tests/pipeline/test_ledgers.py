"""Entering into the ledgers of a real case, findings by two, and the lines that show them."""

import json
import shutil

import pytest

from armslength.base.errors import InputError
from armslength.model.claims import Claim
from armslength.model.decisions import Finding, Judgement, told
from armslength.model.facts import Fact
from armslength.model.ledger import Consent, Disclosure, LegalStatus, Protection, Reply, Request, Restriction, Retention, ledger, of_ledgers
from armslength.model.things import Entity
from armslength.pipeline.desk import Desk
from armslength.pipeline.findings import propose, second
from armslength.pipeline.ledgers import days_after, enter, ledger_of
from armslength.pipeline.sameness import merge, withdraw
from armslength.pipeline.views.ledgers import LAPSED, due_lines, entry_lines, finding_lines, judgement_lines, request_lines
from armslength.store.case import open_case
from armslength.store.read import reading
from armslength.store.verify import verify_case
from pipeline.reviewer_hands import Ticking, hand, keys_of, reviewed_case

PAGES = {
    "one.txt": 'Trial in Karsk\n\n"At least 12 police stations operate abroad," Mirela Dosk, a baker in Oslo, told The Quay.\n',
    "two.txt": 'A second talk\n\n"At least 14 police stations operate abroad," Mirela Dosk, a baker in Oslo, told the Morning Ledger.\n',
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return reviewed_case(tmp_path_factory.mktemp("ledgers"), PAGES)


@pytest.fixture
def case(made, tmp_path):
    shutil.copytree(made, tmp_path / "c")
    return tmp_path / "c" / "case"


@pytest.fixture
def clock():
    return Ticking()


def persons(case):
    with reading(open_case(case)) as reader:
        return sorted((row for row in reader.all(Entity, kind="person") if row.mentions), key=lambda row: row.id)


def put(case, clock, entry, who="heron", reason="Entered by hand."):
    return enter(case, entry, reason=reason, hand=hand(case, who), clock=clock)


def now(case, **day):
    with reading(open_case(case)) as reader:
        return ledger_of(reader, **day)


def status(person, state="charged", date="2026-01"):
    return LegalStatus(judgement="", person=person, charge="fraud", forum="Crown Court", status=state, date=date)


def test_a_status_is_entered_under_a_pseudonym_and_says_what_may_be_written(case, clock):
    person = persons(case)[0]
    found = put(case, clock, status(person.label))
    assert found.entry.person == person.id
    assert found.says == (
        "It may be written that this person has been charged with fraud (Crown Court, 2026-01), which is not a conviction.",
    )
    put(case, clock, status(person.label.removeprefix("Person ").lower(), "acquitted", "2026-02"))
    assert [row.status for row in now(case).statuses(person.id)] == ["acquitted", "charged"]
    with reading(open_case(case)) as reader:
        lines = entry_lines(reader, day="2026-03-01")
        assert [(row.label, row.ledger) for row in lines] == [(person.label, "status")] * 2
        assert "Dosk" not in json.dumps([line.says for line in lines])
    assert verify_case(open_case(case)).ok


def test_a_correction_of_the_same_date_takes_the_place_of_the_error(case, clock):
    person = persons(case)[0].id
    put(case, clock, status(person, "convicted"))
    put(case, clock, status(person, "charged"))
    assert [row.status for row in now(case).statuses(person)] == ["charged"]


@pytest.mark.parametrize("text", ["Mirela Dosk told us.", "Heard from Dosk.", "mirela\n DOSK, by telephone"])
def test_a_protected_name_is_kept_out_of_the_log_and_of_the_message(case, clock, text):
    person = persons(case)[0]
    for call in (
        lambda: put(case, clock, status(person.id), reason=text),
        lambda: put(case, clock, Disclosure(judgement="", person=person.id, role=text, key="")),
    ):
        with pytest.raises(InputError, match="name of a protected person") as found:
            call()
        assert "dosk" not in str(found.value).casefold()
        assert "'Person " in str(found.value)
    assert now(case).entries == ()


def test_two_reviewers_disclose_and_one_protects_again(case, clock):
    person = persons(case)[0].id
    said = Disclosure(judgement="", person=person, role="minister", key="")
    assert "until a second reviewer" in put(case, clock, said).says[0]
    assert "until a second reviewer" in put(case, clock, said).says[0], "the same key twice is one pair of eyes"
    assert "Two reviewers agree" in put(case, clock, said, who="finch").says[0]
    assert now(case).public() == {person}
    put(case, clock, Protection(judgement="", person=person, ground="child"), who="finch")
    assert now(case).public() == frozenset()
    with pytest.raises(InputError, match="stays protected"):
        put(case, clock, said)


def test_a_reply_is_sought_and_answered_and_keeps_what_was_said_before(case, clock):
    with reading(open_case(case)) as reader:
        fact, voice = reader.all(Fact)[0].id, next(row for row in reader.all(Entity) if row.kind != "person")
    asked = Reply(judgement="", target=fact[:12], addressee=voice.id[:12], channel="email", asked="2026-01-01", deadline="")
    found = put(case, clock, asked)
    assert found.entry.deadline == "2026-01-15"
    with reading(open_case(case)) as reader:
        assert [row.ledger for row in due_lines(reader, day="2026-01-15")] == ["reply"]
        assert [row.overdue for row in due_lines(reader, day="2026-01-16")] == [True]
        assert due_lines(reader, day="2026-01-14") == []
    answered = Reply(judgement="", target=fact, addressee=voice.id, channel="", asked="", deadline="", answered="2026-01-20", answer="No.")
    back = put(case, clock, answered)
    assert (back.entry.channel, back.entry.asked, back.says[0]) == ("email", "2026-01-01", "Right of reply: answered.")
    assert back.judgement.supersedes == found.judgement.id
    with reading(open_case(case)) as reader:
        assert due_lines(reader, day="2026-02-01") == []
        (line,) = entry_lines(reader, day="2026-02-01", kinds=(Reply,))
        assert line.says.endswith("was asked for a reply (email, 2026-01-01) and answered on 2026-01-20: No.")
        assert [row.asked for row in ledger_of(reader, day="2025-12-31").replies(fact)] == []


def test_a_request_has_a_deadline_and_is_decided(case, clock):
    with reading(open_case(case)) as reader:
        fact = reader.all(Fact)[0].id
    blank = {"judgement": "", "target": fact, "kind": "rectify", "deadline": ""}
    found = put(case, clock, Request(received="2026-01-31", **blank))
    assert found.entry.deadline == "2026-03-02"
    done = put(case, clock, Request(received="", decided="2026-02-10", outcome="granted", **blank))
    assert (done.entry.received, done.entry.deadline, done.judgement.supersedes) == ("2026-01-31", "2026-03-02", found.judgement.id)
    with reading(open_case(case)) as reader:
        assert [row.says for row in request_lines(reader, day="2026-06-01")] == ["asks to rectify; decided 2026-02-10: granted"]
    withdraw(case, done.judgement.id, reason="Wrong letter.", hand=hand(case), clock=clock)
    assert now(case).requests() == ()


def test_orders_consent_and_clocks_are_entered(case, clock):
    person = persons(case)[0].id
    put(case, clock, Restriction(judgement="", target=person, forum="High Court", since="2026-01-01"))
    put(case, clock, Consent(judgement="", person=person, use="publish", given=True, date="2026-01-01"))
    put(case, clock, Retention(judgement="", target=person, until="2026-05-01", action="shred"))
    found = now(case)
    assert len(found.restrictions("2026-02-01", targets={person})) == 1
    assert found.may(person, "publish", day="2026-02-01")
    assert [row.action for row in found.due("2026-05-01")] == ["shred"]
    put(case, clock, Restriction(judgement="", target=person, forum="High Court", since="", until="2026-02-01"))
    assert now(case).restrictions("2026-02-02") == ()


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda p: status("ffff0000ffff"), "no entity whose id begins"),
        (lambda p: status(p, date="spring"), "no date in EDTF"),
        (lambda p: status(p, "guilty"), "'guilty' is no status"),
        (lambda p: Consent(judgement="", person=p, use="sell", given=True, date="2026"), "'sell' is no use"),
        (lambda p: Retention(judgement="", target=p, until="2026-05", action="shred"), "until must be a day"),
        (lambda p: Restriction(judgement="", target=p, forum="Court", since=""), "no such order yet"),
        (lambda p: Request(judgement="", target=p, kind="remove", received="", deadline=""), "no such open request"),
        (lambda p: Reply(judgement="", target=p, addressee=p, channel="", asked="", deadline=""), "Nobody is entered as asked"),
        (lambda p: Request(judgement="", target="ffff00", kind="remove", received="2026-01-01", deadline=""), "no fact and no entity"),
        (lambda p: Request(judgement="", target=p, kind="remove", received="2026-02-30", deadline=""), "is no day"),
    ],
)
def test_what_cannot_be_entered_is_refused(case, clock, make, said):
    with pytest.raises(InputError, match=said):
        put(case, clock, make(persons(case)[0].id))
    assert now(case).entries == ()


def test_a_status_is_of_persons_only(case, clock):
    with reading(open_case(case)) as reader:
        body = next(row for row in reader.all(Entity) if row.kind not in {"person", "unnamed"})
    with pytest.raises(InputError, match="is a body"):
        put(case, clock, status(body.id))


def test_an_entry_follows_a_person_that_people_made_one_with_another(case, clock):
    one, two = persons(case)[:2]
    put(case, clock, Protection(judgement="", person=one.id, ground="danger"))
    put(case, clock, Protection(judgement="", person=two.id, ground="danger"))
    merge(case, (one.mentions[0], two.mentions[0]), level="entity", reason="One speaker.", hand=hand(case), clock=clock)
    (left,) = [row for row in persons(case) if {one.mentions[0], two.mentions[0]} <= set(row.mentions)]
    assert {row.person for row in now(case).entries} == {left.id}
    assert now(case).protected(left.id) == "danger"
    with reading(open_case(case)) as reader:
        kept = [told(row)["anchors"]["person"] for row in reader.all(Judgement) if row.decision == "protect"]
    assert all(mention not in str(kept) for mention in (*one.mentions, *two.mentions)), "a mention's id can be guessed from a name"


def proposed(case, clock, **changes):
    with reading(open_case(case)) as reader:
        fact = reader.all(Fact)[0]
    given = {"standard": "STD.grounds", "statement": "It was so.", "evidence": ([fact.claims[0]], [])} | changes
    return fact, propose(case, fact.id[:10], reason="Two origins.", hand=hand(case), clock=clock, **given)


def test_a_finding_takes_two_reviewers(case, clock):
    fact, row = proposed(case, clock)
    with reading(open_case(case)) as reader:
        assert [(line.fact, line.second_reviewer) for line in finding_lines(reader)] == [(fact.id, "")]
        assert reader.count(Finding) == 0
    with pytest.raises(InputError, match="two reviewers"):
        second(case, row.id[:10], reason="Me too.", hand=hand(case), clock=clock)
    made = second(case, row.id[:10], reason="Read it all.", hand=hand(case, "finch"), clock=clock)
    assert (made.author, made.second_reviewer, made.fact) == ("heron", "finch", fact.id)
    with reading(open_case(case)) as reader:
        assert reader.all(Finding) == [made]
        assert [line.second_reviewer for line in finding_lines(reader)] == ["finch"]
        assert [line.decision for line in judgement_lines(reader)][:2] == ["second", "finding"]
    assert verify_case(open_case(case)).ok
    with pytest.raises(InputError, match="0 findings"):
        second(case, row.id, reason="Again.", hand=hand(case, "finch"), clock=clock)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"standard": "STD.beyond_doubt"}, "for courts"),
        ({"standard": "surely"}, "has no code"),
        ({"statement": " "}, "needs a statement"),
        ({"evidence": ([], [])}, "at least one claim"),
        ({"statement": "Dosk saw it."}, "name of a protected person"),
    ],
)
def test_a_finding_that_lacks_something_is_refused(case, clock, changes, said):
    with pytest.raises(InputError, match=said):
        proposed(case, clock, **changes)


def test_a_claim_is_not_evidence_on_both_sides(case, clock):
    with reading(open_case(case)) as reader:
        claim = reader.all(Claim)[0].id
    with pytest.raises(InputError, match="both for the finding and against"):
        proposed(case, clock, evidence=([claim], [claim[:20]]))


def test_days_are_counted_over_the_end_of_a_year():
    assert days_after("2025-12-20", 14) == "2026-01-03"


def test_an_order_follows_a_fact_that_is_put_together_otherwise(case, clock):
    with reading(open_case(case)) as reader:
        one, two = [row for row in reader.all(Fact) if row.measure.startswith("sites")][:2]
    put(case, clock, Restriction(judgement="", target=one.id, forum="High Court", since="2026-01-01"))
    merge(case, (one.claims[0], two.claims[0]), level="fact", reason="One count.", hand=hand(case), clock=clock)
    with reading(open_case(case)) as reader:
        assert reader.get(Fact, one.id) is None
        (fact,) = [row for row in reader.all(Fact) if one.claims[0] in row.claims]
    assert [row.target for row in now(case).restrictions("2026-02-01")] == [fact.id]


def test_an_order_follows_both_halves_of_a_fact(case, clock):
    with reading(open_case(case)) as reader:
        one, two = [row for row in reader.all(Fact) if row.measure.startswith("sites")][:2]
    done = merge(case, (one.claims[0], two.claims[0]), level="fact", reason="One count.", hand=hand(case), clock=clock)
    whole = next(row.id for row in done.made if row.passages == len(one.claims) + len(two.claims))
    put(case, clock, Restriction(judgement="", target=whole, forum="High Court", since="2026-01-01"))
    withdraw(case, done.judgement.id, reason="Two.", hand=hand(case), clock=clock)
    assert {row.target for row in now(case).restrictions("2026-02-01")} == {one.id, two.id}


def test_what_is_allowed_for_a_person_ends_when_people_make_them_one_with_another(case, clock):
    one, two = persons(case)[:2]
    for who in ("heron", "finch"):
        put(case, clock, Disclosure(judgement="", person=one.id, role="minister", key=""), who=who)
    put(case, clock, Consent(judgement="", person=one.id, use="publish", given=True, date="2026-01-01"))
    assert now(case).public() == {one.id}
    done = merge(case, (one.mentions[0], two.mentions[0]), level="entity", reason="One.", hand=hand(case), clock=clock)
    found = now(case)
    assert found.public() == frozenset()
    assert not any(found.may(row.id, "publish", day="2026-02-01") for row in persons(case))
    with reading(open_case(case)) as reader:
        lines = [line.ledger for line in entry_lines(reader, day="2026-02-01") if line.says == LAPSED]
    assert sorted(lines) == ["consent", "disclose", "disclose"], "and nobody takes them for never made"
    withdraw(case, done.judgement.id, reason="Two.", hand=hand(case), clock=clock)
    assert now(case).public() == {one.id}, "and holds again when they are two"


def test_ledgers_rest_on_few_judgements_and_come_out_the_same(case, clock):
    mine, finch = hand(case), hand(case, "finch")
    with Desk(open_case(case), clock, keys=keys_of(case), quiet=3600.0) as desk:
        with reading(open_case(case)) as reader:
            fact, claims = reader.all(Fact)[0], reader.all(Claim)
            body = next(row for row in reader.all(Entity) if row.kind != "person")
        for claim in claims:
            desk.say_of(claim.id, level="claim", decision="accept", hand=mine, reason="Read.")
        for asked in ("2026-01-01", "2026-01-02"):
            reply = Reply(judgement="", target=fact.id, addressee=body.id, channel="letter", asked=asked, deadline="2026-02-01")
            desk.enter(reply, hand=mine, reason="Sent.")
        first = desk.add_finding(
            fact.id, standard="STD.grounds", statement="So.", evidence=(fact.claims[:1], ()), hand=mine, reason="Read."
        )
        desk.second_finding(first.judgement.id, hand=finch, reason="Read too.")
    with reading(open_case(case)) as reader:
        rows = reader.all(Judgement)
    few = of_ledgers(rows)
    assert 0 < len(few) < len(rows)
    assert ledger(few) == ledger(rows)
    assert ledger(few).findings
    assert [row.asked for row in ledger(few).of(Reply)] == ["2026-01-02"]
