"""Spans are code points into one text; the helpers never move them off it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.base import offsets

RANGES = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda pair: (min(pair), max(pair)))
SOLID = RANGES.filter(lambda pair: pair[0] < pair[1])
TEXT = st.text(alphabet="ab \t\n\r\u00a0\u3000字😀.", max_size=30)


def points(ranges):
    return {at for start, end in ranges for at in range(start, end)}


@given(TEXT, st.data())
def test_trim_takes_white_space_and_nothing_else(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    a, b = offsets.trim(text, start, end)
    blank = " \t\r\n\u00a0\u3000"
    assert start <= a <= b <= end
    assert text[a:b] == text[start:end].strip(blank)


def test_trim_can_take_other_characters():
    assert offsets.trim('"quoted"', 0, 8, drop='"') == (1, 7)
    assert offsets.trim("    ", 0, 4) == (4, 4)


@given(RANGES, RANGES)
def test_overlap_counts_shared_code_points(one, other):
    assert offsets.overlap(one, other) == offsets.overlap(other, one) == len(points([one]) & points([other]))


@given(RANGES, SOLID)
def test_covers_means_holding_every_code_point(outer, inner):
    assert offsets.covers(outer, inner) == (points([inner]) <= points([outer]))


@given(st.lists(SOLID, max_size=6))
def test_merge_keeps_every_code_point_in_sorted_ranges_with_gaps(ranges):
    merged = offsets.merge(ranges)
    assert points(merged) == points(ranges)
    assert all(one[1] < other[0] for one, other in pairwise(merged))
    assert offsets.merge(reversed(ranges)) == merged


@given(TEXT)
def test_paragraphs_are_in_order_trimmed_and_lose_only_white_space(text):
    found = list(offsets.paragraphs(text))
    assert all(text[start:end].strip() and text[start:end] == text[start:end].strip(" \t\r\n\u00a0\u3000") for start, end in found)
    assert all(one[1] <= other[0] for one, other in pairwise(found))
    kept = points(found)
    assert all(text[at].isspace() for at in range(len(text)) if at not in kept)


@pytest.mark.parametrize("newline", ["\n", "\r", "\r\n"])
def test_a_line_is_a_paragraph_whatever_ends_it(newline):
    text = f"first {newline}{newline}  second 字"
    assert [text[a:b] for a, b in offsets.paragraphs(text)] == ["first", "second 字"]
