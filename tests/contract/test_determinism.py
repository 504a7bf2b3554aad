"""The same files give the same bytes: in any order, on either database, in one process or many (rule 6)."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from contract_corpus import DOCUMENTS, MANIFEST

from armslength.base.clock import FixedClock
from armslength.base.settings import Settings
from armslength.pipeline.building import NewCase, add_sources, build, export_case, init_case

SECRET = bytes(range(32))
"""Pseudonyms are made from the case's secret: the same one, the same pseudonyms."""
FORMATS = ("jsonl", "csv", "geojson")


def clock(day: int) -> FixedClock:
    return FixedClock(at=datetime(2026, 1, day, tzinfo=UTC))


def written(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def files_in(folder: Path, names: list[str]) -> list[Path]:
    folder.mkdir(parents=True)
    (folder / "manifest.csv").write_bytes(MANIFEST)
    for name in names:
        (folder / name).write_bytes(DOCUMENTS[name])
    return [folder / name for name in names]


def exported(case: Path, to: Path, *, day: int) -> dict[str, bytes]:
    for form in FORMATS:
        export_case(case, to / form, format=form, clock=clock(day), actor="heron")
    return written(to)


def one_go(folder: Path, names: list[str], *, day: int = 2, workers: int = 1, database: str | None = None) -> dict[str, bytes]:
    inputs = files_in(folder / "in", names)
    build(
        folder / "case",
        inputs,
        settings=Settings(workers=workers, batch=2),
        clock=clock(day),
        manifest=folder / "in" / "manifest.csv",
        new=NewCase(secret=SECRET, database=database),
    )
    return exported(folder / "case", folder / "out", day=day)


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    found = one_go(tmp_path_factory.mktemp("expected"), sorted(DOCUMENTS))
    assert len(found) >= 9 + 11 + 2
    assert found["jsonl/claims.jsonl"].count(b"\n") > 5, "an empty export would equal any other"
    return found


def same(found: dict[str, bytes], expected: dict[str, bytes]) -> None:
    assert sorted(found) == sorted(expected)
    assert [name for name in found if found[name] != expected[name]] == []


def test_the_order_of_files_does_not_matter(expected, tmp_path):
    same(one_go(tmp_path, sorted(DOCUMENTS, reverse=True), day=3), expected)


def test_the_number_of_processes_does_not_matter(expected, tmp_path):
    same(one_go(tmp_path, sorted(DOCUMENTS), workers=2), expected)


@pytest.mark.postgres
def test_the_database_does_not_matter(expected, tmp_path, postgres_url):
    same(one_go(tmp_path, sorted(DOCUMENTS)[::-1], database=postgres_url), expected)


def test_files_that_come_one_by_one_give_the_same(expected, tmp_path):
    case = tmp_path / "case"
    init_case(case, new=NewCase(secret=SECRET), clock=clock(1), actor="heron")
    inputs = files_in(tmp_path / "in", sorted(DOCUMENTS, key=lambda name: name[::-1]))
    for day, path in enumerate(inputs, start=2):
        add_sources(case, [path], settings=Settings(), clock=clock(day), manifest=tmp_path / "in" / "manifest.csv")
        if day % 3 == 0:
            build(case, [], settings=Settings(), clock=clock(day))
    build(case, [], settings=Settings(), clock=clock(20))
    same(exported(case, tmp_path / "out", day=21), expected)


def test_a_second_run_does_nothing_and_says_so(tmp_path):
    inputs = files_in(tmp_path / "in", sorted(DOCUMENTS))
    arguments = {"settings": Settings(), "manifest": tmp_path / "in" / "manifest.csv"}
    first = build(tmp_path / "case", inputs, clock=clock(2), **arguments)
    before = exported(tmp_path / "case", tmp_path / "one", day=3)
    second = build(tmp_path / "case", inputs, clock=clock(4), **arguments)
    assert first.created
    assert not first.unchanged
    assert second.unchanged, [report for report in (second.added, *second.stages) if not report.unchanged]
    assert second.refused == first.refused != ()
    same(exported(tmp_path / "case", tmp_path / "two", day=5), before)
