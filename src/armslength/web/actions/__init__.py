"""One file a group of actions. `ACTIONS` is the list of them all."""

from __future__ import annotations

from armslength.web.action import Action
from armslength.web.actions import edges, facts, findings, language, sameness, worklog, you

ACTIONS: tuple[Action, ...] = (
    *you.ACTIONS,
    *language.ACTIONS,
    *facts.ACTIONS,
    *findings.ACTIONS,
    *edges.ACTIONS,
    *sameness.ACTIONS,
    *worklog.ACTIONS,
)
