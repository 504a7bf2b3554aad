"""Where a city or a country lies, for exports: the gazetteer that places were read with is the one they are drawn with.

In:  a place as a site or incident has it.
Out: longitude and latitude of the middle of a city, or a point that stands for a country.
Never: anything finer than a city, whatever it is asked (METHOD P4); a point for a person.
"""

from __future__ import annotations

from armslength.extract.gazetteer import city_point, country_point


def locate(name: str, country: str, geonames: int | None) -> tuple[float, float] | None:
    """Longitude and latitude (WGS 84) of a city by name, country code and GeoNames number; of a country where the name is empty.

    None where the gazetteer has no such city: a region, a village, or one of two cities of that name.
    """
    return city_point(name, country, geonames) if name else country_point(country)
