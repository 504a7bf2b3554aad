"""Where the marks of the map lead: a place to what is there, several places to a nearer look at them. All of it addresses of the same page.

In:  a `MapView` and what was asked for.
Out: the picture with its links.
Never: an address that holds more than the map's own questions.
"""

from __future__ import annotations

from urllib.parse import urlencode

from markupsafe import Markup

from armslength.base.language import marked
from armslength.pipeline.views.clusters import ZOOMS, Cluster, Window
from armslength.pipeline.views.map import MapAsked, MapView
from armslength.web.map_picture import map_picture, zoom_target

STEP = 0.35
"""How far one press of an arrow moves the map, as a share of its width."""


def draw(view: MapView, asked: MapAsked) -> Markup:
    """The map whose marks lead on."""
    return map_picture(view, lambda row: leads_to(row, view, asked))


def leads_to(row: Cluster, view: MapView, asked: MapAsked) -> str:
    """Where one mark leads. Places that lie apart nowhere on the map are listed by the first of them."""
    if len(row.spots) == 1 or view.window.zoom >= ZOOMS:
        return address(asked, place=row.spots[0].key, at=at_of(view.window)) + "#there"
    longitude, latitude, zoom = zoom_target(row, view.window)
    return address(asked, at=f"{longitude:.2f},{latitude:.2f},{min(zoom, ZOOMS)}")


def at_of(window: Window) -> str:
    """A window as the address names it."""
    longitude, latitude = window.center
    return f"{longitude:.2f},{latitude:.2f},{window.zoom}"


def moves(view: MapView) -> tuple[tuple[str, str, str], ...]:
    """Nearer, farther, and a step in each direction: (what, words, `at`). Buttons of a form, for as links they would never end."""
    longitude, latitude = view.window.center
    step, zoom = view.window.width / 10 * STEP, view.window.zoom
    at = (
        ("in", marked("Nearer"), (longitude, latitude, min(ZOOMS, zoom + 1))),
        ("out", marked("Farther"), (longitude, latitude, max(0, zoom - 1))),
        ("west", marked("West"), (max(-180.0, longitude - step), latitude, zoom)),
        ("east", marked("East"), (min(180.0, longitude + step), latitude, zoom)),
        ("north", marked("North"), (longitude, min(84.0, latitude + step / 2), zoom)),
        ("south", marked("South"), (longitude, max(-60.0, latitude - step / 2), zoom)),
        ("world", marked("Whole world"), (0.0, 12.0, 0)),
    )
    return tuple((what, words, "{:.2f},{:.2f},{}".format(*to)) for what, words, to in at)


def address(asked: MapAsked, *, place: str = "", at: str = "") -> str:
    """The map's address with the filters as they are."""
    given = {
        "kind": asked.kind,
        "country": asked.country,
        "from": str(asked.first or ""),
        "to": str(asked.last or ""),
        "place": place,
        "at": at,
    }
    query = urlencode({name: value for name, value in given.items() if value}, safe=",")
    return f"/map?{query}" if query else "/map"
