"""Who decides: a reviewer of the case whose key is on this machine is chosen, or a new one entered."""

from __future__ import annotations

from dataclasses import dataclass

from armslength.base.errors import InputError
from armslength.model.rights import JUDGE
from armslength.pipeline.desk import Desk
from armslength.pipeline.reviewing import add_reviewer
from armslength.pipeline.signing import hand_of
from armslength.store.reviewer_keys import reviewers_folder
from armslength.web.action import Action, Done
from armslength.web.page import Asked
from armslength.web.visitors import within


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A reviewer of the case."""

    who: str
    """Pseudonym."""
    passphrase: str = ""
    """Of their key, where it is under one."""
    then: str = "/you"
    """Address to go on at."""


def choose(desk: Desk, asked: Asked, form: Chosen) -> Done:
    """Take up a reviewer's key for this session."""
    hand = hand_of(desk.case.folder, form.who.strip(), keys=reviewers_folder(), clock=desk.clock, passphrase=lambda: form.passphrase)
    if asked.visitor.session is None:
        raise InputError("Nobody can sign here: these pages only show.")
    asked.visitor.session.hand = hand
    return Done(says=f"You decide as {hand.who}.", go=within(form.then))


def enter(desk: Desk, asked: Asked, form: Chosen) -> Done:
    """Enter a new reviewer with a key of their own."""
    if asked.visitor.session is None:
        raise InputError("Nobody can sign here: these pages only show.")
    keys, passphrase = reviewers_folder(), form.passphrase
    hand = add_reviewer(desk.case.folder, form.who, keys=keys, clock=desk.clock, passphrase=passphrase, turn=desk.turn_of)
    asked.visitor.session.hand = hand
    return Done(says=f"{hand.who} is a reviewer of this case now, and you decide as {hand.who}.", go=within(form.then))


ACTIONS = (
    Action(
        path="/you",
        form=Chosen,
        act=choose,
        does="Choose who decides: a reviewer whose key is on this machine.",
        right=JUDGE,
        signs=False,
        alone=True,
    ),
    Action(
        path="/you/new", form=Chosen, act=enter, does="Enter a new reviewer, with a key of their own.", right=JUDGE, signs=False, alone=True
    ),
)
