"""Who answers for himself: voices that speak of what they, or the state or body they speak for, are said to have done.

In:  a parse, a clause, the deepest voice. Out: yes or no. Never: decides from what is answered whether it is true, or who is guilty.
The acting state of a page is known from whom it names most; these are the voices whose own words show that they speak for themselves.
"""

from __future__ import annotations

from collections.abc import Callable

from armslength.extract.clauses import Clause
from armslength.extract.lexicon import word_classes
from armslength.extract.parsed import Parse
from armslength.extract.voices import Voice

_OWN = frozenset({"its", "his", "her", "our", "their", "my"})
_WE = frozenset({"we", "us", "our", "ourselves"})


def speaks_of_its_state(parse: Parse, clause: Clause, voice: Voice | None, state: Callable[[str], str]) -> bool:
    """`the foreign ministry in Hanoi: no Vietnamese agency ...`: a government's voice, where the clause names its own state as who acts."""
    if voice is None or voice.kind not in {"government", "person", "unnamed", "organisation"}:
        return False
    foreign = "foreign" in f"{voice.name} {voice.role}".casefold()
    key = state(voice.by) or state(voice.name) or state(voice.role)
    if not key and not foreign:
        return False
    acting = [] if clause.subject is None else parse.subtree(clause.subject)
    named = {state(parse.words[i].text) for i in acting if parse.words[i].entity in {"GPE", "NORP"}} - {""}
    return key in named if key else bool(named)


def speaks_of_its_body(parse: Parse, clause: Clause, voice: Voice | None) -> bool:
    """`his organisation had never worked for`, `our members only`: who heads or belongs to a body speaks of what that body does."""
    if voice is None or clause.subject is None:
        return False
    subject = parse.words[clause.subject]
    owned = any(k.dep == "poss" and k.text.casefold() in _OWN for k in parse.kids(subject.index))
    return (owned and subject.lemma in _bodies()) or subject.text.casefold() in _WE


def _bodies() -> frozenset[str]:
    return frozenset(entry.strip().lstrip("~!") for entry in word_classes()["own_body"].split(","))
