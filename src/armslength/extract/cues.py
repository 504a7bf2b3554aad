"""Who is made to speak in one sentence, and which of its words are theirs.

In:  one parsed sentence. Out: `Reported` rows: the reporting word, its speech act, the voice, and the words that are reported.
Covers reporting verbs with a clause, inverted and parenthetical ("..., X said, ..."), documents that list or show, "according to", data
that something is based on or taken from, participles ("citing", "quoting"), nouns ("fears that"), and the impersonal passive ("it is
alleged").
Quotation marks are the discourse's work, since they run over sentences.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from armslength.extract.lexicon import load_data
from armslength.extract.parsed import Parse, Word
from armslength.extract.voices import Voice, nouns, voice_of

_RELATIVE = {"who", "which", "that"}


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting verb as the data file lists it."""

    act: str
    needs: str
    """`document`: only reports, records and media do this; `counter`: any body does; empty: anybody."""

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
            table.setdefault(verb, []).append(Cue(entry["act"], entry.get("needs", "")))
    return {verb: tuple(cues) for verb, cues in table.items()}


@cache
def _speaking() -> frozenset[str]:
    """Verbs that make a quotation theirs when one stands in the sentence."""
    return frozenset(load_data("cues.yaml")["speaking"].split(", "))


@cache
def _unnamed_nouns() -> frozenset[str]:
    return frozenset(load_data("cues.yaml")["unnamed"].split(", "))


def reported(parse: Parse) -> list[Reported]:
    """Every voice that one sentence makes speak, outermost first."""
    found = [*_verbs(parse), *_according(parse), *_bases(parse), *_nouns(parse)]
    return sorted(found, key=lambda r: (-len(r.content), r.cue))


def subject_of(parse: Parse, index: int) -> Word | None:
    """The grammatical subject of a verb, its own or taken over from the verb it is joined to or hangs on."""
    seen = 0
    while seen < 4:
        own = parse.kid(index, "nsubj", "nsubjpass", "expl")
        word = parse.words[index]
        if own is not None:
            if own.text.casefold() in _RELATIVE and word.dep == "relcl":
                return parse.words[word.head]
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


def _noun_taken_for_verb(parse: Parse, index: int) -> Word | None:
    """`The X report, citing Y, describes ...`: a parser may take `report` for a verb; a name straight before it and no object tell."""
    for child in parse.kids(index, "ccomp", "csubj", "nsubj", "advcl"):
        taken = child.tag in {"VBP", "VB"} and child.lemma in nouns("report") | nouns("record") and child.index < index
        if taken and parse.words[child.index - 1].pos == "PROPN" and parse.kid(child.index, "dobj") is None:
            return child
    return None


def _verbs(parse: Parse) -> Iterator[Reported]:
    table = cue_verbs()
    for word in parse.words:
        if (
            word.pos not in {"VERB", "AUX", "NOUN", "ADJ"}
            or word.lemma not in table
            or (word.pos in {"NOUN", "ADJ"} and word.dep not in {"ROOT", "ccomp"})
        ):
            continue
        subject = subject_of(parse, word.index)
        if subject is None or subject.index == word.index:
            continue
        passive = parse.kid(word.index, "auxpass") is not None
        if passive:
            yield from _passive(parse, word, subject)
            continue
        voice = voice_of(parse, subject.index)
        if voice.anaphor in {"i", "we", "who", "’s", "'s"} or _generic(parse, word, voice):
            continue
        for cue in table[word.lemma]:
            content, how = _content(parse, word, subject, cue)
            if content and _may(voice, cue):
                yield Reported(word.index, cue.act, voice, content, how)
                break


def _generic(parse: Parse, verb: Word, voice: Voice) -> bool:
    """`people may find that`: nobody has said anything yet."""
    return voice.kind == "unnamed" and any(aux.tag == "MD" for aux in parse.kids(verb.index, "aux"))


def _may(voice: Voice, cue: Cue) -> bool:
    """Whether this kind of voice does what the verb says."""
    if cue.needs == "counter":
        return voice.kind in {"government", "organisation", "report", "media", "court"} or _documentary(voice)
    return cue.needs != "document" or _documentary(voice)


