"""No edge raises a count, and no dependent copy does: printed again, cut, told in other words, translated. Whatever is told by whom."""

import random

from claim_samples import page, says
from hypothesis import given, settings
from hypothesis import strategies as st
from traced_samples import Traced

from armslength.lineage.documents import one_text
from armslength.lineage.edges import make_edge
from armslength.lineage.origins import count_origins
from armslength.lineage.routes import route_of
from armslength.lineage.texts import Texts

CHAINS = (
    (),
    (("unnamed", "an official"),),
    (("organisation", "Green Watch"),),
    (("organisation", "Port Audit"),),
    (("organisation", "Uni Nord"),),
    (("person", "Ana Silva"),),
    (("media", "The Mole"), ("organisation", "Port Audit")),
    (("media", "The Owl"), ("organisation", "Port Audit")),
)
LEADS = (
    "{who} counted {n} stations by quay {k}.",
    "{who} visited and gives {n} stations for quay {k}.",
    "On a walk along quay {k}, {who} photographed {n} stations.",
    "For quay {k}, {who} has {n} stations by its own tally.",
    "{who} told The Mole of {n} stations near quay {k}.",
    "{who} observed {n} oveseas stations along quay {k}.",
    "{who} inspected {n} stations, “which keep their blinds down all day”, quay {k}.",
    "By its own count, says {who}, {n} stations “let nobody in … who does not give at once the name of a county” at quay {k}.",
    "{who} surveyed {n} stations that “let nobody in by night who does not give the name of some county”, quay {k}.",
    "{who} counted {n} stations at quay {k}, citing others.",
)
RETOLD = (
    "By quay {k}, {who} has it, stand {n} stations.",
    "At quay {k} are {n} stations, to go by {who}.",
    "{who}: {n} stations, quay {k}.",
)
SPANISH = "Según {who}, hay {n} stations en el muelle {k}."
PUBLISHERS = ("The Quay", "The Mole", "Green Watch", "Uni Nord", None)
telling = st.tuples(st.sampled_from(CHAINS), st.sampled_from(LEADS))
pages = st.tuples(
    st.lists(telling, min_size=1, max_size=3), st.sampled_from(PUBLISHERS), st.sampled_from([None, "2022-03-01", "2022-03-04"])
)
cases = st.tuples(st.sampled_from([2350, 54]), st.lists(pages, min_size=1, max_size=5))


def written(lines, publisher, published):
    """A page with a claim on each line: (words, chain, number)."""
    document = page("\n".join(words for words, _, _ in lines), publisher=publisher, published=published)
    claims = [says(document, words, *chain, value=number, measure="sites.worldwide") for words, chain, number in lines]
    return document, claims


def lines_of(rows, number, k):
    def line(at, chain, lead):
        return lead.format(who=chain[-1][1] if chain else "It", n=number, k=f"{k}.{at}"), chain, number

    return [line(at, chain, lead) for at, (chain, lead) in enumerate(rows)]


def build(case):
    number, rows = case
    made = [written(lines_of(tellings, number, k), publisher, published) for k, (tellings, publisher, published) in enumerate(rows)]
    spelt = [page(f"Paper {n}: overseas matters cost {n} crowns.", publisher=f"Paper {n}") for n in (71, 72, 73)]
    others = [says(document, "crowns", value=71, measure="money", unit="crown") for document in spelt]
    return [*(document for document, _ in made), *spelt], [*(claim for _, claims in made for claim in claims), *others]


def least(documents, claims):
    """Claim to the lower end of its fact."""
    case = Traced(documents, claims)
    return {claim: row.min for fact in case.facts for row in case.origins if row.id == fact.id for claim in fact.claims}


@given(
    cases,
    st.sampled_from(["printed again", "cut", "retold", "retold without its source", "translated"]),
    st.integers(0, 4),
    st.integers(0, 2),
)
@settings(max_examples=120, deadline=None)
def test_a_dependent_copy_never_raises_a_lower_end(case, how, which, way):
    number, rows = case
    documents, claims = build(case)
    before = least(documents, claims)
    k = which % len(rows)
    tellings, _, published = rows[k]
    lines = lines_of(tellings, number, k)
    if how == "cut":
        lines = lines[-1:]
    elif how.startswith("retold"):
        chains = [chain if how == "retold" else () for chain, _ in tellings]
        leads = [RETOLD[(at + way) % len(RETOLD)] for at in range(len(tellings))]
        lines = lines_of(list(zip(chains, leads, strict=True)), number, k)
    elif how == "translated":
        lines = lines_of([(chain, SPANISH) for chain, _ in tellings], number, k)
    document, again = written([(words, chain, n) for words, chain, n in lines], "The Owl", published)
    after = least([*documents, document], [*claims, *again])
    assert all(after[claim] <= before[claim] for claim in before)


@given(cases, st.integers(0, 9))
@settings(max_examples=80, deadline=None)
def test_taking_edges_away_never_lowers_a_count_so_no_edge_raises_one(case, seed):
    documents, claims = build(case)
    traced = Traced(documents, claims)
    routes = {claim.id: route_of(claim, traced.cast) for claim in claims}
    texts = Texts(text_of=one_text((d.id for d in documents), traced.between), edges={})
    chance = random.Random(seed)
    for fact in traced.facts:
        mine = [routes[claim] for claim in fact.claims]
        edges = [edge for edge in traced.edges if {edge.from_id, edge.to_id} <= set(fact.claims)]
        full = count_origins(fact, mine, edges, traced.cast, texts)
        fewer = count_origins(fact, mine, [edge for edge in edges if chance.random() < 0.6], traced.cast, texts)
        assert full.min <= fewer.min
        assert full.max <= fewer.max
        if len(mine) > 1:
            one, two = chance.sample(mine, 2)
            more = count_origins(fact, mine, [*edges, make_edge("common_source", one, two, "why", traced.cast)], traced.cast, texts)
            assert more.min <= full.min


@given(cases)
@settings(max_examples=60, deadline=None)
def test_every_edge_shows_words_on_both_sides(case):
    documents, claims = build(case)
    traced = Traced(documents, claims)
    texts = {document.id: document.text for document in documents}
    doc = {claim.id: claim.doc for claim in claims}
    for edge in traced.edges:
        assert edge.why.endswith(".")
        assert {doc[edge.from_id], doc[edge.to_id]} <= {span.doc for span in edge.evidence}
        assert all(texts[span.doc][span.start : span.end] == span.quote != "" for span in edge.evidence)
