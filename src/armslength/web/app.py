"""The application: a case in, its pages out. Each page reads the case as it is at that moment; what is sent goes through the desk.

In:  an open case, a gate that tells who asks, a desk.
Out: an ASGI application.
Never: writes past the desk, takes a person as a question, or lets a page make a request elsewhere.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import cache
from importlib.resources import files
from threading import Thread

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from armslength.base.clock import SystemClock
from armslength.pipeline.desk import Desk
from armslength.pipeline.masking import warm
from armslength.pipeline.signing import Hand
from armslength.pipeline.views.preparing import prepare
from armslength.store.case import Case
from armslength.web.actions import ACTIONS
from armslength.web.downloads import DOWNLOADS
from armslength.web.guard import Guard
from armslength.web.handling import Hall, answer_action, answer_download, answer_page, answer_problem
from armslength.web.openapi import description
from armslength.web.pages import PAGES
from armslength.web.render import templates
from armslength.web.visitors import Gate, Laptop, ReadOnly

API = "/api"
"""Under which the same pages and actions are given as JSON."""


def create_app(case: Case, *, gate: Gate | None = None, desk: Desk | None = None) -> FastAPI:
    """Make the application for one case. Without a gate, anybody on this machine may look and nobody can send anything."""
    warm(case)
    hall = Hall(case=case, gate=gate or ReadOnly(), desk=desk or Desk(case, SystemClock()), environment=templates())
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False, lifespan=_working(hall, writes=gate is not None))
    for page in PAGES:
        if page.alone and not hall.gate.alone:
            continue
        app.add_route(page.path, answer_page(hall, page), methods=["GET"])
        app.add_route(_under_api(page.path), answer_page(hall, page, as_json=True), methods=["GET"])
    for action in ACTIONS:
        if action.alone and not hall.gate.alone:
            continue
        app.add_route(action.path, answer_action(hall, action), methods=["POST"])
        app.add_route(_under_api(action.path), answer_action(hall, action), methods=["POST"])
    for download in DOWNLOADS:
        app.add_route(download.path, answer_download(hall, download), methods=["GET"])
    app.add_route(f"{API}/openapi.json", _answer_description, methods=["GET"])
    app.routes.extend(hall.gate.routes)
    app.mount("/static", StaticFiles(directory=str(files("armslength.web") / "static")), name="static")
    for kind in (HTTPException, Exception):
        app.add_exception_handler(kind, answer_problem(hall))
    app.add_middleware(Guard, gate=hall.gate)
    return app


def _look_ahead(hall: Hall) -> None:
    """Read the templates, and what takes long in the case, before anybody asks for a page."""
    for name in hall.environment.list_templates():
        hall.environment.get_template(name)
    prepare(hall.case)


def _working(hall: Hall, *, writes: bool) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """While the application runs, the desk carries out what is decided; what an earlier run left undone, first."""

    @asynccontextmanager
    async def work(_: FastAPI) -> AsyncIterator[None]:
        Thread(target=_look_ahead, args=(hall,), daemon=True).start()
        if writes:
            hall.desk.start()
        try:
            yield
        finally:
            await run_in_threadpool(hall.desk.close)

    return work


def serve_app(case: Case, *, token: str, hand: Hand | None) -> FastAPI:
    """The application for one person at one machine: all is shown and done to whoever brings the token; without one it only shows."""
    return create_app(case, gate=Laptop(token, hand=hand) if token else None)


def _under_api(path: str) -> str:
    return API + ("/case" if path == "/" else path)


async def _answer_description(_: Request) -> Response:
    """It tells nothing about the case, so it needs no right."""
    return Response(described(), media_type="application/json")


@cache
def described() -> bytes:
    """What the interface takes and gives, as OpenAPI."""
    return description(PAGES, ACTIONS, DOWNLOADS, under=_under_api)
