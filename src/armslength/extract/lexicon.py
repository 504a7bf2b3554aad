"""Word classes over parsed words: which stretches of a sentence belong to which class of the lexicon.

In:  the words of one sentence. Out: hits (class, first index, last index). Longest phrase first; one stretch may be in several classes.
The lexicon is data (the files of `data/lexicon/`); this file only knows how to match it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from armslength.extract.parsed import Parse, Word

_SPLIT = re.compile(r"\s+")
_PASSED_OVER = frozenset({"“", "”", '"', "'", "‘", "’", "a", "an", "the", "their", "his", "her", "its", "any", "my", "our", "your"})
_GAP = 5  # words of an object that may stand in `take _ into custody`: a name with its title, or a noun with its attributes


@dataclass(frozen=True, slots=True)
class Hit:
    """Words `first` to `last` (indexes, inclusive) belong to a class."""

    name: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """One entry: its class, its words by lemma, and the part of speech its head must have (`n`, `v` or empty)."""

    name: str
    words: tuple[str, ...]
    only: str


@cache
def load_data(name: str) -> Any:
    """Read one of the data files beside this module. The result is shared: never change it."""
    return yaml.safe_load((files("armslength.extract") / "data" / name).read_text("utf-8"))


@cache
def word_classes() -> Mapping[str, str]:
    """The entries of each class, as written. Raises ValueError when a class stands in two files."""
    classes: dict[str, str] = {}
    for file in sorted((files("armslength.extract") / "data" / "lexicon").iterdir(), key=lambda f: f.name):
        if file.name.endswith(".yaml"):
            found = yaml.safe_load(file.read_text("utf-8"))
            twice = classes.keys() & found.keys()
            if twice:
                raise ValueError(f"data/lexicon/{file.name}: {', '.join(sorted(twice))} stands in another file too; keep one.")
            classes.update(found)
    return classes


@cache
def phrases() -> Mapping[str, tuple[Phrase, ...]]:
    """The lexicon by first word, longest phrases first."""
    table: dict[str, list[Phrase]] = {}
    for name, entries in word_classes().items():
        for entry in (e.strip() for e in entries.split(",")):
            only = {"~": "n", "!": "v"}.get(entry[0], "")
            words = tuple(_SPLIT.split(entry.lstrip("~!").casefold()))
            table.setdefault(words[0], []).append(Phrase(name, words, only))
    return {first: tuple(sorted(found, key=lambda p: (-len(p.words), p.name))) for first, found in table.items()}


def forms(word: Word) -> tuple[str, ...]:
    """What a word answers to: its lemma, its form in lower case, and for a capitalised name its bare singular."""
    low = word.text.casefold()
    bare = low[:-1] if word.pos == "PROPN" and low.endswith("s") and len(low) > 4 else low
    return (word.lemma, low) if bare == low else (word.lemma, low, bare)


def hits(parse: Parse) -> list[Hit]:
    """All class hits of a sentence, in order."""
    table, spoken = phrases(), [forms(w) for w in parse.words]
    there = {form for alternatives in spoken for form in alternatives} | {"_"}
    found: dict[tuple[str, int, int], Hit] = {}
    for index, alternatives in enumerate(spoken):
        for phrase in _starting(table, alternatives):
            last = _ends_at(parse.words, spoken, index, phrase) if there.issuperset(phrase.words) else None
            if last is not None:
                found.setdefault((phrase.name, index, last), Hit(phrase.name, index, last))
    return list(found.values())


def _starting(table: Mapping[str, tuple[Phrase, ...]], alternatives: Iterable[str]) -> Iterable[Phrase]:
    for form in dict.fromkeys(alternatives):
        yield from table.get(form, ())


def _ends_at(words: Sequence[Word], spoken: Sequence[tuple[str, ...]], start: int, phrase: Phrase) -> int | None:
    """Index of the phrase's last word if it stands at `start`. Marks, articles and possessives between its words are passed over, and
    up to five words where the phrase has `_`.
    """
    if phrase.only == "n" and words[start].pos not in {"NOUN", "PROPN", "ADJ", "X", "PRON"}:
        return None
    if phrase.only == "v" and words[start].pos not in {"VERB", "AUX", "ADJ"}:
        return None
    here, gap = start, 0
    for expected in phrase.words[1:]:
        if expected == "_":
            gap = _GAP
            continue
        here += 1
        while here < len(words) and expected not in spoken[here]:
            passed = here - start < 12 and words[here].text in _PASSED_OVER
            if not passed and not gap:
                break
            gap -= 0 if passed else 1
            here += 1
        gap = 0
        if here >= len(words) or expected not in spoken[here]:
            return _particle(words, spoken, start, phrase)
    return here


def _particle(words: Sequence[Word], spoken: Sequence[tuple[str, ...]], start: int, phrase: Phrase) -> int | None:
    """`set ... up`: a verb and its particle may stand apart."""
    if phrase.only != "v" or len(phrase.words) != 2:
        return None
    for word in words[start + 1 : start + 7]:
        if word.dep == "prt" and word.head == start and phrase.words[1] in spoken[word.index]:
            return start
    return None
