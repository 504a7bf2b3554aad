"""`armslength decide status`, `consent`, `disclose`, `protect`: what people enter about persons, who are ids and pseudonyms here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from armslength.cli import deciding, options

_STATES = click.Choice(
    [
        "alleged",
        "investigated",
        "arrested",
        "charged",
        "on_trial",
        "pleaded_guilty",
        "convicted",
        "convicted_final",
        "acquitted",
        "dismissed",
        "closed_without_charge",
        "overturned",
        "misidentified",
    ]
)


@click.command("status", short_help="Where a person stands before the law.")
@options.case_argument
@click.argument("entity", metavar="ENTITY")
@click.argument("status", type=_STATES, metavar="STATUS")
@click.option("--charge", required=True, metavar="TEXT", help="What they are accused of, as the forum words it.")
@click.option("--forum", required=True, metavar="TEXT", help="The court or authority; the press for what is alleged.")
@click.option("--date", required=True, metavar="EDTF", help="The day, month or year from which it stands so.")
@click.option("--claim", "claim_ids", multiple=True, metavar="ID", help="A claim that says so. May be repeated.")
@deciding.reviewing
@options.json_option
def status_command(*, case: Path, entity: str, claim_ids: tuple[str, ...], reviewer: str, reason: str, machine: bool, **given: str) -> None:
    """Enter where ENTITY, a person of CASE by pseudonym or id, stands before the law.

    STATUS is alleged, investigated, arrested, charged, on_trial, pleaded_guilty, convicted, convicted_final, acquitted, dismissed,
    closed_without_charge, overturned or misidentified. History is kept; the newest stands on top, and what may be written follows from it.

    Example:
      armslength decide status mycase "Person 7KQM" charged --charge fraud --forum Court --date 2026 --reviewer heron --reason "List."
    """
    from armslength.base.clock import SystemClock
    from armslength.model.ledger import LegalStatus
    from armslength.pipeline.ledgers import enter

    entry = LegalStatus(judgement="", person=entity, claims=tuple(claim_ids), **given)
    deciding.tell_entry(enter(case, entry, reason=reason, hand=deciding.hand(case, reviewer), clock=SystemClock()), machine=machine)


@click.command("consent", short_help="What a person agreed to, or took back.")
@options.case_argument
@click.argument("entity", metavar="ENTITY")
@click.argument("use", type=click.Choice(["collect", "keep", "share", "publish", "publish_named"]), metavar="USE")
@click.option(
    "--given/--refused", "given", required=True, default=None, help="Whether they agreed; --refused also takes an earlier consent back."
)
@click.option("--date", required=True, metavar="EDTF", help="When.")
@click.option("--with", "with_whom", default="", metavar="TEXT", help="Only with these; for all, if left out.")
@click.option("--until", default="", metavar="DAY", help="The last day it holds; without end, if left out.")
@deciding.reviewing
@options.json_option
def consent_command(*, case: Path, entity: str, reviewer: str, reason: str, machine: bool, **given: Any) -> None:
    """Enter what ENTITY, a person of CASE, agreed to: collect, keep, share, publish or publish_named.

    Unknown means no. So do taken back, run out, and two laptops that were told different things.

    Example:
      armslength decide consent mycase "Person 7KQM" publish --given --date 2026-03-14 --reviewer heron --reason "Signed form 12."
    """
    from armslength.base.clock import SystemClock
    from armslength.model.ledger import Consent
    from armslength.pipeline.ledgers import enter

    entry = Consent(judgement="", person=entity, **given)
    deciding.tell_entry(enter(case, entry, reason=reason, hand=deciding.hand(case, reviewer), clock=SystemClock()), machine=machine)


@click.command("disclose", short_help="Say that a person is public in a public role.")
@options.case_argument
@click.argument("entity", metavar="ENTITY")
@click.option("--role", required=True, metavar="TEXT", help="The public role, in the same words for both reviewers: minister, ambassador.")
@deciding.reviewing
@options.json_option
def disclose_command(*, case: Path, entity: str, role: str, reviewer: str, reason: str, machine: bool) -> None:
    """Say that ENTITY, a person of CASE, is public in a public role. It takes two reviewers, each with a key of their own; children never.

    Example:
      armslength decide disclose mycase "Person 7KQM" --role minister --reviewer heron --reason "Speaks for the ministry in four pages."
    """
    from armslength.base.clock import SystemClock
    from armslength.model.ledger import Disclosure
    from armslength.pipeline.ledgers import enter

    hand = deciding.hand(case, reviewer)
    entry = Disclosure(judgement="", person=entity, role=role, key=hand.key.id)
    deciding.tell_entry(enter(case, entry, reason=reason, hand=hand, clock=SystemClock()), machine=machine)


@click.command("protect", short_help="Say that a person stays protected: a child, or in danger.")
@options.case_argument
@click.argument("entity", metavar="ENTITY")
@click.option("--ground", type=click.Choice(["child", "danger"]), required=True, help="Why.")
@deciding.reviewing
@options.json_option
def protect_command(*, case: Path, entity: str, ground: str, reviewer: str, reason: str, machine: bool) -> None:
    """Say that ENTITY, a person of CASE, stays protected whatever else is decided. One reviewer is enough.

    Example:
      armslength decide protect mycase "Person 7KQM" --ground child --reviewer heron --reason "Fifteen at the time."
    """
    from armslength.base.clock import SystemClock
    from armslength.model.ledger import Protection
    from armslength.pipeline.ledgers import enter

    entry = Protection(judgement="", person=entity, ground=ground)
    deciding.tell_entry(enter(case, entry, reason=reason, hand=deciding.hand(case, reviewer), clock=SystemClock()), machine=machine)


COMMANDS = (status_command, consent_command, disclose_command, protect_command)
