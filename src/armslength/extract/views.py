"""Forms in which somebody judges, likens or lays down a rule of thumb, and tells of nothing that happened.

In:  a parse and a clause. Out: names of such forms; a claim put so is an opinion and has no origins to count (METHOD C3).
Never: judges by who speaks; what is said of a matter of fact in the same words stays a fact.
"""

from __future__ import annotations

from armslength.extract.clauses import Clause
from armslength.extract.modality import words_of
from armslength.extract.parsed import Parse, Word

_TAKEN = frozenset({"treat", "portray", "paint", "regard"})
_ANY = frozenset({"a", "an", "one", "every", "any", "no", "each"})
_TELLING = frozenset({"method", "site", "incident", "testimony", "victim_category", "assessment"})
"""Families that tell of deeds, sites and what somebody went through; a form of view in them makes them none."""
_AS_A_RULE = frozenset({"method", "testimony", "site"})
"""Those of them that a rule of thumb may be taken for: `an attack on one exile is an attack on all`."""


def is_view(parse: Parse, clause: Clause, family: str) -> bool:
    """Whether a clause that was read as telling of something only says how somebody takes it."""
    head = parse.words[clause.head]
    if family not in _TELLING:
        return False
    return _likened(parse, head) or _judged(parse, head) or (family in _AS_A_RULE and _as_a_rule(parse, head))


def _likened(parse: Parse, head: Word) -> bool:
    """`we are treated like criminals`, `as if we were spies`."""
    return head.lemma in _TAKEN and (
        any(k.text.casefold() == "like" for k in parse.kids(head.index, "prep"))
        or any(m.text.casefold() in {"if", "though"} for k in parse.kids(head.index, "advcl") for m in parse.kids(k.index, "mark"))
    )


def _judged(parse: Parse, head: Word) -> bool:
    """`the stations are a threat to democracy`, `this is a scandal`."""
    return head.lemma == "be" and any(k.lemma in words_of("verdicts") for k in parse.kids(head.index, "attr"))


def _as_a_rule(parse: Parse, head: Word) -> bool:
    """`Silence is complicity`, `one phone call is enough`, `it takes only one informer`, `you do not open a police desk to help`: said of
    any, in the present.
    """
    subject = parse.kid(head.index, "nsubj")
    if subject is not None and subject.lemma == "you" and head.tag in {"VB", "VBP"}:
        return True
    if head.tag != "VBZ" or parse.kid(head.index, "aux", "auxpass") is not None:
        return False
    if head.lemma == "take":
        return subject is not None and subject.lemma == "it" and parse.kid(head.index, "xcomp", "advcl") is not None
    if head.lemma != "be" or subject is None or subject.tag != "NN" or _state(parse, head) is None:
        return False
    led = list(parse.kids(subject.index, "det", "nummod", "poss", "predet"))
    return not led or all(k.text.casefold() in _ANY for k in led)


def _state(parse: Parse, head: Word) -> Word | None:
    """What the subject is said to be; not where it is, nor whether it is open."""
    found = parse.kid(head.index, "attr", "acomp")
    return None if found is not None and found.lemma in {"open", "closed", "shut", "there"} else found
