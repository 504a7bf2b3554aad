"""Candidates are what the rule says, found among all or by what changed alone."""

from collections import Counter
from itertools import combinations
from unittest.mock import patch

import numpy as np
import pytest
from claim_samples import page
from hypothesis import given, settings
from hypothesis import strategies as st

from armslength.lineage import sharing
from armslength.lineage.matching import FEW, RARE, candidates, moved
from armslength.lineage.prints import Printed, joined, pack, print_batch, shelved, unpack

CROWD, NEIGHBOURS = 5, 2
numbers = st.integers(1, 12)
rows = st.dictionaries(
    st.integers(0, 30).map("{:02d}".format),
    st.tuples(st.frozensets(numbers, max_size=6), st.lists(numbers.map(lambda n: n * 7919), max_size=9)),
    max_size=14,
)


def printed(doc, prints, marks):
    return Printed(doc, np.array(sorted(prints), dtype=np.uint32), np.array(marks, dtype=np.uint32))


def shelf(case):
    return shelved([printed(doc, *case[doc]) for doc in sorted(case)])


def counted(keys, *, crowds):
    """How many keys each pair shares, by the words of the rule."""
    lists = {}
    for doc in sorted(keys):
        for key in keys[doc]:
            lists.setdefault(key, []).append(doc)
    found = Counter()
    for docs in lists.values():
        for one, two in combinations(range(len(docs)), 2):
            if len(docs) <= CROWD or (crowds and two - one <= NEIGHBOURS):
                found[docs[one], docs[two]] += 1
    return found


def by_the_rule(case):
    prints = counted({doc: mine for doc, (mine, _) in case.items()}, crowds=True)
    marks = counted({doc: set(marks) for doc, (_, marks) in case.items()}, crowds=False)
    near = counted(
        {doc: {frozenset(pair) for step in (1, 2) for pair in zip(marks, marks[step:], strict=False)} for doc, (_, marks) in case.items()},
        crowds=False,
    )
    twins = counted(
        {doc: {a for step in (1, 2) for a, b in zip(m, m[step:], strict=False) if a == b} for doc, (_, m) in case.items()}, crowds=False
    )
    for pair in near:
        near[pair] -= twins[pair]
    return sorted(
        (one, two)
        for one, two in combinations(sorted(case), 2)
        if (prints[one, two] > 0 and prints[one, two] >= FEW * max(1, min(len(case[one][0]), len(case[two][0]))))
        or marks[one, two] >= RARE
        or near[one, two] >= RARE
    )


@given(rows)
@settings(max_examples=200)
def test_candidates_are_what_the_rule_says(case):
    with patch.multiple(sharing, CROWD=CROWD, NEIGHBOURS=NEIGHBOURS):
        assert candidates(shelf(case)) == by_the_rule(case)


@given(rows, rows, st.frozensets(st.integers(0, 30).map("{:02d}".format)))
@settings(max_examples=300)
def test_what_changed_alone_gives_the_same_as_everything_anew(before, changes, going):
    after = {doc: row for doc, row in (before | changes).items() if doc not in going}
    stood = {doc: row for doc, row in before.items() if after.get(doc) is row and doc not in changes}
    dropped = {doc: row for doc, row in before.items() if doc not in stood}
    added = {doc: row for doc, row in after.items() if doc not in stood}
    with patch.multiple(sharing, CROWD=CROWD, NEIGHBOURS=NEIGHBOURS):
        found = moved(shelf(stood), shelf(dropped), shelf(added))
        kept = {pair for pair in candidates(shelf(before)) if set(pair) <= stood.keys()}
        assert set(found.gone) <= kept
        assert kept - set(found.gone) == {pair for pair in candidates(shelf(after)) if set(pair) <= stood.keys()} - set(found.new)
        assert (kept - set(found.gone)) | set(found.new) == set(candidates(shelf(after)))


def test_a_crowd_that_shrinks_gives_back_its_pairs():
    crowd = {f"{at:02d}": (range(1, 7), ()) for at in range(sharing.CROWD + 1)}
    left = {doc: row for doc, row in crowd.items() if doc != "20"}
    pairs = sharing.CROWD * (sharing.CROWD - 1) // 2
    assert len(candidates(shelf(left))) == pairs
    shrunk = moved(shelf(left), shelf({"20": crowd["20"]}), shelf({}))
    near = [pair for pair in candidates(shelf(crowd)) if "20" not in pair]
    assert (len(shrunk.new), shrunk.gone) == (pairs - len(near), ())
    grown = moved(shelf(left), shelf({}), shelf({"20": crowd["20"]}))
    assert set(grown.gone) == set(shrunk.new)
    assert set(grown.new) == {pair for pair in candidates(shelf(crowd)) if "20" in pair}


@given(rows)
def test_memory_is_bounded_by_counting_a_few_documents_at_a_time_and_nothing_else_changes(case):
    whole = candidates(shelf(case))
    with patch.object(sharing, "_AT_ONCE", 3):
        assert candidates(shelf(case)) == whole


@given(rows)
def test_prints_come_back_from_bytes(case):
    before = shelf(case)
    after = unpack(before.docs, pack(before))
    for name in ("prints", "marks", "print_sizes", "mark_sizes"):
        assert getattr(after, name).tolist() == getattr(before, name).tolist()


@pytest.mark.parametrize(("shared", "found"), [(3, True), (2, False)])
def test_a_tenth_of_the_fewer_fingerprints_is_enough(shared, found):
    one, two = printed("a", range(30), ()), printed("b", range(30 - shared, 90), ())
    assert bool(candidates(shelved([one, two]))) is found


@pytest.mark.parametrize(("shared", "found"), [(5, True), (4, False)])
def test_five_rare_marks_are_enough(shared, found):
    one, two = (
        printed("a", (), [1, 100, 2, 101, 3, 102, 4, 103, 5][: 2 * shared]),
        printed("b", (), [1, 200, 201, 2, 202, 203, 3, 204, 205, 4, 206, 207, 5]),
    )
    assert bool(candidates(shelved([one, two]))) is found


def test_marks_that_stand_in_a_crowd_count_with_their_neighbours():
    order = [[(n * step) % 61 + 1 for n in range(8)] for step in range(1, 60)]
    crowd = [printed(f"{at:02d}", (), marks) for at, marks in enumerate(order)]
    twin = printed("99", (), order[20])
    found = candidates(shelved([*crowd, twin]))
    assert ("20", "99") in found


def test_prints_do_not_depend_on_the_texts_printed_beside():
    texts = [
        page(text)
        for text in (
            "",
            "One two.",
            "海外警务服务站在里斯本设有两个地址，居民表示从未见过警察。" * 2,
            "On 12 May Ana Silva saw 34 boats. " * 5,
        )
    ]
    together = joined([shelved(print_batch(texts))])
    alone = joined([shelved(print_batch([text])) for text in texts])
    assert (together.prints.tolist(), together.marks.tolist()) == (alone.prints.tolist(), alone.marks.tolist())
    assert together.print_sizes.tolist() == alone.print_sizes.tolist()
    assert together.print_sizes.tolist()[:2] == [0, 0]
    assert together.print_sizes[2] > 0
