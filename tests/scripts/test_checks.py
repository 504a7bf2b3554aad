"""The checks behind `make lint`, and the lock files: a check that lets everything through is worth nothing."""

from __future__ import annotations

import ast
import hashlib
import importlib.util
import re
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = ["requirements.lock", "requirements-dev.lock"]


def load(path):
    """A script as a module, without running its `main`."""
    spec = importlib.util.spec_from_file_location(f"loaded_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


sizes = load(ROOT / "scripts" / "check_sizes.py")
words = load(ROOT / "scripts" / "check_words.py")
generated = load(ROOT / "scripts" / "check_generated.py")
quality = load(ROOT / "bench" / "quality.py")


def function_of(lines, docstring=""):
    body = "\n".join("    x = 1" for _ in range(lines - 1))
    return f"def found():\n{docstring}{body}\n"


@pytest.mark.parametrize(("lines", "said"), [(40, 0), (41, 1)])
def test_a_function_may_have_forty_lines(tmp_path, lines, said):
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "found.py").write_text(function_of(lines))
    assert len(list(sizes.breaches(tmp_path / "src"))) == said


def test_a_docstring_does_not_make_a_function_long():
    node = ast.parse(function_of(40, '    """One.\n\n    Two.\n    """\n')).body[0]
    assert sizes.function_lines(node) == 40


@pytest.mark.parametrize(("lines", "said"), [(400, 0), (401, 1)])
def test_a_file_may_have_four_hundred_lines(tmp_path, lines, said):
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "found.py").write_text("x = 1\n" * lines)
    found = list(sizes.breaches(tmp_path / "src"))
    assert len(found) == said
    assert all("src/found.py" in line for line in found)


@pytest.mark.parametrize(
    ("name", "line", "said"),
    [
        ("a.lock", "--index-url https://packages.example/simple", 1),
        ("a.lock", "thing @ file:thing.whl", 1),
        ("a.lock", "thing==1.0 --hash=sha256:00", 0),
        ("a.md", "see https://packages.example/simple", 0),
        ("a.md", "it lies in /home" + "/somebody/case", 1),
        ("a.md", "GET /home is a page", 0),
    ],
)
def test_a_line_that_names_a_machine_is_found(tmp_path, monkeypatch, name, line, said):
    monkeypatch.setattr(words, "ROOT", tmp_path)
    (tmp_path / name).write_text(f"fine\n{line}\n")
    found = list(words.breaches(Path(name)))
    assert len(found) == said
    assert all(text.startswith(f"{name}:2:") for text in found)


def test_the_scripts_that_write_files_are_found():
    assert {"make_examples.py", "ontology_docs.py"} <= {path.name for path in generated.writers()}


def pinned(name):
    text = (ROOT / name).read_text()
    return dict(re.findall(r"^([a-z0-9_.-]+)==([^ ;\\]+)", text, re.MULTILINE))


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_of_a_lock_has_a_hash_and_no_host(name):
    text = (ROOT / name).read_text()
    blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert blocks
    assert all("--hash=sha256:" in block for block in blocks)
    assert not list(words.breaches(Path(name)))


def test_the_locks_hold_what_the_project_asks_for_and_agree():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    named = {re.match(r"[A-Za-z0-9_.-]+", line).group().lower() for line in project["project"]["dependencies"]}
    wanted_for_tests = {re.match(r"[A-Za-z0-9_.-]+", line).group().lower() for line in project["project"]["optional-dependencies"]["dev"]}
    run, dev = pinned(LOCKS[0]), pinned(LOCKS[1])
    assert named <= set(run), "run `make lock`"
    assert wanted_for_tests <= set(dev), "run `make lock`"
    assert {"hatchling", "editables"} <= set(run)
    assert run.items() <= dev.items()


RULES = {"floors": {"recall": 0.5}, "limits": {"faults": 0}}


@pytest.mark.parametrize(
    ("figures", "kept"),
    [
        ({"recall": 0.5, "faults": 0}, [True, True]),
        ({"recall": 0.49, "faults": 0}, [False, True]),
        ({"recall": 0.9, "faults": 1}, [True, False]),
        ({"recall": None}, [False, False]),
    ],
)
def test_a_floor_is_kept_from_above_and_a_limit_from_below(figures, kept):
    assert [one.kept for one in quality.compare(figures, RULES)] == kept


def floors():
    return tomllib.loads(quality.FLOORS.read_text())["sets"]


def test_the_floors_file_can_be_compared_with():
    for rules in floors():
        assert not any(one.kept for one in quality.compare({}, rules))
        assert rules["limits"]["bad_spans"] == 0
    assert any(rules["limits"].get("independent_above_gold") == 0 for rules in floors())


def test_floors_hold_for_the_gold_file_they_were_measured_on_and_no_other(tmp_path, capsys):
    gold = b'{"documents": []}'
    sets = [{"name": "other", "gold": "0" * 64}, {"name": "ours", "gold": hashlib.sha256(gold).hexdigest()}]
    assert quality.rules_for(gold, sets)["name"] == "ours"
    assert quality.rules_for(gold + b" ", sets) is None
    (tmp_path / "gold.json").write_bytes(gold)
    (tmp_path / "scores.json").write_text("{}")
    assert quality.main([str(tmp_path / "scores.json"), str(tmp_path / "gold.json")]) == 2
    assert "No floors are kept" in capsys.readouterr().err
