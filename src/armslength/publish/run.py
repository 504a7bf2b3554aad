"""Writes a case's content into a folder, whole or not at all, and has the log say so.

In:  a writer (the export is a custody event), a folder, a format.
Out: a folder of files with `export.json`, which lists them with their hashes; the same bytes for the same case content.
Never: touches a folder that holds anything an earlier export did not write; leaves half an export behind under the final name.
"""

from __future__ import annotations

import glob
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from armslength.base.errors import InputError
from armslength.base.ids import digest, digest_file
from armslength.model.claims import Claim
from armslength.model.decisions import Judgement
from armslength.model.evidence import Document
from armslength.model.facts import Count, Fact, LineageEdge, Origins, Relation
from armslength.model.ledger import Ledger
from armslength.model.masking import RowMask
from armslength.model.outcome import Rejected
from armslength.model.things import Entity, Incident, Response, Site
from armslength.model.verdicts import verdicts
from armslength.publish import csv, geojson, jsonl, xlsx
from armslength.publish.content import Content, Locate, hidden, nowhere
from armslength.publish.exchange.annotations import ANNOTATIONS
from armslength.publish.exchange.codebooks import AAAD, FREEDOM_HOUSE
from armslength.publish.exchange.follow_the_money import FOLLOW_THE_MONEY
from armslength.publish.exchange.schema_org import SCHEMA_ORG
from armslength.publish.exchange.stix import STIX
from armslength.publish.report import docx, pdf
from armslength.publish.site import pages
from armslength.store.read import Reader
from armslength.store.write import Writer

_SCRATCH = "-armslength-"
"""In the name of the folder, beside the target, in which an export is written before it gets its name."""
MARK = "export.json"
"""The file by which an earlier export is known."""

FORMATS: Mapping[str, Callable[[Content], Iterator[tuple[str, Iterator[str] | Iterator[bytes]]]]] = {
    "jsonl": jsonl.files,
    "csv": csv.files,
    "xlsx": xlsx.files,
    "geojson": geojson.files,
    "docx": docx.files,
    "pdf": pdf.files,
    "site": pages.files,
    "annotations": ANNOTATIONS.files,
    "schema-org": SCHEMA_ORG.files,
    "ftm": FOLLOW_THE_MONEY.files,
    "stix": STIX.files,
    "freedom-house": FREEDOM_HOUSE.files,
    "aaad": AAAD.files,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportReport:
    """What was written."""

    format: str
    folder: Path
    files: tuple[tuple[str, str, int], ...]
    """Name, SHA-256 and lines of each file."""
    hash: str
    """Digest over the names and hashes: two exports with the same one are the same."""


def export(
    writer: Writer,
    to: Path,
    *,
    format: str,  # noqa: A002 - the word users type
    summarise: Callable[[Reader], Mapping[str, str]],
    ledgers: Callable[[Reader], Ledger],
    locate: Locate = nowhere,
    mask: RowMask | None = None,
) -> ExportReport:
    """Write the case's content to `to` in one of `FORMATS`.

    `summarise` gives each fact's source summary, `ledgers` what must travel with facts about the accused; `mask` hides protected persons'
    names, which without it stand as in the sources. The log entry is written before the folder appears under its name: an entry without
    a folder misleads nobody, a folder without an entry would. Raises InputError for an unknown format, a folder that is in use, or one
    inside the case.
    """
    if format not in FORMATS:
        raise InputError(f"There is no format {format!r}; choose one of {', '.join(FORMATS)}.")
    target = to.resolve()
    _check_free(target, case=writer.read.case.folder.resolve())
    content = load(writer.read, ledger=ledgers(writer.read))
    content = replace(content, summaries=summarise(writer.read), locate=locate, title=writer.read.case.name)
    content = content if mask is None else hidden(content, mask)
    target.parent.mkdir(parents=True, exist_ok=True)
    _sweep(target)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}{_SCRATCH}", dir=target.parent) as scratch:
        fresh = Path(scratch) / "new"
        fresh.mkdir()
        written = tuple(_write(fresh / name, lines) for name, lines in FORMATS[format](content))
        report = ExportReport(format=format, folder=to, files=written, hash=digest(*((name, found) for name, found, _ in written)))
        _write(fresh / MARK, [_mark(report)])
        told = {"files": {name: found for name, found, _ in written}, "hash": report.hash, "masked": mask is not None}
        writer.record("export.written", format, told)
        _swap(fresh, target, aside=Path(scratch) / "old")
    return report


