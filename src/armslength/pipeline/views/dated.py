"""Everything of a case that has a date, as short rows: the one place from which the timeline is read.

In:  a reading of a case; lanes, a country, years.
Out: `Dated` rows in the order of their dates, and how many there are in each month.
Never: a person's movements (METHOD N3): rows are documents, incidents, responses, numbers and denials; an incident's day is cut off.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from armslength.base.errors import InputError
from armslength.model.claims import Claim
from armslength.model.edtf import bounds
from armslength.model.evidence import Document
from armslength.model.facts import Fact, Relation
from armslength.model.things import Incident, Response
from armslength.model.verdicts import REJECTED
from armslength.pipeline.views.kinds import country_of, label_of
from armslength.pipeline.views.moment import Moment, moment
from armslength.publish.placing import coarse
from armslength.store.read import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """Something with a date."""

    id: str
    lane: str
    """`incident`, `response`, `count`, `denial` or `document`."""
    edtf: str
    basis: str
    """What the date is of: `event`, `as of` or `published`."""
    year: int
    """The first year it can mean; 0 for no date."""
    month: int
    """The first month; 0 where only the year is known."""
    country: str
    label: str
    link: str
    """Where to read on."""
    denied: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which rows."""

    lanes: Collection[str]
    country: str = ""
    first: int = 0
    """Year from which; 0 for no limit."""
    last: int = 0


def tallies(reader: Reader, wanted: Wanted) -> list[tuple[str, int, int, int]]:
    """(lane, year, month, how many) for every month that has any; year 0 for what has no date."""
    found = Counter((row.lane, row.year, row.month) for row in _all(moment(reader)) if _fits(row, wanted))
    return sorted((lane, year, month, count) for (lane, year, month), count in found.items())


def dated_rows(reader: Reader, wanted: Wanted, *, limit: int, skip: int = 0) -> list[Dated]:
    """Rows with a date, the earliest first; what has none behind them."""
    found = [row for row in _all(moment(reader)) if _fits(row, wanted)]
    return [reader.hidden(row) for row in found[skip : skip + limit]]


def bearings(reader: Reader, facts: Collection[str]) -> list[tuple[str, str, str]]:
    """(type, fact, other) of each supersession and denial between two of these facts."""
    known = set(facts)
    rows = reader.exact().all(Relation, fact=known) if known else []
    return [(row.type, row.fact, row.other) for row in rows if row.other in known and row.type in {"supersedes", "denies"}]


def countries(reader: Reader) -> frozenset[str]:
    """Codes of the countries that any row is about."""
    return frozenset(row.country for row in _all(moment(reader)) if row.country)


def _fits(row: Dated, wanted: Wanted) -> bool:
    if row.lane not in wanted.lanes or wanted.country not in {"", row.country}:
        return False
    if not (wanted.first or wanted.last):
        return True
    return bool(row.year) and wanted.first <= row.year <= (wanted.last or 9999)


@lru_cache(maxsize=4)
def _all(now: Moment) -> tuple[Dated, ...]:
    """Every row, rows as they are stored: what is handed out goes through `Reader.hidden`."""
    denied = {row.other for row in now.reader.all(Relation, type="denies")}
    rows = [*_things(now.reader, denied), *_facts(now.reader, denied), *_documents(now.reader)]
    return tuple(sorted(rows, key=lambda row: (row.year == 0, row.year, row.month, row.edtf, row.lane, row.label, row.id)))


def _things(reader: Reader, denied: Collection[str]) -> Iterator[Dated]:
    events: list[Incident | Response] = [*reader.all(Incident), *reader.all(Response)]
    facts = reader.facts_of(sorted({claim for row in events for claim in row.claims})) if events else {}
    for row in events:
        mine = sorted({fact for claim in row.claims for fact in facts.get(claim, [])})
        link, is_denied = f"/facts/{mine[0]}" if mine else "", not set(mine).isdisjoint(denied)
        if isinstance(row, Response):
            where = f"{country_of(row.country)}: " if row.country else ""
            yield dated(row.id, "response", row.date, row.country, where + label_of(row.code), link=link, denied=is_denied)
        elif row.state != REJECTED:
            yield dated(row.id, "incident", coarse(row.period), row.country, row.label, link=link, denied=is_denied)


def _facts(reader: Reader, denied: Collection[str]) -> Iterator[Dated]:
    kept = [fact for fact in reader.all(Fact) if not fact.opinion and fact.state != REJECTED]
    denials = [fact for fact in kept if fact.kind.partition(".")[0] == "denial"]
    claims = {row.id: row for row in reader.all(Claim, id=sorted({claim for fact in denials for claim in fact.claims}))} if denials else {}
    docs = {row.id: row for row in reader.all(Document, id=sorted({row.doc for row in claims.values()}))} if claims else {}
    for fact in kept:
        if fact.measure:
            yield dated(fact.id, "count", fact.as_of, fact.country, fact.label, link=f"/facts/{fact.id}", denied=fact.id in denied)
    for fact in denials:
        edtf, basis = _said(fact, claims, docs)
        yield dated(fact.id, "denial", edtf, fact.country, fact.label, link=f"/facts/{fact.id}", denied=fact.id in denied, basis=basis)


def _said(fact: Fact, claims: Mapping[str, Claim], docs: Mapping[str, Document]) -> tuple[str, str]:
    """When something was said: as a passage dates it, else as its first page was published."""
    mine = [claims[row] for row in fact.claims if row in claims]
    told = sorted(date.edtf for row in mine if (date := row.event_date) is not None and date.edtf)
    if told:
        return told[0], "event"
    return min((found for row in mine if (found := docs[row.doc].published or "")), default=""), "published"


def _documents(reader: Reader) -> Iterator[Dated]:
    for row in reader.all(Document):
        title = row.title or row.first.file
        label = f"{row.publisher}: {title}" if row.publisher else title
        yield dated(row.id, "document", row.published or "", "", label, link=f"/documents/{row.id}")


_BASES = {"incident": "event", "response": "event", "count": "as of", "document": "published"}


def dated(row_id: str, lane: str, edtf: str, country: str, label: str, *, link: str, denied: bool = False, basis: str = "") -> Dated:
    """A row, placed in the first month that its date can mean."""
    year, month = begins(edtf)
    return Dated(
        id=row_id,
        lane=lane,
        edtf=edtf,
        basis=basis or _BASES[lane],
        year=year,
        month=month,
        country=country,
        label=label,
        link=link,
        denied=denied,
    )


def begins(edtf: str) -> tuple[int, int]:
    """The first year and month that a date can mean, the month 0 where only a year is known; (0, 0) for no date."""
    try:
        first, last = bounds(edtf) if edtf else (None, None)
    except InputError:
        return 0, 0
    day = first or last
    if day is None:
        return 0, 0
    known = edtf.partition("/")[0] if first else edtf.partition("/")[2]
    return day.year, day.month if len(known) >= 7 and known[4] == "-" and known[5].isdigit() else 0
