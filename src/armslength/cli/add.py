"""`armslength add`: files into a case, without reading them yet."""

from __future__ import annotations

from pathlib import Path

import click

from armslength.cli import options, say
from armslength.cli.build import finish
from armslength.cli.progress import progress_shown


@click.command("add", short_help="Put files into a case, to be read later.")
@options.case_argument
@click.argument("sources", nargs=-1, required=True, type=options.FOLDER, metavar="SOURCE...")
@options.manifest_option
@options.collector_option
@options.json_option
def command(*, case: Path, sources: tuple[Path, ...], manifest: Path | None, collector: str, machine: bool) -> None:
    """Put files and folders into CASE as sources: their bytes, when they were added, by whom, and what is not known about them.

    The bytes are kept as they are, named by their SHA-256, and never changed. The same bytes twice are one source that was
    acquired twice.

    Example:
      armslength add mycase new-articles/ --manifest new-articles.csv --collector heron

    Next: `armslength build mycase` reads what was added.
    """
    from armslength.base.clock import SystemClock
    from armslength.base.settings import Settings
    from armslength.pipeline.building import add_sources

    with progress_shown(quiet=machine) as progress:
        report = add_sources(
            case, sources, settings=Settings(collector=collector), clock=SystemClock(), manifest=manifest, progress=progress
        )
    if not machine and not report.added.unchanged:
        say.out(f"Next: armslength build {case}")
    finish(report, machine=machine)
