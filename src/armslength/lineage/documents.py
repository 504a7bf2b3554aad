"""Edges between documents: the same text, a near copy, a republication, one publisher.

In:  documents with their entities.
Out: `LineageEdge` rows of level `document`, with the shared stretches on both sides; groups of documents that are one text.
Never: compares every document with every other. Only pairs that share fingerprints are aligned.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from armslength.base.engine import Engine
from armslength.base.ids import digest
from armslength.base.offsets import merge
from armslength.lineage.cast import Cast
from armslength.lineage.text import Run, Words, covered, fingerprints, shared_runs, words_of
from armslength.model.evidence import Document, Span
from armslength.model.facts import LineageEdge

ONE_TEXT = frozenset({"identical", "near_copy", "republication", "translation"})
"""Kinds of edge that make two documents one text."""
NEAR_COPY = 0.35
"""Share of the words of one text that stand in the other, in runs of five or more, from which it is a near copy. Of 95 short answers
with known reuse (Clough and Stevenson 2011) the 38 written without the original share .12 at most; 36 of the other 57 share .35."""
FEWEST_WORDS = 30
"""Words two texts must share to be near copies, so that a stock phrase makes none."""
FEW = 0.1
"""Share of fingerprints from which a pair is aligned. In the same data texts without reuse have .04 at most, near copies from .13."""
CROWD = 40
"""Texts with one fingerprint from which each is only paired with its next few neighbours by id; copies still hang together."""
NEIGHBOURS = 4
SHOWN = 6
"""Stretches kept as evidence, longest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A document's words and fingerprints."""

    words: Words
    prints: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """What two texts share."""

    one: Words
    two: Words
    runs: tuple[Run, ...]
    share_one: float
    share_two: float

    @property
    def share(self) -> float:
        """Of the text of which more is shared."""
        return max(self.share_one, self.share_two)

    @property
    def identical(self) -> bool:
        return self.one.words == self.two.words


def print_batch(documents: Sequence[Document]) -> list[Printed]:
    """Words and fingerprints of documents, without notices and what is not the report."""
    found = []
    for document in documents:
        notices = [(block.start, block.end) for block in document.blocks if block.kind in {"notice", "boilerplate"}]
        words = words_of(document.id, document.text, merge([*document.boilerplate, *notices]))
        found.append(Printed(words=words, prints=fingerprints(words.words)))
    return found


def align_batch(pairs: Sequence[tuple[Words, Words]]) -> list[Overlap]:
    """What the texts of each pair share, word for word."""
    found = []
    for one, two in pairs:
        runs = shared_runs(one.words, two.words)
        a, b = covered(runs)
        share = (a / max(len(one), 1), b / max(len(two), 1))
        found.append(Overlap(one=one, two=two, runs=tuple(runs), share_one=share[0], share_two=share[1]))
    return found


def candidates(printed: Sequence[Printed]) -> list[tuple[int, int]]:
    """Pairs of places, by shared fingerprints. `printed` is sorted by document id."""
    index: dict[int, list[int]] = defaultdict(list)
    for place, row in enumerate(printed):
        for mark in row.prints:
            index[mark].append(place)
    shared: Counter[tuple[int, int]] = Counter()
    for places in index.values():
        shared.update(_pairs(places))
    return sorted(
        pair for pair, count in shared.items() if count >= FEW * max(1, min(len(printed[pair[0]].prints), len(printed[pair[1]].prints)))
    )


def _pairs(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    reach = len(places) if len(places) <= CROWD else NEIGHBOURS
    for number, one in enumerate(places):
        for two in places[number + 1 : number + 1 + reach]:
            yield one, two


def document_edges(cast: Cast, *, engine: Engine, batch: int) -> list[LineageEdge]:
    """All edges between documents, sorted by id."""
    documents = sorted(cast.documents, key=lambda row: row.id)
    cuts = [documents[start : start + batch] for start in range(0, len(documents), batch)]
    printed = [row for found in engine.map_batches(print_batch, cuts) for row in found]
    pairs = [(printed[one].words, printed[two].words) for one, two in candidates(printed)]
    slices = [pairs[start : start + batch] for start in range(0, len(pairs), batch)]
    overlaps = [row for found in engine.map_batches(align_batch, slices) for row in found]
    edges = [edge for row in overlaps if (edge := _copy_edge(row, cast))]
    return sorted((*edges, *_same_publisher(documents, cast)), key=lambda edge: edge.id)


def _copy_edge(row: Overlap, cast: Cast) -> LineageEdge | None:
    shared = sum(run.length for run in row.runs)
    if not row.identical and (row.share < NEAR_COPY or shared < FEWEST_WORDS):
        return None
    source, copy = _direction(row.one.doc, row.two.doc, cast)
    credit = cast.credits.get(copy)
    credited = credit is not None and cast.own_voice(copy) in {cast.publisher(source), cast.own_voice(source)} - {""}
    kind = "republication" if credited else ("identical" if row.identical else "near_copy")
    evidence = _evidence(row, copy, cast)
    if credit and credited and credit.start is not None and credit.end is not None:
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


def _why(row: Overlap, kind: str, credited: str) -> str:
    if kind == "identical":
        return "Both documents hold the same words from first to last."
    share = f"{round(100 * row.share)} of 100 words of the one stand in the other, in runs of five words or more"
    return f"It says that the text is {credited}’s; {share}." if kind == "republication" else f"{share[0].upper()}{share[1:]}."


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
    longest = sorted(row.runs, key=lambda run: (-run.length, run.a))[:SHOWN]
    found: list[Span] = []
    for run in sorted(longest):
        sides = [_stretch(row.one, run.a, run.length, cast), _stretch(row.two, run.b, run.length, cast)]
        found += sides if row.one.doc == copy else reversed(sides)
    return tuple(found)


def _stretch(words: Words, first: int, length: int, cast: Cast) -> Span:
    return cast.span(words.doc, words.spans[first][0], words.spans[first + length - 1][1])


def _same_publisher(documents: Iterable[Document], cast: Cast) -> Iterator[LineageEdge]:
    """Each document of a publisher tied to its first by id. It joins no texts; it says that two documents are not two publishers."""
    first: dict[str, str] = {}
    for document in documents:
        publisher = cast.publisher(document.id)
        if publisher and first.setdefault(publisher, document.id) != document.id:
            yield LineageEdge(
                id=digest("edge", "document", "same_organisation", document.id, first[publisher]),
                from_id=document.id,
                to_id=first[publisher],
                level="document",
                kind="same_organisation",
                evidence=(),
                why=f"Both are published by {cast.label(publisher)}.",
            )


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
