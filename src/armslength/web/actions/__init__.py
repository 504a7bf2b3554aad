"""One file a group of actions. `ACTIONS` is the list of them all."""

from __future__ import annotations

from armslength.web.action import Action
from armslength.web.actions import language, worklog, you

ACTIONS: tuple[Action, ...] = (*you.ACTIONS, *language.ACTIONS, *worklog.ACTIONS)
