"""A BagIt bag (RFC 8493): lists of files with their hashes, and the zip of one.

In:  a folder whose `data/` and other files are written.
Out: `bagit.txt`, `bag-info.txt`, `manifest-sha256.txt`, `tagmanifest-sha256.txt`; the same bytes for the same files.
Never: lists a file that it has not hashed itself.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

from armslength.base.ids import digest_file
from armslength.publish.package.checks.files import MANIFEST, TAG_MANIFEST

DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The first that a zip can hold; a package says elsewhere when it was made."""


def write_payload_lists(folder: Path, info: Mapping[str, str]) -> str:
    """Write what lists the payload; returns the SHA-256 of `manifest-sha256.txt`."""
    paths = _files(folder / "data")
    size = sum(path.stat().st_size for path in paths)
    told = {**info, "Payload-Oxum": f"{size}.{len(paths)}"}
    write_text(folder / "bagit.txt", DECLARATION)
    write_text(folder / "bag-info.txt", "".join(f"{name}: {' '.join(value.split())}\n" for name, value in told.items()))
    write_text(folder / MANIFEST, _lines(folder, paths))
    return digest_file(folder / MANIFEST)


def write_tag_list(folder: Path) -> None:
    """Write the list of all files beside the payload, itself left out."""
    paths = [path for path in _files(folder) if path.relative_to(folder).parts[0] != "data" and path.name != TAG_MANIFEST]
    write_text(folder / TAG_MANIFEST, _lines(folder, paths))


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 with line feeds, as it is."""
    path.write_bytes(text.encode("utf-8"))


def zip_package(folder: Path, to: Path) -> Path:
    """Write a package as one zip file, in order and without times: the same package gives the same zip."""
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path in _files(folder):
            entry = zipfile.ZipInfo(f"{folder.name}/{path.relative_to(folder).as_posix()}", _FIRST_MOMENT)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            with path.open("rb") as file, archive.open(entry, "w", force_zip64=path.stat().st_size > 1 << 31) as out:
                while piece := file.read(1 << 20):
                    out.write(piece)
    return to


def _files(folder: Path) -> list[Path]:
    return sorted((path for path in folder.rglob("*") if path.is_file()), key=lambda path: path.relative_to(folder).as_posix())


def _lines(folder: Path, paths: list[Path]) -> str:
    listed = sorted((path.relative_to(folder).as_posix(), path) for path in paths)
    return "".join(f"{digest_file(path)}  {name}\n" for name, path in listed)
