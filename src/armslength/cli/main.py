"""The command `armslength`: the list of commands, and what happens when something goes wrong.

Commands import heavy things when they run, so that `armslength --help` answers at once.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence
from types import TracebackType

import click

from armslength.base.errors import ArmslengthError
from armslength.cli import (
    account,
    account_role,
    account_secrets,
    add,
    asof,
    build,
    coding,
    decide,
    decide_worklog,
    doctor,
    evaluate,
    explain,
    export,
    import_,
    init,
    key,
    listing,
    listing_ledgers,
    publish,
    recompute,
    release,
    reviewer,
    say,
    serve,
    show,
    shred,
    stamp,
    status,
    travel,
    vault,
    verify,
)
from armslength.cli.build import SOME_REFUSED
from armslength.cli.helping import keep_lines

STOPPED = 130
"""Exit code after Ctrl-C, as shells have it."""
UNEXPECTED = 70
"""Exit code of a fault in the program itself (`EX_SOFTWARE` of sysexits.h)."""

EXIT_CODES = f"""Exit codes:
  0  done
  1  something went wrong (the message says what)
  2  a file, option or argument cannot be used as given
  3  the case is missing, is not a case, or is in use
  4  what is stored is not what was stored
  5  a package, model or program that is needed is not installed
  {SOME_REFUSED}  done, but some files could not be read; they are listed
  {UNEXPECTED} a fault in armslength itself
"""


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=EXIT_CODES,
    no_args_is_help=True,
)
@click.version_option(package_name="armslength", prog_name="armslength")
@click.option("--debug", is_flag=True, help="On an error, show where in the program it happened. Given before the command's name.")
def root(*, debug: bool) -> None:
    """Turn a pile of public reports into evidence that stands up.

    armslength reads articles and reports, finds what each passage says and who says it, and shows how many INDEPENDENT origins
    each fact really has: five articles about one report are five texts and one witness.

    Start here:
      armslength build mycase articles/     read a folder into a case
      armslength serve mycase               look at it in a browser, on this machine only
      armslength export mycase --to out     take the results elsewhere

    Everything works offline, and nothing is sent anywhere. A case is one folder: back it up by copying it.
    """


for module in (
    build,
    serve,
    export,
    import_,
    recompute,
    publish,
    release,
    verify,
    status,
    show,
    explain,
    listing,
    asof,
    decide,
    coding,
    reviewer,
    account,
    init,
    add,
    key,
    vault,
    shred,
    travel,
    stamp,
    evaluate,
    doctor,
):
    root.add_command(module.command)
for below in (*listing_ledgers.COMMANDS, *decide_worklog.LISTS):
    listing.command.add_command(below)
listing.command.add_command(coding.list_queue)
root.add_command(listing_ledgers.due)
for below in (account_role.command, account_secrets.reset, account_secrets.totp):
    account.command.add_command(below)
keep_lines(root)


def main() -> None:
    """Entry point of the program."""
    sys.excepthook = unexpected
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command; the exit code is the result. Every error that armslength raises on purpose ends as one sentence."""
    debug = "--debug" in arguments[:1]
    try:
        code = root.main(args=[*arguments], prog_name="armslength", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        say.aside("\nStopped. What was finished is kept; run the same command again to go on.")
        return STOPPED
    except ArmslengthError as error:
        if debug:
            raise
        say.trouble(" ".join([str(error), *(f"({note})" for note in getattr(error, "__notes__", ()))]))
        return error.exit_code
    return code if isinstance(code, int) else 0


def unexpected(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Say what happened when nobody foresaw it: what is safe, where to report, and nothing about the case's content."""
    if "--debug" in sys.argv[1:2] or not isinstance(error, Exception):
        traceback.print_exception(kind, error, trace)
    else:
        last = traceback.extract_tb(trace)[-1:] if trace else []
        where = "".join(f" at {frame.filename.rsplit('armslength', 1)[-1].lstrip('/')}:{frame.lineno}" for frame in last)
        notes = "".join(f" ({note})" for note in getattr(error, "__notes__", ()))
        say.trouble(
            f"armslength met something it does not know how to handle: {kind.__name__}{where}{notes}. "
            "What it had acknowledged before is safe: sources and the log are written before they are confirmed, and everything "
            "else can be built again by running the same command. Please report it to the project you have armslength from; "
            "`armslength --debug COMMAND ...` shows more, which may quote your documents: look it over before you send it."
        )
    sys.exit(UNEXPECTED)
