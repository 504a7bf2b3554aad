"""Numbers that are the same number: same measure, value, scope and time, not wording (METHOD C5).

In:  readings of claims that carry a quantity.
Out: groups, one a fact.
Never: joins a population with its sub-population, two countries, two values, or a vague count with a number.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from functools import cache

from armslength.model.claims import Quantity
from armslength.model.ontology import load as load_ontology
from armslength.model.ontology.rows import Measure
from armslength.resolve.alike import alike, unlike
from armslength.resolve.clusters import Rules
from armslength.resolve.conflicts import apart, conflict
from armslength.resolve.readings import Reading
from armslength.resolve.terms import own, term_of

FEW = frozenset({"sites.worldwide", "countries", "countries.investigating", "cities", "continents", "returns", "returns.persuaded"})
"""Measures of which a case has few numbers, so that a number of two digits for one scope is the same count whatever the words."""
WHOLE = frozenset({"sites.worldwide", "countries", "countries.investigating", "cities", "continents"})
"""Measures that count the whole where no place is given, so that a place makes another count of them."""
ANY_LIST = frozenset({"countries", "countries.investigating", "cities", "continents"})
"""Those of them that may count one list or another."""
PLACED = frozenset({"sites.worldwide", "sites.in_country", "sites.in_city"})
"""Measures that differ by the place alone."""
GENERIC = frozenset({"things", "persons"})
"""Measures that say nothing about what is counted but its noun."""
LOOSE = GENERIC | {"duration", "share", "money", "organisations"}
"""Measures of which one passage after the next gives numbers that have nothing to do with each other."""
_YEAR = 4
"""Digits of a year."""
TELLING = 3
"""The size (see `size`) of a number that hardly occurs twice by chance."""
ENOUGH = 3
"""Signs two passages must have in common, beside measure and value, where the number itself is not telling: see `_signs`. Set by hand on
made-up pairs, so that two small counts of one town in one month are one, and two of one month are not."""


def is_count(row: Reading) -> bool:
    """Whether a claim is about its number, rather than about an act that a number goes with."""
    quantity = row.claim.quantity
    if quantity is None:
        return False
    return row.claim.family == "quantity" or (row.claim.family == "site" and quantity.measure in PLACED)


def number_part(row: Reading) -> tuple[Hashable, ...]:
    """What numbers must have alike to be compared at all."""
    return ("number", *_value(row), row.reality, row.opinion)


def number_rules() -> Rules:
    """How numbers are compared."""
    return Rules(tie=tie, conflict=number_conflict, shape=_shape, keys=_keys)


def number_of(row: Reading) -> Quantity:
    """The quantity of a reading that has one."""
    quantity = row.claim.quantity
    if quantity is None:
        raise ValueError(f"claim {row.id} has no quantity")
    return quantity


def number_conflict(one: Reading, two: Reading) -> str:
    """Why two numbers cannot be one, or empty."""
    found = next((why for differ, why in _differences(one, two) if differ), "")
    return found or conflict(one, two)


def _differences(one: Reading, two: Reading) -> Iterator[tuple[bool, str]]:
    yield _value(one) != _value(two), "different values"
    yield not _one_measure(one, two), "they count different things"
    yield _holds(one) != _holds(two) and measure_of(one) in WHOLE, "one counts a part of the other"
    yield bool(one.scope) and bool(two.scope) and one.scope != two.scope and not _region_and_states(one, two), "different places"
    methods = [set(row.claim.methods) for row in (one, two)]
    small = size(number_of(one).value) < TELLING
    yield all(methods) and small and not methods[0] & methods[1], "they count different acts"
    yield _apart_by_comparator(number_of(one), number_of(two)), "one says more, the other fewer"
    yield apart(one.as_of, two.as_of), "counted at different times"


def tie(one: Reading, two: Reading) -> int:
    """How strongly two numbers that do not conflict belong together."""
    signs = _signs(one, two)
    if _telling(one, two):
        return 2 + signs
    if not _one_matter(one, two):
        return 0
    return max(signs if signs >= ENOUGH else 0, 2 * alike(one, two))


def measure_of(row: Reading) -> str:
    """What is counted: the measure read, mended where the place or the noun tells better."""
    quantity = number_of(row)
    measure = quantity.measure or row.claim.kind
    if measure in PLACED and row.scope:
        return "sites.in_city" if any(country and city for country, city in row.scope) else "sites.in_country"
    if measure == "sites.in_country" and row.claim.places:
        return "sites.worldwide"  # the country is where the sites are run from
    if measure == "things" and term_of(quantity.unit) == "=country":
        return "countries"
    return measure


def size(value: float | None) -> int:
    """How much a number tells by itself: `TELLING` for one that hardly occurs twice by chance, 1 for one of a single digit."""
    if value is None:
        return 2
    whole = abs(int(value))
    if whole >= 1000 or len(str(whole).rstrip("0")) >= 3:
        return TELLING
    return 2 if whole >= 10 else 1


def _telling(one: Reading, two: Reading) -> bool:
    """Whether measure, scope and value are enough."""
    first, second, told = measure_of(one), measure_of(two), size(number_of(one).value)
    if told == TELLING and not {first, second} & (LOOSE - GENERIC):
        return True
    if first != second:
        return False
    if first in {"sites.in_city", "sites.in_country", "sites.domestic"}:
        return bool(one.scope) and one.scope == two.scope
    if (first in ANY_LIST and unlike(one, two)) or one.part or two.part:
        return False
    return first in FEW and told == 2 and (bool(one.scope) == bool(two.scope))


def _region_and_states(one: Reading, two: Reading) -> bool:
    """A part of the world, and several states that may be what is meant by it. One state is a part of it, and another count."""
    region, states = (one, two) if not one.countries else (two, one)
    return not region.countries and len(states.countries) > 1 and not any(city for _, city in states.scope)


def _holds(row: Reading) -> bool:
    """Whether a number is bounded to a place, or to a part of what was counted before."""
    return bool(row.scope) or row.part


def _signs(one: Reading, two: Reading) -> int:
    """Signs that one number is meant: a number of two digits, one narrow measure, one place, one time, one voice or report."""
    first, second = measure_of(one), measure_of(two)
    if {first, second} & (LOOSE - GENERIC):
        return 0
    return sum(
        (
            size(number_of(one).value) > 1,
            first == second and first not in LOOSE,
            bool(one.scope) and one.scope == two.scope,
            (None, None) not in {one.period, two.period},
            one.claim.doc != two.claim.doc and bool(one.rests_on & two.rests_on),
        )
    )


def _one_matter(one: Reading, two: Reading) -> bool:
    """Whether the passages share a word of their own beside the number and what is counted: twelve were arrested, twelve were released."""
    shared = own(one.gist & two.gist) - {term_of(number_of(row).unit) for row in (one, two)}
    return any(not term.isdigit() or len(term) == _YEAR for term in shared)


def _value(row: Reading) -> tuple[object, ...]:
    quantity = number_of(row)
    if quantity.value is not None:
        return ("=", repr(float(quantity.value)))
    return ("vague", repr(quantity.low), repr(quantity.high))


def _one_measure(one: Reading, two: Reading) -> bool:
    """The same measure; the wider of two, unless they are counts of sites; or a measure for anything whose noun fits the other."""
    first, second = measure_of(one), measure_of(two)
    if first == second:
        return first not in LOOSE or term_of(number_of(one).unit) == term_of(number_of(two).unit)
    if first.startswith("sites") or second.startswith("sites"):
        return False
    if GENERIC & {first, second}:
        generic, narrow = (one, second) if first in GENERIC else (two, first)
        return term_of(number_of(generic).unit) in _nouns(narrow)
    kinds = {entry.kind for entry in (_measure(first), _measure(second)) if entry}
    return len(kinds) == 1


@cache
def _nouns(measure: str) -> frozenset[str]:
    entry = _measure(measure)
    return frozenset(map(term_of, entry.units)) if entry else frozenset()


@cache
def _measure(code: str) -> Measure | None:
    ontology = load_ontology()
    return ontology.measure(code) if ontology.has(code, scheme="measures") else None


def _apart_by_comparator(one: Quantity, two: Quantity) -> bool:
    """`More than 54` and `fewer than 54` exclude each other."""
    given = {one.comparator, two.comparator}
    return (">" in given and bool(given & {"<", "<="})) or ("<" in given and bool(given & {">", ">="}))


def _keys(row: Reading) -> list[Hashable]:
    """What numbers that could be one have in common."""
    kind = _measure(measure_of(row))
    value = _value(row)
    found: list[Hashable] = [("voice", voice, value) for voice in sorted(row.rests_on)]
    found += [("measure", kind.kind if kind else row.claim.kind, value)]
    return [*found, ("anything", value)] if size(number_of(row).value) == TELLING else found


def _shape(row: Reading) -> Hashable:
    quantity = number_of(row)
    measure = measure_of(row)
    unit = term_of(quantity.unit) if measure in LOOSE else ""
    return (measure, unit, quantity.comparator, row.scope, row.part, row.operators, row.period, row.as_of, row.reality, row.opinion)
