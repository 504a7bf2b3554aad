"""One file a group of actions. `ACTIONS` is the list of them all."""

from __future__ import annotations

from armslength.web.action import Action
from armslength.web.actions import (
    build,
    claims,
    coding,
    edges,
    facts,
    findings,
    language,
    missed,
    queue,
    replies,
    sameness,
    vault,
    worklog,
    you,
)

ACTIONS: tuple[Action, ...] = (
    *you.ACTIONS,
    *language.ACTIONS,
    *vault.ACTIONS,
    *claims.ACTIONS,
    *missed.ACTIONS,
    *facts.ACTIONS,
    *findings.ACTIONS,
    *replies.ACTIONS,
    *edges.ACTIONS,
    *sameness.ACTIONS,
    *queue.ACTIONS,
    *coding.ACTIONS,
    *worklog.ACTIONS,
    *build.ACTIONS,
)
