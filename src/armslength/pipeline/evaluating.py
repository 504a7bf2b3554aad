"""Readers side by side on a gold file.

In:  a gold file, the folder with its documents, the readers to try. Out: for each reader its figures, its misses and how long it took.
Never: shows a reader the gold.
"""

from __future__ import annotations

import csv
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from armslength.base.clock import Clock
from armslength.base.engine import Progress, silent
from armslength.base.errors import InputError
from armslength.base.settings import Settings
from armslength.ingest.walk import MANIFEST
from armslength.model.claims import Claim
from armslength.model.evidence import Document
from armslength.model.outcome import Rejected
from armslength.pipeline.evaluation.gold import Gold, GoldDocument, read_gold
from armslength.pipeline.evaluation.measures import Measured, Read, measure
from armslength.pipeline.trying import tried
from armslength.store.read import Reader

_BESIDE = ".meta.json"
_COLUMNS = ("url", "title", "publisher", "published")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """One reader on one gold file."""

    reader: str
    version: str
    """Of the reader, as its claims carry it; empty where it read none."""
    measured: Measured
    missing: tuple[str, ...]
    """Files of the gold that are not in the folder or could not be opened."""
    unread: tuple[str, ...]
    """Documents the reader gave up on, with its reason."""
    seconds: float


def evaluate(
    gold_file: Path, folder: Path, *, readers: Mapping[str, Settings], clock: Clock, progress: Progress = silent
) -> tuple[Evaluation, ...]:
    """Try each reader on the documents that the gold is about, and on no other file of the folder.

    A `manifest.csv` in the folder, or a `NAME.meta.json` beside a document, says what the file does not say itself. Raises InputError
    where there is nothing to read.
    """
    try:
        gold = read_gold(gold_file.read_bytes(), name=gold_file.name)
    except OSError as error:
        raise InputError(f"{gold_file} cannot be read: {(error.strerror or 'unknown error').lower()}.") from error
    files = [folder / one.file for one in gold.documents if (folder / one.file).is_file()]
    if not files:
        raise InputError(f"None of the {len(gold.documents)} documents of {gold_file.name} is in {folder}.")
    with TemporaryDirectory(prefix="armslength-") as scratch:
        manifest = folder / MANIFEST if (folder / MANIFEST).is_file() else _declared(files, Path(scratch))
        return tuple(_evaluated(name, one, gold, files, manifest, clock=clock, progress=progress) for name, one in readers.items())


def _declared(files: Sequence[Path], scratch: Path) -> Path | None:
    """A manifest made of the `NAME.meta.json` that may lie beside each document: what the file does not say itself."""
    rows = []
    for file in files:
        beside = file.with_suffix(_BESIDE)
        try:
            told = json.loads(beside.read_text(encoding="utf-8")) if beside.is_file() else {}
        except ValueError as error:
            raise InputError(f"{beside.name} is not JSON ({error}).") from error
        if isinstance(told, dict) and told:
            rows.append([file.name, *(str(told.get(column) or "") for column in _COLUMNS)])
    if not rows:
        return None
    made = scratch / MANIFEST
    with made.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([["file", *_COLUMNS], *rows])
    return made


def _evaluated(
    name: str, settings: Settings, gold: Gold, files: Sequence[Path], manifest: Path | None, *, clock: Clock, progress: Progress
) -> Evaluation:
    begun = time.perf_counter()
    with tried(files, settings=settings, clock=clock, manifest=manifest, progress=progress) as (reader, _):
        read = {one.id: found for one in gold.documents if (found := _read(one, reader)) is not None}
        whole = [row for row in reader.all(Rejected, stage="extract") if row.start is None]
        names = {document.id: document.first.file for document in reader.all(Document)}
        unread = tuple(sorted(f"{names.get(row.doc, row.doc)}: {row.reason}" for row in whole))
    versions = sorted({f"{c.reader.name} {c.reader.version}" for one in read.values() for c in one.claims})
    return Evaluation(
        reader=name,
        version=", ".join(versions),
        measured=measure(gold, read),
        missing=tuple(one.file for one in gold.documents if one.id not in read),
        unread=unread,
        seconds=time.perf_counter() - begun,
    )


def _read(wanted: GoldDocument, reader: Reader) -> Read | None:
    """What a reader made of a document, found by its file's name or the hash of its bytes."""
    name = Path(wanted.file).name
    for document in reader.all(Document):
        if any(Path(one.file).name == name or one.source == wanted.sha256 for one in document.appearances):
            return Read(text=document.text, claims=tuple(reader.all(Claim, doc=document.id)))
    return None
