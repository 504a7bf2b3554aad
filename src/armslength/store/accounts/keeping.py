"""Accounts: adding, listing, disabling one, changing its passphrase and its signing key with it.

In:  pseudonyms, passphrases.
Out: `Account`s.
Never: holds a name or an address of whoever uses an account; keeps a signing key that anybody but them could open.

An account's passphrase is its owner's alone: one that somebody else has given (`renew`) opens no signing key, and has to be changed
before anything else can be done. The first passphrase of one's own makes the key. A reset makes a new one: what the old key signed
still counts, and nobody can sign with it any more.
"""

from __future__ import annotations

import json
import secrets
import unicodedata
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, Row, insert, select, update

from armslength.base.clock import Clock, stamp
from armslength.base.errors import ArmslengthError, CaseError, InputError
from armslength.store.accounts.codes import recovery_codes_left, start_codes, stop_codes
from armslength.store.accounts.history import note
from armslength.store.accounts.opening import Accounts
from armslength.store.accounts.passphrases import hash_passphrase, is_older, is_passphrase, refuse_weak, spelled
from armslength.store.accounts.tables import ACCOUNTS
from armslength.store.keys import SigningKey, named_key, raw_key
from armslength.store.locks import lock_key, unlock_key

LONGEST_NAME = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account, without its secrets."""

    id: str
    who: str
    """Pseudonym: what the log and judgements say."""
    key: str
    """Name of the signing key; empty until there is one."""
    codes: bool
    """Whether one-time codes are asked for."""
    renew: bool
    """Whether the passphrase was given by somebody else and has to be changed first."""
    created: str
    disabled: str
    """Since when it is disabled, or empty."""
    changed: str
    """When passphrase, codes or standing last changed: sessions begun before then are over."""


def add_account(accounts: Accounts, who: str, passphrase: str, *, given: bool, clock: Clock, actor: str) -> Account:
    """Add an account. With `given`, the passphrase is somebody else's choice and has to be changed first. Raises InputError."""
    who = _pseudonym(who)
    refuse_weak(passphrase, who=who)
    account, now = secrets.token_hex(16), stamp(clock.now())
    values = {
        "id": account,
        "who": who,
        "folded": folded(who),
        "passphrase": hash_passphrase(passphrase, cost=accounts.cost),
        "renew": given,
        **_signing(accounts, account, passphrase, given=given),
        "secret": "",
        "last_step": 0,
        "created": now,
        "disabled": "",
        "changed": now,
    }
    with accounts.changing() as connection:
        if _row(connection, who) is not None:
            raise InputError(f"There is an account {who!r} already, or one that looks the same. Choose another pseudonym.")
        connection.execute(insert(ACCOUNTS).values(values))
        note(connection, "account.added", who, clock=clock, actor=actor)
        return account_in(connection.execute(select(ACCOUNTS).where(ACCOUNTS.c.id == account)).one())


def all_accounts(accounts: Accounts) -> list[Account]:
    """Every account, by pseudonym."""
    with accounts.looking() as connection:
        return [account_in(row) for row in connection.execute(select(ACCOUNTS).order_by(ACCOUNTS.c.folded))]


def account_named(accounts: Accounts, who: str) -> Account:
    """The account with a pseudonym. Raises InputError where there is none."""
    with accounts.looking() as connection:
        row = _row(connection, who)
    if row is None:
        raise InputError(f"There is no account {who!r}. `armslength account list ACCOUNTS` shows them.")
    return account_in(row)


def account_of(accounts: Accounts, account: str) -> Account | None:
    """The account with an id, or None."""
    with accounts.looking() as connection:
        row = connection.execute(select(ACCOUNTS).where(ACCOUNTS.c.id == account)).first()
    return None if row is None else account_in(row)


def set_disabled(accounts: Accounts, who: str, *, disabled: bool, clock: Clock, actor: str) -> Account:
    """Disable an account, which ends its sessions, or enable it again. Raises InputError where there is none, or nothing to do."""
    found = account_named(accounts, who)
    if bool(found.disabled) == disabled:
        raise InputError(f"The account {found.who!r} is {'disabled' if disabled else 'not disabled'} already.")
    now = stamp(clock.now())
    with accounts.changing() as connection:
        _change(connection, found.id, disabled=now if disabled else "", changed=now)
        note(connection, "account.disabled" if disabled else "account.enabled", found.who, clock=clock, actor=actor)
    return account_named(accounts, who)


def reset_account(accounts: Accounts, who: str, passphrase: str, *, clock: Clock, actor: str) -> Account:
    """Give an account another passphrase, to be changed first; its codes and its signing key are gone."""
    found = account_named(accounts, who)
    refuse_weak(passphrase, who=found.who)
    hashed = hash_passphrase(passphrase, cost=accounts.cost)
    with accounts.changing() as connection:
        stop_codes(connection, found.id)
        none = _signing(accounts, found.id, passphrase, given=True)
        _change(connection, found.id, passphrase=hashed, renew=True, **none, changed=stamp(clock.now()))
        note(connection, "account.reset", found.who, clock=clock, actor=actor)
    return account_named(accounts, who)


