"""Opening a case to look at it, with or without the names of protected persons."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from armslength.store.case import Case


def opened(folder: Path, what: str, *, unmasked: bool, actor: str) -> Case:
    """Open a case. Where names were asked for, the vault has to be unlocked if there is one, and the log says who looked at what."""
    from armslength.store.case import open_case

    case = open_case(folder)
    if unmasked:
        from armslength.base.clock import SystemClock
        from armslength.pipeline.vaulting import may_see_names

        may_see_names(case, what, clock=SystemClock(), actor=actor)
    return case
