"""The map: sites and incidents by place, and the facts behind those of one place.

In:  a reading of a case; which of its sites and incidents to show, and where to look.
Out: `MapView`.
Never: a person (METHOD N1, N3); a point finer than a city; a country drawn as a city; a denied site without its denial (F3).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain

from armslength.model.edtf import overlaps
from armslength.pipeline.views import words
from armslength.pipeline.views.atlas import INCIDENT, SITE, Atlas, Placing, atlas_of
from armslength.pipeline.views.clusters import Cluster, Spot, Window, clustered, window_around, window_at
from armslength.pipeline.views.counted import Profiled, everything
from armslength.pipeline.views.kinds import country_of, label_of
from armslength.pipeline.views.lines import FactLine
from armslength.pipeline.views.moment import Moment, moment
from armslength.pipeline.views.told import told_lines
from armslength.store.read import Reader

SHOWN = 25
"""Things, or places, on one page of the list beside the map."""
FACTS = 6
"""Facts shown under one site or incident; it says how many more there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapAsked:
    """What is to be shown."""

    kind: str = ""
    """`site`, `incident`, or empty for both."""
    country: str = ""
    first: int = 0
    """Year from which; 0 for no limit."""
    last: int = 0
    place: str = ""
    """Key of a spot, whose things are then listed."""
    at: tuple[float, float, int] | None = None
    """Longitude, latitude and zoom to look at; None for where things are."""
    page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ThingView:
    """A site or incident in words, with the facts it rests on."""

    id: str
    what: str
    kind: str
    where: str
    when: str
    states: tuple[str, ...]
    """In words: `Ordered closed`."""
    denied: bool
    closed: bool
    judged: str
    passages: int
    facts: tuple[FactLine, ...]
    more: int
    """Facts of it that are not listed here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unplaced:
    """Things that no point can be given, by the reason."""

    where: str
    why: str
    sites: int
    incidents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MapView:
    """The map."""

    window: Window
    clusters: tuple[Cluster, ...]
    spots: tuple[Spot, ...]
    """A page of the places, those with most first."""
    places: int
    """How many places there are."""
    chosen: Spot | None
    things: tuple[ThingView, ...]
    """A page of what is at the chosen place."""
    unplaced: tuple[Unplaced, ...]
    sites: int
    incidents: int
    undated: int
    """Shown although a period was asked for: nothing says when they were."""
    rejected: int
    countries: tuple[tuple[str, str, int], ...]
    """Code, name and how many things, of every country there is anything in."""
    page: int
    pages: int
    counted: tuple[Profiled, ...]


def map_view(reader: Reader, asked: MapAsked) -> MapView | None:
    """The map as asked for; None for a country, place or page that the case does not have."""
    drawn = _drawn(moment(reader), asked.kind, asked.country, asked.first, asked.last)
    spots = drawn.spots
    chosen = next((spot for spot in spots if spot.key == asked.place), None)
    here = [row for row in drawn.things if chosen and row.spot == chosen.key]
    listed = len(here) if chosen else len(spots)
    pages = max(1, -(-listed // SHOWN))
    known = {code for code, _, _ in drawn.countries}
    if (asked.place and chosen is None) or (asked.country and asked.country not in known) or not 1 <= asked.page <= pages:
        return None
    window = _window(spots, chosen, asked)
    part = slice((asked.page - 1) * SHOWN, asked.page * SHOWN)
    return MapView(
        window=window,
        clusters=tuple(reader.hidden(row) for row in clustered(spots, window)),
        spots=tuple(reader.hidden(spot) for spot in spots[part]) if chosen is None else (),
        places=len(spots),
        chosen=reader.hidden(chosen) if chosen else None,
        things=things_shown(reader, here[part]),
        unplaced=tuple(reader.hidden(row) for row in drawn.unplaced),
        sites=drawn.sites,
        incidents=len(drawn.things) - drawn.sites,
        undated=drawn.undated,
        rejected=drawn.rejected,
        countries=drawn.countries,
        page=asked.page,
        pages=pages,
        counted=(everything("sites", drawn.sites), everything("incidents", len(drawn.things) - drawn.sites)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawn:
    """What is drawn, wherever one looks, as it is stored."""

    things: Sequence[Placing]
    undated: int
    spots: Sequence[Spot]
    unplaced: Sequence[Unplaced]
    sites: int
    rejected: int
    countries: tuple[tuple[str, str, int], ...]


@lru_cache(maxsize=8)
def _drawn(now: Moment, kind: str, country: str, first: int, last: int) -> _Drawn:
    atlas = atlas_of(now.reader)
    kept, undated = _kept(atlas, MapAsked(kind=kind, country=country, first=first, last=last))
    return _Drawn(
        things=kept,
        undated=undated,
        spots=spots_of(kept),
        unplaced=_unplaced(kept),
        sites=sum(row.what == SITE for row in kept),
        rejected=atlas.rejected,
        countries=_countries(atlas),
    )


def map_things(reader: Reader, asked: MapAsked) -> list[Placing]:
    """Every thing that the map shows, and of a chosen place only what is there: for exports. Rows are hidden as the reading hides."""
    kept, _ = _kept(atlas_of(reader), asked)
    return [reader.hidden(row) for row in kept if not asked.place or row.spot == asked.place]


def _kept(atlas: Atlas, asked: MapAsked) -> tuple[list[Placing], int]:
    """What passes the filters; and how many of those have no date though a period was asked for."""
    rows = [row for row in atlas.things if asked.kind in {"", row.what} and asked.country in {"", row.country}]
    if not (asked.first or asked.last):
        return rows, 0
    period = f"{f'{asked.first:04}' if asked.first else '..'}/{f'{asked.last:04}' if asked.last else '..'}"
    kept = [row for row in rows if not row.periods or any(overlaps(period, when) for when in row.periods)]
    return kept, sum(not row.periods for row in kept)


def _window(spots: Sequence[Spot], chosen: Spot | None, asked: MapAsked) -> Window:
    if asked.at is not None:
        return window_at(*asked.at)
    return window_around([chosen] if chosen else spots)


def spots_of(things: Iterable[Placing]) -> list[Spot]:
    """Places with what is drawn there, those with most first."""
    found: dict[str, list[Placing]] = defaultdict(list)
    for row in things:
        if row.spot:
            found[row.spot].append(row)
    return sorted((_spot(rows) for rows in found.values()), key=lambda spot: (-spot.things, spot.country, spot.name))


def _spot(rows: Sequence[Placing]) -> Spot:
    first = rows[0]
    longitude, latitude = first.point or (0.0, 0.0)
    return Spot(
        key=first.spot,
        name=first.place if first.precision == "city" else "",
        country=country_of(first.country),
        code=first.country,
        whole=first.precision == "country",
        longitude=longitude,
        latitude=latitude,
        sites=sum(row.what == SITE for row in rows),
        incidents=sum(row.what == INCIDENT for row in rows),
        denied=sum(row.denied for row in rows),
        closed=sum(row.closed for row in rows),
    )


def things_shown(reader: Reader, rows: Sequence[Placing]) -> tuple[ThingView, ...]:
    """Things in words, each with the facts that its claims are part of."""
    facts = reader.facts_of({claim for row in rows for claim in row.claims}) if rows else {}
    mine = {row.id: list(dict.fromkeys(chain.from_iterable(facts.get(claim, ()) for claim in row.claims))) for row in rows}
    wanted = sorted({fact for found in mine.values() for fact in found[:FACTS]})
    lines = told_lines(reader, wanted)
    shown = {row.id: tuple(lines[one] for one in mine[row.id][:FACTS] if one in lines) for row in rows}
    return tuple(replace(reader.hidden(_thing(row, more=len(mine[row.id]) - len(shown[row.id]))), facts=shown[row.id]) for row in rows)


def _thing(row: Placing, *, more: int) -> ThingView:
    """A thing in words, without its facts: their lines have names hidden already."""
    return ThingView(
        id=row.id,
        what=row.what,
        kind=row.kind,
        where=where_words(row),
        when="; ".join(words.dated(when) for when in row.periods),
        states=tuple(label_of(code) for code in row.states),
        denied=row.denied,
        closed=row.closed,
        judged=row.judged,
        passages=len(row.claims),
        facts=(),
        more=more,
    )


def where_words(row: Placing) -> str:
    """Where a thing is, as far as is known: `Lisbon, Portugal`, `somewhere in Portugal`, `Bavaria, somewhere in Germany`."""
    country = country_of(row.country)
    if row.precision == "city":
        return f"{row.place}, {country}" if country else row.place
    if row.country:
        return f"{row.place}, somewhere in {country}" if row.place and row.place != country else f"somewhere in {country}"
    return row.place or "place not stated"


def _unplaced(things: Iterable[Placing]) -> list[Unplaced]:
    """What is drawn nowhere, or only at a country although the texts name more: by where it is, and why."""
    found: dict[tuple[str, str], list[Placing]] = defaultdict(list)
    for row in things:
        if row.precision != "city":
            found[where_words(row), row.missing or _vague(row)].append(row)
    return [
        Unplaced(where=where, why=why, sites=sum(row.what == SITE for row in rows), incidents=sum(row.what == INCIDENT for row in rows))
        for (where, why), rows in sorted(found.items())
    ]


def _vague(row: Placing) -> str:
    named = row.place and row.place != country_of(row.country)
    return (
        "No city of that name is known to this version: a region, or a place that is not in its gazetteer."
        if named
        else "No text names a city."
    )


def _countries(atlas: Atlas) -> tuple[tuple[str, str, int], ...]:
    found: dict[str, int] = defaultdict(int)
    for row in atlas.things:
        if row.country:
            found[row.country] += 1
    return tuple(sorted(((code, country_of(code), count) for code, count in found.items()), key=lambda row: row[1]))
