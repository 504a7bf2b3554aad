"""`armslength decide import`: judgements from another copy of the same case, such as a second laptop's."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from armslength.cli import deciding, options, say

if TYPE_CHECKING:
    from armslength.pipeline.merging import Brought


@click.command("import", short_help="Bring judgements from another copy of the case.")
@options.case_argument
@click.argument("other", type=options.FOLDER, required=False, metavar="[OTHER]")
@click.option("--dry-run", is_flag=True, help="Only show what would come in.")
@click.option("--trust", "keys", multiple=True, metavar="KEY", help="A key that this case does not know and you compared with its holder.")
@click.option("--undo", "batch", metavar="BATCH", help="Take an import back, as if it had never been.")
@deciding.reviewing
@options.json_option
def import_command(
    *, case: Path, other: Path | None, dry_run: bool, keys: tuple[str, ...], batch: str | None, reviewer: str, reason: str, machine: bool
) -> None:
    """Bring the judgements of OTHER into CASE: another copy of the same case, an export of it, or its judgements.jsonl.

    Only signed judgements by reviewers whose keys this case knows come in. Where both decided about one thing and not the same, both stand
    and are listed; neither holds until people decide again. In whichever order laptops are merged, the result is the same.

    Example:
      armslength decide import mycase /media/stick/mycase --dry-run --reviewer heron --reason "The second laptop's week."

    Next: armslength list conflicts mycase
    """
    from armslength.base.clock import SystemClock
    from armslength.pipeline.merging import bring, take_back

    if (other is None) == (batch is None):
        raise click.UsageError("Name another copy of the case, or a batch to undo.")
    hand = deciding.hand(case, reviewer)
    if batch is not None:
        row = take_back(case, batch, reason=reason, hand=hand, clock=SystemClock())
        if machine:
            say.as_json(asdict(row))
        else:
            say.strong(f"Taken back: import {row.target[:12]}. Reviewers' keys that came with it stay; retire those you do not want.")
    elif other is not None:
        _tell(bring(case, other, trust=keys, dry=dry_run, reason=reason, hand=hand, clock=SystemClock()), machine=machine)


def _tell(found: Brought, *, machine: bool) -> None:
    if machine:
        say.as_json(asdict(found))
        return
    would = "would come in" if found.dry else "came in"
    say.strong(f"{say.plural(len(found.new), 'judgement')} {would}; {found.known:,} are known here already.")
    for row in found.new:
        say.paragraph(f"{row.decision} {row.target[:12]}, by {row.who} on {row.when[:10]}: {row.reason}", indent="    ", first="  + ")
    for rows in found.conflicts:
        said = "; ".join(f"{row.who} on {row.when[:10]}: {row.decision} ({row.id[:12]})" for row in rows)
        say.paragraph(f"In conflict about {rows[0].target[:12]}: {said}. Neither holds.", indent="    ", first="  ! ")
    for name, why in found.refused:
        say.paragraph(f"Not brought in: {name[:12]}: {why}", indent="    ", first="  - ")
    if found.batch and not found.dry:
        say.paragraph(f"Take it back with: armslength decide import CASE --undo {found.batch[:12]}")


COMMANDS = (import_command,)
