"""What people say of the edges of a fact's lineage: confirmed, disputed, added."""

from __future__ import annotations

from dataclasses import dataclass

from armslength.base.errors import ConflictError, InputError
from armslength.model.facts import Fact
from armslength.model.rights import REVIEW
from armslength.pipeline.desk import Desk
from armslength.pipeline.judging import KINDS
from armslength.pipeline.masking import looking
from armslength.pipeline.views.lineage import numbering, rows_of
from armslength.web.action import Action, Done
from armslength.web.actions.facts import count_of, hand_of, told
from armslength.web.lineage_picture import address
from armslength.web.page import Asked

_SAID = {"accept": "Confirmed.", "dispute": "Disputed: it ties nothing any more."}


@dataclass(frozen=True, slots=True, kw_only=True)
class OfEdge:
    """What is said of an edge."""

    edge: str
    decision: str
    """`accept` confirms it, `dispute` takes it out of the count."""
    reason: str
    opened: tuple[str, ...] = ()
    """Folds that were open in the picture."""
    seen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEdge:
    """An edge that the program did not find."""

    one: int
    """Number of a passage of the fact."""
    other: int
    kind: str
    """One that ties passages, or one that makes their two documents one text."""
    reason: str
    counted: str = ""
    """How the passages were numbered when they were looked at."""


def judge(desk: Desk, asked: Asked, form: OfEdge) -> Done:
    """Confirm or dispute an edge; what hangs on it is counted again."""
    if form.decision not in _SAID:
        raise InputError(f"{form.decision!r} cannot be said of an edge: it is accept or dispute.")
    fact = asked.path["id"]
    was = count_of(desk, fact)
    kept = desk.judge_edge(form.edge, decision=form.decision, hand=hand_of(asked), reason=form.reason, seen=form.seen)
    go = address(fact, opened=form.opened, edge=form.edge, was=was, to="evidence")
    return Done(says=_SAID[form.decision], go=go, judgement=kept.judgement.id, data={**told(kept), "was": was})


def add(desk: Desk, asked: Asked, form: NewEdge) -> Done:
    """Add an edge between two passages of a fact, or their documents."""
    fact = asked.path["id"]
    level = next((level for level, kinds in KINDS.items() if form.kind in kinds), "")
    ends = _ends(desk, fact, form, level)
    was = count_of(desk, fact)
    kept = desk.add_edge(ends, level=level, kind=form.kind, hand=hand_of(asked), reason=form.reason)
    go = address(fact, edge=kept.judgement.target, was=was, to="evidence")
    return Done(says="Added.", go=go, judgement=kept.judgement.id, data={**told(kept), "was": was})


def _ends(desk: Desk, fact_id: str, form: NewEdge, level: str) -> tuple[str, str]:
    """The claims, or documents, that two numbers mean. Raises ConflictError where passages are numbered otherwise now."""
    with looking(desk.case) as reader:
        fact = reader.get(Fact, fact_id)
        if fact is None:
            raise InputError("This case has no such fact any more.")
        rows = rows_of(reader, fact)
    if form.counted and form.counted != numbering(rows):
        raise ConflictError("The passages of this fact are not the same any more, and are numbered otherwise.")
    if not {form.one, form.other} <= set(range(1, len(rows.claims) + 1)):
        raise InputError(f"The passages of this fact are numbered from 1 to {len(rows.claims)}.")
    one, other = rows.claims[form.one - 1], rows.claims[form.other - 1]
    return (one.doc, other.doc) if level == "document" else (one.id, other.id)


ACTIONS = (
    Action(path="/facts/{id}/lineage/judge", form=OfEdge, act=judge, does="Confirm or dispute an edge of a fact's lineage.", right=REVIEW),
    Action(
        path="/facts/{id}/lineage/add",
        form=NewEdge,
        act=add,
        does="Add an edge between two passages of a fact, or their documents.",
        right=REVIEW,
    ),
)
