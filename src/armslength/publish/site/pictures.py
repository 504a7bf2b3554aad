"""Pictures for pages without scripts: a map, a time line, and who told whom behind one fact. All SVG, styled by class.

In:  features of the GeoJSON export; dated items; an entry's passages by group.
Out: SVG as text, every word in it escaped, with a title and a description for those who do not see it.
Never: a point finer than a city; a point for a person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from armslength.base.basemap import HEIGHT, TOP, WIDTH, land, on_map
from armslength.publish.jsonl import Row

_SMALL, _GROWS = 14, 9
"""Radius of a point for one thing, and how much it grows with the square root of their number."""


def world(features: Sequence[Mapping[str, Any]]) -> str:
    """Sites and incidents on a map: a point for each place, as large as what is there is much."""
    there: Counter[tuple[float, float, str, str]] = Counter()
    for feature in features:
        if feature["geometry"] is not None:
            x, y = feature["geometry"]["coordinates"]
            told = feature["properties"]
            there[x, y, str(told["place"] or told["country"]), str(told["what"])] += 1
    ground, borders = land()
    shown = [f'<path class="land" d="{ground}"/>', f'<path class="border" d="{borders}"/>']
    for (x, y, place, what), count in sorted(there.items(), key=lambda found: (-found[1], found[0])):
        (left, down), wide = on_map(x, y), _SMALL + _GROWS * count**0.5
        told = escape(f"{place}: {count} {what}{'' if count == 1 else 's'}")
        shown.append(f'<circle class="{what}" cx="{left:.0f}" cy="{down:.0f}" r="{wide:.0f}"><title>{told}</title></circle>')
    described = f"{sum(there.values())} sites and incidents in {len({row[2] for row in there})} places. The table below says the same."
    return _svg(f"0 {TOP} {WIDTH} {HEIGHT}", "Where", described, shown, css="world")


def years(items: Sequence[Row]) -> str:
    """How much is dated when: a column for each year, by lane."""
    counts = Counter((str(row["year"]), str(row["lane"])) for row in items)
    found = sorted({year for year, _ in counts})
    if not found:
        return ""
    span = [str(year) for year in range(int(found[0]), int(found[-1]) + 1)]
    tallest = max(sum(count for (year, _), count in counts.items() if year == one) for one in found)
    step = min(90.0, 1000 / len(span))
    shown = []
    for number, year in enumerate(span):
        bottom = 200.0
        for lane in sorted({lane for one, lane in counts if one == year}):
            high = 180 * counts[year, lane] / tallest
            bottom -= high
            left, wide = number * step + step * 0.12, step * 0.76
            told = f"<title>{year}: {counts[year, lane]} {escape(lane)}</title>"
            shown.append(f'<rect class="{lane}" x="{left:.1f}" y="{bottom:.1f}" width="{wide:.1f}" height="{high:.1f}">{told}</rect>')
        if len(span) <= 16 or number % (len(span) // 12 + 1) == 0:
            shown.append(f'<text x="{number * step + step / 2:.1f}" y="220" text-anchor="middle">{year}</text>')
    return _svg(
        f"0 0 {step * len(span):.0f} 228", "When", "How many dated things each year has. The list below says the same.", shown, css="years"
    )


def origins(groups: Sequence[Mapping[str, Any]], publishers: Mapping[str, Sequence[str]]) -> str:
    """Who has it from whom: documents on the left, origins on the right. `publishers`: group to what its documents are called."""
    left = [(number, name) for number, group in enumerate(groups) for name in publishers[str(group["label"])]]
    rows = max(len(left), len(groups))
    if rows == 0 or rows > 60:
        return ""
    high = 30 * rows
    step, places = high / max(len(left), 1), {number: (number + 0.5) * high / len(groups) for number in range(len(groups))}
    shown = []
    for at, (number, name) in enumerate(left):
        y = (at + 0.5) * step
        css = "shown" if groups[number]["access"] or len(groups) == 1 else "possible"
        shown.append(f'<path class="{css}" d="M330 {y:.0f}C450 {y:.0f} 450 {places[number]:.0f} 570 {places[number]:.0f}"/>')
        shown.append(f'<text x="320" y="{y + 5:.0f}" text-anchor="end">{escape(_short(name))}</text>')
    for number, group in enumerate(groups):
        shown.append(f'<circle cx="578" cy="{places[number]:.0f}" r="7"/>')
        shown.append(f'<text x="596" y="{places[number] + 5:.0f}">{escape(_short(str(group["label"])))}</text>')
    told = f"{len(left)} documents lead to {len(groups)} possible origins. The list below says the same."
    return _svg(f"0 0 900 {high}", "Who has it from whom", told, shown, css="origins")


def _short(text: str, most: int = 38) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _svg(box: str, title: str, described: str, shown: Sequence[str], *, css: str) -> str:
    inner = "".join(shown)
    return f'<svg class="{css}" viewBox="{box}" role="img" xmlns="http://www.w3.org/2000/svg"><title>{title}</title><desc>{escape(described)}</desc>{inner}</svg>'
