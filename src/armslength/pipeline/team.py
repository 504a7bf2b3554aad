"""A team and a case: roles are given in the log of the case they are about, and an account's key is entered there.

In:  accounts, a case, a role; the hand of somebody who has just logged in.
Out: the role, or the key, and a log entry for it.
Never: enters a key for somebody who is not there: entering is signed by the key itself, which only its owner's passphrase opens.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from armslength.base.clock import Clock, stamp
from armslength.base.errors import InputError
from armslength.model.decisions import REVIEWER
from armslength.model.reviewers import ReviewerKey
from armslength.pipeline.building import record_event
from armslength.pipeline.naming import refuse_names
from armslength.pipeline.signing import Hand, TurnOf, judge, reviewers_of
from armslength.store.accounts.grants import give_role, take_role
from armslength.store.accounts.keeping import account_named
from armslength.store.accounts.opening import Accounts
from armslength.store.case import Case, locate_case
from armslength.store.read import reading
from armslength.store.write import deciding

PATIENCE = 5.0
"""Seconds that entering a key waits for its turn to write."""
ROLE_GIVEN, ROLE_TAKEN = "role.given", "role.taken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A role that was given or taken."""

    who: str
    role: str
    case: str
    """Id of the case."""
    new: bool
    """Whether anything changed."""


def change_role(accounts: Accounts, folder: Path, who: str, role: str, *, give: bool, clock: Clock, actor: str) -> Changed:
    """Give an account a role in a case, or take it away."""
    account, case = account_named(accounts, who), locate_case(folder)
    change = give_role if give else take_role
    new = change(accounts, account, case.id, role, clock=clock, actor=actor)
    if new:
        data = {"account": account.who, "role": role}
        record_event(folder, event=ROLE_GIVEN if give else ROLE_TAKEN, subject=case.id, data=data, clock=clock, actor=actor)
    return Changed(who=account.who, role=role, case=case.id, new=new)


def enter_hand(case: Case, hand: Hand, *, clock: Clock, turn: TurnOf | None = None) -> bool:
    """Enter an account's key as its owner's in a case, where it is not yet; whether it was entered now. `turn` gives a writer.

    Raises InputError where the pseudonym has another key in use there, or this one was retired: then a reviewer has to act first. So
    nobody signs as somebody else by being given an account of that name, or by resetting theirs.
    """
    with reading(case) as reader:
        if _is_entered(reviewers_of(reader).keys.get(hand.key.id), hand):
            return False
    with turn(hand.who) if turn else deciding(case, clock=clock, actor=hand.who, patience=PATIENCE) as writer:
        refuse_names(writer.read, hand.who)
        known = reviewers_of(writer.read)
        if _is_entered(known.keys.get(hand.key.id), hand):
            return False
        others = known.active_of(hand.who, stamp(clock.now()))
        if others:
            raise InputError(
                f"{hand.who!r} signs in this case with another key ({others[0].key}). A reviewer has to retire that one before the key of "
                "the account is entered: armslength reviewer retire CASE KEY"
            )
        value = json.dumps({"public": hand.key.public, "reviewer": hand.who}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        judge(writer, hand, target=hand.key.id, decision=REVIEWER, reason="Enters the key of an account.", clock=clock, value=value)
    return True


def _is_entered(row: ReviewerKey | None, hand: Hand) -> bool:
    """Whether a key stands in the case as this hand's. Raises InputError for one that was retired, or is somebody else's."""
    if row is None:
        return False
    if row.until:
        raise InputError(f"The key of the account {hand.who!r} was retired in this case on {row.until[:10]}. It signs nothing more here.")
    if row.who != hand.who:
        raise InputError(f"The key of the account {hand.who!r} stands in this case under the name {row.who!r}.")
    return True
