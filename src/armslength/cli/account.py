"""`armslength account`: who may log in to a team's cases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any, TypeVar

import click

from armslength.cli import options, say

Command = TypeVar("Command", bound=Callable[..., Any])

PASSPHRASE_FILE = "ARMSLENGTH_ACCOUNT_PASSPHRASE_FILE"  # noqa: S105 - a variable's name


def accounts_argument(wrapped: Command) -> Command:
    """The accounts a command works on."""
    return click.argument("accounts", metavar="ACCOUNTS")(wrapped)


@click.group("account", short_help="Accounts of a team: add, list, role, codes, disable, reset.")
def command() -> None:
    """Accounts of a team that works on cases together, for `armslength serve CASE --team ACCOUNTS`.

    ACCOUNTS is a file (team.accounts) or a PostgreSQL database (postgresql+psycopg://user@host/name), where they lie in the schema
    al_accounts. They are not part of a case: a team has several. An account is a pseudonym: no name, no e-mail address.

    A team begins like this:
      armslength account add team.accounts heron
      armslength account role team.accounts heron admin --case mycase
      armslength serve mycase --team team.accounts --address https://cases.example.org

    The server's key lies in your configuration folder (keys/accounts.key). Back it up: without it no account opens.
    """


@command.command("add", short_help="Add an account.")
@accounts_argument
@click.argument("pseudonym", metavar="PSEUDONYM")
@click.option(
    "--own", is_flag=True, help="Whoever types the passphrase is the account's owner: it need not be changed at the first log-in."
)
@options.collector_option
@options.json_option
def add_command(*, accounts: str, pseudonym: str, own: bool, collector: str, machine: bool) -> None:
    """Add the account PSEUDONYM. Its passphrase is asked for twice, or read from the file ARMSLENGTH_ACCOUNT_PASSPHRASE_FILE names.

    Whoever gets a passphrase from you has to change it at the first log-in; only then a key to sign with is made, under a passphrase that
    nobody else knows. The first account makes ACCOUNTS.

    Example:
      armslength account add team.accounts heron
    """
    from armslength.base.clock import SystemClock
    from armslength.store.accounts.keeping import add_account
    from armslength.store.accounts.opening import open_accounts
    from armslength.store.unlock import new_passphrase

    words = new_passphrase(f"the account {pseudonym}", variable=PASSPHRASE_FILE)
    made = add_account(open_accounts(accounts, make=True), pseudonym, words, given=not own, clock=SystemClock(), actor=collector)
    if machine:
        say.as_json(asdict(made))
        return
    say.strong(f"Added the account {made.who}.")
    say.out(f"Next: armslength account role {accounts} {made.who} ROLE --case CASE")


@command.command("list", short_help="Who has an account, and which roles.")
@accounts_argument
@options.json_option
def list_command(*, accounts: str, machine: bool) -> None:
    """List the accounts with their roles.

    Example:
      armslength account list team.accounts
    """
    from armslength.base.clock import SystemClock
    from armslength.store.accounts.entering import locked_now
    from armslength.store.accounts.grants import grants
    from armslength.store.accounts.keeping import all_accounts
    from armslength.store.accounts.opening import open_accounts

    opened = open_accounts(accounts)
    roles: dict[str, list[str]] = {}
    for grant in grants(opened):
        roles.setdefault(grant.who, []).append(f"{grant.role} in {grant.case_id[:8]}")
    rows = all_accounts(opened)
    if machine:
        say.as_json([{**asdict(row), "roles": roles.get(row.who, [])} for row in rows])
        return
    clock = SystemClock()
    state = {row.who: "disabled" if row.disabled else "locked" if locked_now(opened, row.who, clock=clock) else "" for row in rows}
    lines = [(row.who, "yes" if row.codes else "no", row.created[:10], state[row.who], ", ".join(roles.get(row.who, []))) for row in rows]
    say.table(("account", "codes", "since", "", "roles"), lines)


@command.command("disable", short_help="Disable an account.")
@accounts_argument
@click.argument("pseudonym", metavar="PSEUDONYM")
@options.collector_option
def disable_command(*, accounts: str, pseudonym: str, collector: str) -> None:
    """Disable an account in every case, and end its sessions. What it signed stays; `armslength reviewer retire` retires its key.

    Example:
      armslength account disable team.accounts heron
    """
    _set_disabled(accounts, pseudonym, disabled=True, collector=collector)
    say.strong(f"Disabled the account {pseudonym}. Its sessions are over.")


@command.command("enable", short_help="Enable an account again.")
@accounts_argument
@click.argument("pseudonym", metavar="PSEUDONYM")
@options.collector_option
def enable_command(*, accounts: str, pseudonym: str, collector: str) -> None:
    """Enable a disabled account again, with the passphrase, codes, key and roles it had.

    Example:
      armslength account enable team.accounts heron
    """
    _set_disabled(accounts, pseudonym, disabled=False, collector=collector)
    say.strong(f"Enabled the account {pseudonym}.")


@command.command("unlock", short_help="Let an account try again after failed log-ins.")
@accounts_argument
@click.argument("pseudonym", metavar="PSEUDONYM")
@options.collector_option
def unlock_command(*, accounts: str, pseudonym: str, collector: str) -> None:
    """Forget the failed log-ins of an account: it can try again at once.

    Example:
      armslength account unlock team.accounts heron
    """
    from armslength.base.clock import SystemClock
    from armslength.store.accounts.entering import unlock
    from armslength.store.accounts.keeping import account_named
    from armslength.store.accounts.opening import open_accounts

    opened = open_accounts(accounts)
    found = unlock(opened, account_named(opened, pseudonym).who, clock=SystemClock(), actor=collector)
    say.strong("It can try again." if found else "It was not locked.")


@command.command("history", short_help="What was done to the accounts.")
@accounts_argument
@options.json_option
def history_command(*, accounts: str, machine: bool) -> None:
    """List what was done to the accounts: added, disabled, reset, roles. Who logged in where stands in the log of the case.

    Example:
      armslength account history team.accounts
    """
    from armslength.store.accounts.history import history
    from armslength.store.accounts.opening import open_accounts

    lines = history(open_accounts(accounts))
    if machine:
        say.as_json([{**asdict(line), "data": dict(line.data)} for line in lines])
        return
    rows = [(line.time[:19], line.event, line.subject, line.actor, " ".join(line.data.values())) for line in lines]
    say.table(("time", "event", "account", "by", ""), rows)


def _set_disabled(accounts: str, pseudonym: str, *, disabled: bool, collector: str) -> None:
    from armslength.base.clock import SystemClock
    from armslength.store.accounts.keeping import set_disabled
    from armslength.store.accounts.opening import open_accounts

    set_disabled(open_accounts(accounts), pseudonym, disabled=disabled, clock=SystemClock(), actor=collector)
