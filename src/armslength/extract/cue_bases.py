"""Sources named without a verb of saying: `according to`, `in the words of`, `per`, data and documents something rests on, nouns.

In:  one parsed sentence. Out: `Reported` rows. Data and documents (`citing a notice`, `based on records`) stand behind whoever else says
it: their `how` is `basis`.
"""

from __future__ import annotations

from collections.abc import Iterator

from armslength.extract.cue_words import Reported, clause_around, cue_nouns, cue_verbs, listed
from armslength.extract.parsed import Parse, Word
from armslength.extract.voices import Voice, nouns, voice_of

_OWNERS = {"by", "from", "of", "among"}


_WITHIN = frozenset({"relcl", "acl", "pobj", "dobj", "appos", "prep", "pcomp", "conj", "xcomp", "advcl", "npadvmod"})
"""What hangs on a clause without being said by somebody else: `..., some of which made people return and face charges, according to X`."""
_NEAR_WHICH = 12
"""Words between a report's noun and the `which` that stands for it: `a study by X, a group in Ghent, according to which`."""
_CLIMB = 8
"""Steps up from where a parser hung `according to`; longer ones are tables."""


def according(parse: Parse) -> Iterator[Reported]:
    """`According to X, ...`: X says the clause it hangs on; data and documents stand behind whoever else says it."""
    for word in parse.words:
        if word.text.casefold() != "according":
            continue
        to = parse.kid(word.index, "prep", "pcomp")
        source = parse.kid(to.index if to is not None else word.index, "pobj")
        if source is None:
            continue
        if source.tag == "WDT" and (noun := _antecedent(parse, word)) is not None:
            yield from _by_relative(parse, word, noun)
            continue
        voice = voice_of(parse, source.index)
        own = _phrase(parse, word, source)
        anchor = _anchor(parse, word)
        data = source.lemma in nouns("record") | {"datum"} and voice.kind != "media"
        below = _innermost_clause(parse, anchor, word) if data else anchor
        content = frozenset(set(parse.subtree(below)) - own)
        yield Reported(word.index, "reports", voice, content, "basis" if data else "according")


def _antecedent(parse: Parse, word: Word) -> Word | None:
    """What `which` stands for in `a study by X, according to which`: the noun of the phrase before it, X where it says whose it is."""
    at = word.index - (2 if word.index and parse.words[word.index - 1].text == "," else 1)
    heads = [w for w in parse.words[: at + 1] if w.pos in {"NOUN", "PROPN"} and parse.edges[w.index][0] <= at < word.index]
    named = [w for w in heads if w.lemma in nouns("report") | nouns("record") | nouns("organisation")]
    near = named or [w for w in heads if w.index == at]
    return near[-1] if near and at - near[-1].index <= _NEAR_WHICH else None


def _by_relative(parse: Parse, word: Word, noun: Word) -> Iterator[Reported]:
    """`The study, according to which 30 offices operate, was ...`: the study says the clause behind `which`."""
    above = (parse.words[word.head], *parse.ancestors(word.head))
    below = [w for w in parse.words[word.index + 2 :] if w.dep in {"pcomp", "relcl", "ccomp"} and w.pos in {"VERB", "AUX"}]
    verb = next((a for a in above if a.dep in {"relcl", "acl", "ccomp", "advcl"} and a.index > word.index), next(iter(below), None))
    if verb is None:
        return
    content = frozenset(i for i in parse.subtree(verb.index) if i > word.index + 2)
    yield Reported(word.index, "reports", voice_of(parse, noun.index), content, "according")


def _phrase(parse: Parse, word: Word, source: Word) -> set[int]:
    """The words of `according to X, who ...`: not a clause that a parser hung on X by mistake, which has a subject of its own."""
    own = set(parse.subtree(word.index))
    for child in (*parse.kids(source.index), *(k for a in parse.kids(source.index, "appos") for k in parse.kids(a.index))):
        stray = child.tag in {"VBD", "VBZ", "VBP"} and child.dep not in {"relcl", "acl"} and parse.kid(child.index, "nsubj", "nsubjpass")
        if stray:
            own -= set(parse.subtree(child.index))
    return own


