from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from reviewer_hands import Ticking, hand, keys_of

from armslength.base.clock import FixedClock
from armslength.base.errors import InputError
from armslength.model.custody import LogEntry
from armslength.model.decisions import REVIEWER, Judgement
from armslength.pipeline.reviewing import retire_key
from armslength.pipeline.signing import Hand, reviewers_of
from armslength.pipeline.team import change_role, enter_hand
from armslength.store.accounts.grants import roles_in
from armslength.store.accounts.keeping import account_named, add_account, change_passphrase, reset_account, signing_key
from armslength.store.accounts.opening import Accounts, open_accounts
from armslength.store.case import Case, create_case, open_case
from armslength.store.locks import Cost
from armslength.store.log import entry_data
from armslength.store.read import reading
from armslength.store.verify import verify_case

WORDS, OTHER_WORDS = "correct horse battery staple", "quiet harbour under the moon"
NOW = FixedClock(at=datetime(2026, 2, 1, tzinfo=UTC))
LATER = FixedClock(at=datetime(2026, 3, 1, tzinfo=UTC))


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return create_case(tmp_path / "case", name="Harbours", clock=Ticking(), actor="setup")


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    found = open_accounts(str(tmp_path / "accounts"), make=True, cost=Cost(memory_kib=32, passes=1, lanes=1))
    add_account(found, "heron", WORDS, given=False, clock=NOW, actor="setup")
    return found


def hand_of_account(accounts: Accounts, who: str = "heron", words: str = WORDS) -> Hand:
    account = account_named(accounts, who)
    return Hand(who=account.who, key=signing_key(accounts, account.id, words))


def test_the_key_of_an_account_is_entered_by_itself_once(accounts, case):
    mine = hand_of_account(accounts)
    assert enter_hand(case, mine, clock=NOW)
    assert not enter_hand(case, mine, clock=LATER)
    with reading(case) as reader:
        (row,) = reader.all(Judgement)
        assert (row.decision, row.who, row.key, row.target) == (REVIEWER, "heron", mine.key.id, mine.key.id)
        assert [one.who for one in reviewers_of(reader).keys.values()] == ["heron"]
    assert verify_case(case).problems == ()


def test_nobody_signs_as_a_reviewer_by_being_given_an_account_of_that_name(accounts, case):
    theirs = hand(case.folder, "heron")
    with pytest.raises(InputError, match="another key"):
        enter_hand(case, hand_of_account(accounts), clock=NOW)
    retire_key(case.folder, theirs.key.id, reason="The laptop was taken.", hand=hand(case.folder, "finch"), clock=NOW)
    assert enter_hand(case, hand_of_account(accounts), clock=LATER)


def test_nobody_signs_as_somebody_else_by_resetting_their_account(accounts, case):
    before = hand_of_account(accounts)
    enter_hand(case, before, clock=NOW)
    reset_account(accounts, "heron", OTHER_WORDS, clock=NOW, actor="admin")
    change_passphrase(accounts, account_named(accounts, "heron").id, OTHER_WORDS, WORDS, clock=NOW)
    after = hand_of_account(accounts)
    assert after.key.id != before.key.id
    with pytest.raises(InputError, match="another key"):
        enter_hand(case, after, clock=NOW)
    retire_key(case.folder, before.key.id, reason="The passphrase was lost.", hand=hand(case.folder, "finch"), clock=NOW)
    assert enter_hand(case, after, clock=LATER)


def test_a_retired_key_signs_nothing_more(accounts, case):
    mine = hand_of_account(accounts)
    enter_hand(case, mine, clock=NOW)
    retire_key(case.folder, mine.key.id, reason="They have left.", hand=hand(case.folder, "finch"), clock=NOW)
    with pytest.raises(InputError, match="was retired"):
        enter_hand(case, mine, clock=LATER)


def test_a_key_has_one_name(accounts, case):
    mine = hand_of_account(accounts)
    enter_hand(case, mine, clock=NOW)
    with pytest.raises(InputError, match="under the name 'heron'"):
        enter_hand(case, Hand(who="finch", key=mine.key), clock=LATER)


def test_a_role_is_in_the_log_of_its_case(accounts, case):
    for give in (True, True, False):
        change_role(accounts, case.folder, "heron", "reviewer", give=give, clock=LATER, actor="admin")
        assert roles_in(accounts, account_named(accounts, "heron").id, case.id) == ({"reviewer"} if give else set())
    with reading(open_case(case.folder)) as reader:
        lines = [(row.event, row.actor, entry_data(row)) for row in reader.all(LogEntry) if row.event.startswith("role.")]
    about = {"account": "heron", "role": "reviewer"}
    assert lines == [("role.given", "admin", about), ("role.taken", "admin", about)]


def test_keys_of_accounts_are_not_in_anybodys_folder(accounts, case):
    enter_hand(case, hand_of_account(accounts), clock=NOW)
    assert not keys_of(case.folder).exists()
