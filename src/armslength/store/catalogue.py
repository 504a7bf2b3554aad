"""Reading the catalogue: pages of facts, documents, sources, refused units and dated things, and how many there are.

In:  what is asked for: filters, an order, a page.
Out: lines as JSON, ids and totals, each read from one stretch of an index or a few cells.
Never: writes; reads a whole table; hands out a text with a protected name in it that was known when the catalogue was made.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any

from sqlalchemy import ColumnElement, Connection, Executable, Integer, RowMapping, Select, cast, func, select, tuple_

from armslength.model.catalogue import STANDINGS, Chosen, DatedEntry, MethodTotal, Reason
from armslength.store import search
from armslength.store.catalogue_tables import APPEARANCES, DATED, DOCUMENTS, FACTS, LINES, REASONS, REFUSED, SOURCES, STATE, TAGS, TOTALS
from armslength.store.log import STAGE_DROPPED, STAGE_RUN
from armslength.store.schema import DOCUMENTS as STORED
from armslength.store.schema import LOG

_CHUNK = 500
ORDERS = ("repeated", "newest", "oldest")
"""How facts can be ordered: the most repeated first, or by the date they begin."""


class Catalogue:
    """The catalogue of one case, at the moment of one reading."""

    __slots__ = ("_connection", "_session")

    def __init__(self, connection: Connection, session: Callable[[], AbstractContextManager[object]]) -> None:
        self._connection = connection
        self._session = session

    def made(self) -> bool:
        """Whether it was ever made."""
        return self.state("seq") != ""

    def behind(self) -> bool:
        """Whether a stage has written since it was made."""
        newer = select(LOG.c.seq).where(LOG.c.seq > int(self.state("seq") or 0), LOG.c.event.in_([STAGE_RUN, STAGE_DROPPED])).limit(1)
        return bool(self._rows(newer))

    def state(self, name: str) -> str:
        """What it knows of itself; empty where it does not."""
        found = self._rows(select(STATE.c.value).where(STATE.c.name == name))
        return str(found[0][0]) if found else ""

    # totals

    def total(self, scheme: str, code: str = "") -> int:
        """One total: `all` has facts, documents, claims, sources; `lang`, `country`, `method`, `place` and `top` (section) have codes."""
        found = self._rows(select(func.sum(TOTALS.c.n)).where(TOTALS.c.scheme == scheme, TOTALS.c.code == code))
        return int(found[0][0] or 0)

    def totals(self, scheme: str) -> list[tuple[str, int]]:
        """Code and total of everything of a scheme, most first."""
        n = func.sum(TOTALS.c.n)
        rows = self._rows(
            select(TOTALS.c.code, n).where(TOTALS.c.scheme == scheme).group_by(TOTALS.c.code).order_by(n.desc(), TOTALS.c.code)
        )
        return [(code, int(number)) for code, number in rows]

    def several(self, scheme: str) -> int:
        """How many codes a scheme has."""
        return int(self._rows(select(func.count()).select_from(TOTALS).where(TOTALS.c.scheme == scheme))[0][0])

    def facts_by(self, name: str) -> list[tuple[Any, int]]:
        """How many facts there are by one of the filters `section`, `standing`, `kind`, `country`, `state` or `year`, in order."""
        column = TOTALS.c[name]
        rows = self._rows(select(column, func.sum(TOTALS.c.n)).where(TOTALS.c.scheme == "fact").group_by(column).order_by(column))
        return [(value, int(n)) for value, n in rows]

    # facts

    def count_facts(self, chosen: Chosen) -> int:
        """How many facts there are of what is asked for."""
        if chosen.method is None and chosen.place is None:
            statement = select(func.sum(TOTALS.c.n)).where(TOTALS.c.scheme == "fact", *_conditions(TOTALS.c, chosen))
        else:
            statement = select(func.count()).select_from(TAGS).where(*_tagged(chosen))
        return int(self._rows(statement)[0][0] or 0)

    def facts(self, chosen: Chosen, *, order: str = "repeated", limit: int, offset: int = 0, top: bool = False) -> list[tuple[str, str]]:
        """(id, line as JSON) of facts in order. `top`: only those that no other supersedes."""
        numbers = self._numbers(chosen, order=order, top=top).limit(limit).offset(offset)
        places = {no: place for place, (no,) in enumerate(self._rows(numbers))}
        return [(row_id, body) for no, row_id, body in sorted(self._lines(FACTS.c.no, list(places)), key=lambda row: places[row[0]])]

    def lines(self, ids: Collection[str]) -> dict[str, str]:
        """Lines of facts by id, as JSON."""
        return {row_id: body for _, row_id, body in self._lines(FACTS.c.id, sorted(ids))}

    def lines_numbered(self, numbers: Collection[int]) -> dict[int, tuple[str, str]]:
        """(id, line as JSON) of facts by number."""
        return {no: (row_id, body) for no, row_id, body in self._lines(FACTS.c.no, sorted(numbers))}

    def under(self, heads: Collection[str]) -> list[tuple[str, str, str]]:
        """(head, id, line as JSON) of facts that others supersede, in order."""
        statement = select(FACTS.c.head, FACTS.c.id, LINES.c.body).join(LINES, LINES.c.no == FACTS.c.no).order_by(FACTS.c.rank, FACTS.c.tie)
        return [(head, row_id, body) for head, row_id, body in self._in(statement, FACTS.c.head, sorted(heads))]

    def head(self, fact: str) -> str:
        """The fact that stands for another, or empty."""
        found = self._rows(select(FACTS.c.head).where(FACTS.c.id == fact))
        return str(found[0][0]) if found else ""

    def widest(self) -> str:
        """The fact with most documents and fewest origins, or empty."""
        found = self._rows(select(FACTS.c.id).where(FACTS.c.gap < 0).order_by(FACTS.c.gap, FACTS.c.id).limit(1))
        return str(found[0][0]) if found else ""

    def _numbers(self, chosen: Chosen, *, order: str, top: bool) -> Select[Any]:
        tagged = chosen.method is not None or chosen.place is not None
        table = TAGS if tagged else FACTS
        conditions = _tagged(chosen) if tagged else list(_conditions(FACTS.c, chosen))
        if top or (tagged and order != "repeated"):
            if tagged:
                conditions.append(FACTS.c.no == TAGS.c.no)
            conditions += [FACTS.c.head == ""] if top else []
        ways: dict[str, tuple[ColumnElement[Any], ...]] = {
            "repeated": (table.c.rank, table.c.tie, table.c.no),
            "newest": (FACTS.c.begins.desc(), FACTS.c.no.desc()),
            "oldest": (FACTS.c.begins, FACTS.c.no),
        }
        return select(table.c.no).where(*conditions).order_by(*ways[order])

    def _lines(self, key: ColumnElement[Any], values: Sequence[Any]) -> list[tuple[Any, ...]]:
        return self._in(select(FACTS.c.no, FACTS.c.id, LINES.c.body).join(LINES, LINES.c.no == FACTS.c.no), key, values)

    # documents, sources, what was refused

    def documents(self, *, lang: str = "", limit: int, offset: int = 0) -> list[tuple[str, str]]:
        """(id, line as JSON) of documents by date."""
        mine = [DOCUMENTS.c.lang == lang] if lang else []
        order = (DOCUMENTS.c.begins, DOCUMENTS.c.tie, DOCUMENTS.c.no)
        numbers = [no for (no,) in self._rows(select(DOCUMENTS.c.no).where(*mine).order_by(*order).limit(limit).offset(offset))]
        found = {no: (row_id, body) for no, row_id, body in self._in(_DOCUMENT_LINES, DOCUMENTS.c.no, sorted(numbers))}
        return [found[no] for no in numbers]

    def document_lines(self, ids: Collection[str]) -> dict[str, str]:
        """Lines of documents by id, as JSON."""
        return {row_id: body for _, row_id, body in self._in(_DOCUMENT_LINES, DOCUMENTS.c.id, sorted(ids))}

    def documents_numbered(self, numbers: Collection[int]) -> dict[int, tuple[str, str]]:
        """(id, line as JSON) of documents by number."""
        return {no: (row_id, body) for no, row_id, body in self._in(_DOCUMENT_LINES, DOCUMENTS.c.no, sorted(numbers))}

    def lines_as_stored(self, ids: Collection[str]) -> dict[str, str]:
        """Lines of those documents that are stored as they were when the catalogue was made, by id, as JSON."""
        same = select(STORED.c.hash).where(STORED.c.id == DOCUMENTS.c.id, STORED.c.hash == DOCUMENTS.c.hash)  # an index has both
        return dict(self._in(select(DOCUMENTS.c.id, DOCUMENTS.c.body).where(same.exists()), DOCUMENTS.c.id, sorted(ids)))

    def hidden(self, docs: Collection[str]) -> dict[str, str]:
        """Stretches of documents' texts that hold names, as they were hidden when the catalogue was made."""
        return dict(self._in(select(DOCUMENTS.c.id, DOCUMENTS.c.hidden), DOCUMENTS.c.id, sorted(docs)))

    def documents_from(self, sources: Collection[str]) -> dict[str, list[str]]:
        """Documents that sources gave, by source."""
        found: dict[str, list[str]] = {}
        for source, doc in self._in(select(APPEARANCES.c.source, APPEARANCES.c.doc), APPEARANCES.c.source, sorted(sources)):
            found.setdefault(source, []).append(doc)
        return {source: sorted(docs) for source, docs in found.items()}

    def sources(self, *, limit: int, offset: int = 0) -> list[tuple[str, str]]:
        """(id, line as JSON) of sources by file name."""
        statement = select(SOURCES.c.id, SOURCES.c.body).order_by(SOURCES.c.tie, SOURCES.c.id).limit(limit).offset(offset)
        return [(row_id, body) for row_id, body in self._rows(statement)]

    def reasons(self) -> list[Reason]:
        """Why units were refused, most often first."""
        rows = self._mappings(select(REASONS).order_by(REASONS.c.n.desc(), REASONS.c.stage, REASONS.c.reason))
        return [Reason(**row) for row in rows]

    def refused(self, reason: str, *, limit: int, offset: int = 0) -> list[str]:
        """Ids of units that were refused for a reason, in order of where they stand."""
        order = (REFUSED.c.tie, REFUSED.c.start, REFUSED.c.id)
        return [
            row
            for (row,) in self._rows(select(REFUSED.c.id).where(REFUSED.c.reason == reason).order_by(*order).limit(limit).offset(offset))
        ]

    # methods

    def methods(self) -> list[MethodTotal]:
        """What the facts of each method amount to, by country; without opinions and what people rejected."""
        best = func.max(FACTS.c.min * _WIDE + FACTS.c.max)
        denied = func.sum(cast(FACTS.c.denied, Integer))
        rows = self._rows(
            select(TAGS.c.code, FACTS.c.country, func.count(), func.max(FACTS.c.documents), best, denied)
            .join(FACTS, FACTS.c.no == TAGS.c.no)
            .where(*_TOLD)
            .group_by(TAGS.c.code, FACTS.c.country)
            .order_by(TAGS.c.code, FACTS.c.country)
        )
        return [
            MethodTotal(
                code=code, country=country, facts=int(n), documents=int(docs), min=int(most) // _WIDE, max=int(most) % _WIDE, denied=int(no)
            )
            for code, country, n, docs, most, no in rows
        ]

    def facts_of_method(self, code: str, *, limit: int, offset: int = 0) -> list[str]:
        """Ids of the facts that tell of a method, the most repeated first."""
        order = (TAGS.c.rank, TAGS.c.tie, TAGS.c.no)
        numbers = select(TAGS.c.no).where(*_TOLD, TAGS.c.code == code).order_by(*order).limit(limit).offset(offset)
        places = {no: place for place, (no,) in enumerate(self._rows(numbers))}
        found = self._in(select(FACTS.c.no, FACTS.c.id), FACTS.c.no, sorted(places))
        return [row_id for _, row_id in sorted(found, key=lambda row: places[row[0]])]

    def facts_with_methods(self) -> int:
        """How many facts tell of any method."""
        return int(self._rows(select(func.count(TAGS.c.no.distinct())).where(*_TOLD))[0][0])

    # what has a date

    def dated_between(
        self, *, lanes: Collection[str], country: str = "", first: tuple[int, int], last: tuple[int, int], limit: int, offset: int = 0
    ) -> list[DatedEntry]:
        """Of these lanes what begins from one (year, month) to another, in the order of dates; (0, 0) is what has no date."""
        when = tuple_(DATED.c.year, DATED.c.month)
        asked = [DATED.c.lane.in_(sorted(lanes)), when >= first, when <= last, *([DATED.c.country == country] if country else [])]
        order = (DATED.c.year, DATED.c.month, DATED.c.edtf, DATED.c.lane, DATED.c.id)
        rows = self._mappings(select(DATED).where(*asked).order_by(*order).limit(limit).offset(offset))
        return [DatedEntry(**row) for row in rows]

    def months_of(self, country: str) -> list[tuple[int, int, str, int]]:
        """(year, month, lane, how many) of what is about a country, in order; (0, 0) of what has no date."""
        by = (TOTALS.c.year, TOTALS.c.state, TOTALS.c.kind)
        rows = self._rows(select(*by, TOTALS.c.n).where(TOTALS.c.scheme == "dated", TOTALS.c.code == country).order_by(*by))
        return [(int(year), int(month or 0), str(lane), int(n)) for year, month, lane, n in rows]

    def dated_countries(self) -> list[str]:
        """Codes of the countries that anything with a date is about."""
        return [str(code) for (code,) in self._rows(select(TOTALS.c.code).where(TOTALS.c.scheme == "where").order_by(TOTALS.c.code))]

    def months(self) -> list[tuple[int, int, str, int]]:
        """(year, month, lane, how many) of everything with a date, in order; (0, 0) of what has none."""
        by = (TOTALS.c.code, TOTALS.c.kind)
        found = []
        for code, lane, n in self._rows(select(*by, TOTALS.c.n).where(TOTALS.c.scheme == "month").order_by(*by)):
            year, _, month = code.partition("-")
            found.append((int(year or 0), int(month or 0), str(lane), int(n)))
        return found

    # searching

    def searchable(self) -> bool:
        """Whether anything was indexed yet."""
        with self._session():
            return search.there(self._connection)

    def find(self, space: str, wanted: search.Wanted, *, limit: int, offset: int = 0, parts: int = 1) -> list[int]:
        """Numbers of units that hold what is wanted, in order."""
        with self._session():
            return search.find(self._connection, space, wanted, limit=limit, offset=offset, parts=parts)

    def count(self, space: str, wanted: search.Wanted, *, parts: int = 1) -> int:
        """How many units hold what is wanted."""
        with self._session():
            return search.count(self._connection, space, wanted, parts=parts)

    def _in(self, statement: Select[Any], column: ColumnElement[Any], values: Sequence[Any]) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = []
        for start in range(0, len(values), _CHUNK):
            found += self._rows(statement.where(column.in_(values[start : start + _CHUNK])))
        return found

    def _rows(self, statement: Executable) -> list[tuple[Any, ...]]:
        with self._session():
            return [tuple(row) for row in self._connection.execute(statement)]

    def _mappings(self, statement: Executable) -> Sequence[RowMapping]:
        with self._session():
            return self._connection.execute(statement).mappings().all()


