"""Cut a document into windows that a language model reads one at a time.

In:  a document. Out: windows in order: whole paragraphs of prose, none twice, each with the text around it for context.
Never: includes what is the page's furniture or an internal copy; splits a paragraph that fits into a window, or a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from armslength.base.offsets import Range
from armslength.extract.scan import wanted
from armslength.extract.sentences import Sentence, sentences
from armslength.model.evidence import Document

_PROSE = frozenset({"paragraph", "list_item", "quote", "table"})
_FURNITURE = frozenset({"boilerplate", "notice"})


@dataclass(frozen=True, slots=True)
class Window:
    """`start:end` is read; `before:start` and `end:after` are shown beside it."""

    start: int
    end: int
    before: int
    after: int
    sentences: tuple[Range, ...]
    """Those that are read, in order."""


def windows(document: Document, *, size: int, context: int) -> list[Window]:
    """Windows of at most `size` code points (one long sentence may be more), without those in which the scan finds nothing."""
    text = document.text
    cut = [Window(run[0].start, run[-1].end, 0, 0, tuple((s.start, s.end) for s in run)) for run in _runs(document, size)]
    found = [w for w in cut if any(wanted(text, Sentence(0, a, b, 0, "paragraph")) for a, b in w.sentences)]
    return [replace(w, before=_on_word(text, w.start - context, w.start), after=_on_word(text, w.end + context, w.end)) for w in found]


def _runs(document: Document, size: int) -> Iterator[list[Sentence]]:
    """Sentences that are read together. The page's furniture between two paragraphs ends a run: it must not get into a window."""
    every = sentences(document)
    furniture = {s.index for s in every if s.block in _FURNITURE or _left_out(s, document)}
    run: list[Sentence] = []
    for part in _parts([s for s in every if s.block in _PROSE and s.index not in furniture], size):
        apart = run and any(between in furniture for between in range(run[-1].index, part[0].index))
        if run and (apart or part[-1].end - run[0].start > size):
            yield run
            run = []
        run = [*run, *part]
    if run:
        yield run


def _parts(kept: Iterable[Sentence], size: int) -> Iterator[list[Sentence]]:
    """Paragraphs as lists of sentences; one that is longer than a window, or has furniture in it, in parts."""
    for _, group in groupby(kept, key=lambda s: s.paragraph):
        part: list[Sentence] = []
        for one in group:
            if part and (one.end - part[0].start > size or one.index != part[-1].index + 1):
                yield part
                part = []
            part.append(one)
        yield part


def _left_out(sentence: Sentence, document: Document) -> bool:
    where = [*((c.start, c.end) for c in document.duplicates), *document.boilerplate]
    return any(start <= sentence.start and sentence.end <= end for start, end in where)


def _on_word(text: str, at: int, edge: int) -> int:
    """Move a cut to the next space towards the window, so that no word is shown in half."""
    at = max(0, min(at, len(text)))
    while at not in {0, len(text), edge} and not text[at].isspace():
        at += 1 if at < edge else -1
    return at
