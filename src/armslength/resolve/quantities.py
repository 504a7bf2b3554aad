"""Numbers that are the same number: same measure, value, scope and time, not wording (METHOD C5).

In:  readings of claims that carry a quantity.
Out: groups, one a fact.
Never: joins a population with its sub-population, two countries, two values, or a vague count with a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from armslength.model.claims import Quantity
from armslength.resolve.alike import alike_groups
from armslength.resolve.names import fold
from armslength.resolve.readings import Reading, group_by, split_by_time

SPEAKS_FOR_ITSELF = frozenset({"sites.worldwide", "countries", "cities", "continents", "returns", "returns.persuaded"})
"""Measures of which a case has few numbers, so that the same number for the same scope is the same count whatever the words."""
LOCAL = frozenset({"sites.in_country", "sites.in_city", "sites.domestic"})
"""The same, once the place is known."""
DISTINCTIVE = 1000
"""A number this large is hardly given twice by chance for one measure and scope. Set by hand."""


def quantity_groups(readings: Iterable[Reading]) -> list[list[Reading]]:
    """Groups that give the same number of the same thing."""
    rows = list(readings)
    groups: list[list[Reading]] = []
    for bucket in group_by(rows, {row.id: quantity_key(row) for row in rows}):
        for part in _sides(bucket):
            whole = [part] if all(_speaks_for_itself(row) for row in part) else alike_groups(part)
            for members in whole:
                for run in split_by_time(members, {row.id: row.period for row in members}):
                    groups += split_by_time(run, {row.id: row.as_of for row in run})
    return groups


def quantity_key(row: Reading) -> tuple[object, ...]:
    """What two claims must have in common to give the same number."""
    quantity = number_of(row)
    what = quantity.measure or row.claim.kind
    unit = "" if what in SPEAKS_FOR_ITSELF | LOCAL else fold(quantity.unit)
    value = ("=", repr(float(quantity.value))) if quantity.value is not None else ("vague", repr(quantity.low), repr(quantity.high))
    return (what, unit, value, row.scope, tuple(sorted(row.operators)), row.reality, row.opinion)


def number_of(row: Reading) -> Quantity:
    """The quantity of a reading that has one."""
    quantity = row.claim.quantity
    if quantity is None:
        raise ValueError(f"claim {row.id} has no quantity")
    return quantity


def _speaks_for_itself(row: Reading) -> bool:
    quantity = number_of(row)
    if quantity.measure in SPEAKS_FOR_ITSELF or (quantity.measure in LOCAL and row.scope):
        return True
    return quantity.value is not None and abs(quantity.value) >= DISTINCTIVE and bool(quantity.measure)


def _sides(rows: Sequence[Reading]) -> list[list[Reading]]:
    """`More than 54` and `fewer than 54` exclude each other. What excludes another of the group stands by itself."""
    given = {number_of(row).comparator for row in rows}
    alone = {">"} if ">" in given and given & {"<", "<="} else set()
    alone |= {"<"} if "<" in given and given & {">", ">="} else set()
    return group_by(rows, {row.id: (number_of(row).comparator if number_of(row).comparator in alone else "",) for row in rows})
