"""`armslength decide`: what people decide about a case, kept, logged, and carried out at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from armslength.base.settings import Settings
from armslength.cli import options, say

if TYPE_CHECKING:
    from armslength.pipeline.judging import Decided
    from armslength.pipeline.sameness import Remade, Shown

Command = TypeVar("Command", bound=Callable[..., Any])
_WORDS = {"accept": "Confirmed", "dispute": "Disputed", "add": "Added"}


_DONE = {"merge": "Made one", "split": "Taken apart", "withdraw": "Taken back"}
_LEVELS = click.Choice(["fact", "entity", "site", "incident"])


@click.group("decide", short_help="Confirm or dispute an edge; make two facts, voices, sites or incidents one, or one two.")
def command() -> None:
    """Record what people decided. Decisions are kept beside what the program found, never in its place, and are superseded, not edited."""


def _reviewing(wrapped: Command) -> Command:
    """Who decides, and why: asked of every decision."""
    who = click.option(
        "--reviewer",
        required=True,
        envvar="ARMSLENGTH_REVIEWER",
        show_envvar=True,
        metavar="PSEUDONYM",
        help="Who decides, as the custody log will say. Use a pseudonym: the log cannot be edited later.",
    )
    why = click.option("--reason", required=True, metavar="TEXT", help="Why, in a sentence. It is shown wherever the edge is.")
    return who(why(wrapped))


@command.command("edge", short_help="Confirm or dispute an edge.")
@options.case_argument
@click.argument("edge", metavar="EDGE")
@click.option("--confirm", "decision", flag_value="accept", help="It is right: the two are not independent.")
@click.option("--dispute", "decision", flag_value="dispute", help="It is wrong: it no longer ties the two together.")
@_reviewing
@options.json_option
def edge_command(*, case: Path, edge: str, decision: str | None, reviewer: str, reason: str, machine: bool) -> None:
    """Confirm or dispute EDGE of CASE, named by the first characters of its id, and count the origins again.

    Two passages may be tied by several edges; disputing one leaves the others standing. `armslength list edges CASE` shows them.

    Example:
      armslength decide edge mycase 3f9c2e --dispute --reviewer heron --reason "Two speakers of one name; the town halls differ."
    """
    from armslength.base.clock import SystemClock
    from armslength.pipeline.judging import judge_edge

    if decision is None:
        raise click.UsageError("Say --confirm or --dispute.")
    found = judge_edge(case, edge, decision=decision, reason=reason, settings=Settings(collector=reviewer), clock=SystemClock())
    _tell(found, machine=machine)


@command.command("tie", short_help="Add an edge that only people know of.")
@options.case_argument
@click.argument("ends", nargs=2, metavar="ID ID")
@click.option("--level", type=click.Choice(["claim", "document"]), default="claim", show_default=True, help="What the two ids name.")
@click.option("--kind", required=True, metavar="KIND", help="How the two hang together, such as same_speaker, citation or translation.")
@_reviewing
@options.json_option
def tie_command(*, case: Path, ends: tuple[str, str], level: str, kind: str, reviewer: str, reason: str, machine: bool) -> None:
    """Tie two claims, or two documents, of CASE together: they go back to one origin, though no text shows it.

    Example:
      armslength decide tie mycase 3f9c2e 81aa07 --kind same_speaker --reviewer heron --reason "Both spoke to the same witness."
    """
    from armslength.base.clock import SystemClock
    from armslength.pipeline.judging import add_edge

    settings = Settings(collector=reviewer)
    _tell(add_edge(case, ends, level=level, kind=kind, reason=reason, settings=settings, clock=SystemClock()), machine=machine)


@command.command("merge", short_help="Make two facts, voices, sites or incidents one.")
@options.case_argument
@click.argument("ids", nargs=2, metavar="ID ID")
@click.option("--of", "level", type=_LEVELS, default="fact", show_default=True, help="What the two ids name.")
@_reviewing
@options.json_option
def merge_command(*, case: Path, ids: tuple[str, str], level: str, reviewer: str, reason: str, machine: bool) -> None:
    """Make one of CASE what two ids name: by their own ids, or by that of a claim (or mention) in each.

    `armslength list lookalikes CASE` shows what could be one and why the program did not make it one. Persons are only ever made one here.

    Example:
      armslength decide merge mycase 3f9c2e 81aa07 --reviewer heron --reason "Both give the count of the March report."
    """
    from armslength.base.clock import SystemClock
    from armslength.pipeline.sameness import merge

    settings = Settings(collector=reviewer)
    _tell_remade(merge(case, ids, level=level, reason=reason, settings=settings, clock=SystemClock()), machine=machine)


@command.command("split", short_help="Take a passage out of a fact, or a mention out of an entity.")
@options.case_argument
@click.argument("ids", nargs=2, metavar="CLAIM ID")
@click.option("--of", "level", type=_LEVELS, default="fact", show_default=True, help="What ID names, or what both ids are in.")
@_reviewing
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

    settings = Settings(collector=reviewer)
    _tell_remade(split(case, ids, level=level, reason=reason, settings=settings, clock=SystemClock()), machine=machine)


@command.command("undo", short_help="Take a merge or split back.")
@options.case_argument
@click.argument("judgement", metavar="JUDGEMENT")
@_reviewing
@options.json_option
def undo_command(*, case: Path, judgement: str, reviewer: str, reason: str, machine: bool) -> None:
    """Take JUDGEMENT, a merge or split of CASE, back: what it made is again what the program and the other judgements make it.

    The judgement stays in the log beside the one that takes it back.

    Example:
      armslength decide undo mycase 5b1e90 --reviewer heron --reason "The second page was corrected."
    """
    from armslength.base.clock import SystemClock
    from armslength.pipeline.sameness import withdraw

    settings = Settings(collector=reviewer)
    _tell_remade(withdraw(case, judgement, reason=reason, settings=settings, clock=SystemClock()), machine=machine)


def _tell_remade(found: Remade, *, machine: bool) -> None:
    if machine:
        say.as_json(asdict(found))
        return
    done = _DONE[found.judgement.decision]
    say.strong(f"{done}. Judgement {found.judgement.id[:12]} is in the custody log; `armslength decide undo` takes it back.")
    if not found.gone and not found.made:
        say.paragraph("Nothing changes: it was so already, or another judgement stands against it.")
    for word, rows in (("Gone", found.gone), ("Now", found.made)):
        for one in rows:
            say.paragraph(f"{word}: {_shown(one)}", indent="    ", first="  - ")
    for reason in found.not_done:
        say.paragraph(reason, indent="    ", first="  ! ")


def _shown(one: Shown) -> str:
    counted = f"; {_written(one.origins)}" if one.origins else ""
    return f"{one.label} ({one.id[:12]}), {say.plural(one.passages, 'passage')}{counted}."


def _tell(found: Decided, *, machine: bool) -> None:
    if machine:
        say.as_json(asdict(found))
        return
    say.strong(
        f"{_WORDS.get(found.judgement.decision, found.judgement.decision)}: edge {found.judgement.target[:12]}. It is in the custody log."
    )
    if not found.changed:
        say.paragraph("No count of origins changes: other edges, or other groups, leave them as they were.")
    for one in found.changed:
        say.paragraph(f"{one.label} ({one.fact[:12]}): {_written(one.before)}, now {_written(one.after)}.", indent="    ", first="  - ")


def _written(count: tuple[int, int, int]) -> str:
    low, high, unknown = count
    origins = f"{low} origins" if low == high else f"{low} to {high} origins"
    return f"{origins} ({unknown} passages of unknown origin)" if unknown else origins
