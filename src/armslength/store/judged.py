"""Looking for judgements: all of them, and by what no column repeats, those that say a certain thing and what somebody decided last.

In:  a reading of a case.
Out: rows.
Never: reads a judgement twice where all are asked for.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection
from threading import Lock

from sqlalchemy import Connection, or_, select

from armslength.model.codec import from_json
from armslength.model.decisions import Judgement
from armslength.store.schema import JUDGEMENTS, LOG

MADE = "judgement.made"
"""The event of the log that a judgement is kept under."""
_VOID = '"decision":"void"'
"""As canonical JSON writes it: inside a text its quotation marks would be escaped."""


_CASES = 4
"""Cases whose judgements are kept in memory."""
_CHUNK = 500
"""Values handed to one IN."""
_KEPT: OrderedDict[str, dict[str, Judgement]] = OrderedDict()
"""For each case its judgements by hash."""
_LOCK = Lock()


def every(connection: Connection, case: str) -> list[Judgement]:
    """All judgements of a case, sorted by id. They are never changed, so of one that was read before only its hash is looked at again."""
    there = connection.execute(select(JUDGEMENTS.c.id, JUDGEMENTS.c.hash).order_by(JUDGEMENTS.c.id)).all()
    with _LOCK:
        known = _KEPT.setdefault(case, {})
        _KEPT.move_to_end(case)
        while len(_KEPT) > _CASES:
            _KEPT.popitem(last=False)
    new = sorted(row_id for row_id, found in there if found not in known)
    for start in range(0, len(new), _CHUNK):
        rows = select(JUDGEMENTS.c.hash, JUDGEMENTS.c.body).where(JUDGEMENTS.c.id.in_(new[start : start + _CHUNK]))
        known.update((found, from_json(Judgement, body)) for found, body in connection.execute(rows))
    return [known[found] for _, found in there]


def voids(connection: Connection) -> list[Judgement]:
    """Judgements `void`, sorted by id."""
    statement = select(JUDGEMENTS.c.body).where(JUDGEMENTS.c.body.contains(_VOID, autoescape=True)).order_by(JUDGEMENTS.c.id)
    return [from_json(Judgement, body) for body in connection.execute(statement).scalars()]


def decided(connection: Connection, decisions: Collection[str]) -> list[Judgement]:
    """Judgements that say one of these decisions, sorted by id."""
    said = or_(*(JUDGEMENTS.c.body.contains(f'"decision":"{one}"', autoescape=True) for one in sorted(decisions)))
    return [
        from_json(Judgement, body) for body in connection.execute(select(JUDGEMENTS.c.body).where(said).order_by(JUDGEMENTS.c.id)).scalars()
    ]


def made_by(connection: Connection, who: str, *, before: int | None, limit: int) -> list[tuple[int, str]]:
    """(number of the log entry, judgement) of what somebody decided in this copy of the case, the latest first."""
    statement = select(LOG.c.seq, LOG.c.subject).where(LOG.c.event == MADE, LOG.c.actor == who).order_by(LOG.c.seq.desc()).limit(limit)
    if before is not None:
        statement = statement.where(LOG.c.seq < before)
    return [(int(seq), str(subject)) for seq, subject in connection.execute(statement)]
