"""`armslength decide finding`, `second`: what two people conclude about a fact."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from armslength.cli import deciding, options, say


@click.command("finding", short_help="Propose a finding about a fact.")
@options.case_argument
@click.argument("fact_id", metavar="FACT")
@click.option("--standard", required=True, metavar="CODE", help="Of proof: STD.recorded, STD.suspicion, STD.grounds, STD.balance.")
@click.option("--statement", required=True, metavar="TEXT", help="What is found, in a sentence.")
@click.option("--for", "evidence_for", multiple=True, required=True, metavar="ID", help="A claim that speaks for it. May be repeated.")
@click.option("--against", "evidence_against", multiple=True, metavar="ID", help="A claim that speaks against it. May be repeated.")
@deciding.reviewing
@options.json_option
def finding_command(*, case: Path, fact_id: str, reviewer: str, reason: str, machine: bool, **given: Any) -> None:
    """Propose a finding about FACT of CASE. It is one when a second reviewer, with a key of their own, agrees: `armslength decide second`.

    Example:
      armslength decide finding mycase 3f9c2e --standard STD.grounds --statement "It ran." --for 81aa07 --reviewer heron --reason "Two."
    """
    from armslength.base.clock import SystemClock
    from armslength.pipeline.findings import propose

    evidence = given["evidence_for"], given["evidence_against"]
    hand, clock = deciding.hand(case, reviewer), SystemClock()
    row = propose(
        case,
        fact_id,
        standard=given["standard"],
        statement=given["statement"],
        evidence=evidence,
        reason=reason,
        hand=hand,
        clock=clock,
    )
    if machine:
        say.as_json(asdict(row))
        return
    say.strong(f"Proposed: {row.id[:12]}. It is no finding yet.")
    say.paragraph("A second reviewer agrees with: armslength decide second CASE " + row.id[:12])


@click.command("second", short_help="Agree to a finding that another reviewer proposed.")
@options.case_argument
@click.argument("finding", metavar="FINDING")
@deciding.reviewing
@options.json_option
def second_command(*, case: Path, finding: str, reviewer: str, reason: str, machine: bool) -> None:
    """Agree to FINDING of CASE, named by its first characters, which another reviewer proposed. With that it is a finding.

    Example:
      armslength decide second mycase 5b1e90 --reviewer finch --reason "I have read all twelve passages."
    """
    from armslength.base.clock import SystemClock
    from armslength.pipeline.findings import second

    made = second(case, finding, reason=reason, hand=deciding.hand(case, reviewer), clock=SystemClock())
    if machine:
        say.as_json(asdict(made))
    else:
        say.strong(f"A finding of {made.author} and {made.second_reviewer} ({made.standard}): {made.statement}")


COMMANDS = (finding_command, second_command)
