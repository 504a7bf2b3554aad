"""`armslength shred`: destroy a source, or what the vault holds of a person."""

from __future__ import annotations

from pathlib import Path

import click

from armslength.cli import options, say
from armslength.cli.progress import progress_shown


@click.command("shred", short_help="Destroy a source, or what the vault holds of a person.")
@options.case_argument
@click.argument("target", metavar="SOURCE|PERSON")
@click.option(
    "--reviewer",
    required=True,
    envvar="ARMSLENGTH_REVIEWER",
    show_envvar=True,
    metavar="PSEUDONYM",
    help="Who decided it, as the custody log will say.",
)
@click.option("--reason", required=True, metavar="TEXT", help="Why, in a sentence without a name. It stays in the log for ever.")
def command(*, case: Path, target: str, reviewer: str, reason: str) -> None:
    """Destroy a source of CASE for good, named by the first characters of its id, or what the vault holds of a person ("Person 7KQM").

    A source's key is destroyed, so that its bytes cannot be read wherever they lie; everything read in it leaves the case; counts are made
    anew. The log keeps that it was there, under which file name, who destroyed it and why, and still verifies. A text that another source
    holds too stays. Copies of the case made before are not reached: destroy them as well.

    Examples:
      armslength shred mycase bee7 --reviewer heron --reason "The witness asked for it."
      armslength shred mycase "Person 7KQM" --reviewer heron --reason "Consent was taken back."
    """
    from armslength.base.clock import SystemClock
    from armslength.pipeline.shredding import shred

    with progress_shown(quiet=False) as progress:
        what = shred(case, target, reason=reason, reviewer=reviewer, clock=SystemClock(), progress=progress)
    say.strong(f"Destroyed {what}.")
    say.out(f"Next: armslength verify {case}, and destroy older copies of the case.")
