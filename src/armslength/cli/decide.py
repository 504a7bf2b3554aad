"""`armslength decide`: what people decide about a case, signed, kept, logged, and carried out at once."""

from __future__ import annotations

from pathlib import Path

import click

from armslength.cli import (
    decide_claim,
    decide_finding,
    decide_import,
    decide_ledger,
    decide_person,
    decide_rows,
    decide_same,
    decide_worklog,
    deciding,
    options,
)


@click.group("decide", short_help="Record what people decided: about edges, rows and persons, signed and carried out.")
def command() -> None:
    """Record what people decided. Decisions are kept beside what the program found, never in its place, and are superseded, not edited.

    Every decision is signed with the reviewer's own key: `armslength reviewer add CASE PSEUDONYM` makes one.
    """


@command.command("edge", short_help="Confirm or dispute an edge.")
@options.case_argument
@click.argument("edge", metavar="EDGE")
@click.option("--confirm", "decision", flag_value="accept", help="It is right: the two are not independent.")
@click.option("--dispute", "decision", flag_value="dispute", help="It is wrong: it no longer ties the two together.")
@deciding.reviewing
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
    found = judge_edge(case, edge, decision=decision, reason=reason, hand=deciding.hand(case, reviewer), clock=SystemClock())
    deciding.tell_edge(found, machine=machine)


@command.command("tie", short_help="Add an edge that only people know of.")
@options.case_argument
@click.argument("ends", nargs=2, metavar="ID ID")
@click.option("--level", type=click.Choice(["claim", "document"]), default="claim", show_default=True, help="What the two ids name.")
@click.option("--kind", required=True, metavar="KIND", help="How the two hang together, such as same_speaker, citation or translation.")
@deciding.reviewing
@options.json_option
def tie_command(*, case: Path, ends: tuple[str, str], level: str, kind: str, reviewer: str, reason: str, machine: bool) -> None:
    """Tie two claims, or two documents, of CASE together: they go back to one origin, though no text shows it.

    Example:
      armslength decide tie mycase 3f9c2e 81aa07 --kind same_speaker --reviewer heron --reason "Both spoke to the same witness."
    """
    from armslength.base.clock import SystemClock
    from armslength.pipeline.judging import add_edge

    hand = deciding.hand(case, reviewer)
    deciding.tell_edge(add_edge(case, ends, level=level, kind=kind, reason=reason, hand=hand, clock=SystemClock()), machine=machine)


for _part in (decide_rows, decide_claim, decide_same, decide_finding, decide_person, decide_ledger, decide_worklog, decide_import):
    for _below in _part.COMMANDS:
        command.add_command(_below)
