"""Claims that people add: what a passage says and the program missed, what it says in the place of what was read, or who says it.

In:  a case; where the words stand; kind, number, dates, places, methods and voices, as somebody chose them; their hand.
Out: a judgement that holds the claim whole, and what came of it. A claim that is divided, or whose chain is another, is rejected in the
     same step, and the added ones hold as long as it is.
Never: takes a claim whose words are not the document's (rule 1), a code, date or place that is none, a place finer than a city (METHOD P4);
takes a person's name as text: a voice or party that is a person is named by where the words stand, and is protected like every other.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import msgspec

from armslength.base.clock import Clock
from armslength.base.errors import InputError
from armslength.extract.about import page_links
from armslength.model.added import added_by, added_id, target_of, value_of
from armslength.model.claims import Claim, Dated, Link, Party, Quantity, mention_id
from armslength.model.decisions import ADD
from armslength.model.edtf import is_valid
from armslength.model.evidence import Document
from armslength.model.ontology import load as load_ontology
from armslength.model.verdicts import BY_A_REVIEWER, REJECT, bounds_of, verdicts
from armslength.pipeline.adding_words import find_places_named, find_words, number_of, read_span
from armslength.pipeline.finding import find_by_prefix
from armslength.pipeline.remaking import Remade, remade
from armslength.pipeline.signing import Hand, Said, heads_about, sign_all
from armslength.store.case import open_case
from armslength.store.read import Reader
from armslength.store.write import writing

ROLES = ("target", "perpetrator", "operator", "actor", "authority", "denier", "asked", "report")
"""What somebody a claim is about can be in it."""
PERSON = "person"
_NAMED = re.compile(r"(?:(?P<role>[a-z]+)/)?(?P<kind>[a-z]+)(?P<how>[=@])(?P<what>.+)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A claim as somebody fills it in. Everything is text, as a form or a command line gives it."""

    doc: str = ""
    """Id of the document; of a part of a claim it may be left out."""
    quote: str = ""
    """The exact words; with `start` and `end` it may be left out."""
    start: int = -1
    """Where they begin in the document's text, in code points; -1 to look for the quote."""
    end: int = -1
    kind: str
    """Code of the ontology."""
    speech_act: str = "asserts"
    modality: str = "stated"
    measure: str = ""
    """What is counted; empty where no number is."""
    value: str = ""
    comparator: str = "="
    as_of: str = ""
    """EDTF."""
    event_date: str = ""
    """EDTF."""
    claimed_period: str = ""
    """EDTF."""
    places: tuple[str, ...] = ()
    """Names of countries, regions and cities: `Rome`, or `Rome, IT`."""
    methods: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    """Other codes: responses, outcomes, functions and states of a site."""
    voices: tuple[str, ...] = ()
    """Who says it, after the page's own voice, down to the deepest source: `KIND=WORDS` of the document, or `KIND@START-END`. A person only
    by the latter."""
    parties: tuple[str, ...] = ()
    """Whom it is about: `ROLE/KIND=WORDS` or `ROLE/KIND@START-END`."""


def add_claim(folder: Path, draft: Draft, *, reason: str, hand: Hand, clock: Clock) -> Remade:
    """Add a claim that the program missed."""
    with writing(open_case(folder, clock=clock, actor=hand.who), clock=clock, actor=hand.who) as writer:
        return remade(writer, *sign_all(writer, said_of_claim(writer.read, draft), hand=hand, reason=reason, clock=clock))


def divide_claim(folder: Path, claim: str, drafts: Sequence[Draft], *, reason: str, hand: Hand, clock: Clock) -> Remade:
    """Put two or more claims in the place of one, in one step."""
    with writing(open_case(folder, clock=clock, actor=hand.who), clock=clock, actor=hand.who) as writer:
        said = said_of_division(writer.read, claim, drafts)
        return remade(writer, *sign_all(writer, said, hand=hand, reason=reason, clock=clock))


def change_chain(folder: Path, claim: str, voices: Sequence[str], *, reason: str, hand: Hand, clock: Clock) -> Remade:
    """Say that other voices stand behind a claim than those the program read."""
    with writing(open_case(folder, clock=clock, actor=hand.who), clock=clock, actor=hand.who) as writer:
        said = said_of_chain(writer.read, claim, voices)
        return remade(writer, *sign_all(writer, said, hand=hand, reason=reason, clock=clock))


