"""Facts that bear on a fact: what denies, contradicts, supersedes, refines it, each with its words.

In:  a reading of a case and a fact's id.
Out: `RelatedFact` rows by how they bear on it.
Never: leaves a denial out: where there are many, the page says how many more there are and where they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from armslength.model.claims import Claim
from armslength.model.evidence import Document
from armslength.model.facts import Fact, Relation
from armslength.pipeline.views.lineage import in_order
from armslength.pipeline.views.lines import FactLine
from armslength.pipeline.views.names import names_for
from armslength.pipeline.views.passages import Passage, passage
from armslength.pipeline.views.told import told_lines
from armslength.store.read import Reader

_FORWARD = {"supersedes": "supersedes", "contradicts": "contradicts", "refines": "refines", "derives": "derives from", "denies": "denies"}
_BACKWARD = {
    "supersedes": "superseded by",
    "contradicts": "contradicted by",
    "refines": "refined by",
    "derives": "basis of",
    "denies": "denied by",
}
SHOWN = 20
"""Related facts of one kind on a page; how many more there are is said."""
QUOTED, FEW = 3, 8
"""Passages of a related fact that are quoted, where related facts are few; one each where they are more. The others are on its own page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedFact:
    """Another fact that bears on this one, with some of its passages."""

    line: FactLine
    type: str
    reason: str
    passages: tuple[Passage, ...]
    left: int = 0
    """How many more passages it has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """All facts that bear on one, by how they do."""

    denials: tuple[RelatedFact, ...]
    denies: tuple[RelatedFact, ...]
    superseded_by: tuple[RelatedFact, ...]
    supersedes: tuple[RelatedFact, ...]
    contradictions: tuple[RelatedFact, ...]
    refinements: tuple[RelatedFact, ...]
    """Facts that refine, are refined by, derive from, or are derived from this one."""
    left: Mapping[str, int]
    """How many more there are, by the name of the list."""


_LISTS: Mapping[str, tuple[str, ...]] = {
    "denials": ("denied by",),
    "denies": ("denies",),
    "superseded_by": ("superseded by",),
    "supersedes": ("supersedes",),
    "contradictions": ("contradicts", "contradicted by"),
    "refinements": ("refines", "refined by", "derives from", "basis of"),
}


def related_to(reader: Reader, fact_id: str) -> Related:
    """The facts that bear on a fact."""
    exact = reader.exact()
    rows = [(row, row.other, _FORWARD) for row in exact.all(Relation, fact=fact_id)]
    rows += [(row, row.fact, _BACKWARD) for row in exact.all(Relation, other=fact_id)]
    kept: dict[str, dict[str, tuple[str, str]]] = {}
    for row, other, names in rows:
        type_ = names.get(row.type, row.type)
        name = next((name for name, types in _LISTS.items() if type_ in types), "")
        if name:
            kept.setdefault(name, {}).setdefault(other, (type_, row.reason))
    shown = {name: dict(list(found.items())[:SHOWN]) for name, found in kept.items()}
    made = _made(reader, sorted({other for found in shown.values() for other in found}))
    lists = {name: tuple(made[other](*how) for other, how in shown.get(name, {}).items() if other in made) for name in _LISTS}
    return Related(**lists, left={name: len(found) - SHOWN for name, found in kept.items() if len(found) > SHOWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Maker:
    """A related fact before it is said how it is related."""

    reader: Reader
    line: FactLine
    passages: tuple[Passage, ...]
    left: int

    def __call__(self, type_: str, reason: str) -> RelatedFact:
        made = RelatedFact(line=self.line, type=type_, reason=reason, passages=(), left=self.left)
        return RelatedFact(line=self.line, type=type_, reason=self.reader.hidden(made).reason, passages=self.passages, left=self.left)


def _made(reader: Reader, ids: Sequence[str]) -> dict[str, _Maker]:
    facts = reader.exact().all(Fact, id=list(ids)) if ids else []
    lines = told_lines(reader, [fact.id for fact in facts])
    quoted_each = QUOTED if len(facts) <= FEW else 1
    shown = _first_of_each(reader, facts, most=quoted_each)
    return {
        fact.id: _Maker(
            reader=reader,
            line=lines[fact.id],
            passages=shown[fact.id],
            left=max(0, len(fact.claims) - quoted_each),
        )
        for fact in facts
    }


def first_passages(reader: Reader, claims: Iterable[str], *, most: int) -> tuple[Passage, ...]:
    """The earliest passages among these claims."""
    ids = _earliest(reader, claims)[:most]
    return _quoted(reader, ids, {claim: place for place, claim in enumerate(ids, start=1)})


def _first_of_each(reader: Reader, facts: Sequence[Fact], *, most: int) -> dict[str, tuple[Passage, ...]]:
    """The earliest passages of each fact, counted from 1 in each."""
    ordered = {claim: place for place, claim in enumerate(_earliest(reader, {claim for fact in facts for claim in fact.claims}))}
    first = {fact.id: sorted((row for row in set(fact.claims) if row in ordered), key=ordered.__getitem__)[:most] for fact in facts}
    shown = {row.id: row for row in _quoted(reader, sorted({row for rows in first.values() for row in rows}), ordered)}
    return {fact: tuple(replace(shown[row], number=place) for place, row in enumerate(rows, start=1)) for fact, rows in first.items()}


def _earliest(reader: Reader, claims: Iterable[str]) -> list[str]:
    """Claims by the dates of their documents, then by place, as `in_order` has them; their rows are not read."""
    places = reader.places_of(claims)
    published = reader.published({doc for _, doc, _, _ in places})
    return [row for _, *_, row in sorted((published.get(doc, "9999"), doc, start, end, row) for row, doc, start, end in places)]


def quoted(reader: Reader, claims: Sequence[Claim], *, numbers: Mapping[str, int] | None = None) -> tuple[Passage, ...]:
    """Show claims in the order given, read again as the reading shows them. `numbers`: what they are counted as; else from 1."""
    counted = numbers or {claim.id: place for place, claim in enumerate(claims, start=1)}
    return _quoted(reader, [claim.id for claim in claims], counted)


def _quoted(reader: Reader, claims: Sequence[str], numbers: Mapping[str, int]) -> tuple[Passage, ...]:
    shown = {row.id: row for row in reader.all(Claim, id=claims)} if claims else {}
    documents = {row.id: row for row in reader.all(Document, id=sorted({row.doc for row in shown.values()}))} if shown else {}
    return _passages(reader, [shown[claim] for claim in claims], documents, numbers)


def passages_of(reader: Reader, claims: Sequence[Claim], documents: Mapping[str, Document]) -> tuple[Passage, ...]:
    """Show claims in the order of their documents' dates, then of the text."""
    ordered = in_order(claims, {doc: row.published or "" for doc, row in documents.items()})
    return _passages(reader, ordered, documents, {claim.id: place for place, claim in enumerate(ordered, start=1)})


def _passages(
    reader: Reader, claims: Sequence[Claim], documents: Mapping[str, Document], numbers: Mapping[str, int]
) -> tuple[Passage, ...]:
    names = names_for(reader, claims)
    facts = reader.facts_of([claim.id for claim in claims])
    return tuple(
        passage(claim, documents[claim.doc], number=numbers[claim.id], names=names, facts=facts.get(claim.id, [])) for claim in claims
    )
