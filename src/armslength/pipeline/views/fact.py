"""One fact, whole: its value, who says it, how many independent origins that leaves and why, and what speaks against it.

In:  a reading of a case and a fact's id.
Out: `FactView`, the same for the page and the terminal.
Never: leaves a denial out, or shows it with less than the claim has (METHOD F3).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from armslength.analyse.summary import source_summary
from armslength.model.claims import Claim
from armslength.model.evidence import Document, Span
from armslength.model.facts import Fact, LineageEdge, OriginGroup, Origins, Relation
from armslength.model.fairness import fair
from armslength.pipeline.ledgers import ledger_of
from armslength.pipeline.views import words
from armslength.pipeline.views.lines import FactLine, fact_lines, unknown_groups
from armslength.pipeline.views.names import names_for
from armslength.pipeline.views.passages import DocumentRef, Passage, document_ref, elided, passage
from armslength.store.read import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupView:
    """The passages that go back to one origin."""

    number: int
    label: str
    interested: bool
    primary_seen: bool
    passages: tuple[int, ...]
    """Numbers of passages of this view."""
    documents: tuple[DocumentRef, ...]
    established: bool
    """Shown to be independent of the other groups; else it only may be."""
    known: bool
    """Whether anybody in it says whom the information comes from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceView:
    """Words on one side of an edge."""

    document: DocumentRef
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeView:
    """Why two documents or passages are not independent."""

    id: str
    kind: str
    level: str
    why: str
    state: str
    ends: tuple[str, str]
    """What is joined, in words: document titles or passage numbers."""
    documents: tuple[str, str]
    """Ids of the documents on both sides."""
    evidence: tuple[EvidenceView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedFact:
    """Another fact that bears on this one, with its passages."""

    line: FactLine
    type: str
    reason: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactView:
    """Everything that is known about one fact, and what is not."""

    line: FactLine
    summary: str
    """The generated source summary (METHOD C10)."""
    as_of_edtf: str
    state: str
    state_words: str
    why: tuple[str, ...]
    why_origins: tuple[str, ...]
    groups: tuple[GroupView, ...]
    unplaced: tuple[int, ...]
    """Numbers of passages that go back to no known origin."""
    passages: tuple[Passage, ...]
    edges: tuple[EdgeView, ...]
    denials: tuple[RelatedFact, ...]
    denies: tuple[RelatedFact, ...]
    superseded_by: tuple[RelatedFact, ...]
    supersedes: tuple[RelatedFact, ...]
    contradictions: tuple[RelatedFact, ...]
    refinements: tuple[RelatedFact, ...]
    """Facts that refine, are refined by, derive from, or are derived from this one."""
    fairness: tuple[str, ...]
    """What must stand beside it about those it accuses, in sentences: legal status, replies, corrections (METHOD F1 to F3)."""
    not_known: tuple[str, ...]
    """What is missing, in whole sentences."""

    @property
    def id(self) -> str:
        return self.line.id

    def origin_of(self, number: int) -> GroupView | None:
        """The group that a passage of this view is counted under."""
        return next((group for group in self.groups if number in group.passages), None)

    @property
    def documents(self) -> tuple[DocumentRef, ...]:
        """The documents it stands in, once each."""
        return tuple({found.document.id: found.document for found in self.passages}.values())


def fact_view(reader: Reader, fact_id: str) -> FactView | None:
    """Everything about one fact; None when the case has no such fact."""
    fact = reader.get(Fact, fact_id)
    if fact is None:
        return None
    claims = reader.all(Claim, id=list(fact.claims))
    documents = {row.id: row for row in reader.all(Document, id=sorted({claim.doc for claim in claims}))}
    origins = reader.get(Origins, fact_id)
    passages = passages_of(reader, claims, documents)
    numbers = {found.id: found.number for found in passages}
    edges = _edges(reader, claims, documents, numbers)
    groups = _groups(origins, passages)
    related = _related(reader, fact_id)
    placed = {number for group in groups for number in group.passages}
    denials = _of(related, "denied by")
    return FactView(
        line=fact_lines(reader, [fact])[0],
        summary=source_summary(reader, fact_id),
        as_of_edtf=fact.as_of,
        state=fact.state,
        state_words=words.state(fact.state),
        why=fact.why,
        why_origins=origins.why if origins else (),
        groups=groups,
        unplaced=tuple(number for number in numbers.values() if number not in placed),
        passages=passages,
        edges=edges,
        denials=denials,
        denies=_of(related, "denies"),
        superseded_by=_of(related, "superseded by"),
        supersedes=_of(related, "supersedes"),
        contradictions=_of(related, "contradicts", "contradicted by"),
        refinements=_of(related, "refines", "refined by", "derives from", "basis of"),
        fairness=fair(fact, {row.id: row for row in claims}, names_for(reader, claims).entities, ledger_of(reader)).sentences,
        not_known=not_known(fact, origins, groups, passages, denied=bool(denials)),
    )


def passages_of(reader: Reader, claims: Sequence[Claim], documents: Mapping[str, Document]) -> tuple[Passage, ...]:
    """Show claims in the order of their documents' dates, then of the text."""
    names = names_for(reader, claims)
    facts = reader.facts_of([claim.id for claim in claims])
    ordered = sorted(claims, key=lambda claim: (documents[claim.doc].published or "9999", claim.doc, claim.start, claim.end, claim.id))
    return tuple(
        passage(claim, documents[claim.doc], number=number, names=names, facts=facts.get(claim.id, []))
        for number, claim in enumerate(ordered, start=1)
    )


def _groups(origins: Origins | None, passages: Sequence[Passage]) -> tuple[GroupView, ...]:
    found = []
    unknown = unknown_groups(origins) if origins else frozenset()
    for place, group in enumerate(origins.groups if origins else ()):
        mine = [row for row in passages if row.id in group.claims]
        established = origins is not None and place < origins.min
        found.append(_group(group, mine, number=place + 1, established=established, known=place not in unknown))
    return tuple(found)


def _group(group: OriginGroup, passages: Sequence[Passage], *, number: int, established: bool, known: bool) -> GroupView:
    return GroupView(
        number=number,
        label=group.label,
        interested=group.interested,
        primary_seen=group.primary_seen,
        passages=tuple(row.number for row in passages),
        documents=tuple({row.document.id: row.document for row in passages}.values()),
        established=established,
        known=known,
    )


def _edges(reader: Reader, claims: Sequence[Claim], documents: Mapping[str, Document], numbers: Mapping[str, int]) -> tuple[EdgeView, ...]:
    """Edges between two of these claims, or two of these documents."""
    ends = sorted({claim.id for claim in claims} | documents.keys())
    kept = [edge for edge in reader.all(LineageEdge, from_id=ends) if edge.to_id in set(ends)]
    owner = {claim.id: claim.doc for claim in claims} | {doc: doc for doc in documents}
    elsewhere = sorted({span.doc for edge in kept for span in edge.evidence} - documents.keys())
    known = {**documents, **{row.id: row for row in reader.all(Document, id=elsewhere)}} if elsewhere else documents

    def end(row: str) -> str:
        return f"passage {numbers[row]}" if row in numbers else document_ref(documents[row]).title

    return tuple(
        EdgeView(
            id=edge.id,
            kind=words.edge(edge.kind),
            level=edge.level,
            why=edge.why,
            state=words.state(edge.state),
            ends=(end(edge.from_id), end(edge.to_id)),
            documents=(owner[edge.from_id], owner[edge.to_id]),
            evidence=_evidence(edge.evidence, known),
        )
        for edge in kept
    )


def _evidence(spans: Iterable[Span], documents: Mapping[str, Document]) -> tuple[EvidenceView, ...]:
    return tuple(
        EvidenceView(document=document_ref(documents[span.doc]), start=span.start, end=span.end, quote=elided(span.quote))
        for span in spans
        if span.doc in documents
    )


_FORWARD = {"supersedes": "supersedes", "contradicts": "contradicts", "refines": "refines", "derives": "derives from", "denies": "denies"}
_BACKWARD = {
    "supersedes": "superseded by",
    "contradicts": "contradicted by",
    "refines": "refined by",
    "derives": "basis of",
    "denies": "denied by",
}


def _related(reader: Reader, fact_id: str) -> tuple[RelatedFact, ...]:
    rows = [(row, row.other, _FORWARD) for row in reader.all(Relation, fact=fact_id)]
    rows += [(row, row.fact, _BACKWARD) for row in reader.all(Relation, other=fact_id)]
    others = {row.id: row for row in reader.all(Fact, id=sorted({other for _, other, _ in rows}))} if rows else {}
    lines = {line.id: line for line in fact_lines(reader, list(others.values()))}
    shown = {fact.id: _passages_of_fact(reader, fact) for fact in others.values()}
    return tuple(
        RelatedFact(line=lines[other], type=names.get(row.type, row.type), reason=row.reason, passages=shown[other])
        for row, other, names in rows
        if other in lines
    )


def _passages_of_fact(reader: Reader, fact: Fact) -> tuple[Passage, ...]:
    claims = reader.all(Claim, id=list(fact.claims))
    documents = {row.id: row for row in reader.all(Document, id=sorted({claim.doc for claim in claims}))}
    return passages_of(reader, claims, documents)


def _of(related: Iterable[RelatedFact], *types: str) -> tuple[RelatedFact, ...]:
    """Related facts of these types, once each."""
    return tuple({row.line.id: row for row in related if row.type in types}.values())


def not_known(
    fact: Fact, origins: Origins | None, groups: Sequence[GroupView], passages: Sequence[Passage], *, denied: bool
) -> tuple[str, ...]:
    """What a reader might take for granted and must not, in whole sentences."""
    found = []
    if origins and origins.max > origins.min and not fact.opinion:
        found.append(
            f"{words.plural(origins.min, 'origin')} can be shown to be independent. Up to {origins.max} are possible, but nothing in the "
            "documents shows that the others are separate."
        )
    if origins and origins.unknown:
        found.append(
            f"{words.plural(origins.unknown, 'passage')} {'does' if origins.unknown == 1 else 'do'} not say where the information "
            "comes from. An unknown chain counts as dependent and never raises the lower number of origins."
        )
    unseen = [group.label for group in groups if group.known and not group.primary_seen]
    if unseen:
        found.append(f"What {words.listed(unseen)} published is not among the documents. It is known only by what others say it says.")
    if fact.measure and not fact.as_of:
        found.append("No passage says for which date this number holds.")
    if any(voice.latent for row in passages for voice in row.chain):
        found.append("Some passages do not name their source themselves; it was named elsewhere in the same document.")
    found.append("No source of this fact has been verified: the checklist of source, content and technical checks is not done.")
    if not denied:
        found.append("No denial was found in the documents of this case. That does not mean nobody denies it.")
    return tuple(found)
