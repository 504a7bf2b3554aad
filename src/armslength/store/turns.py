"""Whose turn it is to write to a case: one who keeps what people decide, and on a server one who makes rows anew beside them.

In:  a case; which of its two locks are wanted.
Out: a connection to write with, which holds them until it is closed.
Never: lets two keep something at once, or two make rows at once; gives both locks in another order than all others do.

A SQLite file has one writer, so there the first lock is the only one. On a server rows can be made anew from one moment of the case while
judgements are kept: nobody who decides waits for what follows from what others decided.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection

from armslength.store.case import Case, case_engine
from armslength.store.database import is_sqlite
from armslength.store.lock import LOCK_FILE, MAKING_FILE, Busy, Held, wait_for, writers_lock

_DIGITS = 15
"""As many as a lock's number on a server can hold."""


@dataclass(frozen=True, slots=True)
class Right:
    """What somebody may do who holds one of a case's locks."""

    file: str
    place: int
    """From which of its digits on the case's id names the lock on a server."""


MAKING = Right(MAKING_FILE, 15)
"""To add sources and to make rows anew. Taken first."""
LOGGING = Right(LOCK_FILE, 0)
"""To keep what people decide, and to write into the log. Taken last, and by whoever only makes rows anew when they are stored."""
BOTH = (MAKING, LOGGING)


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn that somebody has."""

    connection: Connection
    held: Held
    """The lock that was taken last. Whoever makes rows leaves nothing half-done behind, whatever happens to them."""


def side_by_side(case: Case) -> bool:
    """Whether judgements can be kept while rows are made anew: on a server, not in a file."""
    return not is_sqlite(case.database)


@contextmanager
def turn(case: Case, rights: Sequence[Right] = BOTH, *, patience: float) -> Iterator[Turn]:
    """Hold locks of a case. Raises Busy when somebody else still has one of them after `patience` seconds.

    Who makes rows beside others, and so does not hold the log's, sees one moment of the case for the length of each step.
    """
    apart = side_by_side(case)
    with ExitStack() as entered:
        wanted = rights if apart else (LOGGING,)
        for right in wanted:
            held = entered.enter_context(writers_lock(case.folder, file=right.file, patience=patience))
            held.unfinished = held.unfinished and right is LOGGING
        connection = entered.enter_context(case_engine(case, writing=True).connect())
        if apart and LOGGING not in rights:
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        for right in wanted if apart else ():
            _lock_server(connection, case, right, patience=patience)
        yield Turn(connection, held)


def _lock_server(connection: Connection, case: Case, right: Right, *, patience: float) -> None:
    """On a server, other machines may not see the lock in the folder: take one there too, held until the connection closes."""

    def take() -> bool:
        taken = connection.exec_driver_sql(
            "SELECT pg_try_advisory_lock(%s)", (int(case.id[right.place : right.place + _DIGITS], 16),)
        ).scalar()
        connection.commit()
        return bool(taken)

    if not wait_for(take, patience=patience):
        raise Busy("The case is being written to from another machine. Wait until it has finished, and try again.")