def _documentary(voice: Voice) -> bool:
    return (
        voice.kind in {"report", "media"}
        or bool(voice.anaphor.startswith(("the report", "a report", "the record", "a record", "it")))
        or (voice.kind in {"government", "organisation"} and bool(voice.by))
        or voice.kind == "organisation"
    )


def _content(parse: Parse, verb: Word, subject: Word, cue: Cue) -> tuple[frozenset[int], str]:
    """The words a verb of saying reports, and how they hang on it."""
    clause = parse.kid(verb.index, "ccomp", "parataxis")
    own = set(parse.subtree(subject.index))
    if clause is not None:
        words = set(parse.subtree(clause.index))
        for joined in parse.kids(verb.index, "ccomp"):
            words |= set(parse.subtree(joined.index))
        return frozenset(words - own), "clause"
    if verb.dep in {"parataxis", "ccomp", "advcl"} and verb.head != verb.index and _parenthetical(parse, verb):
        above = parse.words[verb.head]
        top = above.head if above.dep in {"aux", "auxpass"} else above.index
        return frozenset(set(parse.subtree(top)) - set(parse.subtree(verb.index))), "clause"
    late = _that_clause(parse, verb)
    if late is not None:
        return frozenset(parse.subtree(late.index)), "clause"
    thing = parse.kid(verb.index, "dobj", "xcomp", "attr", "oprd") or (parse.kid(verb.index, "prep") if cue.needs == "counter" else None)
    if thing is not None and (
        cue.document
        or verb.lemma
        in {"describe", "report", "claim", "allege", "confirm", "admit", "acknowledge", "announce", "estimate", "deny", "reject"}
    ):
        return frozenset(set(parse.subtree(verb.index)) - own), "object"
    if cue.document or verb.lemma not in _speaking():
        return frozenset(), ""
    rest = frozenset(w.index for w in parse.words if w.index not in own and w.index != verb.index and not w.is_mark)
    return rest - set(parse.subtree(subject.index)), "speech"


def _that_clause(parse: Parse, verb: Word) -> Word | None:
    """`revealed for the first time that ...`: parsers hang the clause on the noun in between."""
    for word in parse.words[verb.index + 1 :]:
        if (
            word.text.casefold() == "that"
            and word.dep in {"mark", "advmod"}
            and verb.index in {a.index for a in parse.ancestors(word.index)}
        ):
            clause = parse.words[word.head]
            return clause if clause.dep in {"acl", "ccomp", "advcl", "relcl"} else None
    return None


def _parenthetical(parse: Parse, verb: Word) -> bool:
    """`The centre, officials said, had closed`: commas on both sides, or the end of the sentence behind it."""
    first, last = parse.edges[verb.index]
    before = parse.words[first].is_mark or (first > 0 and parse.words[first - 1].is_mark)
    after = parse.words[last].is_mark or last + 1 >= len(parse.words) or parse.words[last + 1].is_mark
    return before and after and verb.dep == "parataxis"


def _passive(parse: Parse, verb: Word, subject: Word) -> Iterator[Reported]:
    """`It is alleged that`, `he is said to`, `X was quoted as saying`, `she was told by police`."""
    agent = parse.kid(verb.index, "agent")
    speaker = parse.kid(agent.index, "pobj") if agent is not None else None
    content = frozenset(set(parse.subtree(verb.index)) - {verb.index} - set(parse.subtree(agent.index) if agent else ()))
    if speaker is not None:
        yield Reported(verb.index, cue_verbs()[verb.lemma][0].act, voice_of(parse, speaker.index), content, "object")
    elif verb.lemma == "quote":
        yield Reported(verb.index, "quotes", voice_of(parse, subject.index), content, "clause")
    elif subject.lemma == "it" and parse.kid(verb.index, "ccomp") is not None:
        yield Reported(verb.index, "hedges", Voice(parse.words[verb.index].text, "unnamed", verb.start, verb.end), content, "impersonal")


