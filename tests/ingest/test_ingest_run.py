from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from making import PAGE, SENTENCE, make_docx, make_pdf

from armslength.base.clock import FixedClock
from armslength.base.engine import silent
from armslength.base.errors import InputError
from armslength.base.settings import ReadingLimits, Settings
from armslength.ingest.run import add, run
from armslength.model.custody import LogEntry
from armslength.model.evidence import Collection, Document, Source
from armslength.model.outcome import Rejected, StageReport
from armslength.store.case import Case, create_case
from armslength.store.read import reading
from armslength.store.write import writing

SETTINGS = Settings(collector="heron", limits=ReadingLimits(seconds=30, max_bytes=100_000))


class HereOnly:
    def map_batches(self, work: Callable[[Sequence[Any]], list[Any]], batches: Iterable[Sequence[Any]]) -> Iterator[list[Any]]:
        return map(work, batches)


class Bench:
    """A case, and the two steps on it."""

    def __init__(self, folder: Path, clock: FixedClock) -> None:
        self.clock = clock
        self.case: Case = create_case(folder, name="Harbours", clock=clock, actor="heron", secret=b"s" * 32)

    def add(self, *paths: Path, manifest: Path | None = None) -> StageReport:
        self.clock = FixedClock(at=self.clock.at + timedelta(seconds=1))
        with writing(self.case, clock=self.clock, actor="heron") as writer:
            return add(writer, paths, manifest=manifest, clock=self.clock, engine=HereOnly(), settings=SETTINGS, progress=silent)

    def run(self, settings: Settings = SETTINGS) -> StageReport:
        with writing(self.case, clock=self.clock, actor="heron") as writer:
            return run(writer, engine=HereOnly(), settings=settings, progress=silent)

    def all(self, kind: type[Any]) -> list[Any]:
        with reading(self.case) as reader:
            return reader.all(kind)


@pytest.fixture
def bench(tmp_path: Path, clock: FixedClock) -> Bench:
    return Bench(tmp_path / "case", clock)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    (made / "a.txt").write_bytes(f"Offices found\r\n\r\n{SENTENCE}\r\n".encode())
    (made / "b.html").write_bytes(PAGE.encode())
    (made / "c.pdf").write_bytes(make_pdf(SENTENCE))
    (made / "d.docx").write_bytes(make_docx())
    (made / "e.pdf").write_bytes(b"%PDF-broken")
    return made


def test_a_folder_becomes_sources_and_documents(bench: Bench, folder: Path) -> None:
    (folder / "manifest.csv").write_text("file,url,title,publisher,published\na.txt,https://a.example/1,,Harbour Post,2023-03\n")
    added, read = bench.add(folder), bench.run()
    assert (added.taken, added.kept, added.refused, added.unchanged) == (5, 5, 0, False)
    assert (read.taken, read.kept, read.refused, read.unchanged) == (5, 4, 1, False)
    (text,) = [document for document in bench.all(Document) if document.first.file == "a.txt"]
    assert text.text == f"Offices found\r\n\r\n{SENTENCE}\r\n"
    assert (text.title, text.publisher, text.published, text.first.url) == (
        "Offices found",
        "Harbour Post",
        "2023-03",
        "https://a.example/1",
    )
    assert [gap.field for gap in text.first.missing] == ["byline"]
    (refused,) = bench.all(Rejected)
    assert (refused.doc, refused.stage) == ("e.pdf", "ingest")
    assert refused.reason == "e.pdf: the PDF is damaged and cannot be opened; get another copy"
    assert len(bench.all(Source)) == 5


def test_a_collection_says_what_is_known_and_what_is_not(bench: Bench, folder: Path) -> None:
    bench.add(folder / "a.txt")
    (row,) = bench.all(Collection)
    assert (row.file, row.method, row.collector, row.tool, row.clock) == ("a.txt", "upload", "heron", "armslength", "fixed")
    assert {gap.field for gap in row.missing} == {
        "requested_url",
        "final_url",
        "http_status",
        "http_headers",
        "title",
        "publisher",
        "published",
    }


def test_a_second_run_does_nothing_and_says_so(bench: Bench, folder: Path) -> None:
    bench.add(folder), bench.run()
    before = len(bench.all(LogEntry))
    added, read = bench.add(folder), bench.run()
    assert (added.unchanged, read.unchanged) == (True, True)
    assert (read.taken, read.kept, read.refused) == (5, 4, 1)
    assert len(bench.all(LogEntry)) == before


