"""One's own page: passphrase, one-time codes, sessions.

In:  what the owner of an account sends.
Out: the account changed; a new session, since every change ends all there were.
Never: changes anything for somebody who does not know the passphrase, but for ending sessions; shows a secret or a recovery code twice.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from armslength.base.errors import InputError
from armslength.store.accounts.codes import new_secret, secret_text, secret_uri
from armslength.store.accounts.entering import PASSPHRASE, Entered
from armslength.store.accounts.keeping import account_of, ask_for_codes, change_passphrase, codes_left, is_own_passphrase
from armslength.store.keys import SigningKey
from armslength.web.render import render
from armslength.web.team.entrance import welcome, with_cookie
from armslength.web.team.gate import NEED_CODES, OWN, Standing, Team
from armslength.web.team.rates import Rate

TRIES = Rate(most=5, per=timedelta(minutes=10))
"""Of the passphrase, by whoever sits at a browser that somebody left open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPassphrase:
    """Another passphrase."""

    old: str = field(default="", repr=False)
    new: str = field(default="", repr=False)
    again: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """The passphrase once more."""

    passphrase: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """What the app shows."""

    code: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A session to end; all but this one where none is named."""

    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLine:
    """A session, for its owner."""

    label: str
    begun: str
    used: str
    here: bool
    """Whether it is the one that asks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPage:
    """Context of the page."""

    title: str
    who: str
    roles: tuple[str, ...]
    must: str
    """What has to be done first; empty where nothing has."""
    renew: bool
    codes: bool
    codes_needed: bool
    left: int
    """Recovery codes not used yet."""
    secret: str
    """To be typed into an app, while codes are being set up."""
    uri: str
    key: str
    """Name of the key that signs."""
    trouble: str
    """Why it does not sign in this case; empty where it does."""
    sessions: tuple[SessionLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryPage:
    """Context of the page that shows recovery codes, once."""

    title: str
    codes: tuple[str, ...]


def show(team: Team, _: Request, standing: Standing | None, __: None) -> Response:
    """The page."""
    here = _sure(standing)
    session, account = here.session, here.account
    pending = session.pending
    context = AccountPage(
        title="Your account",
        who=account.who,
        roles=tuple(sorted(role.replace("_", " ") for role in here.roles)),
        must=here.must,
        renew=account.renew,
        codes=account.codes,
        codes_needed=bool(here.roles & NEED_CODES),
        left=codes_left(team.accounts, account.id),
        secret=_in_fours(secret_text(pending)) if pending else "",
        uri=secret_uri(pending, who=account.who, team="armslength") if pending else "",
        key=account.key,
        trouble=session.trouble,
        sessions=tuple(
            SessionLine(label=one.label, begun=_moment(one.begun), used=_moment(one.used), here=one is session)
            for one in team.sessions.of(account.id)
        ),
    )
    return HTMLResponse(render(team.environment, "account.html", context, team.shell(here)))


def change(team: Team, request: Request, standing: Standing | None, form: NewPassphrase) -> Response:
    """Change the passphrase: all sessions end, and this browser gets a new one."""
    here = _sure(standing)
    _count(team, here)
    if form.new != form.again:
        raise InputError("The new passphrase was not typed the same twice.")
    with team.hashing:
        _sure_of_passphrase(team, here, form.old)
        key = change_passphrase(team.accounts, here.account.id, form.old, form.new, clock=team.clock)
    return _begin_again(team, request, here, key, says="Your passphrase is changed, and every other session is over.")


def new_codes(team: Team, _: Request, standing: Standing | None, form: Again) -> Response:
    """Make a secret for one-time codes; it is shown until a code confirms it."""
    here = _sure(standing)
    _count(team, here)
    with team.hashing:
        _sure_of_passphrase(team, here, form.passphrase)
    here.session.pending = new_secret()
    return RedirectResponse(f"{OWN}#codes", status_code=303)


def confirm_codes(team: Team, _: Request, standing: Standing | None, form: Code) -> Response:
    """Ask for codes from now on, and show the recovery codes."""
    here = _sure(standing)
    _count(team, here)
    pending = here.session.pending
    if not pending:
        raise InputError("There is no secret to confirm. Begin with a new one.")
    made = ask_for_codes(team.accounts, here.account.id, pending, code=form.code, clock=team.clock, actor=here.account.who)
    entered = _anew(team, here, here.session.key)
    session = team.sessions.begin(entered)
    context = RecoveryPage(title="Recovery codes", codes=made)
    shell = team.shell(Standing(session=session, account=entered.account, roles=here.roles))
    return with_cookie(HTMLResponse(render(team.environment, "recovery.html", context, shell)), session.id)


def end_sessions(team: Team, _: Request, standing: Standing | None, form: Ended) -> Response:
    """End one of one's sessions, or all but this one."""
    here = _sure(standing)
    ended = team.sessions.end_of(here.account.id, label=form.label, but="" if form.label else here.session.id)
    here.session.said = [f"{ended} session{'' if ended == 1 else 's'} ended."]
    return RedirectResponse(OWN, status_code=303)


def _sure(standing: Standing | None) -> Standing:
    """These addresses ask for a log-in."""
    if standing is None:
        raise InputError("You are not logged in.")
    return standing


def _count(team: Team, here: Standing) -> None:
    if not team.rates.allow(TRIES, f"own {here.account.id}"):
        team.log.failed("too many tries on the own page", account=here.account.who)
        raise InputError("That was tried too often. Wait ten minutes, and try again.")


def _sure_of_passphrase(team: Team, here: Standing, passphrase: str) -> None:
    if not is_own_passphrase(team.accounts, here.account.id, passphrase):
        team.log.failed(PASSPHRASE, account=here.account.who)
        raise InputError("The passphrase you have now is another. Nothing was changed.")


def _begin_again(team: Team, request: Request, here: Standing, key: SigningKey, *, says: str) -> Response:
    return welcome(team, request, _anew(team, here, key), then=OWN, says=says)


def _anew(team: Team, here: Standing, key: SigningKey | None) -> Entered:
    """End all sessions of an account that was changed, for its owner to go on in a new one."""
    team.sessions.end_of(here.account.id)
    account = account_of(team.accounts, here.account.id)
    if account is None:
        raise InputError("This account is gone.")
    return Entered(account=account, key=key)


def _in_fours(text: str) -> str:
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
