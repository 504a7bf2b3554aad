"""Roles: who is what in which case.

In:  an account, a case's id, a role.
Out: the roles an account has in a case, and with them its rights. No role: the case does not exist for it.
Never: gives a right that no role holds.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, insert, select

from armslength.base.clock import Clock, stamp
from armslength.base.errors import InputError
from armslength.model.rights import ROLES
from armslength.store.accounts.history import note
from armslength.store.accounts.keeping import Account, account_in
from armslength.store.accounts.opening import Accounts
from armslength.store.accounts.tables import ACCOUNTS, GRANTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A role in a case."""

    who: str
    case_id: str
    role: str
    given: str


def give_role(accounts: Accounts, account: Account, case_id: str, role: str, *, clock: Clock, actor: str) -> bool:
    """Give an account a role in a case; whether it is new. Raises InputError for a role there is not."""
    _known(role)
    with accounts.changing() as connection:
        key = (GRANTS.c.account == account.id, GRANTS.c.case_id == case_id, GRANTS.c.role == role)
        if connection.execute(select(GRANTS.c.role).where(*key)).first() is not None:
            return False
        connection.execute(insert(GRANTS).values(account=account.id, case_id=case_id, role=role, given=stamp(clock.now())))
        note(connection, "role.given", account.who, clock=clock, actor=actor, case=case_id, role=role)
    return True


def take_role(accounts: Accounts, account: Account, case_id: str, role: str, *, clock: Clock, actor: str) -> bool:
    """Take a role away again; whether the account had it."""
    _known(role)
    with accounts.changing() as connection:
        gone = delete(GRANTS).where(GRANTS.c.account == account.id, GRANTS.c.case_id == case_id, GRANTS.c.role == role)
        if not connection.execute(gone).rowcount:
            return False
        note(connection, "role.taken", account.who, clock=clock, actor=actor, case=case_id, role=role)
    return True


def roles_in(accounts: Accounts, account: str, case_id: str) -> frozenset[str]:
    """The roles of an account in a case."""
    with accounts.looking() as connection:
        found = connection.execute(select(GRANTS.c.role).where(GRANTS.c.account == account, GRANTS.c.case_id == case_id))
        return frozenset(found.scalars())


def standing_of(accounts: Accounts, account: str, case_id: str) -> tuple[Account, frozenset[str]] | None:
    """An account as it stands now and its roles in a case, or None where there is no such account. Every request asks this."""
    with accounts.looking() as connection:
        row = connection.execute(select(ACCOUNTS).where(ACCOUNTS.c.id == account)).first()
        found = connection.execute(select(GRANTS.c.role).where(GRANTS.c.account == account, GRANTS.c.case_id == case_id)).scalars().all()
    return None if row is None else (account_in(row), frozenset(found))


def rights_of(roles: frozenset[str]) -> frozenset[str]:
    """What roles allow together; a role that this program does not know allows nothing."""
    return frozenset(right for role in roles for right in ROLES.get(role, ()))


def grants(accounts: Accounts, *, case_id: str = "") -> list[Grant]:
    """Every role in a case, or in all."""
    asked = select(ACCOUNTS.c.who, GRANTS).join(ACCOUNTS, ACCOUNTS.c.id == GRANTS.c.account).order_by(ACCOUNTS.c.folded, GRANTS.c.role)
    with accounts.looking() as connection:
        rows = connection.execute(asked.where(GRANTS.c.case_id == case_id) if case_id else asked).all()
    return [Grant(who=row.who, case_id=row.case_id, role=row.role, given=row.given) for row in rows]


def _known(role: str) -> None:
    if role not in ROLES:
        raise InputError(f"There is no role {role!r}. The roles are {', '.join(ROLES)}.")
