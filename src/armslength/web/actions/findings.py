"""What two people conclude about a fact: one proposes a finding, another agrees to it (METHOD C9)."""

from __future__ import annotations

from dataclasses import dataclass

from armslength.model.rights import REVIEW
from armslength.pipeline.desk import Desk
from armslength.web.action import Action, Done
from armslength.web.actions.facts import hand_of, told
from armslength.web.page import Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A finding that waits for a second person."""

    standard: str
    """Standard of proof: a code."""
    statement: str
    reason: str
    evidence_for: tuple[str, ...] = ()
    """Claims."""
    evidence_against: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What a second person says of a finding that waits."""

    finding: str
    """Id of the proposal."""
    reason: str
    seen: tuple[str, ...] = ()


def propose(desk: Desk, asked: Asked, form: Proposal) -> Done:
    """Propose a finding about a fact."""
    kept = desk.add_finding(
        asked.path["id"],
        standard=form.standard,
        statement=form.statement,
        evidence=(form.evidence_for, form.evidence_against),
        hand=hand_of(asked),
        reason=form.reason,
    )
    return Done(
        says="Proposed. It is a finding when a second person, with a key of their own, agrees.",
        go=f"/facts/{asked.path['id']}#findings",
        judgement=kept.judgement.id,
        data=told(kept),
    )


def agree(desk: Desk, asked: Asked, form: Agreement) -> Done:
    """Agree to a finding that somebody else proposed."""
    kept = desk.second_finding(form.finding, hand=hand_of(asked), reason=form.reason)
    by = f" by {kept.finding.author} and {kept.finding.second_reviewer}" if kept.finding else ""
    return Done(says=f"It is a finding now{by}.", go=f"/facts/{asked.path['id']}#findings", judgement=kept.judgement.id, data=told(kept))


ACTIONS = (
    Action(path="/facts/{id}/findings", form=Proposal, act=propose, does="Propose a finding about a fact.", right=REVIEW),
    Action(
        path="/facts/{id}/findings/second",
        form=Agreement,
        act=agree,
        does="Agree, as a second person, to a finding that waits.",
        right=REVIEW,
    ),
)
