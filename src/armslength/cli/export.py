"""`armslength export`: what was found, for other programs and people."""

from __future__ import annotations

from pathlib import Path

import click

from armslength.cli import options, say
from armslength.cli.opening import opened

_FORMATS = {
    "jsonl": "everything, for programs.",
    "csv": "tables for spreadsheets, with a codebook.",
    "xlsx": "the same tables in one workbook.",
    "geojson": "sites and incidents, for maps.",
    "docx": "a report with numbered source notes, for Word.",
    "pdf": "the same report as tagged PDF; needs armslength[pdf].",
    "site": "a web site to open from the folder, without scripts.",
    "annotations": "claims as W3C Web Annotations.",
    "schema-org": "facts as schema.org Claims.",
    "ftm": "FollowTheMoney, for Aleph.",
    "stix": "STIX 2.1.",
    "freedom-house": "incidents by Freedom House's terms.",
    "aaad": "incidents by the terms of the Authoritarian Actions Abroad Database.",
}
"""What each format is for. From `annotations` on, `losses.json` beside it says what the format cannot hold."""


@click.command("export", short_help="Write the results to a folder, in a format of your choice.")
@options.case_argument
@click.option("--to", required=True, type=options.FOLDER, metavar="DIR", help="A folder that is new, empty, or an earlier export.")
@click.option(
    "--format",
    "form",
    type=click.Choice(list(_FORMATS)),
    default="jsonl",
    show_default=True,
    help=" ".join(f"{name}: {what}" for name, what in _FORMATS.items()),
)
@options.unmasked_option
@options.collector_option
@options.json_option
def command(*, case: Path, to: Path, form: str, unmasked: bool, collector: str, machine: bool) -> None:
    """Write what CASE holds to a folder. The same case content always gives the same bytes.

    Persons appear under pseudonyms, and where a text or quote names one that a claim knows, blocks of the same length stand instead, so
    that every offset holds. Somebody whom no claim names is not hidden, and a quote leads to its page: do not publish an export unread.
    That an export was written is entered in the custody log.

    Example:
      armslength export mycase --to out --format csv

    Next: out/facts.csv holds one fact a row, its denials beside it; out/codebook.csv says what every column means.
    """
    from armslength.base.clock import SystemClock
    from armslength.pipeline.building import export_case

    opened(case, f"export {form}", unmasked=unmasked, actor=collector)
    report = export_case(case, to, format=form, clock=SystemClock(), actor=collector, unmasked=unmasked)
    if machine:
        files = [{"file": name, "sha256": found, "lines": lines} for name, found, lines in report.files]
        say.as_json({"format": report.format, "folder": str(report.folder), "hash": report.hash, "files": files})
        return
    say.strong(f"Wrote {say.plural(len(report.files), 'file')} to {report.folder}.")
    say.table(("file", "lines", "SHA-256"), [(name, lines, found) for name, found, lines in report.files])
