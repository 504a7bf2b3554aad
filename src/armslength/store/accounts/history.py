"""What was done to the accounts, line by line: who added, disabled or reset one, who gave which role.

In:  a connection inside a transaction.
Out: lines, oldest first. Who logged in where stands in the custody log of the case.
Never: changes a line; holds a passphrase, a code or an address.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from armslength.base.clock import Clock, stamp
from armslength.store.accounts.opening import Accounts
from armslength.store.accounts.tables import HISTORY


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that was done."""

    time: str
    actor: str
    event: str
    subject: str
    """Pseudonym."""
    data: Mapping[str, str]


def note(connection: Connection, event: str, subject: str, *, clock: Clock, actor: str, **data: str) -> None:
    """Write a line."""
    values = {"time": stamp(clock.now()), "actor": actor, "event": event, "subject": subject, "data": json.dumps(data, sort_keys=True)}
    connection.execute(insert(HISTORY).values(values))


def history(accounts: Accounts) -> list[Line]:
    """Every line."""
    with accounts.looking() as connection:
        rows = connection.execute(select(HISTORY).order_by(HISTORY.c.seq)).all()
    return [Line(time=row.time, actor=row.actor, event=row.event, subject=row.subject, data=json.loads(row.data)) for row in rows]
