"""What authorities did and said, by country: a table of countries and responses, and the responses of a cell with their facts.

In:  a reading of a case; a country, a response.
Out: `ResponsesView`.
Never: reads silence as a response, or the opening of an investigation as its result; counts a denied response without saying so (F3).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from operator import itemgetter

from armslength.model.ontology import load
from armslength.model.things import Response
from armslength.pipeline.views import words
from armslength.pipeline.views.atlas import denied_claims
from armslength.pipeline.views.counted import Profiled, everything
from armslength.pipeline.views.kinds import country_of, label_of
from armslength.pipeline.views.lines import FactLine
from armslength.pipeline.views.moment import Moment, moment
from armslength.pipeline.views.since import Followed
from armslength.pipeline.views.told import told_lines
from armslength.store.read import Reader

SHOWN = 20
"""Responses on one page of the list."""
FACTS = 4
"""Facts shown under one response."""
NOWHERE = "none"
"""Asked for as a country: responses of which no text says the country."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseLine:
    """One response."""

    id: str
    label: str
    kind: str
    code: str
    country: str
    where: str
    """The country in words."""
    authority: str
    date: str
    edtf: str
    passages: int
    denied: bool
    facts: tuple[FactLine, ...]
    """Facts that the claims of this response belong to, the first few."""
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Responses of one kind by one country."""

    code: str
    count: int
    dates: str
    """The first to the last date, in words; empty for none."""
    denied: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryRow:
    """The responses of one country."""

    code: str
    """As it is asked for: ISO 3166-1 alpha-2, or `none`."""
    country: str
    total: int
    cells: tuple[Cell, ...]
    """One for each response that the country made, in the order of the columns."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """What they are, in words."""
        return tuple(label_of(cell.code) for cell in self.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsesView:
    """The table, and the responses of what was asked for."""

    columns: tuple[tuple[str, str], ...]
    """Code and words of every response in the table."""
    rows: tuple[CountryRow, ...]
    country: str
    response: str
    lines: tuple[ResponseLine, ...]
    found: int
    page: int
    pages: int
    counted: tuple[Profiled, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """A response as it is stored, and whether it is denied."""

    row: Response
    denied: bool


def responses_view(reader: Reader, *, country: str = "", response: str = "", page: int = 1) -> ResponsesView | None:
    """The table of all responses, and a page of those asked for; None for a country, response or page that is not there."""
    known = _known(moment(reader))
    rows = country_rows(reader)
    columns = _columns(cell.code for row in rows for cell in row.cells)
    if country not in {"", *(row.code for row in rows)} or response not in {"", *(code for code, _ in columns)}:
        return None
    kept = [one for one in known if _is(one.row, country, response)] if country or response else known
    pages = max(1, -(-len(kept) // SHOWN))
    if not 1 <= page <= pages:
        return None
    return ResponsesView(
        columns=columns,
        rows=rows,
        country=country,
        response=response,
        lines=response_lines(reader, kept[(page - 1) * SHOWN : page * SHOWN]),
        found=len(kept),
        page=page,
        pages=pages,
        counted=(everything("responses", len(known)),),
    )


def country_rows(reader: Reader) -> tuple[CountryRow, ...]:
    """Every country with what it did, in alphabetical order; responses of no named country last."""
    return _country_rows(moment(reader))


@lru_cache(maxsize=4)
def _country_rows(now: Moment) -> tuple[CountryRow, ...]:
    by_country: dict[str, list[_Known]] = defaultdict(list)
    for one in _known(now):
        by_country[one.row.country].append(one)
    found = [
        CountryRow(
            code=code or NOWHERE,
            country=country_of(code) if code else "Country not stated",
            total=len(mine),
            cells=tuple(
                _cell(response, [one for one in mine if one.row.code == response]) for response, _ in _columns(one.row.code for one in mine)
            ),
        )
        for code, mine in by_country.items()
    ]
    return tuple(sorted(found, key=lambda row: (row.code == NOWHERE, row.country)))


def all_responses(reader: Reader, *, country: str = "", response: str = "", limit: int) -> tuple[ResponseLine, ...]:
    """The responses asked for: for exports."""
    return response_lines(reader, [one for one in _known(moment(reader)) if _is(one.row, country, response)][:limit])


def _is(row: Response, country: str, response: str) -> bool:
    return country in {"", row.country or NOWHERE} and response in {"", row.code}


def _columns(codes: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Responses that occur, in the order of the ontology."""
    order = {code: place for place, code in enumerate(load().codes("responses"))}
    found = sorted(set(codes), key=lambda code: (order.get(code, len(order)), code))
    return tuple((code, label_of(code)) for code in found)


def _cell(code: str, mine: Sequence[_Known]) -> Cell:
    dates = sorted(one.row.date for one in mine if one.row.date)
    ends = list(dict.fromkeys(words.dated(edtf) for edtf in (dates[:1] + dates[-1:])))
    return Cell(code=code, count=len(mine), dates=" to ".join(ends), denied=sum(one.denied for one in mine))


@lru_cache(maxsize=4)
def _known(now: Moment) -> tuple[_Known, ...]:
    """Responses as they are stored, by country and date."""
    denied = denied_claims(now.reader)
    found = sorted(_followed(now.case, now.folder).now(now.reader).values(), key=itemgetter(0))
    return tuple(_Known(row, not denied.isdisjoint(row.claims)) for _, row in found)


@lru_cache(maxsize=4)
def _followed(case: str, folder: str) -> Followed[tuple[Sequence[object], Response]]:
    """Every response of one case with its place in the order."""
    del case, folder
    return Followed((Response,), _ordered)


def _ordered(reader: Reader, ids: Sequence[str]) -> Iterator[tuple[str, tuple[Sequence[object], Response]]]:
    for row in reader.all(Response, id=ids):
        yield row.id, ((not row.country, country_of(row.country), row.date or "9999", row.label, row.id), row)


def response_lines(reader: Reader, known: Sequence[_Known]) -> tuple[ResponseLine, ...]:
    """Responses in words, each with the facts that its claims are part of."""
    facts = reader.facts_of({claim for one in known for claim in one.row.claims}) if known else {}
    mine = {one.row.id: list(dict.fromkeys(chain.from_iterable(facts.get(claim, ()) for claim in one.row.claims))) for one in known}
    wanted = sorted({fact for found in mine.values() for fact in found[:FACTS]})
    lines = told_lines(reader, wanted)
    authorities = {one.row.authority for one in known if one.row.authority}
    names = {row.id: row.label for row in reader.heads_of(authorities)}
    return tuple(
        replace(
            reader.hidden(_line(one, names.get(one.row.authority, ""), more=max(0, len(mine[one.row.id]) - FACTS))),
            facts=tuple(lines[fact] for fact in mine[one.row.id][:FACTS] if fact in lines),
        )
        for one in known
    )


def _line(one: _Known, authority: str, *, more: int) -> ResponseLine:
    """A response in words, without its facts: their lines have names hidden already."""
    return ResponseLine(
        id=one.row.id,
        label=one.row.label,
        kind=label_of(one.row.code),
        code=one.row.code,
        country=one.row.country,
        where=country_of(one.row.country) if one.row.country else "Country not stated",
        authority=authority,
        date=words.dated(one.row.date),
        edtf=one.row.date,
        passages=len(one.row.claims),
        denied=one.denied,
        facts=(),
        more=more,
    )
