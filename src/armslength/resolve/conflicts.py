"""Why two readings cannot be one fact: what each says of place, time, party or number, and the other says otherwise.

In:  two readings.
Out: a reason in words, or empty. What one of them leaves open is no conflict.
Never: takes silence for a difference, or a person's name for a sameness.
"""

from __future__ import annotations

from armslength.resolve.names import person_words
from armslength.resolve.readings import Bounds, Reading
from armslength.resolve.terms import own, terms


def conflict(one: Reading, two: Reading) -> str:
    """Why two claims cannot be one fact, or empty. Clusters are made so that no pair in them conflicts; a test holds them to it."""
    if one.opinion != two.opinion:
        return "one is opinion"
    if one.reality != two.reality:
        return "one says that it is so, the other that it is not, or that it is still to come"
    if apart(one.period, two.period):
        return "they speak of different times"
    if one.operators and two.operators and not one.operators & two.operators:
        return "different states act"
    return different_places(one, two) or different_persons(one, two)


def apart(one: Bounds, two: Bounds) -> bool:
    """Whether two times share no day."""
    (a, b), (c, d) = one, two
    return (b is not None and c is not None and b < c) or (d is not None and a is not None and d < a)


def different_places(one: Reading, two: Reading) -> str:
    """Countries or cities that exclude each other. A list of cities and one of them are two statements."""
    if not one.scope or not two.scope or one.scope == two.scope:
        return ""
    if not one.countries & two.countries and one.countries and two.countries:
        return "different countries"
    first, second = ({key for key in row.scope if key[1]} for row in (one, two))
    if first and second and first != second:
        return "different places"
    return "different countries" if not (first or second) else ""


def different_persons(one: Reading, two: Reading) -> str:
    """Two persons are meant where both passages name the one it was done to, and no word of the names is shared."""
    first, second = _targets(one), _targets(two)
    return "different persons" if first and second and not first & second else ""


def _targets(row: Reading) -> frozenset[str]:
    named = (party.name for party in row.claim.parties if party.role == "target" and party.kind == "person")
    return frozenset(word for name in named for word in person_words(name))


def one_person(one: Reading, two: Reading) -> bool:
    """Whether both tell of somebody whose names could be one person's (the targets, else who tells of it), and share more of what was done
    than that name and the town (METHOD N5).
    """
    alike = any(first <= second or second <= first for first in _concerned(one) for second in _concerned(two))
    named = terms(" ".join((*(word for row in (one, two) for words in _concerned(row) for word in words), *_places(one), *_places(two))))
    return alike and bool(own(one.terms & two.terms) - named)


def _concerned(row: Reading) -> list[frozenset[str]]:
    targets = [party.name for party in row.claim.parties if party.role == "target" and party.kind == "person"]
    last = row.claim.originator
    names = targets or ([last.name] if last.kind == "person" else [])
    return [frozenset(words) for name in names if (words := person_words(name))]


def _places(row: Reading) -> list[str]:
    return [place.name for place in row.claim.places]
