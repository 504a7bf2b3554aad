"""Who does what to whom, by grammar: the words on which an act falls, and those that do it.

In:  a parse and the index of an act, a verb or a noun. Out: word indexes. Both are generous: a phrase with what hangs on it.
Never: looks outside the sentence; resolves a pronoun.
"""

from __future__ import annotations

from armslength.extract.lexicon import phrases
from armslength.extract.parsed import Parse, Word

_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
_INHERITS = {"xcomp", "advcl", "conj", "pcomp", "pobj", "ccomp"}
_STEPS = 4
"""How many verbs up a missing subject is looked for: `was made to agree to stop to speak` is longer than people write."""


def fallen_on(parse: Parse, act: int, *, self_too: bool = False) -> frozenset[int]:
    """The words an act falls on. `self_too`: the subject of its active verb counts, as with `vanish`."""
    word = parse.words[act]
    found = _of_verb(parse, word, self_too=self_too) if word.pos in {"VERB", "AUX"} else _of_noun(parse, word)
    return frozenset(found - {act} - _other_clauses(parse, act, found))


def _other_clauses(parse: Parse, act: int, words: set[int]) -> set[int]:
    """What stands in clauses of their own inside some words: what a described thing does is no part of what is done to it."""
    out: set[int] = set()
    for index in words - {act}:
        word = parse.words[index]
        finite = word.dep in {"relcl", "ccomp", "parataxis"} or (word.dep == "advcl" and word.tag != "VBG")
        if finite and act not in (below := parse.subtree(index)):
            out |= set(below)
    return out


def doers(parse: Parse, act: int) -> frozenset[int]:
    """The words that do an act: the subject of its active verb, the `by` phrase of a passive or a noun, `through`, `using`."""
    word = parse.words[act]
    found: set[int] = set()
    verb = word if word.pos in {"VERB", "AUX"} else _governor(parse, word)
    for here in (word, verb):
        if here is None:
            continue
        for kid in parse.kids(here.index, "agent", "prep"):
            if kid.dep == "agent" or kid.lemma in {"by", "through", "via", "from"}:
                found |= set(parse.subtree(kid.index))
    if verb is not None and not (is_passive(parse, verb) or (verb is not word and _undergoes(verb))):
        found |= _subject(parse, verb)
    if verb is not word:
        for kid in parse.kids(word.index, "poss", "amod", "compound", "nmod"):
            found |= set(parse.subtree(kid.index))
    return frozenset(found - {act})


def is_passive(parse: Parse, verb: Word) -> bool:
    """Whether a verb stands in the passive: with its auxiliary, or as a bare participle behind a noun or another passive."""
    if parse.kid(verb.index, "auxpass", "nsubjpass", "agent") is not None:
        return True
    if verb.tag != "VBN" or parse.kid(verb.index, "aux", "nsubj") is not None:
        return False
    above = parse.words[verb.head]
    return verb.dep == "acl" or above.index == verb.index or (verb.dep != "conj" or is_passive(parse, above))


def _of_verb(parse: Parse, verb: Word, *, self_too: bool) -> set[int]:
    found = set(parse.subtree(verb.index))
    passive = is_passive(parse, verb)
    subjects = list(parse.kids(verb.index, *_SUBJECTS))
    if not (passive or self_too):
        for subject in subjects:
            found -= set(parse.subtree(subject.index))
    for kid in parse.kids(verb.index, "agent"):
        found -= set(parse.subtree(kid.index))
    if verb.dep in {"acl", "relcl"}:
        by_itself = verb.dep == "relcl" and not passive and not self_too and any(s.tag in {"WP", "WDT"} for s in subjects)
        if not by_itself and not (verb.tag == "VBG" and not self_too):
            found |= noun_phrase(parse, verb.head)
    if (passive or self_too) and not subjects:
        found |= _subject(parse, verb)
    if not passive and parse.kid(verb.index, "dobj") is None:
        found |= _shared_object(parse, verb)
    return found


