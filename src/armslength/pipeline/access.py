"""Who came to a case, and who was turned away, as lines of the custody log (METHOD E3).

In:  what happened, one by one.
Out: log entries: what was allowed, at once; what was refused, at once for the first and counted together for the rest of a minute.
Never: lets whoever guesses fill the log: a minute of one kind of refusal is one line, and an hour holds no more than sixty of them. Never
notes what somebody typed, nor where from: the first may be a passphrase, the second leads to people.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from armslength.base.clock import Clock, stamp
from armslength.base.errors import ArmslengthError

FAILED, LOGGED_IN, LOGGED_OUT = "access.failed", "access.login", "access.logout"
WINDOW = timedelta(minutes=1)
HOUR, PER_HOUR = timedelta(hours=1), 60
WAITING = 1000
"""Lines kept while the case is being written to by somebody else; then the oldest go."""
AGAIN = timedelta(seconds=5)
"""After a line could not be entered: every request of every visitor comes by here."""
MORE = "more of these than are listed one by one"


How = Callable[[Callable[[], None]], None]
"""How writing is carried out."""


class Recorder(Protocol):
    """What writes a line into the custody log."""

    def __call__(self, event: str, subject: str, data: Mapping[str, object], *, actor: str) -> None: ...


@dataclass(slots=True)
class _Count:
    """Refusals of one kind since the last line about them."""

    begun: datetime
    times: int = 0
    first: str = ""
    last: str = ""

    def add(self, now: datetime) -> None:
        self.times += 1
        self.first, self.last = self.first or stamp(now), stamp(now)


def at_once(write: Callable[[], None]) -> None:
    """Write before going on."""
    write()


def beside(write: Callable[[], None]) -> None:
    """Write in a thread: nobody waits for the log because the case is being built."""
    threading.Thread(target=write, daemon=True).start()


class AccessLog:
    """Takes notes for the log of one case. Safe to use from several threads."""

    def __init__(self, record: Recorder, *, subject: str, clock: Clock, how: How = at_once) -> None:
        self._record, self._subject, self._clock, self._how = record, subject, clock, how
        self._lock, self._entering = threading.Lock(), threading.Lock()
        self._busy_until = clock.now()
        self._counts: dict[tuple[str, tuple[tuple[str, str], ...]], _Count] = {}
        self._more = _Count(begun=clock.now())
        self._lines: deque[datetime] = deque()
        self._waiting: deque[tuple[str, Mapping[str, object], str]] = deque(maxlen=WAITING)

    def allowed(self, event: str, *, actor: str, **data: str) -> None:
        """Note what somebody was let do. Where the case is being written to, it is entered as soon as that is over."""
        with self._lock:
            self._waiting.append((event, data, actor))
        self.flush()

    def failed(self, reason: str, **about: str) -> None:
        """Note a refusal. Raises nothing: whoever is refused must not learn how the log is doing."""
        now, kind = self._clock.now(), (reason, tuple(sorted(about.items())))
        with self._lock:
            count = self._counts.get(kind)
            if count is not None:
                count.add(now)
            elif len(self._counts) < PER_HOUR and self._has_room(now):
                self._counts[kind] = _Count(begun=now)
                self._put(now, {"reason": reason, **about})
            else:
                self._more.add(now)
        self.flush()

    def flush(self, *, everything: bool = False) -> None:
        """Enter what has waited long enough; with `everything`, all there is."""
        now = self._clock.now()
        with self._lock:
            for kind, count in list(self._counts.items()):
                if everything or now - count.begun >= WINDOW:
                    del self._counts[kind]
                    self._put_count(now, {"reason": kind[0], **dict(kind[1])}, count)
            if everything or (self._more.times and self._has_room(now)):
                self._put_count(now, {"reason": MORE}, self._more)
                self._more = _Count(begun=now)
        if everything:
            self._write()
        elif self._waiting and now >= self._busy_until and not self._entering.locked():
            self._how(self._write)

    def _put_count(self, now: datetime, data: Mapping[str, object], count: _Count) -> None:
        if count.times:
            self._put(now, {**data, "times": count.times, "since": count.first, "until": count.last})

    def _put(self, now: datetime, data: Mapping[str, object]) -> None:
        self._lines.append(now)
        self._waiting.append((FAILED, data, "armslength"))

    def _has_room(self, now: datetime) -> bool:
        while self._lines and now - self._lines[0] >= HOUR:
            self._lines.popleft()
        return len(self._lines) < PER_HOUR

    def _write(self) -> None:
        """Enter what waits, in order. Another thread that is at it already takes these lines along, or the next request does."""
        if not self._entering.acquire(blocking=False):
            return
        try:
            while self._waiting:
                event, data, actor = self._waiting[0]
                self._record(event, self._subject, data, actor=actor)
                self._waiting.popleft()
        except (ArmslengthError, OSError):
            self._busy_until = self._clock.now() + AGAIN
        finally:
            self._entering.release()
