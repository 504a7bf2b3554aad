"""What is measured, each in a process of its own: `python bench/tasks.py NAME FOLDER` prints its figures as JSON.

In:  the name of a task, and a folder to work in.
Out: seconds and amounts. How much memory a task took is seen from outside (`run.py`).
Never: judges a figure.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import spacy
from texts import batches_of_stream, editions, stream

from armslength.base.clock import FixedClock
from armslength.base.engine import batched, silent
from armslength.base.ids import digest_text
from armslength.base.settings import Settings
from armslength.extract import run as extract
from armslength.extract.backends.spacy_parser import model_name
from armslength.extract.read import read_document, read_documents, reader_version
from armslength.extract.reading import Reading
from armslength.extract.scan import is_relevant
from armslength.extract.steps import STEPS
from armslength.extract.working import Step, carry_out
from armslength.ingest.readers import read
from armslength.ingest.run import NAME as INGEST
from armslength.model.claims import Claim, claim_id, mention_id
from armslength.model.evidence import Appearance, Document
from armslength.model.evidence import Reader as ReaderName
from armslength.model.outcome import StageReport, StageRun
from armslength.pipeline.building import NewCase, build, export_case, init_case
from armslength.pipeline.engines.one_process import OneProcess
from armslength.pipeline.stage import Stage
from armslength.pipeline.stages import STAGES
from armslength.store.case import open_case
from armslength.store.verify import verify_case
from armslength.store.write import Writer, writing

CLOCK = FixedClock(at=datetime(2026, 1, 1, tzinfo=UTC))
DENSE, STREAM, EVERY = 90, 250, 50
"""Texts read. Enough for some ten seconds each, so that a hiccup of the machine does not show."""
LARGE = 900
"""Texts of the large case; they hold about ten claims each."""
FEW, MANY = 1_000, 20_000
"""Documents of a short and a long stream: the time for one must not grow with their number."""

Figures = dict[str, float]


def documents(texts: Sequence[str]) -> list[Document]:
    """Texts as documents, without a case."""
    return [document(text, number) for number, text in enumerate(texts)]


def document(text: str, number: int) -> Document:
    got = read(text.encode())
    where = (Appearance(source=digest_text(text), file=f"{number}.txt", publisher="Bench"),)
    return Document(id=digest_text(got.text), text=got.text, lang="en", reader=got.reader, appearances=where, blocks=got.blocks)


def parser(texts: Sequence[str]) -> float:
    """Seconds that the parser alone takes for whole texts, at its own pace."""
    model = spacy.load(model_name())
    list(model.pipe(["The ministry closed the station."]))
    return seconds(lambda: sum(1 for _ in model.pipe(texts, batch_size=16)))


def reader(rows: Sequence[Document]) -> tuple[float, list[Reading]]:
    """Seconds that reading claims takes, the model being loaded already, and what was read."""
    warm()
    out: list[Reading] = []
    start = time.perf_counter()
    for batch in batched(rows, Settings().batch):
        out.extend(read_documents(batch))
    return time.perf_counter() - start, out


def warm() -> None:
    """Load the model, the word lists and the places, which every process does once."""
    read_documents(documents(editions(1)))


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def measured_parser(texts: Sequence[str]) -> Figures:
    return {"words": words(texts), "seconds": parser(texts)}


def measured_reader(texts: Sequence[str]) -> Figures:
    rows = documents(texts)
    spent, found = reader(rows)
    claims = sum(len(one.claims) for one in found)
    scanned = sum(is_relevant(text) for text in texts)
    return {"words": words(texts), "seconds": spent, "claims": claims, "scanned_in": scanned, "texts": len(texts)}


def share_of_steps(texts: Sequence[str]) -> Figures:
    """Processor seconds of each step of reading, over texts full of claims."""
    warm()
    spent: Figures = {}
    steps = [replace(step, run=noted(step, spent)) for step in STEPS]
    reader_name = ReaderName(name="bench", version=reader_version())
    for row in documents(texts):
        carry_out(steps, {"document": row, "reader": reader_name})
    return spent


def noted(step: Step, spent: Figures) -> Callable[..., Any]:
    """The step's own function, with its processor seconds noted down."""

    def run(**needs: Any) -> Any:
        start = time.process_time()
        given = step.run(**needs)
        spent[step.name] = spent.get(step.name, 0.0) + time.process_time() - start
        return given

    return run


def long_reading(number: int) -> Figures:
    """Read a stream of so many documents, made one batch at a time."""
    warm()
    spent, claims = 0.0, 0
    for batch in in_batches(number):
        start = time.process_time()
        claims += sum(len(one.claims) for one in read_documents(batch))
        spent += time.process_time() - start
    return {"documents": number, "seconds": spent, "claims": claims}


def long_stage(number: int, folder: Path) -> Figures:
    """Run the extract stage over a case of so many documents."""
    case = folder / f"long-{number}"
    init_case(case, new=NewCase(), clock=CLOCK, actor="bench")
    warm()
    with writing(open_case(case), clock=CLOCK, actor="bench") as writer:
        for place, batch in enumerate(in_batches(number)):
            writer.put(StageRun(id=f"{INGEST}:{place}", version="bench", input_hash="", output_hash=""), batch)
        start = time.process_time()
        report = extract.run(writer, engine=OneProcess(), settings=Settings(), progress=silent)
        spent = time.process_time() - start
        claims = writer.read.count(Claim)
    if report.taken != number:
        raise SystemExit(f"The stage took {report.taken} of {number} documents.")
    return {"documents": number, "seconds": spent, "claims": claims}


