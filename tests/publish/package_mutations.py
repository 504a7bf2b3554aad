"""Every way a package can be changed: by chance, by a stranger who makes the lists again, by an insider who has all keys.

A package here is its files: path to bytes. A mutation is a name and the files that differ (None: gone).
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import package_samples as samples

from armslength.model.custody import LogEntry
from armslength.publish.jsonl import line
from armslength.publish.package.checks.custody import SEAL_MESSAGE
from armslength.publish.package.checks.files import Package
from armslength.store.log import Event, write_entry

Files = Mapping[str, bytes]
Mutation = tuple[str, dict[str, bytes | None]]
CASE_KEY = samples.key(2)
"""The key that is in use when the sample is released."""


def read_files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def applied(files: Files, changes: Mapping[str, bytes | None]) -> dict[str, bytes]:
    return {path: data for path, data in {**files, **changes}.items() if data is not None}


def difference(files: Files, other: Files) -> dict[str, bytes | None]:
    return {path: other.get(path) for path in {*files, *other} if files.get(path) != other.get(path)}


def opened(files: Files) -> Package:
    """The package without a disk."""
    return Package({path: len(data) for path, data in files.items()}, lambda path: io.BytesIO(files[path]), (), lambda: None)


def relisted(files: Files) -> dict[str, bytes]:
    """A stranger's work: the lists fit the files again."""
    out = dict(files)
    payload = {path: data for path, data in out.items() if path.startswith("data/")}
    out["manifest-sha256.txt"] = listing(payload)
    tags = {path: data for path, data in out.items() if not path.startswith("data/") and path != "tagmanifest-sha256.txt"}
    out["tagmanifest-sha256.txt"] = listing(tags)
    return out


def resealed(files: Files, **more: Any) -> dict[str, bytes]:
    """An insider's work: lists, seal, signatures and the log entry fit the files again. The root over the whole stays: it was
    committed to before, in a log that others have seen."""
    out = relisted(files)
    seal = json.loads(out["seal.json"])
    seal["manifest"] = hashlib.sha256(out["manifest-sha256.txt"]).hexdigest()
    seal["tags"] = {path: hashlib.sha256(out[path]).hexdigest() for path in seal["tags"] if path in out}
    seal["tables"] = {name: out[f"data/{name}.jsonl"].count(b"\n") for name in seal["tables"] if f"data/{name}.jsonl" in out}
    out["seal.json"] = json.dumps({**seal, **more}, ensure_ascii=False).encode()
    signed = [json.loads(text) for text in out["signatures.jsonl"].decode().splitlines()]
    again = zip(signed, samples.RELEASERS, strict=True)
    out["signatures.jsonl"] = lines({**row, "signature": one.sign(SEAL_MESSAGE + out["seal.json"]).hex()} for row, one in again)
    out["release.json"] = entered(out, {"seal": hashlib.sha256(out["seal.json"]).hexdigest()})
    return relisted(out)


def entered(files: Files, data: Mapping[str, object], **fields: Any) -> bytes:
    """The entry of the release, written again with other data by the case's own key."""
    old = json.loads(json.loads(files["release.json"])["entry"])
    body = {**old, **fields, "data": {**old["data"], **data}}
    happened = Event(**{name: body[name] for name in ("time", "clock", "actor", "event", "subject", "data")})
    return logged(write_entry(happened, seq=body["seq"], prev=body["prev"], key=fields.get("signer", CASE_KEY)))


def lines(rows: Iterable[Mapping[str, Any]]) -> bytes:
    return "".join(line(row) for row in rows).encode()


def logged(entry: LogEntry) -> bytes:
    return line({"seq": entry.seq, "hash": entry.hash, "entry": entry.entry, "signature": entry.signature}).encode()


def listing(files: Files) -> bytes:
    return "".join(f"{hashlib.sha256(files[path]).hexdigest()}  {path}\n" for path in sorted(files)).encode()