def _according(parse: Parse) -> Iterator[Reported]:
    """`According to X, ...`: X says the clause it hangs on; data and documents stand behind whoever else says it."""
    for word in parse.words:
        if word.text.casefold() != "according":
            continue
        to = parse.kid(word.index, "prep", "pcomp")
        source = parse.kid(to.index if to is not None else word.index, "pobj")
        if source is None:
            continue
        voice = voice_of(parse, source.index)
        own = set(parse.subtree(word.index))
        anchor = word.head
        scope = frozenset(set(parse.subtree(anchor)) - own)
        data = source.lemma in nouns("record") | {"datum"} and voice.kind != "media"
        inner = _innermost_clause(parse, anchor, word)
        yield Reported(
            word.index,
            "reports",
            voice,
            scope if not data else frozenset(set(parse.subtree(inner)) - own),
            "basis" if data else "according",
        )


def _innermost_clause(parse: Parse, anchor: int, word: Word) -> int:
    """Data named at the end of reported speech backs what is reported, not the reporting."""
    if parse.words[anchor].lemma in cue_verbs() and word.index > anchor:
        clause = parse.kid(anchor, "ccomp")
        if clause is not None:
            return clause.index
    return anchor


_BASIS = {
    "take": {"from"},
    "draw": {"from", "on"},
    "base": {"on", "upon"},
    "derive": {"from"},
    "compile": {"from"},
    "gather": {"from"},
    "collect": {"from"},
    "obtain": {"from"},
    "rely": {"on"},
    "source": {"from"},
    "come": {"from"},
    "originate": {"from", "with", "in"},
}


def _bases(parse: Parse) -> Iterator[Reported]:
    """What a statement rests on: `citing a notice`, `taken from official documents`, `based on interviews`, `quoted information from X`."""
    for word in parse.words:
        if word.lemma in {"cite", "quote"} and word.pos == "VERB":
            yield from _cited(parse, word)
        elif word.lemma in _BASIS and word.pos == "VERB" and word.dep in {"advcl", "acl", "relcl", "prep"}:
            for prep in parse.kids(word.index, "prep"):
                thing = parse.kid(prep.index, "pobj")
                if thing is not None and prep.lemma in _BASIS[word.lemma] and _is_source(parse, thing):
                    yield _basis(parse, word, _behind(parse, thing))
                    break


def _cited(parse: Parse, word: Word) -> Iterator[Reported]:
    """`X cited Y` and `..., citing Y`: Y stands behind. A parser that takes `X quoted information` for one phrase is set right."""
    thing = parse.kid(word.index, "dobj")
    speaker = parse.kid(word.index, "npadvmod", "nsubj")
    head = parse.words[word.head]
    if (
        thing is None
        and word.dep == "amod"
        and word.tag in {"VBD", "VBN"}
        and head.pos == "NOUN"
        and head.index > word.index
        and word.index > 0
    ):
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
    scope = frozenset(set(parse.subtree(word.head)) - own) if word.head != word.index else frozenset(range(len(parse.words))) - own
    return Reported(word.index, "reports", voice_of(parse, thing.index), scope, "basis")


def _nouns(parse: Parse) -> Iterator[Reported]:
    """`fears that ...`, `allegations by X that ...`: a noun whose clause somebody holds."""
    for word in parse.words:
        if word.lemma not in _unnamed_nouns() or word.pos != "NOUN":
            continue
        clause = parse.kid(word.index, "acl", "ccomp", "relcl")
        if clause is None or (clause.dep == "acl" and clause.tag in {"VBN", "VBG"}):
            continue
        owner = next(
            (parse.kid(p.index, "pobj") for p in parse.kids(word.index, "prep") if p.lemma in {"by", "from", "of", "among"}), None
        ) or parse.kid(word.index, "poss")
        voice = (
            voice_of(parse, owner.index) if owner is not None and owner.pos != "PRON" else Voice(word.text, "unnamed", word.start, word.end)
        )
        yield Reported(word.index, "hedges", voice, frozenset(parse.subtree(clause.index)), "noun")
