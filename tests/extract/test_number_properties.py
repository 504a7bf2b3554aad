"""Whatever a text holds, numbers and times keep their places and nothing is raised."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from armslength.extract.numbers import find_numbers
from armslength.model.edtf import is_valid
from armslength.model.times import find_times

PIECES = (
    "at least|54|一百|五十四个|👮🏽‍♀️|e\u0301|\r\n|\u00a0|\u202f|\u2009|\u00ad|\u200b|５４|٥٤|½|5O|1,4|230.000|2 30,000|-|–|to|and|between|dozens of|a|half|of|thirds|"
    "in|five|million|%|$|€|May|2022|Monday|last|the following year|the past three months|mid-2021|10:30|,|.|(|)|’|“|”|No.|Article|Boeing|stations|people"
)
pieces = st.sampled_from(PIECES.split("|"))
texts = st.one_of(st.text(max_size=60), st.lists(pieces, max_size=14).map(" ".join), st.lists(pieces, max_size=14).map("".join))


@settings(derandomize=True, deadline=None, database=None, max_examples=400)
@given(text=texts, offset=st.integers(0, 5))
def test_numbers_stand_in_the_text_in_order_and_apart(text: str, offset: int) -> None:
    found = find_numbers(text, offset)
    assert all(offset <= n.start <= n.core[0] < n.core[1] <= n.end <= len(text) + offset for n in found)
    assert all(one.end <= two.start for one, two in itertools.pairwise(found))
    assert all(not n.flaw or n.value is None for n in found)
    assert all(n.low is None or n.high is None or n.low <= n.high for n in found)
    assert [(n.start - offset, n.value) for n in found] == [(n.start, n.value) for n in find_numbers(text)]


@settings(derandomize=True, deadline=None, database=None, max_examples=200)
@given(text=texts, before=st.sampled_from(["", "犯罪 👮🏽‍♀️ ", "e\u0301\r\n", "\u00ad\u202f "]))
def test_what_stands_before_a_sentence_moves_numbers_and_changes_nothing(text: str, before: str) -> None:
    lead = f"{before}Words.\n\n"
    moved = find_numbers(lead + text)
    plain = find_numbers(text)
    if text[:1].isalpha() or text[:1] == " ":
        assert [(n.start - len(lead), n.end - len(lead), n.value) for n in moved] == [(n.start, n.end, n.value) for n in plain]


@settings(derandomize=True, deadline=None, database=None, max_examples=300)
@given(text=texts, published=st.sampled_from([None, "2022-12-07", "2022-12", "2022"]))
def test_times_stand_in_the_text_in_order_and_apart(text: str, published: str | None) -> None:
    found = find_times(text, published=published)
    assert all(0 <= t.start < t.end <= len(text) for t in found)
    assert all(one.end <= two.start for one, two in itertools.pairwise(found))
    assert all(is_valid(t.edtf) for t in found)
    assert all(bool(t.edtf) == (t.kind == "date" and not t.basis.startswith("open")) for t in found)
