"""Who told whom, of one fact: the way of each passage from its document through voices to an origin, and what ties passages together.

In:  a reading of a case and a fact's id.
Out: `LineageView`, for the picture and for the panel that an edge opens.
Never: leads a passage whose chain is not known to an origin; shows a person by another name than the pseudonym.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from armslength.base.ids import digest
from armslength.model.claims import Claim
from armslength.model.evidence import Document
from armslength.model.facts import Fact, LineageEdge, OriginGroup, Origins
from armslength.pipeline.snapshots import Snapshot, as_logged
from armslength.pipeline.views import words
from armslength.pipeline.views.cited import cited, refs_of
from armslength.pipeline.views.lines import unknown_groups
from armslength.pipeline.views.names import Names, names_for, voices
from armslength.pipeline.views.passages import DocumentRef
from armslength.store.read import Reader

_NAMED = 6
"""Documents named behind an origin; the others are counted."""
_KEPT = 32
"""Facts of which what stands behind them is kept in memory: 5 kB a passage, so 2 MB of one with 400."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupView:
    """The passages that go back to one origin."""

    number: int
    label: str
    interested: bool
    primary_seen: bool
    passages: tuple[int, ...]
    """Numbers of passages of this fact."""
    documents: tuple[DocumentRef, ...]
    """The first few of the documents."""
    in_documents: int
    """How many documents they stand in."""
    established: bool
    """Shown to be independent of the other groups; else it only may be."""
    known: bool
    """Whether anybody in it says whom the information comes from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strand:
    """The way of one passage: its document, the voices it goes through, the origin it is counted under."""

    number: int
    """Of the passage, counted within the fact."""
    claim: str
    document: str
    voices: tuple[str, ...]
    """Names, from the page inwards, without the page's own."""
    origin: int
    """Number of the group it is counted under; 0 where the origin is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceRef:
    """A voice that passages go through."""

    name: str
    kind: str
    """In words."""
    interested: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """An edge: why two documents, or two passages, are not independent."""

    id: str
    kind: str
    """In words."""
    level: str
    """`document` or `claim`."""
    documents: tuple[str, str]
    passages: tuple[int, ...]
    """Numbers of the two passages; empty for two documents."""
    state: str
    """`machine`, `confirmed` or `disputed`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineageView:
    """The lineage of one fact."""

    fact: str
    label: str
    articles: str
    """In words: `5 articles from 4 publishers`."""
    origins: str
    """In words: `1 to 3 origins`."""
    strands: tuple[Strand, ...]
    documents: tuple[DocumentRef, ...]
    voices: tuple[VoiceRef, ...]
    groups: tuple[GroupView, ...]
    ties: tuple[Tie, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The rows behind a fact, as stored: for ordering and counting. What is shown of them is masked first."""

    reader: Reader
    """A masked one."""
    fact: Fact
    claims: tuple[Claim, ...]
    """In the order in which passages are numbered."""
    documents: Mapping[str, Document]
    """Without their texts."""
    origins: Origins | None
    edges: tuple[LineageEdge, ...]
    """Between two of these passages, or two of their documents."""
    numbers: Mapping[str, int]
    """Claim to the number of its passage."""
    shown: Mapping[str, DocumentRef]
    """Documents as they are cited, masked."""
    names: Names
    """Of every voice and party of these passages, but for the pages' own voices: a picture has their documents."""

    def refs(self, docs: Iterable[str]) -> tuple[DocumentRef, ...]:
        """Documents as they are cited, masked."""
        return tuple(self.shown[doc] for doc in dict.fromkeys(docs) if doc in self.shown)


def rows_of(reader: Reader, fact: Fact) -> Rows:
    """Read what stands behind a fact: passages in the order of their documents' dates, then of the text."""
    stored = _stored(as_logged(reader.exact()), fact.claims)
    documents = cited(reader, {claim.doc for claim in stored.claims})
    ordered = in_order(stored.claims, {doc: row.published or "" for doc, row in documents.items()})
    return Rows(
        reader=reader,
        fact=fact,
        claims=ordered,
        documents=documents,
        origins=reader.get(Origins, fact.id),
        edges=stored.edges,
        numbers={claim.id: number for number, claim in enumerate(ordered, start=1)},
        shown=refs_of(reader, documents),
        names=stored.names.hidden(reader),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stored:
    """Passages with what ties them and who speaks in them, as they are stored."""

    claims: tuple[Claim, ...]
    edges: tuple[LineageEdge, ...]
    names: Names


@lru_cache(maxsize=_KEPT)
def _stored(moment: Snapshot, claims: tuple[str, ...]) -> _Stored:
    """What stages made of some passages: every write of a stage is in the log. Whoever looks at a fact looks at its lineage next.

    Not the documents: how they are cited is read from the catalogue, which is made anew without an entry of the log.
    """
    rows = moment.reader.all(Claim, id=claims)
    return _Stored(claims=tuple(rows), edges=tuple(edges_among(moment.reader, rows)), names=names_for(moment.reader, rows, pages=False))


def in_order(claims: Iterable[Claim], published: Mapping[str, str]) -> tuple[Claim, ...]:
    """Claims by the dates of their documents, then by place."""
    return tuple(sorted(claims, key=lambda claim: (published.get(claim.doc) or "9999", claim.doc, claim.start, claim.end, claim.id)))


def lineage_view(rows: Rows, *, articles: str, origins: str) -> LineageView:
    """The lineage of a fact, from its rows."""
    groups = groups_of(rows)
    origin = {number: group.number for group in groups for number in group.passages}
    label = {group.number: group.label for group in groups}
    strands: list[Strand] = []
    found: dict[str, VoiceRef] = {}
    known: dict[VoiceRef, VoiceRef] = {}
    for number, claim in enumerate(rows.claims, start=1):
        chain = [_masked(voice, known, rows.reader) for voice in _voices(claim, rows.names)]
        found |= {voice.name: voice for voice in chain}
        end = origin.get(number, 0)
        through = dict.fromkeys(voice.name for voice in chain if voice.name != label.get(end))
        strands.append(Strand(number=number, claim=claim.id, document=claim.doc, voices=tuple(through), origin=end))
    return LineageView(
        fact=rows.fact.id,
        label=rows.fact.label,
        articles=articles,
        origins=origins,
        strands=tuple(strands),
        documents=rows.refs(claim.doc for claim in rows.claims),
        voices=tuple(found.values()),
        groups=groups,
        ties=ties_of(rows),
    )


def _voices(claim: Claim, names: Names) -> Iterator[VoiceRef]:
    """The voices of a claim by name, but for the page's own; the document's words for them are shown with the passage and not here."""
    for voice in voices(claim.attribution, text="", names=names, publisher=None):
        if not voice.page:
            yield VoiceRef(name=voice.name, kind=voice.kind, interested=voice.interested)


def _masked(voice: VoiceRef, known: dict[VoiceRef, VoiceRef], reader: Reader) -> VoiceRef:
    """A voice as it is shown: of one fact, hundreds of passages go through the same few."""
    if voice not in known:
        known[voice] = reader.hidden(voice)
    return known[voice]


def groups_of(rows: Rows) -> tuple[GroupView, ...]:
    """The groups of passages that go back to one origin each, those shown to be independent first."""
    origins = rows.origins
    unknown = unknown_groups(origins) if origins else frozenset()
    homes = {claim.id: claim.doc for claim in rows.claims}
    return tuple(
        _group(rows, group, number=place + 1, established=place < origins.min, known=place not in unknown, homes=homes)
        for place, group in enumerate(origins.groups if origins else ())
        if origins
    )


def _group(rows: Rows, group: OriginGroup, *, number: int, established: bool, known: bool, homes: Mapping[str, str]) -> GroupView:
    mine = sorted((rows.numbers[claim], claim) for claim in group.claims if claim in rows.numbers)
    docs = list(dict.fromkeys(homes[claim] for _, claim in mine))
    return GroupView(
        number=number,
        label=group.label,
        interested=group.interested,
        primary_seen=group.primary_seen,
        passages=tuple(place for place, _ in mine),
        documents=rows.refs(docs[:_NAMED]),
        in_documents=len(docs),
        established=established,
        known=known,
    )


def edges_among(reader: Reader, claims: Collection[Claim]) -> list[LineageEdge]:
    """Edges between two of these claims, or between two of their documents."""
    ends = {claim.id for claim in claims} | {claim.doc for claim in claims}
    return [edge for edge in reader.all(LineageEdge, from_id=sorted(ends)) if edge.to_id in ends]


def ties_of(rows: Rows) -> tuple[Tie, ...]:
    """The edges of a fact, as they are drawn: nothing of their evidence is read into words."""
    numbers = rows.numbers
    owner = {claim.id: claim.doc for claim in rows.claims}
    return tuple(
        Tie(
            id=edge.id,
            kind=words.edge(edge.kind),
            level=edge.level,
            documents=(owner.get(edge.from_id, edge.from_id), owner.get(edge.to_id, edge.to_id)),
            passages=tuple(numbers[end] for end in (edge.from_id, edge.to_id) if end in numbers),
            state=edge.state,
        )
        for edge in rows.edges
    )


def numbering(rows: Rows) -> str:
    """A name for how the passages of a fact are numbered: forms that speak of numbers bring it along."""
    return digest("numbering", *(claim.id for claim in rows.claims))[:16]