def said_of_claim(reader: Reader, draft: Draft) -> tuple[Said, ...]:
    """What adds a claim. Raises InputError for one that cannot be, or that was added already."""
    claim = claim_of(reader, draft)
    said = Said(target=target_of(claim.id), decision=ADD, value=value_of(claim))
    if {(row.decision, row.value) for row in heads_about(reader, [said.target])[said.target]} == {(ADD, said.value)}:
        raise InputError("The very same claim was added already.")
    return (said,)


def said_of_division(reader: Reader, claim: str, drafts: Sequence[Draft]) -> tuple[Said, ...]:
    """What divides a claim: its rejection first. Raises InputError for fewer than two parts, or for a part that cannot be."""
    old = find_by_prefix(reader, Claim, claim, word="claim")
    parts = [claim_of(reader, replace(draft, doc=draft.doc or old.doc)) for draft in drafts]
    if len({part.id for part in parts} | {old.id}) < len(parts) + 1 or len(parts) < 2:
        raise InputError("A claim is divided into two or more that say different things; none of them the same as before.")
    if any(part.doc != old.doc for part in parts):
        raise InputError("All parts of a claim stand in its own document.")
    return _in_place_of(old.id, parts)


def said_of_chain(reader: Reader, claim: str, voices: Sequence[str]) -> tuple[Said, ...]:
    """What puts another chain of voices behind a claim: its rejection, and the same claim with that chain; for a claim that was added, only
    the latter. Raises InputError for voices that cannot be.
    """
    old = find_by_prefix(reader, Claim, claim, word="claim")
    document = _document(reader, old.doc)
    chain = _chain(document, voices, (old.start, old.end))
    if chain == old.attribution:
        raise InputError("These are the voices that were read; nothing was changed.")
    if added_by(old):
        new = replace(old, attribution=chain)
        return (Said(target=target_of(old.id), decision=ADD, value=value_of(new, replaces=added_by(old).get("replaces", ""))),)
    read = verdicts(row for rows in heads_about(reader, [old.id]).values() for row in rows).edited(old)
    new = replace(read, attribution=chain, confidence=1.0)
    return _in_place_of(old.id, [replace(new, id=added_id(new))])


def read_draft(text: str) -> Draft:
    """A draft from a JSON object. Raises InputError, naming the field, for what is none."""
    try:
        given = msgspec.json.decode(text, type=dict[str, Any])
        unknown = sorted(given.keys() - {field.name for field in fields(Draft)})
        if unknown:
            raise InputError(f"A claim has no field {', '.join(unknown)}.")
        return msgspec.convert(given, type=Draft)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise InputError(f"That is no claim as JSON: {error}.") from None


def claim_of(reader: Reader, draft: Draft) -> Claim:
    """The claim that a draft describes. Raises InputError, naming the field, for what cannot be."""
    document = _document(reader, draft.doc)
    start, end = _span(document, draft)
    ontology = load_ontology()
    claim = Claim(
        id="",
        doc=document.id,
        start=start,
        end=end,
        quote=document.text[start:end],
        kind=ontology.canonical(draft.kind, scheme="kinds"),
        speech_act=ontology.canonical(draft.speech_act, scheme="speech_acts"),
        modality=ontology.canonical(draft.modality, scheme="modalities"),
        attribution=_chain(document, draft.voices, (start, end)),
        quantity=_quantity(document, draft, (start, end)),
        as_of=_dated("as_of", draft.as_of),
        event_date=_dated("event_date", draft.event_date),
        claimed_period=_dated("claimed_period", draft.claimed_period),
        places=find_places_named(document.text, draft.places, (start, end)),
        methods=tuple(dict.fromkeys(ontology.canonical(code, scheme="methods") for code in draft.methods)),
        codes=tuple(dict.fromkeys(ontology.canonical(code) for code in draft.codes)),
        parties=tuple(_party(document, told, (start, end)) for told in draft.parties),
        confidence=1.0,
    )
    return replace(claim, id=added_id(claim))


