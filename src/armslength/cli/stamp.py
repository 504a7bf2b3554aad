"""`armslength stamp`: a witness outside the case that its log stood as it did at a moment (RFC 3161)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from armslength.base.errors import InputError, IntegrityError
from armslength.cli import options, say

if TYPE_CHECKING:
    from armslength.store.timestamps import Stamped

_ROOTS = click.option(
    "--roots", type=options.FILE, metavar="PEM", help="The authority's root certificates; with them the signature is checked too."
)
_PACKAGE = click.option(
    "--package", type=options.FOLDER, metavar="DIR", help="Also put it into the package of the release that was just made."
)


@click.group("stamp", short_help="Have an authority stamp the log with the time (RFC 3161).")
def command() -> None:
    """Get a time stamp over the head of a case's log: proof, by somebody else's clock and key, that the log stood so at that moment.

    With one, even somebody who has all the keys of the case cannot remake its past unnoticed. The authority learns one hash and nothing
    else. Stock OpenSSL checks the replies kept in CASE/timestamps/.

    Offline, in two steps:
      armslength stamp request mycase --out mycase.tsq      take mycase.tsq to an authority, bring back its reply
      armslength stamp reply mycase --request mycase.tsq --reply mycase.tsr

    Online, in one step:
      armslength stamp fetch mycase --tsa https://tsa.example.org/
    """


@command.command("request", short_help="Write a request, to be taken to an authority.")
@options.case_argument
@click.option("--out", required=True, type=options.FILE, metavar="FILE", help="Where to write the request.")
def request(*, case: Path, out: Path) -> None:
    """Write a request over the head of CASE's log. Nothing goes to the network.

    Example:
      armslength stamp request mycase --out mycase.tsq
      curl -H 'Content-Type: application/timestamp-query' --data-binary @mycase.tsq https://tsa.example.org/ -o mycase.tsr

    Next: `armslength stamp reply mycase --request mycase.tsq --reply mycase.tsr`.
    """
    from armslength.store.case import open_case
    from armslength.store.timestamps import make_request

    data = make_request(open_case(case))
    try:
        with out.open("xb") as handle:
            handle.write(data)
    except FileExistsError:
        raise InputError(f"{out} is already there; give --out another name.") from None
    say.out(f"Wrote {out}, {say.plural(len(data), 'byte')}. Keep it until the reply is in the case.")


@command.command("reply", short_help="Put an authority's reply into the case.")
@options.case_argument
@click.option("--request", "request_file", required=True, type=options.FILE, metavar="FILE", help="The request it answers.")
@click.option("--reply", "reply_file", required=True, type=options.FILE, metavar="FILE", help="The authority's reply, as it came.")
@_ROOTS
@_PACKAGE
@options.collector_option
def reply(*, case: Path, request_file: Path, reply_file: Path, roots: Path | None, package: Path | None, collector: str) -> None:
    """Keep an authority's reply in CASE as it came, enter it into the log, then look at what it says.

    Example:
      armslength stamp reply mycase --request mycase.tsq --reply mycase.tsr --roots authority.pem
    """
    _keep(case, request=_read(request_file), reply=_read(reply_file), roots=roots, package=package, actor=collector)


@command.command("fetch", short_help="Ask an authority over the network.")
@options.case_argument
@click.option("--tsa", required=True, metavar="URL", help="Address of a time-stamping authority. This goes to the network.")
@_ROOTS
@_PACKAGE
@options.collector_option
def fetch(*, case: Path, tsa: str, roots: Path | None, package: Path | None, collector: str) -> None:
    """Ask a time-stamping authority for a stamp over the head of CASE's log, and keep it. This goes to the network.

    The authority, and whoever watches the line, learn one hash, your address, and that you use time stamps.

    Example:
      armslength stamp fetch mycase --tsa https://tsa.example.org/
    """
    from armslength.store import timestamps
    from armslength.store.case import open_case

    asked = timestamps.make_request(open_case(case))
    _keep(case, request=asked, reply=timestamps.fetch(tsa, asked), roots=roots, package=package, actor=collector)


def _keep(case: Path, *, request: bytes, reply: bytes, roots: Path | None, package: Path | None, actor: str) -> None:
    from armslength.base.clock import SystemClock
    from armslength.pipeline.building import keep_stamp

    certificates = _read(roots) if roots else None
    stamped = keep_stamp(case, request=request, reply=reply, roots=certificates, clock=SystemClock(), actor=actor)
    _tell(stamped, checked=roots is not None)
    if package is not None:
        from armslength.pipeline.enclosing import stamp_package

        stamp_package(package, seq=stamped.seq, reply=reply, request=request)
        say.out(f"The stamp is in {package} too; nothing that was sealed has changed.")


def _tell(stamped: Stamped, *, checked: bool) -> None:
    say.out(f"Kept as timestamps/{stamped.file}, over log entry {stamped.seq}.")
    if stamped.time:
        say.out(f"The authority's time: {stamped.time}")
    if stamped.problems:
        raise IntegrityError(f"The reply is in the case, with a problem: {'; '.join(stamped.problems)}.")
    if not checked:
        say.paragraph("Its signature was not checked: give the authority's root certificates with --roots, or use `openssl ts -verify`.")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}).") from None
