"""The files of a package: opened without trust, and held against the lists and the seal.

In:  a folder, or a zip of one.
Out: which files there are, their bytes, and what is wrong with them.
Never: follows a link, leaves the folder, unpacks anything, opens a file that is larger than its kind can be.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, NamedTuple

from armslength.publish.package.checks.plain import SEAL, Problem, Refused, Row, misshapen, problem, read_lines, read_object

SEAL_FILE, RELEASE_FILE, SIGNATURES_FILE = "seal.json", "release.json", "signatures.jsonl"
MANIFEST, TAG_MANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"
AFTER_THE_SEAL = frozenset({SEAL_FILE, RELEASE_FILE, SIGNATURES_FILE, MANIFEST, TAG_MANIFEST})
STAMPS = "timestamps/"
VERSION = 1
LARGEST_TABLE = 512 << 20
"""Bytes of a file of rows: what a browser can still hold. 10,000 facts have a hundredth of it."""
LARGEST_LIST = 64 << 20
"""Bytes of any other file that is read whole: lists, seal, signatures, time stamps."""
LARGEST_FILE = 1 << 35
_BROKEN = (OSError, EOFError, ValueError, NotImplementedError, RuntimeError, zipfile.BadZipFile, zlib.error)
_SAFE = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
_UNPRINTED = re.compile(r"[^ -~]")
_LISTED = re.compile(r"([0-9a-f]{64})  (\S+)")


class Package(NamedTuple):
    """What lies in a package."""

    sizes: Mapping[str, int]
    """Path, with forward slashes, to bytes."""
    open: Callable[[str], BinaryIO]
    problems: tuple[Problem, ...]
    close: Callable[[], None]

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises Refused when it is not there."""
        if path not in self.sizes:
            raise Refused(problem("file.missing", path))
        try:
            with self.open(path) as file:
                return file.read()
        except _BROKEN:
            raise Refused(problem("file.changed", path)) from None


def open_package(path: Path) -> Package:
    """Look at a folder or zip. Raises Refused when it is neither, or holds no seal."""
    try:
        package = _zip(path) if path.is_file() else _folder(path)
    except _BROKEN:
        raise Refused(problem("package.unknown", "package", file=SEAL_FILE)) from None
    if SEAL_FILE not in package.sizes:
        package.close()
        raise Refused(problem("package.unknown", "package", file=SEAL_FILE))
    return package


def _folder(top: Path) -> Package:
    sizes: dict[str, int] = {}
    bad: list[str] = []
    waiting = [""]
    while waiting:
        here = waiting.pop()
        with os.scandir(top / here) as entries:
            for entry in entries:
                path = here + entry.name
                status = entry.stat(follow_symlinks=False)
                if not _safe(path) or not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
                    bad.append(path)
                elif stat.S_ISDIR(status.st_mode):
                    waiting.append(f"{path}/")
                else:
                    sizes[path] = status.st_size
    return Package(sizes, lambda path: (top / path).open("rb"), _looked(sizes, bad), lambda: None)


def _zip(path: Path) -> Package:
    archive = zipfile.ZipFile(path)
    infos = [info for info in archive.infolist() if not info.filename.endswith("/")]
    tops = {info.filename.partition("/")[0] for info in infos}
    top = f"{tops.pop()}/" if len(tops) == 1 and not any(info.filename == SEAL_FILE for info in infos) else ""
    found: dict[str, zipfile.ZipInfo] = {}
    bad = []
    for info in infos:
        name = info.filename[len(top) :]
        if (
            name in found
            or not _safe(name)
            or info.flag_bits & 1
            or info.compress_type not in (0, 8)
            or stat.S_ISLNK(info.external_attr >> 16)
        ):
            bad.append(name)
        else:
            found[name] = info
    sizes = {name: info.file_size for name, info in found.items()}
    return Package(sizes, lambda name: archive.open(found[name]), _looked(sizes, bad), archive.close)  # type: ignore[arg-type, return-value]


def _safe(path: str) -> bool:
    return len(path) <= 240 and _SAFE.fullmatch(path) is not None


def _looked(sizes: Mapping[str, int], bad: list[str]) -> tuple[Problem, ...]:
    """Unsafe names, names that some systems cannot tell apart, and files that are too large."""
    seen: set[str] = set()
    for path in sorted(sizes):
        if path.lower() in seen:
            bad.append(path)
        seen.add(path.lower())
    huge = [problem("file.huge", path, size=size, most=largest(path)) for path, size in sorted(sizes.items()) if size > largest(path)]
    return (*(problem("file.unsafe", _UNPRINTED.sub("?", path)) for path in sorted(bad)), *huge)


