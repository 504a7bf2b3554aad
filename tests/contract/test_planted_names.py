"""Names planted in every input are in no file that the program writes, and in nothing that it shows without being asked to (METHOD P2, P3)."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from planted import MAPPING, PERSONS, RARE, SHEET, files_that_name, named_in, plant
from starlette.testclient import TestClient

from armslength.cli import main
from armslength.model.claims import Claim
from armslength.model.custody import LogEntry
from armslength.model.evidence import Document, Source
from armslength.model.facts import Fact
from armslength.publish.run import FORMATS
from armslength.store.case import open_case
from armslength.store.read import reading
from armslength.web.app import create_app

BROKEN = "Mirela Quillfeather.pdf"
"""Whoever adds files is told which of them could not be read, by the name they gave it: that is on their disk, and in their hands."""


class Told(NamedTuple):
    code: int
    said: str


class World(NamedTuple):
    """Where the program was let loose: every folder it may write to, under one."""

    home: Path
    inputs: Path
    case: Path


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    root = tmp_path_factory.mktemp("planted")
    plant(root / "in")
    home = root / "home"
    for name in ("tmp", "config", "run", "cwd"):
        (home / name).mkdir(parents=True)
    made = World(home, root / "in", home / "case")
    sheet, mapping = root / "sheet" / "wanda-cobblestride.csv", root / "sheet" / "mapping.yaml"
    sheet.parent.mkdir()
    sheet.write_text(SHEET, encoding="utf-8")
    mapping.write_text(MAPPING, encoding="utf-8")
    steps = (
        (("init", made.case), 0),
        (("add", made.case, made.inputs), 0),
        (("build", made.case), 6),
        (("import", made.case, sheet, "--mapping", mapping), 0),
    )
    for arguments, code in steps:
        done = run(made, *arguments)
        assert done.returncode == code, done.stderr
        assert named_in((done.stdout + done.stderr).replace(BROKEN.encode(), b"")) == []
    return made


def environment(world: World) -> dict[str, str]:
    own = {
        "HOME": world.home,
        "XDG_CONFIG_HOME": world.home / "config",
        "TMPDIR": world.home / "tmp",
        "XDG_RUNTIME_DIR": world.home / "run",
    }
    kept = {name: value for name, value in os.environ.items() if name != "ARMSLENGTH_KEYS"}
    return {**kept, **{name: str(path) for name, path in own.items()}}


def run(world: World, *arguments: object, before: str = "") -> subprocess.CompletedProcess[bytes]:
    """The program in a process of its own, whose home, configuration, temporary and working folders are the world's."""
    program = f"{before}\nfrom armslength.cli.main import main\nmain()"
    command = [sys.executable, "-c", program, *map(str, arguments)]
    return subprocess.run(command, env=environment(world), cwd=world.home / "cwd", capture_output=True, check=False)


@pytest.fixture
def command(world: World, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Told]:
    monkeypatch.setenv("ARMSLENGTH_KEYS", str(world.home / "config" / "armslength" / "keys"))

    def ask(*arguments: object) -> Told:
        code = main.run([str(argument) for argument in arguments])
        told = capsys.readouterr()
        return Told(code, told.out + told.err)

    return ask


def test_the_search_finds_what_is_there(world):
    assert {name.split(":")[0] for name in files_that_name(world.inputs)} == {path.name for path in world.inputs.iterdir()}


def test_the_reader_found_every_planted_person(world, command):
    del command
    with reading(open_case(world.case)) as reader:
        named = {word for claim in reader.all(Claim) for voice in (*claim.attribution, *claim.parties) for word in voice.name.split()}
        whole = " ".join(row.text for row in reader.all(Document))
    assert named >= {name.split()[-1] for name in PERSONS[:5]}
    assert all(name in whole for name in RARE if name != "Zvonimirova")


def test_no_file_of_case_configuration_or_temporary_folder_holds_a_name(world):
    assert files_that_name(world.home) == []


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_no_masked_export_holds_a_name(world, command, form):
    out = world.home / f"out-{form}"
    told = command("export", world.case, "--to", out, "--format", form)
    assert told.code == 0, told.said
    assert files_that_name(out) == []


def test_an_unmasked_export_holds_them_all_and_the_log_says_so(world, command, tmp_path):
    assert command("export", world.case, "--to", tmp_path / "out", "--unmasked").code == 0
    assert files_that_name(tmp_path / "out")
    with reading(open_case(world.case)) as reader:
        assert [json.loads(row.entry)["data"]["masked"] for row in reader.all(LogEntry, event="export.written")][-1] is False


@pytest.mark.parametrize(
    "arguments",
    [
        ("status",),
        ("verify",),
        ("doctor",),
        *(("list", what) for what in ("facts", "claims", "edges", "lookalikes", "sources", "rejected")),
        *(("list", what, "--json") for what in ("facts", "claims", "edges", "lookalikes", "sources", "rejected")),
        ("as-of", "2025-06-01"),
    ],
    ids=" ".join,
)
def test_no_command_shows_a_name(world, command, arguments):
    first, *rest = arguments
    given = (first, rest[0], world.case, *rest[1:]) if first == "list" else (first, world.case, *rest)
    told = command(*given)
    assert told.code == 0, told.said
    assert len(told.said) > 50
    assert named_in(told.said.encode()) == []


