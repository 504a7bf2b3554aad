"""What was not used, and why: nothing is lost silently.

In:  the rejected rows of a case.
Out: groups of them by stage and reason, the largest first.
Never: leaves one out.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from armslength.model.catalogue import Reason
from armslength.model.evidence import Document
from armslength.model.outcome import Rejected
from armslength.pipeline.views.passages import DocumentRef, document_ref, elided
from armslength.store.read import Reader

FIRST, SHOWN = 5, 100
"""Units shown of each reason, and of one that is asked for."""
GROUPS = 40
"""Reasons on one page."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedGroup:
    """Units refused by one stage for one reason, and the first of them."""

    id: str
    stage: str
    reason: str
    total: int
    items: tuple[RejectedItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedView:
    """What was not used: all reasons with the first units of each, or one reason and a page of its units."""

    total: int
    stages: tuple[tuple[str, tuple[RefusedGroup, ...]], ...]
    """Title of a stage and its reasons, the most frequent first."""
    reason: str
    """Id of the reason asked for, or empty."""
    page: int
    pages: int
    listed: bool
    """False where the catalogue of this case was never made."""


def refused_view(reader: Reader, *, reason: str = "", page: int = 1) -> RefusedView | None:
    """What was not used; None for a reason or a page that there is not."""
    kept = reader.catalogue
    reasons = kept.reasons()
    asked = [row for row in reasons if row.id == reason]
    pages = max(1, -(-asked[0].n // SHOWN)) if asked else max(1, -(-len(reasons) // GROUPS))
    if bool(reason) != bool(asked) or not 1 <= page <= pages:
        return None
    if asked:
        groups = [_group(reader, asked[0], limit=SHOWN, offset=(page - 1) * SHOWN)]
    else:
        groups = [_group(reader, row, limit=FIRST) for row in reasons[(page - 1) * GROUPS : page * GROUPS]]
    order = list(_STAGES)
    found = sorted({row.stage for row in groups}, key=lambda stage: (order.index(stage) if stage in order else len(order), stage))
    return RefusedView(
        total=sum(row.n for row in reasons),
        stages=tuple((_title(stage), tuple(row for row in groups if row.stage == stage)) for stage in found),
        reason=reason,
        page=page,
        pages=pages,
        listed=kept.made(),
    )


def _group(reader: Reader, row: Reason, *, limit: int, offset: int = 0) -> RefusedGroup:
    ids = reader.catalogue.refused(row.id, limit=limit, offset=offset)
    found = {one.id: one for one in reader.all(Rejected, id=ids)}
    documents = {one.id: one for one in reader.all(Document, id=sorted({one.doc for one in found.values() if one.doc}))}
    items = tuple(_item(found[one], documents.get(found[one].doc)) for one in ids if one in found)
    return RefusedGroup(id=row.id, stage=row.stage, reason=reader.hidden(row).reason, total=row.n, items=items)


def _title(stage: str) -> str:
    return _STAGES.get(stage, f"Not used by the stage “{stage}”")


def _stage(stage: str, reasons: dict[str, list[RejectedItem]]) -> RejectedStage:
    groups = [
        RejectedGroup(stage=stage, reason=reason, items=tuple(sorted(items, key=lambda item: (item.file, item.start or 0, item.id))))
        for reason, items in reasons.items()
    ]
    return RejectedStage(
        stage=stage,
        title=_title(stage),
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
