"""`armslength list ledger`, `requests`, `replies`, `findings`, `judgements`, `conflicts`, `imports`; `armslength due`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from armslength.cli import options
from armslength.cli.listing import SHOWN, listed

if TYPE_CHECKING:
    from armslength.pipeline.views.ledgers import EntryLine, FindingLine, JudgementLine
    from armslength.store.read import Reader

_ENTRY = ("judgement", "about", "", "what", "date", "")


def _day_option(name: str, about: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option(name, "day", metavar="DAY", default=None, help=about)


def _today(day: str | None) -> str:
    from armslength.base.clock import SystemClock, stamp
    from armslength.base.errors import InputError
    from armslength.model.edtf import is_valid, precision

    if day is None:
        return stamp(SystemClock().now())[:10]
    if not is_valid(day) or precision(day) != "day":
        raise InputError(f"{day!r} is no day: write it as 2026-03-14.")
    return day


def _entry(row: EntryLine) -> Sequence[object]:
    marks = ", ".join(word for word, on in (("OVERDUE", row.overdue), ("in conflict", row.disputed)) if on)
    return row.judgement[:SHOWN], row.about[:SHOWN], row.label, row.says, row.date, marks


@click.command("ledger", short_help="Legal status, consent, orders, clocks: all that stands.")
@options.case_argument
@_day_option("--as-of", "What stood at the end of this day; what stands now, if left out.")
@options.json_option
def list_ledger(*, case: Path, day: str | None, machine: bool) -> None:
    """List every entry of the ledgers of CASE that stands: legal status, replies, consent, court orders, requests, disclosure, clocks.

    Example:
      armslength list ledger mycase
    """
    from armslength.pipeline.views.ledgers import entry_lines

    def rows(reader: Reader) -> Iterable[EntryLine]:
        return entry_lines(reader, day=_today(day), as_of=_today(day) if day else "")

    listed(case, rows, _ENTRY, _entry, machine=machine, none="Nothing is entered in the ledgers of this case.")


@click.command("requests", short_help="Requests to put right, take out or restrict.")
@options.case_argument
@options.json_option
def list_requests(*, case: Path, machine: bool) -> None:
    """List the requests made about CASE, the open ones first, each with the day by which it has to be decided.

    Example:
      armslength list requests mycase
    """
    from armslength.pipeline.views.ledgers import request_lines

    none = "Nobody has asked for anything to be put right or taken out."
    listed(case, lambda reader: request_lines(reader, day=_today(None)), _ENTRY, _entry, machine=machine, none=none)


@click.command("replies", short_help="Who was asked for a reply, and what came back.")
@options.case_argument
@options.json_option
def list_replies(*, case: Path, machine: bool) -> None:
    """List who was asked for a reply about CASE, how and when, and what came back.

    Example:
      armslength list replies mycase
    """
    from armslength.model.ledger import Reply
    from armslength.pipeline.views.ledgers import entry_lines

    def rows(reader: Reader) -> Iterable[EntryLine]:
        return entry_lines(reader, day=_today(None), kinds=(Reply,))

    listed(case, rows, _ENTRY, _entry, machine=machine, none="Nobody was asked for a reply yet.")


@click.command("findings", short_help="What two people concluded, and what waits for one.")
@options.case_argument
@options.json_option
def list_findings(*, case: Path, machine: bool) -> None:
    """List the findings of CASE, and those that wait for a second reviewer.

    Example:
      armslength list findings mycase
    """
    from armslength.pipeline.views.ledgers import finding_lines

    def cells(row: FindingLine) -> Sequence[object]:
        by = f"{row.author} and {row.second_reviewer}" if row.second_reviewer else f"{row.author}; waits for a second"
        return row.id[:SHOWN], row.fact[:SHOWN], row.standard, by, row.statement

    header = ("finding", "fact", "standard", "by", "statement")
    listed(case, finding_lines, header, cells, machine=machine, none="This case has no findings.")


def _judgement(row: JudgementLine) -> Sequence[object]:
    return row.id[:SHOWN], row.when[:10], row.who, "" if row.key else "unsigned", row.decision, row.target[:SHOWN], row.reason


_JUDGEMENT = ("judgement", "when", "who", "", "decision", "about", "reason")


@click.command("judgements", short_help="Everything people decided, the newest first.")
@options.case_argument
@options.json_option
def list_judgements(*, case: Path, machine: bool) -> None:
    """List every judgement of CASE, superseded ones too, the newest first.

    Example:
      armslength list judgements mycase
    """
    from armslength.pipeline.views.ledgers import judgement_lines

    listed(case, judgement_lines, _JUDGEMENT, _judgement, machine=machine, none="Nobody has decided anything yet.")


@click.command("conflicts", short_help="Judgements made apart that do not agree.")
@options.case_argument
@options.json_option
def list_conflicts(*, case: Path, machine: bool) -> None:
    """List judgements of CASE that stand side by side about one thing and do not agree, as after two laptops were merged.

    Neither holds, and what protects somebody does, until people decide again about the same thing.

    Example:
      armslength list conflicts mycase
    """
    from armslength.pipeline.views.ledgers import conflict_lines

    listed(case, conflict_lines, _JUDGEMENT, _judgement, machine=machine, none="No judgements are in conflict.")


@click.command("imports", short_help="Judgements brought from other copies, by batch.")
@options.case_argument
@options.json_option
def list_imports(*, case: Path, machine: bool) -> None:
    """List what was brought into CASE from other copies of it. `armslength decide import --undo` takes one back.

    Example:
      armslength list imports mycase
    """
    from armslength.pipeline.merging import imports_of

    def cells(row: dict[str, object]) -> Sequence[object]:
        return str(row["id"])[:SHOWN], str(row["when"])[:10], row["who"], row["judgements"], "taken back" if row["taken_back"] else ""

    listed(case, imports_of, ("import", "when", "who", "judgements", ""), cells, machine=machine, none="Nothing was imported.")


@click.command("due", short_help="What has to be done today: requests, replies, clocks.")
@options.case_argument
@_day_option("--day", "Another day than today.")
@options.json_option
def due(*, case: Path, day: str | None, machine: bool) -> None:
    """Name what is due in CASE today, or should have been done before: requests to decide, answers that did not come, clocks that ran out.

    Example:
      armslength due mycase
    """
    from armslength.pipeline.views.ledgers import due_lines

    listed(case, lambda reader: due_lines(reader, day=_today(day)), _ENTRY, _entry, machine=machine, none="Nothing is due.")


COMMANDS = (list_ledger, list_requests, list_replies, list_findings, list_judgements, list_conflicts, list_imports)
