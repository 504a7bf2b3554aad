"""What people say of sameness: two things are one, or two; a passage does not belong where it is; what was said is taken back."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from armslength.base.errors import InputError
from armslength.model.rights import REVIEW
from armslength.model.things import Entity
from armslength.pipeline.desk import Desk
from armslength.pipeline.masking import looking
from armslength.pipeline.previewing import Preview, Wish
from armslength.pipeline.views.words import origins, plural
from armslength.web.action import Action, Done
from armslength.web.actions.facts import hand_of, told
from armslength.web.page import Asked
from armslength.web.visitors import within

NONE = "none"
"""What a form says that had no judgement before it: an empty field would not be sent."""
LEVELS = ("entity", "site", "incident", "fact")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two things, or a passage and the thing it is to leave."""

    level: str
    """`entity`, `site`, `incident` or `fact`."""
    one: str
    """An id. Of what is to be taken apart, what leaves."""
    other: str
    reason: str
    seen: tuple[str, ...] | None = None
    """Judgements about the two that stood when they were looked at; `none` for none; left out, it does not matter."""
    then: str = "/same"
    """Address to go on at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Back:
    """What is taken back."""

    judgement: str
    reason: str
    then: str = "/same"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thought:
    """What somebody thinks of deciding, and wants to see first."""

    decision: str
    """`merge`, `split` or `withdraw`."""
    level: str = ""
    one: str = ""
    other: str = ""
    judgement: str = ""


def merge(desk: Desk, asked: Asked, form: Pair) -> Done:
    """Make two things one."""
    kept = desk.merge((form.one, form.other), level=_level(form), hand=hand_of(asked), reason=form.reason, seen=_seen(form))
    return Done(
        says="They are one now. What hangs on it is being counted again; it can be taken back.",
        go=within(form.then),
        judgement=kept.judgement.id,
        data=told(kept),
    )


def split(desk: Desk, asked: Asked, form: Pair) -> Done:
    """Keep two things apart, or take a passage or mention out of the thing it is in."""
    kept = desk.split((form.one, form.other), level=_level(form), hand=hand_of(asked), reason=form.reason, seen=_seen(form))
    return Done(
        says="They are two now, and stay so until this is taken back.", go=within(form.then), judgement=kept.judgement.id, data=told(kept)
    )


def undo(desk: Desk, asked: Asked, form: Back) -> Done:
    """Take back what was said of two things; also in the middle of a chain."""
    kept = desk.withdraw(form.judgement, hand=hand_of(asked), reason=form.reason)
    return Done(
        says="Taken back: they are again what the program and all other judgements make them.",
        go=within(form.then),
        judgement=kept.judgement.id,
        data=told(kept),
    )


def try_out(desk: Desk, asked: Asked, form: Thought) -> Done:  # noqa: ARG001 - every action is called alike
    """Look what would come of it. Nothing is kept."""
    wish = Wish(decision=form.decision, level=form.level, one=form.one.strip(), other=form.other.strip(), judgement=form.judgement)
    found = desk.try_out(wish)
    said = _told(found)
    if _of_person(desk, form):
        return Done(says=said, go="/same", data={"says": said})
    asked_for = {"decision": wish.decision, "level": wish.level, "one": wish.one, "other": wish.other, "judgement": wish.judgement}
    query = urlencode({name: value for name, value in asked_for.items() if value})
    return Done(says=said, go=f"/same/pair?{query}#preview", data={"says": said})


def _level(form: Pair) -> str:
    if form.level not in LEVELS:
        raise InputError(f"{form.level!r} cannot be made one or two: it is {', '.join(LEVELS)}.")
    return form.level


def _seen(form: Pair) -> tuple[str, ...] | None:
    return None if form.seen is None else tuple(row for row in form.seen if row != NONE)


def _of_person(desk: Desk, form: Thought) -> bool:
    """Whether it is about persons: these stand in no address."""
    with looking(desk.case) as reader:
        found = [reader.get(Entity, row) for row in (form.one, form.other)] if form.level == "entity" else []
    return any(row is not None and row.kind == "person" for row in found)


def _told(found: Preview) -> str:
    """What a preview shows, in one sentence."""
    if found.nothing:
        return "Nothing would change." + (" " + found.outcome.not_done[-1] if found.outcome.not_done else "")
    counts = [f"{plural(len(found.outcome.gone), 'thing')} would go, {plural(len(found.outcome.made), 'thing')} would come"]
    recounted = [f"{origins(*row.after[:2])} instead of {origins(*row.before[:2])}" for row in found.outcome.changed[:3]]
    more = len(found.outcome.changed) - len(recounted)
    if recounted:
        counts.append(f"{plural(len(found.outcome.changed), 'fact')} would be counted otherwise: " + "; ".join(recounted))
    return "; ".join(counts) + (f"; and {more} more." if more > 0 else ".") + " Nothing was changed."


ACTIONS = (
    Action(
        path="/same/preview",
        form=Thought,
        act=try_out,
        does="See what making two things one, or two, would change.",
        right=REVIEW,
        signs=False,
    ),
    Action(path="/same/merge", form=Pair, act=merge, does="Make two organisations, sites, incidents or facts one.", right=REVIEW),
    Action(
        path="/same/split", form=Pair, act=split, does="Keep two things apart, or take one passage or mention out of a thing.", right=REVIEW
    ),
    Action(path="/same/undo", form=Back, act=undo, does="Take back what was said of two things.", right=REVIEW),
)
