"""Every attribution of a document: who is made to say, think, want or feel what, by which words.

In:  a document. Out: `Attribution` rows at exact offsets, in the order of the text. A learned model over the grammar finds them: which
word is a cue, which words it reports, who the source is; quotations then run on over sentences. Attributions do not nest: of two, the one
that holds the other is kept. Never: changes a chain; chains are built from `cues.reported`, which is stricter.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from armslength.base.offsets import Range, overlap
from armslength.extract.attribution_contents import BEFORE, NEXT
from armslength.extract.attribution_kinds import kind_of_cue
from armslength.extract.attribution_model import Model, model
from armslength.extract.attribution_reading import best_content, best_source, likely_cues
from armslength.extract.attribution_view import Line, line_of
from armslength.extract.backends import spacy_parser
from armslength.extract.parsed import Parse
from armslength.extract.quotations import Quotation, quotations
from armslength.extract.sentences import Sentence, one_line, sentences
from armslength.extract.voices import Voice, voice_of
from armslength.model.evidence import Document

SURE = 0.25
"""Least probability of an attribution, cue and content together. Chosen on a fifth of the training articles with weights of the rest:
0.2 to 0.35 give F1 of contents 0.750, 0.758, 0.756, 0.755."""
_STATEMENT = 25
"""Characters; a shorter quotation does not stand by itself (as in `discourse`)."""
_GAP = 4
"""Characters between a sentence's end and a quotation that goes on with it: a space, a mark, a line break."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution. Ranges are offsets into the document's text."""

    source: Range | None
    """The words for whoever it is attributed to; None where the sentence names nobody."""
    cue: Range
    content: tuple[Range, ...]
    kind: str
    """`statement`, `belief`, `intention`, `perception` or `attitude`."""
    voice: Voice | None
    """Who the source's words stand for; pronouns are left as they are."""
    probability: float
    why: str


@dataclass(frozen=True, slots=True)
class Page:
    """A document's parsed sentences as the model sees them."""

    sentences: Sequence[Sentence]
    lines: Sequence[Line | None]
    quotes: Mapping[int, Sequence[Quotation]]


@dataclass(frozen=True, slots=True)
class _Found:
    """A cue that was believed, where it stands, and what it reports."""

    sentence: int
    cue: int
    sure: float
    runs: tuple[Range, ...]
    content: tuple[Range, ...]
    way: str


def attributions(document: Document) -> tuple[Attribution, ...]:
    """Every attribution of a document, in order. Parses the whole document; for one in English."""
    return attributed(page_in(document))


def page_in(document: Document) -> Page:
    """Cut and parse a document for the model."""
    text, every = document.text, sentences(document)
    parsed = spacy_parser.parse([(s.start, one_line(text[s.start : s.end])) for s in every])
    edges = _paragraphs(every)
    quotes = {number: quotations(text, start, end) for number, (start, end) in edges.items()}
    return page_of(list(zip(every, parsed, strict=True)), quotes)


def attributed(page: Page, *, weights: Model | None = None) -> tuple[Attribution, ...]:
    """The attributions of a document that is parsed already. `weights` are those shipped, unless given."""
    weights = weights or model()
    likely = [
        found
        for number, line in enumerate(page.lines)
        if line is not None
        for cue, sure in likely_cues(line, SURE, weights)
        for found in _content(page, number, line, cue, sure, weights)
        if found.sure >= SURE
    ]
    kept: list[_Found] = []
    for found in sorted(likely, key=lambda f: (-f.sure, f.sentence, f.cue)):
        if not _clashes(page, found, kept):
            kept.append(found)
    kept = _with_orphans(page, kept)
    return tuple(_row(page, f, weights) for f in sorted(kept, key=lambda f: (f.sentence, f.cue)))


def page_of(parsed: Sequence[tuple[Sentence, Parse | None]], quotes: Mapping[int, Sequence[Quotation]]) -> Page:
    """What the model is shown of parsed sentences. `quotes` are the quotations by paragraph."""
    lines: list[Line | None] = []
    place = 0
    for number, (sentence, parse) in enumerate(parsed):
        before = parsed[number - 1] if number and parsed[number - 1][0].paragraph == sentence.paragraph else None
        after = parsed[number + 1] if number + 1 < len(parsed) and parsed[number + 1][0].paragraph == sentence.paragraph else None
        place = place + 1 if before is not None else 0
        near = quotes.get(sentence.paragraph, ())
        seen = parse is not None and parse.words
        neighbours = {"before": before[0] if before else None, "after": after[0] if after else None}
        lines.append(line_of(parse, near, place=place, **neighbours) if seen and parse is not None else None)
    return Page([s for s, _ in parsed], lines, quotes)


def _content(page: Page, sentence: int, line: Line, cue: int, sure: float, weights: Model) -> Iterator[_Found]:
    """What a cue reports: the best candidate, run on over the sentences that a quotation covers."""
    runs, way, share = best_content(line, cue, weights)
    if runs in (NEXT, BEFORE):
        beside = sentence + (1 if runs == NEXT else -1)
        if 0 <= beside < len(page.sentences):
            one = page.sentences[beside]
            yield _Found(sentence, cue, sure * share, (), tuple(_run_on(page, beside, [(one.start, one.end)])), way)
        return
    words = line.parse.words
    pieces = _run_on(page, sentence, [(words[a].start, words[b].end) for a, b in runs])
    pieces += _continued(page, sentence, pieces)
    yield _Found(sentence, cue, sure * share, runs, tuple(pieces), way)