def load(reader: Reader, *, ledger: Ledger) -> Content:
    """Read everything that an export may hold."""
    judgements = reader.all(Judgement)
    claims = reader.all(Claim)
    mentions = {link.mention for claim in claims for link in claim.attribution}
    mentions |= {party.mention for claim in claims for party in claim.parties}
    return Content(
        documents=reader.all(Document),
        claims=claims,
        facts=reader.all(Fact),
        origins={row.id: row for row in reader.all(Origins)},
        relations=reader.all(Relation),
        edges=reader.all(LineageEdge),
        entities=reader.all(Entity),
        sites=reader.all(Site),
        incidents=reader.all(Incident),
        responses=reader.all(Response),
        counts=reader.all(Count),
        rejected=reader.all(Rejected),
        judgements=judgements,
        ledger=ledger,
        verdicts=verdicts(judgements),
        entity_of=reader.entity_of(mentions),
    )


def _sweep(target: Path) -> None:
    """Take away what an export to the same place left half-written when it was killed: it may hold what the finished one hides."""
    for left in target.parent.glob(f".{glob.escape(target.name)}{_SCRATCH}*"):
        shutil.rmtree(left, ignore_errors=True)


def _swap(fresh: Path, target: Path, *, aside: Path) -> None:
    """Put a finished folder under its name; an earlier one comes back when that fails."""
    if target.exists():
        target.rename(aside)
    try:
        fresh.rename(target)
    except OSError:
        if aside.exists():
            aside.rename(target)
        raise


def _write(path: Path, lines: Iterable[str] | Iterable[bytes]) -> tuple[str, str, int]:
    count = 0
    with path.open("wb") as out:
        for line in lines:
            out.write(line if isinstance(line, bytes) else line.encode("utf-8"))
            count += 1
        out.flush()
        os.fsync(out.fileno())
    return path.name, digest_file(path), count


def _mark(report: ExportReport) -> str:
    files = {name: {"sha256": found, "lines": lines} for name, found, lines in report.files}
    return json.dumps({"armslength_export": 1, "format": report.format, "hash": report.hash, "files": files}, indent=2) + "\n"


def _check_free(target: Path, *, case: Path) -> None:
    """Refuse a folder that is not empty, unless an earlier export wrote all that is in it."""
    if target == case or case in target.parents or target in case.parents:
        raise InputError(f"{target} lies inside the case or holds it; give --to a folder of its own.")
    if not target.exists():
        return
    if not target.is_dir():
        raise InputError(f"{target} is a file; give --to a folder that is new, empty, or an earlier export.")
    there = {path.name for path in target.iterdir()}
    strange = sorted(there - _earlier(target / MARK))
    if strange:
        more = f" and {len(strange) - 3} more" if len(strange) > 3 else ""
        raise InputError(
            f"{target} holds files that an export did not write ({', '.join(strange[:3])}{more}); nothing was changed. "
            "Give --to a folder that is new, empty, or an earlier export."
        )


def _earlier(mark: Path) -> set[str]:
    """Names of the files that an earlier export says it wrote."""
    try:
        found = json.loads(mark.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return set()
    files = found.get("files") if isinstance(found, dict) and found.get("armslength_export") == 1 else None
    return {MARK, *files} if isinstance(files, dict) else set()