def _anchor(parse: Parse, word: Word) -> int:
    """What `according to` says: the clause it stands in; a clause that only describes a noun, set off by a comma, is not all of it."""
    head = parse.words[word.head]
    if head.index == word.index or word.index <= 1:
        return next((w.index for w in parse.words if w.dep == "ROOT"), word.head)
    if word.index > head.index and parse.words[word.index - 1].text == ",":
        for _ in range(_CLIMB):
            loose = head.dep == "ccomp" and parse.words[head.head].lemma not in cue_verbs()  # a relative clause, mistaken for a clause said
            if (head.dep not in _WITHIN and not loose) or head.head == head.index:
                break
            head = parse.words[head.head]
    return head.index


def _innermost_clause(parse: Parse, anchor: int, word: Word) -> int:
    """Data named at the end of reported speech backs what is reported, not the reporting."""
    if parse.words[anchor].lemma in cue_verbs() and word.index > anchor:
        clause = parse.kid(anchor, "ccomp")
        if clause is not None:
            return clause.index
    return anchor


def in_words_of(parse: Parse) -> Iterator[Reported]:
    """`In the words of X`, `by X's count`, `in his account`, `per X`: what they are put beside is X's."""
    for word in parse.words:
        if word.dep != "prep" and word.lemma != "per":
            continue
        noun = parse.kid(word.index, "pobj")
        if noun is None:
            continue
        if word.lemma == "per":
            source: Word | None = noun if noun.pos == "PROPN" or noun.lemma in nouns("report") | nouns("government") else None
        elif word.lemma in {"in", "by", "on", "to"} and noun.lemma in listed("tellings"):
            source = _owner(parse, noun)
        else:
            source = None
        if source is not None:
            content = frozenset(set(parse.subtree(clause_around(parse, word.index))) - set(parse.subtree(word.index)))
            yield Reported(word.index, "reports", voice_of(parse, source.index), content, "according")


def _owner(parse: Parse, noun: Word) -> Word | None:
    """Whose noun it is: `X's claim`, `the claim of X`, `a statement by X`, `a claim made by X`."""
    owner = parse.kid(noun.index, "poss")
    if owner is not None:
        return _self(parse, noun) if owner.text.casefold() in {"its", "their", "his", "her"} else owner
    for prep in parse.kids(noun.index, "prep"):
        if prep.lemma in _OWNERS:
            return parse.kid(prep.index, "pobj")
    for made in parse.kids(noun.index, "acl"):
        agent = parse.kid(made.index, "agent")
        if agent is not None and made.tag == "VBN":
            return parse.kid(agent.index, "pobj")
    return None


def _self(parse: Parse, noun: Word) -> Word | None:
    """`By its own account the group left out twelve`: a possessive before the subject points ahead to it."""
    verb = clause_around(parse, noun.index)
    subject = parse.kid(verb, "nsubj", "nsubjpass")
    owner = parse.kid(noun.index, "poss")
    return subject if subject is not None and owner is not None and owner.index < subject.index else owner


def listings(parse: Parse) -> Iterator[Reported]:
    """`71 offices listed in a report by X`, `named in the indictment`: what a document is said to hold is the document's."""
    for word in parse.words:
        if word.tag != "VBN" or word.lemma not in listed("listing"):
            continue
        for prep in parse.kids(word.index, "prep"):
            thing = parse.kid(prep.index, "pobj")
            if (
                thing is None
                or prep.lemma not in {"in", "by"}
                or thing.lemma not in nouns("report") | nouns("record") | nouns("court_records")
            ):
                continue
            reduced = word.dep in {"acl", "advcl"} and parse.kid(word.index, "auxpass") is None
            own = set(parse.subtree(word.index if reduced else prep.index))
            content = frozenset(set(parse.subtree(clause_around(parse, word.index) if reduced else word.index)) - own)
            yield Reported(word.index, "reports", voice_of(parse, thing.index), content, "according")
            break


def bases(parse: Parse) -> Iterator[Reported]:
    """What a statement rests on: `citing a notice`, `taken from official documents`, `based on interviews`, `quoted information from X`."""
    basis = {verb: set(preps.split("|")) for verb, preps in (entry.split(": ") for entry in listed("basis"))}
    for word in parse.words:
        if word.lemma in {"cite", "quote"} and word.pos == "VERB":
            yield from _cited(parse, word)
        elif word.lemma in basis and word.pos == "VERB" and word.dep in {"advcl", "acl", "relcl", "prep"}:
            for prep in parse.kids(word.index, "prep"):
                thing = parse.kid(prep.index, "pobj")
                if thing is not None and prep.lemma in basis[word.lemma] and _is_source(parse, thing):
                    yield _basis(parse, word, _behind(parse, thing))
                    break


