"""The lineage of a fact as a picture: documents at the left, the voices they go through, the origins at the right.

In:  a `LineageView`, which folds are open, what is looked at.
Out: an SVG in which every node, line and bow is a link: to the document, to what is folded, to the evidence of an edge. The same is said in
     words by the lists beside it.
Never: draws a passage whose chain is not known as if it led to an origin; lets two texts overlap.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from armslength.pipeline.views.lineage import LineageView
from armslength.pipeline.views.words import listed, plural
from armslength.web.drawing import dot, fit, label, safe, text_width, wrap
from armslength.web.lineage_graph import ALL, Bow, Graph, Line, Node, graph_of
from armslength.web.lineage_layout import CLOSE, TOP, placed, row_height
from armslength.web.retelling import told

_DOCUMENT, _VOICE, _ORIGIN, _GAP = 264.0, 170.0, 270.0, 58.0
_SIZE = 14.0
_INSET = {True: 12.0, False: 14.0}
"""From the dot to the words: of a document, of anything else."""
BOWS = 300
"""Bows drawn; more make a grey cloud and a heavy page. The list says them all."""
_LONGEST = 28
_NAMED = 12
"""Origins named in the picture's description."""
SHORT = 12
"""Signs of an edge's id in an address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What is open and looked at."""

    opened: tuple[str, ...] = ()
    edge: str = ""
    """First signs of an edge's id."""
    line: tuple[str, ...] = ()
    """Codes of the two ends of a line or bow."""
    here: bool = False
    """The picture stands on the lineage's own page: its links need not say which fact's. With 500 nodes that is 80 kB."""


NOTHING = Looked()


def lineage_picture(view: LineageView, looked: Looked = NOTHING) -> Markup:
    """Draw where a fact comes from."""
    graph = placed(graph_of(view, opened=looked.opened))
    picture = _Picture(view=view, graph=graph, looked=looked, close=row_height(graph) == CLOSE)
    return picture.draw(title=told(f"Where “{view.label}” comes from"), text=told(description(view)))


def description(view: LineageView) -> str:
    """The picture in one or two sentences."""
    said = f"{view.articles} {'leads' if view.articles.startswith('1 ') else 'lead'} back to {view.origins}"
    names = [group.label for group in view.groups]
    shown = names if len(names) <= _NAMED else [*names[:_NAMED], f"{len(names) - _NAMED} more"]
    said += f": {listed(shown)}." if names else "."
    unplaced = sum(not strand.origin for strand in view.strands)
    if unplaced:
        said += f" {plural(unplaced, 'passage')} cannot be followed to an origin."
    return said


