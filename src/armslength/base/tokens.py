"""The words of texts and of questions, cut and folded alike, so that one is found by the other.

In:  a text, with names hidden; a question as somebody typed it.
Out: `Token`s with their places in the text; `Term`s of a question; where the terms stand in a text.
Never: joins words across a hidden name; takes a hidden name for a word.

Case, accents and invisible characters do not matter. A script that writes without spaces is cut into pairs of neighbouring signs, and
the last sign alone, so that a word of two signs is found inside a longer run, and one of a single sign by what begins with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from armslength.base.masking import BLOCK, UNSPACED, folded

_PIECE = re.compile(rf"[^\W_]+|{BLOCK}+")
_SPACED = re.compile(rf"(?:(?!{UNSPACED.pattern}).)+|(?:{UNSPACED.pattern})+")
_BROKEN = re.compile(r"([^\W_]+)[-\u2010]\s*\n\s*([^\W_]+)")
"""A word that a line's end breaks in two: it is found by its halves, and whole."""
_UNMARKED = re.compile(r"[^a-z0-9._+/\u0080-\U0010ffff-]")
_ASKED = re.compile(r'(-?)"([^"]*)"?|(\S+)')
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
MOST_TERMS = 12
LONGEST = 200
"""Letters of a question that are read."""
_SHORTEST_BEGINNING = 3
_LONGEST_WORD = 60
"""Letters of a word that are told apart. What is longer is an address or a key, and a database takes only so many."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word as it is looked for, and where it stands."""

    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Words of a question that stand together."""

    words: tuple[str, ...]
    beginning: bool = False
    """The last word need only begin so."""
    excluded: bool = False


def tokens(text: str) -> Iterator[Token]:
    """The words of a text in order."""
    plain, places = folded(text)
    at = range(len(text) + 1) if places is None else [*places, len(text)]
    broken = {match.start(2): match for match in _BROKEN.finditer(plain)} if "\n" in plain else {}
    for piece in _PIECE.finditer(plain):
        if piece.group()[0] == BLOCK:
            yield Token(BLOCK, at[piece.start()], at[piece.end() - 1] + 1)
            continue
        for run in _SPACED.finditer(plain, *piece.span()):
            yield from _cut(run.group(), run.start(), at)
        if (whole := broken.get(piece.start())) is not None:
            yield Token((whole[1] + whole[2])[:_LONGEST_WORD], at[whole.start()], at[whole.end() - 1] + 1)


def mark(scheme: str, code: str) -> str:
    """A word that no text has, for what a text is chosen by: `=kind:incident.case`."""
    return f"={scheme}:{_UNMARKED.sub('_', folded(code)[0])[:_LONGEST_WORD]}"


def words_of(text: str) -> list[str]:
    """The words of `tokens`, without their places: twenty times as fast where no script is in it that writes without spaces."""
    plain, _ = folded(text)
    if UNSPACED.search(plain) or ("\n" in plain and _BROKEN.search(plain)):
        return [token.word for token in tokens(text)]
    return [BLOCK if word[0] == BLOCK else word[:_LONGEST_WORD] for word in _PIECE.findall(plain)]


def _cut(run: str, start: int, at: Sequence[int]) -> Iterator[Token]:
    if UNSPACED.match(run) is None:
        yield Token(run[:_LONGEST_WORD], at[start], at[start + len(run) - 1] + 1)
        return
    for place in range(len(run)):
        pair = run[place : place + 2]
        yield Token(pair, at[start + place], at[start + place + len(pair) - 1] + 1)


def asked(question: str) -> tuple[Term, ...]:
    """The terms of a question: words, `"words that stand together"`, `begin*`; each with `-` before it for what must not stand there."""
    found = []
    for minus, phrase, word in _ASKED.findall(question[:LONGEST].translate(_QUOTES)):
        excluded = bool(minus) or (word.startswith("-") and len(word) > 1)
        term = _term(phrase or word.lstrip("-"), excluded=excluded)
        if term is not None and term not in found:
            found.append(term)
    return tuple(found[:MOST_TERMS])


def _term(text: str, *, excluded: bool) -> Term | None:
    words = [token.word for token in tokens(text) if token.word != BLOCK]  # nobody asks for what is hidden
    if not words:
        return None
    beginning = text.endswith("*") and len(words[-1]) >= _SHORTEST_BEGINNING
    if UNSPACED.match(words[-1]):  # the text may go on where the question ends: its last sign is only the beginning of a pair
        beginning = True
        if len(words) > 1 and words[-2][-1:] == words[-1] and len(words[-2]) > 1:
            words, beginning = words[:-1], False
    return Term(words=tuple(words), beginning=beginning, excluded=excluded)


def places(text: str, terms: Sequence[Term], *, most: int = 40) -> list[tuple[int, int]]:
    """Where terms stand in a text, in order, up to `most`; touching ones as one. Excluded terms are passed over."""
    wanted = [term for term in terms if not term.excluded]
    firsts = {term.words[0] for term in wanted if len(term.words) > 1 or not term.beginning}
    begun = tuple(term.words[0] for term in wanted if len(term.words) == 1 and term.beginning)
    line = list(tokens(text))
    found: list[tuple[int, int]] = []
    for number, token in enumerate(line):
        if token.word not in firsts and not (begun and token.word.startswith(begun)):
            continue
        ends = [line[number + len(term.words) - 1].end for term in wanted if _stands(line, number, term)]
        if ends and found and token.start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], *ends))
        elif ends:
            found.append((token.start, max(ends)))
        if len(found) > most:
            return found[:most]
    return found


def holds(text: str, terms: Sequence[Term]) -> bool:
    """Whether every term stands in a text, and none that is excluded."""
    plain, _ = folded(text)
    if "\n" not in plain and not all(term.excluded or all(word in plain for word in term.words) for term in terms):
        return False  # most texts are told apart here, twenty times as fast
    line = list(tokens(text))
    return all(any(_stands(line, number, term) for number in range(len(line))) != term.excluded for term in terms)


def _stands(line: Sequence[Token], number: int, term: Term) -> bool:
    here = line[number : number + len(term.words)]
    if len(here) < len(term.words) or any(token.word != word for token, word in zip(here[:-1], term.words[:-1], strict=True)):
        return False
    last = here[-1].word
    return last.startswith(term.words[-1]) if term.beginning else last == term.words[-1]


def near(text: str, term: Term, *, around: int = 600) -> tuple[int, int] | None:
    """A stretch of a long text around the first place where a term stands, without cutting the whole text into words; None where it does
    not stand.
    """
    if len(text) <= 4 * around:
        return (0, len(text)) if places(text, [term], most=1) else None
    plain, where = folded(text)
    found = plain.find(term.words[0])
    while found >= 0:
        at = found if where is None else where[found]
        low = max(0, text.rfind(" ", 0, max(0, at - around)) + 1 if at > around else 0, at - 2 * around)
        if places(text[low : at + around], [term], most=1):
            return low, min(len(text), at + around)
        found = plain.find(term.words[0], found + max(1, around // 2))
    return None
