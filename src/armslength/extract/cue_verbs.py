"""Verbs of saying: who says, and what.

In:  one parsed sentence. Out: `Reported` rows for reporting verbs with a clause, inverted and parenthetical (`..., X said, ...`, `as X put
it`), for documents that list or show, for passives (`was quoted as saying`, `told by`, `first reported by`) and `let it be known`. A
verb of saying without a clause of its own is marked `speech`: its content is a quotation, if there is one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from armslength.extract.cue_words import Cue, Reported, clause_around, cue_verbs, cues_of, listed, own_words, subject_of
from armslength.extract.parsed import Parse, Word
from armslength.extract.voices import Voice, nouns, voice_of

_FINITE = {"VBD", "VBZ", "VBP", "MD"}
_FIRST = {"i", "we", "who", "’s", "'s"}
_OF_OBJECTS = {
    "accuse",
    "blame",
    "describe",
    "report",
    "claim",
    "allege",
    "confirm",
    "admit",
    "acknowledge",
    "announce",
    "estimate",
    "deny",
    "reject",
}
_PUT = {"put", "describe", "see", "tell", "explain"}
_SHOW = {"show", "suggest", "indicate", "reveal", "find", "estimate", "confirm"}
"""What papers do at the end of a sentence: `..., bank records show.`"""
_MEANS = {"phone", "telephone", "email", "e-mail", "mail", "text", "video", "fax", "post", "letter", "message", "surprise", "name"}
"""What something is told by that is nobody."""
_LONGEST_SPEAKER = 16
"""Words between a comma and the verb; longer ones are clauses rather than speakers."""


def verbs(parse: Parse) -> Iterator[Reported]:
    """What the verbs of a sentence report."""
    table = cue_verbs()
    for word in parse.words:
        if word.lemma in _KNOWN and word.pos in {"VERB", "ADJ"}:
            yield from _made_known(parse, word)
        if word.lemma not in table or word.pos not in {"VERB", "AUX", "NOUN", "ADJ"}:
            continue
        if (word.pos in {"NOUN", "ADJ"} and word.dep not in {"ROOT", "ccomp"}) or _in_a_compound(parse, word):
            continue
        by_commas = _trailing(parse, word) or _inserted(parse, word)
        if by_commas is not None:
            yield by_commas
            continue
        subject = subject_of(parse, word.index)
        if subject is None or subject.index == word.index:
            continue
        if parse.kid(word.index, "auxpass") is not None or _reduced(parse, word):
            yield from _passive(parse, word, subject)
        else:
            yield from _active(parse, word, subject)


def _in_a_compound(parse: Parse, word: Word) -> bool:
    """`counter-terrorism`: half of a word with a hyphen."""
    near = parse.words[max(0, word.index - 1) : word.index + 2]
    return any(w.text in {"-", "–"} and (w.end == word.start or w.start == word.end) for w in near)


def _active(parse: Parse, word: Word, subject: Word) -> Iterator[Reported]:
    if hearsay(parse, word) or _to_be_said(parse, word):
        return
    voice = voice_of(parse, subject.index)
    if word.lemma in _PUT and _as_put(parse, word) and voice.anaphor not in _FIRST:
        yield Reported(word.index, "reports", voice, frozenset(set(parse.subtree(word.head)) - set(parse.subtree(word.index))), "clause")
        return
    if voice.anaphor in _FIRST or _generic(parse, word, voice):
        return
    for cue in cues_of(parse, word):
        content, how = _content(parse, word, subject, cue)
        if how == "object" and subject.pos == "NUM":
            return  # `only five have announced closures` tells what five did
        if content and (may_say(voice, cue) or subject.lemma in nouns("report")):  # `Holt’s report puts it at 13`
            yield Reported(word.index, cue.act, voice, content, how)
            return


def hearsay(parse: Parse, verb: Word) -> bool:
    """`an office said to be closed`: nobody in particular says it."""
    behind = parse.words[verb.index + 1 : verb.index + 3]
    to_be = [w.tag for w in behind] == ["TO", "VB"] and verb.lemma in listed("hearsay")
    return to_be and (verb.tag == "VBN" or (verb.tag == "VBD" and verb.lemma not in {"claim", "expect"}))


def _to_be_said(parse: Parse, verb: Word) -> bool:
    """`it is for the courts to say`: nobody has said it yet."""
    own = parse.kid(verb.index, "nsubj")
    marked = any(k.lemma == "for" and k.dep == "mark" for k in parse.kids(verb.index))
    return verb.tag == "VB" and own is not None and marked and any(k.tag == "TO" for k in parse.kids(verb.index, "aux"))


def _generic(parse: Parse, verb: Word, voice: Voice) -> bool:
    """`people may find that`: nobody has said anything yet."""
    return voice.kind == "unnamed" and any(aux.tag == "MD" for aux in parse.kids(verb.index, "aux"))


def may_say(voice: Voice, cue: Cue) -> bool:
    """Whether this kind of voice does what the verb says."""
    if cue.needs == "counter":
        return voice.kind in {"government", "organisation", "report", "media", "court"} or _documentary(voice)
    return cue.needs != "document" or _documentary(voice)


def _documentary(voice: Voice) -> bool:
    return (
        voice.kind in {"report", "media"}
        or bool(voice.anaphor.startswith(("the report", "a report", "the record", "a record", "it", "they", "these")))
        or (voice.kind in {"government", "organisation"} and bool(voice.by))
        or voice.kind == "organisation"
        or voice.role == "record"
    )


def _content(parse: Parse, verb: Word, subject: Word, cue: Cue) -> tuple[frozenset[int], str]:
    """The words a verb of saying reports, and how they hang on it."""
    own = own_words(parse, subject.index, verb.index)
    clause = next((k for k in parse.kids(verb.index, "ccomp", "parataxis") if not _put_in(parse, k)), None)
    if clause is not None:
        words = set(parse.subtree(clause.index))
        for joined in parse.kids(verb.index, "ccomp"):
            words |= set(parse.subtree(joined.index))
        if clause.index < subject.index and any(k.index < subject.index for k in parse.kids(verb.index, "nsubj")):
            words |= {w.index for w in parse.words[: parse.edges[subject.index][0]] if not w.is_mark}
        if clause.index < verb.index and verb.index + 1 < len(parse.words) and parse.words[verb.index + 1].text == ",":
            for joined in parse.kids(verb.index, "conj"):  # `Police came, she said, and asked about it`
                words |= set(parse.subtree(joined.index)) if parse.kid(joined.index, "nsubj", "nsubjpass") is None else set()
        return frozenset(words - own), "clause"
    around = _around(parse, verb)
    if around:
        return around, "clause"
    late = _that_clause(parse, verb)
    if late is not None:
        return frozenset(parse.subtree(late.index)), "clause"
    thing = parse.kid(verb.index, "dobj", "xcomp", "attr", "oprd") or (parse.kid(verb.index, "prep") if cue.needs == "counter" else None)
    if thing is not None and (cue.document or verb.lemma in _OF_OBJECTS):
        return frozenset(set(parse.subtree(verb.index)) - own), "object"
    if cue.document or verb.lemma not in listed("speaking"):
        return frozenset(), ""
    rest = frozenset(w.index for w in parse.words if w.index not in own and w.index != verb.index and not w.is_mark)
    return rest - set(parse.subtree(subject.index)), "speech"


def _put_in(parse: Parse, clause: Word) -> bool:
    """`Hungary, diplomats said, would not agree`: who says it all, not what is agreed."""
    own = parse.kid(clause.index, "nsubj")
    below = parse.subtree(clause.index)
    inside = clause.dep == "parataxis" and clause.lemma in cue_verbs() and own is not None and parse.kid(clause.index, "ccomp") is None
    return inside and clause.index < clause.head and _between_marks(parse, min(below), max(below))


def _around(parse: Parse, verb: Word) -> frozenset[int]:
    """What a parenthetical is put into: `The centre, officials said, had closed`, `as the mayor put it`."""
    if verb.head == verb.index:
        return frozenset()
    own = set(parse.subtree(verb.index))
    if _as_put(parse, verb):
        return frozenset(set(parse.subtree(verb.head)) - own)
    above = parse.words[verb.head]
    top = above.head if above.dep in {"aux", "auxpass"} else above.index
    if verb.dep == "parataxis" and _between_marks(parse, min(own), max(own)):
        return frozenset(set(parse.subtree(top)) - own)
    first, last = _chunk(parse, verb)
    put_in = (
        verb.dep == "ccomp" and verb.head > last and first < verb.index and parse.words[min(last + 1, len(parse.words) - 1)].text == ","
    )
    plain = verb.lemma == "tell" or parse.kid(verb.index, "dobj") is None
    if put_in and plain and verb.lemma in listed("speaking") and above.lemma not in cue_verbs():
        return frozenset(set(parse.subtree(top)) - set(range(first, last + 1)))
    return frozenset()


def _as_put(parse: Parse, verb: Word) -> bool:
    """Whether the verb's clause begins with `as` and is put into another: `as the minister put it`."""
    opening = parse.words[parse.edges[verb.index][0]]
    return verb.dep in {"advcl", "prep", "parataxis"} and verb.head != verb.index and opening.lemma == "as" and opening.head == verb.index


