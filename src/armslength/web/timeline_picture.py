"""The timeline as a picture: years along, a lane for each kind of date, a dot for a day or month, a bar for what is less known.

In:  a `TimelineView`.
Out: an SVG. The page beside it says the same as a list.
Never: draws a year as a day: it is a bar over the whole year, dashed where the text itself is unsure; a denial without a line to what it
       denies, where both are in view.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from armslength.pipeline.views.timeline import LANES, Heap, TimelineItem, TimelineView
from armslength.pipeline.views.words import plural
from armslength.web.drawing import label, safe
from armslength.web.retelling import told

_LEFT, _WIDTH, _TOP = 128.0, 1060.0, 8.0
_ROW, _PAD, _FOOT = 15.0, 9.0, 30.0
_NEAR = 13.0
"""Marks of one lane that begin nearer than this stand in rows of their own."""
_DOT = 4.6
_SHORT = 11.0
"""A bar shorter than this is drawn as a dot: it could not be seen which it is."""


@dataclass(frozen=True, slots=True)
class _Scale:
    """From years to the picture."""

    first: int
    last: int

    def x(self, years: float) -> float:
        whole = self.last + 1 - self.first
        return _LEFT + (min(max(years, self.first), self.last + 1) - self.first) / whole * (_WIDTH - _LEFT)

    @property
    def year(self) -> float:
        return (_WIDTH - _LEFT) / (self.last + 1 - self.first)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A mark and where it is drawn."""

    item: TimelineItem
    x: float
    end: float
    y: float


def timeline_picture(view: TimelineView, *, links: bool = True) -> Markup:
    """Draw it; empty when nothing has a date."""
    if not view.first:
        return Markup()
    scale = _Scale(view.first, view.last)
    placed, bands, height = _place(view, scale)
    where = {row.item.id: row for row in placed}
    parts = [*_years(scale, height)]
    for code, title, _ in LANES:
        if code in bands:
            y, tall = bands[code]
            parts += [f'<path class="rule" d="M0 {y + tall:.1f}H{_WIDTH:.0f}"/>', label(0, y + tall / 2 + 4.5, told(title), css="lane")]
    parts += [_bearing(where[row.fact], where[row.other], row.type) for row in view.bearings if row.fact in where and row.other in where]
    parts += [_mark(row, links=links) for row in placed]
    parts += [part for code, band in bands.items() for part in _heaps([row for row in view.heaps if row.lane == code], band, scale)]
    return Markup(  # noqa: S704 - every text in it went through `safe`
        f'<svg class="timeline" role="group" aria-labelledby="timeline-title timeline-text" viewBox="0 0 {_WIDTH:.0f} {height:.0f}" '
        f'width="{_WIDTH:.0f}" height="{height:.0f}"><title id="timeline-title">{safe(told(f"{view.first} to {view.last}"))}</title>'
        f'<desc id="timeline-text">{safe(told(description(view)))}</desc>{"".join(parts)}</svg>'
    )


def description(view: TimelineView) -> str:
    """The picture in words."""
    counts = [f"{title}: {count}" for code, title, _ in LANES if (count := _count(view, code))]
    lines = [
        f"{plural(sum(row.type == kind for row in view.bearings), word)}"
        for kind, word in (("supersedes", "supersession"), ("denies", "denial"))
    ]
    drawn = f" {' and '.join(lines)} drawn as lines." if view.bearings else ""
    return f"{'; '.join(counts)}.{drawn} The list says the same."


def _count(view: TimelineView, lane: str) -> int:
    return sum(row.lane == lane for row in view.marks) + sum(row.count for row in view.heaps if row.lane == lane)


def _place(view: TimelineView, scale: _Scale) -> tuple[list[_Placed], dict[str, tuple[float, float]], float]:
    """Where each mark goes, the top and height of each lane, and the height of the whole."""
    placed: list[_Placed] = []
    bands: dict[str, tuple[float, float]] = {}
    y = _TOP
    for code in view.lanes:
        rows = [row for row in view.marks if row.lane == code]
        levels: list[float] = []
        for row in rows:
            x, end = _span(row, scale)
            level = next((number for number, taken in enumerate(levels) if taken + _NEAR <= x), len(levels))
            levels[level:] = [end] if level == len(levels) else [end, *levels[level + 1 :]]
            placed.append(_Placed(row, x, end, y + _PAD + _ROW * (level + 0.5)))
        tall = max(len(levels), 2 if code in {row.lane for row in view.heaps} else 1) * _ROW + 2 * _PAD
        bands[code] = (y, tall)
        y += tall
    return placed, bands, y + _FOOT


