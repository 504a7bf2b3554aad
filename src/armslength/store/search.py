"""Full text behind one door: FTS5 in SQLite, `tsvector` in PostgreSQL; both are handed words that are cut already, and find the same.

In:  a connection; words of units, each unit under a number; what must and what must not stand in a unit.
Out: numbers of units in order, and how many there are.
Never: cuts or folds a word itself; holds a text as its source has it: who puts words in here has hidden protected names.

What a unit is chosen by (`=kind:...`) stands among its words, with a sign before it that no word has, so that a filter is one more word.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, inspect, text

DOCUMENTS, FACTS = "search_documents", "search_facts"
SPACES = (DOCUMENTS, FACTS)
_BATCH = 500
_MOST_PLACES = 250
"""Places of one word that PostgreSQL keeps (256 at most)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What must stand in a unit: every one of `all_of`, one out of each of `one_of`, none of `none_of`."""

    all_of: tuple[tuple[tuple[str, ...], bool], ...] = ()
    """Words that stand together, and whether the last one need only begin so."""
    one_of: tuple[tuple[str, ...], ...] = ()
    none_of: tuple[tuple[tuple[str, ...], bool], ...] = ()


def make_tables(connection: Connection) -> None:
    """Make the tables unless they are there. They differ by engine and can be dropped, so no migration makes them."""
    for name in SPACES:
        if connection.dialect.name == "sqlite":
            tokens = "ascii tokenchars ''=:._-+/''"
            connection.execute(
                text(f"CREATE VIRTUAL TABLE IF NOT EXISTS {name} USING fts5(words, tokenize='{tokens}')".replace(":", "\\:"))
            )
        else:
            connection.execute(text(f"CREATE TABLE IF NOT EXISTS {name} (no BIGINT PRIMARY KEY, words tsvector NOT NULL)"))
            connection.execute(text(f"CREATE INDEX IF NOT EXISTS ix_{name} ON {name} USING gin (words)"))


def drop_tables(connection: Connection) -> None:
    """Forget everything that was indexed."""
    for name in SPACES:
        connection.execute(text(f"DROP TABLE IF EXISTS {name}"))


def there(connection: Connection) -> bool:
    """Whether anything was ever indexed."""
    return inspect(connection).has_table(DOCUMENTS)


def put(connection: Connection, space: str, units: Iterable[tuple[int, Sequence[str]]]) -> None:
    """Index units: number and words in order. A number must be free."""
    sqlite = connection.dialect.name == "sqlite"
    made = [{"no": no, "words": " ".join(words) if sqlite else _vector(words)} for no, words in units]
    statement = f"INSERT INTO {space} ({'rowid' if sqlite else 'no'}, words) VALUES (:no, {'' if sqlite else 'CAST('}:words{'' if sqlite else ' AS tsvector)'})"  # noqa: S608, E501
    for some in _cut(made):
        connection.execute(text(statement), some)


def take(connection: Connection, space: str, ranges: Collection[tuple[int, int]]) -> None:
    """Forget units by number: from the first up to and without the second of each pair."""
    key = _key(connection)
    statement = text(f"DELETE FROM {space} WHERE {key} >= :low AND {key} < :high")  # noqa: S608 - one of two names
    for some in _cut([{"low": low, "high": high} for low, high in sorted(ranges)]):
        connection.execute(statement, some)


def find(connection: Connection, space: str, wanted: Wanted, *, limit: int, offset: int = 0, parts: int = 1) -> list[int]:
    """Numbers of units in order. With `parts`, units are parts of something: only the first of each is there."""
    key = _key(connection)
    chosen, rest = (key, "") if parts == 1 else (f"min({key})", f" GROUP BY {key} / {parts}")
    statement, values = _asking(connection, space, wanted, chosen)
    rows = connection.execute(text(f"{statement}{rest} ORDER BY {chosen} LIMIT {limit} OFFSET {offset}"), values)
    return [int(no) for no in rows.scalars()]


def count(connection: Connection, space: str, wanted: Wanted, *, parts: int = 1) -> int:
    """How many units there are; with `parts`, how many things they are parts of."""
    columns = "count(*)" if parts == 1 else f"count(DISTINCT {_key(connection)} / {parts})"
    statement, values = _asking(connection, space, wanted, columns)
    return int(connection.execute(text(statement), values).scalar() or 0)


def _key(connection: Connection) -> str:
    return "rowid" if connection.dialect.name == "sqlite" else "no"


def _asking(connection: Connection, space: str, wanted: Wanted, columns: str) -> tuple[str, Mapping[str, str]]:
    if connection.dialect.name == "sqlite":
        return f"SELECT {columns} FROM {space} WHERE {space} MATCH :asked", {"asked": _for_sqlite(wanted)}  # noqa: S608 - fixed names
    return f"SELECT {columns} FROM {space} WHERE words @@ CAST(:asked AS tsquery)", {"asked": _for_postgresql(wanted)}  # noqa: S608


def _for_sqlite(wanted: Wanted) -> str:
    must = [_sqlite_phrase(words, beginning=beginning) for words, beginning in wanted.all_of]
    must += ["(" + " OR ".join(f'"{word}"' for word in words) + ")" for words in wanted.one_of]
    without = "".join(f" NOT {_sqlite_phrase(words, beginning=beginning)}" for words, beginning in wanted.none_of)
    return "(" + " AND ".join(must) + ")" + without


def _sqlite_phrase(words: Sequence[str], *, beginning: bool) -> str:
    return '"' + " ".join(words) + '"' + (" *" if beginning else "")


def _for_postgresql(wanted: Wanted) -> str:
    must = [_postgresql_phrase(words, beginning=beginning) for words, beginning in wanted.all_of]
    must += ["(" + " | ".join(_lexeme(word) for word in words) + ")" for words in wanted.one_of]
    must += ["!" + _postgresql_phrase(words, beginning=beginning) for words, beginning in wanted.none_of]
    return " & ".join(must)


def _postgresql_phrase(words: Sequence[str], *, beginning: bool) -> str:
    made = [_lexeme(word) for word in words]
    return "(" + " <-> ".join([*made[:-1], made[-1] + (":*" if beginning else "")]) + ")"


def _lexeme(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"


def _vector(words: Sequence[str]) -> str:
    """Words and their places as PostgreSQL reads a `tsvector`."""
    where: dict[str, list[int]] = {}
    for place, word in enumerate(words, start=1):
        found = where.setdefault(word, [])
        if len(found) < _MOST_PLACES:
            found.append(place)
    return " ".join(f"{_lexeme(word)}:{','.join(map(str, found))}" for word, found in where.items())


def _cut(rows: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    for start in range(0, len(rows), _BATCH):
        yield rows[start : start + _BATCH]
