"""Words that two passages share, so many in a row or inside quotation marks that the one quotes the other, or both a third.

In:  routes of the claims of one fact.
Out: `Quotation` rows with the words on both sides.
Never: compares within one document, or every passage with every other: runs are looked up. Takes two selections from one speech for one
quotation: of the shorter, four words in five must stand in the longer, in its order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from armslength.lineage.access import sentence_at
from armslength.lineage.cast import Cast
from armslength.lineage.routes import Route
from armslength.lineage.text import Words, shared_runs, words_of
from armslength.model.evidence import Span

QUOTED = 8
"""Words in a row. Set by hand: stock phrases of news ("according to a report by the human rights group") run to seven."""
TRIMMED = 0.8
"""Share of the words of the shorter quotation that must stand in the longer. A quotation is trimmed by leaving words out; what is put in,
by a changed first word, is little. Set by hand."""
_GRAM = 3
"""Words in a row by which quotations to compare are found: every trimmed one keeps some."""
_MARKS = re.compile(r"“[^”\n]+”|\"[^\"\n]+\"|«[^»\n]+»|„[^“”\n]+[“”]|(?<!\w)‘[^‘\n]+?’(?!\w)|「[^」\n]+」")
_BRACKETS = re.compile(r"\[[^\]\n]*\]|\([^)\n]*\)")
"""What a writer puts into somebody else's words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """Two passages of two documents with the same words."""

    one: Route
    two: Route
    why: str
    evidence: tuple[Span, Span]
    """In the passage with the greater id, then in the other."""


def shared_quotations(routes: Sequence[Route], cast: Cast) -> list[Quotation]:
    """Passages that share a run, or a trimmed quotation, each with the first passage that has it, in order of claim ids."""
    ordered = sorted(routes, key=lambda row: row.id)
    found: dict[tuple[str, str], Quotation] = {}
    for row in (*_in_a_row(ordered, cast), *_trimmed(ordered, cast)):
        found.setdefault((row.one.id, row.two.id), row)
    return list(found.values())


def _in_a_row(ordered: Sequence[Route], cast: Cast) -> Iterator[Quotation]:
    words = {
        route.id: words_of(route.claim.doc, cast.texts[route.claim.doc].text, start=route.claim.start, end=route.claim.end)
        for route in ordered
    }
    for other, route in _sharing(ordered, words, QUOTED):
        run = max(shared_runs(words[other.id].words, words[route.id].words, QUOTED), key=lambda row: (row.length, -row.a))
        evidence = (_stretch(words[route.id], run.b, run.length, cast), _stretch(words[other.id], run.a, run.length, cast))
        yield Quotation(one=other, two=route, why=f"Both have the same {run.length} words in a row.", evidence=evidence)


def _trimmed(ordered: Sequence[Route], cast: Cast) -> Iterator[Quotation]:
    """Quotations of which the one leaves out, or changes, some words of the other."""
    words = {route.id: quoted_words(route, cast) for route in ordered}
    for other, route in _sharing(ordered, words, _GRAM):
        theirs, mine = words[other.id], words[route.id]
        blocks = [row for row in LCSseq.editops(theirs.words, mine.words).as_matching_blocks() if row.size]
        kept = sum(row.size for row in blocks)
        if kept < QUOTED or kept < TRIMMED * min(len(theirs), len(mine)):
            continue
        why = f"Both quote the same words: {kept} stand in the same order inside the quotation marks, with others left out or changed."
        first, last = blocks[0], blocks[-1]
        evidence = (
            _stretch(mine, first.b, last.b + last.size - first.b, cast),
            _stretch(theirs, first.a, last.a + last.size - first.a, cast),
        )
        yield Quotation(one=other, two=route, why=why, evidence=evidence)


def quoted_words(route: Route, cast: Cast) -> Words:
    """The words inside quotation marks in the sentence of a claim, in order, without what the writer put between brackets."""
    document = cast.texts[route.claim.doc]
    low, high = sentence_at(document, route.claim.start, route.claim.end)
    found = [
        words_of(document.id, document.text, [row.span() for row in _BRACKETS.finditer(document.text, low, high)], start=start, end=end)
        for start, end in (match.span() for match in _MARKS.finditer(document.text, low, high))
    ]
    return Words(
        doc=document.id,
        words=tuple(word for part in found for word in part.words),
        spans=tuple(span for part in found for span in part.spans),
    )


def _sharing(ordered: Sequence[Route], words: Mapping[str, Words], size: int) -> Iterator[tuple[Route, Route]]:
    """Passages of two documents that have `size` words in a row, each pair once, with the first passage that has these words."""
    first: dict[tuple[str, ...], Route] = {}
    seen: set[tuple[str, str]] = set()
    for route in ordered:
        mine = words[route.id]
        for place in range(len(mine) - size + 1):
            other = first.setdefault(mine.words[place : place + size], route)
            if other.claim.doc != route.claim.doc and (other.id, route.id) not in seen:
                seen.add((other.id, route.id))
                yield other, route


def _stretch(words: Words, first: int, length: int, cast: Cast) -> Span:
    return cast.span(words.doc, words.spans[first][0], words.spans[first + length - 1][1])
