"""The gate of a team: a log-in, a session, and the roles of its account in this case.

In:  requests, accounts, the case.
Out: a `Visitor` with the rights of its roles; else the log-in page, or an answer as if there were no such case.
Never: trusts what a request says of itself but the session's cookie. Tells somebody without a role that there is a case, or its title.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote, urlsplit

import msgspec
from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from armslength.base.clock import Clock
from armslength.base.errors import ArmslengthError, InputError
from armslength.model.rights import JUDGE, READ, REVIEW
from armslength.pipeline.access import AccessLog, How, at_once
from armslength.pipeline.desk import Desk
from armslength.pipeline.signing import Hand
from armslength.pipeline.team import enter_hand
from armslength.store.accounts.grants import rights_of, standing_of
from armslength.store.accounts.keeping import Account
from armslength.store.accounts.opening import Accounts
from armslength.store.case import Case
from armslength.web.problems import NO_RIGHT, Problem
from armslength.web.render import Shell, render, templates
from armslength.web.team.rates import Rate, Rates
from armslength.web.team.sessions import Sessions, TeamSession
from armslength.web.visitors import Visitor

COOKIE = "__Host-armslength"
"""The prefix makes browsers refuse it without Secure, with a Domain, or for a part of the site only."""
NEED_CODES = frozenset({"reviewer", "vault_keeper", "admin"})
"""Roles that do nothing without one-time codes."""
QUESTIONS = Rate(most=600, per=timedelta(minutes=1))
"""Requests of one session: ten a second is more than anybody reads, and than the pages' own scripts ask."""
AGAIN = timedelta(seconds=10)
"""After a try to enter a key that came to nothing: the case was being written to, say."""
OWN = "/account"
LOG_IN = "/login"

