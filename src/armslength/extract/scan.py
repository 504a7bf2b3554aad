"""The cheap scan: which documents and sentences can hold a claim at all. Only those are parsed.

In:  sentences as text ranges. Out: for each, the families of words it triggers.
A document is read when it speaks of the matter itself (a `strong` trigger, or an act against people near a word that sets it
abroad); in such a document a sentence is parsed when it holds any trigger word, a number, a reporting word or a quotation mark, since
attribution needs its context.
"""

from __future__ import annotations

import re
from functools import cache

from armslength.extract.lexicon import load_data, phrases
from armslength.extract.sentences import Sentence

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_OTHER = re.compile(
    r"\d|[“”„«»\"]|\b(?:[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en|[Ee]leven|[Tt]welve|[Dd]ozens?|[Hh]undreds?|[Tt]housands?)\b"
)
_ENDINGS = ("s", "es", "ed", "d", "ing", "ies", "ied")


@cache
def _strong() -> re.Pattern[str]:
    return re.compile("|".join(load_data("triggers.yaml")["strong"]), re.IGNORECASE)


@cache
def _acts() -> tuple[re.Pattern[str], re.Pattern[str], int]:
    """What is done to people, what sets it abroad or against critics, and within how many characters of each other they must stand."""
    data = load_data("triggers.yaml")
    return re.compile("|".join(data["acts"]), re.IGNORECASE), re.compile("|".join(data["about"]), re.IGNORECASE), int(data["near"])


@cache
def _words() -> frozenset[str]:
    """The most telling word of each entry of the lexicon, and the reporting words."""
    cues = load_data("cues.yaml")
    reporting = {word for entry in cues["verbs"] for word in entry["words"].split(", ")}
    reporting |= set(cues["nouns"].split(", ")) | set(cues["pasts"].split(", "))
    telling = {max(p.words, key=len) for entries in phrases().values() for p in entries}
    common = frozenset(load_data("triggers.yaml")["common"].split())
    return frozenset(telling - common | {w.partition(" ")[0] for w in reporting})


def is_relevant(text: str) -> bool:
    """Whether a document speaks of the matter at all."""
    if _strong().search(text) is not None:
        return True
    acts, about, near = _acts()
    return any(about.search(text, max(0, act.start() - near), act.end() + near) for act in acts.finditer(text))


def wanted(text: str, sentence: Sentence) -> bool:
    """Whether a sentence of a relevant document has to be parsed."""
    piece = text[sentence.start : sentence.end]
    return _OTHER.search(piece) is not None or any(_known(word) for word in _WORD.findall(piece))


def _known(word: str) -> bool:
    low = word.casefold()
    known = _words()
    if low in known:
        return True
    for ending in _ENDINGS:
        if low.endswith(ending):
            stem = low[: -len(ending)]
            if (
                stem in known
                or stem + "e" in known
                or stem + "y" in known
                or (len(stem) > 2 and stem[-1] == stem[-2] and stem[:-1] in known)
            ):
                return True
    return False
