"""The desk: the one door through which pages write.

In:  an open case, a clock.
Out: what was kept.
Never: decides anything itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from armslength.base.clock import Clock
from armslength.pipeline.building import record_event
from armslength.store.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What the pages of a case are written through."""

    case: Case
    clock: Clock

    def record(self, event: str, subject: str, data: Mapping[str, object], *, actor: str) -> None:
        """Put an event into the custody log."""
        record_event(self.case.folder, event=event, subject=subject, data=data, clock=self.clock, actor=actor)