def by_chance(files: Files) -> Iterator[Mutation]:
    """One byte, the end, all of it, or the file gone; a file more; a file under another name."""
    for path, data in sorted(files.items()):
        for at in sorted({0, len(data) // 3, len(data) // 2, len(data) - 1}) if data else ():
            yield f"{path} byte {at}", {path: data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]}
        if data:
            yield f"{path} cut", {path: data[:-1]}
            yield f"{path} emptied", {path: b""}
        yield f"{path} longer", {path: data + b"\n"}
        yield f"{path} gone", {path: None}
        yield f"{path} renamed", {path: None, f"{path}.old": data}
    for path in ("data/extra.jsonl", "data/formats/x.csv", "note.txt", "data/seals/extra.jsonl"):
        yield f"{path} put in", {path: b'{"id":"x"}\n'}


def leaves(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Every place in a value with another value for it."""
    match value:
        case dict():
            for name, part in value.items():
                yield from leaves(part, (*way, name))
        case list():
            if value:
                yield way, value[:-1]
            if len(value) > 1 and value[0] != value[-1]:
                yield way, value[::-1]
            yield way, [*value, value[-1] if value else "x"]
            for at, part in enumerate(value):
                yield from leaves(part, (*way, at))
        case bool():
            yield way, not value
        case int() | float():
            yield way, value + 1
        case None:
            yield way, "x"
        case str():
            yield way, (("1" if value[0] == "0" else "0") + value[1:]) if len(value) in (64, 128) else value + "x"


def put(value: Any, way: tuple[Any, ...], new: Any) -> Any:
    if not way:
        return new
    if isinstance(value, dict):
        return {name: put(part, way[1:], new) if name == way[0] else part for name, part in value.items()}
    return [put(part, way[1:], new) if at == way[0] else part for at, part in enumerate(value)]


def tables(files: Files) -> list[str]:
    return [path for path in sorted(files) if path.startswith("data/") and path.endswith(".jsonl")]


def by_field(files: Files) -> Iterator[tuple[str, str, int, str, dict[str, bytes | None]]]:
    """Every value of every row of every table and of every mark: name, path, row, field, files."""
    for path in tables(files):
        rows = files[path].decode().splitlines()
        for number, text in enumerate(rows):
            row = json.loads(text)
            for way, new in leaves(row):
                rows[number] = line(put(row, way, new))[:-1]
                data = "".join(f"{one}\n" for one in rows).encode()
                yield f"{path} {number} {way} {str(new)[:20]}", path, number, str(way[0]), {path: data}
            rows[number] = text


def by_row(files: Files) -> Iterator[Mutation]:
    """Rows gone, twice, in another order, or without their marks."""
    for path in tables(files):
        rows = files[path].decode().splitlines(keepends=True)
        if not rows:
            continue
        yield f"{path} row gone", {path: "".join(rows[1:]).encode()}
        yield f"{path} row twice", {path: "".join([*rows, rows[-1]]).encode()}
        yield f"{path} table gone", {path: None}
        mark = path.replace("data/", "data/seals/")
        if mark in files:
            marks = files[mark].decode().splitlines(keepends=True)
            yield f"{path} row and mark gone", {path: "".join(rows[1:]).encode(), mark: "".join(marks[1:]).encode()}
            yield f"{path} and its marks gone", {path: None, mark: None}
            yield f"{path} row of another kind", {path: "".join([*rows, *rows[:1]]).replace(rows[0], line({"id": "x"}), 1).encode()}
    log = files["data/log.jsonl"].decode().splitlines(keepends=True)
    yield "log in another order", {"data/log.jsonl": "".join(log[::-1]).encode()}


def by_object(files: Files, path: str) -> Iterator[Mutation]:
    """Every value of a JSON file; of the release's entry also every value inside."""
    found = [json.loads(text) for text in files[path].decode().splitlines()] if path.endswith("l") else json.loads(files[path])
    for way, new in leaves(found):
        after = put(found, way, new)
        if way != () and isinstance(after, dict | list):
            yield f"{path} {way} {str(new)[:20]}", {path: lines(after) if isinstance(after, list) else line(after).encode()}
    if path == "release.json":
        body = json.loads(found["entry"])
        for way, new in leaves(body):
            entry = json.dumps(put(body, way, new), sort_keys=True, separators=(",", ":"))
            told = {**found, "entry": entry, "hash": hashlib.sha256(entry.encode()).hexdigest()}
            yield f"entry {way} {str(new)[:20]}", {path: line(told).encode()}
