"""A reviewer's hand: who decides, the key they sign with, and the judgement that comes of it.

In:  a case, a reviewer's pseudonym, the folder their keys are in.
Out: a `Hand`; signed judgements, kept and logged.
Never: signs for somebody who is no reviewer of the case; edits an earlier judgement: a later one supersedes it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from armslength.base.clock import Clock, stamp
from armslength.base.errors import InputError
from armslength.model.decisions import Judgement, heads
from armslength.model.reviewers import Reviewers
from armslength.pipeline.naming import refuse_names
from armslength.store.case import open_case
from armslength.store.keys import SigningKey
from armslength.store.read import Reader, reading
from armslength.store.reviewer_keys import has_reviewer_key, load_reviewer_key
from armslength.store.signing import checked, known_reviewers, signed
from armslength.store.write import Writer


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """Who decides, and the key they sign with."""

    who: str
    key: SigningKey


def no_passphrase() -> str:
    """For a key that is under none."""
    return ""


def hand_of(folder: Path, who: str, *, keys: Path, clock: Clock, passphrase: Callable[[], str] = no_passphrase) -> Hand:
    """The hand of a reviewer of a case, with their key from the folder `keys`. Raises InputError when they are none, or it is not there."""
    with reading(open_case(folder)) as reader:
        mine = reviewers_of(reader).active_of(who, stamp(clock.now()))
    if not mine:
        raise InputError(
            f"{who!r} is no reviewer of this case, and every judgement is signed. Enter them: armslength reviewer add CASE {who}"
        )
    here = [row.key for row in mine if has_reviewer_key(keys, row.key)]
    if not here:
        wanted = ", ".join(row.key for row in mine)
        raise InputError(f"The key of {who!r} ({wanted}) is not on this machine. Copy its .pem file to {keys}, or decide where it is.")
    return Hand(who=who, key=load_reviewer_key(keys, here[0], passphrase=passphrase))


def judgements_of(reader: Reader) -> list[Judgement]:
    """The judgements of a case as they may be counted: one whose signature is not good is nobody's."""
    return checked(reader.all(Judgement), case=reader.case.id)


def reviewers_of(reader: Reader) -> Reviewers:
    """Who holds which key in a case."""
    return known_reviewers(reader.all(Judgement), case=reader.case.id)


def judge(writer: Writer, hand: Hand, *, target: str, decision: str, reason: str, clock: Clock, value: str = "") -> Judgement:
    """Keep a signed judgement about a target, in the place of all that stood. Raises InputError where no reason is given."""
    row = judgement_row(writer, hand, target=target, decision=decision, reason=reason, clock=clock, value=value)
    writer.decide(row)
    return row


def judgement_row(writer: Writer, hand: Hand, *, target: str, decision: str, reason: str, clock: Clock, value: str = "") -> Judgement:
    """The judgement, not kept yet."""
    if not reason.strip():
        raise InputError("A judgement needs a reason: it is read by whoever disputes it.")
    refuse_names(writer.read, reason)
    before = heads(writer.read.all(Judgement)).get(target, [])
    row = Judgement(
        id="",
        target=target,
        decision=decision,
        reason=reason.strip(),
        who=hand.who,
        when=stamp(clock.now()),
        value=value,
        supersedes=" ".join(row.id for row in before),
    )
    return signed(row, case=writer.case.id, key=hand.key)
