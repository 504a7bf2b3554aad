"""Sites and incidents by place: what is drawn where, what is said of it, and what is never drawn."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.base.basemap import HEIGHT, TOP, WIDTH, on_map
from armslength.pipeline.masking import looking
from armslength.pipeline.views.atlas import atlas_of
from armslength.pipeline.views.clusters import Spot, clustered, window_around, window_at
from armslength.pipeline.views.map import MapAsked, map_things, map_view
from armslength.store.case import Case
from armslength.store.read import Reader
from pipeline import mapped_samples


@pytest.fixture(scope="module")
def mapped(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return mapped_samples.mapped_case(tmp_path_factory.mktemp("mapped") / "case")


@pytest.fixture
def reader(mapped: Case) -> Iterator[Reader]:
    with looking(mapped) as found:
        yield found


def spots(reader: Reader, **asked: object) -> dict[str, Spot]:
    view = map_view(reader, MapAsked(**asked))
    assert view is not None
    return {spot.where: spot for spot in view.spots}


def test_a_city_is_a_point_and_a_country_is_not(reader):
    found = spots(reader)
    assert set(found) == {
        "Vienna, Austria", "Bratislava, Slovakia", "Lisbon, Portugal", "Rotterdam, The Netherlands", "somewhere in China", "somewhere in United Kingdom",
    }  # fmt: skip
    assert {where for where, spot in found.items() if spot.whole} == {"somewhere in China", "somewhere in United Kingdom"}
    assert (found["Lisbon, Portugal"].sites, found["Lisbon, Portugal"].incidents) == (1, 1)


def test_what_is_denied_or_closed_is_said(reader):
    """The site in Lisbon rests on a claim of a fact that the embassy denies; the one in Vienna was ordered closed."""
    found = spots(reader)
    assert {where: (spot.denied, spot.closed) for where, spot in found.items() if spot.denied or spot.closed} == {
        "Lisbon, Portugal": (1, 0),
        "Vienna, Austria": (0, 1),
    }


def test_what_people_rejected_is_not_drawn_and_is_counted(reader):
    view = map_view(reader, MapAsked())
    assert view.rejected == 1
    assert "Madrid" not in json.dumps(asdict(view))


def test_uncertain_places_are_listed_with_the_reason(reader):
    rows = {row.where: row.why for row in map_view(reader, MapAsked()).unplaced}
    assert rows == {
        "somewhere in China": "No text names a city.",
        "Nowhere-on-Sea, somewhere in United Kingdom": "No city of that name is known to this version: a region, or a place that is not in its gazetteer.",
        "place not stated": "The texts name no place.",
    }


def test_filters_leave_out_and_say_what_has_no_date(reader):
    assert set(spots(reader, kind="incident")) == {"Lisbon, Portugal", "Rotterdam, The Netherlands", "somewhere in China"}
    assert set(spots(reader, country="PT")) == {"Lisbon, Portugal"}
    view = map_view(reader, MapAsked(kind="incident", first=2023, last=2024))
    assert (view.incidents, view.undated) == (3, 1), "the one of 2019 is left out, the undated one stays"
    assert map_view(reader, MapAsked(kind="incident", last=2020)).incidents == 2


@pytest.mark.parametrize("asked", [{"place": "Solheim"}, {"country": "XX"}, {"country": "FR"}, {"page": 2}, {"page": 0}])
def test_what_the_case_does_not_have_is_not_there(reader, asked):
    assert map_view(reader, MapAsked(**asked)) is None


def test_a_place_lists_its_things_with_their_facts_origins_and_denials(reader):
    key = spots(reader)["Lisbon, Portugal"].key
    view = map_view(reader, MapAsked(place=key))
    assert [thing.what for thing in view.things] == ["site", "incident"]
    site, incident = view.things
    assert site.denied
    assert [line.denied_by for line in site.facts] != [()]
    assert site.facts[0].origins == "1 to 3 origins"
    assert incident.when == "May 2023", "a day is cut off: whoever was where on which day is not for a map"
    assert "2023-05-14" not in json.dumps(asdict(view))


def test_no_person_is_on_the_map(reader):
    text = json.dumps([asdict(map_view(reader, MapAsked(place=spot.key))) for spot in spots(reader).values()])
    assert "Solheim" not in text
    assert [row for row in map_things(reader, MapAsked()) if row.what not in {"site", "incident"}] == []


def test_it_is_worked_out_once_for_each_state_of_a_case(tmp_path):
    case = mapped_samples.mapped_case(tmp_path / "case")
    with looking(case) as one, looking(case) as two:
        assert atlas_of(one) is atlas_of(two)
        before = len(atlas_of(one).things)
    mapped_samples.add(case, [*mapped_samples.rows(), mapped_samples.site("Oslo", "NO", "0" * 64)])
    with looking(case) as later:
        assert len(atlas_of(later).things) == before + 1


def spot(number: int, longitude: float, latitude: float, *, whole: bool, sites: int) -> Spot:
    return Spot(
        key=str(number), name=f"City {number}", country="Karst", code="KA", whole=whole, longitude=longitude, latitude=latitude, sites=sites,
        incidents=1, denied=0, closed=0,
    )  # fmt: skip


SPOTS = st.lists(
    st.tuples(st.floats(-180, 180), st.floats(-60, 84), st.booleans(), st.integers(0, 9)), max_size=30
).map(lambda rows: [spot(n, lon, lat, whole=whole, sites=sites) for n, (lon, lat, whole, sites) in enumerate(rows)])  # fmt: skip


@given(SPOTS, st.floats(-180, 180), st.floats(-60, 84), st.integers(0, 9))
def test_clusters_lose_nothing_and_never_mix_a_country_with_a_city(found, longitude, latitude, zoom):
    window = window_at(longitude, latitude, zoom)
    assert 0 <= window.left <= window.left + window.width <= WIDTH + 0.11
    assert window.top >= TOP
    assert window.top + window.height <= TOP + HEIGHT + 0.11
    clusters = clustered(found, window)
    drawn = [one.key for row in clusters for one in row.spots]
    assert len(drawn) == len(set(drawn))
    inside = {one.key for one in found if _inside(one, window)}
    assert inside <= set(drawn)
    assert all(len({one.whole for one in row.spots}) == 1 for row in clusters)


@given(SPOTS.filter(bool))
def test_the_first_look_shows_everything(found):
    window = window_around(found)
    assert all(_inside(one, window) for one in found)


def _inside(one, window):
    x, y = on_map(one.longitude, one.latitude)
    return window.left - 0.1 <= x <= window.left + window.width + 0.1 and window.top - 0.1 <= y <= window.top + window.height + 0.1
