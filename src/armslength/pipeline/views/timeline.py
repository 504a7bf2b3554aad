"""The timeline: when things are said to have happened, for which day numbers hold, and when it was published, each in lanes of its own.

In:  a reading of a case; years, a country, lanes.
Out: `TimelineView`: marks along the years, what supersedes and what denies what, and the same as a list.
Never: mixes the three kinds of date; draws an uncertain date as a certain one; a denial apart from what it denies (METHOD F3).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from armslength.base.language import marked
from armslength.model.edtf import Period, parse
from armslength.pipeline.views import words
from armslength.pipeline.views.counted import Profiled, everything
from armslength.pipeline.views.dated import Dated, Wanted, bearings, countries, dated_rows, tallies
from armslength.pipeline.views.kinds import country_of, is_country
from armslength.store.read import Reader

LANES: tuple[tuple[str, str, str], ...] = (
    ("incident", marked("Incidents"), "event"),
    ("response", marked("Responses"), "event"),
    ("count", marked("Numbers"), "as of"),
    ("denial", marked("Denials"), "said"),
    ("document", marked("Documents"), "published"),
)
"""Code, title, and what the dates in it are of, from top to bottom."""
CODES = tuple(code for code, _, _ in LANES)
BASES: dict[str, str] = {
    "event": "when it is said to have happened",
    "as of": "the date it holds for",
    "said": "when it was said, or published",
    "published": "when it was published",
}
DRAWN = 240
"""Marks drawn one by one; with more the picture shows how many there are in each month or year."""
SHOWN = 100
"""Rows on one page of the list."""
MONTHLY = 4
"""Years in view up to which months are told apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineAsked:
    """What is to be shown."""

    lane: str = ""
    country: str = ""
    first: int = 0
    last: int = 0
    page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineItem:
    """One row of the list, and one mark of the picture."""

    id: str
    lane: str
    label: str
    date: str
    """In words."""
    edtf: str
    basis: str
    """What the date is of, in words."""
    begins: float
    """Where it begins, in years: 2024.5 is the middle of 2024. 0 for no date."""
    ends: float
    """Where the last day it can mean ends."""
    uncertain: bool
    """The text gives it as approximate, or a whole year stands for a day in it."""
    open: bool
    """It has no beginning, or no end."""
    link: str
    denied: bool
    country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearing:
    """One fact supersedes, or denies, another one in view."""

    type: str
    fact: str
    other: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Heap:
    """How many marks of a lane begin in one month, or year."""

    lane: str
    year: int
    month: int
    """0 for a whole year."""
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineView:
    """The timeline."""

    first: int
    """The first year drawn; 0 where nothing is dated."""
    last: int
    whole: tuple[int, int]
    """First and last year of all that is dated, whatever was asked for."""
    items: tuple[TimelineItem, ...]
    """One page of the list."""
    marks: tuple[TimelineItem, ...]
    """All that is drawn one by one; empty where there is too much."""
    heaps: tuple[Heap, ...]
    """All that is drawn as how many."""
    bearings: tuple[Bearing, ...]
    undated: int
    total: int
    page: int
    pages: int
    countries: tuple[tuple[str, str], ...]
    counted: tuple[Profiled, ...]

    @property
    def lanes(self) -> tuple[str, ...]:
        """Lanes that have anything in view, from top to bottom."""
        found = {row.lane for row in self.marks} | {row.lane for row in self.heaps}
        return tuple(code for code, _, _ in LANES if code in found)


def timeline_view(reader: Reader, asked: TimelineAsked) -> TimelineView | None:
    """The timeline as asked for; None for a page, country or lane that is not there."""
    if asked.lane not in {"", *CODES} or (asked.country and not is_country(asked.country)):
        return None
    view = _view(reader, asked)
    return view if 1 <= asked.page <= view.pages else None


def whole_timeline(reader: Reader) -> TimelineView:
    """All that has a date."""
    return _view(reader, TimelineAsked())