_TOLD = (TAGS.c.scheme == "method", TAGS.c.section != "opinion", TAGS.c.state != "rejected")
_WIDE = 1_000_000
"""More origins than any fact has: two counts are compared as one number, the lower end first."""
_DOCUMENT_LINES = select(DOCUMENTS.c.no, DOCUMENTS.c.id, DOCUMENTS.c.body)


def _conditions(columns: Any, chosen: Chosen) -> Iterator[ColumnElement[bool]]:
    for name in ("section", "kind", "country", "state"):
        value = getattr(chosen, name)
        if value is not None:
            yield columns[name] == value
    if chosen.standings is not None:
        yield columns.standing.in_(sorted(set(chosen.standings) & STANDINGS.keys()))
    if chosen.since is not None or chosen.until is not None:
        yield columns.year != 0
    if chosen.since is not None:
        yield columns.year >= chosen.since
    if chosen.until is not None:
        yield columns.year <= chosen.until


def _tagged(chosen: Chosen) -> list[ColumnElement[bool]]:
    """Conditions on the tags: one drives, the other must be there too."""
    asked = [(scheme, code) for scheme, code in (("place", chosen.place), ("method", chosen.method)) if code is not None]
    found = [TAGS.c.scheme == asked[0][0], TAGS.c.code == asked[0][1], *_conditions(TAGS.c, chosen)]
    for scheme, code in asked[1:]:
        other = TAGS.alias()
        there = (
            other.c.scheme == scheme,
            other.c.code == code,
            other.c.rank == TAGS.c.rank,
            other.c.tie == TAGS.c.tie,
            other.c.no == TAGS.c.no,
        )
        found.append(select(other.c.no).where(*there).exists())
    return found
