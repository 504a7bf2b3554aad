"""What a passage is about, as terms: content words, with words for one thing taken for one.

In:  a passage.
Out: its terms, and how much two passages share of them.
Never: decides that two passages say the same; words are one sign among several (`sayings.py`, `quantities.py`).

Words for one thing come from the ontology (a station, an office and an outpost are sites; a man and a citizen are people), from the list of
states (`Chinese`, `China` and `Beijing` are one), and from `data/words.yaml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from armslength.model.ontology import load as load_ontology
from armslength.resolve import known
from armslength.resolve.names import SAME, TOPIC, fold, small_words_out, stem

_NOUNS = {"quantity.site_count": "=site", "quantity.countries": "=country", "quantity.people": "=person"}
"""Kinds of number whose counted nouns stand for one another."""
LIGHT = 0.3
"""What a term weighs that every passage of such a case has: the state, its police, the sites. Set by hand, so that three of them are less
than one word of a passage's own."""

Terms = frozenset[str]


@cache
def _nouns() -> Mapping[str, str]:
    """Counted nouns and names of states, each form, to the term they stand for."""
    found: dict[str, str] = {}
    for entry in load_ontology().schemes["measures"].entries:
        term = _NOUNS.get(getattr(entry, "kind", ""))
        for unit in getattr(entry, "units", ()) if term else ():
            if term and " " not in unit:
                found |= {unit: term, f"{unit}s": term, f"{unit[:-1]}ies" if unit.endswith("y") else f"{unit}es": term}
    for name, code in known.load().states.items():
        if " " not in name:
            found[name] = f"={code}"
    for name, body in known.load().bodies.items():
        if body.kind == "government" and body.state and " " not in name:
            found[name] = f"={body.country}"
    return found


@cache
def _same() -> Mapping[str, str]:
    """Stem to the term it stands for."""
    return {stem(word): f"={stem(row.split()[0])}" for row in SAME for word in row.split()}


@cache
def _light() -> frozenset[str]:
    states = {f"={code}" for code in known.load().states.values()}
    return frozenset({_term(word) for word in TOPIC} | states | set(_NOUNS.values()))


@cache
def _term(word: str) -> str:
    return _nouns().get(word) or _same().get(stem(word), stem(word))


def terms(text: str) -> Terms:
    """The terms of a passage."""
    return frozenset(map(_term, small_words_out(text)))


@cache
def term_of(name: str) -> str:
    """The term of a noun that a number counts."""
    words = fold(name).split()
    return _term(words[-1]) if words else ""


def weight(found: Terms) -> float:
    """How much terms say."""
    light = len(found & _light())
    return len(found) - light + LIGHT * light


def own(found: Terms) -> Terms:
    """The terms that not every passage of such a case has."""
    return found - _light()


def jaccard(one: Terms, two: Terms) -> float:
    """Shared weight over the weight of both, 0 to 1."""
    return weight(one & two) / weight(one | two) if one or two else 0.0


def contained(one: Terms, two: Terms) -> float:
    """Shared weight over the weight of the one that says less, 0 to 1: whoever passes something on shortens it."""
    least = min(weight(one), weight(two))
    return weight(one & two) / least if least else 0.0
