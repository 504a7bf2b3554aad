"""Everything of a case that has a date, as short rows: the one place from which the timeline is read.

In:  a reading of a case; lanes, a country, years.
Out: `Dated` rows in the order of their dates, and how many there are in each month.
Never: a person's movements (METHOD N3): rows are documents, incidents, responses, numbers and denials; an incident's day is cut off.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from armslength.base.errors import InputError
from armslength.model.catalogue import DatedEntry
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

Month = tuple[int, int]
"""Year and month, 0 where it is not known."""


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
    kept = reader.catalogue
    if not kept.made():
        found = Counter((row.lane, row.year, row.month) for row in _all(moment(reader)) if _fits(row, wanted))
    else:
        months = kept.months_of(wanted.country) if wanted.country else kept.months()
        found = Counter({(lane, year, month): n for year, month, lane, n in months if _asked(lane, year, wanted)})
    return sorted((lane, year, month, count) for (lane, year, month), count in found.items())


def dated_rows(reader: Reader, wanted: Wanted, *, limit: int, skip: int = 0) -> list[Dated]:
    """Rows with a date, the earliest first; what has none behind them."""
    if reader.catalogue.made():
        found = _catalogued(reader, wanted, limit=limit, skip=skip)
    else:
        found = [row for row in _all(moment(reader)) if _fits(row, wanted)][skip : skip + limit]
    return [reader.hidden(row) for row in found]


def _catalogued(reader: Reader, wanted: Wanted, *, limit: int, skip: int) -> list[Dated]:
    """The same from the catalogue: its totals say in which months the rows stand, so that no others are passed over."""
    found: list[DatedEntry] = []
    for months in _stretches(tallies(reader, wanted)):
        here = sum(months.values())
        if skip < here and len(found) < limit:
            first, last, before = _stretch(months, skip=skip, limit=limit - len(found))
            found += reader.catalogue.dated_between(
                lanes=wanted.lanes, country=wanted.country, first=first, last=last, limit=limit - len(found), offset=skip - before
            )
        skip = max(0, skip - here)
    return sorted(_from_entries(reader, found), key=_order)


def _stretches(tallied: Iterable[tuple[str, int, int, int]]) -> tuple[Counter[Month], Counter[Month]]:
    """How many there are in each month, and without a date."""
    dated, undated = Counter[Month](), Counter[Month]()
    for _, year, month, n in tallied:
        (dated if year else undated)[year, month] += n
    return dated, undated


def _stretch(months: Counter[Month], *, skip: int, limit: int) -> tuple[Month, Month, int]:
    """The first and last month that so many rows stand in after those that are skipped, and how many rows stand before the first."""
    before, reached = 0, 0
    first = last = min(months)
    for last in sorted(months):
        if reached <= skip:
            first, before = last, reached
        reached += months[last]
        if reached >= skip + limit:
            break
    return first, last, before


def _from_entries(reader: Reader, entries: Sequence[DatedEntry]) -> list[Dated]:
    facts = {entry.link.removeprefix("/facts/") for entry in entries if entry.link.startswith("/facts/")}
    denied = {row.other for row in reader.exact().all(Relation, other=facts, type="denies")} if facts else set()
    return [_from_entry(entry, denied) for entry in entries]


def _from_entry(entry: DatedEntry, denied: Collection[str]) -> Dated:
    return Dated(
        id=entry.id.partition(":")[2],
        lane=entry.lane,
        edtf=coarse(entry.edtf) if entry.lane == "incident" else entry.edtf,
        basis=entry.code if entry.lane == "denial" else _BASES[entry.lane],
        year=entry.year,
        month=entry.month,
        country=entry.country,
        label=entry.label,
        link=entry.link,
        denied=entry.link.removeprefix("/facts/") in denied,
    )


def _order(row: Dated) -> tuple[object, ...]:
    return row.year == 0, row.year, row.month, row.edtf, row.lane, row.id


def bearings(reader: Reader, facts: Collection[str]) -> list[tuple[str, str, str]]:
    """(type, fact, other) of each supersession and denial between two of these facts."""
    known = set(facts)
    rows = reader.exact().all(Relation, fact=known) if known else []
    return [(row.type, row.fact, row.other) for row in rows if row.other in known and row.type in {"supersedes", "denies"}]


def countries(reader: Reader) -> frozenset[str]:
    """Codes of the countries that any row is about."""
    if reader.catalogue.made():
        return frozenset(reader.catalogue.dated_countries())
    return frozenset(row.country for row in _all(moment(reader)) if row.country)


def _asked(lane: str, year: int, wanted: Wanted) -> bool:
    if lane not in wanted.lanes:
        return False
    return not (wanted.first or wanted.last) or (bool(year) and wanted.first <= year <= (wanted.last or 9999))


def _fits(row: Dated, wanted: Wanted) -> bool:
    return wanted.country in {"", row.country} and _asked(row.lane, row.year, wanted)


@lru_cache(maxsize=4)
def _all(now: Moment) -> tuple[Dated, ...]:
    """Every row, rows as they are stored: what is handed out goes through `Reader.hidden`."""
    denied = {row.other for row in now.reader.all(Relation, type="denies")}
    rows = [*_things(now.reader, denied), *_facts(now.reader, denied), *_documents(now.reader)]
    return tuple(sorted(rows, key=_order))


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
    for fact in kept:
        if fact.measure:
            yield dated(fact.id, "count", fact.as_of, fact.country, fact.label, link=f"/facts/{fact.id}", denied=fact.id in denied)
    yield from _denial_rows(reader, [fact for fact in kept if is_denial(fact)], denied)


def _denial_rows(reader: Reader, facts: Sequence[Fact], denied: Collection[str]) -> Iterator[Dated]:
    claims = {row.id: row for row in reader.all(Claim, id=sorted({claim for fact in facts for claim in fact.claims}))} if facts else {}
    published = reader.published({row.doc for row in claims.values()})
    for fact in facts:
        edtf, basis = said_on(fact, claims, published)
        yield dated(fact.id, "denial", edtf, fact.country, fact.label, link=f"/facts/{fact.id}", denied=fact.id in denied, basis=basis)


def is_denial(fact: Fact) -> bool:
    """Whether a fact is a denial that nobody has rejected."""
    return fact.kind.partition(".")[0] == "denial" and fact.state != REJECTED


def said_on(fact: Fact, claims: Mapping[str, Claim], published: Mapping[str, str]) -> tuple[str, str]:
    """When something was said: as a passage dates it, else as its first page was published."""
    mine = [claims[row] for row in fact.claims if row in claims]
    told = sorted(date.edtf for row in mine if (date := row.event_date) is not None and date.edtf)
    if told:
        return told[0], "event"
    return min((found for row in mine if (found := published.get(row.doc, ""))), default=""), "published"


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
