import json
from dataclasses import replace

import pytest
from publish_samples import content

from armslength.publish import geojson
from armslength.publish.content import nowhere


def read(case=None):
    return {name: json.loads("".join(lines)) for name, lines in geojson.files(case or content())}


def test_a_site_stands_at_its_city_and_no_finer():
    site = read()["sites.geojson"]["features"][0]
    assert site["geometry"] == {"type": "Point", "coordinates": [10.75, 59.91]}
    assert site["properties"]["precision"] == "city"


def test_an_incident_without_a_city_stands_at_its_country():
    incident = read()["incidents.geojson"]["features"][0]
    assert incident["geometry"]["coordinates"] == [8.0, 61.0]
    assert incident["properties"]["precision"] == "country"


def test_a_place_that_is_not_known_says_why():
    case = replace(content(), locate=nowhere)
    site = read(case)["sites.geojson"]["features"][0]
    assert site["geometry"] is None
    assert site["properties"]["geometry_missing"] == "This version's gazetteer has no coordinates for Oslo."
    bare = replace(case.sites[0], place="", country="")
    assert read(replace(case, sites=[bare]))["sites.geojson"]["features"][0]["properties"]["geometry_missing"] == "The texts name no place."


def test_an_incident_has_its_citys_number_from_the_claims_that_name_it():
    case, asked = content(), []
    row = replace(case.incidents[0], place="Oslo")

    def locate(name, country, geonames):
        asked.append((name, country, geonames))
        return 10.7461234, 59.91273

    feature = read(replace(case, sites=[], incidents=[row], locate=locate))["incidents.geojson"]["features"][0]
    assert asked == [("Oslo", "NO", 3143244)]
    assert (feature["geometry"]["coordinates"], feature["properties"]["precision"]) == ([10.75, 59.91], "city")


@pytest.mark.parametrize("precision", ["admin1", "country"])
def test_what_the_claims_name_as_no_city_is_not_drawn_as_one(precision):
    case = content()
    claims = [replace(row, places=tuple(replace(place, precision=precision) for place in row.places)) for row in case.claims]
    for feature in read(replace(case, claims=claims))["sites.geojson"]["features"]:
        assert (feature["geometry"]["coordinates"], feature["properties"]["precision"]) == ([8.0, 61.0], "country")


def test_no_person_no_quote_and_no_day_is_on_the_map():
    written = "".join(line for _, lines in geojson.files(content()) for line in lines)
    assert "Ferrer" not in written
    assert "2022-09-14" not in written
    incident = read()["incidents.geojson"]["features"][0]["properties"]
    assert incident["period"] == "2022-09"
    assert not {"label", "quote", "parties", "fields"} & set(incident)


def test_an_empty_case_is_an_empty_map():
    case = replace(content(), sites=[], incidents=[])
    assert read(case)["sites.geojson"] == {"type": "FeatureCollection", "features": []}


@pytest.mark.parametrize(
    ("period", "month"),
    [
        ("2022-09-14", "2022-09"),
        ("2022-09-14/2022-10-02", "2022-09/2022-10"),
        ("2022-09-14~", "2022-09~"),
        ("2022", "2022"),
        ("2022~", "2022~"),
        ("2022-09/..", "2022-09/.."),
        ("", ""),
    ],
)
def test_days_are_cut_off(period, month):
    assert geojson.coarse(period) == month
