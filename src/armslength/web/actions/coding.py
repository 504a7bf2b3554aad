"""Double coding: making a task, writing codes, ending it early, settling what coders disagree about."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields

from armslength.base.clock import stamp
from armslength.base.errors import InputError
from armslength.model.claims import Claim
from armslength.model.coding import NO, NONE, VARIABLES, Coding
from armslength.model.rights import JUDGE, REVIEW
from armslength.model.verdicts import ACCEPT, EDIT, REJECT
from armslength.pipeline.coding import ASKED, Plan, coding_of, said_of_close, said_of_code, said_of_settling, said_of_task, why_coded
from armslength.pipeline.desk import Desk
from armslength.pipeline.masking import looking
from armslength.pipeline.signing import Hand
from armslength.pipeline.views.coding import machine_codes
from armslength.web.action import Action, Done
from armslength.web.page import Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTask:
    """A coding task."""

    title: str
    coders: tuple[str, ...] = ()
    """Pseudonyms of two or more reviewers of the case."""
    variables: tuple[str, ...] = ASKED
    of: str = "claims"
    """`claims` that the program read, or `passages`: sentences of documents."""
    sample: int = 30
    seed: int = 1
    kind: str = ""
    """Only claims of this kind or family."""
    sees: bool = False
    """Whether coders see how the program read the passage."""
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """Codes of one passage; what is left empty is missing, `none` says that the passage gives none."""

    unit: str
    is_claim: str = ""
    kind: str = ""
    speech_act: str = ""
    value: str = ""
    comparator: str = ""
    method: str = ""
    place: str = ""
    """ISO 3166-1 alpha-2."""
    date: str = ""
    """EDTF."""
    speaker: str = ""
    """Kind of voice."""
    credibility: str = ""
    note: str = ""
    """Up to 400 characters; names of protected persons are refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """Why a task is ended before all have finished."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settling(Codes):
    """What is right about a passage of which coders disagree."""

    reason: str
    together: bool = False
    """Decided by the coders together and not by a third person."""
    seen: tuple[str, ...] = ()
    """Judgements about the claim that were on the page."""


def make(desk: Desk, asked: Asked, form: NewTask) -> Done:
    """Make a task."""
    hand, given = _hand(asked), asdict(form)
    reason = given.pop("reason")
    plan, now = Plan(**given), stamp(desk.clock.now())
    kept = desk.keep(lambda read: said_of_task(read, plan, hand=hand, now=now), hand=hand, reason=reason)
    says = f"The task is made. {' and '.join(plan.coders)} code without seeing each other's codes."
    return Done(says=says, go=f"/coding/{kept.judgement.id}", judgement=kept.judgement.id)


def code(desk: Desk, asked: Asked, form: Codes) -> Done:
    """Write codes of one passage."""
    hand, task = _hand(asked), asked.path["id"]
    codes = codes_in(form)
    kept = desk.keep(lambda read: said_of_code(read, task, form.unit, codes, form.note, hand=hand), hand=hand, reason=why_coded(task))
    found = _coding(desk, task)
    left = len(found.left(hand.who))
    if not found.open:
        says = "Kept. Everybody has finished: the codes can be seen now."
    else:
        says = f"Kept. {left} left." if left else "Kept. You have coded every passage; the codes are shown when all have finished."
    return Done(says=says, go=f"/coding/{found.task.id}", judgement=kept.judgement.id, data={"left": left, "open": found.open})


def close(desk: Desk, asked: Asked, form: Ending) -> Done:
    """End a task early."""
    hand, task = _hand(asked), asked.path["id"]
    kept = desk.keep(lambda read: said_of_close(read, task), hand=hand, reason=form.reason)
    return Done(says="The task is ended. What was coded can be seen now.", go=f"/coding/{task}", judgement=kept.judgement.id)


def settle(desk: Desk, asked: Asked, form: Settling) -> Done:
    """Settle a passage: first what follows for the claim, then the codes, with a link to it."""
    hand, task, codes = _hand(asked), asked.path["id"], codes_in(form)
    found = _coding(desk, task)
    check_settling(desk, found, form, hand)
    verdict, says = _verdict(desk, found, form, codes, hand)

    kept = desk.keep(
        lambda read: said_of_settling(read, task, form.unit, codes, together=form.together, verdict=verdict, hand=hand),
        hand=hand,
        reason=form.reason,
    )
    return Done(says=says, go=f"/coding/{found.task.id}/adjudicate", judgement=kept.judgement.id, data={"verdict": verdict})


def check_settling(desk: Desk, found: Coding, form: Settling, hand: Hand) -> None:
    """Raise InputError for what could not be settled so, before anything is kept."""
    with looking(desk.case) as reader:
        said_of_settling(reader, found.task.id, form.unit, codes_in(form), together=form.together, verdict="", hand=hand)


def _verdict(desk: Desk, found: Coding, form: Settling, codes: dict[str, str], hand: Hand) -> tuple[str, str]:
    """What the settled codes make of the claim: the judgement that was kept, and a sentence."""
    unit = found.task.unit(form.unit)
    with looking(desk.case) as reader:
        claim = reader.exact().get(Claim, unit.claim) if unit and unit.claim else None
    if claim is None:
        return "", "Settled. No claim was read there, so none is changed."
    edits = edits_of(codes, claim)
    decision = REJECT if codes.get("is_claim") == NO else EDIT if edits else ACCEPT
    kept = desk.say_of(
        claim.id, level="claim", decision=decision, edits=edits if decision == EDIT else None, hand=hand, reason=form.reason, seen=form.seen
    )
    done = {REJECT: "rejected", EDIT: f"read otherwise ({', '.join(edits)})", ACCEPT: "accepted"}[decision]
    return kept.judgement.id, f"Settled: the claim is {done}."


def edits_of(codes: dict[str, str], claim: Claim) -> dict[str, str]:
    """Fields of a claim that were settled otherwise than the program read them. What a claim has no field for changes nothing."""
    read = machine_codes(claim)
    told = {
        VARIABLES[name].field: code for name, code in codes.items() if code != NONE and code != read.get(name) and VARIABLES[name].field
    }
    if claim.quantity is None:
        return {name: code for name, code in told.items() if name not in {"value", "comparator"}}
    return told


def codes_in(form: Codes) -> dict[str, str]:
    """The codes of a form that are not empty."""
    given = {field.name: getattr(form, field.name) for field in fields(Codes) if field.name in VARIABLES}
    return {name: code for name, code in given.items() if code}


def _hand(asked: Asked) -> Hand:
    if asked.visitor.hand is None:
        raise InputError("Say who decides: every code is signed.")
    return asked.visitor.hand


def _coding(desk: Desk, task: str) -> Coding:
    with looking(desk.case) as reader:
        return coding_of(reader, task)


ACTIONS = (
    Action(path="/coding", form=NewTask, act=make, does="Make a coding task for two or more coders.", right=REVIEW),
    Action(path="/coding/{id}/code", form=Codes, act=code, does="Write your codes of one passage of a task.", right=JUDGE),
    Action(path="/coding/{id}/close", form=Ending, act=close, does="End a task before all have finished.", right=REVIEW),
    Action(path="/coding/{id}/adjudicate", form=Settling, act=settle, does="Settle a passage of which coders disagree.", right=REVIEW),
)
