"""The accounts of a case, for its admins: who is what here, new ones, locks.

In:  what an admin sends.
Out: roles in this case given and taken, which its log says.
Never: changes an admin's own roles: nobody makes themselves a reviewer. Shows who works on other cases, or touches accounts that do; those
are for whoever runs the server, on the command line.
"""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from armslength.base.errors import InputError
from armslength.model.rights import ROLES
from armslength.pipeline.team import ROLE_GIVEN, ROLE_TAKEN
from armslength.store.accounts.entering import locked_now
from armslength.store.accounts.entering import unlock as forget_failures
from armslength.store.accounts.grants import give_role, grants, take_role
from armslength.store.accounts.keeping import Account, account_named, add_account, set_disabled
from armslength.web.render import render
from armslength.web.team.gate import NEED_CODES, Standing, Team

ACCOUNTS = "/accounts"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """An account to be added, with a role in this case."""

    who: str = ""
    """Pseudonym."""
    role: str = "reader"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleChange:
    """A role to be given, or taken."""

    who: str = ""
    role: str = ""
    take: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An account."""

    who: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountLine:
    """An account with a role in this case."""

    who: str
    roles: tuple[str, ...]
    codes: bool
    waits: str
    """What keeps it from working; empty where nothing does."""
    locked: bool
    disabled: bool
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountsPage:
    """Context of the page."""

    title: str
    accounts: tuple[AccountLine, ...]
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedPage:
    """Context of the page that shows a first passphrase, once."""

    title: str
    who: str
    role: str
    passphrase: str


def show(team: Team, _: Request, standing: Standing | None, __: None) -> Response:
    """The page."""
    here = _sure(standing)
    roles: dict[str, list[str]] = {}
    for grant in grants(team.accounts, case_id=team.case.id):
        roles.setdefault(grant.who, []).append(grant.role)
    lines = tuple(_line(team, account_named(team.accounts, who), tuple(found), here) for who, found in roles.items())
    context = AccountsPage(title="Accounts", accounts=lines, roles=tuple(ROLES))
    return HTMLResponse(render(team.environment, "accounts.html", context, team.shell(here, "accounts")))


def add(team: Team, _: Request, standing: Standing | None, form: NewAccount) -> Response:
    """Add an account; its first passphrase is shown once."""
    here = _sure(standing)
    if form.role not in ROLES:
        raise InputError(f"There is no role {form.role!r}.")
    words = _first_passphrase()
    with team.hashing:
        made = add_account(team.accounts, form.who, words, given=True, clock=team.clock, actor=here.account.who)
    _give(team, made, form.role, here)
    context = AddedPage(title="A new account", who=made.who, role=form.role.replace("_", " "), passphrase=words)
    return HTMLResponse(render(team.environment, "added.html", context, team.shell(here, "accounts")))


def role(team: Team, _: Request, standing: Standing | None, form: RoleChange) -> Response:
    """Give somebody else a role in this case, or take it away."""
    here = _sure(standing)
    account = _somebody_else(team, here, form.who)
    if form.take:
        done = take_role(team.accounts, account, team.case.id, form.role, clock=team.clock, actor=here.account.who)
        if done:
            team.log.allowed(ROLE_TAKEN, actor=here.account.who, account=account.who, role=form.role)
    else:
        done = _give(team, account, form.role, here)
    words = form.role.replace("_", " ")
    here.session.said = [f"{account.who} is {'no longer ' if form.take else ''}{words} here." if done else "Nothing was to be changed."]
    return RedirectResponse(ACCOUNTS, status_code=303)


def unlock(team: Team, _: Request, standing: Standing | None, form: Named) -> Response:
    """Let somebody try again who failed to log in too often."""
    here = _sure(standing)
    account = _of_this_case(team, form.who)
    forget_failures(team.accounts, account.who, clock=team.clock, actor=here.account.who)
    team.log.allowed("access.unlocked", actor=here.account.who, account=account.who)
    here.session.said = [f"{account.who} can try again."]
    return RedirectResponse(ACCOUNTS, status_code=303)


def disable(team: Team, _: Request, standing: Standing | None, form: Named) -> Response:
    """Disable an account that works on this case only."""
    here = _sure(standing)
    account = _somebody_else(team, here, form.who)
    elsewhere = [grant for grant in grants(team.accounts) if grant.who == account.who and grant.case_id != team.case.id]
    if elsewhere or account.who not in {grant.who for grant in grants(team.accounts, case_id=team.case.id)}:
        raise InputError(
            f"{account.who} is not an account of this case alone. Take its roles here away; whoever runs the server can disable it: "
            "armslength account disable"
        )
    set_disabled(team.accounts, account.who, disabled=True, clock=team.clock, actor=here.account.who)
    team.sessions.end_of(account.id)
    team.log.allowed("account.disabled", actor=here.account.who, account=account.who)
    here.session.said = [f"{account.who} is disabled, and its sessions are over."]
    return RedirectResponse(ACCOUNTS, status_code=303)


def _line(team: Team, account: Account, roles: tuple[str, ...], here: Standing) -> AccountLine:
    waits = "passphrase" if account.renew else "codes" if not account.codes and NEED_CODES.intersection(roles) else ""
    return AccountLine(
        who=account.who,
        roles=roles,
        codes=account.codes,
        waits=waits,
        locked=locked_now(team.accounts, account.who, clock=team.clock) is not None,
        disabled=bool(account.disabled),
        mine=account.id == here.account.id,
    )


def _give(team: Team, account: Account, name: str, here: Standing) -> bool:
    done = give_role(team.accounts, account, team.case.id, name, clock=team.clock, actor=here.account.who)
    if done:
        team.log.allowed(ROLE_GIVEN, actor=here.account.who, account=account.who, role=name)
    return done


def _somebody_else(team: Team, here: Standing, who: str) -> Account:
    account = account_named(team.accounts, who)
    if account.id == here.account.id:
        raise InputError("Nobody changes their own roles or account here. Another admin can, or whoever runs the server.")
    return account


def _of_this_case(team: Team, who: str) -> Account:
    account = account_named(team.accounts, who)
    if account.who not in {grant.who for grant in grants(team.accounts, case_id=team.case.id)}:
        raise InputError(f"{who} has no role in this case.")
    return account


def _first_passphrase() -> str:
    """100 random bits, in groups that can be read out."""
    letters = base64.b32encode(secrets.token_bytes(13)).decode().lower()[:20]
    return "-".join(letters[at : at + 5] for at in range(0, 20, 5))


def _sure(standing: Standing | None) -> Standing:
    """These addresses ask for a right."""
    if standing is None:
        raise InputError("You are not logged in.")
    return standing
