"""Errors that two passages share: a slip that hardly anybody makes twice, beside a case that spells the word right.

In:  claims, the sentences they stand in, the packaged list of words.
Out: `Spellings`, the one table of the case that this needs; `Slip`s two passages share, with their places.
Never: a slip that many make (`goverment`, a doubled letter, a vowel for another); a word inside quotation marks, which is spelt as whoever
is quoted spelt it; a person's name; another spelling of a name that is in no list of words, unless two letters have changed places.

`Spellings` is cheap to keep: the number of documents of the case in which each spelling stands in a claim's sentence. A fact depends on it
only through words of its own passages that are in no list of words, so a new document concerns only the facts that hold such a word or one
letter less or more of it.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from armslength.lineage.access import sentence_at
from armslength.lineage.cast import Cast
from armslength.lineage.routes import Route
from armslength.model.claims import Claim
from armslength.model.evidence import Span

LETTERS = 7
"""Of the shortest word in which a slip tells anything. In shorter words one wrong letter too often makes another name."""
SPELT = 2
"""Documents of the case that must spell a word right, so that it is a word of the case and not one that happens to be near. How many spell
it wrong does not matter: an error that is copied a hundred times is one error, and a copy must not make it a spelling."""
_WORD = re.compile(rf"[^\W\d_]{{{LETTERS - 1},}}")
_QUOTED = re.compile(r"[“\"«„][^“”\"«»„\n]*[”\"»“]")
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_VOWELS = frozenset("aeiouy")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spellings:
    """In how many documents of the case a spelling stands in a sentence that holds a claim."""

    documents: Mapping[str, int]
    places: frozenset[str] = frozenset()
    """Words of the names of places that the gazetteer knows, folded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A word that one passage spells wrong."""

    word: str
    """Folded."""
    right: str
    """As the rest of the case spells it, folded."""
    route: Route
    span: Span


NO_SPELLINGS = Spellings(documents={})


def count_spellings(claims: Iterable[Claim], cast: Cast) -> Spellings:
    """The table, from all claims of a case."""
    by_doc: dict[str, set[str]] = defaultdict(set)
    places: set[str] = set()
    for claim in claims:
        by_doc[claim.doc] |= spelled(claim, cast)
        places |= places_in(claim)
    return Spellings(documents=Counter(word for words in by_doc.values() for word in words), places=frozenset(places))


def spelled(claim: Claim, cast: Cast) -> frozenset[str]:
    """The longer words of the sentence a claim stands in, folded: what it adds to the table, once for each document."""
    return frozenset(word.casefold() for word, _ in _words(claim, cast))


def shared_slips(routes: Sequence[Route], cast: Cast, spellings: Spellings) -> list[list[Slip]]:
    """Slips that stand in passages of several documents, each with its passages in order of claim ids."""
    found: dict[str, list[Slip]] = defaultdict(list)
    for route in sorted(routes, key=lambda row: row.id):
        for slip in {slip.word: slip for slip in reversed(list(_slips(route, cast, spellings)))}.values():
            found[slip.word].append(slip)
    return [rows for _, rows in sorted(found.items()) if len({row.route.claim.doc for row in rows}) > 1]


def _slips(route: Route, cast: Cast, spellings: Spellings) -> Iterator[Slip]:
    claim = route.claim
    persons = {part.casefold() for name in _persons(claim) for part in re.split(r"[\W_]+", name)}
    low = sentence_at(cast.texts[claim.doc], claim.start, claim.end)[0]
    for word, start in _words(claim, cast):
        folded = word.casefold()
        if len(word) < LETTERS or folded in persons or _is_spelt_right(folded, spellings) or folded in _common_slips():
            continue
        right = _right(folded, spellings, name=word[0].isupper() and not word.isupper() and start > low)
        if right and not _is_a_name(folded, right, cast):
            yield Slip(word=folded, right=right, route=route, span=cast.span(claim.doc, start, start + len(word)))


def unsure(claim: Claim, cast: Cast) -> frozenset[str]:
    """The words of a claim's sentence that a table of spellings may show to be slips, folded: those in no list of words."""
    found = {word.casefold() for word, _ in _words(claim, cast) if len(word) >= LETTERS} - _common_slips()
    return frozenset(word for word in found if word not in _lexicon() and word not in _names())


