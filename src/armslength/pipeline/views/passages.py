"""A claim as a reader meets it: the exact words, the sentences around them, who says it to whom, in which document.

In:  claims and the documents they stand in.
Out: `Passage`, shown on the page of a fact and of a document, and in the terminal.
Never: shortens or mends a quote.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from armslength.base.offsets import paragraphs, trim
from armslength.model.claims import Claim, Dated
from armslength.model.evidence import Document
from armslength.pipeline.views import words
from armslength.pipeline.views.kinds import label_of
from armslength.pipeline.views.names import Names, Voice, voices

_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*(?=\s)|[。！？]+[」』”’]*")
_CONTEXT = 320
"""Most code points of context shown on each side: about three lines of a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRef:
    """A document as it is cited."""

    id: str
    title: str
    titled: bool
    """Whether the title is the document's own; else it is the name of the file."""
    publisher: str
    """Empty where unknown."""
    published: str
    """In words; empty where unknown."""
    published_edtf: str
    lang: str
    file: str
    source: str
    url: str


def document_ref(document: Document) -> DocumentRef:
    first = document.first
    return DocumentRef(
        id=document.id,
        title=first.title or first.file,
        titled=bool(first.title),
        publisher=first.publisher or "",
        published=words.dated(first.published),
        published_edtf=first.published or "",
        lang=document.lang,
        file=first.file,
        source=first.source,
        url=first.url or "",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One claim, shown."""

    id: str
    number: int
    """Counted within the page it is shown on, from 1."""
    document: DocumentRef
    start: int
    end: int
    before: str
    quote: str
    after: str
    kind: str
    """In words."""
    family: str
    value: str
    unit: str
    as_of: str
    as_of_basis: str
    speech_act: str
    modality: str
    chain: tuple[Voice, ...]
    parties: tuple[tuple[str, str], ...]
    """(role in words, display name)."""
    codes: tuple[str, ...]
    """Methods and other ontology codes, in words."""
    copies: int
    """How often the same document says the passage again."""
    confidence: float
    why: tuple[str, ...]
    facts: tuple[str, ...] = ()
    verification: str = "not done"
    """No checklist has been filled in for this source (METHOD E5)."""


def passage(claim: Claim, document: Document, *, number: int, names: Names, facts: Sequence[str] = ()) -> Passage:
    """Show one claim of a document."""
    before, after = context(document, claim.start, claim.end)
    dated = _date_of(claim)
    quantity = claim.quantity
    return Passage(
        id=claim.id,
        number=number,
        document=document_ref(document),
        start=claim.start,
        end=claim.end,
        before=before,
        quote=claim.quote,
        after=after,
        kind=label_of(claim.kind),
        family=claim.family,
        value=words.valued(quantity.value, quantity.comparator, low=quantity.low, high=quantity.high) if quantity else "",
        unit=quantity.unit if quantity else "",
        as_of=words.dated(dated.edtf) if dated else "",
        as_of_basis=dated.basis if dated else "",
        speech_act=words.speech_act(claim.speech_act),
        modality=limited(claim),
        chain=voices(claim.attribution, text=document.text, names=names, publisher=document.publisher),
        parties=tuple((party.role.replace("_", " "), names.of(party.mention, party.kind, party.name)) for party in claim.parties),
        codes=tuple(dict.fromkeys(label_of(code) for code in (*claim.methods, *claim.codes))),
        copies=len(claim.repeats),
        confidence=claim.confidence,
        why=claim.why,
        facts=tuple(facts),
    )


def limited(claim: Claim) -> str:
    """How a passage limits what it says; empty where the kind says it already: `declined to comment` is not said not to be so."""
    already = claim.family in {"no_comment", "denial"} or claim.kind.endswith("not_confirmed")
    return "" if already and claim.modality == "negated" else words.modality(claim.modality)


def context(document: Document, start: int, end: int) -> tuple[str, str]:
    """The rest of the sentence, and one more, before and after a span; never beyond its own paragraph."""
    low, high = _around(document, start, end)
    return _tail(document.text[low:start]), _head(document.text[end:high])


def _around(document: Document, start: int, end: int) -> tuple[int, int]:
    for block in document.blocks:
        if block.start <= start < block.end:
            return block.start, max(block.end, end)
    for low, high in paragraphs(document.text):
        if low <= start < high:
            return low, max(high, end)
    return start, end


def _tail(text: str) -> str:
    """The last sentence or two of a text, for what stands before a quote."""
    ends = [found.end() for found in _SENTENCE_END.finditer(text)]
    keep = ends[-2] if len(ends) > 1 else 0
    if len(text) - keep > _CONTEXT:
        cut = text[-_CONTEXT:]
        return "… " + cut.partition(" ")[2] if " " in cut else "…" + cut
    low, _ = trim(text, keep, len(text))
    return text[low:]


def _head(text: str) -> str:
    """The first sentence or two of a text, for what stands after a quote."""
    ends = [found.end() for found in _SENTENCE_END.finditer(text)]
    keep = ends[1] if len(ends) > 1 else len(text)
    if keep > _CONTEXT:
        cut = text[:_CONTEXT]
        return cut.rpartition(" ")[0] + " …" if " " in cut else cut + "…"
    _, high = trim(text, 0, keep)
    return text[:high]


def _date_of(claim: Claim) -> Dated | None:
    for dated in (claim.as_of, claim.event_date, claim.claimed_period):
        if dated is not None and dated.edtf:
            return dated
    return claim.as_of or claim.event_date or claim.claimed_period


def shortened(quote: str, limit: int = 150) -> str:
    """The beginning of a quote for a list, cut after a word and marked."""
    return quote if len(quote) <= limit else quote[:limit].rpartition(" ")[0] + " […]"


def elided(quote: str, limit: int = 280) -> str:
    """A long stretch of evidence, its middle left out and marked. For evidence of copying, never for a claim's quote."""
    if len(quote) <= limit:
        return quote
    half = limit // 2
    return f"{quote[:half].rstrip()} […] {quote[-half:].lstrip()}"
