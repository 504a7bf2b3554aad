"""What bounds a number besides the places read in it."""

from dataclasses import replace

import pytest
from claim_samples import AUSTRIA, PORTUGAL, page, says

from armslength.model.scopes import is_example, regions_of
from armslength.resolve.scopes import scope_of


def count(text, value, *places):
    claim = says(page(text), text, value=value)
    at = text.index(str(value))
    stands = tuple(replace(place, start=text.index(place.name), end=text.index(place.name) + len(place.name)) for place in places)
    return replace(claim, quantity=replace(claim.quantity, start=at, end=at + len(str(value))), places=stands)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("38 stations in Europe", {"Europe"}),
        ("38 stations in Western Europe", {"Western Europe"}),
        ("38 stations across North America and in the Middle East", {"North America", "Middle East"}),
        ("38 European countries", {"Europe"}),
        ("38 stations of European make", set()),
        ("38 stations, says Human Europe Watch", set()),
    ],
)
def test_parts_of_the_world(text, found):
    assert regions_of(count(text, 38)) == found


def test_what_is_no_number_has_none():
    text = "a station in Europe"
    assert regions_of(says(page(text), text, kind="site.existence")) == frozenset()


def test_places_behind_including_are_examples_and_others_are_not():
    claim = count("In Portugal 14 offices, including one run from Austria", 14, PORTUGAL, AUSTRIA)
    assert [is_example(claim, place) for place in claim.places] == [False, True]


def scope(claim, accused=(), hosts=()):
    return scope_of(claim, accused=frozenset(accused), acting=frozenset(), hosts=frozenset(hosts))


def test_the_accused_state_is_whom_an_answer_is_about_and_not_where_it_is_given():
    text = "Portugal asked Austria to close the stations"
    claim = says(page(text), text, kind="govt_response.order", places=[PORTUGAL, AUSTRIA])
    assert scope(claim, accused=["AT"]) == (("PT", ""),)
    assert scope(claim, accused=["AT", "PT"], hosts=["PT"]) == (("PT", ""),)
    assert scope(claim) == (("AT", ""), ("PT", ""))


def test_a_count_of_countries_is_not_bounded_by_one_that_is_named():
    claim = replace(count("14 states such as Portugal", 14, PORTUGAL), places=(PORTUGAL,))
    assert scope(replace(claim, quantity=replace(claim.quantity, measure="countries"))) == ()
    assert scope(claim) == (("PT", ""),)
