"""Batches: everything once, in order, none too large."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.base.engine import batched, silent


@given(st.lists(st.integers(), max_size=30), st.integers(1, 12))
def test_batches_joined_are_the_rows(rows, size):
    batches = list(batched(rows, size))
    assert [row for batch in batches for row in batch] == rows
    assert all(len(batch) == size for batch in batches[:-1])
    assert all(0 < len(batch) <= size for batch in batches)


def test_no_rows_make_no_batches():
    assert list(batched([], 4)) == []


def test_a_batch_of_nothing_is_refused():
    with pytest.raises(ValueError, match="zero"):
        list(batched([1, 2], 0))


def test_a_progress_that_says_nothing_can_be_sent_to_a_worker():
    assert pickle.loads(pickle.dumps(silent)) is silent
    assert silent("extract", 1, 2) is None
