"""The application: a case in, its pages out. Each page reads the case as it is at that moment and writes nothing.

In:  an open case.
Out: an ASGI application for 127.0.0.1.
Never: writes, takes a person as a question, or lets a page make a request elsewhere.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from importlib.resources import files

from fastapi import FastAPI
from jinja2 import Environment
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.staticfiles import StaticFiles

from armslength.pipeline.masking import looking
from armslength.store.case import Case
from armslength.web.guard import HEADERS, Guard
from armslength.web.page import Asked, Page
from armslength.web.pages import PAGES
from armslength.web.render import Shell, render, templates


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Context of a page that says what went wrong."""

    title: str
    sentences: tuple[str, ...]


NOT_FOUND = Problem(
    title="There is nothing at this address",
    sentences=(
        "The case holds no such page, fact, document or source.",
        (
            "If a link in older notes led here, the case may have been built again since: facts and claims are named by what they say, "
            "so a changed text or a newer reader gives them new names. Sources keep their names for ever."
        ),
    ),
)
BROKEN = Problem(
    title="This page could not be made",
    sentences=(
        "The program made a mistake while it read the case. Nothing in the case was changed.",
        "`armslength verify` tells whether what is stored is still what was stored. The terminal in which armslength runs says where.",
    ),
)


_LOG = logging.getLogger(__name__)


def create_app(case: Case) -> FastAPI:
    """Make the application for one case. It serves GET and HEAD under 127.0.0.1 and localhost only."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    environment = templates()
    for page in PAGES:
        app.add_route(page.path, _handler(case, page, environment), methods=["GET"])
    static = files("armslength.web") / "static"
    app.mount("/static", StaticFiles(directory=str(static)), name="static")
    app.add_exception_handler(HTTPException, _problem(case, environment))
    app.add_exception_handler(Exception, _problem(case, environment))
    app.add_middleware(Guard)
    return app


def _handler(case: Case, page: Page, environment: Environment) -> Callable[[Request], Awaitable[Response]]:
    def answer(asked: Asked) -> tuple[int, str]:
        with looking(case) as reader:
            context = page.context(reader, asked)
        shell = Shell(case=case.name, section=page.section)
        if context is None:
            return 404, render(environment, "problem.html", NOT_FOUND, shell)
        return 200, render(environment, page.template, context, shell)

    async def handle(request: Request) -> Response:
        asked = Asked(path={name: str(value) for name, value in request.path_params.items()}, query=dict(request.query_params))
        status, body = await run_in_threadpool(answer, asked)
        return HTMLResponse(body, status_code=status)

    return handle


def _problem(case: Case, environment: Environment) -> Callable[[Request, Exception], Response]:
    def answer(_: Request, problem: Exception) -> Response:
        status = problem.status_code if isinstance(problem, HTTPException) else 500
        said = NOT_FOUND if status == 404 else BROKEN
        if not isinstance(problem, HTTPException):
            _LOG.error("A page could not be made: %s", place_of(problem))
        body = render(environment, "problem.html", said, Shell(case=case.name, section=""))
        return HTMLResponse(body, status_code=status, headers=HEADERS)  # an error page is made outside the guard

    return answer


def place_of(problem: Exception) -> str:
    """Kind and place of an error, without what it says: that may quote a document."""
    frames = traceback.extract_tb(problem.__traceback__)[-1:]
    where = (f" at {frame.filename.rsplit('armslength', 1)[-1].lstrip('/')}:{frame.lineno}" for frame in frames)
    return type(problem).__name__ + "".join(where)
