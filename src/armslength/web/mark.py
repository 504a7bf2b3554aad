"""The small drawing beside a fact: its articles as open circles, running together into its origins.

In:  which articles lead to which origins.
Out: an SVG of a few hundred bytes. It says nothing that the words beside it do not say, so it is hidden from screen readers.
Never: draws a filled dot for an origin that is not established.
"""

from __future__ import annotations

from markupsafe import Markup

from armslength.pipeline.views.lines import Mark
from armslength.web.drawing import curve, dot

MOST = 9
"""Circles drawn before they become a heap: beyond nine an eye does not count, it reads the number beside the drawing."""
_STEP, _RADIUS, _WIDTH, _EDGE = 9.0, 3.0, 76.0, 5.0


def mark(drawn: Mark) -> Markup:
    """Draw it. More than `MOST` articles or origins are drawn as `MOST`, their places shared out evenly."""
    left = min(drawn.articles, MOST)
    right = min(drawn.established + drawn.possible, MOST)
    height = max(left, right, 1) * _STEP + 2
    ys = _places(left, height)
    zs = _places(right, height, spread=1.5)
    joins = sorted({(_scaled(a, drawn.articles, left), _scaled(o, drawn.established + drawn.possible, right)) for a, o in drawn.joins})
    parts = [curve(_EDGE + _RADIUS, ys[a], _WIDTH - _EDGE - _RADIUS, zs[o], css="join") for a, o in joins if a < left and o < right]
    parts += [dot(_EDGE, y, _RADIUS, css="article") for y in ys]
    parts += [dot(_WIDTH - _EDGE, z, _RADIUS + 1.2, css="origin" if place < drawn.established else "maybe") for place, z in enumerate(zs)]
    body = "".join(parts)
    size = f'viewBox="0 0 {_WIDTH:.0f} {height:.0f}" width="{_WIDTH:.0f}" height="{height:.0f}"'
    return Markup(f'<svg class="mark" {size} aria-hidden="true">{body}</svg>')  # noqa: S704 - made of numbers and fixed words only


def _places(count: int, height: float, *, spread: float = 1.0) -> list[float]:
    """Heights of `count` dots around the middle."""
    step = min(_STEP * spread, height / count) if count else 0.0
    first = height / 2 - step * (count - 1) / 2
    return [first + step * place for place in range(count)]


def _scaled(place: int, total: int, drawn: int) -> int:
    return place if total <= drawn else place * drawn // total
