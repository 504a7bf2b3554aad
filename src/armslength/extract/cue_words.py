"""Reporting words as the data file lists them, what a reporting word is found to report, and whose word it is.

In:  `data/cues.yaml`, parsed sentences. Out: `Cue` entries by lemma, `Reported` rows, the subject of a verb. The grammars that use them are
`cue_verbs`, `cue_bases` and `cue_learned`; `cues` brings these together.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from armslength.extract.lexicon import load_data
from armslength.extract.parsed import Parse, Word
from armslength.extract.phrases import is_human
from armslength.extract.voices import Voice, nouns

_RELATIVE = {"who", "which", "that"}


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting verb as the data file lists it."""

    act: str
    needs: str
    """`document`: only reports, records and media do this; `counter`: any body does; empty: anybody."""
    particle: str = ""
    """What must stand with it: `point out`."""

    @property
    def document(self) -> bool:
        """Whether a plain object is what is reported."""
        return bool(self.needs)


@dataclass(frozen=True, slots=True)
class Reported:
    """One voice and the words of the sentence that it is made to say."""

    cue: int
    act: str
    voice: Voice
    content: frozenset[int]
    how: str
    """`clause`, `object`, `according`, `basis`, `noun`, `impersonal` or `speech` (a verb of saying whose content is a quotation)."""

    @property
    def deeper(self) -> bool:
        """Whether the voice stands behind whoever else is speaking: data a report rests on."""
        return self.how == "basis"


@cache
def cue_verbs() -> dict[str, tuple[Cue, ...]]:
    """Reporting verbs by lemma."""
    table: dict[str, list[Cue]] = {}
    for entry in load_data("cues.yaml")["verbs"]:
        for verb in entry["words"].split(", "):
            lemma, _, particle = verb.partition(" ")
            table.setdefault(lemma, []).append(Cue(entry["act"], entry.get("needs", ""), particle))
    return {verb: tuple(cues) for verb, cues in table.items()}


@cache
def listed(name: str) -> frozenset[str]:
    """One of the plain lists of the data file."""
    return frozenset(load_data("cues.yaml")[name].split(", "))


@cache
def cue_nouns() -> dict[str, str]:
    """Nouns whose clause somebody holds, with the speech act."""
    return {noun: act for act, words in load_data("cues.yaml")["held"].items() for noun in words.split(", ")}


def cues_of(parse: Parse, word: Word) -> tuple[Cue, ...]:
    """The entries of a verb that its particles allow."""
    entries = cue_verbs().get(word.lemma, ())
    if not any(c.particle for c in entries):
        return entries
    with_it = {k.lemma for k in parse.kids(word.index, "prt", "advmod", "prep", "acomp")}
    return tuple(c for c in entries if not c.particle or c.particle in with_it)


def subject_of(parse: Parse, index: int) -> Word | None:
    """The grammatical subject of a verb, its own or taken over from the verb it is joined to or hangs on."""
    seen = 0
    while seen < 4:
        own = parse.kid(index, "nsubj", "nsubjpass", "expl")
        word = parse.words[index]
        late = [k for k in parse.kids(index, "nsubj") if k.index < index and parse.words[parse.edges[k.index][0] - 1].text == ","]
        if late:  # `X has counted 54 stations, its report says`: a parser may hang both nouns on the last verb
            own = late[-1]
        if own is not None:
            if own.text.casefold() in _RELATIVE and word.dep == "relcl":
                return _described(parse, word, own)
            return own
        mistaken = _noun_taken_for_verb(parse, index)
        if mistaken is not None:
            return mistaken
        if word.dep in {"conj", "xcomp", "advcl", "pcomp", "dep"} and word.head != index:
            index = word.head
        elif word.dep == "acl" and word.head != index:
            return parse.words[word.head]
        else:
            return None
        seen += 1
    return None


def _described(parse: Parse, verb: Word, relative: Word) -> Word:
    """Whom `who` stands for: of `a volunteer at the address who told her`, the one who can be a `who`."""
    noun = parse.words[verb.head]
    above = parse.words[parse.words[noun.head].head] if noun.dep == "pobj" else noun
    person = above.pos == "NOUN" and is_human(above.lemma)
    return above if relative.text.casefold() == "who" and noun.pos == "NOUN" and not is_human(noun.lemma) and person else noun


def _noun_taken_for_verb(parse: Parse, index: int) -> Word | None:
    """`The X report, citing Y, describes ...`: a parser may take `report` for a verb; a name straight before it and no object tell."""
    for child in parse.kids(index, "ccomp", "csubj", "nsubj", "advcl"):
        taken = child.tag in {"VBP", "VB"} and child.lemma in nouns("report") | nouns("record") and child.index < index
        if taken and parse.words[child.index - 1].pos == "PROPN" and parse.kid(child.index, "dobj") is None:
            return child
    return None


def own_words(parse: Parse, subject: int, verb: int) -> set[int]:
    """The words of a verb's subject: its whole phrase, or, of a noun that the verb itself describes, what stands before the verb."""
    words = set(parse.subtree(subject))
    below = set(parse.subtree(verb))
    return words - below if verb in words else words


def clause_around(parse: Parse, index: int) -> int:
    """The verb of the clause that a word's phrase stands in, itself left out; the sentence's root where there is none."""
    root = index
    for above in parse.ancestors(index):
        root = above.index
        if above.tag in {"VBD", "VBZ", "VBP", "MD"} or (
            above.pos in {"VERB", "AUX"} and parse.kid(above.index, "nsubj", "nsubjpass") is not None
        ):
            return above.index
    return root
