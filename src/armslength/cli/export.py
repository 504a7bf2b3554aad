"""`armslength export`: what was found, for other programs and people."""

from __future__ import annotations

from pathlib import Path

import click

from armslength.cli import options, say


@click.command("export", short_help="Write the results to a folder: JSON lines, CSV or GeoJSON.")
@options.case_argument
@click.option("--to", required=True, type=options.FOLDER, metavar="DIR", help="A folder that is new, empty, or an earlier export.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "csv", "geojson"]),
    default="jsonl",
    show_default=True,
    help="jsonl: everything, for programs. csv: tables for spreadsheets, with a codebook. geojson: sites and incidents, for maps.",
)
@options.collector_option
@options.json_option
def command(*, case: Path, to: Path, form: str, collector: str, machine: bool) -> None:
    """Write what CASE holds to a folder. The same case content always gives the same bytes.

    Persons appear under pseudonyms, but quotes and document texts (jsonl) are the sources' own words and can name people: treat an
    export like the articles themselves, and do not publish it unread. That an export was written is entered in the custody log.

    Example:
      armslength export mycase --to out --format csv

    Next: out/facts.csv holds one fact a row, its denials beside it; out/codebook.csv says what every column means.
    """
    from armslength.base.clock import SystemClock
    from armslength.pipeline.building import export_case

    report = export_case(case, to, format=form, clock=SystemClock(), actor=collector)
    if machine:
        files = [{"file": name, "sha256": found, "lines": lines} for name, found, lines in report.files]
        say.as_json({"format": report.format, "folder": str(report.folder), "hash": report.hash, "files": files})
        return
    say.strong(f"Wrote {say.plural(len(report.files), 'file')} to {report.folder}.")
    say.table(("file", "lines", "SHA-256"), [(name, lines, found) for name, found, lines in report.files])
