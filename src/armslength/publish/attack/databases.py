"""What an SQLite file holds: its rows, the words of its search indexes, and what was deleted and is still there.

In:  the bytes of a database.
Out: pieces of text; for an index, its words, which a name is put together from.
Never: writes to it, or opens it where it lies: it works on a copy in memory.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator

from armslength.publish.attack.rows import Blocked, Piece

SIGN = b"SQLite format 3\x00"
INDEX_WORDS = "words of a search index"
_VIRTUAL = re.compile(r"using\s+(fts[345])", re.IGNORECASE)
_RUN = re.compile(rb"[\x20-\x7e\xc2-\xf4\x80-\xbf]{4,}")


def pieces_of(data: bytes, where: str) -> Iterator[Piece | Blocked]:
    """Every text of every table, and the raw file: freed pages keep what was deleted."""
    yield Piece(where, "database pages", "\n".join(run.decode("utf-8", "ignore") for run in _RUN.findall(data)))
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(data)
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        tables = connection.execute("SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'view')").fetchall()
        for name, sql in tables:
            yield from _table(connection, where, name)
            found = _VIRTUAL.search(sql or "")
            if found and found.group(1).lower() == "fts5":
                yield Piece(f"{where} {name}", INDEX_WORDS, "\n".join(_index(connection, name)))
    except sqlite3.DatabaseError as problem:
        yield Blocked(where, f"the database cannot be read ({problem})")
    finally:
        connection.close()


def _table(connection: sqlite3.Connection, where: str, name: str) -> Iterator[Piece]:
    quoted = name.replace('"', '""')
    lines = []
    for row in connection.execute(f'SELECT * FROM "{quoted}"'):  # noqa: S608 - the name is the file's own, and quoted
        cells = (cell.decode("utf-8", "replace") if isinstance(cell, bytes) else cell for cell in row)
        lines.append(" ".join(str(cell) for cell in cells if cell is not None))
    yield Piece(f"{where} {name}", "database", "\n".join([name, *lines]))


def _index(connection: sqlite3.Connection, name: str) -> Iterator[str]:
    quoted = name.replace("'", "''")
    connection.execute(f"CREATE VIRTUAL TABLE temp.words USING fts5vocab('main', '{quoted}', 'row')")
    try:
        for (term,) in connection.execute("SELECT term FROM temp.words"):
            yield str(term)
    finally:
        connection.execute("DROP TABLE temp.words")
