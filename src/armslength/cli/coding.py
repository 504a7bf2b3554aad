"""`armslength coding`: coding tasks for two or more people, how far they agree, their codes as CSV; `armslength list queue`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from armslength.cli import deciding, options, say
from armslength.cli.listing import SHOWN, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from armslength.model.coding import Coding
    from armslength.model.queue import Item


@click.group("coding", short_help="Double coding: make a task, list tasks, how far coders agree.")
def command() -> None:
    """Double coding: two or more people read the same passages, each without seeing what the others wrote.

    The codes are written on the pages (`armslength serve`, under Coding). Nobody sees another's before all have finished or the task was
    closed; then the figures of agreement are shown, and what coders disagree about is settled.
    """


_task = click.argument("task", metavar="TASK")


@command.command("make", short_help="Make a task for two or more coders.")
@options.case_argument
@click.option("--title", required=True, metavar="TEXT", help="What the task is called.")
@click.option("--coder", "coders", multiple=True, required=True, metavar="PSEUDONYM", help="A reviewer of the case. Two or more.")
@click.option("--ask", "variables", multiple=True, metavar="VARIABLE", help="What is coded: is_claim, kind, speech_act, value, ...")
@click.option("--of", "of", type=click.Choice(["claims", "passages"]), default="claims", show_default=True, help="What is drawn.")
@click.option("--sample", type=click.IntRange(1, 500), default=30, show_default=True, metavar="N", help="How many.")
@click.option("--seed", type=int, default=1, show_default=True, metavar="N", help="The same seed draws the same passages.")
@click.option("--kind", default="", metavar="KIND", help="Only claims of this kind or family.")
@click.option("--document", "documents", multiple=True, metavar="ID", help="Only from this document. May be repeated.")
@click.option("--sees-machine", "sees", is_flag=True, help="Coders see how the program read the passage: no blind test of it then.")
@deciding.reviewing
@options.json_option
def make_command(*, case: Path, reviewer: str, reason: str, machine: bool, variables: tuple[str, ...], **given: Any) -> None:
    """Make a coding task in CASE: passages drawn at random by a seed, for two or more coders.

    Example:
      armslength coding make mycase --title "Pilot" --coder heron --coder finch --sample 50 --reviewer wren --reason "Before the report."
    """
    from armslength.base.clock import SystemClock
    from armslength.pipeline.coding import ASKED, Plan, make_task

    plan = Plan(**given, variables=variables or ASKED)
    row = make_task(case, plan, reason=reason, hand=deciding.hand(case, reviewer), clock=SystemClock())
    if machine:
        say.as_json(asdict(row))
        return
    say.strong(f"Made: {row.id[:SHOWN]}. {' and '.join(plan.coders)} code it under /coding/{row.id[:SHOWN]} of `armslength serve`.")


@command.command("list", short_help="Every task, and who has finished.")
@options.case_argument
@options.json_option
def list_command(*, case: Path, machine: bool) -> None:
    """List the coding tasks of CASE, the newest first, with who has finished.

    Example:
      armslength coding list mycase
    """
    from armslength.pipeline.coding import codings_of
    from armslength.pipeline.views.coding import TaskLine, task_line

    def cells(row: TaskLine) -> Sequence[object]:
        state = "being coded" if row.open else "ended"
        return row.id[:SHOWN], state, row.passages, f"{len(row.finished)} of {len(row.coders)} finished", row.title

    header = ("task", "", "passages", "coders", "title")
    none = "This case has no coding tasks."
    listed(case, lambda reader: [task_line(one, "") for one in codings_of(reader)], header, cells, machine=machine, none=none)


@command.command("agreement", short_help="How far the coders of a task that has ended agree.")
@options.case_argument
@_task
@options.json_option
def agreement_command(*, case: Path, task: str, machine: bool) -> None:
    """Krippendorff's alpha and the share of equal codes for each variable of TASK, named by the first characters of its id.

    Where alpha is not defined, the reason stands in its place.

    Example:
      armslength coding agreement mycase 3f9c2e
    """
    from armslength.pipeline.views.coding import figures

    found = figures(_ended(case, task))
    if machine:
        say.as_json([asdict(row) for row in found])
        return
    for row in found:
        say.strong(f"{row.label} ({row.level}): alpha {row.alpha}, the same code in {row.percent or 'no pair'}")
        say.paragraph(
            f"{row.reads[0].upper()}{row.reads[1:].rstrip('.')}. {row.passages} passages, {row.missing} codes missing.", indent="  "
        )


@command.command("codes", short_help="Codes and figures of a task that has ended, as CSV.")
@options.case_argument
@_task
@click.option("--to", type=options.FOLDER, required=True, metavar="FOLDER", help="Where codes.csv and agreement.csv are written.")
@options.json_option
def codes_command(*, case: Path, task: str, to: Path, machine: bool) -> None:
    """Write every code of TASK, and its figures, as CSV: for the methods section of a paper.

    Example:
      armslength coding codes mycase 3f9c2e --to out
    """
    from armslength.base.clock import SystemClock
    from armslength.pipeline.building import record_event
    from armslength.pipeline.views.coding import agreement_csv, codes_csv

    found = _ended(case, task)
    to.mkdir(parents=True, exist_ok=True)
    written = {"codes.csv": codes_csv(found), "agreement.csv": agreement_csv(found)}
    for name, text in written.items():
        (to / name).write_bytes(text.encode("utf-8-sig"))
    data = {"files": sorted(written)}
    record_event(case, event="export.written", subject=found.task.id, data=data, clock=SystemClock(), actor="unnamed")
    if machine:
        say.as_json({"to": str(to), "files": sorted(written)})
    else:
        say.strong(f"Written to {to}: {', '.join(sorted(written))}.")


@command.command("close", short_help="End a task before all have finished.")
@options.case_argument
@_task
@deciding.reviewing
@options.json_option
def close_command(*, case: Path, task: str, reviewer: str, reason: str, machine: bool) -> None:
    """End TASK before all coders have finished: what was coded can be seen then, and no more is taken.

    Example:
      armslength coding close mycase 3f9c2e --reviewer wren --reason "One coder fell ill."
    """
    from armslength.base.clock import SystemClock
    from armslength.pipeline.coding import close_task

    row = close_task(case, task, reason=reason, hand=deciding.hand(case, reviewer), clock=SystemClock())
    if machine:
        say.as_json(asdict(row))
    else:
        say.strong("Ended. What was coded can be seen now.")


def _ended(case: Path, task: str) -> Coding:
    """A task that has ended. Raises InputError while it is being coded: nobody sees the codes then."""
    from armslength.base.errors import InputError
    from armslength.pipeline.coding import coding_of
    from armslength.store.case import open_case
    from armslength.store.read import reading

    with reading(open_case(case)) as reader:
        found = coding_of(reader, task)
    if found.open:
        raise InputError("That task is still being coded: its codes and figures are shown when all have finished, or when it is closed.")
    return found


@click.command("queue", short_help="What to look at next, by what a decision would change.")
@options.case_argument
@options.json_option
def list_queue(*, case: Path, machine: bool) -> None:
    """List the first fifty things to look at in CASE, in the order of what a decision would change.

    Example:
      armslength list queue mycase
    """
    from armslength.pipeline.views.queue import first_items

    def cells(row: Item) -> Sequence[object]:
        return row.kind, (row.target or row.id)[:SHOWN], row.says

    listed(case, first_items, ("kind", "about", "what it would change"), cells, machine=machine, none="Nothing waits.")
