"""Adding claims that the program missed, and dividing one into two.

Offsets are code points into the document; the words are the document's own and never what a page sends. Words that somebody pastes are
looked for in the text as they see it: blocks over a protected name are found by where they stand, and nothing tells what is under them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from armslength.base.errors import InputError
from armslength.base.offsets import trim
from armslength.extract.about import page_links
from armslength.model.claims import Claim
from armslength.model.decisions import told
from armslength.model.evidence import Document
from armslength.pipeline.adding import PERSON, ROLES, Draft
from armslength.pipeline.adding_words import find_words
from armslength.pipeline.desk import Desk, Kept
from armslength.pipeline.masking import looking
from armslength.pipeline.views.document import record_of
from armslength.pipeline.views.records import said_of
from armslength.store.read import Reader
from armslength.web.action import Action, Done
from armslength.web.actions.claims import address, hand_in
from armslength.web.page import Asked

_SOON = "It stands beside the text as soon as the case is counted again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """A claim as somebody reads it in the text. Either `start` and `end`, or `words`."""

    reason: str
    kind: str
    """Code of the ontology, as all codes here."""
    start: int = -1
    """Where its words begin in the document, in code points."""
    end: int = -1
    words: str = ""
    """The words as they are shown; they have to stand there once."""
    speech_act: str = "reports"
    modality: str = "stated"
    measure: str = ""
    """What is counted; empty where no number is."""
    value: str = ""
    comparator: str = "="
    as_of: str = ""
    """EDTF, as all dates."""
    event_date: str = ""
    claimed_period: str = ""
    place: str = ""
    """Name of a country, region or city: `Rome`, or `Rome, IT`."""
    methods: tuple[str, ...] = ()
    voices: str = ""
    """One voice a line, whoever passes it on before whom they have it from: `KIND@START-END`, or `KIND=WORDS`. Empty for the page's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Divided:
    """Where a claim is cut in two."""

    reason: str
    at: int = -1
    """The place in the document at which the second one begins, in code points."""
    words: str = ""
    """Where no place is given: the words that the second one begins with."""
    kinds: tuple[str, ...] = ()
    """Kinds of the two, where they are not that of the one."""
    seen: tuple[str, ...] = ()


def add(desk: Desk, asked: Asked, form: Missed) -> Done:
    """Add a claim that the program missed."""
    doc = asked.path["id"]
    with looking(desk.case, unmasked=asked.visitor.names) as reader:
        shown = reader.get(Document, doc)
    if shown is None:
        raise InputError("The case holds no such document.")
    start, end = (form.start, form.end) if form.start >= 0 else find_words(shown.text, form.words)
    draft = Draft(
        doc=doc,
        start=start,
        end=end,
        kind=form.kind,
        speech_act=form.speech_act,
        modality=form.modality,
        measure=form.measure,
        value=form.value,
        comparator=form.comparator,
        as_of=form.as_of,
        event_date=form.event_date,
        claimed_period=form.claimed_period,
        places=tuple(place for place in (form.place.strip(),) if place),
        methods=form.methods,
        voices=tuple(_voice(line, shown, (start, end)) for line in form.voices.splitlines() if line.strip()),
    )
    kept = desk.add_claim(draft, hand=hand_in(asked), reason=form.reason)
    claim = _claims_in(kept)[0]
    return Done(says=f"The claim is added. {_SOON}", go=address(doc, claim), judgement=kept.judgement.id, data={"claim": claim})


def divide(desk: Desk, asked: Asked, form: Divided) -> Done:
    """Put two claims in the place of one that says two things."""
    with looking(desk.case, unmasked=True) as reader:  # its fields are handed on and not shown
        claim = reader.get(Claim, asked.path["id"])
        document = reader.get(Document, claim.doc) if claim else None
        read = said_of(reader, [claim.id]).verdicts.edited(claim) if claim else None
    if claim is None or document is None or read is None:
        raise InputError("The case holds no such claim. It may have been read anew: load the page again.")
    drafts = _halves(read, document, form, at=_cut(desk, asked, form, claim))
    kept = desk.divide_claim(claim.id, drafts, hand=hand_in(asked), reason=form.reason, seen=form.seen)
    with looking(desk.case, unmasked=asked.visitor.names) as reader:
        from_here = _shown(reader, claim.id)
    says = f"The claim is divided. {_SOON}"
    return Done(says=says, go=address(claim.doc, claim.id), judgement=kept.judgement.id, data={**from_here, "others": _claims_in(kept)})


def _voice(line: str, shown: Document, within: tuple[int, int]) -> str:
    """A voice by where it stands, also where it was given by its words."""
    kind, named, words = line.strip().partition("=")
    if not named or "@" in kind or kind.strip() == PERSON:  # a person is named by place only; the door says so
        return line.strip()
    start, end = find_words(shown.text, words, near=within)
    return f"{kind.strip()}@{start}-{end}"


def _cut(desk: Desk, asked: Asked, form: Divided, claim: Claim) -> int:
    """Where a claim is cut. Raises InputError for a place that is not between two of its words."""
    at = form.at
    if at < 0 and form.words.strip():
        with looking(desk.case, unmasked=asked.visitor.names) as reader:
            shown = reader.get(Document, claim.doc)
        at = find_words(shown.text, form.words, near=(claim.start, claim.end))[0] if shown else at
    if not claim.start < at < claim.end:
        raise InputError("A claim is cut between two of its own words.")
    return at


def _halves(read: Claim, document: Document, form: Divided, *, at: int) -> Sequence[Draft]:
    number = read.quantity
    whole = Draft(
        doc=document.id,
        kind=read.kind,
        speech_act=read.speech_act,
        modality=read.modality,
        as_of=read.as_of.edtf if read.as_of else "",
        event_date=read.event_date.edtf if read.event_date else "",
        claimed_period=read.claimed_period.edtf if read.claimed_period else "",
        methods=read.methods,
        codes=read.codes,
        voices=tuple(
            f"{link.kind}@{link.start}-{link.end}" for link in read.attribution[len(page_links(document)) :] if link.start is not None
        ),
    )
    out = []
    for place, (low, high) in enumerate(((read.start, at), (at, read.end))):
        start, end = trim(document.text, low, high)
        half = replace(whole, start=start, end=end, kind=form.kinds[place] if place < len(form.kinds) else read.kind)
        if number is not None and number.value is not None and low <= number.start < high:
            half = replace(half, measure=number.measure, value=f"{number.value:.15g}", comparator=number.comparator)
        parties = (f"{one.role}/{one.kind}@{one.start}-{one.end}" for one in read.parties if one.role in ROLES and low <= one.start < high)
        places = (f"{one.name}, {one.country}" for one in read.places if one.country and one.start is not None and low <= one.start < high)
        out.append(replace(half, parties=tuple(parties), places=tuple(places)))
    return out


def _shown(reader: Reader, claim: str) -> dict[str, object]:
    record = record_of(reader, claim)
    return {"record": record, "groups": record.groups if record else ()}


def _claims_in(kept: Kept) -> list[str]:
    """Ids of the claims that judgements add."""
    return [str(told(row)["claim"]["id"]) for row in (kept.judgement, *kept.others) if "claim" in told(row)]


ACTIONS = (
    Action(path="/documents/{id}/claims", form=Missed, act=add, does="Add a claim that the program missed, on words of a document."),
    Action(path="/claims/{id}/split", form=Divided, act=divide, does="Put two claims in the place of one that says two things."),
)
