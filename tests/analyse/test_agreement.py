"""Figures of agreement, held against the worked examples of Krippendorff (2011), and the cases in which there is no figure."""

from __future__ import annotations

import random

import pytest

from armslength.analyse.agreement import agreement
from armslength.model.coding import NONE, Variable


def variable(level="nominal", *, dated=False):
    return Variable(code="x", label="X", level=level, asks="", dated=dated)


def table(*rows):
    return [["" if code == "*" else code for code in row.split()] for row in rows]


BINARY = table("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0")
"""Section A: two observers, two categories, ten units."""
NOMINAL = table("a a b b d c c c e d d a", "b a b b b c c c e d d d")
"""Section B: two observers, five categories, twelve units."""
FOUR = table(
    "1 2 3 3 2 1 4 1 2 * * *",
    "1 2 3 3 2 2 4 1 2 5 * 3",
    "* 3 3 3 2 3 4 2 2 5 1 *",
    "1 2 3 3 2 4 4 1 2 5 1 *",
)
"""Sections C and D: four observers, twelve units, some codes missing; one unit has a single code, which counts nowhere."""


@pytest.mark.parametrize(
    ("codes", "level", "alpha"),
    [
        (BINARY, "nominal", 0.095),
        (NOMINAL, "nominal", 0.692),
        (FOUR, "nominal", 0.743),
        (FOUR, "ordinal", 0.815),
        (FOUR, "interval", 0.849),
        (FOUR, "ratio", 0.797),
    ],
)
def test_the_worked_examples_of_krippendorff_2011(codes, level, alpha):
    found = agreement(variable(level), codes)
    assert found.alpha == pytest.approx(alpha, abs=0.0006)
    assert found.why == ""


def test_counts_of_the_example_with_missing_codes():
    found = agreement(variable(), FOUR)
    assert (found.passages, found.codes, found.missing) == (11, 41, 7), "the twelfth unit has one code"
    assert found.pairs == 55
    assert found.percent == pytest.approx(43 / 55)
    assert found.used == (("2", 13), ("3", 11), ("1", 9), ("4", 5), ("5", 3))


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval", "ratio"])
def test_perfect_agreement_is_one(level):
    found = agreement(variable(level), table("1 2 3 4", "1 2 3 4"))
    assert found.alpha == pytest.approx(1.0)
    assert found.percent == 1.0
    assert found.reads == "reliable by convention"


def test_chance_is_about_nought():
    coin = random.Random(7)
    rows = [[coin.choice("ab") for _ in range(4000)] for _ in range(2)]
    assert agreement(variable(), rows).alpha == pytest.approx(0.0, abs=0.05)


def test_the_order_of_coders_and_passages_does_not_matter():
    turned = [list(reversed(row)) for row in reversed(FOUR)]
    assert agreement(variable("ratio"), turned).alpha == pytest.approx(agreement(variable("ratio"), FOUR).alpha)


@pytest.mark.parametrize(
    ("codes", "why"),
    [
        (table("a b a"), "Only one person coded"),
        (table("a a a", "a a a"), "the same code everywhere"),
        (table("a * b", "* a *"), "No passage was coded by two"),
        (table("* * *", "* * *"), "No passage was coded by two"),
        ([[], []], "No passage was coded by two"),
    ],
)
def test_where_alpha_is_not_defined_the_reason_stands(codes, why):
    found = agreement(variable(), codes)
    assert found.alpha is None
    assert why in found.why
    assert found.reads == "not defined"


def test_what_has_no_place_on_the_scale_is_missing_for_alpha_and_counts_for_percent():
    codes = table(f"54 {NONE} 10 7", f"54 {NONE} 10 8")
    found = agreement(variable("ratio"), codes)
    assert (found.passages, found.off_scale, found.missing) == (3, 2, 0)
    assert found.percent == 0.75
    assert agreement(variable("nominal"), codes).off_scale == 0, "a name has no scale to be off"


def test_dates_are_placed_by_their_first_day_and_near_dates_disagree_less():
    dated = variable("interval", dated=True)
    near = agreement(dated, table("2022-09 2023 2021-04-03", "2022-09-05 2023-01 2021-04-03"))
    far = agreement(dated, table("2022-09 2023 2021-04-03", "2018-09-05 2023-01 2021-04-03"))
    assert near.alpha > 0.99 > far.alpha
    assert agreement(dated, table("XXXX-09 2023 2021", "2022 2023 2021")).off_scale == 1


@pytest.mark.parametrize(("same", "reads"), [(20, "reliable"), (17, "tentative"), (12, "below")])
def test_the_conventional_thresholds_are_named(same, reads):
    one = ["a", "b"] * 10
    two = [code if place < same else ("a" if code == "b" else "b") for place, code in enumerate(one)]
    assert reads in agreement(variable(), [one, two]).reads