def halves(word: str) -> frozenset[tuple[str, str]]:
    """What a word has in common with every word one letter away: its first or its last part, for either length of the shorter."""
    parts = {(length - 1) // 2 for length in (len(word) - 1, len(word))}
    return frozenset(pair for part in parts for pair in (("begins", word[:part]), ("ends", word[-part:])))


def tells(word: str, before: int, after: int, places: frozenset[str]) -> bool:
    """Whether it can matter that a word stands in another number of documents now: only a word that is spelt right, in enough of them."""
    return max(before, after) >= SPELT and (word in _lexicon() or word in _names() or word in places)


def one_away(words: Iterable[str]) -> frozenset[str]:
    """Some words, and every string one letter away from one of them."""
    found = set(words)
    return frozenset(found.union(*map(_one_off, found)))


def near(words: Iterable[str], others: frozenset[str], reach: frozenset[str]) -> bool:
    """Whether one of some words is one of others, or may be a slip for one. `reach`: `one_away` of the others, which puts in no letters
    beyond the Latin ones.
    """
    return any(word in reach or (not word.isascii() and not others.isdisjoint(_one_off(word))) for word in words)


def places_in(claim: Claim) -> frozenset[str]:
    """The longer words of the names of places that the gazetteer knows, folded."""
    return frozenset(word.casefold() for place in claim.places if place.geonames for word in _WORD.findall(place.name))


def _is_spelt_right(word: str, spellings: Spellings) -> bool:
    return word in _lexicon() or word in _names() or word in spellings.places


def _is_a_name(word: str, right: str, cast: Cast) -> bool:
    """Whether a public body is called so, and never otherwise: then it is no slip but its name."""
    return any(right not in words for words in cast.called.get(word, ()))


def _words(claim: Claim, cast: Cast) -> Iterator[tuple[str, int]]:
    """The words of a claim's sentence outside quotation marks, with their places."""
    document = cast.texts[claim.doc]
    low, high = sentence_at(document, claim.start, claim.end)
    quoted = [match.span() for match in _QUOTED.finditer(document.text, low, high)]
    for match in _WORD.finditer(document.text, low, high):
        if not any(start <= match.start() < end for start, end in quoted):
            yield match.group(), match.start()


def _persons(claim: Claim) -> Iterator[str]:
    for link in claim.attribution:
        if link.kind == "person":
            yield link.name
    for party in claim.parties:
        if party.kind == "person":
            yield party.name


def _right(word: str, spellings: Spellings, *, name: bool) -> str:
    """The word of the case that a word is a slip for: the commonest, or empty."""
    known = [(-number, other) for other in _one_off(word) if (number := spellings.documents.get(other, 0)) >= SPELT]
    likely = [(number, other) for number, other in known if _telling(word, other, spellings, name=name)]
    return min(likely)[1] if likely else ""


def _telling(wrong: str, right: str, spellings: Spellings, *, name: bool) -> bool:
    """Whether a slip is one that two writers hardly both make."""
    if wrong[:-1] == right or right[:-1] == wrong or wrong[:-1] == right[:-1]:
        return False  # an ending, not a slip
    if right in _lexicon():
        return name or not _of_a_common_kind(wrong, right)
    listed = right in _names() or right in spellings.places
    return listed and sorted(wrong) == sorted(right)  # names have several spellings, but not with letters in another order


def _of_a_common_kind(wrong: str, right: str) -> bool:
    """A letter doubled or not doubled, one vowel for another, two neighbours that have changed places."""
    if sorted(wrong) == sorted(right):
        return True
    if len(wrong) == len(right):
        differing = [(a, b) for a, b in zip(wrong, right, strict=True) if a != b]
        return all(a in _VOWELS and b in _VOWELS for a, b in differing)
    return _undoubled(wrong) == _undoubled(right)


def _undoubled(word: str) -> str:
    return re.sub(r"(.)\1", r"\1", word)


def _one_off(word: str) -> frozenset[str]:
    """Every string one letter away: left out, put in, changed, or swapped with its neighbour (Damerau 1964)."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    out = {a + b[1:] for a, b in cuts if b}
    out |= {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    out |= {a + letter + b[1:] for a, b in cuts if b for letter in _LATIN}
    out |= {a + letter + b for a, b in cuts for letter in _LATIN}
    return frozenset(out - {word})


@cache
def _words_spelt_right() -> tuple[str, ...]:
    """English words of six letters and more, in American and British spelling; names begin with a capital (`data/words.md`)."""
    packed = (files("armslength.lineage") / "data" / "words.txt.gz").read_bytes()
    return tuple(gzip.decompress(packed).decode().split("\n"))


@cache
def _lexicon() -> frozenset[str]:
    return frozenset(word for word in _words_spelt_right() if word.islower())


@cache
def _names() -> frozenset[str]:
    return frozenset(word.casefold() for word in _words_spelt_right() if not word.islower())


@cache
def _common_slips() -> frozenset[str]:
    """Slips that many writers make, beside those of a kind that many make."""
    lines = (files("armslength.lineage") / "data" / "common_slips.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