def _in_place_of(old: str, parts: Sequence[Claim]) -> tuple[Said, ...]:
    into = {"level": "claim", "into": sorted(part.id for part in parts)}
    rejection = Said(target=old, decision=REJECT, value=json.dumps(into, sort_keys=True, separators=(",", ":")))
    return (rejection, *(Said(target=target_of(part.id), decision=ADD, value=value_of(part, replaces=old)) for part in parts))


def _document(reader: Reader, doc: str) -> Document:
    return find_by_prefix(reader, Document, doc, word="document")


def _span(document: Document, draft: Draft) -> tuple[int, int]:
    """Where the words of a draft stand: by offsets, which have to hold the quote if there is one, or by the quote alone."""
    if draft.start < 0:
        return find_words(document.text, draft.quote)
    start, end = draft.start, draft.end if draft.end >= 0 else draft.start + len(draft.quote)
    if not 0 <= start < end <= len(document.text):
        raise InputError(f"{start}-{end} is no stretch of this document: its text has {len(document.text)} characters.")
    if draft.quote and document.text[start:end] != draft.quote:
        raise InputError(f"The document does not say this at {start}-{end}. A claim holds the exact words of its document.")
    if not document.text[start:end].strip():
        raise InputError("There are no words there.")
    return start, end


def _chain(document: Document, voices: Iterable[str], within: tuple[int, int]) -> tuple[Link, ...]:
    """The page's own voice, and those that a reviewer names, outermost first."""
    found = [_named(document, told, within) for told in voices]
    links = (
        Link(
            name=name,
            kind=kind,
            mention=mention_id(document.id, kind, name),
            start=start,
            end=end,
            latent=not (within[0] <= start and end <= within[1]),
        )
        for _, kind, name, start, end in found
    )
    return (*page_links(document), *links)


def _party(document: Document, told: str, within: tuple[int, int]) -> Party:
    role, kind, name, start, end = _named(document, told, within)
    if role not in ROLES:
        raise InputError(f"{role!r} is nothing that somebody can be in a claim; it can be {', '.join(ROLES)}.")
    return Party(role=role, name=name, kind=kind, mention=mention_id(document.id, kind, name), start=start, end=end)


def _named(document: Document, told: str, within: tuple[int, int]) -> tuple[str, str, str, int, int]:
    """(role, kind, name, start, end) of `ROLE/KIND=WORDS` or `ROLE/KIND@START-END`."""
    match = _NAMED.fullmatch(told.strip())
    if match is None:
        raise InputError("Name a voice as KIND=WORDS, or KIND@START-END; a party as ROLE/KIND=WORDS, or ROLE/KIND@START-END.")
    kind = load_ontology().canonical(match["kind"], scheme="link_kinds")
    if match["how"] == "@":
        start, end = read_span(match["what"], len(document.text))
    elif kind == PERSON:
        raise InputError("A person is named by where the words stand, and not by the name: person@START-END.")
    else:
        start, end = find_words(document.text, match["what"], near=within)
    name = " ".join(document.text[start:end].split())
    if not name:
        raise InputError(f"There are no words at {start}-{end}.")
    return match["role"] or "", kind, name, start, end


def _dated(field: str, edtf: str) -> Dated | None:
    if not edtf.strip():
        return None
    if not is_valid(edtf.strip()):
        raise InputError(f"{field}: {edtf!r} is no date in EDTF: write 2026, 2026-03, 2026-03-14, 2026-01/2026-03.")
    return Dated(edtf=edtf.strip(), basis=BY_A_REVIEWER)


def _quantity(document: Document, draft: Draft, within: tuple[int, int]) -> Quantity | None:
    if not draft.measure and not draft.value:
        return None
    if not draft.measure or not draft.value:
        raise InputError("A number needs both: what is counted (measure) and how many (value).")
    ontology = load_ontology()
    value, (start, end) = number_of(draft.value, document.text, within)
    comparator = ontology.canonical(draft.comparator, scheme="comparators")
    low, high = bounds_of(value, comparator)
    measure = ontology.canonical(draft.measure, scheme="measures")
    return Quantity(measure=measure, value=value, comparator=comparator, low=low, high=high, unit="", start=start, end=end)
