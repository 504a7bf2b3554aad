"""What people decide about edges changes the count, and nothing is lost. Every text is invented."""

import json

import pytest
from claim_samples import LISBON, page, says
from traced_samples import Traced

from armslength.lineage.judged import edge_id, judged, without_target
from armslength.model.decisions import Judgement, standing

CITY = {"value": 3, "measure": "sites.in_city", "places": [LISBON]}


def judgement(target, decision, *, at=1, value="", supersedes=""):
    when = f"2026-01-02T03:04:{at:02d}Z"
    return Judgement(
        id=f"{at}{decision}", target=target, decision=decision, reason="why", who="heron", when=when, value=value, supersedes=supersedes
    )


def two_namesakes(*judgements):
    a = page("Ana Silva of Port Audit counted three stations.")
    b = page("Silva, who visited, counted three stations.", publisher="The Mole")
    claims = [says(a, "counted three stations", ("person", "Ana Silva"), act="testifies", **CITY)]
    claims += [says(b, "counted three stations", ("person", "Silva"), act="testifies", **CITY)]
    return Traced([a, b], claims, *judgements), claims


def count(case, claims):
    found = case.of(claims[0])
    return found.min, found.max, found.unknown


def test_a_disputed_edge_ties_nothing_and_stays_to_be_seen():
    case, claims = two_namesakes()
    assert count(case, claims) == (1, 1, 0)
    (edge,) = case.edges
    after, claims = two_namesakes(judgement(edge.id, "dispute"))
    assert count(after, claims) == (2, 2, 0)
    assert [(row.id, row.state) for row in after.edges] == [(edge.id, "disputed")]


def test_a_later_judgement_takes_the_place_of_an_earlier_one_even_in_the_same_second():
    case, _ = two_namesakes()
    target = case.edges[0].id
    first = judgement(target, "dispute", at=1)
    second = judgement(target, "accept", at=1, supersedes=first.id)
    after, claims = two_namesakes(second, first)
    assert standing([second, first]) == [second]
    assert count(after, claims) == (1, 1, 0)
    assert [row.state for row in after.edges] == ["confirmed"]


def of_one_voice(number, *judgements):
    """Pages that each have it from one body, so that all are tied to the first."""
    documents = [page(f"Paper {n}: Green Watch lists {n + 1} piers and three stations.", publisher=f"Paper {n}") for n in range(number)]
    claims = [says(document, "three stations", ("organisation", "Green Watch"), **CITY) for document in documents]
    return Traced(documents, claims, *judgements), claims


def test_disputing_the_tie_to_the_first_does_not_loosen_the_others_from_each_other():
    case, _ = of_one_voice(4)
    hub = {end for end in (case.edges[0].from_id, case.edges[0].to_id) if all(end in (row.from_id, row.to_id) for row in case.edges)}
    assert len(case.edges) == 3
    assert len(hub) == 1
    after, claims = of_one_voice(4, *(judgement(edge.id, "dispute", at=n) for n, edge in enumerate(case.edges, start=1)))
    found = after.of(claims[0])
    assert found.max == 2
    assert sorted(len(group.claims) for group in found.groups) == [1, 3]


def test_one_of_several_ties_that_is_disputed_leaves_the_others():
    case, claims = of_one_voice(3)
    after, claims = of_one_voice(3, judgement(case.edges[0].id, "reject"))
    assert after.of(claims[0]).max == 1


def test_a_hidden_passage_hangs_on_the_next_reason_when_the_first_is_disputed():
    def made(*judgements):
        a = page("Green Watch lists three stations. Papers say there are three stations.")
        b = page("Port Audit lists three stations.", publisher="The Mole")
        claims = [says(a, "Green Watch lists three stations", ("organisation", "Green Watch"), **CITY)]
        claims += [says(a, "there are three stations", ("unnamed", "Papers"), **CITY)]
        claims += [says(b, "lists three stations", ("organisation", "Port Audit"), **CITY)]
        return Traced([a, b], claims, *judgements), claims

    case, claims = made()
    assert count(case, claims) == (1, 2, 0)
    held = next(row for row in case.edges if claims[1].id in (row.from_id, row.to_id))
    after, claims = made(judgement(held.id, "dispute"))
    assert count(after, claims) == (1, 2, 0)
    ties = {row.id: row.state for row in after.edges if claims[1].id in (row.from_id, row.to_id)}
    assert sorted(ties.values()) == ["disputed", "machine"]
    alone, claims = made(*(judgement(edge, "dispute", at=n) for n, edge in enumerate(sorted(ties), start=1)))
    assert count(alone, claims) == (1, 3, 1)


def added(level, kind, one, two):
    value = json.dumps({"level": level, "kind": kind, "from": max(one, two), "to": min(one, two), "evidence": []})
    return judgement(edge_id(level, kind, one, two), "add", value=value)


def apart(*judgements):
    a = page("The auditors of Port Audit visited every address. Port Audit counted three stations.")
    b = page("Uni Nord interviewed neighbours and counted three stations.", publisher="The Mole")
    claims = [says(a, "counted three stations", ("organisation", "Port Audit"), **CITY)]
    claims += [says(b, "counted three stations", ("organisation", "Uni Nord"), **CITY)]
    return Traced([a, b], claims, *judgements), claims, (a.id, b.id)


@pytest.mark.parametrize(("level", "kind"), [("claim", "same_speaker"), ("document", "translation")])
def test_an_edge_that_only_people_know_of_joins_what_stood_apart(level, kind):
    case, claims, documents = apart()
    assert count(case, claims) == (2, 2, 0)
    ends = documents if level == "document" else tuple(claim.id for claim in claims)
    edge = added(level, kind, *ends)
    after, claims, _ = apart(edge)
    assert count(after, claims) == (1, 1, 0)
    assert edge.target in {row.id for row in (*after.edges, *after.between)}
    taken_back, claims, _ = apart(edge, judgement(edge.target, "dispute", at=2, supersedes=edge.id))
    assert count(taken_back, claims) == (2, 2, 0)


def test_a_judgement_whose_edge_is_gone_is_named():
    people = judged([judgement("no such edge", "dispute"), added("claim", "citation", "x", "y")])
    assert without_target(people, [], frozenset({"x"})) == sorted(["no such edge", edge_id("claim", "citation", "x", "y")])


def test_the_order_of_judgements_changes_nothing():
    case, _ = of_one_voice(4)
    rows = [
        judgement(edge.id, decision, at=n)
        for n, (edge, decision) in enumerate(zip(case.edges, ("dispute", "accept", "reject"), strict=True))
    ]
    one, _ = of_one_voice(4, *rows)
    two, _ = of_one_voice(4, *reversed(rows))
    assert (one.edges, one.origins) == (two.edges, two.origins)
