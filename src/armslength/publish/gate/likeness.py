"""How much must be left out about where, when and how, until nobody stands alone (METHOD P4; k-anonymity, Samarati and Sweeney 1998).

In:  the claims to be shown, what ties them to each other, the smallest group.
Out: for each claim about somebody a step of `STEPS`: what of its place, time and methods may be told.
Never: looks at two claims that readers can see belong together as if they were two people's.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from armslength.model.claims import Claim, Dated, Place

_MONTH = re.compile(r"^(\d{4}-\d\d)(?:-[\dX]{2})?([?~%]?)$")
_YEAR = re.compile(r"^(\d{4})(?:-[\dX]{2}){0,2}([?~%]?)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What may be told at one step."""

    city: bool
    country: bool
    date: str
    """`day`, `month`, `year`, or empty."""
    methods: bool
    details: bool
    """Outcomes, and what kind of person the target is."""


STEPS = (
    Step(city=True, country=True, date="month", methods=True, details=True),
    Step(city=False, country=True, date="month", methods=True, details=False),
    Step(city=False, country=True, date="year", methods=True, details=False),
    Step(city=False, country=True, date="year", methods=False, details=False),
    Step(city=False, country=True, date="", methods=False, details=False),
    Step(city=False, country=False, date="", methods=False, details=False),
)
"""From all to nothing. The city goes first because neighbours know each other; the method late, because it is what a release is about."""


def first_step(places: str, dates: str) -> int:
    """The first step that shows no more than a profile lets it."""
    return max(1 if places == "country" else 0, 2 if dates == "year" else 0)


def step_of(number: int, dates: str) -> Step:
    """A step as a profile has it: only one that shows days shows them, and only where nothing else had to go."""
    found = STEPS[number]
    if number == 0 and dates == "day":
        return Step(city=True, country=True, date="day", methods=True, details=True)
    return found


def coarsened(edtf: str, to: str) -> str:
    """A date or period cut to months or years; empty where it cannot be read as one. `day` leaves it as it is."""
    if to == "day" or not edtf:
        return edtf
    if not to:
        return ""
    pattern = _MONTH if to == "month" else _YEAR
    ends = []
    for end in edtf.split("/"):
        found = pattern.match(end) or (_YEAR.match(end) if to == "month" and len(end.rstrip("?~%")) == 4 else None)
        if end in {"", ".."}:
            ends.append(end)
        elif found is None:
            return ""
        else:
            ends.append(found.group(1) + found.group(2))
    return ends[0] if len(ends) == 2 and ends[0] == ends[1] else "/".join(ends)


def dates_of(claim: Claim) -> tuple[Dated, ...]:
    """The dates of a claim that say when something happened or held."""
    return tuple(date for date in (claim.event_date, claim.claimed_period, claim.as_of) if date and date.edtf)


def trait(claim: Claim, step: Step) -> Hashable:
    """What a claim tells about somebody at a step: its kind, and place, time and methods as far as they are told."""
    cities = tuple(sorted({(place.country, place.name) for place in claim.places})) if step.city else ()
    countries = tuple(sorted({place.country for place in claim.places if place.country})) if step.country else ()
    when = tuple(sorted({coarsened(date.edtf, step.date) for date in dates_of(claim)} - {""}))
    codes = (claim.methods if step.methods else (), claim.codes if step.details else ())
    return (claim.kind, cities, countries, when, codes)


def steps(claims: Sequence[Claim], ties: Iterable[Collection[str]], *, k: int, first: int) -> dict[str, int]:
    """For each claim the first step at which at least `k` groups of tied claims tell the same.

    `ties`: sets of claims that belong together for a reader: one pseudonym, one fact, one incident, persons named side by side.
    """
    groups = _groups([claim.id for claim in claims], ties)
    by_id = {claim.id: claim for claim in claims}
    found: dict[str, int] = {}
    waiting = list(groups)
    for number in range(first, len(STEPS)):
        told = {group: frozenset(trait(by_id[one], STEPS[number]) for one in group) for group in waiting}
        size = Counter(told.values())
        last = number == len(STEPS) - 1
        done = {group for group in waiting if last or size[told[group]] >= k}
        found.update((one, number) for group in done for one in group)
        waiting = [group for group in waiting if group not in done]
    return found


def _groups(ids: Sequence[str], ties: Iterable[Collection[str]]) -> list[tuple[str, ...]]:
    head = {one: one for one in ids}

    def top(one: str) -> str:
        while head[one] != one:
            head[one] = head[head[one]]
            one = head[one]
        return one

    for tie in ties:
        tied = sorted(one for one in tie if one in head)
        for one in tied[1:]:
            head[top(one)] = top(tied[0])
    found: dict[str, list[str]] = defaultdict(list)
    for one in ids:
        found[top(one)].append(one)
    return [tuple(sorted(group)) for group in found.values()]


def placed(places: Sequence[Place], step: Step) -> tuple[Place, ...]:
    """Places as a step tells them."""
    if not step.country:
        return ()
    return tuple(dict.fromkeys(coarse_place(place, city=step.city) for place in places if step.city or place.country))


def coarse_place(place: Place, *, city: bool) -> Place:
    """A place no finer than its city, or only its country. A name with a number in it is an address (METHOD P4)."""
    if city and place.precision in {"country", "admin1", "city"} and not any(letter.isdigit() for letter in place.name):
        return Place(name=place.name, country=place.country, geonames=place.geonames, precision=place.precision)
    return Place(name="", country=place.country, geonames=None, precision="country")


def highest(claims: Iterable[str], found: Mapping[str, int]) -> int | None:
    """The last step that any of some claims is at; None where none is about somebody."""
    mine = [found[one] for one in claims if one in found]
    return max(mine) if mine else None
