"""What an attribution says of its source: that they state, believe, mean to do, perceive something, or how they feel about it.

In:  a parsed sentence, a cue, and how its content hangs on it. Out: a kind. By word lists (`cues.yaml`), then by grammar: a plain object
of a word in no list is what an attitude is about; a clause or a quotation is a statement.
"""

from __future__ import annotations

from functools import cache

from armslength.extract.lexicon import load_data
from armslength.extract.parsed import Parse

KINDS = ("statement", "belief", "intention", "perception", "attitude")
_PLAIN = ("dobj", "pobj", "prep", "poss", "subj", "agent")


@cache
def _listed() -> dict[str, str]:
    return {word: kind for kind, words in load_data("cues.yaml")["kinds"].items() for word in words.split(", ")}


def kind_of_cue(parse: Parse, cue: int, way: str) -> str:
    """The kind of an attribution by its cue and the way its content hangs on the cue."""
    word = parse.words[cue]
    told = _listed().get(word.lemma)
    if told is not None:
        return told
    last = way.strip(".").rpartition(">")[2].partition(":")[0]
    if way == "subj" or last in _PLAIN:
        return "attitude"
    if last == "xcomp":
        return "intention"
    return "statement"