def _view(reader: Reader, asked: TimelineAsked) -> TimelineView:
    wanted = _wanted(asked)
    here = tallies(reader, wanted)
    dated = [row for row in here if row[1]]
    total = sum(count for *_, count in here)
    single = sum(count for *_, count in dated) <= DRAWN
    marks = [item(row) for row in dated_rows(reader, wanted, limit=DRAWN) if row.year] if single else []
    first, last = _years(dated, marks, asked)
    return TimelineView(
        first=first,
        last=last,
        whole=_ends(row for row in tallies(reader, Wanted(lanes=CODES)) if row[1]),
        items=tuple(item(row) for row in dated_rows(reader, wanted, limit=SHOWN, skip=(asked.page - 1) * SHOWN)),
        marks=tuple(marks),
        heaps=() if single else _heaps(dated, monthly=last - first < MONTHLY),
        bearings=tuple(Bearing(type=kind, fact=fact, other=other) for kind, fact, other in bearings(reader, [row.id for row in marks])),
        undated=sum(count for _, year, _, count in here if not year),
        total=total,
        page=asked.page,
        pages=max(1, -(-total // SHOWN)),
        countries=_countries(reader),
        counted=_counted(here),
    )


def _wanted(asked: TimelineAsked) -> Wanted:
    return Wanted(lanes=(asked.lane,) if asked.lane else CODES, country=asked.country, first=asked.first, last=asked.last)


def timeline_rows(reader: Reader, asked: TimelineAsked, *, limit: int) -> list[TimelineItem]:
    """Rows of the list from the first on: for exports."""
    return [item(row) for row in dated_rows(reader, _wanted(asked), limit=limit)]


def item(row: Dated) -> TimelineItem:
    """A row as it is drawn and listed."""
    period = parse(row.edtf) if row.year else Period(start=None, end=None, interval=False)
    begins, ends = _reach(period)
    marked = any(point is not None and (point.mark or point.precision in {"decade", "century"}) for point in (period.start, period.end))
    return TimelineItem(
        id=row.id,
        lane=row.lane,
        label=row.label,
        date=words.dated(row.edtf),
        edtf=row.edtf,
        basis=BASES[row.basis],
        begins=begins,
        ends=ends,
        uncertain=marked,
        open=period.interval and (period.start is None or period.end is None),
        link=row.link,
        denied=row.denied,
        country=row.country,
    )


def _reach(period: Period) -> tuple[float, float]:
    """The first and last day a date can mean, in years; a period with an open end reaches to the end it has."""
    start, end = period.start or period.end, period.end or period.start
    if start is None or end is None:
        return 0.0, 0.0
    return position(start.first), position(end.last) + 1 / 366


def position(day: date) -> float:
    """A day in years: 2024.5 is the middle of 2024."""
    length = (date(day.year + 1, 1, 1) - date(day.year, 1, 1)).days if day.year < 9999 else 365
    return day.year + (day - date(day.year, 1, 1)).days / length


def _years(dated: Sequence[tuple[str, int, int, int]], marks: Sequence[TimelineItem], asked: TimelineAsked) -> tuple[int, int]:
    """First and last year to draw: as asked for, else from the first to the last that has anything."""
    found, last = _ends(dated)
    last = max([last, *(int(row.ends - 0.001) for row in marks)])
    return asked.first or found, asked.last or last


def _ends(dated: Iterable[tuple[str, int, int, int]]) -> tuple[int, int]:
    years = [year for _, year, _, _ in dated]
    return (min(years), max(years)) if years else (0, 0)


def _heaps(dated: Iterable[tuple[str, int, int, int]], *, monthly: bool) -> tuple[Heap, ...]:
    found: Counter[tuple[str, int, int]] = Counter()
    for lane, year, month, count in dated:
        found[lane, year, month if monthly else 0] += count
    return tuple(Heap(lane=lane, year=year, month=month, count=count) for (lane, year, month), count in sorted(found.items()))


def _counted(here: Iterable[tuple[str, int, int, int]]) -> tuple[Profiled, ...]:
    found: Counter[str] = Counter()
    for lane, _, _, count in here:
        found[lane] += count
    return tuple(everything(title.lower(), found[code]) for code, title, _ in LANES if found[code])


def _countries(reader: Reader) -> tuple[tuple[str, str], ...]:
    """Countries that anything dated is about."""
    return tuple(sorted(((code, country_of(code)) for code in countries(reader)), key=lambda row: row[1]))
