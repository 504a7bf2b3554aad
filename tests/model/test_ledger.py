"""What stands in the ledgers: the newest status, consent that means no unless it says yes, two keys, what is due."""

import itertools
import json

import pytest

from armslength.base.errors import IntegrityError
from armslength.model.decisions import Judgement, conflicts, heads, in_force, standing
from armslength.model.ledger import (
    Consent,
    Disclosure,
    LegalStatus,
    Protection,
    Reply,
    Request,
    Restriction,
    Retention,
    entry_of,
    ledger,
    past,
    value_of,
)
from armslength.model.legal_words import CLEARED, GUILTY, STATES, status_words
from armslength.model.ontology import load
from armslength.model.reviewers import reviewers

PERSON, FACT, EMBASSY = "p" * 64, "f" * 64, "e" * 64
HERON, FINCH = "aaaa", "bbbb"


def judgement(decision, *, value="", target="t", when=1, who="heron", key=HERON, supersedes="", id_=None):
    moment = f"2026-01-{when:02}T00:00:00.000000Z"
    name = id_ or f"{decision}-{target}-{when}-{who}-{key}"
    return Judgement(
        id=name, target=target, decision=decision, reason="Because.", who=who, when=moment, value=value, supersedes=supersedes,
        key=key, signature="signed" if key else "",
    )  # fmt: skip


def keyed(who, key, when=1):
    return judgement("reviewer", value=json.dumps({"reviewer": who, "public": key * 16}), target=key, who=who, key=key, when=when)


TWO = [keyed("heron", HERON), keyed("finch", FINCH)]


def entered(entry, *, when=2, who="heron", key=HERON, target=None, supersedes=""):
    decision = {
        LegalStatus: "status", Reply: "reply", Consent: "consent", Restriction: "restrict", Request: "request", Disclosure: "disclose",
        Retention: "retain", Protection: "protect",
    }[type(entry)]  # fmt: skip
    return judgement(
        decision, value=value_of(entry), target=target or f"{decision}{value_of(entry)}{key}", when=when, who=who, key=key, supersedes=supersedes
    )  # fmt: skip


def status(state, date, *, charge="fraud", forum="District Court"):
    return LegalStatus(judgement="", person=PERSON, charge=charge, forum=forum, status=state, date=date)


def consent(*, given=True, until="", with_whom="", use="publish"):
    return Consent(judgement="", person=PERSON, use=use, given=given, date="2026-01-01", with_whom=with_whom, until=until)


def disclosure(role="minister"):
    return Disclosure(judgement="", person=PERSON, role=role, key="")


def test_an_entry_is_read_back_as_it_was_written():
    row = entered(status("charged", "2026-03"))
    assert entry_of(row) == LegalStatus(
        judgement=row.id, person=PERSON, charge="fraud", forum="District Court", status="charged", date="2026-03"
    )
    assert entry_of(entered(disclosure(), key=FINCH)).key == FINCH, "the key is the judgement's, whatever its value says"
    with pytest.raises(IntegrityError, match="does not hold what that needs"):
        entry_of(judgement("consent", value='{"person":"x"}'))


def test_the_newest_status_of_each_charge_and_forum_stands_on_top():
    rows = [
        entered(status("charged", "2025-03"), when=5),
        entered(status("acquitted", "2026-01-10"), when=2),
        entered(status("charged", "2025-06", charge="tax evasion"), when=3),
    ]
    found = ledger(rows)
    assert [row.date for row in found.statuses(PERSON)] == ["2026-01-10", "2025-06", "2025-03"]
    assert [(row.charge, row.status) for row in found.latest(PERSON)] == [("fraud", "acquitted"), ("tax evasion", "charged")]
    assert found.said_of(PERSON)[0] == "was acquitted of fraud (District Court, 2026-01-10)"
    assert found.said_of("somebody else") == ()


def test_two_statuses_of_one_date_are_both_said():
    rows = [entered(status("convicted", "2026-01"), target="slot"), entered(status("acquitted", "2026-01"), target="slot", when=3)]
    assert {row.status for row in ledger(rows).latest(PERSON)} == {"convicted", "acquitted"}


def test_no_status_is_written_as_guilt_before_a_court_has_spoken():
    for state in STATES:
        words = status_words(state, "acting for a foreign state", forum="Crown Court", date="2026")
        assert " is an " not in f" {words} ".replace(" is an appeal", "")
        assert "agent" not in words
        if state not in GUILTY | CLEARED:
            assert any(caution in words for caution in ("not a conviction", "not a charge", "has not been convicted", "alleged")), state
    assert status_words("charged", "fraud") == "has been charged with fraud, which is not a conviction"
    with pytest.raises(KeyError):
        status_words("guilty", "fraud")


