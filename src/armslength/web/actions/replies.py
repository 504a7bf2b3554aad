"""Right of reply: that somebody whom a fact accuses was asked, and what came back (METHOD F2)."""

from __future__ import annotations

from dataclasses import dataclass

from armslength.base.errors import ConflictError, InputError
from armslength.model.ledger import Reply
from armslength.pipeline.desk import Desk
from armslength.pipeline.masking import looking
from armslength.pipeline.views.answers import accused_in
from armslength.web.action import Action, Done
from armslength.web.actions.facts import hand_of
from armslength.web.page import Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyForm:
    """What was asked of one of those whom a fact accuses, and what they answered. Days are written as 2026-03-14."""

    number: int
    """Which of those it accuses, as the fact's page counts them: persons are named nowhere else."""
    label: str
    """What the page calls them: where that is another by now, nothing is entered."""
    reason: str
    channel: str = ""
    """How they were asked: email, letter, through a lawyer. As before, if left out."""
    asked: str = ""
    """As before, if left out."""
    deadline: str = ""
    """Fourteen days after, if left out."""
    answered: str = ""
    answer: str = ""
    """In words that may be published."""
    seen: tuple[str, ...] = ()


def enter_reply(desk: Desk, asked: Asked, form: ReplyForm) -> Done:
    """Enter that somebody was asked for a reply, or what they answered."""
    fact = asked.path["id"]
    if form.answer.strip() and not form.answered.strip():
        raise InputError("Say on which day the answer came.")
    with looking(desk.case) as reader:
        accused = accused_in(reader, fact)
    found = next((row for row in accused if row.number == form.number), None)
    if found is None or found.who != form.label:
        raise ConflictError("Whom this fact accuses is read otherwise by now. Nothing was entered: look at the page again.")
    entry = Reply(
        judgement="",
        target=fact,
        addressee=found.entity,
        channel=form.channel.strip(),
        asked=form.asked.strip(),
        deadline=form.deadline.strip(),
        answered=form.answered.strip(),
        answer=form.answer.strip(),
    )
    kept = desk.enter(entry, hand=hand_of(asked), reason=form.reason, seen=form.seen)
    return Done(says=" ".join(kept.says), go=f"/facts/{fact}#denied", judgement=kept.judgement.id)


ACTIONS = (
    Action(path="/facts/{id}/reply", form=ReplyForm, act=enter_reply, does="Enter that one of those it accuses was asked, or answered."),
)