def _of_noun(parse: Parse, noun: Word) -> set[int]:
    """`threats against exiles`, `the exile's killing`, `exiles faced threats`, `an assassination attempt on an exile`."""
    top = noun
    while top.dep in {"compound", "nmod", "amod", "poss"} and top.head != top.index:
        top = parse.words[top.head]
    found = set(parse.subtree(top.index))
    if top.dep == "conj":
        found |= set(parse.subtree(top.head)) if parse.words[top.head].pos != "VERB" else set()
    verb = _governor(parse, top)
    if verb is not None:
        whole = set(parse.subtree(verb.index))
        agents = {i for k in parse.kids(verb.index, "agent") for i in parse.subtree(k.index)}
        passive_or_borne = _undergoes(verb) or (is_passive(parse, verb) and parse.kid(verb.index, "nsubjpass") is not top)
        if not passive_or_borne:
            for subject in parse.kids(verb.index, *_SUBJECTS):
                if top.index not in parse.subtree(subject.index):
                    agents |= set(parse.subtree(subject.index))
        else:
            whole |= _subject(parse, verb)
        found |= whole - agents
        if verb.dep == "acl":
            found |= noun_phrase(parse, verb.head)
    return found


def _governor(parse: Parse, noun: Word) -> Word | None:
    """The verb a noun belongs to, over prepositions and other nouns."""
    for above in parse.ancestors(noun.index):
        if above.pos in {"VERB", "AUX"}:
            return above
    return None


def _undergoes(verb: Word) -> bool:
    """Whether what is a verb's object happens to its subject: `face threats`, `receive a call`."""
    return any(p.name == "undergo" and p.words == (verb.lemma,) for p in phrases().get(verb.lemma, ()))


def _subject(parse: Parse, verb: Word) -> set[int]:
    """The subject of a verb, its own or that of the verb it goes on from; for a relative clause, what it describes."""
    here = verb
    for _ in range(_STEPS):
        subject = parse.kid(here.index, *_SUBJECTS)
        if subject is not None:
            if subject.tag in {"WP", "WDT"} and here.dep == "relcl":
                return noun_phrase(parse, here.head)
            return set(parse.subtree(subject.index))
        if here.dep in {"acl", "relcl"}:
            return noun_phrase(parse, here.head)
        above = _over_preposition(parse, here)
        if here.dep in {"xcomp", "pcomp", "pobj"} and above.index != here.index:
            held = parse.kid(above.index, "dobj")
            if held is not None:
                return set(parse.subtree(held.index))
        if here.dep not in _INHERITS or above.index == here.index:
            return set()
        here = above
    return set()


def _over_preposition(parse: Parse, verb: Word) -> Word:
    """What a verb hangs on: of `pressed into spying` the verb, not the preposition."""
    above = parse.words[verb.head]
    return parse.words[above.head] if above.pos in {"ADP", "SCONJ"} else above


def _shared_object(parse: Parse, verb: Word) -> set[int]:
    """`threatened and beat exiles`: a verb without an object of its own shares that of the verb joined to it; `to` verbs that of
    their ruler.
    """
    joined = [*parse.kids(verb.index, "conj"), parse.words[verb.head]] if verb.dep == "conj" else list(parse.kids(verb.index, "conj"))
    if verb.dep in {"xcomp", "advcl", "pcomp", "pobj"}:
        joined.append(_over_preposition(parse, verb))
    for other in joined:
        if other.pos in {"VERB", "AUX"}:
            held = parse.kid(other.index, "dobj") or parse.kid(other.index, "nsubjpass")
            if held is not None:
                return set(parse.subtree(held.index))
    return set()


def noun_phrase(parse: Parse, index: int) -> set[int]:
    """A noun with its short attributes, without the clauses that hang on it."""
    found = {index}
    for kid in parse.kids(index, "compound", "amod", "poss", "nmod", "det", "nummod", "appos", "conj", "prep"):
        found |= set(parse.subtree(kid.index)) if kid.dep != "conj" else {kid.index}
    return found
