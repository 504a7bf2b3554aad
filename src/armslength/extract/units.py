"""What a number counts: the noun behind it, and the ontology's measure for that noun in its company (METHOD C5).

In:  a parsed sentence and a number in it. Out: the noun, and the measure, or nothing.
Never: a noun of a name, of those who did something (`attacked by three men`), or one the ontology has no measure for in this company.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from armslength.extract.clauses import Clause
from armslength.extract.lexicon import word_classes
from armslength.extract.number_labels import phrases_of
from armslength.extract.numbers import Figure
from armslength.extract.parsed import Parse, Word
from armslength.extract.places import country_of
from armslength.model.ontology import load
from armslength.model.ontology.rows import Measure

SITES = "quantity.site_count"
TELLING = 10
"""A number for which no narrower measure stands is a claim of its own from here on. Set by hand."""
_SHARED = frozenset({"quantity.people", "quantity.victims", "quantity.site_count", "quantity.incidents"})
"""Kinds of what a share in the sentence is a share of."""
_LEFT_OUT = frozenset({"money", "duration", "things", "organisations", "hearings", "sites.new", "sites.operator", "sites.domestic"})
"""Measures that are context, not claims of the matter, or that are told from their neighbours by scope."""
_NEEDS_SITES = frozenset({"cities", "continents"})
"""What sites are spread over: without sites in the sentence, such a number counts something else."""
_ALWAYS = frozenset({"sites.closed"})
_PLACED = frozenset({"post", "point", "place", "location", "base", "desk", "branch", "unit", "address"})
"""Nouns that mean a site where the page is about sites and the number is a place's: `two posts in Korea`."""
_AUTHORITY = frozenset({"city", "public", "security", "municipal", "provincial", "county", "district", "local", "federal", "national"})
"""Before `bureau`, `office` and the like after `police`: an authority at home, not a site of one abroad."""
_LONGEST_NOUN = 9
"""Words from a number to its noun: `54 so-called overseas police service centres` has five."""
_MODIFIERS = frozenset({"ADJ", "ADV", "NUM", "DET"})
_MARKS = frozenset("\"“”‘’'()-–")
_NO_UNITS = frozenset({"%", "percent", "cent", "per", "time", "way", "fold", "number", "total", "more", "other", "others", "one"})
_NUMBERS = frozenset({"dozen", "score", "ten", "hundred", "thousand", "million", "billion"})


def noun_of(parse: Parse, number: Word) -> Word | None:
    """The noun that a number counts, read from the words that follow it: `54 Ruritanian police ‘service stations’`, `dozens of people`."""
    noun, of = None, False
    for word in parse.words[_named_as(parse, number.index + 1) :][:_LONGEST_NOUN]:
        if _is_noun(word) and word.lemma.casefold() not in _NUMBERS:
            noun = word
        elif word.text in _MARKS or word.text in {"'s", "’s"}:
            if noun is not None and word.text in "()":
                break
        elif noun is not None:
            break
        elif word.text.casefold() == "of" and not of and not _is_relative(parse, word.index + 1):
            of = True
        elif (word.pos in {"DET", "PRON"} and not (of and word.dep in {"det", "poss", "predet"})) or (
            word.pos not in _MODIFIERS | {"DET", "PRON"} and not (word.tag in {"VBN", "VBG"} and word.dep in {"amod", "compound", "nmod"})
        ):
            return None
    compound = noun is not None and parse.words[noun.index - 1].pos == "NOUN"
    return noun if noun is not None and (noun.lemma.casefold() not in _NO_UNITS or compound) else None


def _is_noun(word: Word) -> bool:
    """`23 contact points`: a plural that stands where a noun does is one, whatever the parser's tag."""
    return word.pos in {"NOUN", "PROPN"} or (word.tag == "VBZ" and word.dep in {"pobj", "dobj", "nsubj", "nsubjpass"})


def _named_as(parse: Parse, start: int) -> int:
    """`dozens of what it calls “stations”`: the noun stands behind the verb of naming."""
    words = [w.text.casefold() for w in parse.words[start : start + 6]]
    if words[:2] != ["of", "what"]:
        return start
    verb = next((n for n, w in enumerate(parse.words[start : start + 6]) if w.lemma in {"call", "term", "describe", "dub", "label"}), None)
    return start if verb is None else start + verb + 1


def _is_relative(parse: Parse, index: int) -> bool:
    """`of them`, `of which`, `of us`: what is counted was named before."""
    return index < len(parse.words) and parse.words[index].text.casefold() in phrases_of("pointing")


