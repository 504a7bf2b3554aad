"""The record of a claim: what the program read in a passage, what people decided about it, and where each of it stands in the text.

In:  claims of one document, judgements about them.
Out: `Record`: kind, number, dates, places, methods, the chain with its spans, the state and who decided it when and why, both readings.
Never: puts a person's reading in the place of the machine's without showing both; leaves out what was rejected.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from armslength.model.added import added_by
from armslength.model.claims import Claim, Dated
from armslength.model.decisions import Judgement, told
from armslength.model.evidence import Document
from armslength.model.ontology import load as load_ontology
from armslength.model.verdicts import ACCEPTED, ADDED, CONTESTED, EDIT, REJECTED, Verdict, Verdicts, verdicts
from armslength.pipeline.signing import heads_about
from armslength.pipeline.verdicting import SCHEMES
from armslength.pipeline.views import words
from armslength.pipeline.views.cutting import Parts
from armslength.pipeline.views.kinds import country_of, label_of
from armslength.pipeline.views.names import Names, Voice, voices
from armslength.pipeline.views.passages import limited
from armslength.store.read import Reader

UNDECIDED, EDITED = "undecided", "edited"
Places = Sequence[tuple[str, int, str]]
"""(id, start, run) of the claims of a document, in their order."""
STATES = {
    UNDECIDED: "not decided yet",
    ACCEPTED: "accepted",
    EDITED: "read otherwise",
    ADDED: "added by a person",
    REJECTED: "rejected",
    CONTESTED: "contested: people do not agree",
}
"""States of a claim, in words."""
_DATES = {"as_of": "As of", "event_date": "Happened", "claimed_period": "Period"}
_FIELDS = {
    "kind": "Kind", "speech_act": "How it is said", "modality": "How real", "measure": "What is counted", "value": "Number",
    "comparator": "Number is", **_DATES,
}  # fmt: skip
LOW = 0.5
"""A reading less sure than this is doubtful: the reader's own middle, which it gives where a rule has no figure of its own."""
_ADDED_RUN = "added:"
"""How the run is named that writes the claims which people added to a document."""
_UNSURE = frozenset({"possible", "doubtful", "hypothetical"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A voice of a chain, and where the document names it."""

    voice: Voice
    page: int
    """The part of the text in which it is named; 0 for the page's own voice."""
    paragraph: int
    """Number of the paragraph; 0 for the page's own voice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A date of a claim."""

    label: str
    words: str
    """Empty where it cannot be told."""
    edtf: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What one person decided about a claim, and stands."""

    judgement: str
    who: str
    what: str
    """In words."""
    when: str
    """In words, UTC."""
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A field that a person read otherwise than the program."""

    field: str
    label: str
    machine: str
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One claim of a document."""

    id: str
    number: int
    """Counted in the whole document, from 1."""
    start: int
    end: int
    quote: str
    kind: str
    """In words, as people read it."""
    family: str
    value: str
    unit: str
    dates: tuple[When, ...]
    places: tuple[str, ...]
    codes: tuple[str, ...]
    """Methods and other ontology codes, in words."""
    parties: tuple[tuple[str, str], ...]
    """(role in words, display name)."""
    speech_act: str
    modality: str
    chain: tuple[Told, ...]
    doubts: tuple[str, ...]
    """Why the reading is doubtful, in words; empty where it is not."""
    state: str
    state_words: str
    decided: tuple[Decided, ...]
    """The judgements that stand: one; more where they were made apart and do not agree."""
    readings: tuple[Reading, ...]
    """Where a person read otherwise: both readings."""
    seen: tuple[str, ...]
    """Ids of the judgements that stand: sent along with a decision, so that nobody decides over what they have not seen."""
    fields: Mapping[str, str]
    """Codes and values as people read them now, by the names that can be edited."""
    facts: tuple[str, ...]
    added_by: str
    """Who added it; empty for one that the program read."""
    replaces: str
    """The claim that it takes the place of, if any."""
    added_why: str
    """The reason they gave."""
    copies: int
    confidence: float
    why: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        """Whether somebody has to decide."""
        return self.state in {UNDECIDED, CONTESTED}

    @property
    def groups(self) -> tuple[str, ...]:
        """What the records can be narrowed to that this one belongs to."""
        found = ["all", "undecided" if self.is_open else "decided"]
        found += ["rejected"] if self.state == REJECTED else []
        return (*found, "doubtful") if self.doubts else tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What people decided about some claims."""

    verdicts: Verdicts
    heads: Mapping[str, Sequence[Judgement]]
    """Claim to the judgements that stand, also one that takes another back."""

    def open_among(self, places: Places) -> list[tuple[str, int]]:
        """(id, start) of the claims that somebody has to decide: nobody has, or people decided apart and not the same."""
        found = [(claim, start, self.verdicts.of_claims.get(claim), run) for claim, start, run in places]
        return [
            (claim, start) for claim, start, said, run in found if (said.state == CONTESTED if said else not run.startswith(_ADDED_RUN))
        ]


def said_of(reader: Reader, claims: Iterable[str]) -> Said:
    """What people decided about these claims. Reads no other judgement."""
    found = heads_about(reader, claims)
    return Said(verdicts=verdicts(row for rows in found.values() for row in rows), heads=found)


def state_of(found: Verdict | None, *, added: bool) -> str:
    """`undecided`, `added`, `accepted`, `edited`, `rejected` or `contested`."""
    if found is None:
        return ADDED if added else UNDECIDED
    return EDITED if found.edits and found.state == ACCEPTED else found.state


def record(claim: Claim, document: Document, *, number: int, names: Names, parts: Parts, said: Said, facts: Sequence[str] = ()) -> Record:
    """Show one claim of a document."""
    verdict = said.verdicts.of_claims.get(claim.id)
    read = said.verdicts.edited(claim)
    quantity = read.quantity
    added = added_by(claim)
    state = state_of(verdict, added=bool(added))
    chain = voices(claim.attribution, text=document.text, names=names, publisher=document.publisher)
    return Record(
        id=claim.id,
        number=number,
        start=claim.start,
        end=claim.end,
        quote=claim.quote,
        kind=label_of(read.kind),
        family=read.family,
        value=words.valued(quantity.value, quantity.comparator, low=quantity.low, high=quantity.high) if quantity else "",
        unit=quantity.unit if quantity else "",
        dates=tuple(_when(label, found) for name, label in _DATES.items() if (found := _date(read, name)) is not None),
        places=tuple(dict.fromkeys(_place(place.name, place.country) for place in claim.places)),
        codes=tuple(dict.fromkeys(label_of(code) for code in (*claim.methods, *claim.codes))),
        parties=tuple((party.role.replace("_", " "), names.of(party.mention, party.kind, party.name)) for party in claim.parties),
        speech_act=words.speech_act(read.speech_act),
        modality=limited(read),
        chain=tuple(_told(voice, parts) for voice in chain),
        doubts=doubts(read),
        state=state,
        state_words=STATES[state],
        decided=tuple(_decided(row) for row in (verdict.judgements if verdict else ())),
        readings=_readings(claim, verdict),
        seen=tuple(row.id for row in said.heads.get(claim.id, ())),
        fields=fields_of(read),
        facts=tuple(facts),
        added_by=added.get("who", ""),
        replaces=added.get("replaces", ""),
        added_why=claim.why[0].partition(": ")[2] if added and claim.why else "",
        copies=len(claim.repeats),
        confidence=claim.confidence,
        why=claim.why,
    )


def doubts(claim: Claim) -> tuple[str, ...]:
    """Why a reading is doubtful: the passage limits itself, hides who says it, or gives no number; or the reader is not sure."""
    found = []
    if claim.modality in _UNSURE:
        found.append(words.modality(claim.modality))
    if claim.speech_act == "hedges":
        found.append(words.speech_act(claim.speech_act))
    if any(link.latent for link in claim.attribution):
        found.append("who says it is named elsewhere in the text")
    if claim.attribution[-1].kind == "unnamed":
        found.append("who says it is not named")
    if claim.quantity is not None and claim.quantity.value is None:
        found.append("the number is vague")
    if any(date is not None and not date.edtf for date in (claim.as_of, claim.event_date, claim.claimed_period)):
        found.append("a date cannot be told")
    if claim.confidence < LOW:
        found.append("the program is not sure that it says so")
    return tuple(found)


def fields_of(claim: Claim) -> dict[str, str]:
    """What can be edited of a claim, as codes and values; nothing for what it does not have."""
    number = claim.quantity
    found = {"kind": claim.kind, "speech_act": claim.speech_act, "modality": claim.modality}
    if number is not None:
        found |= {
            "measure": number.measure,
            "value": "" if number.value is None else f"{number.value:.15g}",
            "comparator": number.comparator,
        }
    return found | {name: date.edtf for name in _DATES if (date := _date(claim, name)) is not None and date.edtf}


def _readings(claim: Claim, verdict: Verdict | None) -> tuple[Reading, ...]:
    edits = verdict.edits if verdict and verdict.judgements[-1].decision == EDIT else {}
    machine = fields_of(claim)
    rows = (
        Reading(field=name, label=_FIELDS[name], machine=in_words(name, machine.get(name, "")), person=in_words(name, edits[name]))
        for name in _FIELDS
        if name in edits
    )
    return tuple(row for row in rows if row.machine != row.person)


def in_words(name: str, value: object) -> str:
    """The value of an editable field as people read it."""
    text = str(value)
    if not text:
        return "not read"
    if name in {"kind", "measure"}:
        return label_of(text)
    if name in _DATES:
        return words.dated(text)
    if name == "value" and isinstance(value, int | float):
        return words.number(value)
    if name == "value":
        return words.number(float(text))
    scheme, ontology = SCHEMES[name], load_ontology()
    return ontology.label(text, scheme=scheme) if ontology.has(text, scheme=scheme) else text


def _decided(row: Judgement) -> Decided:
    what = {"accept": "accepted it", "reject": "rejected it", "edit": "read it otherwise"}.get(row.decision, row.decision)
    if told(row).get("into"):
        what = "put others in its place"
    return Decided(judgement=row.id, who=row.who, what=what, when=words.moment(row.when), reason=row.reason)


def _date(claim: Claim, name: str) -> Dated | None:
    found = {"as_of": claim.as_of, "event_date": claim.event_date, "claimed_period": claim.claimed_period}[name]
    return found if found is not None and (found.edtf or found.basis) else None


def _when(label: str, found: Dated) -> When:
    return When(label=label, words=words.dated(found.edtf), edtf=found.edtf, basis=found.basis)


def _place(name: str, country: str) -> str:
    known = country_of(country) if country else ""
    return f"{name} ({known})" if known and known != name else name


def _told(voice: Voice, parts: Parts) -> Told:
    if voice.start is None:
        return Told(voice=voice, page=0, paragraph=0)
    return Told(voice=voice, page=parts.of(voice.start).number, paragraph=parts.paragraph(voice.start))
