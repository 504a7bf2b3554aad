"""Accounts for tests: cheap to hash, on both engines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from armslength.store.accounts.codes import code_at, step_of
from armslength.store.locks import Cost

CHEAP = Cost(memory_kib=32, passes=1, lanes=1)
DEARER = Cost(memory_kib=64, passes=2, lanes=1)
WORDS = "correct horse battery staple"
OTHER_WORDS = "quiet harbour under the moon"
SECRET = b"12345678901234567890"
CASE = "c" * 32


@dataclass
class Hands:
    """A clock that is moved by hand."""

    at: datetime = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    source: str = "by hand"

    def now(self) -> datetime:
        return self.at

    def later(self, **how: float) -> Hands:
        self.at += timedelta(**how)
        return self

    def code(self, secret: bytes = SECRET, *, steps: int = 0) -> str:
        """What an app shows now."""
        return code_at(secret, step_of(self.at) + steps)

    def next_code(self, secret: bytes = SECRET) -> str:
        """What an app shows next: time goes on, for each code is good once."""
        return self.later(seconds=30).code(secret)
