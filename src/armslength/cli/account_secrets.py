"""`armslength account reset` and `armslength account totp`: another passphrase, and one-time codes."""

from __future__ import annotations

import sys

import click

from armslength.base.errors import InputError
from armslength.cli import options, say
from armslength.cli.account import PASSPHRASE_FILE, accounts_argument


@click.command("reset", short_help="Give an account another passphrase.")
@accounts_argument
@click.argument("pseudonym", metavar="PSEUDONYM")
@options.collector_option
def reset(*, accounts: str, pseudonym: str, collector: str) -> None:
    """Give PSEUDONYM, who has forgotten the passphrase or lost the telephone, another passphrase, to be changed at the next log-in.

    One-time codes and the signing key are gone. The new key signs in a case only after a reviewer there has retired the old one: so
    nobody can sign as somebody else by resetting their account.

    Example:
      armslength account reset team.accounts heron
    """
    from armslength.base.clock import SystemClock
    from armslength.store.accounts.keeping import account_named, reset_account
    from armslength.store.accounts.opening import open_accounts
    from armslength.store.unlock import new_passphrase

    opened = open_accounts(accounts)
    before = account_named(opened, pseudonym)
    words = new_passphrase(f"the account {pseudonym}", variable=PASSPHRASE_FILE)
    reset_account(opened, pseudonym, words, clock=SystemClock(), actor=collector)
    say.strong(f"{before.who} can log in with this passphrase, and has to change it.")
    if before.key:
        say.out(f"In each of their cases a reviewer has to retire the old key: armslength reviewer retire CASE {before.key}")


@click.command("totp", short_help="Ask an account for one-time codes.")
@accounts_argument
@click.argument("pseudonym", metavar="PSEUDONYM")
@options.collector_option
def totp(*, accounts: str, pseudonym: str, collector: str) -> None:
    """Ask PSEUDONYM for a one-time code (TOTP, RFC 6238) at each log-in. The secret is shown here once, to be typed into an app; then the
    app's code is asked for, and ten recovery codes are shown, once. Whoever sees this screen can make the codes: let the owner do it, here
    or on their own page.

    Example:
      armslength account totp team.accounts heron
    """
    from armslength.base.clock import SystemClock
    from armslength.store.accounts.codes import new_secret, secret_text, secret_uri
    from armslength.store.accounts.keeping import account_named, ask_for_codes
    from armslength.store.accounts.opening import open_accounts

    opened = open_accounts(accounts)
    account = account_named(opened, pseudonym)
    secret = new_secret()
    say.strong(f"Secret of {account.who}: {secret_text(secret)}")
    say.out(secret_uri(secret, who=account.who, team="armslength"))
    sys.stdout.flush()
    made = ask_for_codes(opened, account.id, secret, code=_code(), clock=SystemClock(), actor=collector)
    say.strong("From now on a code is asked for. Recovery codes, each good once, for the day the telephone is lost:")
    for code in made:
        say.out(f"  {code}")


def _code() -> str:
    """The code an app shows: asked for at a terminal, else a line of standard input."""
    if sys.stdin.isatty():
        return str(click.prompt("Code the app shows now", err=True))
    line = sys.stdin.readline().strip()
    if not line:
        raise InputError("The code that the app shows is needed, and there is nobody to ask. Run this at a terminal.")
    return line
