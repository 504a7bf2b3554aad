"""Deciding from the queue, putting an item off, taking the last decision back."""

from __future__ import annotations

from dataclasses import dataclass

from armslength.base.errors import InputError
from armslength.model.queue import Item
from armslength.model.rights import JUDGE, REVIEW
from armslength.pipeline.desk import Desk, Kept
from armslength.pipeline.masking import looking
from armslength.pipeline.signing import Hand
from armslength.pipeline.views.queue import choices_for, decided_words, item_of
from armslength.web.action import Action, Done
from armslength.web.page import Asked
from armslength.web.visitors import within


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What somebody decides about an item."""

    item: str
    """Id of the item."""
    decision: str
    """`accept`, `reject`, `dispute`, `merge`, `split` or `second`: what the item offers."""
    reason: str
    seen: tuple[str, ...] = ()
    """Judgements about it that were on the page."""
    then: str = "/queue"
    """Address to go on at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PutOff:
    """An item that somebody will look at later."""

    item: str = ""
    """Empty: bring back all that was put off."""
    then: str = "/queue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """Take back the last thing decided."""

    then: str = "/queue"


def decide(desk: Desk, asked: Asked, form: Decision) -> Done:
    """Decide about an item; the next one is shown."""
    with looking(desk.case) as reader:
        item = item_of(reader, form.item)
    if item is None:
        raise InputError("That is not in the queue any more: what it hung on is counted otherwise now. Load the page anew.")
    if form.decision not in {choice.decision for choice in choices_for(item)}:
        raise InputError(f"{form.decision!r} cannot be decided about this from the queue.")
    hand = asked.visitor.hand
    if hand is None:
        raise InputError("Say who decides: every judgement is signed.")
    if _weighty(item) and not asked.visitor.may(REVIEW):
        raise InputError("That needs the right to review: edges, pairs and findings are decided by reviewers.")
    kept = _kept(desk, item, form, hand)
    says = decided_words(item, form.decision) + (" The facts are being counted again." if kept.pending else "")
    return Done(says=says, go=within(form.then), judgement=kept.judgement.id, data={"item": item.id, "pending": kept.pending})


def _weighty(item: Item) -> bool:
    return item.kind in {"edge", "same", "finding"} or (item.kind == "conflict" and item.level != "claim")


def _kept(desk: Desk, item: Item, form: Decision, hand: Hand) -> Kept:
    """What was decided, through the desk's door for it."""
    level = item.level if item.kind == "conflict" else item.kind
    match level:
        case "edge":
            return desk.judge_edge(item.target, decision=form.decision, hand=hand, reason=form.reason, seen=form.seen)
        case "same":
            one, two = item.target.split()
            door = desk.merge if form.decision == "merge" else desk.split
            return door((one, two), level=item.level, hand=hand, reason=form.reason, seen=form.seen)
        case "finding":
            return desk.second_finding(item.target, hand=hand, reason=form.reason)
    return desk.say_of(item.target, level=level, decision=form.decision, hand=hand, reason=form.reason, seen=form.seen)


def put_off(_: Desk, asked: Asked, form: PutOff) -> Done:
    """Put an item off for this session, or bring all back. Nothing is decided, and nothing is kept."""
    session = asked.visitor.session
    if session is None:
        raise InputError("There is no session here in which something could be put off.")
    session.skipped = session.skipped | {form.item} if form.item else set()
    says = "Put off. It comes back when you ask for it, or next time." if form.item else "What was put off is back."
    return Done(says=says, go=within(form.then))


def undo(desk: Desk, asked: Asked, form: Undo) -> Done:
    """Take back the last thing that the visitor decided and that stands."""
    if asked.visitor.hand is None:
        raise InputError("Say who decides: every judgement is signed.")
    kept = desk.undo(asked.visitor.hand)
    return Done(says="Taken back. It stands in the log as taken back.", go=within(form.then), judgement=kept.judgement.id)


ACTIONS = (
    Action(path="/queue", form=Decision, act=decide, does="Decide about an item of the queue.", right=JUDGE),
    Action(path="/queue/later", form=PutOff, act=put_off, does="Put an item of the queue off for this session.", right=JUDGE, signs=False),
    Action(path="/queue/undo", form=Undo, act=undo, does="Take back the last thing you decided.", right=JUDGE),
)
