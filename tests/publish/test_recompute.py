"""An export's conclusions follow from its own evidence, and any that do not are found. Every text is invented."""

import copy
import json

import pytest

from armslength.lineage.documents import ONE_TEXT
from armslength.publish import recompute as again
from armslength.publish.recompute import TABLES, read_export, recompute

TEXT = "Port Audit visited and counted three stations. Uni Nord interviewed neighbours: three stations. Papers say three. An expert frets."


def claim(number, quote, doc="doc1"):
    start = TEXT.index(quote)
    return {"id": f"c{number}", "doc": doc, "start": start, "end": start + len(quote), "quote": quote}


def access(number, quote, doc="doc1"):
    return {**claim(number, quote, doc), "claim": f"c{number}", "how": "went and looked"}


def edge(name, one, two, *, level="claim", kind="same_speaker", state="machine"):
    words = {"doc": "doc1", "start": 0, "end": 10, "quote": TEXT[:10]}
    return {"id": name, "from": one, "to": two, "level": level, "kind": kind, "state": state, "evidence": [words]}


def group(label, *claims, shown=(), hidden=()):
    return {"label": label, "claims": list(claims), "access": list(shown), "hidden": list(hidden)}


def fact(name, low, high, unknown, *groups, kind="quantity.site_count", opinion=False):
    claims = sorted(claim for row in groups for claim in row["claims"])
    return {
        "id": name,
        "kind": kind,
        "opinion": opinion,
        "claims": claims,
        "origins": {"min": low, "max": high, "unknown": unknown, "groups": groups},
    }


def judgement(name, target, decision, supersedes=None):
    return {"id": name, "target": target, "decision": decision, "when": "2026-01-01T00:00:00Z", "supersedes": supersedes}


@pytest.fixture
def rows():
    """Two counters on two pages, one passage that names nobody, an opinion, a publication; one edge that a reviewer took back."""
    audit = group("Port Audit", "c1", "c4", shown=[access(1, "Port Audit visited")])
    nord = group("Uni Nord", "c2", shown=[access(2, "Uni Nord interviewed neighbours", "doc2")])
    papers = group("source not named", "c3", hidden=["c3"])
    return {
        "documents": [{"id": "doc1", "text": TEXT}, {"id": "doc2", "text": TEXT}, {"id": "doc3", "text": TEXT}],
        "claims": [
            claim(1, "three stations"),
            claim(2, "three stations", "doc2"),
            claim(3, "three.", "doc3"),
            claim(4, "counted"),
            claim(5, "An expert frets"),
            claim(6, "Papers"),
        ],
        "facts": [
            fact("f1", 2, 3, 1, audit, nord, papers),
            {**fact("f2", 0, 0, 0, opinion=True), "claims": ["c5"]},
            fact("f3", 1, 1, 0, group("The publication", "c6"), kind="publication_event"),
        ],
        "lineage": [
            edge("e1", "c4", "c1"),
            edge("e2", "c2", "c1", state="disputed"),
            edge("e3", "doc3", "doc2", level="document", kind="same_organisation"),
        ],
        "judgements": [judgement("j1", "e2", "accept"), judgement("j2", "e2", "dispute", supersedes="j1")],
    }


def test_what_follows_is_fine(rows):
    found = recompute(rows)
    assert found.problems == ()
    assert (found.facts, found.spans) == (3, 6 + 3 + 2)


def change(rows, path, value):
    *way, last = path
    place = rows
    for step in way:
        place = place[step]
    place[last] = value


ORIGINS = ("facts", 0, "origins")
MUTATIONS = {
    "min": ((*ORIGINS, "min"), 3),
    "max": ((*ORIGINS, "max"), 2),
    "unknown": ((*ORIGINS, "unknown"), 0),
    "access claimed by another group": ((*ORIGINS, "groups", 2, "access"), [access(1, "Port Audit visited")]),
    "access removed": ((*ORIGINS, "groups", 1, "access"), []),
    "access misquoted": ((*ORIGINS, "groups", 1, "access", 0, "quote"), "Uni Nord visited"),
    "both accesses on one page": ((*ORIGINS, "groups", 1, "access", 0, "doc"), "doc1"),
    "a claim moved to another group": ((*ORIGINS, "groups", 0, "claims"), ["c1"]),
    "a hidden passage told to be known": ((*ORIGINS, "groups", 2, "hidden"), []),
    "an opinion that counts": (("facts", 1, "origins", "min"), 1),
    "a publication with two origins": (("facts", 2, "origins", "max"), 2),
    "a claim misquoted": (("claims", 0, "quote"), "four stations!"),
    "a claim moved": (("claims", 0, "start"), 3),
    "a document changed": (("documents", 0, "text"), TEXT.replace("three", "seven")),
    "an edge misquoted": (("lineage", 0, "evidence", 0, "quote"), "something"),
    "an edge cut": (("lineage", 0, "to"), "c9"),
    "a disputed edge that ties again": (("lineage", 1, "state"), "machine"),
    "an edge disputed by nobody": (("lineage", 0, "state"), "disputed"),
    "a judgement turned round": (("judgements", 1, "decision"), "accept"),
    "a judgement gone": (("judgements",), []),
    "two texts that are one": (("lineage", 2), edge("e3", "doc2", "doc1", level="document", kind="near_copy")),
    "a claim gone": (("claims", 5, "id"), "c7"),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_every_change_is_caught(rows, name):
    changed = copy.deepcopy(rows)
    change(changed, *MUTATIONS[name])
    assert recompute(changed).problems


def test_files_are_read_and_a_broken_one_is_named(rows, tmp_path):
    for table in TABLES:
        (tmp_path / f"{table}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows[table]), "utf-8")
    assert recompute(read_export(tmp_path)).problems == ()
    (tmp_path / "facts.jsonl").write_text("{", "utf-8")
    with pytest.raises(ValueError, match=r"facts\.jsonl is no JSON-lines file"):
        read_export(tmp_path)
    (tmp_path / "facts.jsonl").unlink()
    with pytest.raises(FileNotFoundError):
        read_export(tmp_path)


def test_what_makes_two_documents_one_text_is_the_same_here_and_in_the_program():
    assert again.ONE_TEXT == ONE_TEXT, "recompute stands alone on purpose, so it has the list a second time"
