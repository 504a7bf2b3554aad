"""The example corpus is what its README says: labelled as fiction, complete, the same bytes every time."""

from __future__ import annotations

import csv
import hashlib
import importlib.util
import re
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
CORPUS = EXAMPLES / "corpus"
FILES = sorted(path.name for path in CORPUS.iterdir() if path.name != "manifest.csv")


def manifest():
    with (CORPUS / "manifest.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def make_examples():
    spec = importlib.util.spec_from_file_location("make_examples", EXAMPLES / "make_examples.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.make()


def test_the_manifest_names_every_file_but_the_one_that_was_saved_again():
    assert sorted(row["file"] for row in manifest()) == [name for name in FILES if name != "saved-again.txt"]


def test_every_line_of_the_manifest_says_that_it_is_fiction_and_stands_at_no_real_address():
    for row in manifest():
        assert row["note"].startswith("Fiction")
        assert re.match(r"https://[a-z]+\.example/", row["url"])
        assert None not in row.values()


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".html")])
def test_every_page_says_inside_that_it_is_fiction(name):
    assert 'content="Fiction written for the armslength examples."' in (CORPUS / name).read_text(encoding="utf-8")


def test_the_made_files_are_what_the_script_makes_every_time():
    first, second = make_examples(), make_examples()
    assert first == second
    assert {name: (CORPUS / name).read_bytes() for name in first} == first


def test_one_pair_of_files_has_the_same_bytes():
    found = {}
    for name in FILES:
        found.setdefault(hashlib.sha256((CORPUS / name).read_bytes()).hexdigest(), []).append(name)
    assert [names for names in found.values() if len(names) > 1] == [["04-north-quay-journal-investigation.txt", "saved-again.txt"]]


def test_one_pdf_is_cut_off():
    whole = [name for name in FILES if name.endswith(".pdf") and (CORPUS / name).read_bytes().rstrip().endswith(b"%%EOF")]
    assert [name for name in FILES if name.endswith(".pdf") and name not in whole] == ["12-quiet-counters-annex.pdf"]


def test_the_readme_tells_of_every_file():
    text = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    assert [name for name in FILES if f"`{name}`" not in text] == []
