"""Why a claim was read as it was: every part of it beside the words it was read from.

In:  a claim, its document, what was refused in the document.
Out: `Explanation`: the passage as it is shown elsewhere, and beside it chain, number, dates, places and codes with their offsets, the
     rules, the reader, and what was refused in the neighbourhood.
Never: says whether the claim is true; shows the words that name a protected person.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from armslength.base.errors import InputError
from armslength.model.claims import Claim, Dated, Link, Place, Quantity
from armslength.model.evidence import Document
from armslength.model.ontology import load
from armslength.model.outcome import Rejected
from armslength.pipeline.views import words
from armslength.pipeline.views.kinds import country_of, label_of
from armslength.pipeline.views.names import Names, Voice, names_for
from armslength.pipeline.views.passages import DocumentRef, Passage, document_ref
from armslength.pipeline.views.passages import passage as passage_of
from armslength.store.read import Reader

NEAR = 600
"""Code points around a claim in which refusals are shown: about one paragraph on each side."""
_READING = "extract"
_SCHEMES = ("methods", "responses", "outcomes", "site_functions", "site_states", "legal_states")


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkWhy:
    """A link of the chain and where its words stand."""

    voice: Voice
    words: str
    """The document's own words for it; empty for the page's own voice and for a protected person."""
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberWhy:
    """A number as an interval."""

    words: str
    start: int
    end: int
    value: float | int | None
    comparator: str
    low: float | int | None
    """None: open."""
    high: float | int | None
    measure: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DateWhy:
    """A date: `event`, `as of` or `period claimed`, and how it is known."""

    role: str
    edtf: str
    in_words: str
    basis: str
    words: str
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceWhy:
    """A place and the gazetteer's entry for it."""

    name: str
    country: str
    precision: str
    geonames: int | None
    words: str
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeWhy:
    """A code of the ontology."""

    code: str
    label: str
    definition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedWhy:
    """What was refused near the claim."""

    words: str
    start: int | None
    end: int | None
    reason: str
    same_words: bool
    """Whether it overlaps the claim itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Everything about one reading of one passage."""

    passage: Passage
    kind: CodeWhy
    speech_act: str
    modality: str
    """Codes; the passage has them in words."""
    links: tuple[LinkWhy, ...]
    number: NumberWhy | None
    dates: tuple[DateWhy, ...]
    places: tuple[PlaceWhy, ...]
    codes: tuple[CodeWhy, ...]
    rules: tuple[str, ...]
    confidence: float
    reader: str
    version: str
    parameters: tuple[tuple[str, str], ...]
    refused: tuple[RefusedWhy, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentExplained:
    """A document read on trial."""

    document: DocumentRef
    claims: tuple[Explanation, ...]
    refused: tuple[RefusedWhy, ...]


def explanation_of(claim: Claim, document: Document, refused: Iterable[Rejected], *, names: Names, number: int = 1) -> Explanation:
    """Explain one claim. `refused`: rows of its document, of which the near ones are shown."""
    passage = passage_of(claim, document, number=number, names=names)
    text = document.text
    dates = (("event", claim.event_date), ("as of", claim.as_of), ("period claimed", claim.claimed_period))
    return Explanation(
        passage=passage,
        kind=_code(claim.kind, schemes=("kinds",)),
        speech_act=claim.speech_act,
        modality=claim.modality,
        links=tuple(_link(link, voice) for link, voice in zip(claim.attribution, passage.chain, strict=True)),
        number=_number(claim.quantity, text) if claim.quantity else None,
        dates=tuple(_date(role, one, text) for role, one in dates if one is not None),
        places=tuple(_place(one, text) for one in claim.places),
        codes=tuple(_code(code, schemes=_SCHEMES) for code in (*claim.methods, *claim.codes)),
        rules=claim.why,
        confidence=claim.confidence,
        reader=claim.reader.name,
        version=claim.reader.version,
        parameters=claim.reader.parameters,
        refused=_near(claim, text, refused),
    )


def claim_explained(reader: Reader, claim: Claim) -> Explanation | None:
    """Explain a claim of a case; None where its document is gone."""
    document = reader.get(Document, claim.doc)
    if document is None:
        return None
    refused = reader.all(Rejected, doc=document.id, stage=_READING)
    return explanation_of(claim, document, refused, names=names_for(reader, [claim]))


def documents_explained(reader: Reader) -> tuple[DocumentExplained, ...]:
    """Explain every claim of every document, and list all that was refused."""
    found = []
    for document in reader.all(Document):
        claims = reader.all(Claim, doc=document.id)
        names = names_for(reader, claims)
        rows = sorted(reader.all(Rejected, doc=document.id, stage=_READING), key=lambda row: (row.start or 0, row.end or 0, row.id))
        explained = [explanation_of(claim, document, (), names=names, number=n) for n, claim in enumerate(claims, start=1)]
        refused = [_refused(row, document.text, same=False) for row in rows]
        found.append(DocumentExplained(document=document_ref(document), claims=tuple(explained), refused=tuple(refused)))
    return tuple(found)


def _link(link: Link, voice: Voice) -> LinkWhy:
    return LinkWhy(voice=voice, words=voice.said, start=link.start, end=link.end)


def _number(quantity: Quantity, text: str) -> NumberWhy:
    return NumberWhy(
        words=text[quantity.start : quantity.end],
        start=quantity.start,
        end=quantity.end,
        value=quantity.value,
        comparator=quantity.comparator,
        low=quantity.low,
        high=quantity.high,
        measure=label_of(quantity.measure),
        unit=quantity.unit,
    )


def _date(role: str, dated: Dated, text: str) -> DateWhy:
    return DateWhy(
        role=role,
        edtf=dated.edtf,
        in_words=words.dated(dated.edtf),
        basis=dated.basis,
        words=_said(text, dated.start, dated.end),
        start=dated.start,
        end=dated.end,
    )


def _place(place: Place, text: str) -> PlaceWhy:
    return PlaceWhy(
        name=place.name,
        country=country_of(place.country) if place.country else "",
        precision=place.precision,
        geonames=place.geonames,
        words=_said(text, place.start, place.end),
        start=place.start,
        end=place.end,
    )


def _said(text: str, start: int | None, end: int | None) -> str:
    return text[start:end] if start is not None and end is not None else ""


def _code(code: str, *, schemes: Sequence[str]) -> CodeWhy:
    """A code with its definition; one that the ontology no longer has is shown as it is."""
    known = load()
    for scheme in schemes:
        if known.has(code, scheme=scheme):
            entry = known.entry(code, scheme=scheme)
            return CodeWhy(code=code, label=entry.label, definition=entry.definition)
    try:
        entry = known.entry(code)
    except InputError:
        return CodeWhy(code=code, label=label_of(code), definition="")
    return CodeWhy(code=code, label=entry.label, definition=entry.definition)


def _near(claim: Claim, text: str, refused: Iterable[Rejected]) -> tuple[RefusedWhy, ...]:
    """Refusals about the claim's own words, its neighbourhood, or the whole document."""
    rows = sorted(refused, key=lambda row: (row.start or 0, row.end or 0, row.id))
    return tuple(_refused(row, text, same=_within(row, claim, 0)) for row in rows if row.start is None or _within(row, claim, NEAR))


def _within(row: Rejected, claim: Claim, reach: int) -> bool:
    return row.start is not None and row.end is not None and row.start < claim.end + reach and row.end > claim.start - reach


def _refused(row: Rejected, text: str, *, same: bool) -> RefusedWhy:
    return RefusedWhy(words=_said(text, row.start, row.end), start=row.start, end=row.end, reason=row.reason, same_words=same)
