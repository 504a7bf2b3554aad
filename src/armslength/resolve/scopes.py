"""Where a claim holds: the countries, towns and regions it is about, and not those it only names.

In:  a claim, the accused states.
Out: its places as compared, sorted; empty for the whole.
Never: guesses a place that the words do not give.
"""

from __future__ import annotations

from armslength.model.claims import Claim, Place
from armslength.model.scopes import is_example, regions_of
from armslength.resolve.names import fold

PlaceKey = tuple[str, str]
"""Country code and town or area; a region of many countries has no code."""
_HOSTING = frozenset({"govt_response", "legal"})
"""Families told of the state in which somebody answers: the accused state as a whole is then whom it is about, and not where."""
_SPREAD = ("countries", "continents")
"""Measures whose number is of countries: one that is named is counted in it, and does not bound it."""


def place_key(place: Place) -> PlaceKey:
    """A place as compared: a whole country, or its city or area by name."""
    return (place.country, "" if place.precision == "country" else fold(place.name))


def scope_of(claim: Claim, *, accused: frozenset[str], acting: frozenset[str], hosts: frozenset[str]) -> tuple[PlaceKey, ...]:
    """Places of a claim. Of a number, the accused state as a whole is where the act comes from, not what was counted.

    `accused`: states whose own word is an interested party's; `acting`: those whose authorities the claim names as acting from afar;
    `hosts`: those whose authorities answer in it.
    """
    quantity = claim.quantity
    counted = quantity is not None and quantity.measure != "sites.domestic"
    keys = {place_key(place) for place in claim.places if not is_example(claim, place)}
    origin = (accused | acting) if counted else accused - hosts if claim.family in _HOSTING else frozenset[str]()
    keys = {key for key in keys if key[1] or key[0] not in origin}
    if quantity is not None and quantity.measure.startswith(_SPREAD):
        keys = {key for key in keys if key[1]}
    if not keys:
        keys = {("", fold(name)) for name in regions_of(claim)}
    cities = {country for country, city in keys if city}
    return tuple(sorted(key for key in keys if key[1] or key[0] not in cities))
