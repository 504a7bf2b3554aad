"""`armslength init`: an empty case."""

from __future__ import annotations

from pathlib import Path

import click

from armslength.cli import options, say


@click.command("init", short_help="Make an empty case.")
@options.case_argument
@options.name_option
@options.database_option
@options.collector_option
def command(*, case: Path, name: str | None, database: str | None, collector: str) -> None:
    """Make an empty case in the folder CASE, which must be new or empty.

    A case is one investigation in one folder: the files as they were acquired, a log that nobody can change unnoticed, the keys
    that sign it, and everything read from the files.

    Example:
      armslength init mycase --name "Overseas stations"

    Next: `armslength build mycase articles/` reads files into it. (`build` also makes a case by itself.)
    """
    from armslength.base.clock import SystemClock
    from armslength.pipeline.building import NewCase, init_case

    made = init_case(case, new=NewCase(name=name, database=database), clock=SystemClock(), actor=collector)
    say.strong(f"Made the case {made.name!r} in {case}.")
    say.paragraph(
        "Its keys/ folder signs the log and makes the pseudonyms: whoever has it can add to the log, and without it the case cannot "
        "go on. Back up the whole folder, and share a case without keys/ where others only need to read."
    )
    say.out(f"Next: armslength build {case} FOLDER-OR-FILES")