def test_the_same_bytes_under_another_name_are_one_source_with_two_custody_entries(bench: Bench, folder: Path) -> None:
    bench.add(folder / "a.txt"), bench.run()
    (folder / "again.txt").write_bytes((folder / "a.txt").read_bytes())
    report = bench.add(folder / "again.txt")
    assert "a second custody entry" in report.notes[0]
    assert not bench.run().unchanged
    assert (len(bench.all(Source)), len(bench.all(Collection))) == (1, 2)
    (document,) = bench.all(Document)
    assert [row.file for row in document.appearances] == ["a.txt", "again.txt"]


def test_the_same_text_from_two_sources_is_one_document(bench: Bench, folder: Path) -> None:
    text = (folder / "a.txt").read_bytes().decode()
    (folder / "wide.txt").write_bytes(text.encode("utf-16"))
    bench.add(folder / "a.txt", folder / "wide.txt")
    assert bench.run().kept == 2
    (document,) = bench.all(Document)
    assert len({row.source for row in document.appearances}) == 2


def test_documents_are_the_same_in_any_order_of_arrival(tmp_path: Path, clock: FixedClock, folder: Path) -> None:
    text = (folder / "a.txt").read_bytes().decode()
    (folder / "old.txt").write_bytes(text.encode("utf-16"))
    (folder / "manifest.csv").write_text("file,published\nold.txt,2021\n")
    files = [folder / name for name in ("a.txt", "old.txt")]
    found = []
    for number, order in enumerate(itertools.permutations(files)):
        bench = Bench(tmp_path / f"case{number}", clock)
        for file in order:
            bench.add(file, manifest=folder / "manifest.csv")
            bench.run()
        found.append(bench.all(Document))
    whole = Bench(tmp_path / "whole", clock)
    whole.add(*files, manifest=folder / "manifest.csv")
    whole.run()
    assert all(documents == whole.all(Document) for documents in found)
    (merged,) = [document for document in found[0] if len(document.appearances) == 2]
    assert merged.first.file == "old.txt"
    assert dict(merged.reader.parameters)["encoding"] == "utf-16-le"


def test_a_later_declaration_is_taken_up(bench: Bench, folder: Path) -> None:
    bench.add(folder), bench.run()
    (folder / "manifest.csv").write_text("file,publisher\nb.html,Other Post\nmissing.txt,X\n")
    report = bench.add(folder)
    assert report.unchanged is False
    bench.run()
    assert [document.publisher for document in bench.all(Document) if document.first.file == "b.html"] == ["Other Post"]
    assert any(row.reason.startswith("manifest.csv: line 3, file: there is no file missing.txt") for row in bench.all(Rejected))
    (folder / "manifest.csv").write_text("file,publisher\nb.html,Other Post\n")
    bench.add(folder)
    assert [row.doc for row in bench.all(Rejected)] == ["e.pdf"]


def test_what_cannot_be_taken_in_is_refused_and_taken_in_later(bench: Bench, folder: Path) -> None:
    (folder / "big.txt").write_bytes(b"x" * 200_000)
    report = bench.add(folder)
    assert (report.taken, report.kept, report.refused) == (6, 5, 1)
    assert "1 file could not be taken in" in report.notes
    assert [row.reason for row in bench.all(Rejected)] == [
        "big.txt: it is 200000 bytes long, more than 100000; split it or raise the limit"
    ]
    assert [entry.subject for entry in bench.all(LogEntry) if entry.event == "source.refused"] == ["big.txt"]
    assert bench.add(folder).unchanged is True
    (folder / "big.txt").write_text(SENTENCE)
    assert bench.add(folder).refused == 0
    assert bench.all(Rejected) == []


def test_higher_limits_try_again_what_was_refused_for_its_length(bench: Bench, folder: Path) -> None:
    bench.add(folder / "a.txt")
    assert bench.run(Settings(limits=ReadingLimits(max_text=10))).refused == 1
    assert (bench.run().refused, bench.all(Rejected)) == (0, [])


def test_a_file_that_is_not_a_manifest_stops_before_anything_is_changed(bench: Bench, folder: Path) -> None:
    with pytest.raises(InputError, match="no column `file`"):
        bench.add(folder, manifest=folder / "a.txt")
    assert bench.all(Source) == []


def test_two_damaged_files_of_one_name_are_both_listed(bench: Bench, folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "e.pdf").write_bytes(b"%PDF-broken too")
    bench.add(folder)
    assert bench.run().refused == 2
    assert [row.doc for row in bench.all(Rejected)] == ["e.pdf", "e.pdf"]