def address(fact: str, *, opened: Collection[str] = (), edge: str = "", line: Sequence[str] = (), was: str = "", to: str = "") -> str:
    """Address of a fact's lineage with these folds open and this looked at. `was`: how it was counted before something was decided."""
    parts = {"open": ".".join(opened), "edge": edge[:SHORT], "line": ".".join(line), "was": was}
    query = "&".join(f"{name}={value}" for name, value in parts.items() if value)
    return f"/facts/{fact}/lineage" + (f"?{query}" if query else "") + (f"#{to}" if to else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Picture:
    view: LineageView
    graph: Graph
    looked: Looked
    close: bool
    """Whether rows are so many that each has one line of text."""

    @property
    def left(self) -> dict[int, float]:
        """Where each column begins."""
        found = {0: 34.0 + (48.0 if self.graph.bows else 0.0)}
        for layer in range(1, self.graph.layers):
            found[layer] = found[layer - 1] + (_DOCUMENT if layer == 1 else _VOICE) + _GAP
        return found

    def draw(self, *, title: str, text: str) -> Markup:
        """Write the picture."""
        nodes, left = {node.key: node for node in self.graph.nodes}, self.left
        last = self.graph.layers - 1
        width = left[last] + _ORIGIN
        height = max((node.y for node in self.graph.nodes), default=0.0) + row_height(self.graph) / 2 + 8
        parts = [self._line(line, nodes, left) for line in self.graph.lines]
        parts += [self._bow(bow, nodes, left[0]) for bow in self.graph.bows[:BOWS]]
        parts += [self._node(node, left[node.layer]) for node in sorted(self.graph.nodes, key=lambda node: (node.layer, node.y, node.key))]
        heads = {0: "Articles", last: "Origins"} | ({1: "Through"} if last > 1 else {})
        parts += [label(left[layer] + (14 if layer else 12), 16, told(said), css="head") for layer, said in heads.items()]
        return Markup(  # noqa: S704 - every text in it went through `safe`
            f'<svg class="lineage{" close" if self.close else ""}" role="group" '
            'aria-labelledby="lineage-title" aria-describedby="lineage-text" '
            f'viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}" data-lineage="">'
            f'<title id="lineage-title">{safe(title)}</title><desc id="lineage-text">{safe(text)}</desc>{"".join(parts)}</svg>'
        )

    def _link(self, *, edge: str = "", line: Sequence[str] = (), opened: Collection[str] | None = None, to: str = "evidence") -> str:
        kept = self.looked.opened if opened is None else opened
        whole = address(self.view.fact, opened=kept, edge=edge, line=line, to=to)
        return safe(whole[whole.index("?") :] if self.looked.here and "?" in whole else whole)

    def _line(self, line: Line, nodes: Mapping[str, Node], left: Mapping[int, float]) -> str:
        a, b = nodes[line.a], nodes[line.b]
        start = self._end_of_words(a, left[a.layer])
        edge = left[a.layer] + (_DOCUMENT if a.layer == 0 else _VOICE)
        x, middle = left[b.layer] - 3, (edge + left[b.layer] - 3) / 2
        level = "" if start >= edge else f"H{edge:.0f}"
        path = f"M{min(start, edge):.0f} {a.y:.0f}{level}C{middle:.0f} {a.y:.0f} {middle:.0f} {b.y:.0f} {x:.0f} {b.y:.0f}"
        css = "line unsure" if b.kind in {"unknown", "possible"} else "line"
        css += " broad" if len(line.passages) > 4 else ""
        here = (a.code, b.code)
        mark = ' aria-current="true"' if set(here) == set(self.looked.line) else ""
        said = safe(told(f"{self._called(a)}, to {self._called(b)}: {plural(len(line.passages), 'passage')}"))
        return (
            f'<a class="way" href="{self._link(line=here)}" data-a="{a.code}" data-b="{b.code}"{mark}>'
            f'<title>{said}</title>{self._hit(path)}<path class="{css}" d="{path}"/></a>'
        )

    def _called(self, node: Node) -> str:
        """A node's name in the name of a line; in a crowded picture its end, in which names of one kind differ."""
        return node.title if not self.close or len(node.title) <= _LONGEST else f"…{node.title[-_LONGEST:]}"

    def _hit(self, path: str) -> str:
        """A broad unseen line to press on; in a crowded picture it would lie over its neighbours."""
        return "" if self.close else f'<path class="hit" d="{path}"/>'

    def _bow(self, bow: Bow, nodes: Mapping[str, Node], x: float) -> str:
        """Two documents, or heaps of them, that an edge ties: a bow at their left."""
        a, b = nodes[bow.a], nodes[bow.b]
        out = x - 10 - min(62.0, 8 + abs(a.y - b.y) / 5)
        path = f"M{x - 4:.0f} {a.y:.0f}C{out:.0f} {a.y:.0f} {out:.0f} {b.y:.0f} {x - 4:.0f} {b.y:.0f}"
        states = {tie.state for tie in bow.ties}
        css = "disputed" if states == {"disputed"} else "confirmed" if "confirmed" in states else "machine"
        only = bow.ties[0] if len(bow.ties) == 1 else None
        link = self._link(edge=only.id) if only else self._link(line=(a.code, b.code))
        kinds = listed(sorted({told(tie.kind) for tie in bow.ties}))
        said = safe(f"{kinds}: {self._called(a)}, and {self._called(b)}" + (f"; {told(css)}" if css != "machine" else ""))
        chosen = only.id.startswith(self.looked.edge) if only and self.looked.edge else {a.code, b.code} == set(self.looked.line)
        mark = ' aria-current="true"' if chosen else ""
        return (
            f'<a class="tie" href="{link}" data-a="{a.code}" data-b="{b.code}"{mark}>'
            f'<title>{said}</title>{self._hit(path)}<path class="bow {css}" d="{path}"/></a>'
        )

    def _node(self, node: Node, x: float) -> str:
        inset = _INSET[node.layer == 0]
        lines, below = self._written(node)
        css = "note interested" if node.interested else "note"
        if self.close:
            parts = [label(x + inset, node.y + 4.5, lines[0], css=f"name {node.kind}")]
        else:
            first = node.y - 8.5 * (len(lines) + len(below) - 1) + 4.5
            parts = [label(x + inset, first + 17 * place, said, css=f"name {node.kind}") for place, said in enumerate(lines)]
            parts += [label(x + inset, first + 17 * (place + len(lines)), said, css=css) for place, said in enumerate(below)]
        parts.append(dot(x + 2, node.y, _RADIUS.get(node.kind, 4.0), css=f"dot {node.kind}"))
        said = safe(_title(node) + (f", {told(node.detail)}" if node.detail else "") + (f". {told('Unfold')}" if node.fold else ""))
        title = "" if self.close and lines == [node.title] and not node.fold else f"<title>{said}</title>"
        body = f"{title}{''.join(parts)}"
        link = self._node_link(node)
        return f'<a class="node{" fold" if node.fold else ""}" data-n="{node.code}" href="{link}">{body}</a>'

    def _node_link(self, node: Node) -> str:
        if node.fold:
            opened = [*self.looked.opened, node.fold]
            return self._link(opened=opened, edge=self.looked.edge, line=self.looked.line, to="picture")
        if node.document:
            return f"/documents/{safe(node.document)}"
        if node.group >= 0:
            return f"/facts/{safe(self.view.fact)}?origin={node.group}#passages"
        return self._link(line=(node.code,))

    def _end_of_words(self, node: Node, x: float) -> float:
        lines, below = self._written(node)
        said = [text_width(line, _SIZE) for line in lines]
        said += [] if self.close else [text_width(line, _SIZE - 2) for line in below]
        return x + _INSET[node.layer == 0] + max(said, default=0.0) + 10

    def _written(self, node: Node) -> tuple[list[str], list[str]]:
        """The lines of a node's name, and of what stands below it."""
        room = (_DOCUMENT if node.layer == 0 else _ORIGIN if node.layer == self.graph.layers - 1 else _VOICE) - _INSET[node.layer == 0] - 6
        if self.close:
            beside = f"{node.title}, {node.detail}" if node.fold and node.detail else node.title
            return [_middle(beside, room)], []
        lines = wrap(_title(node), room, _SIZE, lines=2)
        return lines, wrap(told(node.detail), room, _SIZE - 2, lines=2 if len(lines) == 1 else 1)


def _title(node: Node) -> str:
    """A node's name. A document's title is its own; what several are called together is the program's word."""
    return node.title if node.document else told(node.title)


def _middle(text: str, room: float) -> str:
    """A name that fits; of a long one the beginning and the end, in which names of one kind differ."""
    text = " ".join(text.split())
    if text_width(text, _SIZE) <= room:
        return text
    tail = ""
    for letter in reversed(text):
        if text_width(letter + tail, _SIZE) > room * 0.45:
            break
        tail = letter + tail
    tail = tail.lstrip()
    return fit(text, room - text_width(tail, _SIZE) - 1, _SIZE) + tail


_RADIUS = {"origin": 6.5, "possible": 6.0, "unknown": 6.0, "papers": 5.0, "voices": 5.0}
__all__ = ["ALL", "TOP", "Looked", "address", "description", "lineage_picture"]
