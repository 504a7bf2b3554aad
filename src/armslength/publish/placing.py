"""Where on a map a site or incident is put: at its city, at its country, or nowhere, with the reason.

In:  a site or incident, the claims it rests on, a function that knows coordinates of cities and countries.
Out: `Placed`.
Never: a point for a person; anything finer than a city (METHOD P4), or a date finer than a month (METHOD N3: whoever was where on which
       day is not for a map).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from armslength.model.claims import Claim
from armslength.model.things import Incident, Site
from armslength.publish.content import Locate

_DIGITS = 2
"""Decimals of a coordinate: about a kilometre, as fine as the middle of a city can honestly be given."""
_DAY = re.compile(r"^(\d{4}-\d\d)-[\dX]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where something is put."""

    point: tuple[float, float] | None
    """Longitude and latitude."""
    precision: str
    """`city`, `country`, or empty where there is no point."""
    name: str
    """The city's name; empty where the place is not one city."""
    geonames: int | None
    missing: str
    """Why there is no point, in a sentence; else empty."""


def placed(row: Site | Incident, claims: Mapping[str, Claim], locate: Locate) -> Placed:
    """Put a thing on the map."""
    name, geonames = _city(row, claims)
    point, precision = locate(name, row.country, geonames) if name else None, "city"
    if point is None and row.country:
        point, precision = locate("", row.country, None), "country"
    known = row.place or row.country
    missing = f"This version's gazetteer has no coordinates for {known}." if known else "The texts name no place."
    return Placed(
        point=(round(point[0], _DIGITS), round(point[1], _DIGITS)) if point else None,
        precision=precision if point else "",
        name=name,
        geonames=geonames,
        missing="" if point else missing,
    )


def _city(row: Site | Incident, claims: Mapping[str, Claim]) -> tuple[str, int | None]:
    """The name and GeoNames number of the city a thing is in, both empty where its place is a region or a country.

    A number tells a city from its namesakes; a thing without one has it from the claims that name its place.
    """
    named = [
        place
        for claim in sorted(row.claims)
        if claim in claims
        for place in claims[claim].places
        if (place.name, place.country) == (row.place, row.country)
    ]
    if named and all(place.precision != "city" for place in named):
        return "", None
    number = row.geonames if isinstance(row, Site) else None
    return row.place, number or next((place.geonames for place in named if place.precision == "city" and place.geonames), None)


def coarse(period: str) -> str:
    """A date or period with days cut off: `2022-09-14/2022-10-02` becomes `2022-09/2022-10`."""
    ends = [_DAY.sub(r"\1", end) for end in period.split("/")]
    return ends[0] if len(ends) == 2 and ends[0] == ends[1] else "/".join(ends)
