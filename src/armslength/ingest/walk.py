"""Finds the files that are meant when somebody names files and folders.

In:  paths.
Out: files in a fixed order, each with its path inside the folder it was found in; what was left out, and why.
Never: opens a file, or follows a link out of a folder.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

MANIFEST = "manifest.csv"
_JUNK = ("~$",)
_JUNK_NAMES = frozenset({"Thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A file to take in."""

    path: Path
    inside: str
    """Its path from the folder that was named, with `/`; for a file that was named itself, its name."""
    known_as: str
    """The same with the name of the folder before it: what a refusal is filed under, the same on every machine."""
    refusal: str | None = None
    """Why it cannot be taken in, in words that go on "... because it"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """What was found."""

    files: tuple[Found, ...]
    manifests: tuple[Path, ...]
    left_out: int
    """Hidden files, system files, locks of word processors."""


def walk(paths: Sequence[Path], *, without: Path | None = None) -> Walk:
    """Find all files, sorted by their path inside what was named. `without` is a folder to pass by: the case itself."""
    files: list[Found] = []
    manifests: list[Path] = []
    left_out = 0
    for path in paths:
        if not path.is_dir():
            files.append(_found(path, path.name, path.parent, named=True))
            continue
        for inner, inside in _below(path, without):
            if _is_junk(inner.name):
                left_out += 1
            elif inner.name == MANIFEST and inner.is_file() and not inner.is_symlink():
                manifests.append(inner)
            else:
                files.append(_found(inner, inside, path, named=False))
    unique = {found.path.absolute(): found for found in reversed(files)}
    ordered = sorted(unique.values(), key=lambda found: (found.inside.split("/"), str(found.path)))
    return Walk(files=tuple(ordered), manifests=tuple(manifests), left_out=left_out)


def _below(folder: Path, without: Path | None) -> Iterator[tuple[Path, str]]:
    skipped = without.absolute() if without else None
    for here, folders, names in os.walk(folder, followlinks=False):
        at = Path(here)
        linked = [name for name in folders if (at / name).is_symlink()]
        folders[:] = sorted(
            name for name in folders if name not in linked and not name.startswith(".") and (at / name).absolute() != skipped
        )
        for name in sorted([*names, *linked]):
            yield at / name, (at / name).relative_to(folder).as_posix()


def _is_junk(name: str) -> bool:
    return name.startswith((".", *_JUNK)) or name in _JUNK_NAMES


def _found(path: Path, inside: str, folder: Path, *, named: bool) -> Found:
    known_as = f"{folder.absolute().name}/{inside}"
    return Found(path=path, inside=inside, known_as=known_as, refusal=_refusal(path, folder, named=named))


def _refusal(path: Path, folder: Path, *, named: bool) -> str | None:
    try:
        if path.is_symlink() and not named and not path.resolve().is_relative_to(folder.resolve()):
            return "it is a link that leads out of its folder; add the file itself"
        if path.is_symlink() and path.is_dir():
            return "it is a link to a folder; add the folder itself"
        mode = path.stat().st_mode
    except (OSError, RuntimeError) as error:
        return _cannot(error)
    return None if stat.S_ISREG(mode) else "it is not a regular file"


def _cannot(error: Exception) -> str:
    why = error.strerror if isinstance(error, OSError) and error.strerror else "it leads nowhere"
    return f"it cannot be opened ({why.lower()}); check that it is there and that you may read it"
