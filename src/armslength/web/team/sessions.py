"""Sessions of a team: who is logged in, in the memory of this program and nowhere else.

In:  an account that has just logged in; the id that a browser brings.
Out: the session, as long as it is used and for a working day at most.
Never: takes over an id that somebody brings: each log-in makes a new one. Outlives the program, or its account's standing.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from armslength.base.clock import Clock
from armslength.store.accounts.entering import Entered
from armslength.store.keys import SigningKey
from armslength.web.visitors import Session

IDLE, LONGEST = timedelta(minutes=30), timedelta(hours=8)
PER_ACCOUNT = 8
"""Sessions of one account at a time; another log-in ends the one used least lately."""


@dataclass(slots=True, kw_only=True, eq=False)
class TeamSession(Session):
    """One log-in."""

    id: str = field(repr=False)
    """256 random bits: what the cookie holds."""
    account: str
    who: str
    changed: str
    """The account's standing when it began: once that is another, the session is over."""
    begun: datetime
    used: datetime
    key: SigningKey | None = field(default=None, repr=False)
    """Opened by the passphrase at log-in; gone with the session."""
    pending: bytes = field(default=b"", repr=False)
    """A secret for one-time codes that is being set up."""
    trouble: str = ""
    """Why their key does not sign in this case; empty where it does, or was not tried."""
    asked: datetime | None = None
    """When it was last tried to enter the key in the case."""

    @property
    def label(self) -> str:
        """By which its owner tells it from others; it does not help to find the id."""
        return hashlib.sha256(self.id.encode()).hexdigest()[:8]

    def over(self, now: datetime) -> bool:
        """Whether it was not used for too long, or has lasted a day's work."""
        return now - self.used > IDLE or now - self.begun > LONGEST


class Sessions:
    """All sessions of this program. Safe to use from several threads."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._all: dict[str, TeamSession] = {}

    def begin(self, entered: Entered) -> TeamSession:
        """A new session, under an id that nobody knew before."""
        now, account = self._clock.now(), entered.account
        made = TeamSession(
            id=secrets.token_urlsafe(32),
            account=account.id,
            who=account.who,
            changed=account.changed,
            begun=now,
            used=now,
            key=entered.key,
        )
        with self._lock:
            self._sweep(now)
            mine = sorted((one for one in self._all.values() if one.account == account.id), key=lambda one: one.used)
            for old in mine[: max(0, len(mine) - PER_ACCOUNT + 1)]:
                del self._all[old.id]
            self._all[made.id] = made
        return made

    def find(self, name: str) -> TeamSession | None:
        """The session with an id, which is used by that; None where there is none, or it is over."""
        now = self._clock.now()
        with self._lock:
            found = self._all.get(name)
            if found is None:
                return None
            if found.over(now):
                del self._all[name]
                return None
            found.used = now
            return found

    def end(self, name: str) -> None:
        """End a session."""
        with self._lock:
            self._all.pop(name, None)

    def end_of(self, account: str, *, label: str = "", but: str = "") -> int:
        """End an account's sessions: the one with a label, or all but one; returns how many ended."""
        with self._lock:
            gone = [one.id for one in self._all.values() if one.account == account and one.id != but and (not label or one.label == label)]
            for name in gone:
                del self._all[name]
        return len(gone)

    def of(self, account: str) -> list[TeamSession]:
        """An account's sessions, the one used last first."""
        now = self._clock.now()
        with self._lock:
            self._sweep(now)
            return sorted((one for one in self._all.values() if one.account == account), key=lambda one: one.used, reverse=True)

    def _sweep(self, now: datetime) -> None:
        for name in [name for name, one in self._all.items() if one.over(now)]:
            del self._all[name]
