"""The steps from a document to its claims, in the order in which they run: `STEPS`.

In:  a document, and the name and version of the reader. Out: what each step gives; the last one gives the `Reading`.
Each step is a pure function of what it declares to need. `docs/how-claims-are-read.md` has the same list, and a test compares the two.
Never: reads two documents together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from armslength.base.offsets import overlap
from armslength.extract.about import context_year, setting_of
from armslength.extract.backends import spacy_parser
from armslength.extract.chains import bases_of, carried_voices
from armslength.extract.circumstances import Scene, voices_at
from armslength.extract.claims import drafts_of
from armslength.extract.context import with_context
from armslength.extract.details import Setting
from armslength.extract.discourse import Heard, converse
from armslength.extract.finishing import finish
from armslength.extract.lexicon import Hit, hits
from armslength.extract.notices import notice_claims
from armslength.extract.parsed import Parse
from armslength.extract.places import find_places
from armslength.extract.quantities import carried_count
from armslength.extract.ranges import Ranges
from armslength.extract.reading import Reading, refused_sentence
from armslength.extract.scan import wanted
from armslength.extract.sentences import Sentence, one_line, sentences
from armslength.extract.voices import Voice
from armslength.extract.working import Step, in_order
from armslength.model.claims import Claim, Dated, Place, Quantity
from armslength.model.dates import find_dates
from armslength.model.evidence import Document, Reader

PROSE = frozenset({"paragraph", "list_item", "quote", "table"})
TOO_LONG = "The sentence is too long to be parsed; it looks like a table or a broken page."
SILENT = "No rule of the grammar reads a claim in this sentence."

Parsed = Sequence[tuple[Sentence, Parse]]
Classes = Sequence[tuple[Hit, ...]]
"""The word classes of each heard sentence, in order; so are dates and places."""


def cut_sentences(document: Document) -> Sequence[Sentence]:
    """Every sentence of the document."""
    return sentences(document)


def scan(document: Document, sentences: Sequence[Sentence]) -> Sequence[Sentence]:
    """The sentences that can hold a claim, or say who speaks, and do not only repeat an earlier one."""
    copied = Ranges([*((c.start, c.end) for c in document.duplicates), *document.boilerplate])
    own = [s for s in sentences if s.block in PROSE and not copied.holds(s.start, s.end)]
    return with_context(document.text, own, [s for s in own if wanted(document.text, s)])


def parse(document: Document, chosen: Sequence[Sentence]) -> Parsed:
    """The chosen sentences with their grammar; those too long to be parsed are left out."""
    found = spacy_parser.parse([(s.start, one_line(document.text[s.start : s.end])) for s in chosen])
    return [(sentence, parsed) for sentence, parsed in zip(chosen, found, strict=True) if parsed is not None]


def hear(document: Document, parsed: Parsed) -> Sequence[Heard]:
    """Who speaks in each sentence, with every voice resolved."""
    return converse(document, parsed)


def carry(document: Document, heard: Sequence[Heard]) -> Mapping[int, Voice]:
    """The voice that a sentence without one of its own goes on with, by sentence index."""
    return carried_voices(heard, [document.text[h.sentence.start : h.sentence.end] for h in heard])


def rest(heard: Sequence[Heard]) -> Mapping[str, Voice]:
    """What each body's counts rest on, by the body's name."""
    return bases_of(heard)


def classify_words(heard: Sequence[Heard]) -> Classes:
    """The word classes of each sentence."""
    return [tuple(hits(one.parse)) for one in heard]


def date(document: Document, heard: Sequence[Heard]) -> Sequence[tuple[Dated, ...]]:
    """The dates in each sentence."""
    year = context_year(document.text, document.published)
    return [_dates(document, one.parse, year) for one in heard]


def place(document: Document, heard: Sequence[Heard]) -> Sequence[tuple[Place, ...]]:
    """The places in each sentence, without those that are part of a body's name."""
    found = [find_places(document.text[h.sentence.start : h.sentence.end], h.sentence.start) for h in heard]
    return [tuple(p for p in places if not _in_a_name(one.parse, p)) for one, places in zip(heard, found, strict=True)]