def _chunk(parse: Parse, verb: Word) -> tuple[int, int]:
    """From a verb's own subject to the last word that hangs on it."""
    subject = parse.kid(verb.index, "nsubj")
    first = parse.edges[subject.index][0] if subject is not None else verb.index
    return first, max([verb.index, *(parse.edges[k.index][1] for k in parse.kids(verb.index) if k.index > verb.index and not k.is_mark)])


def _between_marks(parse: Parse, first: int, last: int) -> bool:
    """Whether words stand between commas or at an edge of the sentence."""
    before = parse.words[first].is_mark or (first > 0 and parse.words[first - 1].is_mark)
    return before and (parse.words[last].is_mark or last + 1 >= len(parse.words) or parse.words[last + 1].is_mark)


def _that_clause(parse: Parse, verb: Word) -> Word | None:
    """`revealed for the first time that ...`: parsers hang the clause on the noun in between."""
    for word in parse.words[verb.index + 1 :]:
        if (
            word.text.casefold() == "that"
            and word.dep in {"mark", "advmod"}
            and verb.index in {a.index for a in parse.ancestors(word.index)}
        ):
            clause = parse.words[word.head]
            above = (a for a in parse.ancestors(clause.index) if a.pos in {"VERB", "AUX"} and a.dep != "pcomp")  # `told in writing that`
            nearest = next((a.index for a in above if a.lemma in cue_verbs()), -1)
            if nearest != verb.index:
                return None
            return clause if clause.dep in {"acl", "ccomp", "advcl", "relcl", "pcomp"} else None
    return None


