"""Reviewers, decisions, ledgers, findings and imports from the command line, one after the other on one small case."""

import json
import shutil

import pytest
from lxml import html
from starlette.testclient import TestClient

from armslength.store.case import open_case
from armslength.web.app import create_app

PERSON = "Person 7K"


@pytest.fixture(autouse=True)
def keys(tmp_path, monkeypatch):
    monkeypatch.setenv("ARMSLENGTH_KEYS", str(tmp_path / "keys"))
    monkeypatch.delenv("ARMSLENGTH_REVIEWER", raising=False)
    return tmp_path / "keys" / "reviewers"


@pytest.fixture
def case(case, command):
    for who in ("heron", "finch"):
        assert command("reviewer", "add", case, who).code == 0
    return case


def by(who="heron", reason="Looked at it."):
    return "--reviewer", who, "--reason", reason


def test_a_reviewer_is_added_listed_and_retired(command, case, keys):
    assert len(list(keys.glob("*.pem"))) == 2
    rows = command("reviewer", "list", case, "--json").json
    assert [(row["who"], row["here"]) for row in rows] == [("finch", True), ("heron", True)]
    assert "key on this machine" in command("reviewer", "list", case).out
    told = command("reviewer", "retire", case, rows[0]["key"][:6], *by())
    assert "of finch is retired" in told.out
    assert command("decide", "accept", case, "1111", *by("finch")).code == 2
    assert "reviewer add" in command("decide", "accept", case, "1111", *by("gull")).err


def test_a_passphrase_is_read_from_a_file(command, case, tmp_path, monkeypatch):
    (tmp_path / "words").write_text("five grey herons wade\n")
    monkeypatch.setenv("ARMSLENGTH_REVIEWER_PASSPHRASE_FILE", str(tmp_path / "words"))
    assert command("reviewer", "add", case, "gull", "--passphrase").code == 0
    assert command("decide", "protect", case, PERSON, "--ground", "danger", *by("gull")).code == 0
    monkeypatch.delenv("ARMSLENGTH_REVIEWER_PASSPHRASE_FILE")
    assert "nobody to ask" in command("decide", "protect", case, PERSON, "--ground", "child", *by("gull")).err


def test_the_ledgers_are_entered_listed_and_fall_due(command, case):
    entered = [
        ("status", case, PERSON, "charged", "--charge", "fraud", "--forum", "Crown Court", "--date", "2026-01"),
        ("consent", case, PERSON, "publish", "--given", "--date", "2026-01-01", "--until", "2027-01-01"),
        ("reply", case, "aaaa", "--to", "dddd", "--channel", "email", "--asked", "2026-01-01"),
        ("request", case, "aaaa", "--kind", "rectify", "--received", "2026-01-01"),
        ("restrict", case, PERSON, "--forum", "High Court", "--since", "2026-01-01"),
        ("retain", case, PERSON, "--until", "2026-02-01", "--then", "shred"),
        ("disclose", case, PERSON, "--role", "minister"),
    ]
    for one in entered:
        told = command("decide", *one, *by())
        assert (told.code, told.err) == (0, ""), one
        assert "Ferrer" not in told.out
    assert "not a conviction" in command("list", "ledger", case).out
    assert len(command("list", "ledger", case, "--json").json) == len(entered)
    assert command("list", "ledger", case, "--as-of", "2020-01-01").out == "Nothing is entered in the ledgers of this case.\n"
    assert "Harbour Institute was asked for a reply" in command("list", "replies", case).out
    assert "asks to rectify; open" in command("list", "requests", case).out
    due = [row["ledger"] for row in command("due", case, "--day", "2026-02-01", "--json").json]
    assert sorted(due) == ["reply", "request", "retain"]
    assert "OVERDUE" in command("due", case, "--day", "2026-02-02").out
    assert command("due", case, "--day", "2025-12-01").out == "Nothing is due.\n"
    assert command("due", case, "--day", "soon").code == 2
    done = command(
        "decide", "request", case, "aaaa", "--kind", "rectify", "--decided", "2026-01-20", "--outcome", "refused", *by(), "--json"
    ).json
    assert done["entry"]["received"] == "2026-01-01"
    assert command("decide", "request", case, "aaaa", "--kind", "remove", "--outcome", "refused", *by()).code == 2
    two = command("decide", "disclose", case, PERSON, "--role", "minister", *by("finch"))
    assert "Two reviewers agree" in two.out
    everything = "".join(command("list", kind, case).out for kind in ("ledger", "requests", "replies", "judgements"))
    assert "Ferrer" not in everything


def test_a_name_is_refused_before_it_reaches_the_log(command, case):
    told = command("decide", "protect", case, PERSON, "--ground", "danger", *by(reason="Ada Ferrer asked us."))
    assert (told.code, "Ferrer" in told.err) == (2, False)
    assert "'Person 7K'" in told.err


def test_a_finding_is_proposed_and_seconded(command, case):
    row = command(
        "decide", "finding", case, "aaaa", "--standard", "STD.grounds", "--statement", "It ran.", "--for", "1111", "--against", "2222", *by(), "--json"
    ).json  # fmt: skip
    assert "waits for a second" in command("list", "findings", case).out
    assert command("decide", "second", case, row["id"][:12], *by()).code == 2
    assert "A finding of heron and finch" in command("decide", "second", case, row["id"][:12], *by("finch")).out
    assert command("list", "findings", case, "--json").json[0]["second_reviewer"] == "finch"


def test_judgements_of_another_copy_are_looked_at_brought_and_taken_back(command, case, tmp_path):
    shutil.copytree(case, tmp_path / "copy")
    assert command("decide", "protect", tmp_path / "copy", PERSON, "--ground", "danger", *by("finch")).code == 0
    seen = command("decide", "import", case, tmp_path / "copy", "--dry-run", *by())
    assert "1 judgement would come in; 2 are known here already." in seen.out
    assert command("decide", "protect", case, PERSON, "--ground", "child", *by()).code == 0
    came = command("decide", "import", case, tmp_path / "copy", *by())
    assert "In conflict" in came.out
    assert len(command("list", "conflicts", case, "--json").json) == 2
    (batch,) = command("list", "imports", case, "--json").json
    assert "Taken back" in command("decide", "import", case, "--undo", batch["id"][:12], *by()).out
    assert command("list", "conflicts", case).out == "No judgements are in conflict.\n"
    assert "taken back" in command("list", "imports", case).out
    assert command("decide", "import", case, *by()).code == 2
    assert command("verify", case).code == 0


def test_what_stands_beside_a_fact_is_shown_with_it(command, case):
    command("decide", "status", case, PERSON, "charged", "--charge", "fraud", "--forum", "Crown Court", "--date", "2026-01", *by())
    told = command("show", "fact", case, "aaaa").out
    assert "Person 7K has been charged with fraud (Crown Court, 2026-01), which is not a conviction." in " ".join(told.split())
    with TestClient(create_app(open_case(case)), base_url="http://127.0.0.1") as client:
        page = " ".join(html.fromstring(client.get(f"/facts/{'a' * 64}").text).text_content().split())
    assert "In fairness Person 7K has been charged with fraud (Crown Court, 2026-01), which is not a conviction." in page
    assert command("export", case, "--to", case.parent / "out").code == 0
    rows = [json.loads(line) for line in (case.parent / "out" / "judgements.jsonl").read_text("utf-8").splitlines()]
    assert all(row["signature"] and row["whole"] for row in rows)
