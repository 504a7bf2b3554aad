"""`armslength travel`: a copy of a case to take along."""

from __future__ import annotations

from pathlib import Path

import click

from armslength.cli import options, say


@click.command("travel", short_help="Make a copy to take along: names hidden, no sources.")
@options.case_argument
@click.option("--to", required=True, type=options.FOLDER, metavar="DIR", help="A new folder for the copy.")
@click.option("--plain", is_flag=True, help="Do not encrypt the copy. It holds no protected name, and all that the sources say besides.")
@options.collector_option
def command(*, case: Path, to: Path, plain: bool, collector: str) -> None:
    """Make a copy of CASE without sources, vault and keys, in which the names of protected persons are blocks and cannot be brought back.

    The copy opens and is exported like a case, on any machine; it cannot be built or added to. It is locked by a passphrase of its own,
    asked for or read from the file that ARMSLENGTH_PASSPHRASE_FILE names. Whom no claim names is not hidden.

    Example:
      armslength travel mycase --to border-copy
    """
    from armslength.base.clock import SystemClock
    from armslength.pipeline.travelling import make_travel_copy
    from armslength.store.case import open_case
    from armslength.store.locks import under_passphrase
    from armslength.store.unlock import new_passphrase

    open_case(case)
    lock = None if plain else under_passphrase(new_passphrase(f"the copy {to}"))
    make_travel_copy(case, to, lock=lock, clock=SystemClock(), actor=collector)
    say.strong(f"Made the travel copy {to}. Names in it are hidden for good.")
    say.out(f"Next: armslength verify {to}, and look through it before you take it along.")
