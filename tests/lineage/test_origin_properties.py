"""What holds for every case, whatever is told by whom: order, copies, parties."""

import random

from claim_samples import LISBON, page, says
from hypothesis import given, settings
from hypothesis import strategies as st
from traced_samples import Traced

from armslength.model.facts import Origins

FILLER = " ".join(f"Line {n} tells of pier {n * 3} and the boats that lay there in week {n}." for n in range(8))
CHAINS = (
    (),
    (("unnamed", "a source"),),
    (("organisation", "Green Watch"),),
    (("report", "Green Watch report", "Green Watch"),),
    (("report", "Green Watch report", "Green Watch"), ("media", "Chinese state media", "China")),
    (("organisation", "Port Audit"),),
    (("organisation", "Port Audit"), ("unnamed", "an official")),
    (("person", "Ana Silva"),),
    (("person", "Ana Silva", "Port Audit"),),
    (("government", "Austrian police"),),
    (("government", "city audit office"),),
    (("media", "The Mole"), ("organisation", "Green Watch")),
    (("media", "The Mole"),),
)
VERBS = ("counted", "visited", "lists", "counted, citing official data,", "did not visit but names")
telling = st.tuples(st.sampled_from(CHAINS), st.sampled_from(VERBS), st.sampled_from(["The Quay", "The Mole", "Uni Nord", None]))
tellings = st.lists(st.lists(telling, min_size=1, max_size=3), min_size=1, max_size=6)


def build(pages):
    documents, claims = [], []
    for number, rows in enumerate(pages):
        lines = []
        for chain, verb, _ in rows:
            name = chain[-1][1] if chain else "It"
            lines.append(f"{name} {verb} three stations by quay {number}.{len(lines)} of the old port.")
        document = page("\n".join(lines) + f"\nThe end of page {number}.", publisher=rows[0][2])
        documents.append(document)
        claims += [
            says(document, line, *chain, value=3, measure="sites.in_city", places=[LISBON])
            for line, (chain, _, _) in zip(lines, rows, strict=True)
        ]
    return documents, claims


def only(case: Traced) -> Origins:
    assert len(case.origins) == 1
    return case.origins[0]


@given(tellings)
@settings(max_examples=60)
def test_counts_stay_within_what_can_be(pages):
    documents, claims = build(pages)
    case = Traced(documents, claims)
    found = only(case)
    parties = {case.cast.root(case.cast.by_mention[c.originator.mention].id) for c in claims}
    assert 1 <= found.min <= found.max == len(found.groups)
    assert found.min <= len(parties)
    assert found.min <= len(documents)
    assert 0 <= found.unknown <= len(claims)
    assert sorted(claim for group in found.groups for claim in group.claims) == sorted(claim.id for claim in claims)


@given(tellings, st.integers(0, 5))
@settings(max_examples=30)
def test_order_of_arrival_changes_nothing(pages, seed):
    documents, claims = build(pages)
    expected = Traced(documents, claims)
    random.Random(seed).shuffle(documents)
    random.Random(seed).shuffle(claims)
    case = Traced(documents, claims)
    assert case.origins == expected.origins
    assert case.edges == expected.edges
    assert case.between == expected.between
    assert case.relations == expected.relations


@given(tellings, st.integers(0, 5), st.sampled_from(["The Owl", "The Quay", None]))
@settings(max_examples=60)
def test_a_copy_never_raises_the_lower_end(pages, which, publisher):
    documents, claims = build(pages)
    before = only(Traced(documents, claims)).min
    number = which % len(documents)
    original = documents[number]
    copy = page(original.text + "\nPrinted again.", publisher=publisher)
    again = []
    for claim in claims:
        if claim.doc == original.id:
            chain = [(link.kind, link.name, link.by) for link in claim.attribution[1:]]
            again.append(says(copy, claim.quote, *chain, value=3, measure="sites.in_city", places=[LISBON]))
    assert only(Traced([*documents, copy], [*claims, *again])).min <= before


@given(tellings)
@settings(max_examples=30)
def test_a_retelling_without_access_of_its_own_never_raises_the_lower_end(pages):
    documents, claims = build(pages)
    before = only(Traced(documents, claims)).min
    for chain in CHAINS:
        name = chain[-1][1] if chain else "Someone"
        document = page(f"In other words, {name} names three stations in all.", publisher="The Owl")
        claim = says(document, "three stations", *chain, value=3, measure="sites.in_city", places=[LISBON])
        assert only(Traced([*documents, document], [*claims, claim])).min <= before


@given(tellings)
@settings(max_examples=30)
def test_no_groups_are_tied_by_an_edge(pages):
    documents, claims = build(pages)
    case = Traced(documents, claims)
    group = {claim: number for number, row in enumerate(only(case).groups) for claim in row.claims}
    assert all(group[edge.from_id] == group[edge.to_id] for edge in case.edges)
    texts = {document.id: document.text for document in documents}
    for edge in [*case.edges, *case.between]:
        assert edge.why
        assert all(texts[span.doc][span.start : span.end] == span.quote for span in edge.evidence)
    assert all(len({span.doc for span in edge.evidence}) >= 1 for edge in case.edges)
