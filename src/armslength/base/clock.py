"""What time it is, as an argument: nothing below the surfaces asks the machine by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time and says where it has it from (METHOD E2)."""

    @property
    def source(self) -> str:
        """The clock's name as it is written into a collection record."""

    def now(self) -> datetime:
        """The present moment, in UTC."""


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's own clock, not checked against any other."""

    source: str = "system clock, unverified"

    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A clock that stands still, for tests and for builds that must be repeated exactly."""

    at: datetime
    source: str = "fixed"

    def now(self) -> datetime:
        return self.at


def stamp(moment: datetime) -> str:
    """Write a moment as RFC 3339 in UTC with microseconds: `2026-01-02T03:04:05.000006Z`."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
