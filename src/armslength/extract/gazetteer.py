"""The gazetteer as one value: every name of a country, region or city, and the words for those who belong to a country.

In:  the data files `places*` beside this module (GeoNames, CC BY 4.0, cut down by `scripts/build_gazetteer.py`; the rest by hand).
Out: `Gazetteer`, built once; lookups by the first word of a name, longest name first. Apart from it, where a city or a country lies.
Never: reads text. Which of several places a name means is decided in `places.py`. No coordinates of anything below a city (METHOD P4).
"""

from __future__ import annotations

import gzip
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

LARGE = 100_000
"""People of a city whose name is believed without a preposition or its country beside it; below, names are too often surnames."""


Point = tuple[float, float]
"""Longitude and latitude in degrees, WGS 84, two decimals."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean."""

    name: str
    country: str
    geonames: int | None
    precision: str
    """`country`, `admin1` or `city`."""
    region: str
    """ISO 3166-2 code of a region; for a city, the gazetteer's own code of the region it lies in."""
    people: int
    capital: bool


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Names and what they may mean."""

    places: Mapping[str, tuple[Candidate, ...]]
    by_word: Mapping[str, tuple[str, ...]]
    """First word of a name, and the names that begin with it, longest first."""
    people: Mapping[str, str]
    """Words for who or what belongs to a country: `Chinese`, `Spaniards`."""
    people_by_word: Mapping[str, tuple[str, ...]]
    guarded: frozenset[str]
    """Names that are also words or surnames."""
    persons: frozenset[str]
    """Names of countries that people bear, too."""
    before_place: frozenset[str]
    """Capitalised words before a name that do not make it part of a longer one."""
    after_place: frozenset[str]
    """Capitalised words after a name that leave it a place."""
    organisations: frozenset[str]
    """Words after a name that make both the name of a body, a paper or a text."""
    preferred: Mapping[str, str]
    """The country of the city that a shared name means in the news."""
    regions_first: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Points:
    """Where cities and countries lie."""

    numbers: Mapping[int, Point]
    """GeoNames number of a city to its point."""
    names: Mapping[tuple[str, str], Point]
    """Country and name of a city that shares it with no other city there."""
    countries: Mapping[str, Point]


@cache
def gazetteer() -> Gazetteer:
    """The packaged gazetteer, built once: 0.25 s, 23,000 names."""
    words, countries = _yaml("places_words.yaml"), _yaml("places_countries.yaml")
    places: dict[str, list[Candidate]] = {}
    never = frozenset(words["never"])
    for name, candidate in _all(countries, words["cities"]):
        if name in never:
            continue
        found = places.setdefault(name, [])
        if candidate not in found:
            found.append(candidate)
    people = {word: code for code, entry in countries.items() for word in entry.get("people", ())}
    return Gazetteer(
        places={name: tuple(sorted(found, key=_size)) for name, found in places.items()},
        by_word=_by_word(places),
        people=people,
        people_by_word=_by_word(people),
        guarded=frozenset(words["guarded"]),
        persons=frozenset(words["persons"]),
        before_place=frozenset(words["before_place"]),
        after_place=frozenset(words["after_place"]),
        organisations=frozenset(words["organisations"]),
        preferred=words["preferred"],
        regions_first=frozenset(words["regions_first"]),
    )


def first_word(text: str, start: int = 0) -> str:
    """The letters at the beginning of a name."""
    end = start
    while end < len(text) and text[end].isalpha():
        end += 1
    return text[start:end]


def read_table() -> list[tuple[str, Candidate]]:
    """The rows of the packaged table, as written by `scripts/build_gazetteer.py`; the coordinates in it are left unread."""
    rows = []
    for line in _lines():
        kind, name, country, number, region, people, capital, _ = line.split("\t", 7)
        rows.append((name, Candidate(name, country, int(number), kind, region, int(people), capital == "1")))
    return rows


def city_point(name: str, country: str, geonames: int | None) -> Point | None:
    """Where a city lies: by its GeoNames number; without one by its name, if only one city of the country has it.

    None for what is no city.
    """
    known = _points()
    return known.numbers.get(geonames) if geonames is not None else known.names.get((country, name))


def country_point(country: str) -> Point | None:
    """A point that stands for a country as a whole, by its ISO 3166-1 code: the middle of its towns, in none of them."""
    return _points().countries.get(country)


@cache
def _points() -> _Points:
    """Read from the same table, only when a place is to be drawn: 0.1 s."""
    numbers: dict[int, Point] = {}
    countries: dict[str, Point] = {}
    names: dict[tuple[str, str], Point | None] = {}
    for line in _lines():
        kind, name, country, number, _, _, _, across, up = line.split("\t")
        if not across:
            continue
        point = float(across), float(up)
        if kind == "country":
            countries[country] = point
        else:
            numbers[int(number)] = point
            names[country, name] = None if (country, name) in names else point
    return _Points(numbers=numbers, names={key: point for key, point in names.items() if point}, countries=countries)


def _lines() -> list[str]:
    raw = (files("armslength.extract") / "data" / "places.tsv.gz").read_bytes()
    return gzip.decompress(raw).decode().splitlines()


def _all(countries: Mapping[str, Any], city_names: Mapping[str, list[str]]) -> Iterator[tuple[str, Candidate]]:
    table = read_table()
    states = {candidate.country: candidate for _, candidate in table if candidate.precision == "country"}
    cities: dict[tuple[str, str], Candidate] = {}
    for name, candidate in table:
        yield from ((spelling, candidate) for spelling in _spellings(name))
        if candidate.precision == "city":
            cities.setdefault((candidate.country, name), candidate)
    for code, entry in countries.items():
        yield from ((name, states[code]) for name in entry.get("names", ()))
    regions = _yaml("places_regions.yaml")
    for country, found in regions["regions"].items():
        for code, names in found.items():
            region = Candidate(names[0], country, regions["geonames"].get(code), "admin1", code, 0, False)
            yield from ((name, region) for name in names)
    for name, (country, city) in city_names.items():
        yield name, cities[country, city]


def _size(candidate: Candidate) -> int:
    return ("country", "admin1", "city").index(candidate.precision)


def _spellings(name: str) -> set[str]:
    """A name as it is, without accents, and with either apostrophe."""
    if name.isascii() and "'" not in name:
        return {name}
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    return {name, plain, name.replace("’", "'"), plain.replace("’", "'"), name.replace("'", "’")}


def _by_word(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    table: dict[str, list[str]] = {}
    for name in names:
        table.setdefault(first_word(name), []).append(name)
    return {word: tuple(sorted(found, key=lambda name: (-len(name), name))) for word, found in table.items()}


def _yaml(name: str) -> Any:
    return yaml.load((files("armslength.extract") / "data" / name).read_text("utf-8"), Loader=_LOADER)  # noqa: S506 - a safe loader