def _cited(parse: Parse, word: Word) -> Iterator[Reported]:
    """`X cited Y` and `..., citing Y`: Y stands behind. A parser that takes `X quoted information` for one phrase is set right."""
    thing = parse.kid(word.index, "dobj")
    speaker = parse.kid(word.index, "npadvmod", "nsubj")
    head = parse.words[word.head]
    taken = word.dep == "amod" and word.tag in {"VBD", "VBN"} and head.pos == "NOUN" and head.index > word.index > 0
    if thing is None and taken:
        thing, speaker = head, parse.words[word.index - 1]
        if speaker.pos in {"NOUN", "PROPN"}:
            content = frozenset(set(parse.subtree(head.index)) - {word.index, *parse.subtree(word.index)})
            yield Reported(word.index, "quotes", voice_of(parse, speaker.index), content, "object")
    if thing is None:
        return
    basis = _basis(parse, word, _behind(parse, thing))
    clause = parse.kid(thing.index, "acl", "relcl", "ccomp") or parse.kid(word.index, "ccomp")
    if word.tag == "VBG" and word.dep in {"advcl", "acl", "pcomp", "prep", "conj"}:
        yield basis
    elif clause is not None:
        yield Reported(basis.cue, basis.act, basis.voice, frozenset(parse.subtree(clause.index)), "basis")


def _is_source(parse: Parse, thing: Word) -> bool:
    return any(
        parse.words[i].lemma in nouns("record") | nouns("report") or parse.words[i].text.casefold() in nouns("media_names")
        for i in parse.subtree(thing.index)
    )


def _behind(parse: Parse, thing: Word) -> Word:
    """`information from the ministry's website` is the ministry's: what stands behind a bare carrier noun."""
    if thing.lemma in {"information", "figure", "statement", "data"}:
        for prep in parse.kids(thing.index, "prep"):
            inner = parse.kid(prep.index, "pobj")
            if inner is not None and prep.lemma in {"from", "by", "in"}:
                return inner
    return thing


def _basis(parse: Parse, word: Word, thing: Word) -> Reported:
    own = set(parse.subtree(word.index))
    for clause in parse.kids(word.index, "ccomp"):  # `stated, citing X, that ...`: the clause is the outer verb's
        own -= set(parse.subtree(clause.index))
    scope = frozenset(set(parse.subtree(word.head)) - own) if word.head != word.index else frozenset(range(len(parse.words))) - own
    return Reported(word.index, "reports", voice_of(parse, thing.index), scope, "basis")


def held(parse: Parse) -> Iterator[Reported]:
    """`fears that ...`, `X's claim that ...`, `a statement by X that ...`: a noun whose clause somebody holds."""
    table, unowned = cue_nouns(), listed("unnamed")
    for word in parse.words:
        if word.lemma not in table or word.pos != "NOUN":
            continue
        owned = [k for p in parse.kids(word.index, "prep") if p.lemma in _OWNERS for k in parse.kids(p.index, "pobj")]
        hung = [c for n in (word, *owned) for c in parse.kids(n.index, "acl", "ccomp", "relcl")]
        clause = next((c for c in hung if _says_something(parse, c)), None)
        if clause is None:
            continue
        owner = _owner(parse, word)
        content = frozenset(parse.subtree(clause.index))
        if owner is not None and owner.pos != "PRON":
            yield Reported(word.index, table[word.lemma], voice_of(parse, owner.index), content, "noun")
        elif word.lemma in unowned:
            yield Reported(word.index, "hedges", Voice(word.text, "unnamed", word.start, word.end), content, "noun")


def _says_something(parse: Parse, clause: Word) -> bool:
    """`the claim that X is closed`, not `the claim that was made` or `claims made in May`."""
    if clause.dep == "acl" and clause.tag in {"VBN", "VBG"}:
        return False
    that = next((k for k in parse.kids(clause.index) if k.text.casefold() in {"that", "which", "who"}), None)
    return (
        clause.dep == "ccomp" or (that is not None and that.dep == "mark") or (that is None and clause.dep == "acl" and clause.tag != "VB")
    )
