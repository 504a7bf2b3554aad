"""`explain`, `evaluate` and `build --reader model` from the command line to what is stored."""

from __future__ import annotations

import hashlib
import json

import pytest

from armslength.model.claims import Claim
from armslength.model.custody import LogEntry
from armslength.store.case import open_case
from armslength.store.read import reading
from extract.model_server import claim, raw, says, scripted, voice

TEXT = (
    "Police desks abroad\n\n"
    "A report by Harbour Watch said that at least 14 overseas police stations run from Ruritania operate in Norway and Denmark.\n\n"
    "The Norwegian police opened an investigation into the station in Oslo in March 2023. The embassy denied the report.\n"
)
COUNT = "at least 14 overseas police stations run from Ruritania operate in Norway and Denmark"
ANSWER = says(
    claim(
        COUNT, "quantity.site_count", voices=[voice("A report by Harbour Watch")],
        number={"words": "at least 14", "counted": "stations", "measure": "sites.worldwide"},
    ),
    claim("Ruritania has apologised"),
)  # fmt: skip


@pytest.fixture
def article(tmp_path):
    (tmp_path / "texts").mkdir()
    file = tmp_path / "texts" / "article.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


def stored(case, row=Claim, **where):
    with reading(open_case(case)) as reader:
        return reader.all(row, **where)


def use(script, **more):
    given = {"--reader": "model", "--model-url": script.url, "--model": "tiny", **more}
    return [part for pair in given.items() for part in pair]


def test_a_model_reads_only_when_it_is_asked_to_and_readers_never_mix(command, article, tmp_path):
    case = tmp_path / "case"
    with scripted(ANSWER) as script:
        told = command("build", case, article, *use(script), "--json")
        assert told.code == 0
        assert "sent to the language model `tiny` at http://127.0.0.1" in told.err
        assert {c.reader.name for c in stored(case)} == {"armslength language model"}
        asked = len(script.asked)
        assert asked > 0
        again = command("build", case, *use(script), "--json")
        assert again.json["unchanged"]
        assert len(script.asked) == asked, "what was read is not sent again"
        rules = command("build", case, "--json")
        assert rules.code == 0
        assert "language model" not in rules.err
        assert {c.reader.name for c in stored(case)} == {"armslength rules"}
        assert len(script.asked) == asked
    sent = [row for row in stored(case, LogEntry) if row.event == "documents.sent"]
    data = [json.loads(row.entry)["data"] for row in sent]
    assert [(row.subject, one["documents"], one["another_machine"]) for row, one in zip(sent, data, strict=True)] == [("tiny", 1, False)]


def test_a_document_that_failed_is_tried_again_and_the_rest_is_kept(command, article, tmp_path):
    case = tmp_path / "case"
    with scripted(raw(b"", 404), ANSWER) as script:
        # a status that will not change is settled: it is not asked again
        command("build", case, article, *use(script), "--json")
        assert stored(case) == []
        assert command("build", case, *use(script), "--json").json["unchanged"]
    with scripted(raw(b"", 503)) as script:
        command("build", tmp_path / "second", article, *use(script, **{"--model-seconds": "5"}), "--json")
        assert stored(tmp_path / "second") == []
        script.replies[:] = [ANSWER]
        command("build", tmp_path / "second", *use(script), "--json")
    assert [c.quote for c in stored(tmp_path / "second")] == [COUNT]


@pytest.mark.parametrize(
    ("options", "code", "says"),
    [
        (["--model-url", "http://127.0.0.1:9/v1"], 2, "needs --model-url and --model"),
        (["--model-url", "http://192.0.2.7/v1", "--model", "m"], 2, "--allow-remote-model"),
        (["--model-url", "http://127.0.0.1:9/v1", "--model", "m"], 5, "No language model answers"),
    ],
)
def test_a_model_that_cannot_be_used_is_told_before_anything_is_sent(command, article, tmp_path, options, code, says):
    told = command("build", tmp_path / "case", article, "--reader", "model", *options)
    assert (told.code, says in told.err) == (code, True)


def test_a_claim_is_explained_with_everything_it_was_read_from(command, article, tmp_path):
    case = tmp_path / "case"
    with scripted(ANSWER) as script:
        command("build", case, article, *use(script), "--json")
    (one,) = stored(case)
    told = command("explain", case, one.id[:8])
    assert told.code == 0
    shown = " ".join(told.out.split())
    for words in (
        f"[{COUNT}]",
        "“A report by Harbour Watch” at",
        "“at least 14 overseas police stations” at",
        ">= 14, from 14 to open",
        "quantity.site_count: Number of sites",
        "the quote was found in the passage word for word",
        "Reader: armslength language model",
        "model scripted-1",
        "not in the passage word for word",
    ):
        assert words in shown
    found = command("explain", case, one.id, "--json").json
    assert found["links"][1]["words"] == TEXT[found["links"][1]["start"] : found["links"][1]["end"]] == "A report by Harbour Watch"
    assert found["number"]["low"] == 14
    assert found["refused"]


