"""Places in prose: what is one, which one, and what only looks like one."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armslength.extract.gazetteer import city_point, country_point, gazetteer, read_table
from armslength.extract.places import country_of, find_demonyms, find_places


def read(text: str) -> list[tuple[str, str, str]]:
    return [(place.name, place.country, place.precision) for place in find_places(text)]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("He lives in London.", [("London", "GB", "city")]),
        ("a flat in south London", [("London", "GB", "city")]),
        ("the suburbs of Paris", [("Paris", "FR", "city")]),
        ("a warehouse outside Madrid", [("Madrid", "ES", "city")]),
        ("LONDON (AP) —", [("London", "GB", "city")]),
        ("offices in Britain and Holland", [("United Kingdom", "GB", "country"), ("The Netherlands", "NL", "country")]),
        (
            "in the U.S., the UK and the PRC",
            [("United States", "US", "country"), ("United Kingdom", "GB", "country"), ("China", "CN", "country")],
        ),
        ("Hong Kong protests", [("Hong Kong", "HK", "country")]),
        ("in the Republic of China", [("Taiwan", "TW", "country")]),
        ("the People’s Republic of China", [("China", "CN", "country")]),
        ("in Zhejiang and Scotland", [("Zhejiang", "CN", "admin1"), ("Scotland", "GB", "admin1")]),
        ("in New York and New Mexico", [("New York City", "US", "city"), ("New Mexico", "US", "admin1")]),
        ("in Xi’an and Xi'an", [("Xi’an", "CN", "city"), ("Xi’an", "CN", "city")]),
        ("in Zurich and Zürich", [("Zürich", "CH", "city"), ("Zürich", "CH", "city")]),
        ("Washington, D.C., said", [("Washington", "US", "city")]),
        ("in Changle District, Fuzhou", [("Changle", "CN", "city"), ("Fuzhou", "CN", "city")]),
    ],
)
def test_places_are_found(text: str, places: list[tuple[str, str, str]]) -> None:
    assert read(text) == places


def test_a_capital_is_told_from_its_country() -> None:
    assert read("a desk in the Irish capital and one in the South Korean capital") == [("Dublin", "IE", "city"), ("Seoul", "KR", "city")]
    assert read("the Spanish capital markets and the capital") == []


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("in Birmingham", "GB"),
        ("in Birmingham, Alabama", "US"),
        ("in Birmingham and other cities of the United States", "US"),
        ("in Valencia", "ES"),
        ("in Valencia, Venezuela", "VE"),
        ("in Valencia, where Venezuelan police", "VE"),
        ("in Dublin, OH", "US"),
        ("in Georgia", "GE"),
        ("in Atlanta, Georgia", "US"),
        ("in London", "GB"),
        ("in London, Ontario", "CA"),
    ],
)
def test_a_shared_name_means_what_stands_beside_it(text: str, country: str) -> None:
    assert read(text)[0][1] == country


def test_a_city_and_its_country_are_one_place() -> None:
    assert read("in Paris, France, and Madrid") == [("Paris", "FR", "city"), ("Madrid", "ES", "city")]


def test_a_list_of_countries_does_not_move_a_city() -> None:
    assert read("in London, Canada and Spain") == [("London", "GB", "city"), ("Canada", "CA", "country"), ("Spain", "ES", "country")]


@pytest.mark.parametrize(
    "text",
    [
        "Nice people were Reading a Mobile page",
        "Most Police said Mobile",
        "Jordan Smith met Michael Jordan",
        "Jack London wrote",
        "the University of London and the Bank of China",
        "London School of Economics",
        "China Daily, Hong Kong Free Press and France 24",
        "US officials, UK-based groups and China’s courts",
        "Chinese and British police, Latin American",
        "tell us in may",
        "Mr. Houston and Ms. Victoria",
        "anti-China",
    ],
)
def test_what_only_looks_like_a_place(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "count"), [("in Reading and Nice", 2), ("in Nice, France", 1), ("in Bath", 1), ("Aubervilliers, near Paris", 2)]
)
def test_a_guarded_name_needs_a_cue(text: str, count: int) -> None:
    assert len(read(text)) == count


def test_a_small_town_is_believed_beside_its_country() -> None:
    assert read("Venice was named and Italy too")[0] == ("Venice", "IT", "city")
    assert read("Venice was named") == []


def test_spans_are_the_words_and_can_be_shifted() -> None:
    text = "Police in Britain and in Madrid, Spain, said"
    assert [text[place.start : place.end] for place in find_places(text)] == ["Britain", "Madrid"]
    assert [place.start for place in find_places(text, 100)] == [110, 125]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Chinese police", [("Chinese", "CN")]),
        ("the Spaniards and South Korean agents", [("Spaniards", "ES"), ("South Korean", "KR")]),
        ("US officials and the U.K. government", [("US", "US"), ("U.K.", "GB")]),
        ("China’s domestic courts", [("China", "CN")]),
        ("in British Columbia, Latin American", []),
        ("Finn Lau", []),
    ],
)
def test_who_belongs_to_a_country(text: str, found: list[tuple[str, str]]) -> None:
    assert [(text[start:end], country) for start, end, country in find_demonyms(text)] == found


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Chinese", "CN"), ("China's", "CN"), ("Beijing", "CN"), ("the United States", "US"), ("US", "US"), ("us", ""), ("Britain", "GB"), ("Zhejiang", "CN"),
        ("Lishui", "CN"), ("Spanish", "ES"), ("Hong Kong", "HK"), ("Georgia", "GE"), ("Defenders", ""), ("Nancy", ""), ("", ""),
    ],
)  # fmt: skip
def test_the_country_of_a_name(name: str, country: str) -> None:
    assert country_of(name) == country


def test_the_table_is_whole() -> None:
    rows = read_table()
    countries = {candidate.country for _, candidate in rows if candidate.precision == "country"}
    assert len(countries) == 250
    assert {candidate.country for _, candidate in rows} <= countries
    assert sum(candidate.capital for _, candidate in rows) > 200
    assert all(candidate.geonames for _, candidate in rows)


def test_cities_and_countries_lie_somewhere_on_the_globe() -> None:
    for _, candidate in read_table():
        point = city_point(candidate.name, candidate.country, candidate.geonames)
        if candidate.precision == "city":
            assert point is not None
            assert -180 <= point[0] <= 180
            assert -90 <= point[1] <= 90
            assert country_point(candidate.country) is not None
        else:
            assert point is None, "only cities have the point of a city"


@pytest.mark.parametrize(
    ("name", "country", "number", "point"),
    [
        ("Rotterdam", "NL", 2747891, (4.48, 51.92)),
        ("Rotterdam", "NL", None, (4.48, 51.92)),
        ("Richmond", "US", None, None),
        ("Rotterdam", "BE", None, None),
        ("Rotterdam", "NL", 1, None),
        ("Zhejiang", "CN", None, None),
        ("Delft", "NL", None, (4.36, 52.01)),
    ],
)
def test_where_a_city_lies(name: str, country: str, number: int | None, point: tuple[float, float] | None) -> None:
    assert city_point(name, country, number) == point


def test_a_part_of_a_city_lies_where_its_city_does() -> None:
    berlin = city_point("Berlin", "DE", None)
    assert berlin is not None
    assert city_point("Kreuzberg", "DE", None) == berlin
    assert city_point("Harlem", "US", 5120034) == city_point("New York City", "US", None)


def test_a_country_lies_in_the_middle_of_its_towns() -> None:
    across, up = country_point("NL") or (0, 0)
    assert 4 < across < 7
    assert 51 < up < 53.5
    fiji = country_point("FJ")
    assert fiji is not None
    assert abs(fiji[0]) > 177, "a mean of degrees would fall on the other side of the world"
    assert country_point("AQ") is None


def test_every_word_for_a_people_and_every_preference_leads_to_a_known_country() -> None:
    known = gazetteer()
    countries = {candidate.country for _, candidate in read_table()}
    assert set(known.people.values()) <= countries
    for name, country in known.preferred.items():
        assert any(candidate.country == country for candidate in known.places[name]), name


WORDS = "in near from , and the London Paris Texas TX France Georgia Atlanta U.S. China’s police Nice New York . ( Chinese Jordan Smith"
words = st.sampled_from(WORDS.split())


@settings(derandomize=True, deadline=None, database=None, max_examples=200)
@given(parts=st.lists(words, max_size=12))
def test_whatever_is_found_is_in_the_text_in_order_and_apart(parts: list[str]) -> None:
    text = " ".join(parts)
    found = find_places(text)
    assert all(place.start is not None and place.end is not None and text[place.start : place.end].strip() for place in found)
    ends = [(place.start or 0, place.end or 0) for place in found]
    assert ends == sorted(ends)
    assert all(one[1] <= two[0] for one, two in itertools.pairwise(ends))
