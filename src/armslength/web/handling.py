"""From a request to an answer: who asks, whether they may, the page or the deed, and what is said when it goes wrong.

In:  requests, pages, actions, downloads.
Out: answers, as HTML or as JSON.
Never: hands out a page or does a thing before the gate has said who asks and the right was looked up. An answer quotes no error of a
library: that may quote a document.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import traceback
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote, urlsplit

import msgspec
from jinja2 import Environment
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from armslength.base.errors import ArmslengthError, ConflictError
from armslength.base.language import ENGLISH, speaking, wanted
from armslength.base.language import say as translated
from armslength.model.rights import JUDGE, NAMES
from armslength.pipeline.desk import Desk
from armslength.pipeline.masking import looking
from armslength.pipeline.vaulting import is_unlocked
from armslength.store.case import Case
from armslength.web.action import Action, read_form, token_in
from armslength.web.downloads import files_of
from armslength.web.exports import question
from armslength.web.guard import LARGEST, headers_of
from armslength.web.page import Asked, Download, Page
from armslength.web.problems import BROKEN, NO_KEY, NO_RIGHT, NOBODY, NOT_FOUND, STALE_FORM, Problem, conflict, from_page, refused
from armslength.web.render import Shell, render, render_outside
from armslength.web.retelling import told
from armslength.web.visitors import Gate, Visitor, within

_LOG = logging.getLogger(__name__)
WRITERS = 12
"""Threads that may wait to write. There are 40; the others answer those who read."""
Handler = Callable[[Request], Awaitable[Response]]
JSON = "application/json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hall:
    """What every answer needs."""

    case: Case
    gate: Gate
    desk: Desk
    environment: Environment
    turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(WRITERS))
    """For those who write: while they wait for the case to become free, pages are answered."""

    def shell(self, visitor: Visitor, section: str, path: str = "/") -> Shell:
        return Shell(case=self.case.name, section=section, visitor=visitor, said=visitor.told(), path=path)

    def shell_of(self, page: Page, request: Request, asked: Asked) -> Shell:
        """The same around a page that is there, with what it can be taken along as."""
        return replace(
            self.shell(asked.visitor, page.section, request.url.path),
            query=question(page, asked.query),
            files=files_of(page, asked.path, asked.query),
            keeps=bool(page.queries) and not page.alone and asked.visitor.may(JUDGE),
        )


def answer_page(hall: Hall, page: Page, *, as_json: bool = False) -> Handler:
    """The handler of one page, as HTML or as the JSON of its context."""

    def make(request: Request, visitor: Visitor) -> Response:
        asked = _asked(hall, request, visitor)
        with looking(hall.case, unmasked=visitor.names and not as_json) as reader:
            context = page.context(reader, asked)
        if context is None:
            return say(hall, request, visitor, NOT_FOUND, status=404, as_json=as_json)
        if as_json:
            return Response(msgspec.json.encode(context, enc_hook=_plain), media_type=JSON)
        return HTMLResponse(render(hall.environment, page.template, context, hall.shell_of(page, request, asked)))

    return _for_visitors(hall, page.right, make, as_json=as_json)


def answer_download(hall: Hall, download: Download) -> Handler:
    """The handler of an address that gives a file."""

    def make(request: Request, visitor: Visitor) -> Response:
        with looking(hall.case) as reader:  # what leaves the house is masked, whoever asks
            found = download.make(reader, _asked(hall, request, visitor))
        if found is None:
            return say(hall, request, visitor, NOT_FOUND, status=404)
        if download.event:
            hall.desk.record(
                download.event, request.url.path, {"file": found.name, "query": str(request.url.query)}, actor=visitor.who or "armslength"
            )
        disposition = f"attachment; filename*=UTF-8''{quote(found.name)}"
        return Response(found.data, media_type=found.media_type, headers={"content-disposition": disposition})

    return _for_visitors(hall, download.right, make, english=True, turn=hall.turns if download.event else _AT_ONCE)


def answer_action(hall: Hall, action: Action) -> Handler:
    """The handler of one action: a form of a page is answered by the next page, JSON by JSON."""

    async def handle(request: Request) -> Response:
        body = await request.body()
        media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()

        def make(asked_by: Request, visitor: Visitor) -> Response:
            return _do(hall, action, asked_by, visitor, body, media_type)

        return await _for_visitors(hall, action.right, make, as_json=media_type == JSON, english=False, turn=hall.turns)(request)

    return handle


def _do(hall: Hall, action: Action, request: Request, visitor: Visitor, body: bytes, media_type: str) -> Response:
    as_json = media_type == JSON
    problem = _not_allowed(hall, action, visitor, request.headers.get("x-csrf-token", "") or token_in(body, media_type), len(body))
    if problem is not None:
        return say(hall, request, visitor, problem, status=403, as_json=as_json)
    try:
        done = action.act(hall.desk, _asked(hall, request, visitor), read_form(action.form, body, media_type))
    except ArmslengthError as error:
        apart = isinstance(error, ConflictError)
        problem = from_page(conflict(str(error)) if apart else refused(str(error)), _came_from(request))
        return say(hall, request, visitor, problem, status=409 if apart else 422, as_json=as_json)
    if as_json:
        return Response(msgspec.json.encode(replace(done, says=told(done.says)), enc_hook=_plain), media_type=JSON)
    visitor.tell(done.says)
    return RedirectResponse(done.go, status_code=303)


def _came_from(request: Request) -> str:
    """The page of this server that a form was sent from, as its address; empty where the browser does not say."""
    said = urlsplit(request.headers.get("referer", ""))
    return within(f"{said.path}?{said.query}" if said.query else said.path) if said.netloc == request.headers.get("host") else ""


def _not_allowed(hall: Hall, action: Action, visitor: Visitor, token: str, size: int) -> Problem | None:
    """Why what was sent is not even read."""
    if size > LARGEST or (visitor.csrf and not secrets.compare_digest(token.encode(), visitor.csrf.encode())):
        return STALE_FORM
    if action.signs and visitor.hand is None:
        return NOBODY if hall.gate.alone else NO_KEY
    return None


_AT_ONCE: AbstractAsyncContextManager[None] = nullcontext()


def _for_visitors(
    hall: Hall,
    right: str,
    make: Callable[[Request, Visitor], Response],
    *,
    as_json: bool = False,
    english: bool | None = None,
    turn: AbstractAsyncContextManager[None] = _AT_ONCE,
) -> Handler:
    """Asks the gate who it is and whether they may, then makes the answer in a thread: reading blocks, writing waits for its `turn`.

    Files are English, and what programs read; what became of a decision is said as whoever decided wants to be spoken to.
    """

    def answer(request: Request) -> Response:
        visitor = hall.gate.visitor(request)
        if isinstance(visitor, Response):
            return visitor
        visitor = replace(with_names(hall, visitor), lang=language_for(request, visitor))
        with speaking(ENGLISH if (as_json if english is None else english) else visitor.lang):
            if not visitor.may(right):
                hall.gate.refused(visitor, right)
                return say(hall, request, visitor, NO_RIGHT, status=403, as_json=as_json)
            return make(request, visitor)

    async def handle(request: Request) -> Response:
        async with turn:
            return await run_in_threadpool(answer, request)

    return handle


def with_names(hall: Hall, visitor: Visitor) -> Visitor:
    """The visitor, with protected names where they may see them, have asked to for now, and the vault is still unlocked."""
    until = visitor.session.names_until if visitor.session else None
    if until is None or not visitor.may(NAMES) or until <= hall.desk.clock.now() or not is_unlocked(hall.case, clock=hall.desk.clock):
        return visitor
    return replace(visitor, names=True, names_until=f"{until:%H:%M} UTC")


def language_for(request: Request, visitor: Visitor) -> str:
    """The language chosen for the session, else the one the browser asks for."""
    chosen = visitor.session.lang if visitor.session else ""
    return chosen or wanted(request.headers.get("accept-language", ""))


def say(hall: Hall, request: Request, visitor: Visitor, problem: Problem, *, status: int, as_json: bool = False) -> Response:
    """Say what is the matter: as a page, or to programs as `{"says": ...}`."""
    if as_json or _by_program(request):
        return _said(problem, status)
    return HTMLResponse(render(hall.environment, "problem.html", problem, hall.shell(visitor, "", request.url.path)), status_code=status)


def _said(problem: Problem, status: int) -> Response:
    return Response(
        msgspec.json.encode({"says": " ".join((f"{translated(problem.title)}.", *(told(translated(row)) for row in problem.sentences)))}),
        status,
        media_type=JSON,
    )


def _by_program(request: Request) -> bool:
    return request.url.path.startswith("/api/")


def answer_problem(hall: Hall) -> Callable[[Request, Exception], Response]:
    """What is shown when there is no such page, or when one could not be made."""

    def answer(request: Request, problem: Exception) -> Response:
        if isinstance(problem, HTTPException):
            visitor = hall.gate.visitor(request)  # whoever may not see the case is not told what it does not hold
            if isinstance(visitor, Response):
                return visitor
            visitor = replace(visitor, lang=language_for(request, visitor))
            found = NOT_FOUND if problem.status_code in {404, 405} else BROKEN
            with speaking(ENGLISH if _by_program(request) else visitor.lang):
                return say(hall, request, with_names(hall, visitor), found, status=problem.status_code)
        _LOG.error("A page could not be made: %s", place_of(problem))
        answer = _said(BROKEN, 500) if _by_program(request) else HTMLResponse(render_outside(hall.environment, BROKEN), status_code=500)
        answer.headers.update(headers_of(hall.gate))  # this one is made outside the guard
        return answer

    return answer


def place_of(problem: Exception) -> str:
    """Kind and place of an error, without what it says: that may quote a document."""
    frames = traceback.extract_tb(problem.__traceback__)[-1:]
    where = (f" at {frame.filename.rsplit('armslength', 1)[-1].lstrip('/')}:{frame.lineno}" for frame in frames)
    return type(problem).__name__ + "".join(where)


def _asked(hall: Hall, request: Request, visitor: Visitor) -> Asked:
    path = {name: str(value) for name, value in request.path_params.items()}
    return Asked(path=path, query=dict(request.query_params), visitor=visitor, desk=hall.desk)


def _plain(value: Any) -> Any:
    """What JSON has no form for."""
    if isinstance(value, frozenset | set):
        return sorted(value)
    raise NotImplementedError(type(value).__name__)
