"""Profiles: every key known, no guess, and none that can show a name."""

from importlib import resources

import pytest

from armslength.base.errors import InputError
from armslength.publish.gate.profile import PROFILES, read_profile, shipped

GOOD = resources.files("armslength.publish").joinpath("data", "profiles", "public.toml").read_text("utf-8")


def test_the_shipped_ones_can_be_read_and_say_what_they_show():
    for name in PROFILES:
        profile = shipped(name)
        assert profile.reviewers == 2
        assert len(profile.shown()) == 7
        assert all(line.endswith(".") for line in profile.shown())
    assert [shipped(name).k for name in PROFILES] == [5, 3, 1]


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (("k = 5", "k = 0"), "at least 1"),
        (("k = 5", 'k = "5"'), "must be int"),
        (("k = 5", "k = true"), "must be int"),
        (("k = 5", "k = 5\nnames_of_everybody = true"), "does not know names_of_everybody"),
        (("k = 5\n", ""), "needs k"),
        (("reviewers = 2", "reviewers = 1"), "at least 2"),
        (('places = "city"', 'places = "street"'), "city, country"),
        (('reply = ["person", ', "reply = [1, "), "list of words"),
        (("k = 5", "k = "), "not TOML"),
    ],
)
def test_what_is_not_a_profile_is_refused(change, word):
    assert change[0] in GOOD
    with pytest.raises(InputError, match=word):
        read_profile(GOOD.replace(*change), name="mine")


def test_an_unknown_name_is_refused():
    with pytest.raises(InputError, match="public, partner, court"):
        shipped("everybody")
