"""What addresses may ask for, read: years, places on the map, codes.

In:  the query of an address.
Out: values; None, or a number no page has, for what cannot be read.
Never: takes words that could be a person's name: a year is digits, a code is letters of the alphabet, a place is a key that the case gave.
"""

from __future__ import annotations

import re

from armslength.web.page import Asked

_POINT = re.compile(r"(-?\d{1,3}(?:\.\d{1,4})?),(-?\d{1,2}(?:\.\d{1,4})?),(\d)")

COUNTRY = "Country, as its two letters (ISO 3166-1)."
FROM, TO = "Year from which.", "Year up to which."
PAGE = "Page, from 1."


def years(asked: Asked) -> tuple[int, int] | None:
    """The years asked for, 0 for no limit; None for what is no year."""
    found = []
    for name in ("from", "to"):
        said = asked.query.get(name, "")
        if said and not (said.isascii() and said.isdecimal() and len(said) == 4):
            return None
        found.append(int(said or 0))
    return found[0], found[1]


def point(asked: Asked) -> tuple[float, float, int] | None:
    """Longitude, latitude and zoom asked for with `at`; None for none, and for what cannot be read."""
    found = _POINT.fullmatch(asked.query.get("at", ""))
    if found is None:
        return None
    longitude, latitude = float(found[1]), float(found[2])
    return (longitude, latitude, int(found[3])) if abs(longitude) <= 180 and abs(latitude) <= 90 else None
