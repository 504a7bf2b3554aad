"""`armslength doctor`: what this machine has, and what is and is not protected."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from armslength.base.errors import MissingPieceError
from armslength.cli import options, say

if TYPE_CHECKING:
    from armslength.pipeline.health import Finding

_MARKS = {"fine": "✓", "note": "-", "missing": "✗"}


@click.command("doctor", short_help="Check this machine, and say what is and is not protected.")
@click.argument("case", required=False, type=options.FOLDER, metavar="[CASE]")
@options.json_option
def command(*, case: Path | None, machine: bool) -> None:
    """Check what armslength needs on this machine, with advice for what is missing; with CASE, also whether that case can be used.

    Example:
      armslength doctor mycase

    Exit code 5 means that something is missing without which armslength cannot work.
    """
    from armslength.pipeline.health import PROTECTION, examine

    findings = examine(case)
    missing = [found for found in findings if found.state == "missing"]
    if machine:
        from dataclasses import asdict

        say.as_json({"fine": not missing, "findings": [asdict(found) for found in findings], "protection": list(PROTECTION)})
        if missing:
            click.get_current_context().exit(MissingPieceError.exit_code)
        return
    _tell(findings)
    say.out()
    say.strong("What is protected, and what is not")
    for sentence in PROTECTION:
        say.paragraph(sentence, indent="    ", first="  - ")
    if missing:
        raise MissingPieceError(
            f"{say.plural(len(missing), 'thing')} that armslength needs is missing: {', '.join(row.what for row in missing)}."
        )


def _tell(findings: Sequence[Finding]) -> None:
    for found in findings:
        say.paragraph(f"{found.what}: {found.found}", indent="    ", first=f"  {_MARKS[found.state]} ")
        if found.advice:
            say.paragraph(found.advice, indent="      ")
