"""Which methods of the ontology a clause tells of: an act, whom it falls on, who does it, and what stands around it.

In:  a parse, its word classes, a clause and the clauses around it. Out: `Deed` rows: code, act, whom, who, as word indexes.
The rules are data (`data/methods.yaml`). Never: says who a named person is; a role is read only where the passage gives the word.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from armslength.extract.clauses import Clause
from armslength.extract.lexicon import Hit, load_data
from armslength.extract.parsed import Parse, Word
from armslength.extract.phrases import is_human
from armslength.extract.roles import doers, fallen_on

_PERSONAL = {
    "he", "she", "him", "her", "they", "them", "me", "us", "we", "i", "you", "who", "whom", "everyone", "anyone", "someone", "somebody",
    "those", "many", "others", "several", "dozens", "hundreds", "thousands", "some", "two", "three", "four", "five", "himself",
    "herself", "themselves",
}  # fmt: skip
"""Words that stand for people by themselves."""
_PEOPLE = frozenset(
    {
        "target_group",
        "one_target",
        "protected_target",
        "dissident_role",
        "journalist_role",
        "hrd_role",
        "religious_role",
        "insider_role",
        "suspect_role",
    }
)
_OFFICE = frozenset({"agent_noun", "envoy", "official", "state_organ", "undercover", "hired"})
"""Classes of those who act for a state: on them a deed does not fall."""
_ONE = {"his", "my", "he", "she", "him", "her", "i", "me", "himself", "herself", "myself", "someone", "somebody"}
_MANY = {"many", "others", "several", "dozens", "hundreds", "thousands", "some", "everyone", "anyone", "you"}
_COLLECTIVE = {"community", "diaspora", "people", "opposition", "minority", "group", "organisation", "organization", "overseas"}
_OF_THINGS = {"A6", "C1", "C2", "D4", "D8", "D9"}
"""Methods that fall on somebody's things."""
_OWNERS = {"his", "her", "my"}
_DWELLINGS = {"door", "doorstep", "home", "house", "flat", "apartment", "building", "doorbell", "stairwell", "workplace", "kitchen", "gate"}
"""What somebody who is not named is visited at."""
_OWN_FATE = {
    "whereabouts", "disappearance", "killing", "murder", "assassination", "poisoning", "abduction", "kidnapping", "rendition", "detention",
    "deportation", "expulsion", "extradition", "handover", "arrest", "beating", "stabbing", "surveillance", "phone", "telephone", "laptop",
    "computer", "inbox", "handset", "device",
}  # fmt: skip
"""What is somebody's own when it is done or broken into: `her whereabouts`, `his phone`."""
_FEW = {"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}
_DIGITS = {str(n) for n in range(2, 11)}
"""Up to ten people are taken for a group targeted together; more are counted, which the numbers do."""
_HANGS = {"advcl", "acl", "relcl", "conj", "xcomp", "ccomp", "parataxis"}


@dataclass(frozen=True, slots=True)
class Deed:
    """One act read as a method."""

    code: str
    act: int | None
    """Index of the act's first word; None where the code follows from others."""
    whom: frozenset[int] = frozenset()
    who: frozenset[int] = frozenset()
    kin: bool = False
    """It falls on somebody's relatives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodRule:
    """One line of `methods.yaml`."""

    code: str
    act: frozenset[str] = frozenset()
    whom: frozenset[str] = frozenset()
    who: frozenset[str] = frozenset()
    needs: tuple[frozenset[str], ...] = ()
    anywhere: tuple[frozenset[str], ...] = ()
    avoid: frozenset[str] = frozenset()
    not_who: frozenset[str] = frozenset()
    not_whom: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()
    self_: bool = field(default=False)


@cache
def method_rules() -> tuple[MethodRule, ...]:
    """The rules, in the order in which they are tried."""

    def names(entry: dict[str, object], key: str) -> frozenset[str]:
        value = entry.get(key) or ()
        return frozenset(str(v) for v in value) if isinstance(value, list) else frozenset()

    return tuple(
        MethodRule(
            code=e["code"],
            act=names(e, "act"),
            whom=names(e, "whom"),
            who=names(e, "who"),
            needs=tuple(frozenset(str(n).split("|")) for n in e.get("with", ())),
            anywhere=tuple(frozenset(str(n).split("|")) for n in e.get("anywhere", ())),
            avoid=names(e, "not"),
            not_who=names(e, "not_who"),
            not_whom=names(e, "not_whom"),
            after=names(e, "after"),
            unless=names(e, "unless"),
            self_=bool(e.get("self")),
        )
        for e in load_data("methods.yaml")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A sentence as the method rules see it."""

    parse: Parse
    hits: tuple[Hit, ...]
    states: dict[int, str]
    """`host`, `origin` or `foreign_place` by the index of the word that names it."""
    kin: frozenset[int]
    """Words that name somebody's relatives."""
    people: frozenset[int] = frozenset()
    """Words for people by what they do (`a songwriter`) or by a family word that is nobody's (`two brothers`); not those in office."""


def deeds(ground: Ground, clause: Clause, parts: Sequence[Clause]) -> tuple[Deed, ...]:
    """The methods one clause tells of, each once, in the order of the rules."""
    reach = _reach(ground.parse, clause, parts)
    around = classes_of(ground, reach)
    everywhere = classes_of(ground, frozenset(range(len(ground.parse.words))))
    own = set(clause.own)
    acts = {hit.name for hit in ground.hits if hit.first in own}
    found: dict[str, Deed] = {}
    for rule in method_rules():
        if not rule.after and not rule.act & acts:
            continue
        if rule.code in found or rule.unless & found.keys() or rule.avoid & around:
            continue
        if rule.after:
            if rule.after & found.keys() and _has_all(rule.needs, around):
                found[rule.code] = Deed(rule.code, None)
            continue
        if not _has_all(rule.needs, around) or not _has_all(rule.anywhere, everywhere):
            continue
        deed = next((d for i in _acts(ground, clause, rule) if (d := _deed(ground, rule, i)) is not None), None)
        if deed is not None:
            found[rule.code] = deed
    return tuple(found.values())


def _has_all(needs: tuple[frozenset[str], ...], there: frozenset[str]) -> bool:
    return all(choices & there for choices in needs)


def _acts(ground: Ground, clause: Clause, rule: MethodRule) -> Iterable[int]:
    """The words of a clause that are the act of a rule. Of a phrase, the word that carries it."""
    own = set(clause.own)
    for hit in ground.hits:
        if hit.name in rule.act and hit.first in own:
            inside = range(hit.first, hit.last + 1)
            heads = ((i, ground.parse.words[i].head) for i in inside)
            yield next((i for i, head in heads if head == i or head not in inside), hit.last)


def _deed(ground: Ground, rule: MethodRule, act: int) -> Deed | None:
    whom = fallen_on(ground.parse, act, self_too=rule.self_)
    who = doers(ground.parse, act)
    whom_classes, who_classes = classes_of(ground, whom), classes_of(ground, who)
    if (rule.whom and not rule.whom & whom_classes) or rule.not_whom & whom_classes:
        return None
    if (rule.who and not rule.who & who_classes) or rule.not_who & who_classes:
        return None
    return Deed(rule.code, act, whom, who, kin="kin" in whom_classes)


def _reach(parse: Parse, clause: Clause, parts: Sequence[Clause]) -> frozenset[int]:
    """The words around a clause: its own, its subject, the clauses that complete it, and the clause it hangs on."""
    found = set(clause.own)
    heads = {clause.head}
    for part in sorted(parts, key=lambda p: len(p.whole), reverse=True):
        if part.parent in heads and parse.words[part.head].dep not in {"relcl", "parataxis"}:
            heads.add(part.head)
            found |= set(part.own)
    if clause.subject is not None:
        found |= set(parse.subtree(clause.subject))
    above = next((p for p in parts if p.head == clause.parent), None)
    if above is not None and parse.words[clause.head].dep in _HANGS:
        found |= set(above.own)
    return frozenset(found)


def victims(ground: Ground, done: Iterable[Deed]) -> str:
    """Whether what is done falls on `one` person, on a `group` targeted together (`his parents`, `the two men`), or on `many`; empty where
    the passage does not say.
    """
    parse = ground.parse
    found: list[tuple[int, str]] = []
    for deed in done:
        if deed.code[0] not in "ABCD" or deed.act is None:
            continue
        nouns = {
            h.last
            for h in ground.hits
            if h.name in _PEOPLE | {"relatives"} and h.first in deed.whom and parse.words[h.last].pos in {"NOUN", "PROPN", "PRON"}
        }
        words = [parse.words[i] for i in deed.whom if i in nouns | ground.people or stands_for_people(parse, parse.words[i])]
        found += [(sum(1 for _ in parse.ancestors(w.index)), _how_many(ground, w)) for w in words]
    if not found and any(d.code in _OF_THINGS for d in done):
        return "one" if any(d.code in _OF_THINGS and _is_one_thing(parse, d) for d in done) else ""
    return min(found)[1] if found else ""


def _is_one_thing(parse: Parse, deed: Deed) -> bool:
    """Whether one person's thing is taken or broken into: a singular passport, telephone, shop, as subject or object of the act."""
    act = parse.words[deed.act or 0]
    near = [act, parse.words[act.head], *parse.kids(act.index, "nsubjpass", "dobj")]
    return any(w.tag in {"NN", "NNP"} or w.lemma == "it" for w in near if w.pos in {"NOUN", "PROPN", "PRON"})


def _how_many(ground: Ground, word: Word) -> str:
    """`one`, `group` or `many`: a name or a singular is one; counted or owned relatives are a group; other plurals many."""
    low = word.text.casefold()
    if low in _ONE or (word.entity == "PERSON" and word.pos == "PROPN"):
        return "one"
    if word.lemma in _COLLECTIVE or low in _MANY:
        return "many"
    plural = word.tag in {"NNS", "NNPS"} or low in {"they", "them", "we", "us", "those", "themselves"}
    if not plural:
        return "group" if word.index in ground.kin and word.lemma in {"family", "household", "couple"} else "one"
    kids = list(ground.parse.kids(word.index))
    if any(k.pos == "NUM" and (k.lemma in _FEW or k.text in _DIGITS) for k in kids) or any(k.lemma == "both" for k in kids):
        return "group"
    owner = next((k for k in kids if k.dep == "poss"), None)
    return "group" if owner is not None and owner.tag in {"PRP$", "NN", "NNP"} and owner.lemma not in {"their", "our"} else "many"


def classes_of(ground: Ground, words: frozenset[int]) -> frozenset[str]:
    """The classes some words belong to, with those that only the sentence shows: people, relatives, states, places abroad."""
    found = {h.name for h in ground.hits if h.first in words}
    found |= {state for index, state in ground.states.items() if index in words}
    rows = [ground.parse.words[i] for i in words]
    if (
        words & ground.people
        or any(stands_for_people(ground.parse, w) for w in rows)
        or any(h.name in _PEOPLE and h.first in words and h.last not in ground.kin for h in ground.hits)
    ):
        found.add("target")
    if words & ground.kin:
        found.add("kin")
    return frozenset(found)


def stands_for_people(parse: Parse, word: Word) -> bool:
    if word.entity == "PERSON" and word.pos == "PROPN":
        return True
    if word.tag == "PRP$" and word.text.casefold() in _OWNERS:  # `came to her door` falls on her
        return parse.words[word.head].lemma in _DWELLINGS | _OWN_FATE
    return word.text.casefold() in _PERSONAL and word.tag not in {"PRP$", "WP$"} and word.dep not in {"nummod", "amod", "det"}


def kin_words(parse: Parse, hits: Iterable[Hit]) -> frozenset[int]:
    """Relatives as somebody's: `his brother`, `the parents of exiles`, `her family`, `relatives in the capital`; not `a father of two`."""
    found = set()
    for hit in hits:
        if hit.name != "relatives":
            continue
        word = parse.words[hit.last]
        owned = parse.kid(word.index, "poss") is not None
        of = next((k for k in parse.kids(word.index, "prep") if k.lemma == "of"), None)
        counted = of is not None and any(k.pos == "NUM" for k in parse.kids(of.index))
        plain = word.dep in {"compound", "nmod"} and parse.words[word.head].lemma not in {"member", "home", "house"}
        if not counted and not plain and (owned or of is not None or word.tag == "NNS" or word.lemma in {"family", "kin", "household"}):
            found |= set(range(hit.first, hit.last + 1))
    return frozenset(found)


def people_words(parse: Parse, hits: Iterable[Hit], kin: frozenset[int]) -> frozenset[int]:
    """Nouns for people that no class lists: any trade or role, a people (`Tajiks abroad`), relatives who are nobody's. No one in office."""
    rows = list(hits)
    office = {i for h in rows if h.name in _OFFICE for i in range(h.first, h.last + 1)}
    family = {h.last for h in rows if h.name == "relatives" and h.last not in kin}
    trades = {w.index for w in parse.words if w.pos == "NOUN" and w.index not in kin and (w.index in family or is_human(w.lemma))}
    trades |= {w.index for w in parse.words if w.entity == "NORP" and w.tag in {"NNS", "NNPS"} and w.lemma != w.text.casefold()}
    return frozenset(i for i in trades - office if parse.words[i].dep not in {"compound", "nmod", "amod"})
