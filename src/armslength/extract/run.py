"""The extract stage: documents in, claims out. The only file of this stage that touches the store.

Each document is a run of its own, `extract:<document>`, so that a new document is read alone and nothing is read twice. Claims that people
added stand under another, `added:<document>`: adding one reads nothing anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from armslength.base.engine import Engine, Progress, batched
from armslength.base.ids import digest
from armslength.base.settings import Settings
from armslength.extract.backends import language_model
from armslength.extract.readers import check_reachable, reader_for
from armslength.extract.reading import Reading
from armslength.model.added import added
from armslength.model.claims import Claim
from armslength.model.codec import to_json
from armslength.model.decisions import Judgement
from armslength.model.evidence import Document
from armslength.model.ontology import load
from armslength.model.outcome import Rejected, StageReport, StageRun
from armslength.model.verdicts import ADDED
from armslength.store.spans import check_row
from armslength.store.write import Writer

NAME = "extract"
VERSION = "3"
_PAGE = 200
SENT = "documents.sent"
"""Custody event: text was handed to a language model."""
BY_A_MODEL = language_model.NAME
"""The name of the reader of what it read."""
_BY_RULES, _BY_MODEL = "sentences were parsed and gave no claim", "parts of the language model's answers were refused, or did not come"
"""What the rows that were refused within a document are, for the report."""


def run(writer: Writer, *, engine: Engine, settings: Settings, progress: Progress) -> StageReport:
    """Read every document that has not been read in this form by this reader, and forget claims of documents that are gone."""
    read, version = reader_for(settings)
    known = {r.id: r for r in writer.read.all(StageRun) if r.id.startswith(f"{NAME}:")}
    present: set[str] = set()
    stale: dict[str, str] = {}
    for document in _documents(writer):
        run_id = f"{NAME}:{document.id}"
        present.add(run_id)
        stood = known.get(run_id)
        known_by = _input(document, version)
        if stood is None or (stood.version, stood.input_hash) != (VERSION, known_by):
            stale[document.id] = known_by
    gone = set(known) - present
    writer.drop(gone)
    if settings.model is not None and stale:
        writer.record(SENT, settings.model.model, {**check_reachable(settings.model), "documents": len(stale)})
    done = 0
    size = settings.batch if settings.model is None else 1  # a model takes minutes for a document: what is done is kept at once
    for readings in engine.map_batches(read, _batches(writer, list(stale), size)):
        with writer.together():
            for reading in readings:
                _keep(writer, reading, stale[reading.doc])
        done += len(readings)
        progress("reading documents", done, len(stale))
    moved = _add(writer)
    return _report(
        writer, len(present), unchanged=not stale and not gone and not moved, told=_BY_RULES if settings.model is None else _BY_MODEL
    )


def run_added(writer: Writer, *, engine: Engine, settings: Settings, progress: Progress) -> StageReport:  # noqa: ARG001 (one contract for all stages)
    """Only put the claims that people added in their place, and take away those that they took back. Taken and kept are claims."""
    moved = _add(writer)
    kept = writer.read.count(Claim)
    return StageReport(stage=NAME, version=VERSION, unit="claims", taken=kept, kept=kept, refused=0, unchanged=not moved)


def _add(writer: Writer) -> bool:
    """Keep the claims that people added, each document's under a run of its own; whether anything was otherwise before.

    A claim whose document is not there, or does not say so any more, is left out: the review stage lists its judgement.
    """
    with writer.together():
        holding, _ = added(writer.read.all(Judgement))
        texts = {row.id: row.text for row in writer.read.all(Document, id={one.claim.doc for one in holding})} if holding else {}
        there: dict[str, list[Claim]] = {}
        for one in holding:
            if one.claim.doc in texts and next(check_row(one.claim, texts.get), None) is None:
                there.setdefault(f"{ADDED}:{one.claim.doc}", []).append(one.claim)
        known = {row.id: (row.version, row.input_hash) for row in writer.read.starting(StageRun, f"{ADDED}:")}
        wanted = {run: (VERSION, digest(*(to_json(claim) for claim in claims))) for run, claims in there.items()}
        writer.drop(known.keys() - wanted.keys())
        for run in sorted(wanted):
            if known.get(run) != wanted[run]:
                writer.put(StageRun(id=run, version=VERSION, input_hash=wanted[run][1], output_hash=""), there[run])
    return known != wanted


def _documents(writer: Writer) -> Iterator[Document]:
    after: str | None = None
    while page := writer.read.all(Document, limit=_PAGE, after=after):
        yield from page
        after = page[-1].id


def _batches(writer: Writer, ids: Sequence[str], size: int) -> Iterator[Sequence[Document]]:
    for some in batched(ids, size):
        yield writer.read.all(Document, id=some)


def _input(document: Document, version: str) -> str:
    return digest(to_json(document), version, _data_fingerprint(), load().fingerprint)


@cache
def _data_fingerprint() -> str:
    """Changes when a lexicon or grammar of this stage does."""
    data = files("armslength.extract") / "data"
    found = sorted((f for folder in (data, data / "lexicon") for f in folder.iterdir() if f.is_file()), key=lambda f: f.name)
    return digest(*(part for f in found for part in (f.name, f.read_bytes())))


def _keep(writer: Writer, reading: Reading, known_by: str) -> None:
    mark = StageRun(id=f"{NAME}:{reading.doc}", version=VERSION, input_hash=known_by if reading.settled else "", output_hash="")
    writer.put(mark, reading.claims, refused=reading.refused)


def _report(writer: Writer, documents: int, *, unchanged: bool, told: str) -> StageReport:
    whole = sum(1 for row in writer.read.all(Rejected, stage=NAME) if row.start is None)
    silent = writer.read.count(Rejected, stage=NAME) - whole
    return StageReport(
        stage=NAME,
        version=VERSION,
        unit="documents",
        taken=documents,
        kept=documents - whole,
        refused=whole,
        unchanged=unchanged,
        notes=(f"{silent} {told}",) if silent else (),
    )
