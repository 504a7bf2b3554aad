"""What bounds a number besides the places read in it: parts of the world, and places that are only examples of what was counted.

In:  a claim.
Out: regions, or whether a place is an example.
Never: compares two claims.
"""

from __future__ import annotations

import re

from armslength.model.claims import Claim, Place

_REGIONS = {
    "Western Europe": ("Western European",),
    "Eastern Europe": ("Eastern European", "East European"),
    "Europe": ("European",),
    "European Union": (),
    "EU": ("EU",),
    "Balkans": ("Balkan",),
    "Africa": ("African",),
    "Central Asia": ("Central Asian",),
    "Southeast Asia": ("Southeast Asian", "South-East Asian"),
    "Asia": ("Asian",),
    "Middle East": ("Middle Eastern",),
    "Gulf": (),
    "North America": ("North American",),
    "South America": ("South American",),
    "Latin America": ("Latin American",),
    "Central America": ("Central American",),
    "Caribbean": (),
    "Oceania": (),
}
"""Parts of the world that hold many countries, with their adjectives."""
_PEOPLE = {name: region for region, names in _REGIONS.items() for name in names}
_REGION = re.compile(
    r"\b(?:in|across|throughout|within|around|on)\s+(?:the\s+|all\s+of\s+|mainland\s+|continental\s+)*(?P<name>"
    + "|".join(_REGIONS)
    + r")\b"
    r"|\b(?P<people>" + "|".join(_PEOPLE) + r")\s+(?:countries|states|nations|cities|towns|capitals)\b"
)
_EXAMPLES = re.compile(r"\b(?:including|such as|among (?:them|which|others)|notably|for example)\b", re.IGNORECASE)


def regions_of(claim: Claim) -> frozenset[str]:
    """Parts of the world that a count is bounded to: `38 stations in Europe`, `14 European countries`. Empty for what is no count."""
    if claim.quantity is None:
        return frozenset()
    return frozenset(match["name"] or _PEOPLE[match["people"]] for match in _REGION.finditer(claim.quote))


def is_example(claim: Claim, place: Place) -> bool:
    """Whether a place stands behind a number and a word that brings in some of what was counted: `fourteen states, including Austria`."""
    quantity = claim.quantity
    if quantity is None or quantity.end is None or place.start is None or not claim.start <= quantity.end <= place.start:
        return False
    return _EXAMPLES.search(claim.quote[quantity.end - claim.start : place.start - claim.start]) is not None