def _trailing(parse: Parse, verb: Word) -> Reported | None:
    """`S, the head of the office said on Friday.`: by its commas, since parsers lose the subject of a verb so far from its clause."""
    words = parse.words
    spoken = verb.lemma in listed("speaking")
    if verb.tag not in _FINITE or not (spoken or verb.lemma in _SHOW) or parse.kid(verb.index, "ccomp", "xcomp", "dobj", "auxpass"):
        return None
    behind = words[verb.index + 1] if verb.index + 1 < len(words) else None
    if behind is None or not (behind.is_mark or behind.pos in {"ADP", "PROPN", "NOUN", "ADV"}) or behind.text in {":", "“", '"'}:
        return None
    comma = next((w.index for w in reversed(words[: verb.index]) if w.text == ","), None)
    if comma is None or not 1 < verb.index - comma <= _LONGEST_SPEAKER or not any(w.tag in _FINITE | {"VBN"} for w in words[:comma]):
        return None
    top = _speaker(words[comma + 1 : verb.index])
    if top is None or not (spoken or top.lemma in nouns("record") | nouns("report") | {"datum"}):
        return None
    own = set(parse.subtree(verb.index)) if behind.text == "," else set(range(comma, len(words)))
    told = frozenset(w.index for w in words if not w.is_mark and (w.index < comma or (w.index > verb.index and w.index not in own)))
    return Reported(verb.index, cue_verbs()[verb.lemma][0].act, voice_of(parse, top.index), told, "clause")


def _inserted(parse: Parse, verb: Word) -> Reported | None:
    """`The inquiry, the harbour master told the council in May, had been closed.`: by the commas on both sides."""
    words = parse.words
    if (
        verb.tag not in _FINITE
        or verb.lemma not in listed("speaking")
        or any(w.lemma == "that" for w in words[verb.index : verb.index + 2])
    ):
        return None
    comma = next((w.index for w in reversed(words[: verb.index]) if w.text == ","), None)
    after = next((w.index for w in words[verb.index + 1 : verb.index + _LONGEST_SPEAKER] if w.text == ","), None)
    if comma is None or after is None or not 1 < verb.index - comma <= _LONGEST_SPEAKER:
        return None
    before, aside, rest = words[:comma], words[verb.index + 1 : after], words[after + 1 :]
    if any(w.tag in _FINITE for w in (*before, *aside)) or not rest or rest[0].tag not in _FINITE | {"RB"}:
        return None
    top = _speaker(words[comma + 1 : verb.index])
    if top is None or any(w.lemma == "that" for w in aside):
        return None
    told = frozenset(w.index for w in (*before, *rest) if not w.is_mark)
    return Reported(verb.index, cue_verbs()[verb.lemma][0].act, voice_of(parse, top.index), told, "clause")


