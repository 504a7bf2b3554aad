"""What may be read of each document: which are withheld whole, and of the others which words (METHOD P3, P8).

In:  the documents of a release, where they name protected persons, the claims and edges that quote them.
Out: for each shown document its text with blocks over what is not shown, of the same length so that offsets hold; for each withheld one,
     blocks that say nothing about its length.
Never: shows one passage of a page on which another passage is about a protected person: the one finds the page, the page gives the name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from armslength.base.offsets import Range, merge, overlap
from armslength.model.evidence import Document, Span
from armslength.publish.attack.runs import longest_run
from armslength.publish.content import Content
from armslength.publish.gate.persons import Named, Persons
from armslength.publish.gate.profile import Profile
from armslength.publish.gate.strangers import known_words, strangers

BLOCK = "█"
"""Stands for one character that is not shown."""
WITHHELD = BLOCK * 12
"""All that is shown of a passage of a withheld document."""
PADDED = 4096
"""A withheld text is padded to a multiple of so many characters, two pages of print: its exact length would tell it from others."""


@dataclass(frozen=True, slots=True)
class Passages:
    """What may be read."""

    hidden: frozenset[str]
    """Documents that are withheld whole."""
    texts: Mapping[str, str]
    """Document to its text as shown."""
    masked: int
    """What may be names of somebody nobody has decided about, in shown documents: blocks too."""

    def span(self, span: Span) -> Span:
        """A span as it is shown."""
        if span.doc in self.hidden:
            return Span(doc=span.doc, start=0, end=len(WITHHELD), quote=WITHHELD)
        return replace(span, quote=self.texts[span.doc][span.start : span.end])


def padded(text: str) -> str:
    """A text with blanks behind it, so that its length is that of many others."""
    return text + " " * (-len(text) % PADDED or PADDED * (not text))


def withheld(content: Content, persons: Persons, named: Mapping[str, Named], runs: frozenset[int]) -> frozenset[str]:
    """Documents of which a shown passage has a protected person as a voice, beside it, or in words that a protected passage shares."""
    found: set[str] = set()
    for claim in content.claims:
        if claim.doc in found:
            continue
        where = named[claim.doc]
        spans = [(claim.start, claim.end), *claim.repeats]
        near = any(where.near(*span) for span in spans) or any(overlap(span, stretch) for span in spans for stretch in where.around)
        if near or persons.voices(claim) or longest_run(claim.quote, runs):
            found.add(claim.doc)
    return frozenset(found)


def passages(content: Content, named: Mapping[str, Named], hidden: frozenset[str], profile: Profile, runs: frozenset[int]) -> Passages:
    """Decide what may be read of every document.

    Documents whose text would still share words in a row with a protected passage join `hidden`.
    """
    quoted = _quoted(content)
    known = known_words(content)
    masked = 0
    texts: dict[str, str] = {}
    late: set[str] = set()
    for document in content.documents:
        if document.id in hidden:
            texts[document.id] = BLOCK * len(padded(document.text))
            continue
        strange = list(strangers(document.text, known))
        masked += len(strange)
        gone = [*named[document.id].around, *strange]
        shown = _shown(document, quoted, profile)
        text = _blocked(document, shown=shown, gone=gone)
        if longest_run(text.replace(BLOCK, " | "), runs):
            late.add(document.id)
            text = BLOCK * len(padded(document.text))
        texts[document.id] = text
    return Passages(hidden | late, texts, masked)


def _shown(document: Document, quoted: Mapping[str, list[Range]], profile: Profile) -> list[Range]:
    if not profile.quotes:
        return []
    return [(0, len(document.text))] if profile.documents else quoted.get(document.id, [])


def _quoted(content: Content) -> dict[str, list[Range]]:
    """Ranges of each document that a claim, an edge or the access of an origin quotes."""
    found: dict[str, list[Range]] = {}
    for claim in content.claims:
        found.setdefault(claim.doc, []).extend([(claim.start, claim.end), *claim.repeats])
    spans = [span for edge in content.edges for span in edge.evidence]
    spans += [access.shown for row in content.origins.values() for group in row.groups for access in group.access]
    for span in spans:
        found.setdefault(span.doc, []).append((span.start, span.end))
    return found


def _blocked(document: Document, *, shown: Iterable[Range], gone: Iterable[Range]) -> str:
    """The text with blocks over whatever is not shown. Line ends stay, so that paragraphs do."""
    out = [BLOCK if not letter.isspace() else letter for letter in document.text]
    for start, end in merge(shown):
        out[start:end] = document.text[start:end]
    for start, end in merge(gone):
        out[start:end] = [BLOCK if not letter.isspace() else letter for letter in document.text[start:end]]
    return "".join(out)
