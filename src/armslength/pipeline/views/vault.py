"""Whether names can be shown: what the page about it says.

In:  a reading of a case, a clock.
Out: the state of the case's vault.
Never: holds a name.
"""

from __future__ import annotations

from armslength.base.clock import Clock
from armslength.pipeline.vaulting import is_unlocked
from armslength.store.case import Case
from armslength.store.vault import vault_folder

NONE, LOCKED, UNLOCKED = "none", "locked", "unlocked"


def vault_state(case: Case, *, clock: Clock) -> str:
    """`none`, `locked` or `unlocked`."""
    if vault_folder(case) is None:
        return NONE
    return UNLOCKED if is_unlocked(case, clock=clock) else LOCKED
