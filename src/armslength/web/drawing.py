"""Small helpers for pictures drawn on the server: escaped text, text that fits, lines.

In:  numbers and text of any kind.
Out: pieces of SVG. Colours come from the style sheet by class, so that light, dark and print each have their own.
Never: puts a text into a picture unescaped, or a style that the page's content policy would refuse.
"""

from __future__ import annotations

import unicodedata
from html import escape

from armslength.web.seen import visible

WIDE = 1.0
NARROW = 0.53
"""Average width of a character as a share of the size of type: 0.53 measured on English text in Liberation Sans, 1.0 for CJK."""


def text_width(text: str, size: float) -> float:
    """About how wide a text is, in the units of `size`."""
    wide = 0 if text.isascii() else sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return size * (WIDE * wide + NARROW * (len(text) - wide))


def fit(text: str, width: float, size: float) -> str:
    """The text, or as much of its beginning as fits with an ellipsis."""
    text = " ".join(text.split())
    if text_width(text, size) <= width:
        return text
    kept = ""
    for letter in text:
        if text_width(kept + letter + "…", size) > width:
            break
        kept += letter
    return kept.rstrip() + "…"


def wrap(text: str, width: float, size: float, *, lines: int) -> list[str]:
    """Break a text into at most so many lines; the last one ends with an ellipsis when there was more."""
    out: list[str] = []
    rest = " ".join(text.split())
    while rest and len(out) < lines - 1 and text_width(rest, size) > width:
        cut = _break(rest, width, size)
        out.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    if rest:
        out.append(fit(rest, width, size))
    return out


def _break(text: str, width: float, size: float) -> int:
    """Where to break: after the last space that fits, else at the last character that fits."""
    best, used = 0, 0.0
    for place, letter in enumerate(text):
        used += text_width(letter, size)
        if used > width:
            return best or max(1, place)
        if letter == " ":
            best = place + 1
    return len(text)


def safe(text: str) -> str:
    """Text for SVG or HTML: escaped, its invisible controls made visible."""
    return escape(visible(text), quote=True)


def label(x: float, y: float, text: str, *, css: str, anchor: str = "start") -> str:
    where = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{css}"{where}>{safe(text)}</text>'


def curve(x1: float, y1: float, x2: float, y2: float, *, css: str) -> str:
    """A line that leaves and arrives level."""
    middle = (x1 + x2) / 2
    return f'<path class="{css}" d="M{x1:.1f} {y1:.1f}C{middle:.1f} {y1:.1f} {middle:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"/>'


def dot(x: float, y: float, radius: float, *, css: str) -> str:
    return f'<circle class="{css}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>'
