"""`armslength as-of`: what was known on a day, and what has changed since."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from armslength.cli import options, say

if TYPE_CHECKING:
    from armslength.pipeline.views.as_of import AsOf, Count, FactThen


@click.command("as-of", short_help="What was known on a day, and what has changed since.")
@options.case_argument
@click.argument("day", metavar="DAY")
@click.option("--changed", "only_changed", is_flag=True, help="Only facts that are otherwise now.")
@options.json_option
def command(*, case: Path, day: str, only_changed: bool, machine: bool) -> None:
    """Show the facts of CASE as the documents published by the end of DAY had them, their origins counted from those alone, and why
    they are otherwise now.

    Documents without a date of publication are left out of the picture of that day, and counted. DAY is 2022-10-31, or 2022-10 or
    2022 for their last day.

    Example:
      armslength as-of mycase 2022-10-31 --changed
    """
    from dataclasses import asdict, replace

    from armslength.pipeline.masking import looking
    from armslength.pipeline.views.as_of import as_of
    from armslength.store.case import open_case

    with looking(open_case(case)) as reader:
        found = as_of(reader, day)
    if only_changed:
        found = replace(found, facts=tuple(row for row in found.facts if row.changed))
    if machine:
        say.as_json(asdict(found))
    else:
        _tell(found)


def _tell(found: AsOf) -> None:
    from armslength.pipeline.views.as_of import REASONS

    documents = f"{say.plural(found.documents, 'document')} by {found.day}, {found.later} later, {found.undated} without a date"
    say.strong(documents)
    then = [row for row in found.facts if row.then is not None]
    say.table(("fact", "then", "now", "what", "since"), [_cells(row) for row in then])
    new = len(found.facts) - len(then)
    if new:
        say.paragraph(f"{say.plural(new, 'fact')} {'was' if new == 1 else 'were'} not known then.")
    codes = sorted({code for row in then for code in row.changed})
    for code in codes:
        say.paragraph(f"{code}: {REASONS[code]}", indent="    ", first="  ")


def _cells(row: FactThen) -> tuple[object, ...]:
    return row.fact[:12], _written(row.then, row.passages), _written(row.now, row.passages_now), row.label, ", ".join(row.changed)


def _written(count: Count | None, passages: int) -> str:
    low, high, _ = count or (0, 0, 0)
    origins = str(low) if low == high else f"{low}-{high}"
    return f"{passages} said, {origins} origin{'' if origins == '1' else 's'}"
