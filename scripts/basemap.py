"""Make the map that releases are drawn on: land and borders as SVG paths, from Natural Earth (public domain).

In:  `countries-110m.json` of the npm package world-atlas 2.0.2 (Natural Earth 4.1 as TopoJSON), its path as the one argument.
Out: src/armslength/base/data/land.txt: the path of the land, and the path of the borders on it, a line each.
Never: runs with the program. The result lies in the package.

One unit is a tenth of a degree; x grows eastwards from 180 degrees west, y southwards from the north pole. Rings that cross the 180th
meridian are drawn once on each side, and the picture's edge cuts them.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parents[1] / "src/armslength/base/data/land.txt"
Points = list[tuple[float, float]]


def main(source: Path) -> None:
    """Write both paths."""
    atlas = json.loads(source.read_text(encoding="utf-8"))
    arcs = [points(arc, atlas["transform"]) for arc in atlas["arcs"]]
    land = [ring for geometry in atlas["objects"]["land"]["geometries"] for ring in rings(geometry, arcs)]
    used = Counter(
        number if number >= 0 else ~number for geometry in atlas["objects"]["countries"]["geometries"] for number in flat(geometry["arcs"])
    )
    borders = [arcs[number] for number, times in sorted(used.items()) if times > 1]
    lines = [path([placed for ring in land for placed in copies(ring)], closed=True), path(borders, closed=False)]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


def points(arc: list[list[int]], transform: dict[str, list[float]]) -> Points:
    """Degrees of an arc's points; TopoJSON gives steps on a grid."""
    x = y = 0
    out = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        out.append((x * transform["scale"][0] + transform["translate"][0], y * transform["scale"][1] + transform["translate"][1]))
    return out


def flat(arcs: Any) -> Iterator[int]:
    """All numbers in nested lists."""
    if isinstance(arcs, int):
        yield arcs
    else:
        for inner in arcs:
            yield from flat(inner)


def rings(geometry: dict[str, Any], arcs: list[Points]) -> Iterator[Points]:
    """Outlines of a polygon or of many."""
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    for polygon in polygons:
        for ring in polygon:
            out: Points = []
            for number in ring:
                arc = arcs[number] if number >= 0 else arcs[~number][::-1]
                out += arc[1:] if out else arc
            yield out


def copies(ring: Points) -> Iterator[Points]:
    """A ring without jumps at the 180th meridian: as it is, or on both sides. One around a pole is closed along it."""
    out = [ring[0]]
    for x, y in ring[1:]:
        last = out[-1][0]
        out.append((x + 360 * round((last - x) / 360), y))
    if abs(out[-1][0] - out[0][0]) > 180:
        out += [(out[-1][0], -90), (out[0][0], -90)]
    low, high = min(x for x, _ in out), max(x for x, _ in out)
    yield out
    if low < -180.1:
        yield [(x + 360, y) for x, y in out]
    if high > 180.1:
        yield [(x - 360, y) for x, y in out]


def path(lines: list[Points], *, closed: bool) -> str:
    """One SVG path in whole tenths of a degree, by steps; what does not move is left out."""
    out = []
    for line in lines:
        grid = [(round((x + 180) * 10), round((90 - y) * 10)) for x, y in line]
        steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(grid)]
        told = " ".join(f"{dx} {dy}" for dx, dy in steps if (dx, dy) != (0, 0))
        if told:
            out.append(f"M{grid[0][0]} {grid[0][1]}l{told}{'z' if closed else ''}")
    return "".join(out)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