def test_no_fact_claim_or_source_shows_a_name(world, command):
    with reading(open_case(world.case)) as reader:
        wanted = [("fact", row.id) for row in reader.all(Fact)] + [("source", row.id) for row in reader.all(Source)]
        claims = [row.id for row in reader.all(Claim)]
    assert len(wanted) > 5
    asked = [*(("show", kind, world.case, name) for kind, name in wanted), *(("show", "claim", world.case, name) for name in claims)]
    asked += [("explain", world.case, name) for name in claims]
    for arguments in asked:
        for machine in ((), ("--json",)):
            told = command(*arguments, *machine)
            assert told.code == 0, told.said
            assert named_in(told.said.encode()) == [], arguments


def test_no_page_shows_a_name(world, command):
    del command
    with reading(open_case(world.case)) as reader:
        addresses = [f"/facts/{row.id}" for row in reader.all(Fact)] + [f"/documents/{row.id}" for row in reader.all(Document)]
        addresses += [f"/sources/{row.id}" for row in reader.all(Source)]
    plain = ("/", "/facts", "/documents", "/sources", "/timeline", "/responses", "/custody", "/rejected", "/about")
    plain = (*plain, "/search", "/search?q=police", "/search?q=stations&what=documents", "/search?q=said&what=facts", "/facts?sort=newest")
    with TestClient(create_app(open_case(world.case)), base_url="http://127.0.0.1") as client:
        for address in (*plain, *addresses):
            answer = client.get(address)
            assert answer.status_code == 200, address
            assert named_in(answer.content) == [], address


@pytest.mark.parametrize("name", [*PERSONS, *(name.split()[-1] for name in PERSONS), *RARE, "quillfeather*", '"Ivo Oxenwhistle"'])
def test_a_search_for_a_name_is_answered_as_one_for_words_that_stand_nowhere(world, command, name):
    del command
    with TestClient(create_app(open_case(world.case)), base_url="http://127.0.0.1") as client:
        for more in ({}, {"what": "facts"}, {"what": "documents"}, {"language": "en"}, {"origins": "1"}):
            there = client.get("/search", params={"q": name, **more})
            nowhere = client.get("/search", params={"q": "Zebulonia Hartwickenham", **more})
            assert there.status_code == nowhere.status_code == 200
            assert anonymous(there.text) == anonymous(nowhere.text)
        said = client.get("/search", params={"q": "stations", "place": name})
        assert anonymous(said.text) == anonymous(client.get("/search", params={"q": "stations", "place": "Nowherestadt"}).text)


def anonymous(page: str) -> str:
    """A page without the words that whoever asked had typed."""
    return re.sub(r'name="(?:q|place)" value="[^"]*"|href="[^"]*"', "", page)


def test_no_error_shows_a_name(world, command):
    for arguments in (
        ("show", "fact", world.case, "Quillfeather"),
        ("explain", world.case, "ffff"),
        ("list", "facts", world.home / "nowhere"),
        ("export", world.case, "--to", world.case / "inside"),
    ):
        told = command(*arguments)
        assert told.code != 0
        said = told.said.replace("Quillfeather", "", told.said.count("Quillfeather") if "Quillfeather" in arguments else 0)
        assert named_in(said.encode()) == [], arguments


@pytest.mark.parametrize(
    "before",
    [
        "import os\nfrom armslength.extract import run\nrun.read_documents = None\nrun.run = lambda *a, **k: os._exit(9)\nimport armslength.pipeline.stages",
        "import os\nfrom armslength.store import write\nwrite.Writer.put = lambda *a, **k: os._exit(9)",
        "from armslength.store import write\ndef fail(self, run, rows, **k):\n    raise RuntimeError(str(list(rows)))\nwrite.Writer.put = fail",
    ],
    ids=["killed while reading", "killed while writing", "crash with rows in hand"],
)
def test_a_crash_leaves_no_name_behind(world, tmp_path, before):
    folder = world.home / f"crashed-{abs(hash(before))}"
    done = run(world, "build", folder, world.inputs, before=before)
    assert done.returncode != 0
    assert named_in((done.stdout + done.stderr).replace(BROKEN.encode(), b"")) == []
    assert files_that_name(world.home) == []


def test_a_page_that_fails_shows_and_says_no_name(world, command, monkeypatch, caplog, capsys):
    del command
    from armslength.pipeline import masking

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("Mirela Quillfeather")

    monkeypatch.setattr(masking, "mask_for", fail)
    with TestClient(create_app(open_case(world.case)), base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
        answer = client.get("/documents")
    told = capsys.readouterr()
    assert answer.status_code == 500
    assert "RuntimeError at" in caplog.text
    assert named_in((answer.text + caplog.text + told.out + told.err).encode()) == []
