"""Exports as folders: whole or not at all, the same every time, never over somebody's files."""

import json
from contextlib import contextmanager

import pytest
from publish_samples import content

from armslength.base.errors import InputError
from armslength.base.ids import digest, digest_file
from armslength.model.custody import LogEntry
from armslength.model.ledger import Ledger
from armslength.model.outcome import StageRun
from armslength.publish import run as publish
from armslength.store.case import create_case
from armslength.store.write import writing


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    from datetime import UTC, datetime

    from armslength.base.clock import FixedClock

    clock = FixedClock(at=datetime(2026, 1, 2, tzinfo=UTC))
    made = create_case(tmp_path_factory.mktemp("cases") / "case", name="test", clock=clock, actor="heron")
    sample = content()
    rows = [*sample.documents, *sample.claims, *sample.facts, *sample.origins.values(), *sample.relations, *sample.edges]
    rows += [*sample.entities, *sample.sites, *sample.incidents, *sample.responses, *sample.counts, *sample.rejected]
    with writing(made, clock=clock, actor="heron") as writer:
        writer.put(StageRun(id="all", version="1", input_hash=digest("x"), output_hash=""), rows)
    return made


@contextmanager
def writer_of(case, clock):
    with writing(case, clock=clock, actor="heron") as writer:
        yield writer


def export(case, clock, to, form="jsonl"):
    sample = content()
    with writer_of(case, clock) as writer:
        return publish.export(
            writer, to, format=form, summarise=lambda _: sample.summaries, ledgers=lambda _: Ledger(), locate=sample.locate
        )


@pytest.mark.parametrize("form", ["jsonl", "csv", "geojson"])
def test_twice_the_same_bytes(case, clock, tmp_path, form):
    first, second = export(case, clock, tmp_path / "one", form), export(case, clock, tmp_path / "two", form)
    assert first.hash == second.hash
    for path in sorted((tmp_path / "one").iterdir()):
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_what_is_read_from_the_store_is_what_was_made(case, clock, tmp_path):
    from armslength.publish import jsonl

    export(case, clock, tmp_path / "out")
    for name, lines in jsonl.files(content()):
        assert (tmp_path / "out" / name).read_text(encoding="utf-8") == "".join(lines), name


def test_the_mark_lists_the_files_with_their_hashes(case, clock, tmp_path):
    report = export(case, clock, tmp_path / "out")
    mark = json.loads((tmp_path / "out" / publish.MARK).read_text())
    for name, found, lines in report.files:
        path = tmp_path / "out" / name
        assert mark["files"][name] == {"sha256": digest_file(path), "lines": lines}
        assert found == digest_file(path)
        assert lines == path.read_text(encoding="utf-8").count("\n")


def test_the_log_says_what_left_the_house(case, clock, tmp_path):
    report = export(case, clock, tmp_path / "secret-folder-name")
    with writer_of(case, clock) as writer:
        last = writer.read.all(LogEntry)[-1]
    assert (last.event, last.subject) == ("export.written", "jsonl")
    assert report.hash in last.entry
    assert "secret-folder-name" not in last.entry, "paths name people"


def test_an_earlier_export_is_replaced_whole(case, clock, tmp_path):
    export(case, clock, tmp_path / "out", "jsonl")
    export(case, clock, tmp_path / "out", "geojson")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["export.json", "incidents.geojson", "sites.geojson"]
    assert [path.name for path in tmp_path.iterdir()] == ["out"], "no scratch folder is left"


def test_a_folder_with_other_files_is_left_alone(case, clock, tmp_path):
    export(case, clock, tmp_path / "out")
    (tmp_path / "out" / "my notes.txt").write_text("mine")
    before = (tmp_path / "out" / publish.MARK).read_bytes()
    with pytest.raises(InputError, match=r"my notes\.txt"):
        export(case, clock, tmp_path / "out", "csv")
    assert (tmp_path / "out" / publish.MARK).read_bytes() == before
    assert (tmp_path / "out" / "my notes.txt").read_text() == "mine"


@pytest.mark.parametrize("where", ["file", "case", "inside the case"])
def test_what_is_not_a_folder_of_its_own_is_refused(case, clock, tmp_path, where):
    (tmp_path / "file").write_text("x")
    to = {"file": tmp_path / "file", "case": case.folder, "inside the case": case.folder / "out"}[where]
    with pytest.raises(InputError):
        export(case, clock, to)


def test_an_unknown_format_is_refused(case, clock, tmp_path):
    with pytest.raises(InputError, match="jsonl, csv, xlsx, geojson"):
        export(case, clock, tmp_path / "out", "xml")


def test_a_failure_leaves_the_earlier_export(case, clock, tmp_path):
    export(case, clock, tmp_path / "out")
    with pytest.raises(ZeroDivisionError), writer_of(case, clock) as writer:
        publish.export(writer, tmp_path / "out", format="csv", summarise=lambda _: {"x": str(1 // 0)}, ledgers=lambda _: Ledger())
    assert (tmp_path / "out" / "claims.jsonl").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