def test_every_status_is_a_code_of_the_ontology():
    assert {code for code, _ in STATES.values()} <= set(load().codes("legal_states"))


@pytest.mark.parametrize(
    ("rows", "asked", "answer"),
    [
        ([], {}, False),
        ([consent()], {}, True),
        ([consent(given=False)], {}, False),
        ([consent(until="2026-05-31")], {"day": "2026-05-31"}, True),
        ([consent(until="2026-05-31")], {"day": "2026-06-01"}, False),
        ([consent(until="2026-05")], {"day": "2026-05-02"}, False),
        ([consent()], {"day": "2025-12-31"}, False),
        ([consent(use="collect")], {}, False),
        ([consent(with_whom="press")], {}, False),
        ([consent(with_whom="press")], {"with_whom": "press"}, True),
        ([consent(), consent(given=False, with_whom="press")], {"with_whom": "press"}, False),
        ([consent(given=False), consent(with_whom="press")], {"with_whom": "press"}, False),
    ],
)
def test_consent_is_no_unless_it_is_yes_on_the_day(rows, asked, answer):
    found = ledger([entered(row) for row in rows])
    assert found.may(PERSON, "publish", **{"day": "2026-03-01", **asked}) is answer


def test_consent_that_was_taken_back_or_is_disputed_is_no():
    given = entered(consent(), target="c")
    back = entered(consent(given=False), target="c", when=3, supersedes=given.id)
    apart = entered(consent(given=False), target="c", when=1)
    assert ledger([given]).may(PERSON, "publish", day="2026-03-01")
    assert not ledger([given, back]).may(PERSON, "publish", day="2026-03-01")
    assert not ledger([given, apart]).may(PERSON, "publish", day="2026-03-01"), "the later is not simply believed"
    assert ledger([given, back], day="2026-01-02").may(PERSON, "publish", day="2026-01-02"), "as it stood that day"


def two(**changes):
    return [
        entered(disclosure(), who="heron", key=HERON),
        entered(disclosure(**changes.pop("said", {})), **{"who": "finch", "key": FINCH, **changes}),
    ]


def test_a_person_is_public_by_two_reviewers_with_two_keys():
    assert ledger([*TWO, *two()]).disclosed(PERSON) == "minister"
    assert ledger([*TWO, *two()]).public() == {PERSON}
    assert ledger([*TWO, two()[0]]).disclosed(PERSON) == ""


@pytest.mark.parametrize(
    "rows",
    [
        [*TWO, *two(said={"role": "neighbour"})],
        [*TWO, *two(key="")],
        [*TWO, *two(key="cccc")],
        [keyed("heron", HERON), keyed("heron", FINCH), *two(who="heron")],
        [keyed("heron", HERON), judgement("reviewer", value=json.dumps({"reviewer": "finch", "public": ""}), target=HERON, who="finch", when=2), *two(key=HERON)],
        [*TWO, judgement("retire", target=FINCH, when=1, key=FINCH, who="finch", id_="z"), *two()],
        [*TWO, *two(), entered(Protection(judgement="", person=PERSON, ground="child"))],
        [*TWO, *two(), judgement("withdraw", target=two()[1].target, when=1, id_="apart")],
    ],
    ids=["two roles", "unsigned", "unknown key", "one name with two keys", "two names with one key", "retired before", "a child", "disputed"],
)  # fmt: skip
def test_less_than_that_discloses_nobody(rows):
    assert ledger(rows).disclosed(PERSON) == ""


def test_a_key_signs_from_its_entry_until_it_is_retired():
    keys = reviewers([*TWO, judgement("retire", target=FINCH, when=10, key=FINCH, who="finch")])
    assert keys.of(judgement("accept", when=9, who="finch", key=FINCH)) == "finch"
    assert keys.of(judgement("accept", when=10, who="finch", key=FINCH)) == ""
    assert keys.of(judgement("accept", when=9, who="heron", key=FINCH)) == "", "a key is one reviewer's"
    assert [row.key for row in keys.active_of("finch", "2026-01-05T")] == [FINCH]
    assert keys.active_of("finch", "2026-01-11T") == ()


