"""Who does what a clause tells, and to what: the actor and the thing acted on, whatever the construction.

In:  a parse, a clause, its word classes, the voices the discourse resolved, the places named. Out: an `Acting`.
`Police arrested him`, `he was arrested by police`, `the arrest by police`, `Dutch arrests` have one actor; `he was arrested in Ghent` has
none, and the place stands in for it. Never: takes the one who only speaks, or a person, for an authority.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from armslength.extract.clauses import Clause
from armslength.extract.lexicon import Hit, word_classes
from armslength.extract.parsed import Parse, Word
from armslength.extract.voices import Voice, voice_of
from armslength.model.claims import Place

_DEEDS = frozenset({
    "investigate", "arrest", "charge", "convict", "sentence", "acquit", "raid", "sanction", "expel", "order", "hearing", "trial",
    "legislate", "apologise", "summon", "protest_word", "respond", "ruling", "warrant", "extradition", "resolution",
    "aware", "concern", "awareness",
})  # fmt: skip
"""Classes of nouns that name a deed: their own `by`, `of` or possessor is who does it."""
_TRANSITIVE = frozenset(["summon", "expel", "arrest", "charge", "convict", "sentence", "acquit", "sanction"])
_IN_OFFICE = frozenset({"minister", "premier", "chancellor", "secretary", "commissioner", "mayor", "prosecutor"})
_LIGHT = frozenset({"be", "follow", "continue", "begin", "start", "open", "come", "end", "take", "result", "lead", "remain", "go"})


@dataclass(frozen=True, slots=True)
class Acting:
    """The actor as a voice, what can be asked about it, and the classes of what is acted on."""

    voice: Voice | None
    doer: frozenset[str]
    theme: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What is known about a sentence before its clauses are asked who acts."""

    parse: Parse
    hits: tuple[Hit, ...]
    resolved: tuple[tuple[int, Voice], ...]
    places: tuple[Place, ...]
    origin: str
    sites: bool
    """The document speaks of sites, so that a bare `office` is one."""
    side: Callable[[Voice, str], str]
    state: Callable[[str], str]


@cache
def _nouns_of(name: str) -> frozenset[str]:
    return frozenset(entry.strip().lstrip("~!") for entry in word_classes()[name].split(","))


def authority_nouns() -> frozenset[str]:
    """The nouns for authorities and those who speak for them."""
    return _nouns_of("official")


def occupant_nouns() -> frozenset[str]:
    """The nouns for those who run, own or rent a place, and so answer for it."""
    return _nouns_of("occupant")


def is_mission(name: str) -> bool:
    """Whether a name is that of a mission abroad, or of who heads one."""
    low = name.casefold().replace("’s", "").replace("'s", "")
    return "high commission" in low or bool({word.strip(",.’'") for word in low.split()} & _nouns_of("mission_voice"))


def acting(stage: Stage, clause: Clause) -> Acting:
    """Who does the clause's deed and to what."""
    word = _actor(stage, clause)
    voice = _voice(stage, word) if word is not None else None
    if voice is not None and word is not None and voice.kind in {"person", "organisation", "unnamed"} and _is_state(stage, word):
        voice = replace(voice, kind="government", by=word.text)  # a state's name that the recogniser took for something else
    theme = _classes(stage, set(_theme(stage, clause)))
    if voice is None or word is None:
        return Acting(None, frozenset({"nobody_named"}) | _by_place(stage, clause), theme)
    found = _classes(stage, set(_phrase(stage.parse, word))) | {voice.kind or "pronoun"} | said_of(voice)
    if voice.kind in {"government", "court"}:
        side = stage.side(voice, stage.origin)
        found |= {side}
        if side == "official":
            found |= _by_place(stage, clause)
    elif (voice.kind == "media" and voice.by == "state") or "mission" in found:
        found |= {"origin"}
    elif "parliament" in found or "official" in found or (voice.kind == "person" and _in_office(voice)):
        found |= {"official"}
        found |= _state_of(stage, word)
    return Acting(voice, frozenset(found), theme)


def _in_office(voice: Voice) -> bool:
    """Whether a named person holds an office of state in the passage's own words: `Ana Roth, Norland's minister for migration`."""
    return bool({w.casefold().strip(",.") for w in voice.role.split()} & _IN_OFFICE)


def said_of(voice: Voice) -> frozenset[str]:
    """A pronoun that was resolved is what its name says: `they`, the investigators."""
    words = {w.casefold().rstrip("s") for w in voice.name.split() if w.islower() or voice.kind == "unnamed"}
    if voice.kind == "unnamed" and {w.removesuffix("’").removesuffix("'") for w in words} & _nouns_of("private_body"):
        return frozenset()  # a club's secretary holds no office of a state
    low = f" {voice.name.casefold()} "
    return frozenset(
        name for name in ("official", "mission") if words & _nouns_of(name) or any(f" {n} " in low for n in _nouns_of(name) if " " in n)
    )


def _is_state(stage: Stage, word: Word) -> bool:
    """Whether a single capitalised word is a state's name in the gazetteer."""
    if word.entity in {"NORP", "GPE"} and word.pos == "ADJ":
        return len(stage.state(word.text)) == 2
    alone = word.pos == "PROPN" and not any(k.dep in {"compound", "flat"} for k in stage.parse.kids(word.index))
    key = stage.state(word.text) if alone else ""
    return len(key) == 2 or bool(key and key == stage.origin)


def _state_of(stage: Stage, word: Word) -> frozenset[str]:
    """`three US senators`, `lawmakers in Ottawa`: officials who are no body of their own act for the state named with them."""
    keys = {stage.state(stage.parse.words[i].text) for i in stage.parse.subtree(word.index) if stage.parse.words[i].text[:1].isupper()}
    keys -= {""}
    if not keys:
        return frozenset({"official"})
    return frozenset({"origin"}) if keys == {stage.origin} else frozenset({"host"})


