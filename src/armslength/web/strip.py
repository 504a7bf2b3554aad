"""The timeline as a strip: a column a year, a lane a kind of thing, a dot a month.

In:  a `TimelineView`.
Out: an SVG. The page beside it says the same as a list.
Never: places a year-only date in a month: it is drawn as a bar over the whole year.
"""

from __future__ import annotations

from collections import Counter

from markupsafe import Markup

from armslength.pipeline.views.timeline import LANES, TimelineView
from armslength.pipeline.views.words import plural
from armslength.web.drawing import dot, label, safe

_LEFT, _WIDTH, _LANE, _TOP = 150.0, 1040.0, 30.0, 10.0
_MOST_YEARS = 24
"""Years drawn before the strip shows the latest ones only: with more, a month is narrower than its dot."""


def strip(view: TimelineView) -> Markup:
    """Draw it; empty when nothing has a date."""
    years = view.years[-_MOST_YEARS:]
    if not years:
        return Markup()
    lanes = [(code, title.partition(",")[0]) for code, title in LANES if any(row.lane == code for one in view.periods for row in one.items)]
    column = (_WIDTH - _LEFT) / len(years)
    height = _TOP + _LANE * len(lanes) + 30
    parts = []
    for place, (code, title) in enumerate(lanes):
        y = _TOP + _LANE * (place + 0.5)
        parts.append(f'<path class="rule" d="M{_LEFT} {y:.1f}H{_WIDTH}"/>')
        parts.append(label(0, y + 4.5, title, css="lane"))
        parts += _dots(view, code, y, years=years, column=column)
    parts += _years(years, column, height)
    said = "; ".join(f"{title}: {plural(_count(view, code), 'entry', 'entries')}" for code, title in lanes)
    return Markup(  # noqa: S704 - every text in it went through `safe`
        f'<svg class="strip" role="img" aria-labelledby="strip-title" viewBox="0 0 {_WIDTH:.0f} {height:.0f}" width="{_WIDTH:.0f}" '
        f'height="{height:.0f}"><title id="strip-title">{years[0]} to {years[-1]}. {safe(said)}</title>{"".join(parts)}</svg>'
    )


def _count(view: TimelineView, lane: str) -> int:
    return sum(row.lane == lane for period in view.periods for row in period.items)


def _dots(view: TimelineView, lane: str, y: float, *, years: tuple[int, ...], column: float) -> list[str]:
    found = Counter((period.year, period.month) for period in view.periods for row in period.items if row.lane == lane)
    parts = []
    for (year, month), count in sorted(found.items()):
        if year not in years:
            continue
        x = _LEFT + column * (year - years[0])
        if month:
            parts.append(dot(x + column * (month - 0.5) / 12, y, min(9.0, 3.2 + count), css=f"tick {lane}"))
        else:
            parts.append(f'<rect class="tick {lane}" x="{x + 2:.1f}" y="{y - 2:.1f}" width="{column - 4:.1f}" height="4" rx="2"/>')
    return parts


def _years(years: tuple[int, ...], column: float, height: float) -> list[str]:
    every = max(1, -(-len(years) * 46 // int(_WIDTH - _LEFT)))
    parts = []
    for place, year in enumerate(years):
        x = _LEFT + column * place
        parts.append(f'<path class="year" d="M{x:.1f} {_TOP}V{height - 22:.1f}"/>')
        if place % every == 0:
            parts.append(label(x + 4, height - 8, str(year), css="yearname"))
    return parts
