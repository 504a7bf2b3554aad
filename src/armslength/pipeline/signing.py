"""A reviewer's hand: who decides, the key they sign with, and the judgement that comes of it.

In:  a case, a reviewer's pseudonym, the folder their keys are in.
Out: a `Hand`; signed judgements, kept and logged.
Never: signs for somebody who is no reviewer of the case; edits an earlier judgement: a later one supersedes it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from armslength.base.clock import Clock, stamp
from armslength.base.errors import ConflictError, InputError
from armslength.model.decisions import Judgement, heads
from armslength.model.reviewers import Reviewers
from armslength.pipeline.following import voids_now
from armslength.pipeline.naming import refuse_names
from armslength.store.case import open_case
from armslength.store.keys import SigningKey
from armslength.store.read import Reader, reading
from armslength.store.reviewer_keys import has_reviewer_key, load_reviewer_key
from armslength.store.signing import checked, known_reviewers, signed
from armslength.store.write import Writer

TurnOf = Callable[[str], AbstractContextManager[Writer]]
"""For somebody's pseudonym a writer, when it is their turn."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a judgement is to say, before anybody has signed it."""

    target: str
    decision: str
    value: str = ""


class Conflict(ConflictError):  # noqa: N818 - the noun of this program: two decisions about one thing
    """Others stand about a target than whoever decides had on screen. Nothing was kept."""

    def __init__(self, rows: Sequence[Judgement]) -> None:
        self.rows = tuple(rows)
        """What stands now, the earliest first."""
        told = "; ".join(f"{row.who} decided ({row.decision}) on {row.when[:10]} at {row.when[11:16]} UTC" for row in rows)
        now = told or "what you saw was taken back"
        super().__init__(f"Somebody decided about this while you were looking: {now}. Nothing was kept; look again, and decide.")


def heads_about(reader: Reader, targets: Iterable[str]) -> dict[str, list[Judgement]]:
    """For each of these targets the judgements that no other supersedes, the earliest first, as `model.decisions.heads` has them.

    Reads only what was decided about these targets, and the imports that were taken back.
    """
    wanted = sorted(set(targets))
    voids = voids_now(reader)
    rows = reader.all(Judgement, target=sorted({*wanted, *(row.target for row in voids)}))
    found = heads(rows)
    return {target: found.get(target, []) for target in wanted}


def judge(writer: Writer, hand: Hand, *, target: str, decision: str, reason: str, clock: Clock, value: str = "") -> Judgement:
    """Keep a signed judgement about a target, in the place of all that stood. Raises InputError where no reason is given."""
    return keep(writer, Said(target=target, decision=decision, value=value), hand=hand, reason=reason, clock=clock)


def keep(writer: Writer, said: Said, *, hand: Hand, reason: str, clock: Clock, seen: Collection[str] | None = None) -> Judgement:
    """Sign what is said and keep it. With `seen`, raises Conflict where other judgements stand about the target than these."""
    row = signed_row(writer, said, hand=hand, reason=reason, clock=clock, seen=seen)
    writer.decide(row)
    return row


def judgement_row(writer: Writer, hand: Hand, *, target: str, decision: str, reason: str, clock: Clock, value: str = "") -> Judgement:
    """The judgement, not kept yet."""
    return signed_row(writer, Said(target=target, decision=decision, value=value), hand=hand, reason=reason, clock=clock)


def signed_row(writer: Writer, said: Said, *, hand: Hand, reason: str, clock: Clock, seen: Collection[str] | None = None) -> Judgement:
    """The judgement that says it, in the place of all that stands about the target; not kept yet.

    Raises InputError where no reason is given or it holds a protected name, and Conflict where others stand than those `seen`.
    """
    if not reason.strip():
        raise InputError("A judgement needs a reason: it is read by whoever disputes it.")
    refuse_names(writer.read, reason)
    before = heads_about(writer.read, [said.target])[said.target]
    if seen is not None and {row.id for row in before} != set(seen):
        raise Conflict(before)
    row = Judgement(
        id="",
        target=said.target,
        decision=said.decision,
        reason=reason.strip(),
        who=hand.who,
        when=stamp(clock.now()),
        value=said.value,
        supersedes=" ".join(row.id for row in before),
    )
    return signed(row, case=writer.case.id, key=hand.key)


def sign_all(
    writer: Writer, said: Sequence[Said], *, hand: Hand, reason: str, clock: Clock, seen: Iterable[str] | None = None
) -> list[Judgement]:
    """Judgements to be kept in one step. `seen` is about the first target."""
    first = None if seen is None else tuple(seen)
    return [
        signed_row(writer, one, hand=hand, reason=reason, clock=clock, seen=None if number else first) for number, one in enumerate(said)
    ]
