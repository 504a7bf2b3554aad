"""Who the target and the doer of a deed are to the acting state, and what became of the target, as a clause says it.

In:  the deeds of a clause and its word classes. Out: ontology codes (`V.*`, `P.*`, `OUT.*`, `IMP.*`).
The tables are data (`data/relations.yaml`). Never: takes a role from a name, or writes what is said of a group onto one
of its members (N2, N4).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from armslength.extract.lexicon import load_data
from armslength.extract.methods import Deed, Ground, classes_of

_DOERS = 2
"""Ties of the doer that are kept, the most telling first: a sentence that names more describes a chain of command, which is no tie."""


def relation_codes(ground: Ground, done: Sequence[Deed]) -> tuple[str, ...]:
    """Codes for target and doer of the deeds that are done to somebody."""
    real = [d for d in done if d.code[0] in "ABCD" and d.act is not None]
    if not real:
        return ()
    whom = frozenset[str]().union(*(classes_of(ground, d.whom) for d in real))
    who = frozenset[str]().union(*(classes_of(ground, d.who) for d in real))
    codes = {d.code for d in done}
    tables: Mapping[str, Any] = load_data("relations.yaml")
    targets = [e["code"] for e in tables["targets"] if _fits(e, whom, who, whom | who, codes)]
    if any(d.kin for d in real):
        targets = ["V.relative", *(t for t in targets if t != "V.dissident")]
    doers = [e["code"] for e in tables["doers"] if _fits(e, whom, who, whom | who, codes)]
    return (*dict.fromkeys(targets), *tuple(dict.fromkeys(doers))[:_DOERS])


def outcome_codes(words: frozenset[str], done: Iterable[Deed], *, went_back: bool) -> tuple[str, ...]:
    """What became of the target, by the clause's word classes. `went_back`: the return is told as done, not as asked for."""
    codes = {d.code for d in done}
    entries = load_data("relations.yaml")["outcomes"]
    found = [e["code"] for e in entries if _fits(e, frozenset(), frozenset(), words, codes) and (went_back or not e.get("went_back"))]
    return tuple(dict.fromkeys(found))


def _fits(entry: Mapping[str, Any], whom: frozenset[str], who: frozenset[str], words: frozenset[str], codes: Iterable[str]) -> bool:
    if "whom" in entry and not whom & set(entry["whom"]):
        return False
    if ("who" in entry and not who & set(entry["who"])) or who & set(entry.get("not_who", ())):
        return False
    if "methods" in entry and not set(codes) & set(entry["methods"]):
        return False
    needs = (set(n.split("|")) for n in entry.get("needs", ()))
    return all(words & choices for choices in needs) and not words & set(entry.get("not", ()))
