"""`armslength serve`: a case as pages, on this machine only."""

from __future__ import annotations

import secrets
import socket
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from armslength.base.errors import ArmslengthError, InputError
from armslength.cli import deciding, options, say

if TYPE_CHECKING:
    from armslength.pipeline.signing import Hand
    from armslength.store.case import Case

APPLICATION = "armslength.web.app:serve_app"
"""The two surfaces know each other by this name only; neither imports the other."""


@click.command("serve", short_help="Show a case in a browser, on this machine only.")
@options.case_argument
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="0 takes any port that is free.")
@click.option(
    "--host",
    type=click.Choice(["127.0.0.1", "::1"]),
    default="127.0.0.1",
    show_default=True,
    help="Loopback only: other machines cannot connect.",
)
@click.option("--open", "show", is_flag=True, help="Open the browser at the address.")
@click.option(
    "--reviewer", default="", envvar="ARMSLENGTH_REVIEWER", show_envvar=True, metavar="PSEUDONYM", help="Who decides on the pages."
)
@click.option("--read-only", "looking", is_flag=True, help="Only show: nothing can be sent, and the address needs no token.")
@options.collector_option
def command(*, case: Path, port: int, host: str, show: bool, reviewer: str, looking: bool, collector: str) -> None:
    """Show CASE as pages in a browser, to read and to decide, on this machine only. Ctrl-C ends it.

    The pages make no request to anywhere else, whatever the documents contain. That the case was opened is entered in its log.

    Example:
      armslength serve mycase --open

    The address it prints holds a token, made anew at every start: without it other users of this machine see nothing.
    """
    from armslength.store.case import open_case

    opened = open_case(case)
    hand = deciding.hand(case, reviewer) if reviewer else None
    with listening(host, port) as bound:
        name = f"[{host}]" if ":" in host else host
        address = f"http://{name}:{bound.getsockname()[1]}/"
        _enter(opened, address=address, actor=collector)
        token = "" if looking else secrets.token_urlsafe(32)
        if token:
            address += f"?token={token}"
        say.strong(f"{opened.name} is at {address}")
        say.out("Press Ctrl-C to end.")
        if show:
            import webbrowser

            webbrowser.open(address)
        _run(opened, bound, token=token, hand=hand)


def listening(host: str, port: int) -> socket.socket:
    """A socket that takes connections on a loopback address. Raises InputError when the port is taken."""
    bound = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError as error:
        bound.close()
        raise InputError(
            f"Port {port} cannot be used ({error.strerror}). Give another with --port, or --port 0 for any that is free."
        ) from None
    bound.listen()
    return bound


def _run(case: Case, bound: socket.socket, *, token: str, hand: Hand | None) -> None:
    import uvicorn
    from uvicorn.importer import import_from_string

    application = import_from_string(APPLICATION)(case, token=token, hand=hand)
    # The server would write what an error says, which may quote a document; the application writes where it happened, and no more.
    config = uvicorn.Config(application, log_level="critical", access_log=False, server_header=False, lifespan="off", ws="none")
    with suppress(KeyboardInterrupt):  # Ctrl-C is how this command is meant to end
        uvicorn.Server(config).run(sockets=[bound])


def _enter(case: Case, *, address: str, actor: str) -> None:
    """Enter into the log that the case was opened. A case on a disk that cannot be written to is still shown, and the user told."""
    from armslength.base.clock import SystemClock
    from armslength.pipeline.building import record_event

    try:
        record_event(case.folder, event="access.served", subject=case.id, data={"address": address}, clock=SystemClock(), actor=actor)
    except (ArmslengthError, OSError) as error:
        say.aside(f"That the case is being shown could not be entered in its log: {error}")
