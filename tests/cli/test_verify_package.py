"""`armslength verify` on a package: the same checks as the `verify.py` inside, the program's own exit codes."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "publish"))

import package_samples as samples

from armslength.publish.package.bag import zip_package


@pytest.fixture
def package(tmp_path):
    samples.release(tmp_path / "p")
    return tmp_path / "p"


def test_a_package_and_its_zip_hold(command, package, tmp_path):
    for path in (package, zip_package(package, tmp_path / "p.zip")):
        told = command("verify", path, "--key", samples.RELEASERS[0].public)
        assert told.code == 0, told.out
        assert "Everything that was looked at holds." in told.out
        assert "5 facts" in told.out


def test_a_changed_package_is_named(command, package):
    facts = package / "data" / "facts.jsonl"
    facts.write_bytes(facts.read_bytes().replace(b'"min":2', b'"min":3'))
    told = command("verify", package)
    assert told.code == 4
    assert "file.changed data/facts.jsonl" in " ".join((told.out + told.err).split())
    machine = command("verify", package, "--json")
    assert machine.code == 4
    assert machine.json["fine"] is False
    assert [one["code"] for one in machine.json["problems"]] == ["file.changed"]


def test_a_package_without_its_seal_and_a_head_for_a_package_are_refused(command, package):
    assert command("verify", package, "--head", "0" * 64).code == 2
    (package / "seal.json").unlink()
    told = command("verify", package)
    assert told.code == 2
    assert "no armslength package" in " ".join((told.out + told.err).split())
