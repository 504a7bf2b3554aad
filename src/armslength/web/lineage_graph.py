"""What the picture of a lineage shows: documents, voices and origins as nodes, folded as long as there are too many to read.

In:  a `LineageView`, and which folds are open.
Out: `Graph`: nodes by layer, lines from left to right, bows between documents that an edge ties.
Never: leads a passage whose chain is not known to an origin; folds an origin that is shown to be independent together with one that only
may be; names a node by anything but a digest, so that an address of the picture says nothing about anybody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from armslength.base.ids import digest
from armslength.pipeline.views.lineage import GroupView, LineageView, Tie
from armslength.pipeline.views.passages import DocumentRef
from armslength.pipeline.views.words import listed, plural

SINGLE = 12
"""Documents drawn one by one: twelve rows are about one screen."""
HEAPS = 24
"""Heaps of documents with one chain each; with more, documents are put together by origin alone."""
VOICES, ORIGINS = 24, 24
"""Voices, and origins, drawn one by one."""
ALL = "all"
"""Opens every fold."""
_CODE = 8
"""Signs of a node's code: one in four thousand million."""

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """Something drawn."""

    key: str
    kind: str
    """`document`, `papers`, `voice`, `voices`, `origin`, `possible` or `unknown`."""
    title: str
    detail: str
    layer: int
    y: float = 0.0
    document: str = ""
    """Id of the one document it stands for."""
    group: int = -1
    """Number of the one origin it stands for."""
    fold: str = ""
    """What opens it; empty for what is no fold."""
    interested: bool = False
    documents: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """What the node is called in addresses."""
        return code_of(self.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What leads from one node to the next, and the passages that go this way."""

    a: str
    b: str
    passages: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bow:
    """Edges between the documents of two nodes."""

    a: str
    b: str
    ties: tuple[Tie, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """What is drawn."""

    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    bows: tuple[Bow, ...]
    layers: int
    inner: Mapping[str, int]
    """Node to the number of edges among its own documents."""

    @property
    def folds(self) -> int:
        """How many nodes can be opened."""
        return sum(bool(node.fold) for node in self.nodes)


def code_of(key: str) -> str:
    """A node's code."""
    return digest("node", key)[:_CODE]


def graph_of(view: LineageView, *, opened: Collection[str] = frozenset()) -> Graph:
    """Documents, voices and origins of a fact, and what leads to what."""
    layer = _voice_layers(view)
    last = max(layer.values(), default=0) + 1
    nodes: dict[str, Node] = {}
    origin_of, voice_of, home = dict[int, str](), dict[str, str](), dict[str, str]()
    for number, node in _origin_nodes(view, last, frozenset(opened)):
        origin_of[number] = node.key
        nodes[node.key] = node
    for key, node in _voice_nodes(view, layer, origin_of, frozenset(opened)):
        voice_of[key] = node.key
        nodes[node.key] = node
    for node in _document_nodes(view, _paths(view, origin_of), frozenset(opened)):
        nodes[node.key] = node
        home |= dict.fromkeys(node.documents, node.key)
    steps: dict[tuple[str, str], list[int]] = defaultdict(list)
    for strand in view.strands:
        way = [home[strand.document], *(voice_of[name] for name in strand.voices), origin_of[strand.origin]]
        for pair in pairwise(dict.fromkeys(way)):
            steps[pair].append(strand.number)
    bows, inner = _bows(view.ties, home)
    return Graph(
        nodes=tuple(nodes.values()),
        lines=tuple(Line(a=a, b=b, passages=tuple(numbers)) for (a, b), numbers in sorted(steps.items())),
        bows=bows,
        layers=last + 1,
        inner=inner,
    )


def _paths(view: LineageView, origin_of: Mapping[int, str]) -> dict[str, tuple[Path, ...]]:
    """For each document the ways from it to origins, as these are drawn."""
    found: dict[str, set[Path]] = defaultdict(set)
    for strand in view.strands:
        found[strand.document].add((*strand.voices, origin_of[strand.origin]))
    return {document: tuple(sorted(paths)) for document, paths in found.items()}


def _document_nodes(view: LineageView, paths: Mapping[str, tuple[Path, ...]], opened: frozenset[str]) -> Iterable[Node]:
    if len(view.documents) <= SINGLE or ALL in opened:
        yield from map(_paper, view.documents)
        return
    heaps = _heaped(view.documents, paths)
    for key, papers in heaps.items():
        name = f"heap {digest(*key)}"
        if len(papers) == 1:
            yield _paper(papers[0])
        elif code_of(name) not in opened:
            yield _fold(name, papers)
        elif len(papers) <= SINGLE:
            yield from map(_paper, papers)
        else:
            yield from _by_publisher(name, papers, opened)


def _heaped(documents: Sequence[DocumentRef], paths: Mapping[str, tuple[Path, ...]]) -> dict[Path, list[DocumentRef]]:
    """Documents by equal ways; where these are many, by the origins they end at."""
    whole: dict[Path, list[DocumentRef]] = defaultdict(list)
    ends: dict[Path, list[DocumentRef]] = defaultdict(list)
    for document in documents:
        whole[tuple(" > ".join(path) for path in paths[document.id])].append(document)
        ends[tuple(sorted({path[-1] for path in paths[document.id]}))].append(document)
    return whole if len(whole) <= HEAPS else ends


def _by_publisher(name: str, papers: Sequence[DocumentRef], opened: frozenset[str]) -> Iterable[Node]:
    """An open heap: a fold a publisher, unless it has one document only, or is open too."""
    found: dict[str, list[DocumentRef]] = defaultdict(list)
    for paper in papers:
        found[paper.publisher].append(paper)
    for publisher, mine in found.items():
        key = f"{name} {digest(publisher)}"
        if len(mine) == 1 or code_of(key) in opened:
            yield from map(_paper, mine)
        else:
            yield _fold(key, mine)


def _paper(paper: DocumentRef) -> Node:
    detail = ", ".join(part for part in (paper.publisher, paper.published) if part) or paper.file
    return Node(
        key=f"document {paper.id}",
        kind="document",
        title=paper.title,
        detail=detail,
        layer=0,
        document=paper.id,
        documents=(paper.id,),
    )


def _fold(key: str, papers: Sequence[DocumentRef]) -> Node:
    names = list(dict.fromkeys(paper.publisher or paper.title for paper in papers))
    shown = [*names[:3], f"{len(names) - 3} more"] if len(names) > 3 else names
    return Node(
        key=key,
        kind="papers",
        title=plural(len(papers), "article"),
        detail=listed(shown),
        layer=0,
        fold=code_of(key),
        documents=tuple(paper.id for paper in papers),
    )


def _voice_layers(view: LineageView) -> dict[str, int]:
    """How deep each voice stands at most."""
    found: dict[str, int] = {}
    for strand in view.strands:
        for depth, name in enumerate(strand.voices, start=1):
            found[name] = max(depth, found.get(name, 0))
    return found


def _voice_nodes(
    view: LineageView, layer: Mapping[str, int], origin_of: Mapping[int, str], opened: frozenset[str]
) -> Iterable[tuple[str, Node]]:
    """(voice, the node it is drawn in)."""
    ends: dict[str, set[str]] = defaultdict(set)
    for strand in view.strands:
        for name in strand.voices:
            ends[name].add(origin_of[strand.origin])
    known = {voice.name: voice for voice in view.voices}
    together: dict[Path, list[str]] = defaultdict(list)
    for name in sorted(layer):
        together[(*sorted(ends[name]), str(layer[name]))].append(name)
    folding = len(layer) > VOICES and ALL not in opened
    for key, names in together.items():
        name = f"voices {digest(*key)}"
        if folding and len(names) > 1 and code_of(name) not in opened:
            shown = [*names[:2], f"{len(names) - 2} more"] if len(names) > 2 else names
            node = Node(
                key=name, kind="voices", title=plural(len(names), "voice"), detail=listed(shown), layer=layer[names[0]], fold=code_of(name)
            )
            yield from ((voice, node) for voice in names)
            continue
        for voice in names:
            row = known[voice]
            yield (
                voice,
                Node(key=f"voice {voice}", kind="voice", title=voice, detail=row.kind, layer=layer[voice], interested=row.interested),
            )


_FOLDED = {
    "origin": "{} further origins",
    "possible": "{} further ones, not shown to be separate",
    "unknown": "{} passages' origins are not known",
}


def _origin_nodes(view: LineageView, layer: int, opened: frozenset[str]) -> Iterable[tuple[int, Node]]:
    """(number of an origin, the node it is drawn in)."""
    apart = len(view.groups) <= ORIGINS or ALL in opened
    heaps: dict[str, list[GroupView]] = defaultdict(list)
    for group in view.groups:
        heaps[kind_of(group)].append(group)
    for kind, groups in heaps.items():
        key = f"origins {kind}"
        room = len(groups) if apart or code_of(key) in opened else (ORIGINS // 2 if kind == "origin" else ORIGINS // 4)
        shown = sorted(groups, key=lambda group: (-len(group.passages), group.number))[: room if len(groups) - room != 1 else room + 1]
        for group in groups:
            if group in shown:
                yield group.number, _origin_node(group, kind, layer)
        rest = [group for group in groups if group not in shown]
        node = Node(key=key, kind=kind, title=_FOLDED[kind].format(len(rest)), detail="", layer=layer, fold=code_of(key), group=0)
        yield from ((group.number, node) for group in rest)
    if any(not strand.origin for strand in view.strands):
        yield 0, Node(key="unknown", kind="unknown", title="Origin not known", detail="never counted", layer=layer, group=0)


def kind_of(group: GroupView) -> str:
    """How an origin is drawn: `origin` is shown to be independent, `possible` may be, of `unknown` nobody says which it is."""
    return "origin" if group.established else "possible" if group.known else "unknown"


def _origin_node(group: GroupView, kind: str, layer: int) -> Node:
    notes = ["interested party"] if group.interested else []
    notes += ["primary not seen"] if group.known and not group.primary_seen else []
    notes += [] if group.established else ["not shown to be separate" if group.known else "not counted as shown"]
    return Node(
        key=f"origin {group.number}",
        kind=kind,
        title=group.label,
        detail=", ".join(notes),
        layer=layer,
        group=group.number,
        interested=group.interested,
    )


def _bows(ties: Iterable[Tie], home: Mapping[str, str]) -> tuple[tuple[Bow, ...], dict[str, int]]:
    """Edges by the nodes they tie, and how many lie within one."""
    found: dict[tuple[str, str], list[Tie]] = defaultdict(list)
    inner: dict[str, int] = defaultdict(int)
    for tie in ties:
        a, b = sorted((home.get(tie.documents[0], ""), home.get(tie.documents[1], "")))
        if a == b:
            inner[a] += 1
        elif a:
            found[a, b].append(tie)
    return tuple(Bow(a=a, b=b, ties=tuple(rows)) for (a, b), rows in sorted(found.items())), dict(inner)
