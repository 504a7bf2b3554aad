"""A value over time as a picture: each fact of the story at its date and number, denials where they fall.

In:  a `ValueStory`.
Out: an SVG. The table beside it says the same, also what has no date or is no number.
Never: draws `at least 54` as a point: an open end is drawn open. Draws a year as a day: a date is as wide as what is known of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from armslength.pipeline.views.values import DenialMark, ValuePoint, ValueStory
from armslength.pipeline.views.words import number, plural
from armslength.web.drawing import dot, fit, label, safe, text_width
from armslength.web.retelling import told

_WIDTH, _LEFT, _RIGHT, _PLOT = 900.0, 64.0, 210.0, 230.0
_LINE, _SIZE = 17.0, 13.0
_NARROW = 7.0
"""A day would be thinner than a line: no date is drawn narrower."""
_DOTS = 6
"""Origins drawn one by one beside a value."""
_DENIALS = 6
"""Denials with words of their own."""
_STEPS = (1, 2, 2.5, 5, 10)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_TICKS = 9
"""Most names along the time line."""


def value_chart(story: ValueStory) -> Markup:
    """Draw it; empty where there is nothing to compare."""
    if not story.drawn:
        return Markup()
    points = [row for row in story.points if row.start and row.at is not None]
    denials = [row for row in story.denials if row.start]
    return _Chart(points=points, denials=denials, scale=_scale(points, denials)).draw(story)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    first: int
    last: int
    top: float
    above: float
    """Height of the lines with the denials' words."""

    def x(self, day: str) -> float:
        here = date.fromisoformat(day).toordinal()
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * (here - self.first) / (self.last - self.first)

    def y(self, value: float) -> float:
        return self.above + _PLOT * (1 - value / self.top)


