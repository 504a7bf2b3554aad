"""Items of the queue that people's own work leaves: conflicts, findings that wait, judgements without a target, what is due.

In:  a reading of a case.
Out: items.
Never: an item about a person: what is due to persons stands in the ledgers, and the page says only how much that is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from armslength.base.ids import digest
from armslength.lineage.judged import STATES
from armslength.model.decisions import Judgement, conflicts, level_of, told
from armslength.model.edtf import bounds
from armslength.model.facts import Fact, LineageEdge
from armslength.model.ledger import ENTRIES, Ledger, Reply, Request, Retention
from armslength.model.outcome import Rejected
from armslength.model.queue import COUNTS, FIRST, LATER, Item
from armslength.model.things import Entity
from armslength.model.verdicts import LEVELS
from armslength.pipeline.findings import fact_now
from armslength.pipeline.ledgers import ledger_of
from armslength.store.read import Reader

_FAR = "9999-12-31"
OF_A_PERSON = "Something that is owed to a person is due; `armslength due` says what. Nothing about persons is decided from here."
_STAGES = ("resolve", "lineage", "review")
"""Stages that list judgements which have nothing to apply to."""


def people_items(reader: Reader) -> list[Item]:
    """All of them."""
    now = ledger_of(reader)
    return [*_conflicts(reader), *_findings(reader, now), *_lost(reader), *_due(reader, now)]


def _conflicts(reader: Reader) -> Iterator[Item]:
    for rows in conflicts(reader.all(Judgement)):
        if any(row.decision in ENTRIES for row in rows):
            continue  # of persons, or of what is owed to somebody: `armslength list conflicts` has them
        target = rows[0].target
        edge = reader.get(LineageEdge, target) if rows[0].decision in STATES and level_of(rows[0]) == "edge" else None
        level = "edge" if edge else level_of(rows[0])
        facts = tuple(sorted(_facts_of(reader, target, edge))[:20])
        who = " and ".join(sorted({row.who for row in rows}))
        yield Item(
            id=digest("queue", "conflict", target),
            kind="conflict",
            target=target,
            level=level if level in {"edge", *LEVELS} else "",
            facts=facts,
            touched=len(facts),
            tier=FIRST if edge else COUNTS,
            weight=10.0 + len(facts),
            doubt=1.0,
            says=f"{who} decided differently about one {level}. Neither holds until somebody decides again; then it does.",
            because="Two judgements that were made apart stand side by side and do not agree.",
        )


def _facts_of(reader: Reader, target: str, edge: LineageEdge | None) -> set[str]:
    ends = [edge.from_id, edge.to_id] if edge else [target]
    found = {fact for facts in reader.facts_of(ends).values() for fact in facts}
    return found | {row.id for row in reader.all(Fact, id=[target])}


def _findings(reader: Reader, now: Ledger) -> Iterator[Item]:
    return (finding_item(reader, row) for row in now.proposed)


def finding_item(reader: Reader, row: Judgement) -> Item:
    """A finding that waits for a second person."""
    fact = fact_now(reader, row)
    return Item(
        id=digest("queue", "finding", row.id),
        kind="finding",
        target=row.id,
        level="",
        facts=(fact,) if fact else (),
        touched=1 if fact else 0,
        tier=COUNTS,
        weight=5.0,
        doubt=1.0,
        says="If you agree, this is a finding of two people; until a second agrees, it is none and is published nowhere.",
        because=f"{row.who} proposed it on {row.when[:10]} under the standard {told(row)['standard']}; a second person is needed.",
    )


def _lost(reader: Reader) -> Iterator[Item]:
    for row in reader.all(Rejected, stage=list(_STAGES), doc=""):
        yield Item(
            id=digest("queue", "lost", row.id),
            kind="lost",
            target="",
            level="",
            facts=(),
            touched=0,
            tier=LATER,
            weight=1.0,
            doubt=0.5,
            says="If what you judged still stands somewhere, judge it there again; until then the judgement changes nothing.",
            because=row.reason,
        )


def _due(reader: Reader, now: Ledger) -> Iterator[Item]:
    """Of what is owed to a person only that it is due: whom it is about stands in the ledgers."""
    rows = now.due(_FAR)
    persons = _persons(reader, [row.target for row in rows])
    for row in rows:
        day, says = _clock(row)
        person = row.target in persons
        yield Item(
            id=digest("queue", "due", row.judgement),
            kind="due",
            target="",
            level="",
            facts=(row.target,) if not person and reader.count(Fact, id=row.target) else (),
            touched=1,
            tier=COUNTS,
            weight=_sooner(day),
            doubt=1.0,
            says=OF_A_PERSON if person else says,
            because=f"It is due on {day}.",
            date=day,
        )


def _persons(reader: Reader, targets: Sequence[str]) -> set[str]:
    return {row.id for row in reader.all(Entity, id=sorted(set(targets))) if row.kind == "person"}


def _clock(row: Request | Reply | Retention) -> tuple[str, str]:
    match row:
        case Request():
            return row.deadline, f"Somebody asked to {row.kind} this; until it is decided, the request stands open."
        case Reply():
            return (
                row.deadline,
                "An answer was asked for and has not come; when the day has passed, that none came is written beside the fact.",
            )
    return row.until, f"Its time is over then: {row.action}. Nothing is shredded by itself."


def _sooner(day: str) -> float:
    """A weight that is the greater the sooner a day is."""
    last = bounds(day)[1]
    return 90_000.0 - ((last or date.max).toordinal() - date(2000, 1, 1).toordinal()) / 100