def _span(row: TimelineItem, scale: _Scale) -> tuple[float, float]:
    x, end = scale.x(row.begins), scale.x(row.ends)
    if end - x >= _SHORT:
        return x, end
    middle = (x + end) / 2
    return middle, middle


def _mark(row: _Placed, *, links: bool) -> str:
    item, css = row.item, f"tick {row.item.lane}{' unsure' if row.item.uncertain else ''}"
    if row.end > row.x:
        shape = f'<rect class="{css}" x="{row.x:.1f}" y="{row.y - 3.5:.1f}" width="{row.end - row.x:.1f}" height="7" rx="3.5"/>'
        shape += f'<path class="{css} end" d="M{row.end:.1f} {row.y - 5:.1f}l7 5l-7 5z"/>' if item.open else ""
    else:
        shape = f'<circle class="{css}" cx="{row.x:.1f}" cy="{row.y:.1f}" r="{_DOT}"/>'
    if item.denied:
        middle = (row.x + row.end) / 2
        shape += f'<path class="struck" d="M{middle - 6:.1f} {row.y + 6:.1f}L{middle + 6:.1f} {row.y - 6:.1f}"/>'
    name = item.label if item.lane == "document" else told(item.label)
    denied = f" ({told('denied')})" if item.denied else ""
    body = f"<title>{safe(f'{name} – {told(item.date)}{denied}')}</title>{shape}"
    return f'<a href="{safe(item.link)}">{body}</a>' if links and item.link else f"<g>{body}</g>"


def _bearing(later: _Placed, earlier: _Placed, kind: str) -> str:
    """A line from what is superseded to what supersedes it, or from a denial to what it denies."""
    a, b = (earlier, later) if kind == "supersedes" else (later, earlier)
    x1, x2 = (a.x + a.end) / 2, (b.x + b.end) / 2
    if abs(a.y - b.y) < _ROW / 2:
        bow = min(26.0, 8 + abs(x2 - x1) / 10)
        return f'<path class="{kind}" d="M{x1:.1f} {a.y:.1f}C{x1:.1f} {a.y - bow:.1f} {x2:.1f} {b.y - bow:.1f} {x2:.1f} {b.y:.1f}"/>'
    return (
        f'<path class="{kind}" d="M{x1:.1f} {a.y:.1f}C{x1:.1f} {(a.y + b.y) / 2:.1f} {x2:.1f} {(a.y + b.y) / 2:.1f} {x2:.1f} {b.y:.1f}"/>'
    )


def _heaps(rows: Iterable[Heap], band: tuple[float, float], scale: _Scale) -> Iterator[str]:
    """How many there are in each month or year, as columns."""
    rows = list(rows)
    if not rows:
        return
    most, (top, tall) = max(row.count for row in rows), band
    for row in rows:
        begins = row.year + max(0, row.month - 1) / 12
        wide = scale.year / (12 if row.month else 1)
        high = max(2.0, (tall - 6) * row.count / most)
        said = safe(f"{row.year}{f'-{row.month:02}' if row.month else ''}: {row.count}")
        yield (
            f'<g><title>{said}</title><rect class="heap {row.lane}" x="{scale.x(begins) + wide * 0.1:.1f}" y="{top + tall - high:.1f}" '
            f'width="{max(1.5, wide * 0.8):.1f}" height="{high:.1f}"/></g>'
        )


def _years(scale: _Scale, height: float) -> Iterator[str]:
    """Lines and names of years; of months where there are few years."""
    count = scale.last + 1 - scale.first
    every = max(1, -(-count * 46 // int(_WIDTH - _LEFT)))
    for place in range(count):
        x = scale.x(scale.first + place)
        yield f'<path class="year" d="M{x:.1f} {_TOP}V{height - _FOOT + 6:.1f}"/>'
        if place % every == 0:
            yield label(x + 3, height - 9, str(scale.first + place), css="yearname")
        if count <= 3:
            for month in range(1, 12):
                at = scale.x(scale.first + place + month / 12)
                yield f'<path class="month" d="M{at:.1f} {_TOP}V{height - _FOOT + 2:.1f}"/>'
