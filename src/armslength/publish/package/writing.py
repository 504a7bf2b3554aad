"""Writes a release package, whole or not at all.

In:  both sides of a release, the log, a secret, who releases, and how to have the log say so.
Out: a folder that is a BagIt bag.
Never: touches the store; shows a row that the whole does not have; leaves half a package under the final name.

The order makes each step stand on the one before: tables and marks, lists of files, seal, signatures of the releasers, the entry in the
log (with the seal's hash and the root over the whole), then what is only known afterwards: that entry, time stamps, the list of tags.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from armslength.base.errors import InputError, IntegrityError
from armslength.base.ids import digest_bytes, digest_file, keyed_digest
from armslength.model.custody import LogEntry
from armslength.publish.jsonl import Row, line
from armslength.publish.package import bag
from armslength.publish.package.assemble import verify_html, verify_py
from armslength.publish.package.checks.custody import SEAL_MESSAGE, key_name
from armslength.publish.package.checks.files import RELEASE_FILE, SEAL_FILE, SIGNATURES_FILE, VERSION
from armslength.publish.package.checks.plain import read_lines
from armslength.publish.package.checks.proofs import NEEDED, PASSAGES
from armslength.publish.package.checks.tree import PIECE, pieces
from armslength.publish.package.options import PackageOptions, Releaser, Side, TimeStamp, Written
from armslength.publish.package.readme import changes_text, readme
from armslength.publish.package.sealing import DOCUMENTS, TEXT, Seal, ShownRow
from armslength.publish.package.tables import LOG, LOGGED, log_extract, log_row, logged_rows, rows_of, spans_by_document

TAGS = ("bagit.txt", "bag-info.txt", "README.txt", "CHANGES.txt", "verify.py", "verify.html")
Record = Callable[[Mapping[str, object]], LogEntry]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What the README tells of."""

    facts: Sequence[Row]
    rows: Mapping[str, int]
    changes: Sequence[Row]


def write_package(
    folder: Path,
    *,
    shown: Side,
    whole: Side,
    log: Sequence[LogEntry],
    secret: bytes,
    releasers: Sequence[Releaser],
    record: Record,
    options: PackageOptions,
) -> Written:
    """Write a package to a new folder.

    `log` is the whole log up to now; `record` writes the entry `release.made` with the data it is given, as the very next one.
    Raises InputError when the two sides, the people or the options do not fit together, IntegrityError when the log went on meanwhile.
    """
    log = tuple(log)  # `record` may append to the list it was handed
    _check(folder, log, releasers, options)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as scratch:
        fresh = Path(scratch) / folder.name
        (fresh / "data" / "seals").mkdir(parents=True)
        sealed, told = _write_tables(fresh, shown, whole, log, secret, options)
        root, proof = sealed.finish()
        _write_marks(fresh, sealed, proof)
        _write_sources(fresh, sealed, options)
        for path, file in sorted(options.attachments.items()):
            to = fresh / "data" / "formats" / path
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, to)
        _write_tags(fresh, told, releasers, options)
        seal = _write_seal(fresh, told, options, {"root": root, "rows": len(sealed.leaves)})
        _release(fresh, seal, {"root": root, "rows": len(sealed.leaves)}, log, releasers, record, options)
        bag.write_tag_list(fresh)
        fresh.rename(folder)
    return Written(folder=folder, seal=digest_bytes(seal), root=root, rows=len(sealed.leaves), shown=told.rows, masked=sealed.masked)


def add_stamp(folder: Path, stamp: TimeStamp) -> None:
    """Add a time stamp that came after the package was written; nothing that was sealed changes."""
    _write_stamps(folder, [stamp])
    bag.write_tag_list(folder)


def _check(folder: Path, log: Sequence[LogEntry], releasers: Sequence[Releaser], options: PackageOptions) -> None:
    if folder.exists():
        raise InputError(f"{folder} is already there. A package is written to a new folder.")
    if (
        len(releasers) < 2
        or len({one.public for one in releasers}) < len(releasers)
        or len({one.name for one in releasers}) < len(releasers)
    ):
        raise InputError("A release needs two people with two keys.")
    if options.documents not in {"whole", "spans"} or options.sources not in {"hashes", "bytes"}:
        raise InputError("Documents go into a package as `whole` or `spans`, sources as `hashes` or `bytes`.")
    if options.sources == "bytes" and options.source_bytes is None:
        raise InputError("The originals were asked for, and nothing gives their bytes.")
    if not log:
        raise InputError("A package is released from a case that has a log.")


