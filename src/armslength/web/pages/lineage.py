"""Who told whom, of one fact: a picture that folds, and the evidence of what is chosen in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from armslength.base.language import say
from armslength.model.facts import Fact
from armslength.pipeline.judging import KINDS
from armslength.pipeline.views import words
from armslength.pipeline.views.edge import EdgeView, edge_view, edges_shown
from armslength.pipeline.views.lineage import LineageView, Rows, lineage_view, numbering, rows_of
from armslength.pipeline.views.lines import FactLine, fact_lines
from armslength.pipeline.views.passages import Passage
from armslength.pipeline.views.recount import RecountView, recount_view
from armslength.pipeline.views.related import quoted
from armslength.store.read import Reader
from armslength.web.lineage_graph import ALL, Graph, graph_of
from armslength.web.lineage_picture import SHORT, Looked
from armslength.web.page import Asked, Page
from armslength.web.retelling import told

SHOWN = 20
"""Edges in words on one page."""
_QUOTED = 8
"""Passages quoted of one line of the picture."""
_CODES = re.compile(r"(?:all|[0-9a-f]{8})(?:\.(?:all|[0-9a-f]{8}))*")
_EDGE = re.compile(rf"[0-9a-f]{{{SHORT},64}}")


@dataclass(frozen=True, slots=True, kw_only=True)
class WayView:
    """What is behind a line, a bow or a voice of the picture."""

    ends: tuple[str, ...]
    """Names of the nodes."""
    total: int
    """Passages that go this way."""
    passages: tuple[Passage, ...]
    edges: tuple[EdgeView, ...]
    edges_in_all: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LineagePage:
    """Context of the page."""

    title: str
    line: FactLine
    lineage: LineageView
    looked: Looked
    folds: int
    """Nodes that can be unfolded."""
    edge: EdgeView | None
    """The edge that is chosen."""
    way: WayView | None
    edges: tuple[EdgeView, ...]
    """Edges in words, a page at a time."""
    edges_in_all: int
    page: int
    pages: int
    recount: RecountView | None
    kinds: tuple[tuple[str, str, str], ...]
    """Kinds of edges that can be added: (code, in words, `claim` or `document`)."""
    counted: str
    """How the passages are numbered now."""


def context(reader: Reader, asked: Asked) -> LineagePage | None:
    """The lineage of a fact, with the folds of `?open=` open and the evidence of `?edge=` or `?line=` beside it."""
    fact = reader.get(Fact, asked.path["id"])
    looked = _looked(asked)
    if fact is None or looked is None:
        return None
    rows = rows_of(reader, fact)
    line = fact_lines(reader, [fact], claims=rows.claims)[0]
    lineage = lineage_view(rows, articles=line.articles, origins=line.origins)
    chosen = next((tie.id for tie in lineage.ties if looked.edge and tie.id.startswith(looked.edge)), "")
    page, pages = asked.number("page"), max(1, -(-len(lineage.ties) // SHOWN))
    if (looked.edge and not chosen) or not 1 <= page <= pages:
        return None
    graph = graph_of(lineage, opened=looked.opened)
    edges = sorted(rows.edges, key=lambda edge: (edge.state == "machine", edge.id))
    return LineagePage(
        title=say("Lineage: %(label)s") % {"label": told(line.label)},
        line=line,
        lineage=lineage,
        looked=looked,
        folds=graph.folds,
        edge=edge_view(rows, chosen) if chosen else None,
        way=_way(rows, graph, looked) if looked.line else None,
        edges=edges_shown(rows, edges[(page - 1) * SHOWN : page * SHOWN]),
        edges_in_all=len(edges),
        page=page,
        pages=pages,
        recount=recount_view(reader, fact, asked.query.get("was", "")),
        kinds=tuple((kind, words.edge(kind), level) for level, kinds in KINDS.items() for kind in kinds),
        counted=numbering(rows),
    )


def _looked(asked: Asked) -> Looked | None:
    """What is open and chosen; None for an address that means nothing."""
    opened, line, edge = (asked.query.get(name, "") for name in ("open", "line", "edge"))
    good = all(_CODES.fullmatch(codes) for codes in (opened, line) if codes) and (not edge or _EDGE.fullmatch(edge))
    if not good:
        return None
    codes = tuple(dict.fromkeys(opened.split("."))) if opened else ()
    return Looked(opened=(ALL,) if ALL in codes else codes, edge=edge, line=tuple(line.split(".")) if line else (), here=True)


def _way(rows: Rows, graph: Graph, looked: Looked) -> WayView | None:
    """The passages that go along a line, or through a voice; the edges of a bow."""
    nodes = {node.key: node for node in graph.nodes}
    wanted = set(looked.line)
    mine = [line for line in graph.lines if wanted <= {nodes[line.a].code, nodes[line.b].code}]
    bows = [bow for bow in graph.bows if wanted == {nodes[bow.a].code, nodes[bow.b].code}]
    numbers = sorted({number for line in mine for number in line.passages})
    ties = {tie.id for bow in bows for tie in bow.ties}
    if not numbers and not ties:
        return None
    named = [node.title for node in graph.nodes if node.code in wanted]
    edges = [edge for edge in rows.edges if edge.id in ties]
    return WayView(
        ends=tuple(named),
        total=len(numbers),
        passages=quoted(rows.reader, [rows.claims[number - 1] for number in numbers[:_QUOTED]], numbers=rows.numbers) if numbers else (),
        edges=edges_shown(rows, edges[:_QUOTED]),
        edges_in_all=len(edges),
    )


PAGE = Page(
    path="/facts/{id}/lineage",
    template="lineage.html",
    section="facts",
    context=context,
    queries={
        "open": "Folds that are open, by their codes, joined by full stops; `all` opens every one.",
        "edge": "First 12 signs of the id of an edge: shows its evidence.",
        "line": "Codes of the two ends of a line of the picture: shows what goes that way.",
        "page": "Page of the list of edges, from 1.",
        "was": "How the fact was counted before something was decided: least, most, unknown.",
    },
)
