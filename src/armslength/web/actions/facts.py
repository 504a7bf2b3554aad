"""What people say of a fact: accepted, rejected, or called otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from armslength.base.errors import InputError
from armslength.model.facts import Origins
from armslength.pipeline.desk import Desk, Kept
from armslength.pipeline.masking import looking
from armslength.pipeline.signing import Hand
from armslength.web.action import Action, Done
from armslength.web.page import Asked

_SAID = {
    "accept": "Accepted.",
    "reject": "Rejected: it is not counted any more.",
    "edit": "Called otherwise.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """What is said of a fact."""

    decision: str
    """`accept`, `reject` or `edit`."""
    reason: str
    label: str = ""
    """For an edit, what the fact is to be called."""
    seen: tuple[str, ...] = ()
    """Judgements about it that stood when it was looked at."""


def say(desk: Desk, asked: Asked, form: Saying) -> Done:
    """Accept, reject or rename a fact."""
    if form.decision not in _SAID:
        raise InputError(f"{form.decision!r} cannot be said of a fact: it is accept, reject or edit.")
    edits = {"label": form.label.strip()} if form.decision == "edit" and form.label.strip() else None
    kept = desk.say_of(
        asked.path["id"], level="fact", decision=form.decision, hand=hand_of(asked), reason=form.reason, edits=edits, seen=form.seen
    )
    return Done(says=_SAID[form.decision], go=f"/facts/{asked.path['id']}#decided", judgement=kept.judgement.id, data=told(kept))


def hand_of(asked: Asked) -> Hand:
    """The visitor's hand. Raises InputError where nobody has said who decides."""
    if asked.visitor.hand is None:
        raise InputError("Say who decides first: every judgement is signed.")
    return asked.visitor.hand


def told(kept: Kept) -> dict[str, object]:
    """What scripts are told of a judgement."""
    return {"pending": kept.pending}


def count_of(desk: Desk, fact: str) -> str:
    """How a fact is counted at this moment, as addresses write it: `1.3.0`; empty where it is not."""
    with looking(desk.case) as reader:
        found = reader.get(Origins, fact)
    return f"{found.min}.{found.max}.{found.unknown}" if found else ""


ACTIONS = (Action(path="/facts/{id}/judge", form=Saying, act=say, does="Accept a fact, reject it, or call it otherwise."),)
