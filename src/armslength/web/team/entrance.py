"""The log-in page, and logging out.

In:  a pseudonym, a passphrase, a code.
Out: a session under a new id; or one sentence, the same for whatever was wrong.
Never: tells whether there is such an account, whether it is locked, or which of the three was wrong: the log does.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field
from datetime import timedelta

import msgspec
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from armslength.pipeline.access import LOGGED_IN, LOGGED_OUT
from armslength.store.accounts.entering import Entered, Refused, enter
from armslength.store.accounts.keeping import folded
from armslength.web.render import render
from armslength.web.team.gate import COOKIE, LOG_IN, OWN, Standing, Team, cookie_of, wants_json
from armslength.web.team.rates import Rate
from armslength.web.visitors import within

FORM_COOKIE = "__Host-armslength-login"
"""Ties the log-in form to the browser it was shown in: else a page elsewhere could log somebody in as somebody else."""
PER_ADDRESS = Rate(most=30, per=timedelta(minutes=5))
"""A whole office may come in behind one address in the morning."""
PER_NAME = Rate(most=10, per=timedelta(minutes=5))
"""More than the lock of the accounts lets through; it spares the server the hashing."""
WRONG = "Pseudonym, passphrase or code is not right, or there were too many tries. Try again; after several failures wait a while."


@dataclass(frozen=True, slots=True, kw_only=True)
class LogIn:
    """What somebody types to come in."""

    who: str = ""
    """Pseudonym."""
    passphrase: str = field(default="", repr=False)
    code: str = field(default="", repr=False)
    """One-time code of the app, or a recovery code; nothing where none was set up."""
    then: str = "/"
    """Address to go on at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nothing:
    """A form without fields."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogInPage:
    """Context of the page."""

    title: str
    token: str
    then: str
    wrong: str = ""


def show(team: Team, request: Request, standing: Standing | None, _: None) -> Response:
    """The log-in page; whoever is logged in is sent on."""
    then = within(request.query_params.get("then", "/"))
    if standing is not None:
        return RedirectResponse(then, status_code=303)
    return _page(team, request, then=then)


def log_in(team: Team, request: Request, _: Standing | None, form: LogIn) -> Response:
    """Try to log in."""
    found = _try(team, request, form)
    if found is None or isinstance(found, Refused):
        if wants_json(request):
            return Response(msgspec.json.encode({"says": WRONG}), status_code=403, media_type="application/json")
        return _page(team, request, then=within(form.then), wrong=WRONG, status=403)
    team.sessions.end(cookie_of(request, COOKIE))
    team.log.allowed(LOGGED_IN, actor=found.account.who)
    return welcome(team, request, found, then=OWN if found.account.renew else within(form.then))


def log_out(team: Team, _: Request, standing: Standing | None, __: Nothing) -> Response:
    """End the session."""
    if standing is not None:
        team.sessions.end(standing.session.id)
        team.log.allowed(LOGGED_OUT, actor=standing.account.who)
    answer = RedirectResponse(LOG_IN, status_code=303)
    answer.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="strict")
    answer.headers["clear-site-data"] = '"cache", "storage"'
    return answer


def welcome(team: Team, request: Request, entered: Entered, *, then: str, says: str = "") -> Response:
    """Begin a session, and send its cookie along with the way to the next page."""
    session = team.sessions.begin(entered)
    if says:
        session.said = [says]
    if wants_json(request):
        body = {"says": f"You are logged in as {session.who}.", "who": session.who, "csrf": session.csrf}
        return with_cookie(Response(msgspec.json.encode(body), media_type="application/json"), session.id)
    return with_cookie(RedirectResponse(then, status_code=303), session.id)


def with_cookie(answer: Response, value: str) -> Response:
    """An answer that brings the session's cookie along; it is gone when the browser is closed."""
    answer.set_cookie(COOKIE, value, path="/", secure=True, httponly=True, samesite="strict")
    return answer


def token_for(team: Team, request: Request) -> str:
    """The token of the log-in form for a browser; empty for one that was not shown the form."""
    given = cookie_of(request, FORM_COOKIE)
    return hmac.digest(team.secret, given.encode("utf-8", "replace"), "sha256").hex() if given else ""


def _try(team: Team, request: Request, form: LogIn) -> Entered | Refused | None:
    """None where nothing was even looked up, because it was tried too often."""
    address, name = team.address_of(request), folded(form.who)[:200]
    if not (team.rates.allow(PER_ADDRESS, f"address {address}") and team.rates.allow(PER_NAME, f"name {name}")):
        team.log.failed("too many tries to log in")
        return None
    with team.hashing:
        found = enter(team.accounts, form.who, form.passphrase, form.code, clock=team.clock)
    if isinstance(found, Refused):
        about = {"account": found.account.who} if found.account else {}
        team.log.failed(found.reason, **about)
        if found.until is not None:
            team.log.failed("locked after failures", **about)
    return found


def _page(team: Team, request: Request, *, then: str, wrong: str = "", status: int = 200) -> Response:
    given = cookie_of(request, FORM_COOKIE)
    value = given or secrets.token_urlsafe(32)
    token = hmac.digest(team.secret, value.encode("utf-8", "replace"), "sha256").hex()
    context = LogInPage(title="Log in", token=token, then=then, wrong=wrong)
    answer = HTMLResponse(render(team.environment, "login.html", context, team.shell(None)), status_code=status)
    if not given:
        answer.set_cookie(FORM_COOKIE, value, path="/", secure=True, httponly=True, samesite="strict")
    return answer
