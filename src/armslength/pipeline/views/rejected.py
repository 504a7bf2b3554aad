"""What was not used, and why: nothing is lost silently.

In:  the rejected rows of a case.
Out: groups of them by stage and reason, the largest first.
Never: leaves one out.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from armslength.model.evidence import Document
from armslength.model.outcome import Rejected
from armslength.pipeline.views.passages import DocumentRef, document_ref, elided
from armslength.store.read import Reader

_STAGES = {
    "ingest": "Files that could not be read",
    "extract": "Passages and documents that gave no claim",
    "resolve": "Claims that could not be placed",
    "lineage": "Links between texts that could not be used",
    "review": "Judgements that have nothing to apply to any more",
    "analyse": "Rows that could not be counted",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedItem:
    """One rejected unit."""

    id: str
    file: str
    document: DocumentRef | None
    start: int | None
    end: int | None
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedGroup:
    """Units rejected by one stage for one reason."""

    stage: str
    reason: str
    items: tuple[RejectedItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedStage:
    """Everything one stage could not use."""

    stage: str
    title: str
    total: int
    groups: tuple[RejectedGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedView:
    """Everything that was not used."""

    total: int
    stages: tuple[RejectedStage, ...]


def rejected_view(reader: Reader) -> RejectedView:
    """Everything that was not used, by stage and reason."""
    rows = reader.all(Rejected)
    documents = {row.id: row for row in reader.all(Document, id=sorted({row.doc for row in rows if row.doc}))} if rows else {}
    by_stage: dict[str, dict[str, list[RejectedItem]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        by_stage[row.stage][row.reason].append(_item(row, documents.get(row.doc)))
    order = list(_STAGES)
    stages = sorted(by_stage, key=lambda stage: (order.index(stage) if stage in order else len(order), stage))
    return RejectedView(total=len(rows), stages=tuple(_stage(stage, by_stage[stage]) for stage in stages))


def _stage(stage: str, reasons: dict[str, list[RejectedItem]]) -> RejectedStage:
    groups = [
        RejectedGroup(stage=stage, reason=reason, items=tuple(sorted(items, key=lambda item: (item.file, item.start or 0, item.id))))
        for reason, items in reasons.items()
    ]
    return RejectedStage(
        stage=stage,
        title=_STAGES.get(stage, f"Not used by the stage “{stage}”"),
        total=sum(len(items) for items in reasons.values()),
        groups=tuple(sorted(groups, key=lambda group: (-len(group.items), group.reason))),
    )


def _item(row: Rejected, document: Document | None) -> RejectedItem:
    quote = ""
    if document is not None and row.start is not None and row.end is not None:
        quote = elided(document.text[row.start : row.end])
    return RejectedItem(
        id=row.id,
        file=document.first.file if document else row.doc,
        document=document_ref(document) if document else None,
        start=row.start,
        end=row.end,
        quote=quote,
    )
