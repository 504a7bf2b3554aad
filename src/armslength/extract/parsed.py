"""What a parser gives: words with their grammar, at offsets into the document. Nothing of a parser's own gets further than this."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, TypeVar

from armslength.base.offsets import Range

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Word:
    """One token. Labels are Universal POS, Penn tags and ClearNLP dependencies, as spaCy's English models give them."""

    index: int
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    entity: str
    """Named-entity label of the name this word is part of, or empty."""

    @property
    def is_mark(self) -> bool:
        """Whether it is punctuation, a quotation mark or white space."""
        return self.pos in {"PUNCT", "SPACE"}


@dataclass(frozen=True, slots=True)
class Parse:
    """One sentence, parsed. `start`/`end` are the sentence's; `words` may be empty for a sentence without a word."""

    start: int
    end: int
    words: tuple[Word, ...]
    children: tuple[tuple[int, ...], ...]
    edges: tuple[Range, ...]
    """For each word the first and last index of its subtree."""
    known: dict[tuple[str, int], Any] = field(default_factory=dict, compare=False, repr=False)
    """Answers of pure functions about this parse (`once`): the rules ask the same again and again. Never what a result depends on."""

    def kids(self, index: int, *deps: str) -> Iterator[Word]:
        """The words that hang on a word, in order; only those with one of the labels where some are given."""
        for child in self.children[index]:
            if not deps or self.words[child].dep in deps:
                yield self.words[child]

    def kid(self, index: int, *deps: str) -> Word | None:
        """The first of them, or None."""
        return next(self.kids(index, *deps), None)

    def subtree(self, index: int) -> list[int]:
        """Indexes of a word and everything below it, in order."""
        return list(_below(self, index))

    def range_of(self, indexes: list[int]) -> Range:
        """From the first to the last of some words, in the document's offsets."""
        return self.words[min(indexes)].start, self.words[max(indexes)].end

    def ancestors(self, index: int) -> Iterator[Word]:
        """The words above a word, nearest first."""
        while self.words[index].dep != "ROOT" and self.words[index].head != index:
            index = self.words[index].head
            yield self.words[index]


def build(start: int, end: int, words: tuple[Word, ...]) -> Parse:
    """Complete a parse from its words: children and subtree edges follow from the heads."""
    kids: list[list[int]] = [[] for _ in words]
    for word in words:
        if word.head != word.index:
            kids[word.head].append(word.index)
    first, last = list(range(len(words))), list(range(len(words)))
    for word in words:
        index, here = word.index, word.head
        for _ in words:  # never round in a circle, should a parser give one
            if first[here] <= index <= last[here]:
                break  # what lies between two words of a subtree widens nothing, here or further up
            first[here], last[here] = min(first[here], index), max(last[here], index)
            here = words[here].head
    return Parse(start, end, words, tuple(tuple(k) for k in kids), tuple(zip(first, last, strict=True)))


def once(function: Callable[[Parse, int], T]) -> Callable[[Parse, int], T]:
    """A pure function of a parse and the index of a word, worked out once for each. What it gives must not be changed by anybody."""
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def ask(parse: Parse, index: int) -> T:
        key = (name, index)
        if key not in parse.known:
            parse.known[key] = function(parse, index)
        found: T = parse.known[key]
        return found

    return ask


@once
def _below(parse: Parse, index: int) -> tuple[int, ...]:
    found, stack = [], [index]
    while stack:
        here = stack.pop()
        found.append(here)
        stack.extend(parse.children[here])
    return tuple(sorted(found))