def _run_on(page: Page, sentence: int, pieces: Sequence[Range]) -> list[Range]:
    """Pieces lengthened to the ends of quotations that go over the edges of the sentence."""
    one = page.sentences[sentence]
    out = list(pieces)
    for quotation in page.quotes.get(one.paragraph, ()):
        for number, (start, end) in enumerate(out):
            later = quotation.end > one.end and quotation.start < end and end >= one.end - _GAP
            sooner = quotation.start < one.start - 1 and start < quotation.end and start <= one.start + _GAP
            out[number] = (min(start, quotation.start) if sooner else start, max(end, quotation.end) if later else end)
    return out


def _continued(page: Page, sentence: int, pieces: Sequence[Range]) -> list[Range]:
    """Quotations straight behind the sentence that go on with one inside it: `"A," she said. "B."`"""
    one, out = page.sentences[sentence], []
    long = [q for q in page.quotes.get(one.paragraph, ()) if q.end - q.start >= _STATEMENT]
    if any(q.start < end and q.end > start for q in long for start, end in pieces):
        at = one.end
        for quotation in long:
            if at - 1 <= quotation.start <= at + _GAP:
                out.append(quotation.range)
                at = quotation.end + 1
    return out


def _with_orphans(page: Page, kept: Sequence[_Found]) -> list[_Found]:
    """Give each long quotation that no cue speaks to the attribution it goes on with.

    That is the last one before it in its paragraph; for a paragraph that is all quotation, the last that reaches into the paragraph before.
    """
    out = sorted(kept, key=lambda f: (f.sentence, f.cue))
    edges = _paragraphs(page.sentences)
    for number, (start, end) in edges.items():
        for quotation in page.quotes.get(number, ()):
            if quotation.end - quotation.start < _STATEMENT or _taken(page, quotation, out):
                continue
            before = [i for i, f in enumerate(out) if start <= page.sentences[f.sentence].start < quotation.start]
            if not before and quotation.start <= start + 1 and quotation.end >= end - _GAP and number - 1 in edges:
                above = edges[number - 1][0]
                before = [i for i, f in enumerate(out) if above <= max(page.sentences[f.sentence].start, f.content[-1][0]) < start]
            if before:
                last = out[before[-1]]
                out[before[-1]] = replace(last, content=(*last.content, quotation.range))
    return out


def _paragraphs(every: Sequence[Sentence]) -> dict[int, Range]:
    edges: dict[int, Range] = {}
    for one in every:
        edges[one.paragraph] = (edges.get(one.paragraph, (one.start, 0))[0], one.end)
    return edges


def _taken(page: Page, quotation: Quotation, kept: Sequence[_Found]) -> bool:
    """Whether somebody is already made to say words of a quotation, or it holds the cue of something."""
    return any(overlap(quotation.range, r) for f in kept for r in (*f.content, _cue_range(page, f)))


def _clashes(page: Page, found: _Found, kept: Sequence[_Found]) -> bool:
    """Whether a cue stands in the content of a likelier one or the other way round, or both report mostly the same."""
    own = _cue_range(page, found)
    for other in kept:
        theirs = _cue_range(page, other)
        if any(overlap(own, piece) for piece in other.content) or any(overlap(theirs, piece) for piece in found.content):
            return True
    shared = sum(overlap(piece, taken) for piece in found.content for f in kept for taken in f.content)
    return shared * 2 > sum(e - s for s, e in found.content)


def _cue_range(page: Page, found: _Found) -> Range:
    line = page.lines[found.sentence]
    return (line.parse.words[found.cue].start, line.parse.words[found.cue].end) if line is not None else (0, 0)


def _row(page: Page, found: _Found, weights: Model) -> Attribution:
    line = page.lines[found.sentence]
    assert line is not None
    words = line.parse.words
    cue = words[found.cue]
    source = best_source(line, found.cue, found.runs, weights)
    return Attribution(
        source=_words_of(line, found, source) if source >= 0 else None,
        cue=(cue.start, cue.end),
        content=found.content,
        kind=kind_of_cue(line.parse, found.cue, found.way),
        voice=voice_of(line.parse, source) if source >= 0 else None,
        probability=round(found.sure, 3),
        why=f"`{cue.lemma}` is read as a cue with probability {found.sure:.2f}; its content is found by `{found.way}`",
    )


def _words_of(line: Line, found: _Found, source: int) -> Range:
    """The source's whole phrase, or its head alone where the phrase would run into the cue or the content."""
    words = line.parse.words
    first, last = line.parse.edges[source]
    start, end = words[first].start, words[last].end
    cue = words[found.cue]
    runs_in = any(start < e and end > s for s, e in (*found.content, (cue.start, cue.end)))
    return (words[source].start, words[source].end) if runs_in else (start, end)
