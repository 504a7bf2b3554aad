"""publish, release and list releases, from the command line to a package that verifies."""

import json

import pytest

from armslength.base.clock import SystemClock
from armslength.base.settings import Settings
from armslength.cli.main import run
from armslength.model.facts import Fact
from armslength.pipeline.building import build
from armslength.pipeline.signing import hand_of
from armslength.pipeline.verdicting import say_of
from armslength.publish.package.checks.report import verify
from armslength.store.case import open_case
from armslength.store.read import reading
from armslength.store.reviewer_keys import reviewers_folder

TEXT = "A page about stations\n\nNorland runs at least 12 overseas police stations, according to the Lantern Institute.\n"


@pytest.fixture
def case(tmp_path, monkeypatch):
    monkeypatch.setenv("ARMSLENGTH_KEYS", str(tmp_path / "keys"))
    (tmp_path / "one.txt").write_text(TEXT, "utf-8")
    folder = tmp_path / "case"
    build(folder, [tmp_path / "one.txt"], settings=Settings(), clock=SystemClock())
    for who in ("heron", "ibis"):
        assert run(["reviewer", "add", str(folder), who]) == 0
    return folder


def accept(case):
    with reading(open_case(case)) as reader:
        facts = reader.all(Fact)
    for fact in facts:
        for who in ("heron", "ibis"):
            mine = hand_of(case, who, keys=reviewers_folder(), clock=SystemClock())
            say_of(case, fact.id, level="fact", decision="accept", reason="Looked at.", hand=mine, clock=SystemClock())


def said(capsys):
    return capsys.readouterr().out


def publish(case, to, *more, profile="public"):
    return run(["publish", str(case), "--profile", profile, "--to", str(to), "--reviewer", "heron", "--reason", "A try.", *more])


def test_from_a_refusal_to_a_release(case, tmp_path, capsys):
    assert publish(case, tmp_path / "draft") == 1
    shown = capsys.readouterr()
    assert "The gate stays closed" in shown.err
    assert "have two reviewers accept" in " ".join(shown.out.split()).lower()
    assert not (tmp_path / "draft").exists()
    accept(case)
    capsys.readouterr()
    assert publish(case, tmp_path / "draft", "--format", "csv") == 0
    assert "Nothing is released yet" in said(capsys)
    assert run(["list", "releases", str(case), "--json"]) == 0
    (line,) = json.loads(said(capsys))
    assert (line["release"], line["who"]) == ("", ["heron"])
    made = ["release", str(case), line["proposal"][:12], "--to", str(tmp_path / "out"), "--reviewer", "ibis", "--reason", "Looked through."]
    assert run(made) == 0
    assert "Released: 1 fact" in said(capsys)
    assert verify(tmp_path / "out").problems == ()
    assert run(["list", "releases", str(case)]) == 0
    assert "heron and ibis" in said(capsys)
    assert run(["verify", str(case)]) == 0


def test_a_machine_gets_the_refusals(case, tmp_path, capsys):
    capsys.readouterr()
    assert publish(case, tmp_path / "draft", "--json") == 1
    told = json.loads(said(capsys))
    assert told["stopped"]
    assert told["refusals"][0]["do"]


def test_a_profile_of_ones_own_and_one_that_is_none(case, tmp_path, capsys):
    accept(case)
    (tmp_path / "mine.toml").write_text('title = "x"\nabout = "y"\n', "utf-8")
    assert publish(case, tmp_path / "draft", profile=str(tmp_path / "mine.toml")) == 2
    assert "needs" in capsys.readouterr().err
    assert publish(case, tmp_path / "draft", profile="everybody") == 2
    assert publish(case, tmp_path / "draft", profile=str(tmp_path / "none.toml")) == 2


def test_nothing_was_released_yet(case, capsys):
    capsys.readouterr()
    assert run(["list", "releases", str(case)]) == 0
    assert "Nothing was proposed" in said(capsys)
