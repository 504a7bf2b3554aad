"""Reading a case: rows, and the bytes of sources.

In:  an open case.
Out: frozen rows, in a fixed order, from one moment of the case.
Never: writes. The surfaces use this file only, and through `pipeline/masking.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from hashlib import sha256
from itertools import product
from typing import Any, TypeVar, cast

from sqlalchemy import ColumnElement, Connection, Executable, RowMapping, Select, func, select, tuple_

from armslength.base.errors import CaseError, IntegrityError
from armslength.base.ids import digest_bytes
from armslength.model.codec import from_json
from armslength.model.custody import LogEntry
from armslength.model.decisions import Judgement
from armslength.model.entries import number_of_id
from armslength.model.things import Entity
from armslength.store.case import DATABASE_FILE, Case, case_engine
from armslength.store.catalogue import Catalogue
from armslength.store.database import clear_errors, is_sqlite, snapshot
from armslength.store.entries import StoredEntries
from armslength.store.files import source_path, source_pieces
from armslength.store.heads import heads_of
from armslength.store.journal import head
from armslength.store.judged import decided, every, made_by, voids
from armslength.store.log import SOURCE_DESTROYED
from armslength.store.naming import names_place
from armslength.store.persons import bylines, names_token, person_names, sheets
from armslength.store.schema import CLAIMS, DOCUMENTS, ENTITY_MENTIONS, ENTRIES, FACT_CLAIMS, LOG, Shelf, shelf_of
from armslength.store.sealing import UnsealError
from armslength.store.source_keys import find_source_key

Row = TypeVar("Row")
_CHUNK = 500
"""Values handed to one IN: far below SQLite's 32,766 and PostgreSQL's 65,535 parameters, even for several filters at once."""


@contextmanager
def reading(case: Case) -> Iterator[Reader]:
    """Read one moment of a case: what others write meanwhile is not seen."""
    if is_sqlite(case.database) and not (case.folder / DATABASE_FILE).is_file():
        raise CaseError(f"The case {case.folder} has lost its {DATABASE_FILE}. Restore it from a backup; the originals are in sources/.")
    with clear_errors(case.database), snapshot(case_engine(case)) as connection:
        connection.execute(select(LOG.c.seq).limit(1))  # the moment is fixed at the first look, not at BEGIN
        yield Reader(case, connection)


def _columns(shelf: Shelf) -> Select[Any]:
    if shelf.flat:
        return select(*shelf.table.columns)
    return select(*{name: shelf.table.c[name] for name in (*shelf.order, "body")}.values())


def _build(shelf: Shelf, row: RowMapping) -> object:
    return shelf.row(**row) if shelf.flat else from_json(shelf.row, row["body"])


def _conditions(shelf: Shelf, where: dict[str, object]) -> Iterator[list[ColumnElement[bool]]]:
    """Conditions for each of the queries that together answer a filter; every row answers at most one of them."""
    parts: list[list[ColumnElement[bool]]] = []
    narrow = where.keys() - shelf.broad
    for name, wanted in where.items():
        column = _column(shelf, name)
        if narrow and name in shelf.broad:
            column = column.concat("")  # the same value, of which there is no index
        if isinstance(wanted, Collection) and not isinstance(wanted, str | bytes):
            values = set(wanted)
            options: list[ColumnElement[bool]] = [column.in_(chunk) for chunk in _chunks(values - {None})]
            parts.append([*options, column.is_(None)] if None in values else options)
        else:
            parts.append([column.is_(None) if wanted is None else column == wanted])
    for combination in product(*parts):
        yield list(combination)


def _column(shelf: Shelf, name: str) -> ColumnElement[Any]:
    found = shelf.renamed.get(name, name)
    if found not in shelf.table.c or (found in {"body", "hash", "signature", "entry"} and not shelf.flat):
        known = sorted(set(shelf.table.c.keys()) - {"body", "hash"})
        raise TypeError(f"{shelf.row.__name__} rows cannot be found by {name}, only by {', '.join(known)}")
    return shelf.table.c[found]


def _chunks(values: Collection[Any]) -> Iterator[list[Any]]:
    ordered = sorted(values)
    for start in range(0, len(ordered), _CHUNK):
        yield ordered[start : start + _CHUNK]


class Reader:
    """Rows of one case."""

    __slots__ = ("_ahead", "_alike", "_connection", "_hide", "_session", "case")

    def __init__(
        self,
        case: Case,
        connection: Connection,
        session: Callable[[], AbstractContextManager[object]] = nullcontext,
        *,
        hide: Callable[[Any], Any] | None = None,
        ahead: Callable[[Sequence[Any]], None] | None = None,
        alike: bool = False,
    ) -> None:
        """`session` surrounds every look at the database; a writer ends its transaction there. Every row handed out goes through `hide`."""
        self.case = case
        self._connection = connection
        self._session = session
        self._hide = hide
        self._ahead = ahead
        self._alike = alike

    def hiding(self, hide: Callable[[Any], Any], *, ahead: Callable[[Sequence[Any]], None] | None = None, alike: bool = False) -> Reader:
        """The same reading, whose rows go through `hide`: for whoever may not see protected persons' names.

        `ahead` is told of rows before they are hidden one by one. `alike`: the catalogue was made with the same names hidden.
        """
        return Reader(self.case, self._connection, self._session, hide=hide, ahead=ahead, alike=alike)

    def exact(self) -> Reader:
        """The same reading, rows as they are stored: for what computes with rows and hands its result through `hidden`."""
        return Reader(self.case, self._connection, self._session)

    def hidden(self, made: Row) -> Row:
        """Something made from exact rows, with what this reading hides taken out of it."""
        return made if self._hide is None else cast("Row", self._hide(made))

    def hidden_all(self, made: Sequence[Row]) -> list[Row]:
        """The same for several."""
        if self._ahead is not None and len(made) > 1:
            self._ahead(made)
        return [self.hidden(one) for one in made]

    def hidden_since(self, listed: Row) -> Row:
        """Something that the catalogue holds, without what is hidden now and was not when it was made."""
        return listed if self._alike else self.hidden(listed)

    @property
    def entries(self) -> StoredEntries:
        """What stages noted, to look at."""
        return StoredEntries(self._connection)

    @property
    def hides(self) -> bool:
        """Whether names are taken out of rows."""
        return self._hide is not None

    def get(self, row_type: type[Row], row_id: str | int) -> Row | None:
        """One row by its id (for a log entry, its number), or None."""
        shelf = shelf_of(row_type)
        key = shelf.table.c["seq" if "seq" in shelf.order else "id"]
        found = self._rows(_columns(shelf).where(key == row_id))
        return self.hidden(cast("Row", _build(shelf, found[0]))) if found else None

    def all(self, row_type: type[Row], *, limit: int | None = None, after: object = None, **where: object) -> list[Row]:
        """Rows of a type in their order: claims by (doc, start, end, id), log entries by number, everything else by id.

        `where` compares indexed columns: with a value (None: has none), or with a collection of values (is one of them).
        `after` is the order key of the last row already seen: an id, a number, or for claims (doc, start, end, id).
        """
        if row_type is Judgement and limit is None and after is None and not where:
            with self._session():
                return self.hidden_all(cast("list[Row]", every(self._connection, self.case.id)))
        shelf = shelf_of(row_type)
        order = [shelf.table.c[name] for name in shelf.order]
        statement = _columns(shelf).order_by(*order)
        if limit is not None:
            statement = statement.limit(limit)
        if after is not None:
            key = tuple(cast("Sequence[object]", after)) if len(order) > 1 else (after,)
            statement = statement.where(tuple_(*order) > key)
        chunks = list(_conditions(shelf, where))
        found = [row for conditions in chunks for row in self._rows(statement.where(*conditions))]
        if len(chunks) > 1:
            found.sort(key=lambda row: tuple(row[name] for name in shelf.order))
        return self.hidden_all([cast("Row", _build(shelf, row)) for row in found[:limit]])

    def starting(self, row_type: type[Row], prefix: str, *, limit: int | None = None) -> list[Row]:
        """Rows whose id begins so, sorted by id. Ids are lower-case hexadecimal, so nothing but the index of ids is read."""
        shelf = shelf_of(row_type)
        column = shelf.table.c.id
        found = self._rows(_columns(shelf).where(column >= prefix, column < prefix + "~").order_by(column).limit(limit))
        return [self.hidden(cast("Row", _build(shelf, row))) for row in found]

    def hashes(self, row_type: type[object]) -> str:
        """A name for all rows of a type as they stand, from their hashes alone."""
        table = shelf_of(row_type).table
        found = sha256()
        for row_hash in self._connection.execute(select(table.c.hash).order_by(table.c.id)).scalars():
            found.update(row_hash.encode())
        return found.hexdigest()

    def count(self, row_type: type[object], **where: object) -> int:
        """How many rows `all` would return."""
        shelf = shelf_of(row_type)
        statement = select(func.count().label("n")).select_from(shelf.table)
        return sum(self._rows(statement.where(*conditions))[0]["n"] for conditions in _conditions(shelf, where))

    def source_bytes(self, source_id: str) -> bytes:
        """The bytes of a source. Raises IntegrityError when they are gone or are no longer what they were."""
        path = source_path(self.case.sources_dir, source_id)
        with self._session():
            key = find_source_key(self._connection, self.case, source_id)
        if self.case.key is not None and key is None:
            raise IntegrityError(f"The key of the source {source_id} is gone, and its bytes with it. Was it destroyed on purpose?")
        try:
            data = b"".join(source_pieces(path, source_id, key=key))
        except OSError as error:
            raise IntegrityError(f"The source {source_id} cannot be read ({error.strerror}). Restore {path} from a backup.") from None
        except UnsealError:
            data = b""
        if digest_bytes(data) != source_id:
            raise IntegrityError(f"The source {source_id} was changed on disk. Restore {path} from a backup and run `armslength verify`.")
        return data

    def head(self) -> tuple[int, str]:
        """Number and hash of the last log entry: the moment that is read."""
        with self._session():
            return head(self._connection)

    def last_entry(self, event: str) -> int:
        """Number of the last log entry of an event; 0 for none."""
        statement = select(LOG.c.seq.label("seq")).where(LOG.c.event == event).order_by(LOG.c.seq.desc()).limit(1)
        found = self._rows(statement)
        return int(found[0]["seq"]) if found else 0

    def voids(self) -> list[Judgement]:
        """Judgements that take an import back."""
        with self._session():
            return voids(self._connection)

    def decided(self, decisions: Collection[str]) -> list[Judgement]:
        """Judgements that say one of these decisions, sorted by id; also those that no longer stand."""
        with self._session():
            return [self.hidden(row) for row in decided(self._connection, decisions)]

    def made_by(self, who: str, *, before: int | None = None, limit: int) -> list[tuple[int, str]]:
        """(number of the log entry, judgement) of what somebody decided here, the latest first."""
        with self._session():
            return made_by(self._connection, who, before=before, limit=limit)

    def names_place(self, word: str) -> bool:
        """Whether a word is one of a place's name in any claim. Reads all claims that hold the word."""
        with self._session():
            return names_place(self._connection, word)

    def destroyed(self) -> dict[str, LogEntry]:
        """Sources that people destroyed, each with the log entry that says when, by whom and why."""
        return {entry.subject: entry for entry in self.exact().all(LogEntry, event=SOURCE_DESTROYED)}

    def names_token(self) -> str:
        """Another one whenever a person's name, a byline or a coded sheet came into the case or went."""
        with self._session():
            return names_token(self._connection)

    def persons(self) -> set[tuple[str, str]]:
        """(mention, name) of every voice and party that is a person."""
        with self._session():
            return set(person_names(self._connection))

    def bylines(self) -> set[str]:
        """Bylines of all documents, as they stand."""
        with self._session():
            return bylines(self._connection)

    def sheets(self) -> list[str]:
        """Ids of documents that are sheets which people coded."""
        with self._session():
            return sheets(self._connection)

    def entity_of(self, mentions: Iterable[str]) -> dict[str, str]:
        """Mention id to entity id, for the mentions that have one."""
        found = self._linked(ENTITY_MENTIONS.c.mention, ENTITY_MENTIONS.c.entity, mentions)
        return dict(found)

    def heads_of(self, entities: Iterable[str]) -> list[Entity]:
        """These entities without their mentions and claims, which may be many: enough to name them."""
        with self._session():
            return [self.hidden(row) for row in heads_of(self._connection, set(entities))]

    def mentions_of(self, entities: Iterable[str]) -> set[str]:
        """Every mention of these entities."""
        return {mention for _, mention in self._linked(ENTITY_MENTIONS.c.entity, ENTITY_MENTIONS.c.mention, entities)}

    def facts_of(self, claims: Iterable[str]) -> dict[str, list[str]]:
        """Claim id to the ids of its facts, sorted, for the claims that have any."""
        out: dict[str, list[str]] = {}
        for claim, fact in self._linked(FACT_CLAIMS.c.claim, FACT_CLAIMS.c.fact, claims):
            out.setdefault(claim, []).append(fact)
        return out

    def claims_of(self, facts: Iterable[str]) -> frozenset[str]:
        """Claims that are in any of these facts."""
        return frozenset(claim for _, claim in self._linked(FACT_CLAIMS.c.fact, FACT_CLAIMS.c.claim, facts))

    @property
    def catalogue(self) -> Catalogue:
        """Short rows for lists and totals, with names hidden already."""
        return Catalogue(self._connection, self._session)

    def claim_places(self, doc: str) -> list[tuple[str, int, str]]:
        """(id, start, run) of the claims of a document, in their order; their rows are not read."""
        order = (CLAIMS.c.start, CLAIMS.c.end, CLAIMS.c.id)
        found = self._rows(select(CLAIMS.c.id, CLAIMS.c.start, CLAIMS.c.run).where(CLAIMS.c.doc == doc).order_by(*order))
        return [(row["id"], row["start"], row["run"]) for row in found]

    def places_of(self, claims: Iterable[str]) -> list[tuple[str, str, int, int]]:
        """(id, document, start, end) of claims; their rows are not read."""
        columns = select(CLAIMS.c.id, CLAIMS.c.doc, CLAIMS.c.start, CLAIMS.c.end)
        rows = (row for some in _chunks(set(claims)) for row in self._rows(columns.where(CLAIMS.c.id.in_(some))))
        return [(row["id"], row["doc"], row["start"], row["end"]) for row in rows]

    def published(self, documents: Iterable[str]) -> dict[str, str]:
        """When documents were published, in EDTF, for those that say so; their rows are not read."""
        columns = select(DOCUMENTS.c.id, DOCUMENTS.c.published)
        rows = (row for some in _chunks(set(documents)) for row in self._rows(columns.where(DOCUMENTS.c.id.in_(some))))
        return {row["id"]: row["published"] for row in rows if row["published"]}

    def count_placed(self) -> int:
        """How many claims are in a fact."""
        return int(self._rows(select(func.count(FACT_CLAIMS.c.claim.distinct()).label("n")))[0]["n"])

    def ids(self, row_type: type[object], **where: object) -> list[str]:
        """Ids of the rows that `all` would return, sorted."""
        shelf = shelf_of(row_type)
        return sorted(row["id"] for some in _conditions(shelf, where) for row in self._rows(select(shelf.table.c.id).where(*some)))

    def topmost(self, space: str, *, limit: int, below: tuple[int, str] | None = None) -> list[str]:
        """What was noted in a space under the greatest numbers, the greatest first; `below`: number and id of the last one already seen."""
        after = [] if below is None else [tuple_(ENTRIES.c.part, ENTRIES.c.no) < (below[0], number_of_id(below[1]))]
        order = (ENTRIES.c.part.desc(), ENTRIES.c.no.desc())
        found = self._rows(select(ENTRIES.c.body).where(ENTRIES.c.space == space, *after).order_by(*order).limit(limit))
        return [row["body"] for row in found]

    def noted(self, space: str, row_id: str) -> str:
        """What was noted under an id; empty where nothing was."""
        found = self._rows(select(ENTRIES.c.body).where(ENTRIES.c.space == space, ENTRIES.c.no == number_of_id(row_id)))
        return str(found[0]["body"]) if found else ""

    def count_noted(self, space: str) -> int:
        """How much was noted in a space."""
        return int(self._rows(select(func.count().label("n")).where(ENTRIES.c.space == space))[0]["n"])

    def _linked(self, key: ColumnElement[str], value: ColumnElement[str], wanted: Iterable[str]) -> Iterator[tuple[str, str]]:
        for chunk in _chunks(set(wanted)):
            for row in self._rows(select(key.label("key"), value.label("value")).where(key.in_(chunk)).order_by(key, value)):
                yield row["key"], row["value"]

    def _rows(self, statement: Executable) -> Sequence[RowMapping]:
        with self._session():
            return self._connection.execute(statement).mappings().all()
