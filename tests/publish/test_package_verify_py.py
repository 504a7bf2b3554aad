"""The `verify.py` that lies in a package: one file, old Pythons, no armslength, the same verdict."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import package_samples as samples
import pytest

from armslength.publish.package.assemble import PARTS, verify_html, verify_py
from armslength.publish.package.checks.report import as_values, main, verify

OLDEST = (3, 9)


@pytest.fixture
def package(tmp_path):
    samples.release(tmp_path / "p")
    return tmp_path / "p"


def pythons():
    """Every Python of this machine from 3.9 on that starts, the oldest first; this one in any case."""
    found = {f"python3.{minor}": shutil.which(f"python3.{minor}") for minor in range(9, 16)}
    for folder in sorted(Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")).glob("versions/3.*/bin")):
        for name in found:
            if (folder / name).exists():
                found[name] = str(folder / name)
    started = [path for path in found.values() if path and subprocess.run([path, "-V"], capture_output=True, check=False).returncode == 0]
    return [*started, sys.executable]


def run(python, package, *words, cwd=None):
    """Isolated: neither this project nor any installed package can be imported."""
    done = subprocess.run(
        [python, "-I", "-S", "-B", "-W", "error", package / "verify.py", *words],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        env={"PATH": os.environ["PATH"]},
    )
    return done.returncode, done.stdout, done.stderr


def test_it_is_python_3_9_and_imports_the_standard_library_only():
    tree = ast.parse(verify_py(), feature_version=OLDEST)
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    imported |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in imported} <= sys.stdlib_module_names
    assert "armslength" not in {name.partition(".")[0] for name in imported}
    assert not {"socket", "urllib", "http", "ssl"} & {name.partition(".")[0] for name in imported}, "it has no way to a network"


def test_it_uses_nothing_that_only_newer_pythons_have():
    tree = ast.parse(verify_py())
    keywords = {(ast.unparse(node.func), word.arg) for node in ast.walk(tree) if isinstance(node, ast.Call) for word in node.keywords}
    assert not {found for found in keywords if found[1] in {"strict", "slots", "kw_only"}}
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Match)]
    tests = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "isinstance"]
    assert not [ast.unparse(node) for node in tests if isinstance(node.args[1], ast.BinOp)]


def test_no_name_is_given_twice():
    names = []
    for node in ast.parse(verify_py()).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.append(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names += [name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)]
    assert sorted(names) == sorted(set(names))


def test_each_part_is_in_it_word_for_word():
    source = Path(verify.__code__.co_filename).parents[2]
    for part in PARTS:
        functions = [node for node in ast.parse((source / part).read_text()).body if isinstance(node, ast.FunctionDef)]
        for function in functions:
            assert ast.unparse(function) in ast.unparse(ast.parse(verify_py())), f"{part}: {function.name}"


@pytest.mark.parametrize("python", pythons(), ids=lambda path: Path(path).name)
def test_it_says_the_same_alone_as_in_the_program(package, tmp_path, python):
    wanted = json.loads(json.dumps(as_values(verify(package))))
    code, out, error = run(python, package, "--json", cwd=tmp_path)
    assert (code, error) == (0, "")
    assert json.loads(out) == wanted
    assert not list(package.rglob("__pycache__"))
    facts = package / "data" / "facts.jsonl"
    facts.write_bytes(facts.read_bytes().replace(b'"min":2', b'"min":3'))
    code, out, _ = run(python, package, cwd=tmp_path)
    assert code == 1
    assert "file.changed   data/facts.jsonl" in out
    assert "THIS DOES NOT HOLD." in out
    assert run(python, package, str(tmp_path))[0] == 2


def test_the_exit_code_and_the_sentences_of_the_command(package, capsys):
    assert main([str(package), "--key", samples.key(1).id]) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[0].split()[:3] == ["ok", "files", "32"]
    assert out.rstrip().endswith("Everything that was looked at holds.")
    assert main([str(package), "--key", "0" * 16]) == 1
    assert "somebody else made this package" in capsys.readouterr().out
    assert main([str(package / "nowhere")]) == 2
    assert "no armslength package" in capsys.readouterr().out


def test_the_page_may_load_nothing_and_has_no_way_out():
    text = verify_html()
    assert "default-src 'none'" in text
    assert "unsafe" not in text.split("</head>")[0]
    for word in (
        "fetch(",
        "XMLHttpRequest",
        "eval(",
        "new Function",
        "import(",
        "innerHTML",
        "localStorage",
        "https://",
        "http://",
        "navigator.",
    ):
        assert word not in text, word
