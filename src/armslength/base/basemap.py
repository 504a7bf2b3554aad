"""The map that places are drawn on: land and borders as paths, and where a longitude and latitude lie on it.

In:  the data file `land.txt` beside this module (Natural Earth, public domain, made by `scripts/basemap.py`); degrees.
Out: paths for an SVG; places in its units.
Never: asks anybody for a map. It knows no place, only where degrees are.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

WIDTH, TOP, HEIGHT = 3600, 60, 1440
"""The map in tenths of a degree: all longitudes, from 84 degrees north to 60 south, where nobody lives south of."""
CREDIT = "Map: Natural Earth, public domain. Places: GeoNames, CC BY 4.0."


@cache
def land() -> tuple[str, str]:
    """The paths of land and borders."""
    found, borders = (files("armslength.base") / "data" / "land.txt").read_text(encoding="utf-8").splitlines()
    return found, borders


def on_map(longitude: float, latitude: float) -> tuple[float, float]:
    """Where a point lies on the map: steps from its left edge, steps down from the north pole."""
    return (longitude + 180) * 10, (90 - latitude) * 10
