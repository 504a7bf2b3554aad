"""When things are said to have happened, beside when they were published.

In:  documents, incidents, responses and dated facts of a case.
Out: `TimelineView`: months in order, each with what belongs to it.
Never: holds a person's movements (METHOD N3): its rows are documents, incidents, responses and counts only.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from armslength.model.evidence import Document
from armslength.model.facts import Fact
from armslength.model.things import Incident, Response
from armslength.pipeline.views import words
from armslength.pipeline.views.kinds import country_of, label_of
from armslength.store.read import Reader

_START = re.compile(r"(\d{4})(?:-(\d\d))?")

LANES: tuple[tuple[str, str], ...] = (
    ("incident", "Incidents"),
    ("count", "Counts, by the date they hold for"),
    ("response", "Responses"),
    ("document", "Published"),
)
"""Code and title of what a timeline holds, as drawn from top to bottom."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineItem:
    """Something with a date."""

    lane: str
    label: str
    date: str
    """In words."""
    edtf: str
    link: str
    """Where to read on: `/facts/...` or `/documents/...`, or empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A year, or a month of one."""

    year: int
    month: int
    """0 where only the year is known."""
    title: str
    items: tuple[TimelineItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineView:
    """The timeline."""

    periods: tuple[Period, ...]
    undated: tuple[TimelineItem, ...]

    @property
    def years(self) -> tuple[int, ...]:
        """Every year from the first to the last, also those without anything."""
        found = [period.year for period in self.periods]
        return tuple(range(min(found), max(found) + 1)) if found else ()


def timeline_view(reader: Reader) -> TimelineView:
    """Everything of the case that has a date. A period is placed where it begins."""
    months: dict[tuple[int, int], list[TimelineItem]] = defaultdict(list)
    undated = []
    for item in sorted(_items(reader), key=lambda row: (row.edtf, row.lane, row.label, row.link)):
        found = _START.match(item.edtf)
        if not found:
            undated.append(item)
            continue
        month = int(found[2] or 0)
        months[int(found[1]), month if 1 <= month <= 12 else 0].append(item)
    return TimelineView(
        periods=tuple(
            Period(year=year, month=month, title=words.dated(f"{year:04}-{month:02}" if month else f"{year:04}"), items=tuple(items))
            for (year, month), items in sorted(months.items())
        ),
        undated=tuple(undated),
    )


def _items(reader: Reader) -> Iterator[TimelineItem]:
    for document in reader.all(Document):
        label = document.title or document.first.file
        if document.publisher:
            label = f"{document.publisher}: {label}"
        yield _item("document", label, document.published or "", f"/documents/{document.id}")
    for fact in reader.all(Fact):
        if fact.measure and fact.as_of and not fact.opinion:
            yield _item("count", fact.label, fact.as_of, f"/facts/{fact.id}")
    events: list[Incident | Response] = [*reader.all(Incident), *reader.all(Response)]
    facts = reader.facts_of(sorted({claim for row in events for claim in row.claims})) if events else {}
    for row in events:
        mine = sorted({fact for claim in row.claims for fact in facts.get(claim, [])})
        link = f"/facts/{mine[0]}" if mine else ""
        if isinstance(row, Incident):
            place = f" ({row.place or country_of(row.country)})" if row.country else ""
            yield _item("incident", row.label + place, row.period, link)
        else:
            where = f"{country_of(row.country)}: " if row.country else ""
            yield _item("response", where + label_of(row.code), row.date, link)


def _item(lane: str, label: str, edtf: str, link: str) -> TimelineItem:
    return TimelineItem(lane=lane, label=label, date=words.dated(edtf), edtf=edtf, link=link)
