"""Looking for judgements by what no column repeats: those that say a certain thing, and what somebody decided last.

In:  a reading of a case.
Out: few rows of many.
Never: reads all judgements as rows.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, or_, select

from armslength.model.codec import from_json
from armslength.model.decisions import Judgement
from armslength.store.schema import JUDGEMENTS, LOG

MADE = "judgement.made"
"""The event of the log that a judgement is kept under."""
_VOID = '"decision":"void"'
"""As canonical JSON writes it: inside a text its quotation marks would be escaped."""


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
