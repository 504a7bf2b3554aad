import itertools

import pytest

from armslength.resolve.known import load
from armslength.resolve.names import content_words, fold, initials, is_acronym, is_press, names_somebody
from armslength.resolve.spelling import find_slips


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("The People’s Daily", "people's daily"),
        ("Reporters sans frontières", "Reporters Sans Frontieres"),
        ("“Green Watch”", "Green Watch"),
        ("U.S. State Department", "US State Department"),
        ("Harbour-Watch", "harbour watch"),
    ],
)
def test_spellings_of_one_name_fold_alike(one, two):
    assert fold(one) == fold(two)


def test_scripts_and_letters_stay_apart():
    assert fold("人民日报") != fold("People's Daily")
    assert fold("Новая газета") != fold("Novaya Gazeta")
    assert fold("Açores") == "acores"


def test_generic_words_name_nobody():
    assert not names_somebody("the Ministry official")
    assert not names_somebody("official data")
    assert names_somebody("Green Watch report")
    assert names_somebody("人民日报")


def test_acronyms():
    assert "voa" in initials("Voice of America")
    assert is_acronym("VOA")
    assert is_acronym("U.N.")
    assert not is_acronym("Voa")
    assert not is_acronym("V")


def test_publisher_is_press_unless_its_name_says_otherwise():
    assert is_press("The Quay")
    assert is_press("Policy Institute News")
    assert not is_press("Noordwal University")
    assert not is_press("Open Harbour Watch")


def test_content_words_leave_small_words_and_keep_numbers():
    assert content_words("The group said that 54 stations were opened.") == {"group", "54", "station", "open"}


@pytest.mark.parametrize(
    ("name", "by", "expected"),
    [
        ("Chinese embassy in London", "", ("CN", "embassy in london")),
        ("the embassy of Spain", "", ("ES", "embassy")),
        ("Spain’s Interior Ministry", "", ("ES", "interior ministry")),
        ("British government", "", ("GB", "")),
        ("prosecutors", "Iran", ("IR", "prosecutors")),
        ("prosecutors", "the Iranian government", ("IR", "prosecutors")),
        ("London police", "", ("", "london police")),
        ("MI5", "", ("GB", "mi5")),
        ("Ministry of Public Security", "Vietnam", ("VN", "ministry of public security")),
    ],
)
def test_which_state_an_authority_speaks_for(name, by, expected):
    assert load().speaks_for(name, by) == expected


def test_a_capital_speaks_for_its_state_only_where_asked():
    assert load().state("Beijing") == ""
    assert load().state("Beijing", seats=True) == "CN"


def test_a_state_is_never_a_slip_of_another():
    settled = frozenset(load().states)
    assert find_slips([("body", f"{name} watch") for name in settled if " " not in name], settled) == []
    assert find_slips([("body", "iceland watch"), ("body", "ireland watch")], frozenset())


def test_a_slip_is_one_letter_in_a_long_word():
    keys = [
        ("body", "safeguard harbours"),
        ("body", "safeguard harbuors"),
        ("body", "safeguard markets"),
        ("body", "east watch"),
        ("body", "west watch"),
    ]
    assert find_slips(keys, frozenset()) == [(keys[0], keys[1])]
    assert find_slips(keys, frozenset({"harbours", "harbuors"})) == []


def test_slips_do_not_depend_on_order():
    keys = [("body", "northern observatory"), ("body", "northren observatory"), ("body", "northern observatori")]
    expected = find_slips(keys, frozenset())
    assert expected
    assert all(find_slips(order, frozenset()) == expected for order in itertools.permutations(keys))