def _scale(points: Sequence[ValuePoint], denials: Sequence[DenialMark]) -> _Scale:
    said = [*((row.start, row.end) for row in points), *((row.start, row.end) for row in denials)]
    days = [date.fromisoformat(day).toordinal() for both in said for day in both]
    room = max(15, (max(days) - min(days)) // 20)
    tallest = max(value for row in points for value in (row.at, row.high) if value is not None)
    return _Scale(
        first=min(days) - room,
        last=max(days) + room,
        top=max(1.0, tallest * 1.18),
        above=26.0 + _LINE * min(len(denials), _DENIALS),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chart:
    points: Sequence[ValuePoint]
    denials: Sequence[DenialMark]
    scale: _Scale

    def draw(self, story: ValueStory) -> Markup:
        height = self.scale.above + _PLOT + 30
        parts = [*self._frame(), *self._denied(), *(part for row in self.points for part in self._point(row)), *self._labels()]
        said = f"{plural(len(self.points), 'value')} over time" + (f", {plural(len(self.denials), 'denial')}" if self.denials else "")
        said += (f": {story.unit}" if story.unit else "") + ". The table below says the same."
        size = f'viewBox="0 0 {_WIDTH:.0f} {height:.0f}" width="{_WIDTH:.0f}" height="{height:.0f}"'
        title = f'<title id="values-title">{safe(told(said))}</title>'
        svg = f'<svg class="values" role="group" aria-labelledby="values-title" {size}>{title}{"".join(parts)}</svg>'
        return Markup(svg)  # noqa: S704 - every text in it went through `safe`

    def _frame(self) -> Iterator[str]:
        base, right = self.scale.y(0), _WIDTH - _RIGHT
        for value in _ticks(self.scale.top):
            y = self.scale.y(value)
            yield f'<path class="rule" d="M{_LEFT} {y:.1f}H{right}"/>'
            yield label(_LEFT - 8, y + 4.5, told(number(value)), css="axis", anchor="end")
        for day, name in _dates(self.scale):
            x = self.scale.x(day)
            yield f'<path class="rule" d="M{x:.1f} {base:.1f}v5"/>'
            yield label(x, base + 20, told(name), css="axis", anchor="middle")

    def _denied(self) -> Iterator[str]:
        base = self.scale.y(0)
        for place, row in enumerate(self.denials):
            x1, x2 = self.scale.x(row.start), self.scale.x(row.end)
            top = 8 + _LINE * min(place, _DENIALS - 1)
            drawn = f'<path class="denial" d="M{x1:.1f} {top + 12:.1f}V{base:.1f}"/>'
            if x2 - x1 > _NARROW:
                drawn = (
                    f'<rect class="denied" x="{x1:.1f}" y="{top + 12:.1f}" width="{x2 - x1:.1f}" height="{base - top - 12:.1f}"/>' + drawn
                )
            if place < _DENIALS:
                after = x1 < _WIDTH / 2
                said = fit(f"{told(row.on)}: {told(row.label)}", (_WIDTH - x1 if after else x1) - 12, _SIZE)
                drawn += label(x1 + (5 if after else -5), top + 12, said, css="said", anchor="start" if after else "end")
            name = safe(f"{told('Denied')}, {told(row.on)}: {told(row.label)}")
            yield f'<a href="/facts/{safe(row.fact)}">{drawn}<title>{name}</title></a>'

    def _point(self, row: ValuePoint) -> Iterator[str]:
        at = row.at or 0.0
        x1, x2 = self.scale.x(row.start), self.scale.x(row.end)
        x2 = max(x2, x1 + _NARROW)
        middle, y = (x1 + x2) / 2, self.scale.y(at)
        if row.high is None:
            top = self.scale.above - 6
            yield f'<path class="open {row.role}" d="M{middle:.1f} {y:.1f}V{top:.1f}m-4 6l4 -6l4 6"/>'
        if row.low is None:
            base = self.scale.y(0)
            yield f'<path class="open {row.role}" d="M{middle:.1f} {y:.1f}V{base:.1f}m-4 -6l4 6l4 -6"/>'
        if row.low is not None and row.high is not None and row.high > row.low:
            y1, y2 = self.scale.y(row.high), self.scale.y(row.low)
            yield f'<rect class="between {row.role}" x="{x1:.1f}" y="{y1:.1f}" width="{x2 - x1:.1f}" height="{y2 - y1:.1f}"/>'
        yield f'<path class="value {row.role}" d="M{x1:.1f} {y:.1f}H{x2:.1f}"/>'

    def _labels(self) -> Iterator[str]:
        """Words and origins of each value, beside it, moved down where they would lie on another's."""
        taken: list[tuple[float, float, float]] = []
        for row in sorted(self.points, key=lambda row: (-(row.at or 0), row.start, row.fact)):
            x = max(self.scale.x(row.end), self.scale.x(row.start) + _NARROW) + 8
            said = fit(told(row.value) + (f" ({told('this fact')})" if row.role == "this" else ""), _WIDTH - x - 4, _SIZE)
            origins = min(row.min, _DOTS) + min(max(0, row.max - row.min), _DOTS)
            width = max(text_width(said, _SIZE), 13.0 * origins) + 6
            y = self.scale.y(row.at or 0) - 2
            while any(left < x + width and x < right and abs(y - other) < 2 * _LINE for left, right, other in taken):
                y += 3
            taken.append((x, x + width, y))
            yield (
                f'<a href="/facts/{safe(row.fact)}">' + label(x, y, said, css=f"said {row.role}") + "".join(self._dots(row, x, y)) + "</a>"
            )

    def _dots(self, row: ValuePoint, x: float, y: float) -> Iterator[str]:
        shown = ["origin"] * min(row.min, _DOTS) + ["maybe"] * min(max(0, row.max - row.min), _DOTS)
        for place, css in enumerate(shown if row.counted else ()):
            yield dot(x + 5 + 13 * place, y + 10, 4.5, css=css)


def _ticks(top: float) -> Iterator[float]:
    """About four round numbers from 0."""
    rough = top / 4
    size = 10.0 ** (len(str(int(max(rough, 1)))) - 1)
    step = next(size * factor for factor in _STEPS if size * factor >= rough)
    value = 0.0
    while value <= top:
        yield value
        value += step


def _dates(scale: _Scale) -> Iterator[tuple[str, str]]:
    """First days of years, or of months where these are few."""
    first, last = date.fromordinal(scale.first), date.fromordinal(scale.last)
    months = [(year, month) for year in range(first.year, last.year + 1) for month in range(1, 13)]
    months = [row for row in months if first <= date(row[0], row[1], 1) <= last]
    yearly = len(months) > 18
    shown = [row for row in months if row[1] == 1] if yearly else months
    every = max(1, -(-len(shown) // _TICKS))
    for year, month in shown[::every]:
        yield date(year, month, 1).isoformat(), str(year) if yearly else f"{_MONTHS[month - 1]} {year}"
