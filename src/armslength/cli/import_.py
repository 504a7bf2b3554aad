"""`armslength import`: sheets that people coded elsewhere."""

from __future__ import annotations

from pathlib import Path

import click

from armslength.base.errors import InputError
from armslength.base.settings import Settings
from armslength.cli import deciding, options, say
from armslength.cli.progress import progress_shown

_SHOWN = 20


@click.command("import", short_help="Take in a sheet that people coded, by a mapping.")
@options.case_argument
@click.argument("sheet", required=False, type=options.FOLDER, metavar="FILE")
@click.option("--mapping", metavar="NAME|FILE", help="What the columns mean: uwazi, bayanat, ftm, or a YAML file of your own.")
@click.option("--dry-run", is_flag=True, help="Only say what would be read, row by row; the case is not changed.")
@click.option("--undo", metavar="SOURCE", help="Set an imported sheet (or any source) aside: it is not read any more.")
@click.option("--back", metavar="SOURCE", help="Bring back a source that was set aside.")
@click.option("--reason", default="", metavar="TEXT", help="Why, in a sentence; needed with --undo and --back.")
@click.option(
    "--reviewer", envvar="ARMSLENGTH_REVIEWER", show_envvar=True, metavar="PSEUDONYM", help="Who signs what is set aside or brought back."
)
@options.collector_option
@options.json_option
def command(  # noqa: PLR0913 - one for each option
    *,
    case: Path,
    sheet: Path | None,
    mapping: str | None,
    dry_run: bool,
    undo: str | None,
    back: str | None,
    reason: str,
    reviewer: str | None,
    collector: str,
    machine: bool,
) -> None:
    """Read FILE into CASE by a mapping: each row becomes a claim bound to the words of its cells, never more than the columns say.

    The file is kept as a source like any other. A sheet of the same name and mapping that is there already is its earlier version: rows
    are shown as new, changed, same, gone or refused, and the earlier version is set aside. Nothing is deleted; --undo takes an import
    back, --back what was set aside. docs/importing-sheets.md says how to write a mapping.

    Example:
      armslength import mycase incidents.csv --mapping uwazi --dry-run
    """
    from armslength.base.clock import SystemClock
    from armslength.pipeline import importing

    settings = Settings(collector=collector)
    hand = deciding.hand(case, reviewer) if reviewer and not dry_run else None
    if undo or back:
        if hand is None:
            raise InputError("Setting a source aside or bringing it back is a judgement: say --reviewer.")
        row = importing.set_aside(case, undo or back or "", reason=reason, hand=hand, clock=SystemClock(), back=bool(back))
        say.strong(f"{'Brought back' if back else 'Set aside'}: source {row.target[:12]}. Judgement {row.id[:12]} is in the custody log.")
        return
    if sheet is None or mapping is None:
        raise InputError("Say which FILE, and --mapping: uwazi, bayanat, ftm, or a YAML file of your own.")
    meaning = importing.mapping_of(mapping)
    if dry_run:
        _tell(importing.plan_import(case, sheet, meaning, settings=settings), done=False, machine=machine)
        return
    with progress_shown(quiet=machine) as progress:
        plan, _ = importing.import_sheet(
            case, sheet, meaning, reason=reason, settings=settings, clock=SystemClock(), hand=hand, progress=progress
        )
    _tell(plan, done=True, machine=machine)


def _tell(plan: object, *, done: bool, machine: bool) -> None:
    from dataclasses import asdict

    from armslength.pipeline.importing import Plan

    assert isinstance(plan, Plan)
    if machine:
        say.as_json({**asdict(plan), "counts": dict(plan.counts), "done": done})
        return
    told = ", ".join(f"{count} {state}" for state, count in plan.counts.items() if count)
    say.strong(f"{plan.file}: {told or 'no rows'}. {'Imported' if done else 'Nothing was changed'}; source {plan.source[:12]}.")
    rows = [line for line in plan.lines if line.state != "same"]
    say.table(("row", "state", "words"), [(line.key, line.state, line.words) for line in rows[:_SHOWN]])
    if len(rows) > _SHOWN:
        say.paragraph(f"{len(rows) - _SHOWN} more rows; --json shows all.")
    for source in plan.replaces:
        say.paragraph(f"The earlier version, source {source[:12]}, {'was' if done else 'would be'} set aside.")