def change_passphrase(accounts: Accounts, account: str, old: str, new: str, *, clock: Clock) -> SigningKey:
    """Change an account's own passphrase and seal its signing key under the new one; makes the key where there was none.

    Returns the key. Raises InputError where the old passphrase is another, or the new one is weak or the same.
    """
    with accounts.looking() as connection:
        row = connection.execute(select(ACCOUNTS).where(ACCOUNTS.c.id == account)).one()
    if not is_passphrase(old, row.passphrase):
        raise InputError("The passphrase you have now is another. Nothing was changed.")
    refuse_weak(new, who=row.who)
    if spelled(new) == spelled(old):
        raise InputError("The new passphrase is the old one. Nothing was changed.")
    signing = _resealed(accounts, row, old, new)
    hashed = hash_passphrase(new, cost=accounts.cost)
    with accounts.changing() as connection:
        _change(connection, account, passphrase=hashed, renew=False, **signing, changed=stamp(clock.now()))
        note(connection, "account.passphrase", row.who, clock=clock, actor=row.who)
    return signing_key(accounts, account, new)


def is_own_passphrase(accounts: Accounts, account: str, passphrase: str) -> bool:
    """Whether a passphrase is the account's."""
    with accounts.looking() as connection:
        hashed = connection.execute(select(ACCOUNTS.c.passphrase).where(ACCOUNTS.c.id == account)).scalar()
    return hashed is not None and is_passphrase(passphrase, hashed)


def signing_key(accounts: Accounts, account: str, passphrase: str) -> SigningKey:
    """An account's signing key. Raises CaseError where it has none or the passphrase does not open it."""
    with accounts.looking() as connection:
        row = connection.execute(select(ACCOUNTS).where(ACCOUNTS.c.id == account)).one()
    if not row.signing:
        raise CaseError(f"The account {row.who!r} has no signing key yet: its passphrase has to be changed first.")
    key = _opened(row, passphrase)
    if key.id != row.key:
        raise CaseError(f"The account {row.who!r} holds another signing key than it says. Restore the accounts from a backup.")
    return key


def bring_up_to_cost(accounts: Accounts, account: str, passphrase: str) -> bool:
    """Hash a passphrase that was just shown to be good anew, and seal the key anew, where they were made at another cost."""
    with accounts.looking() as connection:
        row = connection.execute(select(ACCOUNTS).where(ACCOUNTS.c.id == account)).one()
    if not is_older(row.passphrase, cost=accounts.cost):
        return False
    signing = _resealed(accounts, row, passphrase, passphrase) if row.signing else {}
    hashed = hash_passphrase(passphrase, cost=accounts.cost)
    with accounts.changing() as connection:
        _change(connection, account, passphrase=hashed, **signing)
    return True


def ask_for_codes(accounts: Accounts, account: str, secret: bytes, *, code: str, clock: Clock, actor: str) -> tuple[str, ...]:
    """Ask an account for one-time codes from now on; `code` shows that the app has the secret. Returns recovery codes, shown once."""
    with accounts.changing() as connection:
        made = start_codes(connection, accounts, account, secret, code=code, now=clock.now())
        _change(connection, account, changed=stamp(clock.now()))
        who = connection.execute(select(ACCOUNTS.c.who).where(ACCOUNTS.c.id == account)).scalar_one()
        note(connection, "account.codes", who, clock=clock, actor=actor)
    return made


def codes_left(accounts: Accounts, account: str) -> int:
    """How many recovery codes an account has not used yet."""
    with accounts.looking() as connection:
        return recovery_codes_left(connection, account)


def folded(who: str) -> str:
    """A pseudonym as it is compared: two that look the same are one."""
    return unicodedata.normalize("NFKC", " ".join(who.split())).casefold()


def _pseudonym(who: str) -> str:
    who = " ".join(who.split())
    if not who or len(who) > LONGEST_NAME or not who.isprintable():
        raise InputError(f"A pseudonym is one line of 1 to {LONGEST_NAME} characters.")
    if "@" in who:
        raise InputError("Accounts have pseudonyms, not addresses: what can be seized here should lead to nobody.")
    return who


def _row(connection: Connection, who: str) -> Row[Any] | None:
    return connection.execute(select(ACCOUNTS).where(ACCOUNTS.c.folded == folded(who))).first()


def account_in(row: Row[Any]) -> Account:
    """The account of a row."""
    return Account(
        id=row.id,
        who=row.who,
        key=row.key,
        codes=bool(row.secret),
        renew=row.renew,
        created=row.created,
        disabled=row.disabled,
        changed=row.changed,
    )


def _change(connection: Connection, account: str, **values: object) -> None:
    connection.execute(update(ACCOUNTS).where(ACCOUNTS.c.id == account).values(values))


def _signing(accounts: Accounts, account: str, passphrase: str, *, given: bool) -> dict[str, str]:
    """A new signing key under a passphrase; none under one that somebody else knows."""
    if given:
        return {"signing": "", "key": "", "public": ""}
    return _sealed(accounts, account, named_key(Ed25519PrivateKey.generate()), passphrase)


def _resealed(accounts: Accounts, row: Row[Any], old: str, new: str) -> dict[str, str]:
    if not row.signing:
        return _signing(accounts, row.id, new, given=False)
    return _sealed(accounts, row.id, _opened(row, old), new)


def _sealed(accounts: Accounts, account: str, key: SigningKey, passphrase: str) -> dict[str, str]:
    locked = lock_key(raw_key(key), spelled(passphrase), about=f"account {account}", cost=accounts.cost)
    return {"signing": json.dumps(json.loads(locked), sort_keys=True), "key": key.id, "public": key.public}


def _opened(row: Row[Any], passphrase: str) -> SigningKey:
    named = f"of the account {row.who!r}"
    try:
        raw = unlock_key(row.signing.encode(), spelled(passphrase), about=f"account {row.id}", named=named)
        return named_key(Ed25519PrivateKey.from_private_bytes(raw))
    except (ArmslengthError, ValueError):
        raise CaseError(f"The signing key {named} does not open with this passphrase. An admin can reset the account.") from None
