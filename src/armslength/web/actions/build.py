"""Building the case again from a page: no new files, everything that is out of date."""

from __future__ import annotations

from dataclasses import dataclass

from armslength.model.rights import ADMIN
from armslength.pipeline.desk import Desk
from armslength.web.action import Action, Done
from armslength.web.page import Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """Nothing is to be said about a build."""


def build(desk: Desk, _: Asked, __: Build) -> Done:
    """Ask for a build; it runs in the background."""
    desk.build()
    return Done(says="The case is being built. You can go on working meanwhile.", go="/progress")


ACTIONS = (
    Action(
        path="/build", form=Build, act=build, does="Read anew everything in the case that is out of date, in the background.", right=ADMIN,
        signs=False,
    ),
)  # fmt: skip
