"""`armslength build`: everything, from files to counts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from armslength.cli import options, say
from armslength.cli.model_options import ModelOptions, model_server, reader_options
from armslength.cli.progress import progress_shown

if TYPE_CHECKING:
    from armslength.base.settings import Settings
    from armslength.model.outcome import StageReport
    from armslength.pipeline.building import BuildReport

SOME_REFUSED = 6
"""Exit code when the work was done but some files could not be read."""
SHARED_BATCH = 4
"""Documents handed to one of several processes at a time: with the usual 16, a case of a dozen articles would keep one process busy
and the others idle. A batch of four takes about a second, a hundred times what handing it over does."""


@click.command("build", short_help="Read files into a case: everything, in one go.")
@options.case_argument
@click.argument("sources", nargs=-1, type=options.FOLDER, metavar="[SOURCE...]")
@options.manifest_option
@options.name_option
@options.database_option
@options.workers_option
@reader_options
@options.collector_option
@options.json_option
def command(
    *,
    case: Path,
    sources: tuple[Path, ...],
    manifest: Path | None,
    name: str | None,
    database: str | None,
    workers: int,
    collector: str,
    machine: bool,
    **model: Unpack[ModelOptions],
) -> None:
    """Read files and folders (SOURCE...) into CASE; the case is made if there is none.

    Text, HTML, PDF and Word files are read. What each passage says and who says it is bound to its exact words; copies are traced to
    what they were copied from; and each fact's independent origins are counted.

    Examples:
      armslength build mycase articles/
      armslength build mycase articles/ --manifest articles.csv --workers 4
      armslength build mycase                  brings the case up to date, for example with a new version of armslength
      armslength build mycase --reader model --model-url http://127.0.0.1:8080/v1 --model NAME

    With --reader model every document is read again by that model, and with the next build without it by the rules: a case never mixes
    readers. Text is sent to the address you give and nowhere else; an address on another machine has to be allowed.

    It may be stopped at any time: the same command goes on where it was. A second run over the same files does nothing and says so. A
    file that cannot be read is listed with its reason, the rest goes on, and the exit code is 6.

    Next: `armslength serve mycase` to look at it, `armslength export mycase --to out` to take it elsewhere.
    """
    from armslength.base.clock import SystemClock
    from armslength.pipeline.building import NewCase, build

    settings, new = reading_settings(workers, collector, model), NewCase(name=name, database=database)
    with progress_shown(quiet=machine) as progress:
        report = build(case, sources, settings=settings, clock=SystemClock(), manifest=manifest, new=new, progress=progress)
    finish(report, machine=machine)


def reading_settings(workers: int, collector: str, model: ModelOptions) -> Settings:
    """What a build is told by its options."""
    from armslength.base.settings import Settings

    batch = Settings().batch if workers == 1 else SHARED_BATCH
    return Settings(workers=workers, batch=batch, collector=collector, model=model_server(model["reader"], model))


def finish(report: BuildReport, *, machine: bool) -> None:
    """Show a report and end with the exit code that fits it."""
    if machine:
        say.as_json(plain(report))
    else:
        tell(report)
    if report.refused:
        click.get_current_context().exit(SOME_REFUSED)


def plain(report: BuildReport) -> dict[str, object]:
    """A report as JSON values."""
    return {
        "case": str(report.case.folder),
        "created": report.created,
        "unchanged": report.unchanged,
        "added": _stage(report.added),
        "stages": [_stage(stage) for stage in report.stages],
        "refused": [{"file": row.doc, "reason": row.reason} for row in report.refused],
    }


def tell(report: BuildReport) -> None:
    """A report for people."""
    if report.created:
        say.strong(f"Made the case {report.case.name!r} in {say.path(report.case.folder)}.")
    if report.unchanged:
        say.strong("Nothing to do: every file is in the case already, and everything read from them is up to date.")
    else:
        rows = [_cells(stage) for stage in (report.added, *report.stages)]
        say.table(("stage", "took", "kept", "refused", ""), rows)
        for stage in (report.added, *report.stages):
            for note in stage.notes:
                say.paragraph(f"{stage.stage}: {note}", indent="  ", first="- ")
    if report.refused:
        count = len(report.refused)
        say.out()
        say.strong(f"{say.plural(count, 'file')} could not be read; the rest is in the case:")
        for row in report.refused:
            named = row.reason if row.reason.startswith(row.doc) else f"{row.doc}: {row.reason}"
            say.paragraph(named, indent="    ", first="  ")
    if report.stages and not report.unchanged:
        say.out()
        say.out(f"Next: armslength serve {say.path(report.case.folder)}")


def _stage(report: StageReport) -> dict[str, object]:
    return {
        "stage": report.stage,
        "version": report.version,
        "unit": report.unit,
        "taken": report.taken,
        "kept": report.kept,
        "refused": report.refused,
        "unchanged": report.unchanged,
        "notes": list(report.notes),
    }


def _cells(report: StageReport) -> tuple[str, str, str, str, str]:
    done = "unchanged" if report.unchanged else ""
    return report.stage, f"{report.taken:,} {report.unit}", f"{report.kept:,}", f"{report.refused:,}", done
