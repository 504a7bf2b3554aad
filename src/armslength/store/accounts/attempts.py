"""Failed log-ins, and how long the next has to wait.

In:  what was typed as a pseudonym, the time.
Out: until when that name is locked.
Never: tells whether there is such an account: names are counted as they are typed. Forgets with a restart: they lie in the database.

The first four failures cost nothing. The fifth locks the name for half a minute, and each further one for twice as long as the one
before, up to an hour. Tries while it is locked are not counted: else whoever knows a pseudonym could keep its owner out for ever.
"""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select, text, update

from armslength.base.clock import stamp
from armslength.store.accounts.keeping import folded
from armslength.store.accounts.opening import Accounts
from armslength.store.accounts.tables import ATTEMPTS

FREE = 4
"""Failures without a lock: a key that sticks, a new passphrase."""
FIRST, LONGEST = timedelta(seconds=30), timedelta(hours=1)
"""At an hour a try, a year gives fewer than 9,000."""
REMEMBERED = timedelta(days=1)
"""After that long without a try, failures are forgotten."""
MOST = 10_000
"""Names remembered. Whoever tries more of them pushes out the oldest, each of which cost an Argon2id."""


def wait_after(failed: int) -> timedelta:
    """How long a name is locked after so many failures."""
    return timedelta(0) if failed <= FREE else min(FIRST * 2 ** min(failed - FREE - 1, 20), LONGEST)


def one_at_a_time(connection: Connection, accounts: Accounts, who: str) -> None:
    """Let the other log-ins under this name wait until the transaction ends: guesses sent at once are counted one by one."""
    if connection.dialect.name != "sqlite":  # there a writing transaction is alone anyway
        connection.execute(text("SELECT pg_advisory_xact_lock(:name)"), {"name": int(_name(accounts, who)[:15], 16)})


def locked_until(connection: Connection, accounts: Accounts, who: str, now: datetime) -> datetime | None:
    """Until when a name is locked, or None."""
    found = connection.execute(select(ATTEMPTS.c.until).where(ATTEMPTS.c.name == _name(accounts, who))).scalar()
    until = datetime.fromisoformat(found) if found else None
    return until if until is not None and until > now else None


def note_failure(connection: Connection, accounts: Accounts, who: str, now: datetime) -> datetime | None:
    """Count a failure; returns until when the name is locked by it, or None."""
    name = _name(accounts, who)
    connection.execute(delete(ATTEMPTS).where(ATTEMPTS.c.last < stamp(now - REMEMBERED)))
    failed = (connection.execute(select(ATTEMPTS.c.failed).where(ATTEMPTS.c.name == name)).scalar() or 0) + 1
    wait = wait_after(failed)
    until = now + wait if wait else None
    values = {"failed": failed, "until": stamp(until) if until else "", "last": stamp(now)}
    if not connection.execute(update(ATTEMPTS).where(ATTEMPTS.c.name == name).values(values)).rowcount:
        _make_room(connection)
        connection.execute(insert(ATTEMPTS).values(name=name, **values))
    return until


def forget_failures(connection: Connection, accounts: Accounts, who: str) -> bool:
    """Unlock a name; whether there was anything to forget."""
    return connection.execute(delete(ATTEMPTS).where(ATTEMPTS.c.name == _name(accounts, who))).rowcount > 0


def _make_room(connection: Connection) -> None:
    if connection.execute(select(func.count()).select_from(ATTEMPTS)).scalar_one() >= MOST:
        oldest = select(ATTEMPTS.c.name).order_by(ATTEMPTS.c.last).limit(1)
        connection.execute(delete(ATTEMPTS).where(ATTEMPTS.c.name.in_(oldest)))


def _name(accounts: Accounts, who: str) -> str:
    return hmac.digest(accounts.key_for("attempts"), folded(who)[:200].encode("utf-8", "replace"), "sha256").hex()
