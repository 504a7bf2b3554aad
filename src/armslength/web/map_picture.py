"""The map as a picture: sites as squares, incidents as circles, a country that is all that is known as a dashed label.

In:  a `MapView`; what a mark leads to.
Out: an SVG. The list beside it says the same in words.
Never: a dot where only a country is known; a mark of something denied or closed that looks like any other: it says so below the mark.
"""

from __future__ import annotations

from collections.abc import Callable
from math import log2

from markupsafe import Markup

from armslength.base.basemap import land
from armslength.pipeline.views.clusters import Cluster, Spot, Window
from armslength.pipeline.views.map import MapView
from armslength.pipeline.views.words import plural
from armslength.web.drawing import fit, safe, text_width
from armslength.web.retelling import told

Link = Callable[[Cluster], str]
"""Where a mark leads; an empty text where it leads nowhere."""

WIDE = 720.0
"""Pixels that the picture is drawn for: one unit of a mark is one pixel at that width."""
_NAMED = 30
"""Marks in view up to which each has its name below it; with more, names would lie on each other."""
_SMALL, _LARGE = 11.0, 20.0


def map_picture(view: MapView, link: Link | None = None) -> Markup:
    """Draw it."""
    window, scale = view.window, view.window.width / WIDE
    ground, borders = land()
    sea = f'<rect class="sea" x="{window.left:g}" y="{window.top:g}" width="{window.width:g}" height="{window.height:g}"/>'
    parts = [
        sea,
        f'<g class="ground" stroke-width="{scale * 0.7:.2f}"><path class="land" d="{ground}"/><path class="border" d="{borders}"/></g>',
        *(_mark(row, view, scale, link, named=len(view.clusters) <= _NAMED) for row in _below_first(view.clusters)),
    ]
    box = f"{window.left:g} {window.top:g} {window.width:g} {window.height:g}"
    return Markup(  # noqa: S704 - every text in it went through `safe`
        f'<svg class="atlas" role="group" aria-labelledby="atlas-title atlas-text" viewBox="{box}" width="{WIDE:.0f}" '
        f'height="{WIDE * window.height / window.width:.0f}" data-zoom="{window.zoom}">'
        f'<title id="atlas-title">{safe(told("Where"))}</title>'
        f'<desc id="atlas-text">{safe(told(description(view)))}</desc>{"".join(parts)}</svg>'
    )


def description(view: MapView) -> str:
    """The picture in words."""
    what = f"{plural(view.sites, 'site')} and {plural(view.incidents, 'incident')} in {plural(view.places, 'place')}"
    return f"{what}. A point is a city; a dashed label is a country in which no city is named. The list says the same."


def _below_first(clusters: tuple[Cluster, ...]) -> list[Cluster]:
    """Countries below cities, and small marks above large ones."""
    return sorted(clusters, key=lambda row: (not row.whole, -row.things))


def _mark(row: Cluster, view: MapView, scale: float, link: Link | None, *, named: bool) -> str:
    drawn = _label(row) if row.whole else _point(row, named=named)
    chosen = view.chosen is not None and view.chosen.key in {spot.key for spot in row.spots}
    css = " ".join(word for word, on in (("mark", True), ("chosen", chosen), ("shut", row.closed == row.things)) if on)
    address = link(row) if link else ""
    name = f"<title>{safe(said(row))}</title>"
    body = f'<g class="{css}" transform="translate({row.x:.1f} {row.y:.1f}) scale({scale:.4f})">{"" if address else name}{drawn}</g>'
    return f'<a href="{safe(address)}">{name}{body}</a>' if address else body


def said(row: Cluster) -> str:
    """A mark in words: `Lisbon, Portugal: 2 sites, 1 incident; 1 denied`."""
    where = row.spots[0].where if len(row.spots) == 1 else plural(len(row.spots), "country" if row.whole else "place", _many(row))
    counts = ", ".join(
        words for count, words in ((row.sites, plural(row.sites, "site")), (row.incidents, plural(row.incidents, "incident"))) if count
    )
    states = "; ".join(_states(row))
    return f"{told(where)}: {told(counts)}" + (f"; {states}" if states else "")


def _many(row: Cluster) -> str:
    return "countries" if row.whole else "places"


def _states(row: Cluster) -> list[str]:
    """How many of a mark's things are denied, and closed."""
    counts = ((row.denied, "denied"), (row.closed, "closed"))
    return [told(word if count == row.things == 1 else f"{count} {word}") for count, word in counts if count]


def _point(row: Cluster, *, named: bool) -> str:
    """A square, a circle, or a shape that is both, with how many there are."""
    r = min(_LARGE, _SMALL + 1.8 * log2(row.things))
    if row.sites and row.incidents:
        wide = r * 1.7
        shape = (
            f'<path class="site" d="M0 {-r:.1f}H{-wide:.1f}V{r:.1f}H0z"/>'
            f'<path class="incident" d="M0 {-r:.1f}H{wide - r:.1f}a{r:.1f} {r:.1f} 0 0 1 0 {2 * r:.1f}H0z"/>'
            f"{_number(-wide / 2, row.sites)}{_number(wide / 2 - 1, row.incidents)}"
        )
    elif row.sites:
        shape = f'<rect class="site" x="{-r:.1f}" y="{-r:.1f}" width="{2 * r:.1f}" height="{2 * r:.1f}"/>{_number(0, row.sites)}'
    else:
        shape = f'<circle class="incident" r="{r:.1f}"/>{_number(0, row.incidents)}'
    name = _name(row.spots) if named else ""
    below = [f'<text class="name" y="{r + 13:.1f}" text-anchor="middle">{safe(name)}</text>'] if name else []
    below += [_state(" · ".join(found), r + (26 if name else 13))] if (found := _states(row)) else []
    return shape + "".join(below)


def _number(x: float, count: int) -> str:
    return f'<text class="number" x="{x:.1f}" y="4.2" text-anchor="middle">{count if count < 1000 else f"{count // 1000}k"}</text>'


def _state(text: str, y: float) -> str:
    wide = text_width(text, 10.5) + 9
    return (
        f'<rect class="state" x="{-wide / 2:.1f}" y="{y - 9.5:.1f}" width="{wide:.1f}" height="13" rx="1.5"/>'
        f'<text class="state" y="{y:.1f}" text-anchor="middle">{safe(text)}</text>'
    )


def _name(spots: tuple[Spot, ...]) -> str:
    return fit(spots[0].name, 110, 11) if len(spots) == 1 else told(plural(len(spots), "place"))


def _label(row: Cluster) -> str:
    """A country as a whole: a dashed label, which is no point."""
    many = told(plural(len(row.spots), "country", "countries"))
    text = told("in %(label)s") % {"label": fit(told(row.spots[0].country), 96, 11)} if len(row.spots) == 1 else many
    text = f"{text} · {row.things}"
    wide = text_width(text, 11) + 16
    below = _state(" · ".join(found), 24) if (found := _states(row)) else ""
    return (
        f'<rect class="whole" x="{-wide / 2:.1f}" y="-11" width="{wide:.1f}" height="22" rx="11"/>'
        f'<text class="whole" y="4" text-anchor="middle">{safe(text)}</text>{below}'
    )


def zoom_target(row: Cluster, window: Window) -> tuple[float, float, int]:
    """Where a mark of several places leads: their middle, nearer."""
    longitudes, latitudes = [spot.longitude for spot in row.spots], [spot.latitude for spot in row.spots]
    return (min(longitudes) + max(longitudes)) / 2, (min(latitudes) + max(latitudes)) / 2, window.zoom + 2