def _write_tables(
    fresh: Path, shown: Side, whole: Side, log: Sequence[LogEntry], secret: bytes, options: PackageOptions
) -> tuple[Seal, _Told]:
    sealed = Seal(key=bytes.fromhex(keyed_digest(secret, "armslength release", options.release)))
    tables = {name: list(rows) for name, rows in rows_of(shown).items()}
    judgements = frozenset(str(row["id"]) for row in tables["judgements"])
    tables[LOG] = list(log_extract(log, judgements, options))
    logged = logged_rows(log, options)
    tables[LOGGED] = [row for row in logged if row["id"] in judgements]
    cut = spans_by_document(tables) if options.documents == "spans" else None
    passages: list[Row] = []
    for name, rows in {**rows_of(whole), LOG: map(log_row, log), LOGGED: logged}.items():
        mine = {found.id: found for row in tables.get(name, ()) for found in [_shown(name, row, cut, options.context)]}
        if len(mine) != len(tables.get(name, ())):
            raise InputError(f"Two rows of {name} in the release have one id.")
        sealed.add(name, rows, mine)
        if mine or name in NEEDED:
            _write_lines(fresh / "data" / f"{name}.jsonl", (mine[one].line for one in sorted(mine)))
        passages += [row for one in mine.values() for row in _passages(one)]
    if set(tables) - set(sealed.marks):
        raise InputError(f"The release has a table that the case does not have: {', '.join(sorted(set(tables) - set(sealed.marks)))}.")
    if options.documents == "spans":
        _write_lines(fresh / "data" / f"{PASSAGES}.jsonl", (line(row)[:-1] for row in sorted(passages, key=lambda row: str(row["id"]))))
        tables[PASSAGES] = passages
    facts = tables["facts"]
    if options.earlier:
        tables["changes"] = _changes(options, facts)
        _write_lines(fresh / "data" / "changes.jsonl", (line(row)[:-1] for row in tables["changes"]))
    return sealed, _Told(
        facts=facts,
        rows={name: len(rows) for name, rows in sorted(tables.items()) if rows or name in NEEDED},
        changes=tables.get("changes", []),
    )


