"""`armslength serve`: a case as pages, on this machine only."""

from __future__ import annotations

import secrets
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from armslength.base.errors import ArmslengthError, InputError
from armslength.cli import deciding, options, say

if TYPE_CHECKING:
    from armslength.pipeline.signing import Hand
    from armslength.store.case import Case

APPLICATION = "armslength.web.app:serve_app"
"""The two surfaces know each other by this name only; neither imports the other."""
TEAM_APPLICATION = "armslength.web.team.serving:serve_team"
KEEP_ALIVE = 75
"""Seconds that a connection is kept for the next request: longer than proxies keep theirs (60 is usual), else a request meets one that is
just being closed.
"""


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
@click.option("--team", default="", metavar="ACCOUNTS", help="Ask for a log-in: the accounts of a team (`armslength account`).")
@click.option(
    "--address", default="", metavar="URL", help="With --team: what people type, with https. A proxy on this machine does the TLS."
)
@click.option("--proxy", default="", metavar="IP", help="With --team: where that proxy connects from; its X-Forwarded-For is believed.")
@options.collector_option
def command(  # noqa: PLR0913 - one for each option
    *, case: Path, port: int, host: str, show: bool, reviewer: str, looking: bool, team: str, address: str, proxy: str, collector: str
) -> None:
    """Show CASE as pages in a browser, to read and to decide, on this machine only. Ctrl-C ends it.

    The pages make no request to anywhere else, whatever the documents contain. That the case was opened is entered in its log.

    Examples:
      armslength serve mycase --open
      armslength serve mycase --team team.accounts --address https://cases.example.org --proxy 127.0.0.1

    The address it prints holds a token, made anew at every start: without it other users of this machine see nothing. With --team
    everybody logs in with an account of their own; docs/a-team.md says how to set that up.
    """
    from armslength.store.case import open_case

    if team:
        if show or reviewer or looking or not address:
            raise click.UsageError("--team needs --address, and goes without --open, --reviewer and --read-only.")
        _serve_team(case, accounts=team, address=address, proxy=proxy, host=host, port=port, actor=collector)
        return
    if address or proxy:
        raise click.UsageError("--address and --proxy go with --team.")
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
    from uvicorn.importer import import_from_string

    _answer(import_from_string(APPLICATION)(case, token=token, hand=hand), bound)


def _serve_team(case: Path, *, accounts: str, address: str, proxy: str, host: str, port: int, actor: str) -> None:
    """Serve a case to a team. What would be asked at a terminal is refused before it is asked."""
    from uvicorn.importer import import_from_string

    from armslength.store.case import locate_case, open_case

    serving = TEAM_APPLICATION.partition(":")[0]
    import_from_string(f"{serving}:refuse_asking")(locate_case(case))
    opened = open_case(case)
    application, gate = import_from_string(TEAM_APPLICATION)(opened, accounts=accounts, address=address, proxy=proxy)
    with listening(host, port) as bound:
        _enter(opened, address=gate.origin, actor=actor)
        say.strong(f"{opened.name} is at {gate.origin}, behind a proxy that passes on to {host}:{bound.getsockname()[1]}")
        say.out("Press Ctrl-C to end.")
        try:
            gate.start()
            _answer(application, bound)
        finally:
            gate.close()


def _answer(application: Callable[..., Any], bound: socket.socket) -> None:
    """Answer until Ctrl-C."""
    import uvicorn

    # The server would write what an error says, which may quote a document; the application writes where it happened, and no more.
    # It believes no header about who asks: the gate of a team looks at the one that a declared proxy sends.
    config = uvicorn.Config(
        application,
        log_level="critical",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        lifespan="on",
        ws="none",
        timeout_keep_alive=KEEP_ALIVE,
    )
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
