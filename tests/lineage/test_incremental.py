"""A case that grew is the case that was built at once: same ids, same words, in whatever order its documents came and went."""

from __future__ import annotations

import random

import pytest
from claim_samples import SECRET
from grown_samples import add, build, difference, made_up, rows, take

from armslength.store.case import create_case
from armslength.store.verify import verify_case
from armslength.store.write import writing


def fresh(folder, clock, told, **more):
    """The rows of a case that is built at once."""
    case = create_case(folder, name="Fresh", clock=clock, actor="tester", secret=SECRET)
    with writing(case, clock=clock, actor="tester") as writer:
        add(writer, told)
        build(writer, **more)
        return rows(writer)


@pytest.mark.parametrize("seed", range(3))
def test_a_case_that_grew_has_the_rows_of_one_built_at_once(seed, tmp_path, clock):
    told = made_up(seed, 20)
    random.Random(seed).shuffle(told)
    case = create_case(tmp_path / "grown", name="Grown", clock=clock, actor="tester", secret=SECRET)
    with writing(case, clock=clock, actor="tester") as writer:
        add(writer, told[:11])
        build(writer)
        for number in range(11, len(told), 3):
            add(writer, told[number : number + 3])
            build(writer)
        grown = rows(writer)
    assert difference(grown, fresh(tmp_path / "fresh", clock, sorted(told, key=lambda one: one.document.id))) == []
    assert len(grown["Fact"]) > 10
    assert verify_case(case).problems == ()


@pytest.mark.parametrize("seed", range(6, 8))
def test_what_a_document_brought_goes_with_it(seed, tmp_path, clock):
    told = made_up(seed, 20)
    case = create_case(tmp_path / "shrunk", name="Shrunk", clock=clock, actor="tester", secret=SECRET)
    with writing(case, clock=clock, actor="tester") as writer:
        add(writer, told)
        build(writer)
        gone, left = told[:6], told[6:]
        for one in gone:
            take(writer, [one])
            build(writer)
        shrunk = rows(writer)
    assert difference(shrunk, fresh(tmp_path / "fresh", clock, left)) == []
    lost = {claim.id for one in gone for claim in one.claims}
    assert lost
    assert not [body for kind in shrunk.values() for body in kind.values() if any(claim in body for claim in lost)]
    assert verify_case(case).problems == ()