@cache
def _measures() -> tuple[Measure, ...]:
    entries = load().schemes["measures"].entries
    return tuple(m for m in entries if isinstance(m, Measure) and m.code not in _LEFT_OUT)


@cache
def _by_unit() -> Mapping[str, tuple[Measure, ...]]:
    table: dict[str, list[Measure]] = {}
    for measure in _measures():
        for unit in measure.units:
            table.setdefault(unit, []).append(measure)
    return {unit: tuple(found) for unit, found in table.items()}


def done_to_people(around: frozenset[str]) -> str:
    """The measure of people to whom was done what the words of a clause tell (`arrested`, `deported`); empty for none."""
    cued = (m for m in _by_unit()["person"] if m.kind != SITES and any(all(w in around for w in cue.split()) for cue in m.cues))
    return next((m.code for m in cued), "")


def measure_of(
    parse: Parse, unit: Word, clause: Clause, figure: Figure, *, matter: bool, sites: bool, placed: bool = False
) -> Measure | None:
    """The ontology's measure for this noun in this company. One that asks for words nearby goes before one that does not."""
    telling = is_telling(figure)
    if figure.percent:
        shared = matter or any(m.kind in _SHARED for i in clause.whole for m in _fitting(parse.words[i]))
        return load().measure("share") if shared else None
    if unit.dep == "pobj" and parse.words[unit.head].dep == "agent" and "state" not in _spellings(unit):
        return None  # `attacked by three men`: who did it is not what is counted
    around = {f for i in clause.own for f in (parse.words[i].lemma, parse.words[i].text.casefold())}
    names_site = matter or placed or bool(around & phrases_of("names_site"))
    best: tuple[int, Measure] | None = None
    for measure in _fitting(unit):
        cued = bool(measure.cues) and any(all(w in around for w in cue.split()) for cue in measure.cues)
        if (
            (measure.cues and not cued)
            or (measure.code in _NEEDS_SITES and not sites)
            or (measure.code == "countries" and not (sites or telling))
        ):
            continue
        if measure.kind == SITES and not _is_site(parse, unit, names_site=names_site, placed=placed):
            continue
        if (
            measure.kind != SITES
            and measure.code not in _NEEDS_SITES | _ALWAYS
            and not (matter or sites or (telling and measure.code != "persons"))
        ):
            continue
        rank = 0 if measure.code == "persons" else 2 if cued else 1
        if best is None or rank > best[0]:
            best = (rank, measure)
    if best is not None and best[1].code == "persons" and around & _harm():
        return load().measure("victims")
    if best is None:
        return (
            load().measure("things")
            if matter and telling and unit.pos == "NOUN" and _spellings(unit)[0] not in phrases_of("no_count")
            else None
        )
    return best[1]


def is_telling(figure: Figure) -> bool:
    """Whether somebody counted: ten or more, or bounded, or vague. Small plain numbers are part of telling a story. Set by hand."""
    return figure.comparator != "=" or figure.value is None or figure.value >= TELLING


def _fitting(unit: Word) -> Iterable[Measure]:
    return dict.fromkeys(m for name in _spellings(unit) for m in _by_unit().get(name, ()))


def _spellings(unit: Word) -> tuple[str, ...]:
    text = unit.text.casefold()
    if unit.pos == "PROPN" and unit.text.endswith("s") and country_of(unit.text):
        return ("national",)  # `11 Ruritanians`
    return tuple(dict.fromkeys((unit.lemma.casefold(), text, text.removesuffix("s"))))


def _is_site(parse: Parse, unit: Word, *, names_site: bool, placed: bool) -> bool:
    if not names_site:
        return False
    before = {w.text.casefold() for w in parse.words[max(0, unit.index - 4) : unit.index]}
    if unit.lemma.casefold() in {"bureau", "department", "office"} and before & _AUTHORITY and "overseas" not in before:
        return False
    if placed and unit.lemma.casefold() in _PLACED:
        return True
    return unit.lemma.casefold() not in phrases_of("vague_sites") or bool(
        before & {"such", "these", "police", "secret", "illegal", "covert", "suspected", "alleged"}
    )


@cache
def _harm() -> frozenset[str]:
    """Words for what is done to people: persons counted beside one of them are victims."""
    lexicon = word_classes()
    names = ("abduct", "vanish", "assault", "follow", "press_hard", "targeting", "spyware", "smear", "phishing")
    return frozenset(w.strip().lstrip("!~") for name in names for w in lexicon.get(name, "").replace("\n", " ").split(",") if w.strip())
