"""Names that may be one, across spellings and scripts. Every name is invented or of public knowledge."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.resolve.likeness import ALIKE, alike, lookalikes, spelt

SAME_PERSON = [
    ("Marta Quint", "Quint, Marta"),
    ("Marta Quint", "Marta Quintt"),
    ("Dr. Marta Quint", "Marta Quint"),
    ("Sergei Valdov", "Сергей Валдов"),
    ("Muhammad al-Harbi", "Mohammed Al Harbi"),
    ("Theodore Quint", "Ted Quint"),
    ("Marta Elisabeth Quint", "Marta Quint"),
]
OTHER_PERSON = [
    ("Marta Quint", "Marta Quade"),
    ("Marta Quint", "Anton Quint"),
    ("Marta Quint", "Marta"),
    ("Marta Quint", "Ella Brandt"),
    ("Karim Bin Salah", "Karim Bin Farouk"),
]
SAME_BODY = [
    ("Lantern Institute", "The Lantern Institute"),
    ("Lantern Institute Ltd.", "Lantern Institute Limited"),
    ("Harbour & Sons", "Harbour and Sons"),
    ("Open Harbour Watch", "OHW"),
    ("Brigade Forty", "Brigade Forty, Inc."),
    ("Bureau Three", "Bureau 3"),
    ("Lantern Institute", "Lantren Institute"),
]
OTHER_BODY = [
    ("Lantern Institute", "Lantern Watch Centre"),
    ("Trust 2004-1", "Trust 2004-2"),
    ("Harbour Police", "River Police"),
    ("Open Harbour Watch", "Open Harbour Fund"),
]


@pytest.mark.parametrize(("one", "two"), SAME_PERSON)
def test_spellings_of_one_person_are_alike(one, two):
    assert alike(one, two, person=True) >= ALIKE


@pytest.mark.parametrize(("one", "two"), OTHER_PERSON)
def test_other_persons_are_not(one, two):
    assert alike(one, two, person=True) < ALIKE


@pytest.mark.parametrize(("one", "two"), SAME_BODY)
def test_spellings_of_one_body_are_alike(one, two):
    assert alike(one, two, person=False) >= ALIKE


@pytest.mark.parametrize(("one", "two"), OTHER_BODY)
def test_other_bodies_are_not(one, two):
    assert alike(one, two, person=False) < ALIKE


@given(st.text(max_size=20), st.text(max_size=20), st.booleans())
def test_any_two_strings_have_a_score_that_does_not_depend_on_their_order(one, two, person):
    assert 0 <= alike(one, two, person=person) <= 1
    assert alike(one, two, person=person) == pytest.approx(alike(two, one, person=person))


def test_names_are_spelt_in_latin_letters():
    assert spelt("Standard & Poor's, U.S.") == "standard and poors us"
    assert spelt("Сергей") == "sergey"


def test_pairs_are_found_once_and_a_key_is_no_pair_with_itself():
    names = [("a", "Lantern Institute"), ("a", "The Lantern Institute"), ("b", "Lantren Institute"), ("c", "River Police")]
    assert [(one, two) for one, two, _ in lookalikes(names, person=False)] == [("a", "b")]
