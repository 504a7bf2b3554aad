"""Facts of the hand-coded sets: what must stay apart stays apart, opinions count nothing, no fact has more origins than its coders saw.

`zeta` and `iota` are held back and are not looked at here.
"""

import json
from itertools import combinations
from pathlib import Path

import pytest

from armslength.base.clock import SystemClock
from armslength.base.settings import Settings
from armslength.model.claims import Claim
from armslength.model.evidence import Document
from armslength.model.facts import Fact, Origins
from armslength.pipeline.building import build
from armslength.pipeline.evaluation.gold import read_gold
from armslength.pipeline.evaluation.matching import pair
from armslength.store.case import open_case
from armslength.store.read import reading

GOLD = Path(__file__).parents[2] / "bench" / "gold"
JOINED = {"alpha": 9, "beta": 4, "gamma": 7, "delta": 9, "epsilon": 1, "eta": 0, "theta": 0}
"""Pairs of claims that coders hold to be one fact and the program makes one: a floor, which only rises."""
DIFFERENT = frozenset(
    {
        "near_miss_not_same", "supersedes", "supersedes_rank", "compatible_subset", "later_development", "denies", "denies_link_of",
        "contradicts", "contradicts_modality", "tension", "response_to_incident",
    }
)  # fmt: skip
"""What coders say of two claims that are two facts."""


@pytest.fixture(scope="module", params=sorted(JOINED))
def found(request, tmp_path_factory):
    """The gold file as it is, gold claim to claim, claim to fact, facts and their least number of origins."""
    folder = GOLD / request.param
    case = tmp_path_factory.mktemp("facts") / "case"
    told = {file: json.loads(file.with_suffix(".meta.json").read_text("utf-8")) for file in sorted(folder.glob("*.txt"))}
    manifest = case.parent / "manifest.csv"
    rows = [f"{file.name},{meta['publisher']},{meta['published']}" for file, meta in told.items()]
    manifest.write_text("\n".join(("file,publisher,published", *rows)), "utf-8")
    build(case, sorted(told), settings=Settings(), clock=SystemClock(), manifest=manifest)
    data = (folder / "gold.json").read_bytes()
    gold = read_gold(data, name="gold.json")
    with reading(open_case(case)) as reader:
        documents = {Path(row.appearances[0].file).name: row for row in reader.all(Document)}
        claims, facts = reader.all(Claim), reader.all(Fact)
        least = {row.id: row.min for row in reader.all(Origins)}
    read = {}
    for one in gold.documents:
        document = documents[Path(one.file).name]
        marked, mine = [row for row in gold.claims if row.doc == one.id], [row for row in claims if row.doc == document.id]
        pairs, _ = pair(marked, mine, document.text, chars=one.chars)
        read |= {marked[a].id: mine[b].id for a, b in pairs.items()}
    return request.param, json.loads(data), read, {claim: row.id for row in facts for claim in row.claims}, least


def one_fact(read, fact_of, a, b):
    first, second = (fact_of.get(read.get(name)) for name in (a, b))
    return first is not None and first == second


def test_what_coders_hold_apart_stays_apart(found):
    _, gold, read, fact_of, _ = found
    wrong = [row for row in gold["claim_pairs"] if row["relation"] in DIFFERENT and one_fact(read, fact_of, row["a"], row["b"])]
    assert wrong == []


def test_what_coders_hold_to_be_one_is_found_no_less_often(found):
    name, gold, read, fact_of, _ = found
    same = [row for row in gold["claim_pairs"] if row["relation"].startswith("same_claim")]
    assert sum(one_fact(read, fact_of, row["a"], row["b"]) for row in same) >= JOINED[name]


def test_claims_of_no_common_cluster_are_not_joined(found):
    _, gold, read, fact_of, _ = found
    related = {frozenset((row["a"], row["b"])) for row in gold["claim_pairs"]}
    related |= {frozenset(two) for row in gold["clusters"] for two in combinations(row["members"], 2)}
    wrong = [two for two in combinations(sorted(read), 2) if one_fact(read, fact_of, *two) and frozenset(two) not in related]
    assert wrong == []


def test_opinions_count_nothing_and_no_fact_counts_more_than_its_coders_saw(found):
    _, gold, read, fact_of, least = found
    cluster = {member: row for row in gold["clusters"] for member in row["members"]}
    marked = {row["id"]: row for row in gold["claims"]}
    members = {}
    for name, claim in read.items():
        if claim in fact_of:
            members.setdefault(fact_of[claim], []).append(name)
    for fact, names in members.items():
        told = [name for name in names if marked[name]["salience"] != "opinion" and not cluster.get(name, {}).get("opinion")]
        seen = max((cluster.get(name, {}).get("independent_origin_count", 1) for name in told), default=0)
        assert least[fact] <= seen, names