def _by_place(stage: Stage, clause: Clause) -> frozenset[str]:
    """Where nobody is named, the country of the place tells whose doing it is."""
    start, end = clause.range
    countries = {p.country for p in stage.places if p.start is not None and start <= p.start < end and p.country}
    named = {stage.state(word.text) for word in _located(stage.parse, clause)} - {""}
    home = bool(stage.origin) and stage.origin in (named or countries)  # `convicted in Canada of spying for Valdoria` happened in Canada
    if not countries and not home:
        return frozenset()
    return frozenset({"origin_place"} if home else {"host_place"})


def _located(parse: Parse, clause: Clause) -> Iterator[Word]:
    """Names of places at which something happens: `in`, `at`, `near` them, not `of` them."""
    for index in clause.own:
        word = parse.words[index]
        if word.dep == "pobj" and word.pos == "PROPN" and parse.words[word.head].lemma in {"in", "at", "near", "inside"}:
            yield word


def _actor(stage: Stage, clause: Clause) -> Word | None:
    parse, head = stage.parse, stage.parse.words[clause.head]
    by = _agent(parse, clause)
    subject = parse.words[clause.subject] if clause.subject is not None else None
    deeds = [i for i in clause.own if _classes(stage, {i}) & _DEEDS and parse.words[i].pos in {"NOUN", "PROPN"}]
    if _is_passive(parse, head) or _headline(stage, head):
        return by or next((owner for i in deeds for owner in _owners(parse, i)), None)
    if subject is not None and subject.index not in deeds and subject.text.casefold() not in {"there", "it", "this"}:
        return subject if not (head.lemma in _LIGHT and deeds and subject.pos == "NOUN" and by is not None) else by
    for index in deeds:
        owner = next(_owners(parse, index), None)
        if owner is not None:
            return owner
    return by if subject is None or subject.index in deeds else subject


def _is_passive(parse: Parse, head: Word) -> bool:
    if parse.kid(head.index, "auxpass") is not None or parse.kid(head.index, "nsubjpass") is not None:
        return True
    bare = head.tag == "VBN" and parse.kid(head.index, "aux", "dobj", "ccomp") is None
    return bare and head.dep in {"acl", "ROOT", "advcl", "conj"}


def _headline(stage: Stage, head: Word) -> bool:
    """`Ambassador summoned over threats`: a verb that takes an object and has none stands for its passive."""
    bare = head.tag == "VBD" and stage.parse.kid(head.index, "dobj", "ccomp", "xcomp", "dative") is None
    return bare and bool(_classes(stage, {head.index}) & _TRANSITIVE)


def _agent(parse: Parse, clause: Clause) -> Word | None:
    """The noun behind `by` in the clause's own words."""
    for index in clause.own:
        word = parse.words[index]
        if word.lemma == "by" and word.dep in {"agent", "prep"}:
            noun = parse.kid(index, "pobj")
            if noun is not None and noun.entity not in {"DATE", "TIME", "CARDINAL"}:
                return noun
    return None


def _owners(parse: Parse, index: int) -> Iterator[Word]:
    """Whose a noun of a deed is: `by X`, `X's`, `Dutch`, `of X` in that order."""
    for prep in parse.kids(index, "prep", "agent"):
        noun = parse.kid(prep.index, "pobj")
        if noun is not None and prep.lemma in {"by", "from"}:
            yield noun
    owner = parse.kid(index, "poss")
    if owner is not None and owner.pos != "PRON":
        yield owner
    yield from (k for k in parse.kids(index, "amod", "compound", "nmod") if k.entity in {"NORP", "GPE", "ORG"})
    for prep in parse.kids(index, "prep"):
        noun = parse.kid(prep.index, "pobj")
        if noun is not None and prep.lemma in {"of", "among"}:
            yield from _owners(parse, noun.index)
            if prep.lemma == "among" or noun.pos == "PROPN":
                yield noun


def _theme(stage: Stage, clause: Clause) -> list[int]:
    """The words of what is acted on: the object, the subject of a passive, what a noun of a deed is `of`."""
    parse, out = stage.parse, list[int]()
    for word in parse.kids(clause.head, "dobj", "nsubjpass", "dative", "oprd", "attr"):
        out += parse.subtree(word.index)
    head = parse.words[clause.head]
    if head.tag == "VBN" and clause.subject is not None and _is_passive(parse, head):
        out += parse.subtree(clause.subject)
    for prep in parse.kids(clause.head, "prep"):
        noun = parse.kid(prep.index, "pobj")
        if noun is not None and prep.lemma in {"of", "into", "on", "against"}:
            out += parse.subtree(noun.index)
    return out


def _voice(stage: Stage, word: Word) -> Voice:
    resolved = next((v for start, v in stage.resolved if start == word.start), None)
    return resolved or voice_of(stage.parse, word.index)


def _phrase(parse: Parse, word: Word) -> list[int]:
    """A noun with what stands before it and its `of`: not the clauses that hang on it."""
    out, stack = [], [word.index]
    while stack:
        here = stack.pop()
        out.append(here)
        stack += [k.index for k in parse.kids(here) if k.dep not in {"relcl", "acl", "appos", "conj", "cc", "punct"}]
    return out


def _classes(stage: Stage, words: Iterable[int]) -> frozenset[str]:
    held = words if isinstance(words, set) else set(words)
    found = {h.name for h in stage.hits if h.first in held}
    if "site" in found or (stage.sites and "site_word" in found):
        found.add("site_any")
    return frozenset(found)
