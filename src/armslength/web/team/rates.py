"""How often somebody may try.

In:  what is counted (an address, a pseudonym, a session), the time.
Out: whether one more is let through.
Never: keeps what is counted in the open, for people mistype passphrases as pseudonyms; grows without end.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from armslength.base.clock import Clock

MOST = 20_000
"""Counters kept; beyond it those that are full again go, and then the oldest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """So many, and as many again evenly over a time."""

    most: int
    per: timedelta


@dataclass(slots=True)
class _Bucket:
    left: float
    at: datetime


class Rates:
    """Counters that fill up again evenly (token buckets). Safe to use from several threads."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._salt = secrets.token_bytes(16)
        self._buckets: dict[tuple[Rate, bytes], _Bucket] = {}

    def allow(self, rate: Rate, what: str) -> bool:
        """Whether one more is let through; it is counted if so."""
        now, name = self._clock.now(), (rate, self._digest(what))
        with self._lock:
            found = self._buckets.get(name)
            if found is None:
                self._make_room(now)
                found = self._buckets[name] = _Bucket(float(rate.most), now)
            found.left, found.at = self._filled(rate, found, now), now
            if found.left < 1:
                return False
            found.left -= 1
            return True

    def _filled(self, rate: Rate, found: _Bucket, now: datetime) -> float:
        return min(float(rate.most), found.left + max(timedelta(0), now - found.at) / rate.per * rate.most)

    def _make_room(self, now: datetime) -> None:
        if len(self._buckets) < MOST:
            return
        for name in [name for name, one in self._buckets.items() if self._filled(name[0], one, now) >= name[0].most]:
            del self._buckets[name]
        for name in list(self._buckets)[: max(0, len(self._buckets) - MOST + 1)]:
            del self._buckets[name]

    def _digest(self, what: str) -> bytes:
        return hashlib.blake2b(what.encode("utf-8", "replace"), key=self._salt, digest_size=16).digest()
