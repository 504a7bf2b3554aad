"""Edges between documents: the same text, a copy, an excerpt, a retelling, a translation, one publisher or owner.

In:  documents with their entities.
Out: `LineageEdge` rows of level `document`, with the shared stretches on both sides; groups of documents that are one text.
Never: compares every document with every other. Only pairs that share fingerprints, or rare numbers and names, are aligned.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from armslength.base.engine import Engine
from armslength.base.ids import digest
from armslength.lineage.cast import Cast
from armslength.lineage.matching import candidates, print_batch, told_words
from armslength.lineage.publishers import publisher_edges
from armslength.lineage.rewrites import Marks, Retelling, Told, marks_of, stems, told_again
from armslength.lineage.text import Run, Words, covered, shared_runs
from armslength.model.evidence import Document, Span
from armslength.model.facts import LineageEdge

ONE_TEXT = frozenset({"identical", "near_copy", "excerpt", "rewrite", "republication", "syndication", "translation"})
"""Kinds of edge that make two documents one text."""
NEAR_COPY = 0.35
"""Share of the words of one text that stand in the other, in runs of five or more, from which it is a near copy. Of 95 short answers
with known reuse (Clough and Stevenson 2011) the 38 written without the original share .12 at most; 36 of the other 57 share .35."""
FEWEST_WORDS = 30
"""Words two texts must share to be near copies, so that a stock phrase makes none."""
EXCERPT = 0.6
"""A copy of which so much stands in a text that is longer by the inverse is an excerpt of it."""
SHOWN = 6
"""Stretches kept as evidence, longest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """What two texts share."""

    one: Words
    two: Words
    runs: tuple[Run, ...]
    share_one: float
    share_two: float
    marks: tuple[Marks, Marks]
    retelling: Retelling | None

    @property
    def share(self) -> float:
        """Of the text of which more is shared."""
        return max(self.share_one, self.share_two)

    @property
    def identical(self) -> bool:
        return self.one.words == self.two.words

    @property
    def copied(self) -> bool:
        """Whether enough of one text stands in the other word for word."""
        return self.share >= NEAR_COPY and sum(run.length for run in self.runs) >= FEWEST_WORDS

    @property
    def excerpt(self) -> bool:
        """Whether the one text is little but a part of the other."""
        shares = ((self.share_one, len(self.one), len(self.two)), (self.share_two, len(self.two), len(self.one)))
        return any(share >= EXCERPT and mine <= EXCERPT * other for share, mine, other in shares)


def align_batch(pairs: Sequence[tuple[Document, Document]]) -> list[Overlap]:
    """What the texts of each pair share, word for word, and whether one tells the other again."""
    return [_align(one, two) for one, two in pairs]


def _align(one: Document, two: Document) -> Overlap:
    words = told_words(one), told_words(two)
    marks = marks_of(words[0], one.text), marks_of(words[1], two.text)
    told = [Told(lang=row.lang, stems=stems(mine.words), marks=kept) for row, mine, kept in zip((one, two), words, marks, strict=True)]
    runs = shared_runs(words[0].words, words[1].words)
    a, b = covered(runs)
    return Overlap(
        one=words[0],
        two=words[1],
        runs=tuple(runs),
        share_one=a / max(len(words[0]), 1),
        share_two=b / max(len(words[1]), 1),
        marks=marks,
        retelling=told_again(*told),
    )


def document_edges(cast: Cast, *, engine: Engine, batch: int) -> list[LineageEdge]:
    """All edges between documents, sorted by id."""
    documents = sorted(cast.documents, key=lambda row: row.id)
    cuts = [documents[start : start + batch] for start in range(0, len(documents), batch)]
    printed = [row for found in engine.map_batches(print_batch, cuts) for row in found]
    pairs = [(documents[one], documents[two]) for one, two in candidates(printed)]
    slices = [pairs[start : start + batch] for start in range(0, len(pairs), batch)]
    overlaps = [row for found in engine.map_batches(align_batch, slices) for row in found]
    edges = [edge for row in overlaps if (edge := _copy_edge(row, cast))]
    return sorted((*edges, *publisher_edges(documents, cast)), key=lambda edge: edge.id)


