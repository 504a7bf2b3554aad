"""Why a rule of the grammar fitted, as a sentence for whoever asks.

In:  a rule, the clause's words and their classes. Out: one sentence that names the rule and quotes the words it fitted.
Never: says why a claim would be true; it only tells how the words were read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from armslength.extract.clauses import Clause
from armslength.extract.grammar import Rule
from armslength.extract.lexicon import Hit
from armslength.extract.parsed import Parse

_WHO = {
    "host": "another state's authority",
    "official": "an authority",
    "host_place": "the authorities of the place named",
    "told": "an authority that tells it",
    "origin": "the acting state",
    "origin_place": "the acting state at home",
    "mission": "a mission",
    "accused": "a state that speaks of itself",
    "nobody_named": "nobody named",
    "person": "a person",
    "one_person": "a person",
    "unnamed": "somebody without a name",
    "page": "the page itself",
    "report": "a report",
    "organisation": "an organisation",
    "government": "a government",
    "court": "a court",
    "media": "a medium",
    "pronoun": "a pronoun",
    "parliament": "a parliament",
    "occupant": "who runs or houses it",
    "site": "a site",
    "place": "a place",
}
"""What the grammar's names for voices and doers are called."""


def reason(rule: Rule, parse: Parse, hits: Sequence[Hit], clause: Clause) -> str:
    """`Read as site.existence by the rule “that a site exists” (182), for the words “stations” and “opened”.`"""
    by = f"the rule “{rule.title}” ({rule.number})" if rule.title else f"rule {rule.number}"
    said = [f"Read as {rule.kind} by {by}"]
    words = list(dict.fromkeys(_words_of(rule, parse, hits, clause)))
    if words:
        said.append("for the words " * (len(words) > 1) + "for the word " * (len(words) == 1) + _and(f"“{w}”" for w in words))
    said += [f"{lead} {_or(_WHO.get(n, n.replace('_', ' ')) for n in names)}" for lead, names in _asked(rule)]
    return ", ".join(said) + "."


def _asked(rule: Rule) -> list[tuple[str, list[str]]]:
    """What a rule asks of who speaks and who acts, in words, the conditions that it has."""
    asked = (("said by", rule.speaker), ("done by", rule.doer), ("with the subject", rule.subject))
    return [(lead, sorted(names)) for lead, names in asked if names]


def _words_of(rule: Rule, parse: Parse, hits: Sequence[Hit], clause: Clause) -> Iterable[str]:
    """The words of the sentence that meet a rule's conditions, the verb first: those of the clause before those around it."""
    wanted = [frozenset(rule.head)] if rule.head else []
    wanted += [frozenset(n.lstrip("@*^") for n in choices) for choices in rule.needs]
    own = set(clause.own)
    for names in wanted:
        found = [h for h in hits if h.name in names]
        best = min(found, key=lambda h: (h.first not in own, h.first not in clause.whole, h.first), default=None)
        if best is not None:
            yield " ".join(w.text for w in parse.words[best.first : best.last + 1])


def _and(parts: Iterable[str]) -> str:
    return _listed(parts, "and")


def _or(parts: Iterable[str]) -> str:
    return _listed(dict.fromkeys(parts), "or")


def _listed(parts: Iterable[str], last: str) -> str:
    every = list(parts)
    return every[0] if len(every) == 1 else f"{', '.join(every[:-1])} {last} {every[-1]}"
