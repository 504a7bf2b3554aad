"""`decide claim`, `divide`, `chain`, `undo` on a real case: what they say, as text and as JSON, and what they refuse."""

from __future__ import annotations

import json

import pytest

from pipeline.reviewer_hands import reviewed_case

PAGES = {"one.txt": "What the survey found\n\nThe Harbour Watch survey put the tally of posts at 12.\n"}
BY = ("--reviewer", "heron", "--reason", "The reader missed it.")
SAID = ("--words", "the tally of posts at 12", "--kind", "site.existence", "--measure", "sites.worldwide", "--value", "12")


@pytest.fixture
def case(tmp_path, monkeypatch):
    monkeypatch.setenv("ARMSLENGTH_KEYS", str(tmp_path / "keys"))
    return reviewed_case(tmp_path, PAGES) / "case"


@pytest.fixture
def by(case, tmp_path, monkeypatch):
    (tmp_path / "keys").mkdir(exist_ok=True)
    (tmp_path / "reviewers").rename(tmp_path / "keys" / "reviewers")
    return BY


def test_a_claim_is_added_divided_read_with_another_chain_and_taken_back(command, case, by):
    doc = found_document(command, case)
    told = command("decide", "claim", case, doc[:12], *SAID, *by)
    assert (told.code, told.err) == (0, "")
    assert "Added. Judgement" in told.out
    assert "Now: " in told.out
    (row,) = command("list", "claims", case, "--json").json
    chained = command("decide", "chain", case, row["id"][:12], "--voice", "report=Harbour Watch survey", *by, "--json").json
    assert chained["judgement"]["decision"] == "add", "a claim that was added is added again with its chain"
    parts = [json.dumps({"quote": "The Harbour Watch survey", "kind": kind}) for kind in ("site.existence", "site.operator")]
    divided = command("decide", "divide", case, row["id"], "--part", parts[0], "--part", parts[1], *by, "--json").json
    assert divided["judgement"]["decision"] == "reject"
    assert len(command("list", "claims", case, "--json").json) == 3
    assert command("decide", "undo", case, divided["judgement"]["id"][:12], *by).code == 0
    assert len(command("list", "claims", case, "--json").json) == 1


def found_document(command, case):
    command("export", case, "--to", case.parent / "out")
    (line,) = (case.parent / "out" / "documents.jsonl").read_text("utf-8").splitlines()
    return json.loads(line)["id"]


@pytest.mark.parametrize(
    ("part", "said"),
    [("{", "no claim as JSON"), ('{"kind": "site", "colour": "red"}', "no field colour"), ('{"kind": 3}', "no claim as JSON")],
)
def test_a_part_that_is_none_is_refused(command, case, by, part, said):
    doc = found_document(command, case)
    command("decide", "claim", case, doc, *SAID, *by)
    (row,) = command("list", "claims", case, "--json").json
    told = command("decide", "divide", case, row["id"], "--part", part, "--part", part, *by)
    assert (told.code, said in told.err) == (2, True)


def test_a_stretch_is_two_numbers(command, case, by):
    told = command("decide", "claim", case, found_document(command, case), "--at", "4 to 9", "--kind", "site.existence", *by)
    assert (told.code, "START-END" in told.err) == (2, True)