def largest(path: str) -> int:
    """How many bytes a file may have."""
    if path.startswith("data/") and path.endswith(".jsonl") and not path.startswith("data/formats/"):
        return LARGEST_TABLE
    return LARGEST_FILE if path.startswith("data/") else LARGEST_LIST


def read_seal(package: Package) -> Row:
    """The seal. Raises Refused when it cannot be read, or is of a version that this program does not know."""
    seal = read_json(package, SEAL_FILE, SEAL)
    if seal["armslength_package"] != VERSION:
        raise Refused(problem("package.unknown", "package", file=SEAL_FILE))
    return seal


def read_json(package: Package, path: str, shape: object) -> Row:
    """A JSON file of one object. Raises Refused when it is not there, or has not the shape."""
    try:
        found = read_object(package.read(path).decode("utf-8"))
    except ValueError:
        raise Refused(problem("json.bad", path, line=1)) from None
    wrong = misshapen(found, shape)
    if wrong is not None:
        raise Refused(problem("shape.wrong", path, field=wrong))
    return found


def read_rows(package: Package, path: str, shape: object, *, most: int) -> list[Row]:
    """The rows of a small file of lines. Raises Refused when it is not there, a row has not the shape, or there are none or too many."""
    rows: list[Row] = [row for row, _ in read_lines(package.read(path), path)]
    wrong = next((field for row in rows if (field := misshapen(row, shape)) is not None), None)
    if wrong is not None or not 0 < len(rows) <= most:
        raise Refused(problem("shape.wrong", path, field=wrong or "(all)"))
    return rows


def check_files(package: Package) -> list[Problem]:
    """Every file is listed, is there, and is what was listed; what was sealed is what is listed. Raises Refused where a list is broken."""
    if package.problems:
        return list(package.problems)
    seal = read_seal(package)
    payload, tags = _listed(package, MANIFEST), _listed(package, TAG_MANIFEST)
    listed = {**tags, **payload}
    found = {path: hash_of(package, path) for path in package.sizes if path != TAG_MANIFEST}
    out = [problem("file.missing", path) for path in sorted({*listed, *AFTER_THE_SEAL} - set(package.sizes))]
    out += [problem("file.extra", path) for path in sorted(set(found) - set(listed))]
    out += [problem("file.extra", path) for path in sorted(tags) if not _may_be_tag(path, seal["tags"])]
    out += [problem("file.extra", path) for path in sorted(payload) if not path.startswith("data/")]
    out += [problem("file.changed", path) for path in sorted(set(found) & set(listed)) if found[path] != listed[path]]
    if found.get(MANIFEST) != seal["manifest"]:
        out.append(problem("seal.manifest", MANIFEST))
    out += [problem("seal.file", path) for path in sorted(seal["tags"]) if found.get(path) != seal["tags"][path]]
    return out


def _may_be_tag(path: str, sealed: Mapping[str, str]) -> bool:
    return path in sealed or path in AFTER_THE_SEAL or path.startswith(STAMPS)


def hash_of(package: Package, path: str) -> str:
    """SHA-256 of a file, read in pieces; of one that a zip holds damaged, the empty word."""
    found = hashlib.sha256()
    try:
        with package.open(path) as file:
            for piece in _pieces_of(file):
                found.update(piece)
    except _BROKEN:
        return ""
    return found.hexdigest()


def _pieces_of(file: BinaryIO) -> Iterator[bytes]:
    while piece := file.read(1 << 20):
        yield piece


def _listed(package: Package, path: str) -> dict[str, str]:
    """Paths and hashes of a manifest: sorted, each once. Raises Refused at the first line that is otherwise."""
    out: dict[str, str] = {}
    before = ""
    lines = package.read(path).split(b"\n")
    last = lines.pop()
    for number, line in enumerate(lines if not last else [*lines, b""], 1):
        match = _LISTED.fullmatch(line.decode("latin-1"))
        if match is None or not _safe(match[2]) or match[2] <= before:
            raise Refused(problem("manifest.bad", path, line=number))
        before = match[2]
        out[before] = match[1]
    return out
