"""`armslength status`: a case at a glance."""

from __future__ import annotations

from pathlib import Path

import click

from armslength.cli import options, say


@click.command("status", short_help="Show what a case holds.")
@options.case_argument
@options.json_option
def command(*, case: Path, machine: bool) -> None:
    """Show what CASE holds: sources, documents, claims, facts, what could not be used, and the head of its log.

    Example:
      armslength status mycase

    Next: `armslength list facts mycase`, `armslength list rejected mycase`, `armslength serve mycase`.
    """
    from armslength.pipeline.masking import looking
    from armslength.pipeline.status import case_status
    from armslength.store.case import open_case

    with looking(open_case(case)) as reader:
        found = case_status(reader)
    if machine:
        from dataclasses import asdict

        say.as_json(asdict(found))
        return
    say.strong(found.name)
    say.out(f"made {found.created}, {found.database}, id {found.id[:12]}")
    say.out()
    say.table(("what", "how many"), [(what, f"{count:,}") for what, count in found.counts.items()])
    say.out()
    say.paragraph(found.in_words)
    if found.rejected:
        say.out()
        parts = ", ".join(f"{count:,} by {stage}" for stage, count in found.rejected.items())
        say.paragraph(f"Could not be used: {parts}. `armslength list rejected {case}` shows each with its reason.")
    say.out()
    say.out(f"log  {say.plural(found.log_entries, 'entry')}, the last one {found.log_last}")
    say.out(f"head {found.head}")
