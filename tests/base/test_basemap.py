"""The map that places are drawn on."""

import re

import pytest

from armslength.base.basemap import HEIGHT, TOP, WIDTH, land, on_map


def test_land_is_where_land_is():
    """The base map has no band across the picture where an outline crosses the 180th meridian."""
    for path in land():
        steps = [abs(int(number)) for part in re.findall(r"l([^Mz]+)", path) for number in part.split()[::2]]
        assert max(steps) < 3700
        assert sum(step > 300 for step in steps) <= 4, "only the ring around the pole has long edges"


def test_degrees_lie_where_the_outlines_have_them():
    assert on_map(-180, 90) == (0, 0)
    assert on_map(180, -60) == (WIDTH, TOP + HEIGHT)
    assert on_map(10.75, 59.91) == pytest.approx((1907.5, 300.9))
