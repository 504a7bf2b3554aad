"""The manifest: a CSV that says what files do not say about themselves.

In:  `file,url,title,publisher,published`, one row a file, in any order of columns; the names of the files at hand.
Out: what is declared for each file, and each row or field that cannot be used, with its line and what to do.
Never: guesses which file a row means; stops at a bad row.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from armslength.base.errors import InputError
from armslength.ingest.datelines import parse_date
from armslength.ingest.decode import decode
from armslength.model.edtf import is_valid

COLUMNS = ("file", "url", "title", "publisher", "published")


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What somebody says about a file."""

    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    """EDTF."""
    mapping: str = ""
    """What the columns of a sheet mean, as canonical JSON; never read from a manifest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """A row or field that cannot be used, in a sentence."""

    line: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a manifest gives."""

    declared: Mapping[str, Declared] = field(default_factory=dict)
    """By the path of a file inside the folder that was added."""
    troubles: tuple[Trouble, ...] = ()
    notes: tuple[str, ...] = ()


def read_manifest(data: bytes, *, name: str, files: Sequence[str], elsewhere: Sequence[str] = ()) -> Manifest:
    """Read a manifest for the files at hand (paths inside the folder that was added).

    `elsewhere` are files that are there but not being added: their rows are passed over. Raises InputError when there is no `file` column.
    """
    rows = list(_rows(data, name))
    declared: dict[str, Declared] = {}
    troubles: list[Trouble] = []
    for line, row in rows:
        troubles.extend(_take(row, line, files=files, elsewhere=elsewhere, declared=declared))
    extra = sorted({column for _, row in rows for column in row} - set(COLUMNS))
    notes = (f"{name}: not kept: {', '.join(extra)}; the columns that are kept are {', '.join(COLUMNS)}",) if extra else ()
    return Manifest(declared=declared, troubles=tuple(troubles), notes=notes)


def _rows(data: bytes, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    text = decode(data).text
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        header = [column.strip().lower() for column in next(reader, [])]
        if "file" not in header:
            raise InputError(f"{name} has no column `file`. Its first line must name the columns: {', '.join(COLUMNS)}.")
        for row in reader:
            cells = dict(zip(header, (cell.strip() for cell in row), strict=False))
            if any(cells.values()):
                yield reader.line_num, {column: cell for column, cell in cells.items() if column}
    except csv.Error as error:
        raise InputError(f"{name} is not a table that can be read: {error} (line {reader.line_num}). Save it again as CSV.") from error


def _take(
    row: Mapping[str, str], line: int, *, files: Sequence[str], elsewhere: Sequence[str], declared: dict[str, Declared]
) -> Iterator[Trouble]:
    named = row.get("file", "").replace("\\", "/").removeprefix("./")
    meant = [named] if named in files else [path for path in files if path.rpartition("/")[2] == named]
    if len(meant) != 1:
        if named and not meant and any(path == named or path.rpartition("/")[2] == named for path in elsewhere):
            return
        yield Trouble(line=line, column="file", reason=_which(named, len(meant)))
        return
    if meant[0] in declared:
        yield Trouble(line=line, column="file", reason=f"{named} has an earlier row, which was used; remove one of the two")
        return
    published = row.get("published") or None
    date = (published if is_valid(published) else parse_date(published)) if published else None
    if published and date is None:
        reason = f"“{published}” is not a date; write it as 2023-03-12, 2023-03 or 2023. The rest of the row was used"
        yield Trouble(line=line, column="published", reason=reason)
    declared[meant[0]] = Declared(
        url=row.get("url") or None, title=row.get("title") or None, publisher=row.get("publisher") or None, published=date
    )


def _which(named: str, found: int) -> str:
    if not named:
        return "the row names no file; write the file's name"
    if found:
        return f"{found} files are called {named}; write the path from the folder that is added"
    return f"there is no file {named} among those added; check its spelling"
