"""Where the nodes of a lineage stand: in an order with few crossings, at heights at which nothing overlaps.

In:  a `Graph`.
Out: the same graph, every node with a height. The same graph always gives the same heights.
Never: looks at a clock, a random number, or the order in which nodes happen to come.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from armslength.web.lineage_graph import Graph, Line, Node

ROW, CLOSE, TOP = 62.0, 30.0, 44.0
"""Height of a row; of one where rows are many; of the head."""
MANY = 40
"""Rows from which a node has one line of text instead of four."""
_SWEEPS = 8
"""Times that nodes are put at the middle of their neighbours (Sugiyama, Tagawa and Toda 1981): more changed no picture that was tried."""

Order = dict[int, list[str]]
"""Layer to keys, from top to bottom."""


def row_height(graph: Graph) -> float:
    """Distance of neighbours in a column."""
    counts: dict[int, int] = defaultdict(int)
    for node in graph.nodes:
        counts[node.layer] += 1
    return CLOSE if max(counts.values(), default=0) > MANY else ROW


def placed(graph: Graph) -> Graph:
    """Give every node a height."""
    order, row = ordered(graph), row_height(graph)
    near = _near(graph.lines)
    where: dict[str, float] = {}
    widest = max(order, key=lambda layer: (len(order[layer]), -layer), default=0)
    where |= {key: TOP + row * (place + 0.5) for place, key in enumerate(order.get(widest, []))}
    for layer in sorted(order, key=lambda layer: (abs(layer - widest), layer)):
        if layer != widest:
            where |= _apart(
                order[layer], {key: _middle([where[other] for other in near[key] if other in where]) for key in order[layer]}, row
            )
    shift = max(0.0, TOP + row / 2 - min(where.values(), default=0.0))
    return replace(graph, nodes=tuple(replace(node, y=round(where[node.key] + shift, 1)) for node in graph.nodes))


def ordered(graph: Graph) -> Order:
    """Nodes of each layer in the order with the fewest crossings that was found."""
    near = _near(graph.lines)
    layers: dict[int, list[Node]] = defaultdict(list)
    for node in graph.nodes:
        layers[node.layer].append(node)
    order: Order = {layer: [node.key for node in sorted(nodes, key=_first)] for layer, nodes in sorted(layers.items())}
    best, least = {layer: list(keys) for layer, keys in order.items()}, crossings(order, graph.lines)
    for sweep in range(_SWEEPS):
        for layer in sorted(order, reverse=sweep % 2 == 0)[sweep == 0 :]:  # first, all fall in behind the origins
            place = _places(order)
            middle = {key: _mean([place[other] for other in near[key]], place[key]) for key in order[layer]}
            order[layer] = sorted(order[layer], key=lambda key, at=middle, now=place: (at[key], now[key], key))  # type: ignore[misc]
        found = crossings(order, graph.lines)
        if found < least or sweep == 0:
            best, least = {layer: list(keys) for layer, keys in order.items()}, found
    return best


def _first(node: Node) -> tuple[object, ...]:
    """Origins in the order of their numbers, what is not known last; everything else by key."""
    return (node.kind == "unknown", bool(node.fold) and node.group == 0, node.group, node.key)


def crossings(order: Order, lines: Sequence[Line]) -> int:
    """How often lines between the same two layers cross: inversions among their ends."""
    spot = {key: (layer, place) for layer, keys in order.items() for place, key in enumerate(keys)}
    between: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for line in lines:
        (one, a), (two, b) = spot[line.a], spot[line.b]
        between[one, two].append((a, b))
    total = 0
    for ends in between.values():
        seen: list[int] = []
        for _, b in sorted(ends):
            total += len(seen) - bisect_right(seen, b)
            insort(seen, b)
    return total


def _near(lines: Sequence[Line]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        found[line.a].append(line.b)
        found[line.b].append(line.a)
    return found


def _places(order: Order) -> dict[str, float]:
    """How far down its layer a node stands, 0 to 1."""
    return {key: (place + 0.5) / len(keys) for keys in order.values() for place, key in enumerate(keys)}


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _middle(values: Sequence[float]) -> float:
    return _mean(values, TOP + ROW / 2)


def _apart(keys: Sequence[str], wanted: Mapping[str, float], row: float) -> dict[str, float]:
    """Heights in this order, as near as possible to the wanted ones, with a row between neighbours."""
    heaps: list[tuple[float, list[str]]] = []
    for key in keys:
        at, mine = wanted[key], [key]
        while heaps and heaps[-1][0] + row * (len(heaps[-1][1]) + len(mine)) / 2 > at:
            middle, before = heaps.pop()
            count = len(before) + len(mine)
            at = (middle * len(before) + at * len(mine)) / count
            mine = [*before, *mine]
        heaps.append((at, mine))
    return {key: middle + row * (place - (len(mine) - 1) / 2) for middle, mine in heaps for place, key in enumerate(mine)}
