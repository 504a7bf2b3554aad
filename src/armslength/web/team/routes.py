"""The team's own addresses: who may call each, and the checks that all of them pass.

In:  requests that the guard has let through.
Out: answers.
Never: does anything for a form without the token of the session, or of the log-in page, that it was made for.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from armslength.base.errors import ArmslengthError
from armslength.base.language import speaking, wanted
from armslength.model.rights import ADMIN
from armslength.web.action import read_form, token_in
from armslength.web.problems import STALE_FORM, refused
from armslength.web.team import accounts, entrance, own
from armslength.web.team.gate import Standing, Team

JSON = "application/json"
OPEN, LOGGED_IN = "open", "logged in"
"""What an address asks for where it is no right in the case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamRoute:
    """One address."""

    path: str
    method: str
    needs: str
    """`open`, `logged in`, or a right in the case."""
    does: Callable[[Team, Request, Standing | None, Any], Response]
    form: type[Any] | None = None
    early: bool = False
    """Whether it can be used before a passphrase of one's own and codes are set up."""


ROUTES: tuple[TeamRoute, ...] = (
    TeamRoute(path="/login", method="GET", needs=OPEN, does=entrance.show),
    TeamRoute(path="/login", method="POST", needs=OPEN, does=entrance.log_in, form=entrance.LogIn),
    TeamRoute(path="/logout", method="POST", needs=LOGGED_IN, does=entrance.log_out, form=entrance.Nothing, early=True),
    TeamRoute(path="/account", method="GET", needs=LOGGED_IN, does=own.show, early=True),
    TeamRoute(path="/account/passphrase", method="POST", needs=LOGGED_IN, does=own.change, form=own.NewPassphrase, early=True),
    TeamRoute(path="/account/codes/new", method="POST", needs=LOGGED_IN, does=own.new_codes, form=own.Again, early=True),
    TeamRoute(path="/account/codes", method="POST", needs=LOGGED_IN, does=own.confirm_codes, form=own.Code, early=True),
    TeamRoute(path="/account/sessions/end", method="POST", needs=LOGGED_IN, does=own.end_sessions, form=own.Ended, early=True),
    TeamRoute(path="/accounts", method="GET", needs=ADMIN, does=accounts.show),
    TeamRoute(path="/accounts/add", method="POST", needs=ADMIN, does=accounts.add, form=accounts.NewAccount),
    TeamRoute(path="/accounts/role", method="POST", needs=ADMIN, does=accounts.role, form=accounts.RoleChange),
    TeamRoute(path="/accounts/unlock", method="POST", needs=ADMIN, does=accounts.unlock, form=accounts.Named),
    TeamRoute(path="/accounts/disable", method="POST", needs=ADMIN, does=accounts.disable, form=accounts.Named),
)
"""Every address of a team's own. The test of authorisation goes through this list."""


def handler(team: Team, route: TeamRoute) -> Callable[[Request], Awaitable[Response]]:
    """The handler of one address."""

    async def handle(request: Request) -> Response:
        body = await request.body() if route.method == "POST" else b""
        return await run_in_threadpool(_answer, team, route, request, body)

    return handle


def _answer(team: Team, route: TeamRoute, request: Request, body: bytes) -> Response:
    team.log.flush()
    standing = team.standing(request)
    lang = (standing.session.lang if standing else "") or wanted(request.headers.get("accept-language", ""))
    with speaking(lang):
        return _answer_in_words(team, route, request, body, standing)


def _answer_in_words(team: Team, route: TeamRoute, request: Request, body: bytes, standing: Standing | None) -> Response:
    turned_away = _turned_away(team, route, request, standing)
    if turned_away is not None:
        return turned_away
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if route.form is not None and not _brings_token(team, route, request, standing, body, media_type):
        return team.problem(request, STALE_FORM, standing=standing, status=403)
    try:
        form = None if route.form is None else read_form(route.form, body, media_type)
        return route.does(team, request, standing, form)
    except ArmslengthError as error:
        return team.problem(request, refused(str(error)), standing=standing, status=422)


def _brings_token(team: Team, route: TeamRoute, request: Request, standing: Standing | None, body: bytes, media_type: str) -> bool:
    """Whether a form brings the token along that its page was given."""
    if route.needs == OPEN and media_type == JSON:
        return True  # no page of another address can send JSON here: a browser would ask first, and is not answered
    mine = entrance.token_for(team, request) if standing is None or route.needs == OPEN else standing.session.csrf
    given = request.headers.get("x-csrf-token", "") or token_in(body, media_type)
    return bool(mine) and secrets.compare_digest(given.encode(), mine.encode())


def _turned_away(team: Team, route: TeamRoute, request: Request, standing: Standing | None) -> Response | None:
    """The answer for whoever may not call an address, or None."""
    if route.needs == OPEN:
        return None
    if standing is None:
        return team.to_log_in(request)
    if route.needs != LOGGED_IN and route.needs not in standing.rights:
        return team.turn_away(request, standing, route.needs)
    return team.first(request, standing) if standing.must and not route.early else None
