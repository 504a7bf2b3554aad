"""`armslength decide reply`, `request`, `restrict`, `retain`: what is owed to those written about, and by when."""

from __future__ import annotations

from pathlib import Path

import click

from armslength.cli import deciding, options


@click.command("reply", short_help="Right of reply: who was asked, and what came back.")
@options.case_argument
@click.argument("row", metavar="ID")
@click.option("--to", "addressee", required=True, metavar="ENTITY", help="Who was asked: an entity of the case, by id or pseudonym.")
@click.option("--channel", default="", metavar="TEXT", help="How: email, letter, through a lawyer. As before, if left out.")
@click.option("--asked", default="", metavar="DAY", help="When. As before, if left out.")
@click.option("--deadline", default="", metavar="DAY", help="Until when the answer is waited for; 14 days, if left out.")
@click.option("--answered", default="", metavar="DAY", help="When the answer came.")
@click.option("--answer", default="", metavar="TEXT", help="The answer in words that may be published.")
@deciding.reviewing
@options.json_option
def reply_command(*, case: Path, row: str, reviewer: str, reason: str, machine: bool, **given: str) -> None:
    """Enter that somebody accused in ID, a fact or entity of CASE, was asked, or what they answered. Run it again with --answered.

    Example:
      armslength decide reply mycase 3f9c2e --to 81aa07 --channel email --asked 2026-03-01 --reviewer heron --reason "Sent."
    """
    from armslength.base.clock import SystemClock
    from armslength.model.ledger import Reply
    from armslength.pipeline.ledgers import enter

    entry = Reply(judgement="", target=row, **given)
    deciding.tell_entry(enter(case, entry, reason=reason, hand=deciding.hand(case, reviewer), clock=SystemClock()), machine=machine)


@click.command("request", short_help="A request to put right, take out or restrict.")
@options.case_argument
@click.argument("row", metavar="ID")
@click.option("--kind", type=click.Choice(["rectify", "remove", "restrict"]), required=True, help="What is asked for.")
@click.option("--received", default="", metavar="DAY", help="When it came. That of the open request, if left out.")
@click.option("--deadline", default="", metavar="DAY", help="By when it has to be decided; 30 days, if left out.")
@click.option("--decided", default="", metavar="DAY", help="When it was decided.")
@click.option("--outcome", type=click.Choice(["granted", "granted_in_part", "refused"]), default=None, help="How.")
@deciding.reviewing
@options.json_option
def request_command(*, case: Path, row: str, outcome: str | None, reviewer: str, reason: str, machine: bool, **given: str) -> None:
    """Enter a request about ID, a fact or entity of CASE; run it again with --decided and --outcome. `armslength due` names what is open.

    Example:
      armslength decide request mycase 3f9c2e --kind rectify --received 2026-03-01 --reviewer heron --reason "Letter of their lawyer."
    """
    from armslength.base.clock import SystemClock
    from armslength.model.ledger import Request
    from armslength.pipeline.ledgers import enter

    if bool(given["decided"]) != bool(outcome):
        raise click.UsageError("--decided and --outcome go together.")
    entry = Request(judgement="", target=row, outcome=outcome or "", **given)
    deciding.tell_entry(enter(case, entry, reason=reason, hand=deciding.hand(case, reviewer), clock=SystemClock()), machine=machine)


@click.command("restrict", short_help="A court's order that something must not be published.")
@options.case_argument
@click.argument("row", metavar="ID")
@click.option("--forum", required=True, metavar="TEXT", help="The court.")
@click.option("--since", default="", metavar="DAY", help="From when. As before, if left out.")
@click.option("--until", default="", metavar="DAY", help="The last day it holds: also how an order that was lifted is entered.")
@deciding.reviewing
@options.json_option
def restrict_command(*, case: Path, row: str, forum: str, since: str, until: str, reviewer: str, reason: str, machine: bool) -> None:
    """Enter that a court forbids to publish ID, a fact or entity of CASE. It holds until it is lifted.

    Example:
      armslength decide restrict mycase 3f9c2e --forum "High Court" --since 2026-03-01 --reviewer heron --reason "Order 44/26."
    """
    from armslength.base.clock import SystemClock
    from armslength.model.ledger import Restriction
    from armslength.pipeline.ledgers import enter

    entry = Restriction(judgement="", target=row, forum=forum, since=since, until=until)
    deciding.tell_entry(enter(case, entry, reason=reason, hand=deciding.hand(case, reviewer), clock=SystemClock()), machine=machine)


@click.command("retain", short_help="How long something is kept, and what happens then.")
@options.case_argument
@click.argument("row", metavar="ID")
@click.option("--until", required=True, metavar="DAY", help="Until when.")
@click.option("--then", "action", type=click.Choice(["review", "shred"]), default="review", show_default=True, help="What happens then.")
@deciding.reviewing
@options.json_option
def retain_command(*, case: Path, row: str, until: str, action: str, reviewer: str, reason: str, machine: bool) -> None:
    """Start a clock for ID, a source or person of CASE. Nothing is shredded by itself: `armslength due` says when the day has come.

    Example:
      armslength decide retain mycase 3f9c2e --until 2028-03-01 --then shred --reviewer heron --reason "Two years were agreed."
    """
    from armslength.base.clock import SystemClock
    from armslength.model.ledger import Retention
    from armslength.pipeline.ledgers import enter

    entry = Retention(judgement="", target=row, until=until, action=action)
    deciding.tell_entry(enter(case, entry, reason=reason, hand=deciding.hand(case, reviewer), clock=SystemClock()), machine=machine)


COMMANDS = (reply_command, request_command, restrict_command, retain_command)
