from __future__ import annotations

import os
from pathlib import Path

import pytest

from armslength.base.errors import InputError
from armslength.ingest.manifest import Declared, read_manifest
from armslength.ingest.walk import walk


def test_rows_are_matched_by_path_or_by_name() -> None:
    data = '\ufefffile;url;title;publisher;published;mood\r\na.txt;https://a.example/;"Two; offices";Harbour Post;12 March 2023;sad\r\nb.txt;;;;2023-03\r\n'.encode()
    found = read_manifest(data, name="manifest.csv", files=["a.txt", "sub/b.txt"])
    assert found.declared == {
        "a.txt": Declared(url="https://a.example/", title="Two; offices", publisher="Harbour Post", published="2023-03-12"),
        "sub/b.txt": Declared(published="2023-03"),
    }
    assert found.troubles == ()
    assert found.notes == ("manifest.csv: not kept: mood; the columns that are kept are file, url, title, publisher, published",)


def test_bad_rows_are_named_and_the_rest_goes_on() -> None:
    data = b"file,published\nnone.txt,\nb.txt,\n,2020\na.txt,soon\na.txt,2020\nelsewhere.txt,2020\n"
    found = read_manifest(data, name="m.csv", files=["a.txt", "x/b.txt", "y/b.txt"], elsewhere=["elsewhere.txt"])
    assert [(bad.line, bad.column) for bad in found.troubles] == [(2, "file"), (3, "file"), (4, "file"), (5, "published"), (6, "file")]
    assert [
        part in bad.reason for bad, part in zip(found.troubles, ["spelling", "2 files", "no file", "“soon”", "earlier row"], strict=True)
    ] == [True] * 5
    assert found.declared == {"a.txt": Declared()}


def test_a_table_without_files_is_not_a_manifest() -> None:
    with pytest.raises(InputError, match="no column `file`"):
        read_manifest(b"name,date\n", name="m.csv", files=[])


def test_a_walk_is_sorted_and_leaves_out_what_is_not_meant(tmp_path: Path) -> None:
    inside = tmp_path / "in"
    (inside / "sub").mkdir(parents=True)
    (inside / ".hidden").mkdir()
    (inside / "case").mkdir()
    for name in ("b.txt", "a.txt", "sub/c.txt", ".DS_Store", "~$a.docx", ".hidden/d.txt", "manifest.csv", "case/e.txt"):
        (inside / name).write_text(name)
    (tmp_path / "outside.txt").write_text("x")
    (inside / "link.txt").symlink_to(tmp_path / "outside.txt")
    (inside / "loop").symlink_to(inside)
    os.mkfifo(inside / "pipe")
    found = walk([inside, inside / "a.txt"], without=inside / "case")
    assert [file.inside for file in found.files] == ["a.txt", "b.txt", "link.txt", "loop", "pipe", "sub/c.txt"]
    assert [file.refusal is None for file in found.files] == [True, True, False, False, False, True]
    assert "out of its folder" in (found.files[2].refusal or "")
    assert found.left_out == 2
    assert found.manifests == (inside / "manifest.csv",)
