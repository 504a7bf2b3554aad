"""Read documents: the pipeline of steps from a text to its claims.

In:  documents. Out: their claims, and a `Rejected` row for each sentence that was parsed and gave none, each document that could not be
read.
Steps, each a pure function over the one before: sentences, scan, parse, quotations, discourse, chains, clauses, kinds, quantities, claims.
Never: reads two documents together; fails because of what a text contains.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from armslength import __version__
from armslength.base.offsets import overlap
from armslength.extract.backends import spacy_parser
from armslength.extract.chains import carried_voices
from armslength.extract.circumstances import Scene, state_key, voices_at
from armslength.extract.claims import drafts_of, finish
from armslength.extract.details import Setting
from armslength.extract.discourse import Heard, Speech, listen, speeches
from armslength.extract.lexicon import Hit, hits
from armslength.extract.notices import notice_claims, republished_from
from armslength.extract.parsed import Parse
from armslength.extract.places import find_places
from armslength.extract.quotations import Quotation, quotations
from armslength.extract.scan import is_relevant, wanted
from armslength.extract.sentences import Sentence, one_line, sentences
from armslength.model.claims import Claim, Dated, Link, Place, mention_id
from armslength.model.dates import find_dates
from armslength.model.evidence import Document, Reader
from armslength.model.outcome import Rejected, rejected

STAGE = "extract"
_ENOUGH_VOTES = 3
"""A state named once or twice is not yet what a document is about."""
PROSE = frozenset({"paragraph", "list_item", "quote", "table"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What came of one document. `taken` counts the sentences that were parsed, or 1 where the document was refused whole."""

    doc: str
    claims: tuple[Claim, ...]
    refused: tuple[Rejected, ...]
    taken: int
    kept: int


def reader_version() -> str:
    """What a claim's reader field says, and part of the stage's version: our own version and the parser's."""
    return f"{__version__} ({spacy_parser.model_version()})"


def read_documents(batch: Sequence[Document]) -> list[Reading]:
    """Read a batch of documents, one after the other and apart from each other."""
    return [read_document(document) for document in batch]


def read_document(document: Document) -> Reading:
    """Read one document. Whatever it holds, the answer is a `Reading`."""
    if document.lang not in {"en", "und"}:
        why = f"The document is in `{document.lang}`; claims are read from English only so far. It still takes part in comparing documents."
        return Reading(doc=document.id, claims=(), refused=(rejected(STAGE, why, doc=document.id),), taken=1, kept=0)
    if not is_relevant(document.text):
        why = "Nothing in the document speaks of the matter (no trigger of the scan), so it was not parsed."
        return Reading(doc=document.id, claims=(), refused=(rejected(STAGE, why, doc=document.id),), taken=1, kept=0)
    return _read(document)


def _read(document: Document) -> Reading:
    text = document.text
    reader = Reader(name="armslength rules", version=reader_version())
    every = sentences(document)
    chosen = [s for s in every if s.block in PROSE and not _copied(s, document) and wanted(text, s)]
    parsed = list(zip(chosen, spacy_parser.parse([(s.start, one_line(text[s.start : s.end])) for s in chosen]), strict=True))
    refused = [
        rejected(
            STAGE,
            "The sentence is too long to be parsed; it looks like a table or a broken page.",
            doc=document.id,
            start=s.start,
            end=s.end,
        )
        for s, p in parsed
        if p is None
    ]
    whole = [(s, p) for s, p in parsed if p is not None]
    quotes = _quotations(text, every)
    heard = [_without_itself(h, document.publisher) for h in listen(whole, quotes)]
    spoken = speeches(heard, quotes)
    notices = notice_claims(document, every, reader)
    claims = [*notices, *(c for c in _claims(document, heard, spoken, reader) if not _noticed(c, notices))]
    unique = {c.id: c for c in sorted(claims, key=lambda c: (c.start, c.end, c.kind, -c.confidence, c.id))}
    silent = [h for h in heard if not any(c.start < h.sentence.end and c.end > h.sentence.start for c in unique.values())]
    refused += [
        rejected(
            STAGE, "No rule of the grammar reads a claim in this sentence.", doc=document.id, start=h.sentence.start, end=h.sentence.end
        )
        for h in silent
    ]
    ordered = tuple(sorted(unique.values(), key=lambda c: (c.start, c.end, c.id)))
    return Reading(doc=document.id, claims=ordered, refused=tuple(refused), taken=len(chosen), kept=len(chosen) - len(refused))


def _without_itself(one: Heard, publisher: str | None) -> Heard:
    """`X told the Dispatch` on the Dispatch's own page: the page naming itself is not another voice."""
    if not publisher:
        return one
    own = {publisher.casefold(), publisher.casefold().split()[-1]}
    reports = tuple(r for r in one.reports if r.voice.name.casefold() not in own or r.voice.kind == "person")
    return replace(one, reports=reports)


def _noticed(claim: Claim, notices: Sequence[Claim]) -> bool:
    """Whether a notice says the same already."""
    return claim.kind == "provenance" and any(overlap((claim.start, claim.end), (n.start, n.end)) for n in notices)


