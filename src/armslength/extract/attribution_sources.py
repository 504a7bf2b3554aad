"""Who may be the source of a cue: candidates and what the model is shown of each.

In:  a `Line`, a cue and the words found to be its content. Out: the nouns and pronouns of the sentence, and -1 for "nobody in this
sentence", each with features. Never: decides.
"""

from __future__ import annotations

from collections.abc import Iterator

from armslength.extract.attribution_view import Line, subject_index
from armslength.extract.parsed import Parse, Word

_NOMINAL = {"NOUN", "PROPN", "PRON"}
_HEADS = {
    "nsubj",
    "nsubjpass",
    "csubj",
    "dobj",
    "pobj",
    "attr",
    "poss",
    "ROOT",
    "dative",
    "appos",
    "conj",
    "npadvmod",
    "dep",
    "oprd",
    "ccomp",
    "advcl",
}


def source_candidates(line: Line) -> list[int]:
    """Words that may head a source, and -1 for none."""
    found = [w.index for w in line.parse.words if (w.pos in _NOMINAL or w.dep in {"nsubj", "nsubjpass"}) and w.dep in _HEADS]
    return [-1, *found]


def paths_up(parse: Parse, cue: int) -> dict[int, str]:
    """The way from a cue to each word above it."""
    ways = {cue: ""}
    here, way = parse.words[cue], ""
    while here.head != here.index and here.head not in ways:
        way = f"{way}^{here.dep}"
        here = parse.words[here.head]
        ways[here.index] = way
    return ways


def path_to(parse: Parse, ways: dict[int, str], index: int) -> str:
    """The way from a cue to a word, over what they have in common; prepositions by name."""
    here, down, steps = parse.words[index], "", 0
    while here.index not in ways and here.head != here.index:
        name = f"{here.dep}={here.lemma}" if here.dep in {"prep", "agent"} else here.dep
        down = f">{name}{down}"
        here = parse.words[here.head]
        steps += 1
        if steps > 6:
            return "far"
    return ways.get(here.index, "far") + down


def source_features(line: Line, cue: int, index: int, content: tuple[tuple[int, int], ...], ways: dict[int, str]) -> list[str]:
    """What the model is shown of one candidate."""
    parse, lex = line.parse, line.lex
    word = parse.words[cue]
    own = f"{lex[cue]}|{word.pos}"
    passive = "p" if parse.kid(cue, "auxpass") is not None else "a"
    subject, how = subject_index(parse, cue)
    if index < 0:
        return [
            "none",
            f"none{own}",
            f"none{how}{passive}",
            f"none{own}{how}{passive}",
            f"none{word.dep}{passive}",
            f"none{line.quoted(cue)}",
        ]
    one = parse.words[index]
    path = path_to(parse, ways, index)
    kind = f"{one.pos}{one.entity}"
    out = [
        f"p{path}",
        f"p{path}{passive}",
        f"{own}p{path}{passive}",
        f"{word.pos}p{path}",
        f"k{kind}",
        f"k{kind}|{one.dep}",
        f"{own}k{kind}",
        f"x{lex[index]}",
        f"d{one.dep}",
        f"d{one.dep}|{one.tag}",
    ]
    held = any(a <= index <= b for a, b in content)
    out += [f"in{int(held)}", f"in{int(held)}{one.dep}", f"q{line.quoted(index)}{line.quoted(cue)}"]
    if index == subject:
        out += [f"subj{how}{passive}", f"subj{how}{passive}{kind}", f"{own}subj{how}{passive}", f"subj{how}{lex[index]}"]
    out += _where(line, cue, one)
    return out


def _where(line: Line, cue: int, one: Word) -> Iterator[str]:
    far = one.index - cue
    near = "0" if abs(far) < 2 else "1" if abs(far) < 4 else "2" if abs(far) < 8 else "3"
    side = "<" if far < 0 else ">"
    yield f"a{side}{near}"
    yield f"a{side}{near}|{one.dep}"
    between = line.parse.words[min(cue, one.index) + 1 : max(cue, one.index)]
    yield f"m{side}{min(2, sum(w.is_mark for w in between))}"
    yield f"v{side}{min(2, sum(w.pos == 'VERB' for w in between))}"
    yield f"nn{side}{min(3, sum(w.pos in _NOMINAL and w.dep in _HEADS for w in between))}"
