"""`armslength decide searched`; `armslength list coverage`, `views`: what was looked for, and views to find again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from armslength.cli import deciding, options
from armslength.cli.listing import SHOWN, listed

if TYPE_CHECKING:
    from armslength.pipeline.views.coverage import SearchLine, ViewLine


@click.command("searched", short_help="That something was searched, and whether anything was found.")
@options.case_argument
@click.argument("what", metavar="WHERE")
@click.option("--words", required=True, metavar="TEXT", help="The words that were looked for. A protected person's name is refused.")
@click.option("--language", required=True, metavar="CODE", help="Language of the words: en, zh, ckb.")
@click.option("--on", "date", required=True, metavar="DAY", help="The day of the search.")
@click.option("--found/--not-found", "result", required=True, default=None, help="Whether anything was found.")
@click.option("--country", default="", metavar="CODE", help="The country it was about: ES. No one country, if left out.")
@click.option("--covered", default="", metavar="EDTF", help="The period that was searched: 2019/2024.")
@click.option("--added", default="", metavar="TEXT", help="What was added to the case because of it.")
@deciding.reviewing
@options.json_option
def searched_command(*, case: Path, result: bool, reviewer: str, reason: str, machine: bool, **given: str) -> None:
    """Enter that WHERE, a database, site or archive by its name, was searched for CASE. Not found is not the same as did not happen.

    Example:
      armslength decide searched mycase Register --words office --language en --on 2026-03-01 --not-found --reviewer heron --reason "Log."
    """
    from armslength.base.clock import SystemClock
    from armslength.model.worklog import FOUND, NOT_FOUND, Searched
    from armslength.pipeline.ledgers import enter

    entry = Searched(judgement="", result=FOUND if result else NOT_FOUND, **given)
    deciding.tell_entry(enter(case, entry, reason=reason, hand=deciding.hand(case, reviewer), clock=SystemClock()), machine=machine)


@click.command("coverage", short_help="Who searched what, where, when, found or not.")
@options.case_argument
@options.json_option
def list_coverage(*, case: Path, machine: bool) -> None:
    """List the searches that were entered for CASE, the newest first. Not found is not the same as did not happen.

    Example:
      armslength list coverage mycase
    """
    from armslength.pipeline.views.coverage import search_lines

    def cells(row: SearchLine) -> Sequence[object]:
        return row.judgement[:SHOWN], row.day, row.who, row.what, row.words, row.language, row.country, "" if row.found else "not found"

    header = ("judgement", "day", "who", "where", "words", "language", "about", "")
    listed(
        case, search_lines, header, cells, machine=machine, none="Nobody has entered a search, so nothing is known of what was not found."
    )


@click.command("views", short_help="Pages that people keep to find again.")
@options.case_argument
@options.json_option
def list_views(*, case: Path, machine: bool) -> None:
    """List the views that people keep of CASE: pages with what was asked of them. They are kept on the pages themselves.

    Example:
      armslength list views mycase
    """
    from armslength.pipeline.views.coverage import view_lines

    def cells(row: ViewLine) -> Sequence[object]:
        return row.judgement[:SHOWN], row.who, row.name, row.address

    listed(case, view_lines, ("judgement", "who", "name", "address"), cells, machine=machine, none="No views are kept.")


COMMANDS = (searched_command,)
LISTS = (list_coverage, list_views)