NOWHERE = Problem(
    title="There is nothing at this address",
    sentences=("You are logged in, and there is nothing here for you. Whoever keeps the accounts can give you a role.",),
    go=OWN,
    words="Your account",
)
TOO_OFTEN = Problem(
    title="That is too often",
    sentences=("More was asked for than one person reads. Wait a minute, and go on.",),
)
LOGGED_OUT = "You are not logged in, or not any more. Nothing was done."


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A session, its account as it stands now, and what it may do here."""

    session: TeamSession
    account: Account
    roles: frozenset[str]

    @property
    def rights(self) -> frozenset[str]:
        return rights_of(self.roles)

    @property
    def must(self) -> str:
        """What has to be done on the own page before anything else; empty where nothing has."""
        if self.account.renew:
            return "Choose a passphrase of your own first: the one you have was given to you."
        if self.roles & NEED_CODES and not self.account.codes:
            return "Set up one-time codes first: your role needs them."
        return ""


class Team:
    """A case behind a log-in. One program serves one case; sessions live in its memory."""

    alone = False

    def __init__(
        self, accounts: Accounts, *, case: Case, desk: Desk, address: str, clock: Clock, proxy: str = "", how: How = at_once
    ) -> None:
        from armslength.web.team.routes import ROUTES, handler

        self.accounts, self.case, self.desk, self.clock, self.proxy = accounts, case, desk, clock, proxy
        self.origin = https_origin(address)
        self.hosts = frozenset({host_of(self.origin)})
        self.environment: Environment = templates()
        self.sessions, self.rates = Sessions(clock), Rates(clock)
        self.secret = secrets.token_bytes(32)
        """Of this run of the program: what the log-in page's tokens are made with."""
        self.log = AccessLog(desk.record, subject=case.id, clock=clock, how=how)
        self.hashing = threading.BoundedSemaphore(2)
        """Argon2id takes 64 MiB at a time: log-ins sent at once wait for each other."""
        self.routes: Sequence[Route] = tuple(Route(one.path, handler(self, one), methods=[one.method]) for one in ROUTES)

    def visitor(self, request: Request) -> Visitor | Response:
        """Who asks for a page of the case."""
        self.log.flush()
        standing = self.standing(request)
        if standing is None:
            return self.to_log_in(request)
        if not self.rates.allow(QUESTIONS, standing.session.id):
            return self.problem(request, TOO_OFTEN, standing=standing, status=429)
        if not standing.rights:
            return self.turn_away(request, standing, READ)
        if standing.must:
            return self.first(request, standing)
        return self.visitor_of(standing)

    def refused(self, visitor: Visitor, right: str) -> None:
        """Takes note that somebody was refused what needs a right."""
        self.log.failed("no right", account=visitor.who, right=right)

    def turn_away(self, request: Request, standing: Standing, right: str) -> Response:
        """The answer for a right that somebody does not have; as if there were nothing for whoever has none at all."""
        if not standing.rights:
            self.log.failed("no role in this case", account=standing.account.who)
            return self.problem(request, NOWHERE, standing=standing, status=404)
        self.log.failed("no right", account=standing.account.who, right=right)
        return self.problem(request, NO_RIGHT, standing=standing, status=403)

    def standing(self, request: Request) -> Standing | None:
        """The session a request belongs to, looked up anew each time: what was taken away a moment ago is gone."""
        session = self.sessions.find(cookie_of(request, COOKIE))
        if session is None:
            return None
        found = standing_of(self.accounts, session.account, self.case.id)
        if found is None or found[0].disabled or found[0].changed != session.changed:
            self.sessions.end(session.id)
            return None
        return Standing(session=session, account=found[0], roles=found[1])

    def visitor_of(self, standing: Standing) -> Visitor:
        """The visitor of a session."""
        session = standing.session
        if standing.rights & {JUDGE, REVIEW}:
            self._take_up(session)
        return Visitor(
            who=standing.account.who,
            rights=standing.rights,
            hand=session.hand if standing.rights & {JUDGE, REVIEW} else None,
            csrf=session.csrf,
            session=session,
            own=OWN,
        )

    def shell(self, standing: Standing | None, section: str = "account") -> Shell:
        """What surrounds a page of the team's own: the case where there is a role in it, else nothing that names it."""
        if standing is None:
            return Shell(case="", section="", navigation=(), beside=())
        if not standing.rights or standing.must:
            visitor = Visitor(who=standing.account.who, rights=frozenset(), csrf=standing.session.csrf, session=standing.session, own=OWN)
            return Shell(case="", section=section, visitor=visitor, said=visitor.told(), navigation=(), beside=())
        visitor = self.visitor_of(standing)
        return Shell(case=self.case.name, section=section, visitor=visitor, said=visitor.told())

    def problem(self, request: Request, problem: Problem, *, standing: Standing | None, status: int) -> Response:
        """Say what is the matter, without a word about the case."""
        if wants_json(request):
            body = msgspec.json.encode({"says": " ".join((f"{problem.title}.", *problem.sentences))})
            return Response(body, status_code=status, media_type="application/json")
        who = standing.account.who if standing else ""
        shell = Shell(case="", section="", visitor=Visitor(who=who, rights=frozenset()), navigation=(), beside=())
        return HTMLResponse(render(self.environment, "outside.html", problem, shell), status_code=status)

    def to_log_in(self, request: Request) -> Response:
        """Whoever asks for a page is sent to the log-in; whoever sends something, and programs, are told."""
        if request.method in {"GET", "HEAD"} and not wants_json(request):
            then = request.url.path + (f"?{request.url.query}" if request.url.query else "")
            return RedirectResponse(LOG_IN + (f"?then={quote(then)}" if then != "/" else ""), status_code=303)
        said = Problem(title="You are not logged in", sentences=(LOGGED_OUT,), go=LOG_IN, words="Log in")
        return self.problem(request, said, standing=None, status=401)

    def start(self) -> None:
        """Begin: what was decided before is carried out."""
        self.desk.start()

    def close(self) -> None:
        """End: what was only counted yet is entered into the log."""
        self.log.flush(everything=True)
        self.desk.close()

    def address_of(self, request: Request) -> str:
        """Where a request comes from: what the declared proxy says, else the other end of the line."""
        peer = request.client.host if request.client else ""
        told = request.headers.getlist("x-forwarded-for")
        return told[-1].rpartition(",")[2].strip() if told and self.proxy and peer == self.proxy else peer

    def first(self, request: Request, standing: Standing) -> Response:
        if request.method in {"GET", "HEAD"} and not wants_json(request):
            return RedirectResponse(OWN, status_code=303)
        said = Problem(title="Not yet", sentences=(standing.must,), go=OWN, words="Your account")
        return self.problem(request, said, standing=standing, status=403)

    def _take_up(self, session: TeamSession) -> None:
        """Let whoever has logged in sign in this case: their key is entered there, by a judgement that it signs itself."""
        now = self.clock.now()
        if session.hand is not None or session.key is None or (session.asked is not None and now - session.asked < AGAIN):
            return
        session.asked = now
        hand = Hand(who=session.who, key=session.key)
        try:
            enter_hand(self.case, hand, clock=self.clock, turn=self.desk.turn_of)
        except InputError as error:
            session.asked = now + timedelta(minutes=5)
            session.trouble = str(error)
        except ArmslengthError:
            return
        else:
            session.hand, session.trouble = hand, ""


def https_origin(address: str) -> str:
    """The origin of a team's address. Raises InputError for one that is not https, or is more than a host and a port."""
    parts = urlsplit(address.strip())
    bare = parts.path in {"", "/"} and not (parts.query or parts.fragment or parts.username or parts.password)
    try:
        usable = parts.scheme == "https" and bool(parts.hostname) and bare and (parts.port is None or parts.port > 0)
    except ValueError:
        usable = False
    if not usable:
        raise InputError(
            f"{address!r} is no address for a team. It is what people type, with https and without a path: https://cases.example.org. "
            "A proxy in front of armslength does the TLS; docs/a-team.md shows how."
        )
    port = "" if parts.port in {None, 443} else f":{parts.port}"
    name = str(parts.hostname)
    return f"https://{f'[{name}]' if ':' in name else name}{port}"


def host_of(origin: str) -> str:
    """The host of an origin, without its port, as the guard compares it."""
    name = str(urlsplit(origin).hostname)
    return f"[{name}]" if ":" in name else name


def cookie_of(request: Request, name: str) -> str:
    """A cookie's value; empty where there is none, or more than one: somebody else has set the other."""
    pairs = [pair.strip().partition("=") for line in request.headers.getlist("cookie") for pair in line.split(";")]
    found = [value for key, _, value in pairs if key == name]
    return found[0] if len(found) == 1 else ""


def wants_json(request: Request) -> bool:
    """Whether a program asks."""
    sent = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return request.url.path.startswith("/api/") or sent == "application/json"
