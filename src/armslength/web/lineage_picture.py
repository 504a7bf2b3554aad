"""The lineage of a fact as a picture: documents at the left, the voices they go through, the origins at the right.

In:  a `FactView`.
Out: an SVG with a title and a description. The same is said in words by the list beside it.
Never: draws a passage whose chain is not known as if it led to an origin. Documents with the same chain are drawn as one once
there are more than `SINGLE`, so that sixty fit where five do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from markupsafe import Markup

from armslength.pipeline.views.fact import FactView
from armslength.pipeline.views.passages import DocumentRef
from armslength.pipeline.views.words import articles as in_articles
from armslength.pipeline.views.words import listed, plural
from armslength.web.drawing import curve, dot, label, safe, text_width, wrap

SINGLE = 12
"""Documents drawn one by one: twelve rows are about one screen."""
_DOCUMENT, _VOICE, _ORIGIN, _GAP = 264.0, 170.0, 290.0, 70.0
_ROW, _TOP, _SIZE = 62.0, 40.0, 14.0

_INSET = {True: 12.0, False: 14.0}
"""From the dot to the words: of a document, of anything else."""

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """Something drawn."""

    key: str
    kind: str
    """`document`, `voice`, `origin`, `possible` or `unknown`."""
    title: str
    detail: str
    layer: int
    y: float = 0.0
    link: str = ""
    interested: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """What is drawn: nodes by layer, lines between them, and copies among documents."""

    nodes: tuple[Node, ...]
    lines: tuple[tuple[str, str], ...]
    copies: tuple[tuple[str, str, str], ...]
    """(document, document, kind of edge)."""
    layers: int


def lineage_picture(view: FactView) -> Markup:
    """Draw where a fact comes from."""
    return draw(placed(graph_of(view)), title=f"Where “{view.line.label}” comes from", text=description(view))


def description(view: FactView) -> str:
    """The picture in one or two sentences."""
    said = f"{in_articles(view.line.documents, view.line.apparent)} lead back to {view.line.origins}"
    names = [group.label for group in view.groups]
    said += f": {listed(names)}." if names else "."
    if view.unplaced:
        said += f" {plural(len(view.unplaced), 'passage')} cannot be followed to an origin."
    return said


def graph_of(view: FactView) -> Graph:
    """Documents, voices and origins of a fact, and what leads to what."""
    paths = _paths(view)
    heaps = _heaps(view.documents, paths)
    nodes: dict[str, Node] = {}
    lines: set[tuple[str, str]] = set()
    deepest = max((len(path) - 1 for found in paths.values() for path in found), default=1)
    heap_of: dict[str, str] = {}
    for documents in heaps:
        node = _document_node(documents)
        nodes[node.key] = node
        for document in documents:
            heap_of[document.id] = node.key
            for path in paths[document.id]:
                steps = [node.key, *path]
                lines |= set(pairwise(steps))
                for depth, key in enumerate(path[:-1], start=1):
                    old = nodes.get(key)
                    nodes[key] = _voice_node(key, max(depth, old.layer if old else 0), view)
    for node in _origin_nodes(view, deepest + 1):
        nodes[node.key] = node
    copies = {(heap_of[a], heap_of[b], edge.kind) for edge in view.edges for a, b in [edge.documents] if edge.level == "document"}
    return Graph(
        nodes=tuple(nodes.values()),
        lines=tuple(sorted(line for line in lines if line[1] in nodes)),
        copies=tuple(sorted(row for row in copies if row[0] != row[1])),
        layers=deepest + 2,
    )


def _paths(view: FactView) -> dict[str, tuple[Path, ...]]:
    """For each document the ways from it to origins: keys of voices, ending in the key of an origin."""
    group_of = {number: group for group in view.groups for number in group.passages}
    found: dict[str, set[Path]] = defaultdict(set)
    for row in view.passages:
        group = group_of.get(row.number)
        end = f"origin {group.number}" if group else "unknown"
        name = group.label if group else ""
        voices = [voice for voice in row.chain if not voice.page and voice.name != name]
        found[row.document.id].add((*dict.fromkeys(f"voice {voice.name}" for voice in voices), end))
    return {document: tuple(sorted(paths)) for document, paths in found.items()}


def _heaps(documents: Sequence[DocumentRef], paths: dict[str, tuple[Path, ...]]) -> list[list[DocumentRef]]:
    """Documents drawn together: each alone, or by equal paths when they are many."""
    if len(documents) <= SINGLE:
        return [[document] for document in documents]
    by_path: dict[tuple[Path, ...], list[DocumentRef]] = defaultdict(list)
    for document in documents:
        by_path[paths[document.id]].append(document)
    return list(by_path.values())


def _document_node(documents: list[DocumentRef]) -> Node:
    first = documents[0]
    if len(documents) == 1:
        detail = ", ".join(part for part in (first.publisher, first.published) if part) or first.file
        return Node(key=f"document {first.id}", kind="document", title=first.title, detail=detail, layer=0, link=f"/documents/{first.id}")
    names = list(dict.fromkeys(document.publisher or document.title for document in documents))
    shown = [*names[:3], f"{len(names) - 3} more"] if len(names) > 3 else names
    return Node(key=f"document {first.id}", kind="document", title=plural(len(documents), "article"), detail=listed(shown), layer=0)


def _voice_node(key: str, layer: int, view: FactView) -> Node:
    name = key.removeprefix("voice ")
    voice = next(voice for row in view.passages for voice in row.chain if voice.name == name and not voice.page)
    return Node(key=key, kind="voice", title=name, detail=voice.kind, layer=layer, interested=voice.interested)


def _origin_nodes(view: FactView, layer: int) -> list[Node]:
    out = []
    for group in view.groups:
        notes = ["interested party"] if group.interested else []
        notes += ["primary not seen"] if group.known and not group.primary_seen else []
        notes += [] if group.established else ["not shown to be separate" if group.known else "not counted as shown"]
        kind = "origin" if group.established else "possible" if group.known else "unknown"
        out.append(
            Node(
                key=f"origin {group.number}",
                kind=kind,
                title=group.label,
                detail=", ".join(notes),
                layer=layer,
                interested=group.interested,
            )
        )
    if view.unplaced:
        out.append(Node(key="unknown", kind="unknown", title="Origin not known", detail="never counted", layer=layer))
    return out


def placed(graph: Graph) -> Graph:
    """Give every node a height: documents in the order of their origins, the rest at the middle of what leads to them."""
    where: dict[str, float] = {}
    order = {node.key: place for place, node in enumerate(node for node in graph.nodes if node.layer == graph.layers - 1)}
    documents = [node for node in graph.nodes if node.layer == 0]
    onward = defaultdict(list)
    for a, b in graph.lines:
        onward[a].append(b)
    documents.sort(key=lambda node: (_ends(node.key, onward, order), sorted(onward[node.key])))
    for place, node in enumerate(documents):
        where[node.key] = _TOP + _ROW * (place + 0.5)
    for layer in range(1, graph.layers):
        mine = [node.key for node in graph.nodes if node.layer == layer]
        wanted = {key: _middle([where[a] for a, b in graph.lines if b == key and a in where]) for key in mine}
        where |= _apart(sorted(mine, key=lambda key: (wanted[key], key)), wanted)
    top = min(where.values(), default=0.0)
    shift = max(0.0, _TOP + _ROW / 2 - top)
    return replace(graph, nodes=tuple(replace(node, y=where[node.key] + shift) for node in graph.nodes))


def _ends(key: str, onward: dict[str, list[str]], order: dict[str, int]) -> tuple[int, ...]:
    """Places of the origins that a node leads to."""
    seen, queue = {key}, [key]
    while queue:
        for step in onward.get(queue.pop(), []):
            if step not in seen:
                seen.add(step)
                queue.append(step)
    return tuple(sorted(order[row] for row in seen if row in order))


def _middle(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found) if found else _TOP + _ROW / 2


def _apart(keys: Sequence[str], wanted: dict[str, float]) -> dict[str, float]:
    """Heights as near as possible to the wanted ones with a row between neighbours."""
    out: dict[str, float] = {}
    last = float("-inf")
    for key in keys:
        last = max(wanted[key], last + _ROW)
        out[key] = last
    drift = sum(out[key] - wanted[key] for key in keys) / len(keys) if keys else 0.0
    return {key: y - drift for key, y in out.items()}


def draw(graph: Graph, *, title: str, text: str) -> Markup:
    """Write the picture."""
    nodes = {node.key: node for node in graph.nodes}
    left = {0: 34.0}
    for layer in range(1, graph.layers):
        left[layer] = left[layer - 1] + (_DOCUMENT if layer == 1 else _VOICE) + _GAP
    width = left[graph.layers - 1] + _ORIGIN
    height = max((node.y for node in graph.nodes), default=0.0) + _ROW / 2 + 8
    parts = [_line(nodes[a], nodes[b], left) for a, b in graph.lines]
    parts += [_copy(nodes[a], nodes[b], kind, left[0]) for a, b, kind in graph.copies]
    parts += [_node(node, left[node.layer]) for node in graph.nodes]
    heads = {0: "Articles", graph.layers - 1: "Origins"} | ({1: "Through"} if graph.layers > 2 else {})
    parts += [label(left[layer] + (14 if layer else 12), 16, said, css="head") for layer, said in heads.items()]
    return Markup(  # noqa: S704 - every text in it went through `safe`
        f'<svg class="lineage" role="img" aria-labelledby="lineage-title lineage-text" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'width="{width:.0f}" height="{height:.0f}"><title id="lineage-title">{safe(title)}</title>'
        f'<desc id="lineage-text">{safe(text)}</desc>{"".join(parts)}</svg>'
    )


def _line(a: Node, b: Node, left: dict[int, float]) -> str:
    css = "line unsure" if b.kind in {"unknown", "possible"} else "line"
    edge = left[a.layer] + (_DOCUMENT if a.layer == 0 else _VOICE)
    said = max(text_width(line, size) for lines, size in _written(a) for line in lines)
    start = min(edge, left[a.layer] + _INSET[a.kind == "document"] + said + 10)
    return f'<path class="{css}" d="M{start:.1f} {a.y:.1f}H{edge:.1f}"/>' + curve(edge, a.y, left[b.layer] - 3, b.y, css=css)


def _copy(a: Node, b: Node, kind: str, x: float) -> str:
    """Two documents of one text: a bow at their left."""
    bow = x - 8 - min(24.0, abs(a.y - b.y) / 6)
    path = f"M{x:.1f} {a.y:.1f}C{bow:.1f} {a.y:.1f} {bow:.1f} {b.y:.1f} {x:.1f} {b.y:.1f}"
    return f'<path class="copy" d="{path}"><title>{safe(kind)}</title></path>'


def _written(node: Node) -> tuple[tuple[list[str], float], tuple[list[str], float]]:
    """The lines of a node's name and of what stands below it, each with its size of type."""
    room = {"document": _DOCUMENT, "voice": _VOICE}.get(node.kind, _ORIGIN) - _INSET[node.kind == "document"] - 6
    lines = wrap(node.title, room, _SIZE, lines=2)
    return (lines, _SIZE), (wrap(node.detail, room, _SIZE - 2, lines=2 if len(lines) == 1 else 1), _SIZE - 2)


def _node(node: Node, x: float) -> str:
    inset = _INSET[node.kind == "document"]
    (lines, _), (below, _) = _written(node)
    first = node.y - 8.5 * (len(lines) + len(below) - 1) + 4.5
    parts = [label(x + inset, first + 17 * place, said, css=f"name {node.kind}") for place, said in enumerate(lines)]
    css = "note interested" if node.interested else "note"
    parts += [label(x + inset, first + 17 * (place + len(lines)), said, css=css) for place, said in enumerate(below)]
    parts.append(dot(x + 2, node.y, {"origin": 6.5, "possible": 6.0, "unknown": 6.0}.get(node.kind, 4.0), css=f"dot {node.kind}"))
    body = f"<title>{safe(node.title)}</title>{''.join(parts)}"
    return f'<a href="{safe(node.link)}">{body}</a>' if node.link else f"<g>{body}</g>"