def test_a_text_is_explained_without_a_case(command, article):
    told = command("explain", article)
    assert told.code == 0
    assert "claims read from article.txt" in told.out
    assert "Harbour Watch" in told.out
    found = command("explain", "--text", "The embassy denied the report about its police stations in Oslo.", "--json").json
    assert [c["kind"]["code"] for c in found["documents"][0]["claims"]] == ["denial"]


def test_what_was_refused_is_listed(command):
    told = command("explain", "--text", "Two overseas police stations exist in Oslo. Nobody knows why “it” was painted blue, he said.")
    assert "Refused" in told.out
    assert "No rule of the grammar" in " ".join(told.out.split())


@pytest.mark.parametrize(
    ("arguments", "says"),
    [([], "Name a case and a claim"), (["x.txt", "--text", "y"], "Name a case and a claim"), (["x.txt", "abcd"], "is not a case")],
)
def test_what_cannot_be_explained_is_told(command, arguments, says):
    told = command("explain", *arguments)
    assert (told.code, says in told.err) == (2, True)


def test_a_case_needs_a_claim(command, case):
    told = command("explain", case)
    assert told.code == 2
    assert "armslength list claims" in told.err


def coded(article):
    start = TEXT.index(COUNT)
    whole = {
        "documents": [{"id": "D", "file": "article.txt"}],
        "entities": [{"id": "org:hw", "name": "Harbour Watch", "aliases": ["Harbour Watch report"]}],
        "claims": [
            {
                "id": "C1", "doc": "D", "type": "quantity.site_count", "start": start, "end": start + len(COUNT), "quote": COUNT,
                "originator": "org:hw", "attribution_chain": ["org:hw"], "normalised": {"value": 14, "comparator": ">="},
            },
        ],
    }  # fmt: skip
    gold = article.parent.parent / "gold.json"
    gold.write_text(json.dumps(whole), encoding="utf-8")
    return gold


def test_readers_are_measured_side_by_side(command, article):
    gold = coded(article)
    with scripted(ANSWER) as script:
        told = command("evaluate", gold, article.parent, "--reader", "rules", "--reader", "model", *use(script)[2:], "--json", "--misses")
    rules, model = told.json["readers"]
    assert (rules["reader"], model["reader"]) == ("rules", "model")
    assert model["figures"]["claims_read"] == 1
    assert model["figures"]["core_recall_right"] == model["figures"]["precision"] == model["figures"]["originator_accuracy"] == 1.0
    assert rules["figures"]["value_recall"] == 1.0
    assert rules["figures"]["claims_read"] > 1
    table = command("evaluate", gold, article.parent).out
    assert "core_recall_right" in table
    assert "1 claim coded by hand" in table or "1 claims coded by hand" in table


def test_a_figure_below_its_floor_is_told_by_the_exit_code(command, article):
    gold = coded(article)
    floors = article.parent.parent / "floors.toml"
    name = hashlib.sha256(gold.read_bytes()).hexdigest()
    text = f'[[sets]]\nname = "s"\ngold = "{name}"\n[sets.floors]\nvalue_recall = 0.9\nfacts = 1\n[sets.limits]\nbad_spans = 0\n'
    floors.write_text(text, encoding="utf-8")
    told = command("evaluate", gold, article.parent, "--floors", floors, "--json")
    assert told.code == 0
    assert [one["name"] for one in told.json["floors"]] == ["value_recall", "bad_spans"], "what is not measured here is not judged here"
    floors.write_text(text.replace("value_recall = 0.9", "precision = 0.99"), encoding="utf-8")
    broken = command("evaluate", gold, article.parent, "--floors", floors)
    assert broken.code == 7
    assert "BROKEN" in broken.out
    gold.write_text(gold.read_text() + " ", encoding="utf-8")
    other = command("evaluate", gold, article.parent, "--floors", floors)
    assert (other.code, "No floors are kept" in other.err) == (2, True)


def test_a_missing_document_and_a_missing_folder_are_told(command, article, tmp_path):
    gold = coded(article)
    article.rename(article.with_name("other.txt"))
    told = command("evaluate", gold, article.parent)
    assert (told.code, "None of the 1 documents" in told.err) == (2, True)
    assert command("evaluate", tmp_path / "none.json", article.parent).code == 2


def test_a_person_is_not_named_beside_the_passage(command):
    text = "Ida Holm said that two overseas police stations operate in Oslo. She said that officers of the station threatened her family."
    found = command("explain", "--text", text, "--json").json
    links = [link for one in found["documents"][0]["claims"] for link in one["links"]]
    persons = [link for link in links if link["voice"]["kind"] == "person"]
    assert persons
    assert {(link["words"], link["voice"]["said"]) for link in persons} == {("", "")}
    assert all("Holm" not in link["voice"]["name"] for link in links)
    assert all("Holm" not in rule for one in found["documents"][0]["claims"] for rule in one["rules"])
