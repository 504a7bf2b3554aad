"""Protected names, shown for a while to whoever may see them and asks to: in their own session, and nobody else's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from armslength.base.errors import InputError
from armslength.model.rights import NAMES
from armslength.pipeline.desk import Desk
from armslength.pipeline.vaulting import NAMES_SHOWN, refuse_locked
from armslength.web.action import Action, Done
from armslength.web.page import Asked
from armslength.web.visitors import within

MINUTES = 15
"""As long as an unlocked vault that is not used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Names to be shown, or hidden."""

    then: str = "/vault"
    """Address to go on at."""


def show(desk: Desk, asked: Asked, form: Shown) -> Done:
    """Show names for a quarter of an hour. The log says so before anything is shown; nothing is shown where it cannot."""
    session = asked.visitor.session
    if session is None:
        raise InputError("Nobody is asked who they are here, so nobody is shown names.")
    who = asked.visitor.who or "armslength"
    refuse_locked(desk.case, clock=desk.clock, actor=who)
    desk.record(NAMES_SHOWN, desk.case.id, {"where": "pages", "minutes": MINUTES}, actor=who)
    session.names_until = desk.clock.now() + timedelta(minutes=MINUTES)
    return Done(says=f"Protected names are shown to you for {MINUTES} minutes. The log says so.", go=within(form.then))


def hide(_: Desk, asked: Asked, form: Shown) -> Done:
    """Hide them again."""
    if asked.visitor.session is not None:
        asked.visitor.session.names_until = None
    return Done(says="Protected names are behind blocks again.", go=within(form.then))


ACTIONS = (
    Action(
        path="/vault/show",
        form=Shown,
        act=show,
        does="Show protected names to this session for a quarter of an hour.",
        right=NAMES,
        signs=False,
    ),
    Action(path="/vault/hide", form=Shown, act=hide, does="Hide protected names again.", right=NAMES, signs=False),
)