def _copy_edge(row: Overlap, cast: Cast) -> LineageEdge | None:
    if not (row.identical or row.copied or row.retelling):
        return None
    source, copy = _direction(row.one.doc, row.two.doc, cast)
    credit = cast.credits.get(copy)
    kind = _kind(row, source, copy, cast)
    evidence = _evidence(row, copy, cast)
    if credit and kind in {"republication", "syndication"} and credit.start is not None and credit.end is not None:
        evidence = (cast.span(copy, credit.start, credit.end), *evidence)
    return LineageEdge(
        id=digest("edge", "document", kind, copy, source),
        from_id=copy,
        to_id=source,
        level="document",
        kind=kind,
        evidence=evidence,
        why=_why(row, kind, credit.name if credit else ""),
    )


def _kind(row: Overlap, source: str, copy: str, cast: Cast) -> str:
    """What the copy is to its source: who it credits says more than how much it shares."""
    if copy in cast.credits and cast.own_voice(copy) in {cast.publisher(source), cast.own_voice(source)} - {""}:
        return "syndication" if source in cast.credits else "republication"
    if row.identical:
        return "identical"
    if row.copied:
        return "excerpt" if row.excerpt else "near_copy"
    return "rewrite" if cast.texts[copy].lang == cast.texts[source].lang else "translation"


def _why(row: Overlap, kind: str, credited: str) -> str:
    if kind == "identical":
        return "Both documents hold the same words from first to last."
    share = f"{round(100 * row.share)} of 100 words of the one stand in the other, in runs of five words or more"
    if row.retelling and not row.copied:
        what = "words" if row.retelling.by == "words" else "numbers and names"
        share = f"{round(100 * row.retelling.score)} of 100 {what} of the shorter text stand in the other in the same order, beyond chance"
    if kind == "republication":
        return f"It says that the text is {credited}’s; {share}."
    if kind == "syndication":
        return f"Both say that the text is {credited}’s; {share}."
    return f"{share[0].upper()}{share[1:]}."


def _direction(one: str, two: str, cast: Cast) -> tuple[str, str]:
    """(source, copy): whoever credits the other is the copy; else the later one; else, where nothing tells, the greater id."""
    credit = [doc in cast.credits and cast.own_voice(doc) == cast.publisher(other) != "" for doc, other in ((one, two), (two, one))]
    if credit[0] != credit[1]:
        return (two, one) if credit[0] else (one, two)
    dates = [cast.texts[doc].published or "" for doc in (one, two)]
    if all(dates) and dates[0] != dates[1]:
        return (one, two) if dates[0] < dates[1] else (two, one)
    return (one, two) if one < two else (two, one)


def _evidence(row: Overlap, copy: str, cast: Cast) -> tuple[Span, ...]:
    """The longest shared stretches, each first in the copy and then in its source."""
    found: list[Span] = []
    if row.runs or row.retelling is None or row.retelling.by == "words":
        longest = sorted(row.runs, key=lambda run: (-run.length, run.a))[:SHOWN]
        pairs = [(_stretch(row.one, run.a, run.length, cast), _stretch(row.two, run.b, run.length, cast)) for run in sorted(longest)]
        if row.retelling and not pairs:
            blocks = sorted(row.retelling.blocks[:SHOWN])
            pairs = [(_stretch(row.one, a, size, cast), _stretch(row.two, b, size, cast)) for a, b, size in blocks]
    else:
        blocks = sorted(row.retelling.blocks[:SHOWN])
        pairs = [(_marked(row.marks[0], a, size, cast), _marked(row.marks[1], b, size, cast)) for a, b, size in blocks]
    for pair in pairs:
        found += pair if row.one.doc == copy else reversed(pair)
    return tuple(found)


def _marked(marks: Marks, first: int, length: int, cast: Cast) -> Span:
    return cast.span(marks.doc, marks.spans[first][0], marks.spans[first + length - 1][1])


def _stretch(words: Words, first: int, length: int, cast: Cast) -> Span:
    return cast.span(words.doc, words.spans[first][0], words.spans[first + length - 1][1])


def one_text(documents: Iterable[str], edges: Iterable[LineageEdge]) -> Mapping[str, str]:
    """Document to the smallest id of the documents that are one text with it. Disputed edges join nothing."""
    parent = {doc: doc for doc in documents}

    def top(doc: str) -> str:
        while parent[doc] != doc:
            parent[doc] = parent[parent[doc]]
            doc = parent[doc]
        return doc

    for edge in edges:
        if edge.level == "document" and edge.kind in ONE_TEXT and edge.state != "disputed":
            low, high = sorted((top(edge.from_id), top(edge.to_id)))
            parent[high] = low
    return {doc: top(doc) for doc in sorted(parent)}