def in_batches(number: int) -> Iterator[list[Document]]:
    """A stream's documents, no two alike, a few at a time: a benchmark of memory must not hold them all itself."""
    size = Settings().batch
    for at, texts in enumerate(batches_of_stream(number, every=EVERY, size=size)):
        yield [document(text, at * size + place) for place, text in enumerate(texts)]


def words(texts: Sequence[str]) -> int:
    return sum(len(text.split()) for text in texts)


def ingest(folder: Path) -> Figures:
    """Take in many files and read them into documents; the case stays for the tasks after it."""
    files = folder / "files"
    files.mkdir()
    for number, text in enumerate(editions(LARGE)):
        (files / f"{number:04}.txt").write_text(text, encoding="utf-8")
    spent = seconds(lambda: build(folder / "case", [files], settings=Settings(), clock=CLOCK, stages=stages(INGEST)))
    return {"documents": LARGE, "seconds": spent}


def later(folder: Path) -> Figures:
    """Fill the case with claims, without parsing each edition, and run the stages behind."""
    spent: Figures = {}
    made = [Stage(**{**fields(stage), "run": timed(stage, spent)}) for stage in STAGES if stage.name != INGEST]
    made[0] = replace(made[0], run=copied_claims)
    build(folder / "case", [], settings=Settings(), clock=CLOCK, stages=made)
    return spent


def fields(stage: Stage) -> dict[str, Any]:
    return {name: getattr(stage, name) for name in stage.__slots__}


def timed(stage: Stage, spent: Figures) -> Callable[..., StageReport]:
    """The stage's own function, with its seconds noted down."""

    def run(*args: Any, **kwargs: Any) -> StageReport:
        out: list[StageReport] = []
        spent[stage.name] = seconds(lambda: out.append(stage.run(*args, **kwargs)))
        return out[0]

    return run


def copied_claims(writer: Writer, **_: object) -> StageReport:
    """Claims for every edition from one reading of its text: editions differ in numbers, and their words stand at the same places."""
    rows = writer.read.all(Document)
    known: dict[str, tuple[Claim, ...]] = {}
    total = 0
    with writer.together():
        for row in rows:
            shape = "".join("0" if letter.isdigit() else letter for letter in row.text.rpartition("Edition")[0])
            if shape not in known:
                known[shape] = read_document(row).claims
            claims = [moved(claim, row) for claim in known[shape]]
            writer.put(StageRun(id=f"{extract.NAME}:{row.id}", version="bench", input_hash="", output_hash=""), claims)
            total += len(claims)
    return StageReport(stage=extract.NAME, version="bench", unit="documents", taken=len(rows), kept=len(rows), refused=0)


def moved(claim: Claim, row: Document) -> Claim:
    """A claim as another edition makes it."""
    links = tuple(replace(link, mention=mention_id(row.id, link.kind, link.name)) for link in claim.attribution)
    parties = tuple(replace(party, mention=mention_id(row.id, party.kind, party.name)) for party in claim.parties)
    name = claim_id(row.id, claim.start, claim.end, claim.kind, claim.quantity)
    quote = row.text[claim.start : claim.end]
    return replace(claim, id=name, doc=row.id, quote=quote, attribution=links, parties=parties)


def verify(folder: Path) -> Figures:
    case = open_case(folder / "case")
    problems: list[object] = []
    spent = seconds(lambda: problems.extend(verify_case(case).problems))
    if problems:
        raise SystemExit(f"The case of the benchmark does not verify: {problems[0]}")
    return {"seconds": spent}


def export(folder: Path) -> Figures:
    spent = seconds(lambda: export_case(folder / "case", folder / "out", format="jsonl", clock=CLOCK, actor="bench"))
    with (folder / "out" / "claims.jsonl").open(encoding="utf-8") as lines:
        return {"seconds": spent, "claims": sum(1 for _ in lines)}


def stages(*names: str) -> tuple[Stage, ...]:
    return tuple(stage for stage in STAGES if stage.name in names)


TASKS: dict[str, Callable[[Path], Figures]] = {
    "parse_dense": lambda _: measured_parser(editions(DENSE)),
    "read_dense": lambda _: measured_reader(editions(DENSE)),
    "parse_stream": lambda _: measured_parser(stream(STREAM, every=EVERY)),
    "read_stream": lambda _: measured_reader(stream(STREAM, every=EVERY)),
    "steps": lambda _: share_of_steps(editions(DENSE // 2)),
    "long_read_few": lambda _: long_reading(FEW),
    "long_read_many": lambda _: long_reading(MANY),
    "long_stage_few": lambda folder: long_stage(FEW, folder),
    "long_stage_many": lambda folder: long_stage(MANY, folder),
    "ingest": ingest,
    "later": later,
    "verify": verify,
    "export": export,
}

if __name__ == "__main__":
    print(json.dumps(TASKS[sys.argv[1]](Path(sys.argv[2]))))
