"""`armslength init`: an empty case."""

from __future__ import annotations

from pathlib import Path

import click

from armslength.cli import options, say


@click.command("init", short_help="Make an empty case.")
@options.case_argument
@options.name_option
@options.database_option
@options.passphrase_option
@options.collector_option
def command(*, case: Path, name: str | None, database: str | None, locked: bool, collector: str) -> None:
    """Make an empty case in the folder CASE, which must be new or empty.

    A case is one investigation in one folder: the files as they were acquired, a log that nobody can change unnoticed, the keys
    that sign it, and everything read from the files. All of it is encrypted; the case's title, its folder's name and the time it was
    made are not.

    Examples:
      armslength init mycase --name "Overseas stations"
      armslength init mycase --passphrase

    Next: `armslength build mycase articles/` reads files into it. (`build` also makes a case by itself.)
    """
    from armslength.base.clock import SystemClock
    from armslength.pipeline.building import NewCase, init_case
    from armslength.store.locks import in_key_file, key_file, under_passphrase
    from armslength.store.unlock import new_passphrase

    lock = under_passphrase(new_passphrase(str(case))) if locked else in_key_file
    made = init_case(case, new=NewCase(name=name, database=database, lock=lock), clock=SystemClock(), actor=collector)
    say.strong(f"Made the case {made.name!r} in {case}.")
    if locked:
        say.paragraph("It is encrypted, and opens with the passphrase only. Nobody can restore that for you.")
    else:
        say.paragraph(
            f"It is encrypted. Its key is in {key_file(made.id)}: back that file up apart from the case, for without it nobody can open "
            "the case again. Whoever is logged in as you can open it; a passphrase (armslength key passphrase) changes that."
        )
    if database is not None:
        say.paragraph("The rows, texts and quotes among them, are in PostgreSQL and NOT encrypted there by armslength.")
    say.out(f"Next: armslength build {case} FOLDER-OR-FILES")