def _speaker(between: Sequence[Word]) -> Word | None:
    """The noun that some words between a comma and a verb are about, if they are one noun phrase and nothing else."""
    if between[0].pos not in {"DET", "NOUN", "PROPN", "ADJ", "NUM"} or any(w.pos in {"VERB", "AUX", "SCONJ", "CCONJ"} for w in between):
        return None
    inside = {w.index for w in between}
    tops = [w for w in between if w.pos in {"NOUN", "PROPN"} and w.head not in inside]
    return tops[0] if len(tops) == 1 else None


_KNOWN = {"know", "clear", "plain", "public"}


def _made_known(parse: Parse, word: Word) -> Iterator[Reported]:
    """`The ministry let it be known that`, `made clear that`."""
    head = parse.words[word.head]
    if head.lemma not in {"let", "make"} or word.dep not in {"ccomp", "acomp", "oprd", "xcomp"}:
        return
    clause = parse.kid(word.index, "ccomp") or parse.kid(head.index, "ccomp", "advcl")
    subject = subject_of(parse, head.index)
    if clause is not None and clause.index > word.index and subject is not None:
        voice = voice_of(parse, subject.index)
        if voice.anaphor not in _FIRST:
            yield Reported(word.index, "reports", voice, frozenset(parse.subtree(clause.index)), "clause")


def _reduced(parse: Parse, verb: Word) -> bool:
    """`the list, first published by X`, `stations listed in a report`: a passive without its auxiliary."""
    return (
        verb.tag == "VBN"
        and verb.dep in {"acl", "advcl"}
        and parse.kid(verb.index, "aux") is None
        and parse.kid(verb.index, "agent") is not None
    )


def _set_off(parse: Parse, verb: Word) -> bool:
    """`..., first reported by X` and `as reported by X` are about the whole clause; `articles published by X` are not."""
    first = parse.edges[verb.index][0]
    return parse.words[first].lemma == "as" or (first > 0 and parse.words[first - 1].text == ",")


def _passive(parse: Parse, verb: Word, subject: Word) -> Iterator[Reported]:
    """`It is alleged that`, `X was quoted as saying`, `she was told by police that`, `as first reported by X`."""
    agent = parse.kid(verb.index, "agent")
    speaker = parse.kid(agent.index, "pobj") if agent is not None else None
    below = set(parse.subtree(verb.index)) - {verb.index} - set(parse.subtree(agent.index) if agent else ())
    as_saying = parse.kid(verb.index, "prep")
    act = cue_verbs()[verb.lemma][0].act
    if verb.lemma in {"quote", "cite"} and _reduced(parse, verb):
        return  # `a memo quoted by X`: X passes it on, and the memo is the voice
    if speaker is not None and speaker.lemma in _MEANS:
        speaker = None  # `reached by phone`
    if speaker is not None and not (verb.lemma == "quote" and as_saying is not None):
        clause = parse.kid(verb.index, "ccomp")
        content = frozenset(parse.subtree(clause.index)) if clause is not None else frozenset(below)
        if clause is None and _reduced(parse, verb) and _set_off(parse, verb):
            content = frozenset(set(parse.subtree(clause_around(parse, verb.index))) - set(parse.subtree(verb.index)))
        yield Reported(verb.index, act, voice_of(parse, speaker.index), content, "object")
    elif verb.lemma == "quote":
        yield Reported(verb.index, "quotes", voice_of(parse, subject.index), frozenset(below), "clause")
    elif subject.lemma == "it" and parse.kid(verb.index, "ccomp") is not None:
        unnamed = Voice(parse.words[verb.index].text, "unnamed", verb.start, verb.end)
        yield Reported(verb.index, "hedges", unnamed, frozenset(below), "impersonal")
