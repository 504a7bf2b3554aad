"""What was known on a given day, and what has changed since, with reasons (METHOD C6).

In:  a reader, a day.
Out: each fact as the documents published by that day had it, with its origins counted from them alone; what came later, by reason code.
Never: guesses when a document without a date was published: it is left out, and counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from armslength.base.errors import InputError
from armslength.lineage.cast import Cast
from armslength.lineage.judged import judged
from armslength.lineage.publishers import groups_for
from armslength.lineage.run import trace
from armslength.model.claims import Claim
from armslength.model.decisions import Judgement
from armslength.model.edtf import bounds, is_valid
from armslength.model.evidence import Document
from armslength.model.facts import Fact, LineageEdge, Origins, Relation
from armslength.model.things import Entity
from armslength.store.read import Reader

REASONS = {
    "new": "not known then",
    "superseded": "a later count has taken its place",
    "contradicted": "another body gives a number that cannot also be right",
    "denied": "it has been denied since",
    "more_origins": "more independent origins are shown",
    "fewer_origins": "fewer independent origins are shown: what seemed apart hangs together",
    "more_passages": "more passages say it",
}
"""Codes of what changed, with what they mean."""
_RELATIONS = {"supersedes": "superseded", "contradicts": "contradicted", "denies": "denied"}

Count = tuple[int, int, int]
"""(min, max, unknown)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactThen:
    """A fact on a day, and since."""

    fact: str
    label: str
    passages: int
    """By that day; 0 for a fact that was not known."""
    then: Count | None
    passages_now: int
    now: Count
    changed: tuple[str, ...]
    """Reason codes of `REASONS`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AsOf:
    """What was known on a day."""

    day: str
    documents: int
    later: int
    undated: int
    """Documents without a date of publication: in neither picture of that day."""
    facts: tuple[FactThen, ...]


def as_of(reader: Reader, day: str) -> AsOf:
    """The facts of a case as of the end of a day (`2022-10-31`; a month or year means its last day). Raises InputError for another text."""
    last = bounds(day)[1] if is_valid(day) else None
    if last is None:
        raise InputError(f"{day!r} is no day. Write it as 2022-10-31; 2022-10 or 2022 mean their last day.")
    hidden, reader = reader.hidden, reader.exact()
    documents = reader.all(Document)
    dated = {row.id: bound for row in documents if (bound := published_by(row)) is not None}
    known = {doc for doc, bound in dated.items() if bound <= last}
    facts, claims = reader.all(Fact), reader.all(Claim)
    then = _facts_then(facts, {claim.id for claim in claims if claim.doc in known}, {claim.id: claim.doc for claim in claims})
    counted = _count(reader, then, [claim for claim in claims if claim.doc in known], [row for row in documents if row.id in known])
    now = {row.id: (row.min, row.max, row.unknown) for row in reader.all(Origins)}
    relations = [row for row in reader.all(Relation) if row.type in _RELATIONS]
    rows = (_row(fact, then.get(fact.id), counted, now.get(fact.id, (0, 0, 0)), relations, then) for fact in facts)
    return hidden(
        AsOf(
            day=last.isoformat(),
            documents=len(known),
            later=len(dated) - len(known),
            undated=len(documents) - len(dated),
            facts=tuple(sorted(rows, key=lambda row: (row.then is None, -row.passages, row.fact))),
        )
    )


def published_by(document: Document) -> date | None:
    """The last day on which a document can have been published; None where that is not known."""
    return bounds(document.published)[1] if document.published and is_valid(document.published) else None


def _facts_then(facts: Iterable[Fact], known: set[str], documents: Mapping[str, str]) -> dict[str, Fact]:
    """Facts with only the claims that were there."""
    found = {}
    for fact in facts:
        mine = tuple(claim for claim in fact.claims if claim in known)
        if mine:
            found[fact.id] = replace(fact, claims=mine, documents=tuple(sorted({documents[claim] for claim in mine})))
    return found


def _count(reader: Reader, facts: Mapping[str, Fact], claims: Sequence[Claim], documents: Sequence[Document]) -> dict[str, Count]:
    """Origins as the documents of that day give them; people's judgements about edges hold for them too."""
    between = [row for row in reader.all(LineageEdge, level="document") if {row.from_id, row.to_id} <= {doc.id for doc in documents}]
    cast = Cast(entities=reader.all(Entity), documents=documents, groups=groups_for(reader.case.folder))
    _, origins = trace(list(facts.values()), claims, cast, between, people=judged(reader.all(Judgement)))
    return {row.id: (row.min, row.max, row.unknown) for row in origins}


def _row(
    fact: Fact, then: Fact | None, counted: Mapping[str, Count], now: Count, relations: Sequence[Relation], known: Mapping[str, Fact]
) -> FactThen:
    before = counted.get(fact.id)
    passages = len(then.claims) if then else 0
    changed = ["new"] if then is None else []
    for row in relations:
        target, other = (row.other, row.fact) if row.type != "contradicts" or row.other == fact.id else (row.fact, row.other)
        if before is not None and target == fact.id and other not in known:
            changed.append(_RELATIONS[row.type])
    if before is not None:
        changed += ["more_origins"] if now[0] > before[0] else ["fewer_origins"] if now[0] < before[0] or now[1] < before[1] else []
        changed += ["more_passages"] if len(fact.claims) > passages else []
    return FactThen(
        fact=fact.id,
        label=fact.label,
        passages=passages,
        then=before,
        passages_now=len(fact.claims),
        now=now,
        changed=tuple(dict.fromkeys(changed)),
    )