def _shown(table: str, row: Row, cut: Mapping[str, Sequence[tuple[int, int]]] | None, context: int) -> ShownRow:
    """A row as it is shown; of a document in a package of spans, which pieces of its text are."""
    name = str(row["id"])
    if table != DOCUMENTS:
        return ShownRow(id=name, line=line(row)[:-1])
    text = str(row[TEXT])
    if cut is None:
        return ShownRow(id=name, line=line(row)[:-1], text=text)
    seen = {
        at
        for start, end in cut.get(name, ())
        for at in range(max(0, start - context) // PIECE, (min(len(text), end + context) - 1) // PIECE + 1)
    }
    return ShownRow(id=name, line=line({**row, TEXT: None})[:-1], text=text, pieces=frozenset(seen))


def _passages(row: ShownRow) -> list[Row]:
    """The pieces of a document that are shown, as rows."""
    if row.text is None or row.pieces is None:
        return []
    cut = pieces(row.text)
    return [{"id": f"{row.id}:{at}", "doc": row.id, "piece": at, "text": cut[at]} for at in sorted(row.pieces)]


def _changes(options: PackageOptions, facts: Sequence[Row]) -> list[Row]:
    """The feed of changes as rows, each with the label of the fact as it is told here."""
    labels = {row["id"]: row["label"] for row in facts}
    rows: list[Row] = []
    for number, one in enumerate(options.changes, 1):
        label = labels.get(one.now) or labels.get(one.was) or f"fact {one.was[:12]}"
        told = {"reason": one.reason, "label": label, "was": one.was or None, "now": one.now or None, "why": one.why}
        rows.append({"id": f"{number:06d}", "release": one.release, **told})
    return rows


def _write_marks(fresh: Path, sealed: Seal, proof: Row) -> None:
    for table, rows in sealed.marks.items():
        if (fresh / "data" / f"{table}.jsonl").exists():
            _write_lines(fresh / "data" / "seals" / f"{table}.jsonl", (line(row)[:-1] for row in rows))
    bag.write_text(fresh / "data" / "seals" / "proof.json", line(proof))


def _write_sources(fresh: Path, sealed: Seal, options: PackageOptions) -> None:
    """The originals of documents in which nothing is masked."""
    if options.sources != "bytes" or options.source_bytes is None:
        return
    masked: set[str] = set()
    open_ones: set[str] = set()
    for row, _ in read_lines((fresh / "data" / "documents.jsonl").read_bytes(), "documents.jsonl"):
        of = {str(found["source"]) for found in row["appearances"]}
        (open_ones if row["id"] in sealed.open_documents else masked).update(of)
    (fresh / "data" / "sources").mkdir()
    for source in sorted(open_ones - masked):
        (fresh / "data" / "sources" / source).write_bytes(options.source_bytes(source))


def _write_tags(fresh: Path, told: _Told, releasers: Sequence[Releaser], options: PackageOptions) -> None:
    keys = [key_name(one.public) for one in releasers]
    bag.write_text(fresh / "verify.py", verify_py())
    bag.write_text(fresh / "verify.html", verify_html())
    text = readme(options, told.facts, releasers, keys=keys, rows=told.rows, verify=digest_file(fresh / "verify.py"))
    bag.write_text(fresh / "README.txt", text)
    bag.write_text(fresh / "CHANGES.txt", changes_text(told.changes, options.earlier))


def _write_seal(fresh: Path, told: _Told, options: PackageOptions, whole: Row) -> bytes:
    info = {
        "External-Identifier": options.release,
        "External-Description": options.title or options.profile,
        "Bag-Software-Agent": "armslength",
    }
    manifest = bag.write_payload_lists(fresh, info)
    seal: dict[str, Any] = {
        "armslength_package": VERSION,
        "release": options.release,
        "profile": options.profile,
        "as_of": options.as_of,
        "title": options.title,
        "documents": options.documents,
        "sources": options.sources,
        "whole": dict(whole),
        "tables": dict(told.rows),
        "earlier": list(options.earlier),
        "manifest": manifest,
        "tags": {name: digest_file(fresh / name) for name in TAGS},
    }
    data = (json.dumps(seal, ensure_ascii=False, indent=1) + "\n").encode()
    (fresh / SEAL_FILE).write_bytes(data)
    return data


def _release(
    fresh: Path,
    seal: bytes,
    whole: Row,
    log: Sequence[LogEntry],
    releasers: Sequence[Releaser],
    record: Record,
    options: PackageOptions,
) -> None:
    """Have the people sign, the log say so, and the authority stamp it."""
    who = [{"name": one.name, "key": key_name(one.public), "public": one.public} for one in releasers]
    signed = [{**row, "signature": one.sign(SEAL_MESSAGE + seal).hex()} for row, one in zip(who, releasers, strict=True)]
    _write_lines(fresh / SIGNATURES_FILE, (line(row)[:-1] for row in signed))
    for path in fresh.rglob("*"):
        if path.is_file():
            _settle(path)
    entry = record({"release": options.release, "seal": digest_bytes(seal), **whole, "releasers": who})
    if entry.seq != log[-1].seq + 1 or json.loads(entry.entry)["prev"] != log[-1].hash:
        raise IntegrityError("The log went on while the package was written. Nothing was released; try again.")
    row = {"seq": entry.seq, "hash": entry.hash, "entry": entry.entry, "signature": entry.signature}
    bag.write_text(fresh / RELEASE_FILE, line(row))
    asked = options.stamp(entry.hash) if options.stamp is not None else None
    stamps = [stamp for stamp in (*options.stamps, asked) if stamp is not None]
    _write_stamps(fresh, stamps)
    if options.roots:
        (fresh / "timestamps").mkdir(exist_ok=True)
        (fresh / "timestamps" / "roots.pem").write_bytes(options.roots)


def _write_stamps(folder: Path, stamps: Iterable[TimeStamp]) -> None:
    for stamp in stamps:
        (folder / "timestamps").mkdir(exist_ok=True)
        name, number = stamp.name or str(stamp.seq), 1
        while (folder / "timestamps" / f"{name}.tsr").exists():
            number += 1
            name = f"{stamp.seq}-{number}"
        (folder / "timestamps" / f"{name}.tsr").write_bytes(stamp.reply)
        if stamp.request:
            (folder / "timestamps" / f"{name}.tsq").write_bytes(stamp.request)


def _write_lines(path: Path, lines: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        for one in lines:
            out.write(one + "\n")


def _settle(path: Path) -> None:
    """Have a file on disk before the log says that it was released."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
