"""What searches look through: words of documents and of facts, names hidden; and which of them a change of names concerns.

In:  documents with the stretches that hold names; facts with their lines and passages; names as they were hidden and as they are.
Out: words of units for the index; documents and facts to be read again.
Never: gives the index a word of a text that is hidden; looks for a person: names are looked for to hide them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator

from armslength.base.masking import BLOCK, UNSPACED, folded
from armslength.base.tokens import Term, mark, words_of
from armslength.model.claims import Claim
from armslength.model.evidence import Document
from armslength.store.search import Wanted

PART = 3000
"""Words of a document that are one unit of the index. PostgreSQL keeps 256 places of a word; in 3,000 words no common one has more."""
OVERLAP = 20
"""Words that a part has in common with the one before it, so that what stands together is found together."""
PARTS = 2**7
"""Parts a document can have: 380,000 words. What stands behind them is not found."""
_MOST_PASSAGES = 200
"""Passages of a fact whose words are indexed; the documents of all others are found."""
_WORD = re.compile(r"[^\W_]+")


def document_units(no: int, title: str, text: str, marks: Collection[str]) -> Iterator[tuple[int, list[str]]]:
    """Units of a document: number and words. Its title and text have names hidden already."""
    words = [*words_of(title), BLOCK, *words_of(text)]
    for part, start in enumerate(range(0, len(words), PART)):
        if part == PARTS:
            return
        yield no * PARTS + part, [*words[max(0, start - OVERLAP) : start + PART], BLOCK, *sorted(marks)]


def fact_words(label: str, quotes: Iterable[str], marks: Collection[str]) -> list[str]:
    """The words of a fact: its label and its passages, each wording once, names hidden already."""
    found = words_of(label)
    for quote in list(dict.fromkeys(quotes))[:_MOST_PASSAGES]:
        found += [BLOCK, *words_of(quote)]
    return [*found, BLOCK, *sorted(marks)]


def document_marks(document: Document, claims: Iterable[Claim], *, year: int, places_of: Callable[[Claim], Iterable[str]]) -> set[str]:
    """What a document is chosen by: language, year, and what its claims are about. `places_of` gives codes of places a claim names."""
    found = {mark("lang", document.lang)} | ({mark("year", str(year))} if year else set())
    for claim in claims:
        found |= {mark("kind", claim.kind), *(mark("method", code) for code in claim.methods)}
        found |= {mark("country", place.country) for place in claim.places if place.country}
        found |= {mark("place", code) for code in places_of(claim)}
    return found


def terms_of(form: str) -> Term:
    """What a hidden form is looked for by, in what is not hidden yet."""
    words = words_of(form)
    if len(words) > 1 and UNSPACED.match(words[-1]):
        words = words[:-1]
    return Term(words=tuple(words), beginning=bool(UNSPACED.match(words[-1]) and len(words[-1]) == 1) if words else False)


def looked_for(form: str) -> Wanted:
    """Units in which a form may stand: those that hold its words."""
    term = terms_of(form)
    if UNSPACED.search(form):
        return Wanted(all_of=((term.words, term.beginning),))
    return Wanted(all_of=tuple(((word,), False) for word in term.words))


class Forms:
    """Forms of names, to be found in texts at a glance. Finds too much rather than too little."""

    __slots__ = ("_runs", "_words")

    def __init__(self, forms: Iterable[str]) -> None:
        some = list(forms)
        self._words = frozenset(word for form in some if not UNSPACED.search(form) for word in form.split())
        runs = sorted(form for form in some if UNSPACED.search(form))
        self._runs = re.compile("|".join(map(re.escape, runs))) if runs else None

    def __bool__(self) -> bool:
        return bool(self._words or self._runs)

    def may_stand_in(self, text: str) -> bool:
        """Whether a word of a form stands in a text."""
        plain, _ = folded(text)
        if self._runs is not None and self._runs.search(plain):
            return True
        return any(word in self._words for word in _WORD.findall(plain))
