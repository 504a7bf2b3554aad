"""What the surfaces ask for: what is checked before anything is made, and what the reports say."""

import pytest

from armslength.base.errors import CaseError, InputError
from armslength.base.settings import Settings
from armslength.model.custody import LogEntry
from armslength.pipeline.building import NewCase, add_sources, build, export_case, init_case, is_case, record_event
from armslength.store.case import open_case
from armslength.store.read import reading
from armslength.store.write import writing

ME = Settings(collector="heron")


@pytest.fixture
def files(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("The institute said in its report that at least 12 overseas police stations operate abroad.\n")
    (folder / "b.pdf").write_bytes(b"%PDF-1.7\nbroken")
    return folder


def test_nothing_is_made_when_an_input_is_missing(tmp_path, files, clock):
    with pytest.raises(InputError, match="nowhere"):
        build(tmp_path / "case", [files, tmp_path / "nowhere"], settings=ME, clock=clock)
    with pytest.raises(InputError, match=r"manifest .*none\.csv"):
        build(tmp_path / "case", [files], settings=ME, clock=clock, manifest=tmp_path / "none.csv")
    with pytest.raises(InputError, match="nothing to make it from"):
        build(tmp_path / "case", [], settings=ME, clock=clock)
    assert not (tmp_path / "case").exists()


def test_a_folder_of_other_things_is_left_alone(tmp_path, files, clock):
    with pytest.raises(CaseError):
        build(files, [files / "a.txt"], settings=ME, clock=clock)
    assert sorted(path.name for path in files.iterdir()) == ["a.txt", "b.pdf"]


def test_a_build_says_what_it_did_and_what_it_could_not(tmp_path, files, clock):
    report = build(tmp_path / "case", [files], settings=ME, clock=clock, new=NewCase(name="Desks"))
    assert report.created
    assert (report.case.name, report.added.taken) == ("Desks", 2)
    assert [stage.stage for stage in report.stages] == ["ingest", "extract", "resolve", "lineage", "review", "analyse"]
    assert [row.doc for row in report.refused] == ["b.pdf"]
    assert not report.unchanged


def test_what_is_set_once_is_not_set_again(tmp_path, files, clock):
    build(tmp_path / "case", [files], settings=ME, clock=clock)
    with pytest.raises(InputError, match="already a case"):
        build(tmp_path / "case", [files], settings=ME, clock=clock, new=NewCase(name="Other"))


def test_adding_leaves_reading_for_later(tmp_path, files, clock):
    case = init_case(tmp_path / "case", new=NewCase(), clock=clock, actor="heron")
    assert case.name == "case", "the folder's name, where none is given"
    report = add_sources(tmp_path / "case", [files], settings=ME, clock=clock)
    assert report.stages == ()
    assert not report.unchanged
    assert add_sources(tmp_path / "case", [files], settings=ME, clock=clock).unchanged
    later = build(tmp_path / "case", [], settings=ME, clock=clock)
    assert not later.unchanged
    assert not later.created


def test_two_writers_are_kept_apart(tmp_path, files, clock):
    init_case(tmp_path / "case", new=NewCase(), clock=clock, actor="heron")
    with writing(open_case(tmp_path / "case"), clock=clock, actor="heron"), pytest.raises(CaseError):
        build(tmp_path / "case", [files], settings=ME, clock=clock)


def test_every_deed_is_logged_under_its_doer(tmp_path, files, clock):
    build(tmp_path / "case", [files], settings=ME, clock=clock)
    export_case(tmp_path / "case", tmp_path / "out", format="jsonl", clock=clock, actor="egret")
    record_event(tmp_path / "case", event="access.served", subject="x", data={}, clock=clock, actor="tern")
    with reading(open_case(tmp_path / "case")) as reader:
        log = [(row.event, row.actor) for row in reader.all(LogEntry)]
    assert log[0] == ("case.created", "heron")
    assert log[-2:] == [("export.written", "egret"), ("access.served", "tern")]


def test_what_looks_like_a_case(tmp_path, clock):
    assert not is_case(tmp_path)
    init_case(tmp_path / "case", new=NewCase(), clock=clock, actor="heron")
    assert is_case(tmp_path / "case")
