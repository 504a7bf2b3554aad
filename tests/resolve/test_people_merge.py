"""What people join and take apart: a view of the facts that can be taken back, and that never joins a claim with its denial."""

from claim_samples import LISBON, PORTO, Resolved, page, says
from hypothesis import given
from hypothesis import strategies as st
from whole_case import make_facts

from armslength.resolve.judged import Pair, People

WATCH = ("organisation", "Green Watch")
EMBASSY = ("government", "Chinese embassy in Lisbon")
PAGES = [page(f"Page {n} says this.", publisher=f"Paper {n}") for n in range(6)]
CLAIMS = [
    says(PAGES[0], PAGES[0].text, WATCH, value=54),
    says(PAGES[1], PAGES[1].text, WATCH, value=102),
    says(PAGES[2], PAGES[2].text, kind="site.existence", places=[LISBON]),
    says(PAGES[3], PAGES[3].text, kind="site.existence", places=[PORTO]),
    says(PAGES[4], PAGES[4].text, EMBASSY, kind="denial", act="denies"),
    says(PAGES[5], PAGES[5].text, ("person", "Ana Silva"), kind="site.existence", act="opines", places=[LISBON]),
]
CASE = Resolved(PAGES, CLAIMS)
NEVER = {4, 5}
"""The denial and the opinion."""
TWO = st.tuples(st.integers(0, 5), st.integers(0, 5)).filter(lambda two: two[0] != two[1])


def pairs(decision, *found):
    return [
        Pair(level="fact", decision=decision, one=CLAIMS[a].id, two=CLAIMS[b].id, judgement=f"{decision}-{n}", reason="So they say.")
        for n, (a, b) in enumerate(found)
    ]


def facts(*judged):
    """Facts as sets of claims by number, and the sentences about what could not be done."""
    made, refused = make_facts(CASE.readings, CASE.voices, CASE.naming, people=People(pairs=tuple(judged)))
    number = {claim.id: n for n, claim in enumerate(CLAIMS)}
    return {frozenset(number[claim] for claim in fact.claims) for fact in made}, [row.reason for row in refused if not row.doc]


ALONE = {frozenset({n}) for n in range(6)}


def test_a_chain_of_merges_does_not_reach_a_denial():
    merges = pairs("merge", (2, 3), (3, 4))
    for order in (merges, merges[::-1]):
        found, undone = facts(*order)
        assert found == {*(ALONE - {frozenset({2}), frozenset({3})}), frozenset({2, 3})}
        assert len(undone) == 1
        assert "says that it is so and the other that it is not" in undone[0]


@given(st.lists(TWO, max_size=5), st.lists(TWO, max_size=2), st.data())
def test_what_is_taken_back_leaves_what_the_others_make(merged, parted, data):
    standing = [*pairs("merge", *merged), *pairs("split", *parted)]
    found, _ = facts(*standing)
    assert sorted(n for group in found for n in group) == [0, 1, 2, 3, 4, 5]
    assert all(len(group) == 1 for group in found if group & NEVER)
    gone = data.draw(st.sampled_from(standing)) if standing else None
    rest = [row for row in standing if row is not gone]
    assert facts()[0] == ALONE
    if not parted and gone is not None:
        after, _ = facts(*rest)
        assert all(any(small <= large for large in found) for small in after), "taking a merge back never joins"
