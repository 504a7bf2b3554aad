"""`armslength release`: makes a release of what another reviewer proposed."""

from __future__ import annotations

from pathlib import Path

import click

from armslength.cli import deciding, options, say
from armslength.cli.publish import tell_stopped


@click.command("release", short_help="Release what another reviewer proposed.")
@options.case_argument
@click.argument("proposal", metavar="PROPOSAL")
@click.option("--to", required=True, type=options.FOLDER, metavar="DIR", help="A new folder for the package.")
@deciding.reviewing
@options.json_option
def command(*, case: Path, proposal: str, to: Path, reviewer: str, reason: str, machine: bool) -> int | None:
    """Make the release that PROPOSAL, named by the first characters of its id, stands for, with a second reviewer's key.

    The case goes through the gate again, the package is attacked again, and what is shown must be what was proposed to the letter. Both
    reviewers sign the package, so both keys are needed on this machine: a locked one asks its owner for the passphrase.

    Example:
      armslength release mycase 3f9c2e81aa07 --to out --reviewer ibis --reason "Looked through."

    Next: python3 out/verify.py checks it as a stranger would. If a file out-corrections.json is beside it, publish that where the earlier
    releases are.
    """
    from armslength.base.clock import SystemClock
    from armslength.pipeline.publishing import Stopped, release

    mine = deciding.hand(case, reviewer)
    found = release(case, proposal, to, hand=mine, first=lambda who: deciding.hand(case, who), reason=reason, clock=SystemClock())
    if isinstance(found, Stopped):
        return tell_stopped(found, machine=machine)
    corrections = str(found.corrections) if found.corrections else None
    if machine:
        say.as_json(
            {"release": found.id, "folder": str(found.folder), "seal": found.written.seal, "facts": found.facts, "corrections": corrections}
        )
        return None
    say.strong(f"Released: {say.plural(found.facts, 'fact')} in {say.path(found.folder)}.")
    say.paragraph(f"Release {found.id[:12]}, seal {found.written.seal}. It is in the custody log; note the seal elsewhere too.")
    if found.corrections:
        say.paragraph(f"Earlier releases need correcting: publish {say.path(found.corrections)} beside each of them.")
    return None
