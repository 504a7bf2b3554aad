"""Ontology codes and countries as the words people read."""

from __future__ import annotations

from functools import cache

from armslength.base.errors import InputError
from armslength.extract.gazetteer import read_table
from armslength.model.ontology import load

_LOOKED_THROUGH = ("kinds", "measures", "methods", "responses", "outcomes")


def label_of(code: str) -> str:
    """The ontology's label for a code; for a code it does not know, the code with its separators as spaces."""
    ontology = load()
    for scheme in _LOOKED_THROUGH:
        if ontology.has(code, scheme=scheme):
            return ontology.label(code, scheme=scheme)
    try:
        return ontology.label(code)
    except InputError:
        return code.replace(".", ": ").replace("_", " ")


def country_of(code: str) -> str:
    """A country's name for its ISO 3166-1 alpha-2 code; the code itself where it is not one."""
    return _countries().get(code, code)


def countries() -> tuple[tuple[str, str], ...]:
    """Every country's code and name, by name."""
    return tuple(sorted(_countries().items(), key=lambda found: found[1]))


@cache
def _countries() -> dict[str, str]:
    found: dict[str, str] = {}
    for _, place in read_table():
        if place.precision == "country":
            found.setdefault(place.country, place.name)
    return found


def is_country(code: str) -> bool:
    """Whether a code names a country that the gazetteer knows."""
    return code in _countries()


def all_countries() -> dict[str, str]:
    """Code to name, by name."""
    return dict(sorted(_countries().items(), key=lambda row: row[1]))
