"""Deciding about claims: accept, reject, read otherwise, take back.

Each answers a script with the record as it stands then, and a plain form with the next claim that nobody has decided.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from armslength.base.errors import InputError
from armslength.model.claims import Claim
from armslength.model.decisions import Judgement, told
from armslength.model.verdicts import ACCEPTED, CONTESTED, EDIT, REJECTED
from armslength.pipeline.desk import Desk, Kept
from armslength.pipeline.masking import looking
from armslength.pipeline.signing import Conflict, Hand, heads_about
from armslength.pipeline.verdicting import FIELDS
from armslength.pipeline.views.document import next_undecided, record_of
from armslength.pipeline.views.records import EDITED, Record
from armslength.store.read import Reader
from armslength.web.action import Action, Done
from armslength.web.page import Asked

_SAYS = {ACCEPTED: "accepted", REJECTED: "rejected", EDITED: "read otherwise", CONTESTED: "contested"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasoned:
    """A decision that needs nothing but its reason."""

    reason: str
    seen: tuple[str, ...] = ()
    """Ids of the judgements about the claim that whoever decides had before them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Otherwise:
    """A claim as a person reads it: only what is other than before is given."""

    reason: str
    seen: tuple[str, ...] = ()
    kind: str = ""
    speech_act: str = ""
    modality: str = ""
    measure: str = ""
    value: str = ""
    comparator: str = ""
    as_of: str = ""
    """EDTF, as all dates."""
    event_date: str = ""
    claimed_period: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nothing:
    """Nothing needs to be said."""


def accept(desk: Desk, asked: Asked, form: Reasoned) -> Done:
    """The passage says this."""
    return _say(desk, asked, form, "accept")


def reject(desk: Desk, asked: Asked, form: Reasoned) -> Done:
    """The passage does not say this."""
    return _say(desk, asked, form, "reject")


def edit(desk: Desk, asked: Asked, form: Otherwise) -> Done:
    """The passage says something else than the program read."""
    record = _record(desk, asked, form.seen)
    given = {name: text for name in FIELDS["claim"] if (text := getattr(form, name).strip())}
    edits = {name: text for name, text in given.items() if text != record.fields.get(name, "")}
    if not edits:
        raise InputError("Nothing is read otherwise: change at least one field, or accept the claim.")
    # An edit takes the place of the one before it: what that read otherwise stays so, unless it is changed again.
    earlier = {row.field: record.fields[row.field] for row in record.readings if row.field in record.fields}
    return _say(desk, asked, form, EDIT, edits={**earlier, **edits})


def withdraw(desk: Desk, asked: Asked, form: Reasoned) -> Done:
    """What was decided about the claim no longer holds."""
    record = _record(desk, asked, form.seen)
    if len(record.decided) != 1:
        raise InputError("Two people decided apart: decide yourself, and that takes the place of both." if record.decided else _NOTHING)
    kept = desk.withdraw(record.decided[0].judgement, hand=hand_in(asked), reason=form.reason, seen=form.seen)
    return _done(desk, asked, kept, f"What was decided about claim {record.number} is taken back.", stay=True)


def undo(desk: Desk, asked: Asked, form: Nothing) -> Done:
    """Take back what whoever asks decided last."""
    del form
    kept = desk.undo(hand_in(asked))
    with looking(desk.case, unmasked=asked.visitor.names) as reader:
        found = reader.all(Claim, id=sorted({row.target for row in (kept.judgement, *kept.others)}))
        record = record_of(reader, found[0].id) if found else None
        gone = _gone(reader, kept)
    if record is None:
        says, go = "The last thing you decided is taken back.", "/documents"
    else:
        says, go = f"What you decided about claim {record.number} is taken back.", address(found[0].doc, record.id)
    return Done(says=says, go=go, judgement=kept.judgement.id, data={"claim": record.id if record else "", "gone": gone})


def _gone(reader: Reader, kept: Kept) -> list[str]:
    """Ids of the claims that people had put into the text by what is taken back: they go with it."""
    old = {replaced for row in (kept.judgement, *kept.others) for replaced in row.replaces}
    return sorted({str(told(row)["claim"]["id"]) for row in reader.all(Judgement, id=sorted(old)) if "claim" in told(row)})


_NO_CLAIM = "The case holds no such claim. It may have been read anew: load the page again."
_NOTHING = "Nothing was decided about this claim, so there is nothing to take back."


def _say(desk: Desk, asked: Asked, form: Any, decision: str, *, edits: Mapping[str, str] | None = None) -> Done:
    claim = asked.path["id"]
    with looking(desk.case) as reader:  # one that is not there is said so, and not looked for by the beginning of its id
        if not _doc(reader, claim):
            raise InputError(_NO_CLAIM)
    kept = desk.say_of(claim, level="claim", decision=decision, hand=hand_in(asked), reason=form.reason, edits=edits, seen=form.seen)
    return _done(desk, asked, kept, "")


def _done(desk: Desk, asked: Asked, kept: Kept, says: str, *, stay: bool = False) -> Done:
    """What came of a judgement: the record as it stands now, and where to go on."""
    claim = kept.judgement.target
    with looking(desk.case, unmasked=asked.visitor.names) as reader:
        record, doc = record_of(reader, claim), _doc(reader, claim)
        gone = _gone(reader, kept) if stay else []
        following = claim if stay or record is None else next_undecided(reader, doc, record.end)
    said = says or (f"Claim {record.number} is {_SAYS.get(record.state, record.state)}." if record else "It is kept.")
    return Done(
        says=said,
        go=address(doc, following or claim),
        judgement=kept.judgement.id,
        data={"record": record, "groups": record.groups if record else (), "next": following, "pending": kept.pending, "gone": gone},
    )


def address(doc: str, claim: str) -> str:
    """Where a claim is shown beside its text."""
    return f"/documents/{doc}?claim={claim}#claim-{claim}"


def _record(desk: Desk, asked: Asked, seen: Collection[str]) -> Record:
    """The claim's record as it stands. Raises Conflict where others decided than those `seen`: what was meant may be senseless now."""
    claim = asked.path["id"]
    with looking(desk.case, unmasked=asked.visitor.names) as reader:
        found = record_of(reader, claim)
        standing = heads_about(reader.exact(), [claim])[claim]
    if {row.id for row in standing} != set(seen):
        raise Conflict(standing)
    if found is None:
        raise InputError(_NO_CLAIM)
    return found


def _doc(reader: Reader, claim: str) -> str:
    found = reader.get(Claim, claim)
    return found.doc if found else ""


def hand_in(asked: Asked) -> Hand:
    """What whoever asks signs with. Raises InputError for somebody who has not said who they are."""
    if asked.visitor.hand is None:
        raise InputError("Say who decides first.")
    return asked.visitor.hand


ACTIONS = (
    Action(path="/claims/{id}/accept", form=Reasoned, act=accept, does="Accept a claim: the passage says this."),
    Action(path="/claims/{id}/reject", form=Reasoned, act=reject, does="Reject a claim: the passage does not say this."),
    Action(path="/claims/{id}/edit", form=Otherwise, act=edit, does="Read a claim otherwise. The program's reading stays beside it."),
    Action(path="/claims/{id}/withdraw", form=Reasoned, act=withdraw, does="Take back what was decided about a claim."),
    Action(path="/claims/undo", form=Nothing, act=undo, does="Take back what you decided last."),
)
