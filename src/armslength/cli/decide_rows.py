"""`armslength decide accept`, `reject`, `edit`: what people say of claims, facts, sites and incidents."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from armslength.cli import decide_same, deciding, options, say

if TYPE_CHECKING:
    from armslength.pipeline.remaking import Remade

_LEVELS = click.Choice(["claim", "fact", "edge", "site", "incident"])
_DONE = {"accept": "Accepted", "reject": "Rejected", "edit": "Read otherwise"}


@click.command("accept", short_help="Accept a claim, fact, edge, site or incident.")
@options.case_argument
@click.argument("row", metavar="ID")
@click.option("--of", "level", type=_LEVELS, default="claim", show_default=True, help="What ID names.")
@deciding.reviewing
@options.json_option
def accept_command(*, case: Path, row: str, level: str, reviewer: str, reason: str, machine: bool) -> None:
    """Accept what ID names in CASE: a reviewer has looked at it, and it is as the program read it.

    Example:
      armslength decide accept mycase 3f9c2e --reviewer heron --reason "The page says so, and the chain is right."
    """
    _say(case, row, level=level, decision="accept", reviewer=reviewer, reason=reason, machine=machine)


@click.command("reject", short_help="Reject a claim, fact, edge, site or incident.")
@options.case_argument
@click.argument("row", metavar="ID")
@click.option("--of", "level", type=_LEVELS, default="claim", show_default=True, help="What ID names.")
@deciding.reviewing
@options.json_option
def reject_command(*, case: Path, row: str, level: str, reviewer: str, reason: str, machine: bool) -> None:
    """Reject what ID names in CASE. A rejected claim leaves its facts, and its origins are counted again; `list rejected` shows it.

    Example:
      armslength decide reject mycase 3f9c2e --reviewer heron --reason "The page quotes it in order to refute it."
    """
    _say(case, row, level=level, decision="reject", reviewer=reviewer, reason=reason, machine=machine)


@click.command("edit", short_help="Read a claim, fact, site or incident otherwise.")
@options.case_argument
@click.argument("row", metavar="ID")
@click.option(
    "--of", "level", type=click.Choice(["claim", "fact", "site", "incident"]), default="claim", show_default=True, help="What ID names."
)
@click.option("--set", "changes", multiple=True, required=True, metavar="FIELD=VALUE", help="A field and how you read it. May be repeated.")
@deciding.reviewing
@options.json_option
def edit_command(*, case: Path, row: str, level: str, changes: tuple[str, ...], reviewer: str, reason: str, machine: bool) -> None:
    """Read what ID names in CASE otherwise than the program did. Its reading is kept beside yours; facts are made of yours.

    A claim's words and who says them cannot be edited: reject the claim.

    Example:
      armslength decide edit mycase 3f9c2e --set value=54 --set comparator=">=" --reviewer heron --reason "The table says at least."
    """
    edits = dict(change.partition("=")[::2] for change in changes)
    if any("=" not in change for change in changes):
        raise click.UsageError("Write every --set as FIELD=VALUE.")
    _say(case, row, level=level, decision="edit", reviewer=reviewer, reason=reason, machine=machine, edits=edits)


def _say(
    case: Path, row: str, *, level: str, decision: str, reviewer: str, reason: str, machine: bool, edits: dict[str, str] | None = None
) -> None:
    from armslength.base.clock import SystemClock
    from armslength.pipeline.judging import judge_edge
    from armslength.pipeline.verdicting import say_of

    hand = deciding.hand(case, reviewer)
    if level == "edge":
        word = "dispute" if decision == "reject" else decision
        deciding.tell_edge(judge_edge(case, row, decision=word, reason=reason, hand=hand, clock=SystemClock()), machine=machine)
        return
    found = say_of(case, row, level=level, decision=decision, reason=reason, hand=hand, clock=SystemClock(), edits=edits)
    _tell(found, machine=machine)


def _tell(found: Remade, *, machine: bool) -> None:
    if machine:
        say.as_json(asdict(found))
        return
    say.strong(deciding.logged(_DONE[found.judgement.decision], found.judgement))
    if not found.gone and not found.made:
        say.paragraph("No fact, site or incident changes.")
    decide_same.tell_changes(found)


COMMANDS = (accept_command, reject_command, edit_command)
