"""What hangs on one edge or passage: the count said beforehand is the count that comes of it. Every text is invented."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from claim_samples import LISBON, page, says
from hypothesis import given
from hypothesis import strategies as st
from test_judged_edges import judgement, two_namesakes
from traced_samples import Traced

from armslength.lineage.claims import Texts
from armslength.lineage.documents import ONE_TEXT, one_text
from armslength.lineage.hinges import DOUBT, GONE, LARGE, TWO_NAMES, bridges, doubt_of, hinges, joined
from armslength.lineage.tables import tables_of
from armslength.lineage.tracing import Some
from armslength.model.facts import LineageEdge
from armslength.model.ontology import load

CITY = {"value": 3, "measure": "sites.in_city", "places": [LISBON]}
COPIED = (
    "Port Audit, an association of dock workers, said on Monday that it had counted three police stations in Lisbon. Its members visited each "
    "of them twice, spoke with shopkeepers of the street and photographed the plates beside the doors. "
)


def some(case, claims):
    ids = [row.id for row in case.cast.documents]
    edges = {frozenset({row.from_id, row.to_id}): row for row in case.between if row.kind in ONE_TEXT and row.state != "disputed"}
    texts = Texts(text_of=one_text(ids, case.between), edges=edges)
    return Some(facts=case.facts, claims={row.id: row for row in claims}, cast=case.cast, texts=texts, tables=tables_of(claims, case.cast))


def weigh(case, claims, **given):
    count = {row.id: row for row in case.origins}
    standing = {
        fact.id: (count[fact.id], [row for row in case.edges if {row.from_id, row.to_id} <= set(fact.claims)]) for fact in case.facts
    }
    return list(hinges(some(case, claims), case.people, standing, **given))


def test_an_edge_says_what_disputing_it_comes_to():
    case, claims = two_namesakes()
    (found,) = weigh(case, claims)
    assert (found.low, found.high) == (1, 1)
    (edge,) = [row for row in found.found if row.level == "claim"]
    assert (edge.row, edge.kind, edge.doubt) == (case.edges[0].id, "same_speaker", TWO_NAMES)
    after, claims = two_namesakes(judgement(edge.row, "dispute"))
    assert (after.of(claims[0]).min, after.of(claims[0]).max) == (edge.low, edge.high) == (2, 2)


def test_an_edge_that_people_judged_is_not_asked_about_again():
    case, _ = two_namesakes()
    for decision in ("accept", "dispute"):
        after, claims = two_namesakes(judgement(case.edges[0].id, decision))
        (found,) = weigh(after, claims)
        assert [row for row in found.found if row.level == "claim"] == []


def test_two_passages_tied_twice_hang_on_neither_edge():
    a, b = (page(f"{place}: Port Audit counted three stations, it said.", publisher=f"The {place}") for place in ("Mole", "Quay"))
    claims = [says(doc, "counted three stations", ("organisation", "Port Audit"), **CITY) for doc in (a, b)]
    case = Traced([a, b], claims)
    pairs = [{row.from_id, row.to_id} for row in case.edges]
    found = {row.row for one in weigh(case, claims) for row in one.found}
    for edge in case.edges:
        assert (edge.id in found) <= (pairs.count({edge.from_id, edge.to_id}) == 1)


def test_a_text_says_what_its_copy_s_loss_comes_to():
    one = page(f"{COPIED}Lisbon is a port.", publisher="The Quay", published="2025-01-01")
    two = page(f"{COPIED}The town is old.", publisher="The Mole", published="2025-01-02")
    claims = [
        says(doc, "counted three police stations", ("organisation", name), **CITY) for doc, name in ((one, "Port Audit"), (two, "Dockers"))
    ]
    case = Traced([one, two], claims)
    (between,) = [row for row in case.between if row.kind in ONE_TEXT]
    (found,) = weigh(case, claims)
    edges = [row for row in found.found if row.level == "document"]
    without = Traced([one, two], claims, judgement(between.id, "dispute"))
    after = without.of(claims[0])
    assert [(row.row, row.low, row.high) for row in edges] == [(between.id, after.min, after.max)]
    assert (after.min, after.max) != (found.low, found.high)


def test_a_passage_says_what_its_rejection_comes_to_and_an_accepted_one_is_not_tried():
    a = page("Port Audit visited and counted three stations.")
    b = page("Harbour Watch visited and counted three stations.", publisher="The Mole")
    claims = [says(a, "counted three stations", ("organisation", "Port Audit"), **CITY)]
    claims += [says(b, "counted three stations", ("organisation", "Harbour Watch"), **CITY)]
    case = Traced([a, b], claims)
    now = case.of(claims[0])
    (found,) = weigh(case, claims)
    passages = {row.row: (row.low, row.high) for row in found.found if row.level == "passage"}
    alone = Traced([a], claims[:1]).of(claims[0])
    assert (now.min, now.max) != (alone.min, alone.max)
    assert passages == {claim.id: (alone.min, alone.max) for claim in claims}
    (again,) = weigh(case, claims, looked_at={claims[0].id})
    assert {row.row for row in again.found if row.level == "passage"} == {claims[1].id}


def test_a_fact_of_one_passage_and_an_opinion_are_not_weighed():
    a = page("Port Audit counted three stations.")
    claims = [says(a, "counted three stations", ("organisation", "Port Audit"), **CITY)]
    assert weigh(Traced([a], claims), claims) == []
    assert GONE < 0 < LARGE


def test_two_facts_joined_have_the_count_of_one_fact():
    a = page("Port Audit visited and counted three stations.")
    b = page("Harbour Watch visited and counted three stations.", publisher="The Mole")
    claims = [says(a, "counted three stations", ("organisation", "Port Audit"), **CITY)]
    claims += [says(b, "counted three stations", ("organisation", "Harbour Watch"), **CITY)]
    case = Traced([a, b], claims)
    (whole,) = case.facts
    from dataclasses import replace

    halves = [replace(whole, id=name, claims=(row.id,), documents=(row.doc,)) for name, row in (("x", claims[0]), ("y", claims[1]))]
    found = joined(halves, some(case, claims), case.people)
    assert (found.min, found.max, found.unknown) == (case.of(claims[0]).min, case.of(claims[0]).max, case.of(claims[0]).unknown)


def test_every_kind_of_edge_has_a_doubt_and_an_order_is_all_it_makes():
    assert set(load().codes("lineage_kinds")) == set(DOUBT)
    assert all(0 < doubt < 1 for doubt in DOUBT.values())
    case, _ = two_namesakes()
    assert doubt_of(case.edges[0]) == DOUBT["same_speaker"], "without its passages nothing tells that the names only fit"


def parts(nodes, pairs):
    left = set(nodes)
    count = 0
    while left:
        count += 1
        frontier = {left.pop()}
        while frontier:
            here = frontier.pop()
            near = {two for pair in pairs if here in pair for two in pair} & left
            left -= near
            frontier |= near
    return count


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")).filter(lambda pair: pair[0] != pair[1]), max_size=12))
def test_bridges_are_the_pairs_whose_loss_makes_one_part_more(pairs):
    nodes = {node for pair in pairs for node in pair}
    whole = parts(nodes, pairs)
    told = {frozenset(pair) for place, pair in enumerate(pairs) if parts(nodes, pairs[:place] + pairs[place + 1 :]) > whole}
    found = bridges(pairs, "abc")
    assert found.keys() == told
    for bridge, sides in found.items():
        (place,) = [place for place, pair in enumerate(pairs) if frozenset(pair) == bridge]
        rest = pairs[:place] + pairs[place + 1 :]
        assert sorted(sides) == sorted(len(reached(end, rest) & set("abc")) for end in bridge)


def reached(start, pairs):
    found, more = {start}, {start}
    while more:
        more = {two for pair in pairs if set(pair) & more for two in pair} - found
        found |= more
    return found


@given(
    st.sets(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")).filter(lambda pair: pair[0] < pair[1]), min_size=1, max_size=9)
)
def test_texts_without_an_edge_are_as_if_it_had_never_been(pairs):
    rows = [
        LineageEdge(id=one + two, from_id=one, to_id=two, level="document", kind="excerpt", evidence=(), why="")
        for one, two in sorted(pairs)
    ]
    texts = texts_of(rows)
    for gone in rows:
        left = texts_of([row for row in rows if row is not gone])
        found = texts.without(gone)
        assert (found.text_of, found.edges) == (left.text_of, left.edges)


def texts_of(rows):
    return Texts(text_of=one_text("abcdef", rows), edges={frozenset({row.from_id, row.to_id}): row for row in rows})


@pytest.mark.parametrize("size", [2, 5])
def test_in_a_ring_nothing_is_a_bridge_and_in_a_chain_everything(size):
    names = [str(number) for number in range(size + 1)]
    chain = list(pairwise(names))
    assert bridges(chain).keys() == {frozenset(pair) for pair in chain}
    assert bridges([*chain, (names[-1], names[0])]).keys() == (set() if size > 1 else {frozenset(chain[0])})
    assert bridges(list(combinations(names, 2))).keys() == (set() if size > 1 else {frozenset(chain[0])})
