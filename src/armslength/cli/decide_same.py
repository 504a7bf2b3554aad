"""`armslength decide merge`, `split`, `undo`: what people decide about sameness, and how a decision is taken back."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from armslength.cli import deciding, options, say

if TYPE_CHECKING:
    from armslength.pipeline.remaking import Remade, Shown

_DONE = {"merge": "Made one", "split": "Taken apart", "withdraw": "Taken back"}
_LEVELS = click.Choice(["fact", "entity", "site", "incident"])


@click.command("merge", short_help="Make two facts, voices, sites or incidents one.")
@options.case_argument
@click.argument("ids", nargs=2, metavar="ID ID")
@click.option("--of", "level", type=_LEVELS, default="fact", show_default=True, help="What the two ids name.")
@deciding.reviewing
@options.json_option
def merge_command(*, case: Path, ids: tuple[str, str], level: str, reviewer: str, reason: str, machine: bool) -> None:
    """Make one of CASE what two ids name: by their own ids, or by that of a claim (or mention) in each.

    `armslength list lookalikes CASE` shows what could be one and why the program did not make it one. Persons are only ever made one here.

    Example:
      armslength decide merge mycase 3f9c2e 81aa07 --reviewer heron --reason "Both give the count of the March report."
    """
    from armslength.base.clock import SystemClock
    from armslength.pipeline.sameness import merge

    hand = deciding.hand(case, reviewer)
    _tell_remade(merge(case, ids, level=level, reason=reason, hand=hand, clock=SystemClock()), machine=machine)


@click.command("split", short_help="Take a passage out of a fact, or a mention out of an entity.")
@options.case_argument
@click.argument("ids", nargs=2, metavar="CLAIM ID")
@click.option("--of", "level", type=_LEVELS, default="fact", show_default=True, help="What ID names, or what both ids are in.")
@deciding.reviewing
@options.json_option
def split_command(*, case: Path, ids: tuple[str, str], level: str, reviewer: str, reason: str, machine: bool) -> None:
    """Take CLAIM out of the fact (or entity, site or incident) that ID names, and keep the two apart, whatever the program thinks.

    CLAIM is the first characters of a claim's id; of a mention's, for an entity. Where only the thing is known, name it twice: the message
    lists what is in it.

    Example:
      armslength decide split mycase 3f9c2e 81aa07 --reviewer heron --reason "It speaks of another town of that name."
    """
    from armslength.base.clock import SystemClock
    from armslength.pipeline.sameness import split

    hand = deciding.hand(case, reviewer)
    _tell_remade(split(case, ids, level=level, reason=reason, hand=hand, clock=SystemClock()), machine=machine)


@click.command("undo", short_help="Take a judgement back.")
@options.case_argument
@click.argument("judgement", metavar="JUDGEMENT")
@deciding.reviewing
@options.json_option
def undo_command(*, case: Path, judgement: str, reviewer: str, reason: str, machine: bool) -> None:
    """Take JUDGEMENT of CASE back: what it made is again what the program and the other judgements make it.

    The judgement stays in the log beside the one that takes it back. Where several were made in one step, all of that step are taken back.

    Example:
      armslength decide undo mycase 5b1e90 --reviewer heron --reason "The second page was corrected."
    """
    from armslength.base.clock import SystemClock
    from armslength.pipeline.sameness import withdraw

    hand = deciding.hand(case, reviewer)
    _tell_remade(withdraw(case, judgement, reason=reason, hand=hand, clock=SystemClock()), machine=machine)


def _tell_remade(found: Remade, *, machine: bool) -> None:
    if machine:
        say.as_json(asdict(found))
        return
    done = _DONE[found.judgement.decision]
    say.strong(f"{done}. Judgement {found.judgement.id[:12]} is in the custody log; `armslength decide undo` takes it back.")
    if not found.gone and not found.made:
        say.paragraph("Nothing changes: it was so already, or another judgement stands against it.")
    tell_changes(found)


def tell_changes(found: Remade) -> None:
    """What is gone, what is there now, and what could not be carried out."""
    for word, rows in (("Gone", found.gone), ("Now", found.made)):
        for one in rows:
            say.paragraph(f"{word}: {_shown(one)}", indent="    ", first="  - ")
    for reason in found.not_done:
        say.paragraph(reason, indent="    ", first="  ! ")


def _shown(one: Shown) -> str:
    counted = f"; {deciding.written(one.origins)}" if one.origins else ""
    state = "" if one.state == "machine" else f"; {one.state}"
    return f"{one.label} ({one.id[:12]}), {say.plural(one.passages, 'passage')}{counted}{state}."


COMMANDS = (merge_command, split_command, undo_command)
