"""Who asks: the visitor of a page, and the gates that tell who it is.

In:  a request.
Out: a `Visitor`, with what they may do; or the answer that turns them away.
Never: takes a person of a case for a visitor: those who work on a case go by a pseudonym.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from armslength.model.rights import ALL, READ
from armslength.pipeline.signing import Hand

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
_SAID = 5
"""Sentences kept for the next page; more would not be read."""


@dataclass(slots=True, kw_only=True, eq=False)
class Session:
    """What the server remembers of one visitor between two questions. In memory only: it ends with the program."""

    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    hand: Hand | None = field(default=None, repr=False)
    said: list[str] = field(default_factory=list)
    skipped: set[str] = field(default_factory=set)
    """Items of the queue that were put off."""
    lang: str = ""
    """Language that was chosen; empty where the browser's own wish holds."""
    names_until: datetime | None = None
    """Until when protected names are shown to this visitor, if the vault stays unlocked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who asks for a page."""

    who: str = ""
    """Pseudonym; empty for somebody who only reads and for a laptop's user who has not said who decides."""
    rights: frozenset[str] = frozenset({READ})
    hand: Hand | None = field(default=None, repr=False)
    """What they sign with; nobody signs for somebody who is not there."""
    csrf: str = field(default="", repr=False)
    """What a form has to bring along; empty where there is nothing to send."""
    lang: str = "en"
    names: bool = False
    """Whether protected names are shown to them now."""
    names_until: str = ""
    """Until when, for the page to say."""
    own: str = ""
    """Address of the page about themselves; empty where there is none."""
    session: Session | None = field(default=None, repr=False, compare=False)

    def may(self, right: str) -> bool:
        return right in self.rights

    def tell(self, sentence: str) -> None:
        """Say a sentence on the next page."""
        if self.session is not None and sentence:
            self.session.said = [*self.session.said, sentence][-_SAID:]

    def told(self) -> tuple[str, ...]:
        """Sentences not said yet; they are now."""
        if self.session is None:
            return ()
        said, self.session.said = tuple(self.session.said), []
        return said


class Gate(Protocol):
    """Tells who asks."""

    @property
    def hosts(self) -> frozenset[str]:
        """Host names that are answered."""

    @property
    def origin(self) -> str:
        """Scheme, host and port that forms come from, as browsers write it; empty where it is not fixed: then the Host header's."""

    @property
    def alone(self) -> bool:
        """Whether one person at one machine asks, with the keys in their own folder: a server has no business with those."""

    @property
    def routes(self) -> Sequence[Route]:
        """Pages of its own, such as one to log in."""

    def visitor(self, request: Request) -> Visitor | Response:
        """Who asks; or what they are told instead."""

    def refused(self, visitor: Visitor, right: str) -> None:
        """Takes note that somebody was refused what needs a right."""


@dataclass(frozen=True, slots=True)
class ReadOnly:
    """Anybody on this machine may look; nothing can be sent."""

    hosts: frozenset[str] = LOOPBACK
    origin: str = ""
    alone: bool = True
    routes: tuple[Route, ...] = ()

    def visitor(self, request: Request) -> Visitor:  # noqa: ARG002 - everybody is the same
        return Visitor()

    def refused(self, visitor: Visitor, right: str) -> None:
        """Whoever can ask could open the case itself."""


class Laptop:
    """One person at one machine: whoever has the start token, which the terminal shows, may do everything.

    Another user of the machine can open the port and not the case.
    """

    def __init__(self, token: str, *, hand: Hand | None = None) -> None:
        self.hosts = LOOPBACK
        self.origin = ""
        self.alone = True
        self.routes: tuple[Route, ...] = ()
        self._token = token
        self._hand = hand
        self._sessions: dict[str, Session] = {}

    def visitor(self, request: Request) -> Visitor | Response:
        """By cookie, or by `Authorization: Bearer TOKEN` for programs; the token in the address gives a browser its cookie."""
        given = request.query_params.get("token", "")
        if given and request.method == "GET" and secrets.compare_digest(given.encode(), self._token.encode()):
            return self._welcome(request)
        session = self._sessions.get(request.cookies.get(_cookie(request), ""))
        if session is not None:
            return _owner(session)
        bearer = request.headers.get("authorization", "").removeprefix("Bearer ")
        if bearer and secrets.compare_digest(bearer.encode(), self._token.encode()):
            return _owner(Session(hand=self._hand), csrf="")
        return Response("Open the address that the terminal shows: it holds a token without which this case is not shown.\n", 403)

    def refused(self, visitor: Visitor, right: str) -> None:
        """Nothing is refused to whoever has the token."""

    def _welcome(self, request: Request) -> Response:
        name = secrets.token_urlsafe(32)
        self._sessions[name] = Session(hand=self._hand)
        left = request.url.remove_query_params("token")
        answer = RedirectResponse(left.path + (f"?{left.query}" if left.query else ""), status_code=303)
        answer.set_cookie(_cookie(request), name, httponly=True, samesite="strict", path="/")
        return answer


def _owner(session: Session, *, csrf: str | None = None) -> Visitor:
    who = session.hand.who if session.hand else ""
    return Visitor(who=who, rights=ALL, hand=session.hand, csrf=session.csrf if csrf is None else csrf, session=session, own="/you")


def _cookie(request: Request) -> str:
    """Cookies know no ports: two cases served at once would take each other's."""
    return f"armslength-{request.url.port or 80}"


def within(address: str) -> str:
    """An address of this program and no other."""
    return address if address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable() else "/"
