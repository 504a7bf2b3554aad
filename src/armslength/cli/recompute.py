"""`armslength recompute`: whether an export's conclusions follow from its own evidence."""

from __future__ import annotations

from pathlib import Path

import click

from armslength.base.errors import InputError, IntegrityError
from armslength.cli import options, say


@click.command("recompute", short_help="Count the origins of an export again, from its evidence.")
@click.argument("export", type=options.FOLDER, metavar="EXPORT")
@options.json_option
def command(*, export: Path, machine: bool) -> None:
    """Derive every count of independent origins in EXPORT again, from its spans, edges and judgements alone, and compare.

    EXPORT is a folder written by `armslength export --format jsonl`. No case is needed and nothing else is read: whoever has the
    export can check that its conclusions follow from the evidence in it. docs/how-origins-are-counted.md has the rule in words.

    Example:
      armslength export mycase --to out && armslength recompute out

    Exit code 0 means that every quotation stands where it says and every count follows, 4 that something does not.
    """
    from armslength.publish.recompute import read_export, recompute

    try:
        found = recompute(read_export(export))
    except OSError as error:
        raise InputError(f"{export} is not a JSON-lines export: {error.strerror}: {error.filename}.") from error
    except ValueError as error:
        raise InputError(str(error)) from error
    except (KeyError, TypeError) as error:
        raise InputError(
            f"A row of {export} lacks a field or holds something else in it ({error}); it is no export of this version."
        ) from error
    if machine:
        say.as_json(
            {"fine": not found.problems, "facts": found.facts, "spans": found.spans, "problems": [one._asdict() for one in found.problems]}
        )
        if found.problems:
            click.get_current_context().exit(IntegrityError.exit_code)
        return
    for problem in found.problems:
        say.paragraph(f"{problem.where}: {problem.says}", indent="    ", first="  ✗ ")
    if found.problems:
        raise IntegrityError(f"{say.plural(len(found.problems), 'thing')} in {export} does not follow from its own evidence.")
    say.strong(
        f"{say.plural(found.facts, 'fact')}: every count of origins follows from the edges, and all {found.spans:,} quotations are exact."
    )
