"""Whether names can be shown: what the page about it says.

In:  an open case.
Out: the state of its vault.
Never: holds a name; counts as a use, which would put off the time at which the vault locks itself.
"""

from __future__ import annotations

from armslength.store.case import Case
from armslength.store.session import session_file
from armslength.store.vault import vault_folder

NONE, LOCKED, UNLOCKED = "none", "locked", "unlocked"


def vault_state(case: Case) -> str:
    """`none`, `locked` or `unlocked`; one whose time is over is found to be locked when somebody wants to use it."""
    if vault_folder(case) is None:
        return NONE
    return UNLOCKED if session_file(case.id).exists() else LOCKED