def test_replies_are_sought_answered_or_overdue():
    asked = Reply(judgement="", target=FACT, addressee=EMBASSY, channel="email", asked="2026-01-02", deadline="2026-01-16")
    answered = Reply(
        judgement="", target=FACT, addressee=EMBASSY, channel="email", asked="2026-01-02", deadline="2026-01-16", answered="2026-01-20",
        answer="We deny it.",
    )  # fmt: skip
    first = entered(asked, target="r")
    found = ledger([first])
    assert [found.reply_state(FACT, EMBASSY, day=day) for day in ("2026-01-16", "2026-01-17")] == ["waiting", "no_answer"]
    assert found.reply_state(FACT, "another", day="2026-01-16") == "not_sought"
    later = ledger([first, entered(answered, target="r", when=21, supersedes=first.id)])
    assert later.reply_state(FACT, EMBASSY, day="2026-01-21") == "answered"
    assert [row.answer for row in later.replies(FACT)] == ["We deny it."]


def test_orders_hold_between_their_dates_and_requests_and_clocks_come_due():
    order = Restriction(judgement="", target=PERSON, forum="High Court", since="2026-02-01", until="2026-04")
    asked = Request(judgement="", target=FACT, kind="rectify", received="2026-01-01", deadline="2026-01-31")
    done = Request(
        judgement="", target=PERSON, kind="remove", received="2026-01-01", deadline="2026-01-15", decided="2026-01-10", outcome="granted"
    )
    clock = Retention(judgement="", target=PERSON, until="2026-03-01", action="shred")
    found = ledger([entered(row) for row in (order, asked, done, clock)])
    held = [bool(found.restrictions(day)) for day in ("2026-01-31", "2026-02-01", "2026-04-30", "2026-05-01")]
    assert held == [False, True, True, False]
    assert not found.restrictions("2026-03-01", targets={FACT})
    assert [row.kind for row in found.requests(still_open=True)] == ["rectify"]
    assert [row.kind for row in found.requests()] == ["remove", "rectify"]
    due = [tuple(type(row).__name__ for row in found.due(day)) for day in ("2026-01-30", "2026-01-31", "2026-03-01")]
    assert due == [(), ("Request",), ("Request", "Retention")]


def test_a_finding_needs_a_second_reviewer_with_another_key():
    said = {"fact": FACT, "standard": "STD.grounds", "statement": "It ran.", "for": ["c1"], "against": ["c2"]}
    first = judgement("finding", value=json.dumps(said), target="f1", when=2)
    agreed = {"value": json.dumps({"finding": first.id}), "target": "s", "when": 3}
    assert ledger([*TWO, first]).proposed == (first,)
    assert ledger([*TWO, first, judgement("second", **agreed)]).findings == (), "nobody seconds themselves"
    (made,) = ledger([*TWO, first, judgement("second", **agreed, who="finch", key=FINCH)]).findings
    assert (made.author, made.second_reviewer, made.evidence_against, made.when[:10]) == ("heron", "finch", ("c2",), "2026-01-03")


def test_a_withdrawn_entry_is_gone_and_an_import_taken_back_was_never_there():
    row = entered(consent(), target="c")
    back = judgement("withdraw", target="c", when=3, supersedes=row.id)
    void = judgement("void", target="batch", value=json.dumps({"ids": [back.id]}), when=4)
    lifted = judgement("withdraw", target="batch", when=5, supersedes=void.id)
    assert ledger([row, back]).entries == ()
    assert len(ledger([row, back, void]).entries) == 1
    assert ledger([row, back, void, lifted]).entries == ()
    assert in_force([row, back]) == [row, back]


def test_of_two_that_stand_apart_none_holds_and_both_are_listed():
    one, two_, same = judgement("accept", when=1), judgement("dispute", when=2), judgement("accept", when=3)
    assert standing([one, two_]) == []
    assert conflicts([two_, one]) == [[one, two_]]
    assert standing([one, same]) == [same]
    over = judgement("dispute", when=4, supersedes=f"{one.id} {two_.id}")
    assert standing([one, two_, over]) == [over]
    assert heads([one, two_]) == {"t": [one, two_]}


def test_the_order_of_judgements_never_matters():
    rows = [*TWO, *two(), entered(consent()), entered(status("charged", "2025-03")), judgement("withdraw", target="x", when=9)]
    first = ledger(rows)
    assert all(ledger(some) == first for some in itertools.islice(itertools.permutations(rows), 0, 5040, 97))


@pytest.mark.parametrize(
    ("edtf", "day", "answer"), [("", "2026-01-01", False), ("2025", "2026-01-01", True), ("2026-01", "2026-01-31", False)]
)
def test_a_date_is_past_when_every_day_it_can_mean_is(edtf, day, answer):
    assert past(edtf, day) is answer