def _copied(sentence: Sentence, document: Document) -> bool:
    """Whether a sentence only repeats an earlier one or belongs to the page's own furniture."""
    where = [*((c.start, c.end) for c in document.duplicates), *document.boilerplate]
    return any(start <= sentence.start and sentence.end <= end for start, end in where)


def _quotations(text: str, every: Sequence[Sentence]) -> dict[int, list[Quotation]]:
    edges: dict[int, list[int]] = {}
    for one in every:
        edges.setdefault(one.paragraph, [one.start, one.end])[1] = one.end
    return {number: quotations(text, start, end) for number, (start, end) in edges.items()}


def _claims(document: Document, heard: Sequence[Heard], spoken: Sequence[Speech], reader: Reader) -> list[Claim]:
    text = document.text
    found_hits = [tuple(hits(h.parse)) for h in heard]
    setting = Setting(
        doc=document.id,
        text=text,
        page=page_links(document),
        origin=acting_state(heard, found_hits),
        copies=document.duplicates,
        published=document.published,
    )
    carried = carried_voices(heard, [text[h.sentence.start : h.sentence.end] for h in heard], spoken)
    site_document = any(h.name == "site" for hs in found_hits for h in hs)
    year = _context_year(text, document.published)
    persons = frozenset(r.voice.name for h in heard for r in h.reports if r.voice.kind == "person" and r.how != "basis")
    out: list[Claim] = []
    told, city = -1, None
    for position, one in enumerate(heard):
        places = tuple(
            p for p in find_places(text[one.sentence.start : one.sentence.end], one.sentence.start) if not _in_a_name(one.parse, p)
        )
        scene = Scene(
            parse=one.parse,
            hits=found_hits[position],
            before=frozenset(h.name for h in found_hits[position - 1]) if position else frozenset(),
            dates=_dates(text, one.parse, document.published, year),
            places=places,
            city=city,
            origin=setting.origin,
            site_document=site_document,
            after_incident=one.sentence.paragraph - told in {0, 1} and told >= 0,
            resolved=voices_at(one.reports, one.subjects),
            speakers=persons,
        )
        drafts = drafts_of(one, scene, setting, spoken, carried.get(one.sentence.index))
        if any(d.kind.startswith("incident.") for d in drafts):
            told = one.sentence.paragraph
        city = next((p for p in reversed(places) if p.precision == "city" and p.country != setting.origin), city)
        out += [finish(d, one, scene, setting, reader) for d in drafts]
    return [c for c in out if c.quote.strip()]


def _in_a_name(parse: Parse, place: Place) -> bool:
    """`the Fuzhou Police Service Station`: a place inside the name of a body is part of the name, not where something is."""
    word = next((w for w in parse.words if w.start == place.start), None)
    if word is None or word.dep not in {"compound", "nmod"}:
        return False
    head = parse.words[word.head]
    return head.index > word.index and head.pos == "PROPN" and head.start >= (place.end or 0)


def page_links(document: Document) -> tuple[Link, ...]:
    """The page's own voice, and the medium a notice says it republishes."""
    name = document.publisher or "the article"
    own = Link(name=name, kind="author", mention=mention_id(document.id, "author", "the article"))
    original = republished_from(document)
    if original is None:
        return (own,)
    label, start, end = original
    return own, Link(name=label, kind="media", mention=mention_id(document.id, "media", label), start=start, end=end)


def acting_state(heard: Sequence[Heard], found: Sequence[Sequence[Hit]]) -> str:
    """The state the document is mostly about, as a key: whose organs, embassies and police it names most. Empty when it names none."""
    votes: Counter[str] = Counter()
    for one, classes in zip(heard, found, strict=True):
        acting = {i for h in classes if h.name in {"site", "site_word", "agent_noun"} for i in range(h.first, h.last + 1)}
        for word in one.parse.words:
            if word.entity not in {"NORP", "GPE", "ORG"} or not word.text[:1].isupper():
                continue
            key = state_key(word.text)
            head = one.parse.words[word.head]
            if key:
                votes[key] += (
                    6 if head.lemma in {"embassy", "consulate", "regime"} else 6 if head.index in acting and word.dep != "pobj" else 1
                )
    first, second = [*votes.most_common(2), ("", 0), ("", 0)][:2]
    return first[0] if first[1] >= _ENOUGH_VOTES and first[1] > second[1] else ""


def _dates(text: str, parse: Parse, published: str | None, year: int | None) -> tuple[Dated, ...]:
    found = find_dates(text[parse.start : parse.end], published=published, context_year=year)
    return tuple(Dated(edtf=d.edtf, basis=d.basis, start=d.start + parse.start, end=d.end + parse.start) for d in found)


def _context_year(text: str, published: str | None) -> int | None:
    """The year most often written out in the document's dates: what "December 5" is told from when the page has no date."""
    if published:
        return None
    years = Counter(d.edtf[:4] for d in find_dates(text) if d.basis == "stated" and d.edtf[:4].isdigit())
    best = years.most_common(2)
    return int(best[0][0]) if best and (len(best) == 1 or best[0][1] > best[1][1]) else None
