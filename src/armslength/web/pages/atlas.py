"""The map of sites and incidents."""

from __future__ import annotations

from dataclasses import dataclass

from armslength.base.basemap import CREDIT
from armslength.base.language import marked, say
from armslength.pipeline.views.map import MapAsked, MapView, map_view
from armslength.store.read import Reader
from armslength.web import asking
from armslength.web.map_links import moves
from armslength.web.page import Asked, Page

KINDS = (("site", marked("Sites")), ("incident", marked("Incidents")))


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPage:
    """Context of the page."""

    title: str
    view: MapView
    asked: MapAsked
    kinds: tuple[tuple[str, str], ...]
    moves: tuple[tuple[str, str, str], ...]
    """What, in words, and the point to look at: nearer, farther, a step in each direction."""
    credit: str


def map_asked(asked: Asked) -> MapAsked | None:
    """What the address asks for; None for what no map has."""
    period = asking.years(asked)
    kind, country = asked.query.get("kind", ""), asked.query.get("country", "")
    if period is None or kind not in {"", *(code for code, _ in KINDS)}:
        return None
    return MapAsked(
        kind=kind,
        country=country,
        first=period[0],
        last=period[1],
        place=asked.query.get("place", ""),
        at=asking.point(asked),
        page=asked.number("page"),
    )


def context(reader: Reader, asked: Asked) -> MapPage | None:
    """Sites and incidents by place, and what is at one of them."""
    wanted = map_asked(asked)
    view = map_view(reader, wanted) if wanted else None
    if view is None or wanted is None:
        return None
    return MapPage(title=say("Map"), view=view, asked=wanted, kinds=KINDS, moves=moves(view), credit=CREDIT)


PAGE = Page(
    path="/map",
    template="map.html",
    section="map",
    context=context,
    queries={
        "kind": "`site` or `incident`.",
        "country": asking.COUNTRY,
        "from": asking.FROM,
        "to": asking.TO,
        "place": "Key of a place, as the map gives it.",
        "at": "Longitude, latitude and zoom to look at: `16.4,48.2,4`.",
        "page": asking.PAGE,
    },
)
