"""Places that lie too close to be told apart at one scale, drawn as one mark.

In:  spots with how much is there, a window of the map.
Out: clusters, each with its spots.
Never: joins a city with a mark that stands for a whole country: that mark lies where nothing is known to have happened.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, log2, radians

from armslength.base.basemap import HEIGHT, TOP, WIDTH, on_map

SHAPE = 1.7
"""Width to height of a window that is not the whole map."""
ZOOMS = 7
"""Steps of zoom, each twice as near: at the last one a city's neighbour forty kilometres away stands apart."""
_APART = 0.05
"""How far apart two marks stand, as a share of the window's width: a mark is that wide, so nearer ones would lie on each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One place that something is drawn at."""

    key: str
    name: str
    """A city's name; empty for a country as a whole."""
    country: str
    """Its name."""
    code: str
    whole: bool
    """It stands for the country: somewhere in it."""
    longitude: float
    latitude: float
    sites: int
    incidents: int
    denied: int
    closed: int

    @property
    def things(self) -> int:
        return self.sites + self.incidents

    @property
    def where(self) -> str:
        """In words: `Lisbon, Portugal`, `somewhere in Portugal`."""
        return f"somewhere in {self.country}" if self.whole else f"{self.name}, {self.country}" if self.country else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The part of the map that is shown, in the map's units."""

    left: float
    top: float
    width: float
    zoom: int

    @property
    def height(self) -> float:
        return min(HEIGHT, self.width / SHAPE)

    @property
    def center(self) -> tuple[float, float]:
        """Longitude and latitude of its middle."""
        return (self.left + self.width / 2) / 10 - 180, 90 - (self.top + self.height / 2) / 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Spots drawn as one mark."""

    spots: tuple[Spot, ...]
    x: float
    y: float

    @property
    def sites(self) -> int:
        return sum(spot.sites for spot in self.spots)

    @property
    def incidents(self) -> int:
        return sum(spot.incidents for spot in self.spots)

    @property
    def things(self) -> int:
        return self.sites + self.incidents

    @property
    def denied(self) -> int:
        return sum(spot.denied for spot in self.spots)

    @property
    def closed(self) -> int:
        return sum(spot.closed for spot in self.spots)

    @property
    def whole(self) -> bool:
        return self.spots[0].whole


def window_at(longitude: float, latitude: float, zoom: int) -> Window:
    """The window around a point, kept inside the map."""
    zoom = max(0, min(ZOOMS, zoom))
    width = WIDTH / 2**zoom
    x, y = on_map(longitude, latitude)
    left = max(0.0, min(WIDTH - width, x - width / 2))
    height = min(HEIGHT, width / SHAPE)
    top = max(float(TOP), min(TOP + HEIGHT - height, y - height / 2))
    return Window(left=round(left, 1), top=round(top, 1), width=width, zoom=zoom)


def window_around(spots: Sequence[Spot]) -> Window:
    """The nearest window that shows every spot with some room; the whole map for none."""
    if not spots:
        return window_at(0, 12, 0)
    places = [on_map(spot.longitude, spot.latitude) for spot in spots]
    xs, ys = [x for x, _ in places], [y for _, y in places]
    wide = max((max(xs) - min(xs)) * 1.25, (max(ys) - min(ys)) * 1.3 * SHAPE, WIDTH / 2**4)
    middle_x, middle_y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    return window_at(middle_x / 10 - 180, 90 - middle_y / 10, int(log2(WIDTH / wide)) if wide < WIDTH else 0)


def clustered(spots: Iterable[Spot], window: Window) -> list[Cluster]:
    """The spots inside a window, those that lie too close together as one. The largest keep their places."""
    apart = window.width * _APART
    kept: dict[tuple[bool, int, int], list[list[Spot]]] = defaultdict(list)
    groups: list[list[Spot]] = []
    for spot in sorted(spots, key=lambda spot: (-spot.things, spot.key)):
        x, y = on_map(spot.longitude, spot.latitude)
        if not (
            window.left - apart <= x <= window.left + window.width + apart and window.top - apart <= y <= window.top + window.height + apart
        ):
            continue
        row, column = int(y // apart), int(x // apart)
        near = [group for i in (-1, 0, 1) for j in (-1, 0, 1) for group in kept[spot.whole, row + i, column + j]]
        found = next((group for group in near if _close(group[0], x, y, apart)), None)
        if found is None:
            groups.append([spot])
            kept[spot.whole, row, column].append(groups[-1])
        else:
            found.append(spot)
    return [_cluster(group) for group in groups]


def _close(spot: Spot, x: float, y: float, apart: float) -> bool:
    a, b = on_map(spot.longitude, spot.latitude)
    return (a - x) ** 2 + (b - y) ** 2 < apart**2


def _cluster(group: Sequence[Spot]) -> Cluster:
    x, y = on_map(group[0].longitude, group[0].latitude)
    return Cluster(spots=tuple(group), x=x, y=y)


def kilometres(window: Window) -> float:
    """How wide the window is at its middle: a degree of longitude is 111 km at the equator and less towards the poles."""
    return window.width / 10 * 111.32 * cos(radians(window.center[1]))
