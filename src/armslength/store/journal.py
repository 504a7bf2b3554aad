"""The custody log in the database: appending to it and finding its head.

In:  a connection inside a transaction, a key, a clock, an actor.
Out: entries appended; nothing is acknowledged before the caller commits.
Never: changes or removes an entry.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import rfc8785
from sqlalchemy import Connection, insert, select

from armslength.base.clock import Clock, stamp
from armslength.base.errors import IntegrityError
from armslength.model.custody import GENESIS
from armslength.store.files import write_file
from armslength.store.keys import SigningKey, signed_by
from armslength.store.log import KEY_CREATED, KEY_ROTATED, Event, write_entry
from armslength.store.schema import LOG

_CHECKPOINT = b"armslength checkpoint\n"
"""Put before what a checkpoint signs, so that its signature can stand for nothing else."""


@dataclass(slots=True, kw_only=True)
class Journal:
    """Appends to the log of one case, as one actor."""

    connection: Connection
    key: SigningKey
    clock: Clock
    actor: str

    def append(self, event: str, subject: str, data: Mapping[str, object]) -> None:
        """Write the next entry. Raises InputError when the data is not plain JSON."""
        self._write(event, subject, data, after=head(self.connection))

    @contextmanager
    def closing(self) -> Iterator[None]:
        """Surrounds the commit of a step."""
        yield

    def drop(self) -> None:
        """Called when a step has ended, stored or not."""

    def _write(self, event: str, subject: str, data: Mapping[str, object], *, after: tuple[int, str]) -> tuple[int, str]:
        """Write the entry after an entry; number and hash of it."""
        happened = Event(time=stamp(self.clock.now()), clock=self.clock.source, actor=self.actor, event=event, subject=subject, data=data)
        entry = write_entry(happened, seq=after[0] + 1, prev=after[1], key=self.key)
        self.connection.execute(insert(LOG).values({column.name: getattr(entry, column.name) for column in LOG.columns}))
        return entry.seq, entry.hash


@dataclass(slots=True, kw_only=True)
class LateJournal(Journal):
    """Writes what happened in a step when the step is stored: until then others write to the log."""

    turn: Callable[[], AbstractContextManager[Connection]]
    """Holds the log for the length of a block; gives a connection that sees it as it stands, and nothing of the step."""
    waiting: list[tuple[str, str, Mapping[str, object]]] = field(default_factory=list)

    def append(self, event: str, subject: str, data: Mapping[str, object]) -> None:
        """Write an entry with the step."""
        self.waiting.append((event, subject, data))

    @contextmanager
    def closing(self) -> Iterator[None]:
        """Write the entries, and hold the log until they are stored. Raises InputError when the data of one is not plain JSON."""
        if not self.waiting:
            yield
            return
        with self.turn() as seen:
            last = head(seen)
            for event, subject, data in self.waiting:
                last = self._write(event, subject, data, after=last)
            yield

    def drop(self) -> None:
        """Forget what was not stored."""
        self.waiting.clear()


def head(connection: Connection) -> tuple[int, str]:
    """Number and hash of the last entry; (0, 64 zeros) for an empty log."""
    row = connection.execute(select(LOG.c.seq, LOG.c.hash).order_by(LOG.c.seq.desc()).limit(1)).first()
    return (row[0], row[1]) if row else (0, GENESIS)


def current_key(connection: Connection) -> str:
    """Name of the key that signs now. Raises IntegrityError when the log names none."""
    found = connection.execute(
        select(LOG.c.subject).where(LOG.c.event.in_([KEY_CREATED, KEY_ROTATED])).order_by(LOG.c.seq.desc()).limit(1)
    ).scalar()
    if found is None:
        raise IntegrityError(
            "The custody log names no signing key, so it was damaged. Run `armslength verify` and restore the case from a backup."
        )
    return str(found)


def write_checkpoint(folder: Path, *, case_id: str, seq: int, head: str, key: SigningKey) -> None:
    """Sign the log's head into a file of its own, so that cutting off the log's tail is found."""
    body: dict[str, str | int] = {"case": case_id, "seq": seq, "head": head, "key": key.id}
    signature = key.sign(_CHECKPOINT + rfc8785.dumps(dict(body)))
    write_file(folder / f"{seq:012d}.json", rfc8785.dumps({**body, "signature": signature}) + b"\n")


def read_checkpoint(path: Path, *, case_id: str, publics: Mapping[str, str]) -> tuple[int, str] | None:
    """Number and hash of the log entry a checkpoint stands for, or None when it is not a checkpoint signed for this case."""
    try:
        body = json.loads(path.read_bytes())
        signature = body.pop("signature")
        message = _CHECKPOINT + rfc8785.dumps(body)
        good = body["case"] == case_id and signed_by(publics.get(body["key"], ""), signature, message)
        return (int(body["seq"]), str(body["head"])) if good else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