def claim(
    heard: Sequence[Heard],
    carried: Mapping[int, Voice],
    bases: Mapping[str, Voice],
    classes: Classes,
    setting: Setting,
    dates: Sequence[tuple[Dated, ...]],
    places: Sequence[tuple[Place, ...]],
    reader: Reader,
) -> Sequence[Claim]:
    """The claims of each sentence, in order: what the sentences before told is part of what one is read with."""
    site_document = any(h.name == "site" for found in classes for h in found)
    persons = frozenset(r.voice.name for h in heard for r in h.reports if r.voice.kind == "person" and r.how != "basis")
    out: list[Claim] = []
    told, city = -1, None
    counts: list[tuple[int, Quantity]] = []
    for position, one in enumerate(heard):
        scene = Scene(
            parse=one.parse,
            hits=classes[position],
            before=frozenset(h.name for h in classes[position - 1]) if position else frozenset(),
            dates=dates[position],
            places=places[position],
            city=city,
            origin=setting.origins[position] if setting.origins else setting.origin,
            site_document=site_document,
            after_incident=one.sentence.paragraph - told in {0, 1} and told >= 0,
            resolved=voices_at(one.reports, one.subjects),
            speakers=persons,
            counted=carried_count(counts, position, one.parse),
        )
        drafts = drafts_of(one, scene, setting, carried.get(one.sentence.index), bases)
        if any(d.kind.startswith(("incident.", "testimony.first")) for d in drafts):
            told = one.sentence.paragraph
        city = next((p for p in reversed(places[position]) if p.precision == "city" and p.country != setting.origin), city)
        counts += [(position, d.quantity) for d in drafts if d.quantity is not None and d.kind.startswith("quantity")]
        out += [finish(d, one, scene, setting, reader) for d in drafts]
    return [c for c in out if c.quote.strip()]


def notice(document: Document, sentences: Sequence[Sentence], reader: Reader) -> Sequence[Claim]:
    """What the page says of where its text comes from."""
    return notice_claims(document, sentences, reader)


def gather(document: Document, chosen: Sequence[Sentence], parsed: Parsed, told: Sequence[Claim], notices: Sequence[Claim]) -> Reading:
    """Every claim once, in the order of the text, and every chosen sentence that gave none, with the reason."""
    claims = [*notices, *(c for c in told if not _noticed(c, notices))]
    unique = {c.id: c for c in sorted(claims, key=lambda c: (c.start, c.end, c.kind, -c.confidence, c.id))}
    ordered = sorted(unique.values(), key=lambda c: (c.start, c.end, c.id))
    spoken = Ranges([(c.start, c.end) for c in ordered])
    whole = {s.index for s, _ in parsed}
    refused = [refused_sentence(document.id, s, TOO_LONG) for s in chosen if s.index not in whole]
    refused += [refused_sentence(document.id, s, SILENT) for s, _ in parsed if not spoken.touches(s.start, s.end)]
    return Reading(doc=document.id, claims=tuple(ordered), refused=tuple(refused), taken=len(chosen), kept=len(chosen) - len(refused))


def _noticed(claim: Claim, notices: Sequence[Claim]) -> bool:
    """Whether a notice says the same already."""
    return claim.kind == "provenance" and any(overlap((claim.start, claim.end), (n.start, n.end)) for n in notices)


def _in_a_name(parse: Parse, place: Place) -> bool:
    """`the Fuzhou Police Service Station`: a place inside the name of a body is part of the name, not where something is."""
    word = next((w for w in parse.words if w.start == place.start), None)
    if word is None or word.dep not in {"compound", "nmod"}:
        return False
    head = parse.words[word.head]
    return head.index > word.index and head.pos == "PROPN" and head.start >= (place.end or 0)


def _dates(document: Document, parse: Parse, year: int | None) -> tuple[Dated, ...]:
    found = find_dates(document.text[parse.start : parse.end], published=document.published, context_year=year)
    return tuple(Dated(edtf=d.edtf, basis=d.basis, start=d.start + parse.start, end=d.end + parse.start) for d in found)


STEPS = in_order(
    (
        Step(name="sentences", needs=("document",), gives="sentences", run=cut_sentences),
        Step(name="scan", needs=("document", "sentences"), gives="chosen", run=scan),
        Step(name="parse", needs=("document", "chosen"), gives="parsed", run=parse),
        Step(name="voices", needs=("document", "parsed"), gives="heard", run=hear),
        Step(name="carried voices", needs=("document", "heard"), gives="carried", run=carry),
        Step(name="bases", needs=("heard",), gives="bases", run=rest),
        Step(name="word classes", needs=("heard",), gives="classes", run=classify_words),
        Step(name="setting", needs=("document", "heard", "classes"), gives="setting", run=setting_of),
        Step(name="dates", needs=("document", "heard"), gives="dates", run=date),
        Step(name="places", needs=("document", "heard"), gives="places", run=place),
        Step(
            name="claims",
            needs=("heard", "carried", "bases", "classes", "setting", "dates", "places", "reader"),
            gives="told",
            run=claim,
        ),
        Step(name="notices", needs=("document", "sentences", "reader"), gives="notices", run=notice),
        Step(name="gathering", needs=("document", "chosen", "parsed", "told", "notices"), gives="reading", run=gather),
    ),
    given=("document", "reader"),
)
