"""Logging in: passphrase and code, against an account.

In:  what somebody typed, the time.
Out: `Entered`, with the opened signing key; or `Refused`, with a reason for the log that is not shown to whoever tries.
Never: does less for an account that is not there, disabled or locked than for one that is: what it takes is the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from armslength.base.clock import Clock
from armslength.store.accounts.attempts import forget_failures, locked_until, note_failure, one_at_a_time
from armslength.store.accounts.codes import take_code
from armslength.store.accounts.history import note
from armslength.store.accounts.keeping import Account, account_in, bring_up_to_cost, folded, signing_key
from armslength.store.accounts.opening import Accounts
from armslength.store.accounts.passphrases import is_passphrase
from armslength.store.accounts.tables import ACCOUNTS
from armslength.store.keys import SigningKey

UNKNOWN, DISABLED, LOCKED, PASSPHRASE, CODE = "unknown account", "disabled account", "locked for a while", "wrong passphrase", "wrong code"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """A log-in that was good."""

    account: Account
    key: SigningKey | None = field(repr=False)
    """None until the account has a passphrase of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A log-in that was not."""

    reason: str
    account: Account | None
    """The account that was tried, where there is one."""
    until: datetime | None
    """Until when the name is locked by this failure."""


def decoy(accounts: Accounts) -> str:
    """A hash that no passphrase was made of, at the present cost: what is compared with where there is no account."""
    cost = accounts.cost
    return f"$argon2id$v=19$m={cost.memory_kib},t={cost.passes},p={cost.lanes}${'A' * 22}${'A' * 43}"


def enter(accounts: Accounts, who: str, passphrase: str, code: str, *, clock: Clock) -> Entered | Refused:
    """Try to log in. A failure is counted; one while the name is locked is not."""
    now = clock.now()
    with accounts.looking() as connection:
        row = connection.execute(select(ACCOUNTS).where(ACCOUNTS.c.folded == folded(who))).first()
        locked = locked_until(connection, accounts, who, now) is not None
    good = is_passphrase(passphrase, row.passphrase if row is not None else decoy(accounts))
    with accounts.changing() as connection:
        one_at_a_time(connection, accounts, who)
        locked = locked or locked_until(connection, accounts, who, now) is not None
        reason = LOCKED if locked else _wrong(row, good=good)
        if not reason and row is not None and row.secret:
            fits = take_code(connection, accounts, row.id, row.secret, code=code, now=now)
            reason = "" if fits else CODE
        until = note_failure(connection, accounts, who, now) if reason and reason != LOCKED else None
        if not reason:
            forget_failures(connection, accounts, who)
    account = account_in(row) if row is not None else None
    if reason or account is None:
        return Refused(reason=reason or UNKNOWN, account=account, until=until)
    bring_up_to_cost(accounts, account.id, passphrase)
    return Entered(account=account, key=signing_key(accounts, account.id, passphrase) if account.key else None)


def unlock(accounts: Accounts, who: str, *, clock: Clock, actor: str) -> bool:
    """Forget the failures of a name; whether there were any."""
    with accounts.changing() as connection:
        found = forget_failures(connection, accounts, who)
        note(connection, "account.unlocked", who, clock=clock, actor=actor)
    return found


def locked_now(accounts: Accounts, who: str, *, clock: Clock) -> datetime | None:
    """Until when a name is locked, or None."""
    with accounts.looking() as connection:
        return locked_until(connection, accounts, who, clock.now())


def _wrong(row: Row[Any] | None, *, good: bool) -> str:
    if row is None:
        return UNKNOWN
    if not good:
        return PASSPHRASE
    return DISABLED if row.disabled else ""
