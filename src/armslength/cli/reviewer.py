"""`armslength reviewer`: who may decide in a case, each with a key of their own."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from armslength.cli import deciding, options, say


@click.group("reviewer", short_help="Reviewers of a case and their keys: add, list, retire.")
def command() -> None:
    """Reviewers of a case. Each signs with a key of their own, and four eyes are two keys of two reviewers, never two names with one key.

    The private half stays in your configuration folder, the public half and its history are kept in the case. The program cannot know that
    two reviewers are one human being with two keys: that is for you to know.
    """


@command.command("add", short_help="Make a key for a reviewer and enter it in the case.")
@options.case_argument
@click.argument("reviewer", metavar="PSEUDONYM")
@click.option("--passphrase", "locked", is_flag=True, help="Keep the key under a passphrase, which is asked for. Recommended.")
@options.json_option
def add_command(*, case: Path, reviewer: str, locked: bool, machine: bool) -> None:
    """Enter PSEUDONYM as a reviewer of CASE, with a new key on this machine.

    Example:
      armslength reviewer add mycase heron --passphrase

    Next: armslength decide ... --reviewer heron. Back the key up: what it signed still counts without it, but nothing new can be signed.
    """
    from armslength.base.clock import SystemClock
    from armslength.pipeline.reviewing import add_reviewer
    from armslength.store.reviewer_keys import reviewers_folder

    said = deciding.passphrase(f"the new key of {reviewer}", twice=True) if locked else ""
    made = add_reviewer(case, reviewer, keys=reviewers_folder(), clock=SystemClock(), passphrase=said)
    if machine:
        say.as_json({"reviewer": made.who, "key": made.key.id, "public": made.key.public})
        return
    say.strong(f"{made.who} is a reviewer of this case, with the key {made.key.id}.")
    say.paragraph(f"The private half is in {reviewers_folder()} and nowhere else{'' if said else ', not under a passphrase'}.")


@command.command("list", short_help="Who may decide, and with which key.")
@options.case_argument
@options.json_option
def list_command(*, case: Path, machine: bool) -> None:
    """List the reviewers of CASE with their keys, the retired ones last.

    Example:
      armslength reviewer list mycase
    """
    from armslength.pipeline.reviewing import reviewer_lines
    from armslength.store.case import open_case
    from armslength.store.read import reading
    from armslength.store.reviewer_keys import reviewers_folder

    with reading(open_case(case)) as reader:
        rows = reviewer_lines(reader, keys=reviewers_folder())
    if machine:
        say.as_json([asdict(row) for row in rows])
    elif rows:
        header = ("reviewer", "key", "since", "retired", "judgements", "")
        here = [
            (row.who, row.key, row.since[:10], row.until[:10], row.judgements, "key on this machine" if row.here else "") for row in rows
        ]
        say.table(header, here)
    else:
        say.out("This case has no reviewers yet. Enter one: armslength reviewer add CASE PSEUDONYM")


@command.command("retire", short_help="Retire a key; what it signed before still counts.")
@options.case_argument
@click.argument("key", metavar="KEY")
@deciding.reviewing
@options.json_option
def retire_command(*, case: Path, key: str, reviewer: str, reason: str, machine: bool) -> None:
    """Retire KEY of CASE, named by its first characters. Any reviewer can: a key may be lost, or in other hands.

    Example:
      armslength reviewer retire mycase 81aa07 --reviewer heron --reason "The laptop was taken."
    """
    from armslength.base.clock import SystemClock
    from armslength.pipeline.reviewing import retire_key

    row = retire_key(case, key, reason=reason, hand=deciding.hand(case, reviewer), clock=SystemClock())
    if machine:
        say.as_json(asdict(row))
    else:
        say.strong(f"The key {row.key} of {row.who} is retired. What it signed until {row.until[:10]} still counts.")
