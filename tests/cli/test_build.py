"""`build` and `add` on real files."""

import pytest


@pytest.fixture
def files(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("The institute said in its report that at least 12 overseas police stations operate abroad.\n")
    return folder


def test_build_twice(command, tmp_path, files):
    first = command("build", tmp_path / "case", files, "--collector", "heron")
    assert first.code == 0, first.err
    assert "Made the case 'case'" in first.out
    assert "Next: armslength serve" in first.out
    assert "extract: " in first.err, "progress goes beside the result"
    second = command("build", tmp_path / "case", files)
    assert second.code == 0
    assert second.out.startswith("Nothing to do")


def test_a_file_that_cannot_be_read_is_listed_with_exit_code_6(command, tmp_path, files):
    (files / "b.pdf").write_bytes(b"%PDF-1.7\nbroken")
    told = command("build", tmp_path / "case", files)
    assert told.code == 6
    assert "1 file could not be read" in told.out
    assert told.out.count("b.pdf") == 1
    machine = command("build", tmp_path / "case", files, "--json")
    assert machine.code == 6
    assert machine.err == ""
    assert machine.json["unchanged"] is True
    assert machine.json["refused"][0]["file"] == "b.pdf"
    assert [stage["stage"] for stage in machine.json["stages"]] == ["ingest", "extract", "resolve", "lineage", "review", "analyse"]


def test_add_takes_files_and_says_what_comes_next(command, tmp_path, files):
    assert command("add", tmp_path / "case", files).code == 3, "add does not make a case"
    command("init", tmp_path / "case")
    told = command("add", tmp_path / "case", files)
    assert told.code == 0
    assert "Next: armslength build" in told.out
    assert command("add", tmp_path / "case", files, "--json").json["unchanged"] is True


@pytest.mark.parametrize("arguments", [["nowhere"], ["in", "--manifest", "none.csv"], ["in", "--workers", "0"], []])
def test_what_cannot_be_used_is_told(command, tmp_path, files, arguments):
    told = command("build", tmp_path / "case", *[tmp_path / word if word in {"nowhere", "in", "none.csv"} else word for word in arguments])
    assert told.code == 2
    assert told.out == ""
    assert not (tmp_path / "case").exists()
