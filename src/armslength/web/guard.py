"""What every answer carries and what every question must satisfy.

In:  HTTP requests from the machine the program runs on.
Out: the answer with its protecting headers, or a short refusal.
Never: answers a request for another host name. A hostile page could point its own name at this machine (DNS rebinding) and read
the case through the visitor's browser; the name in the request gives that away. Never takes what a page of another origin sends.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from armslength.web.visitors import Gate

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",  # with no-referrer, browsers say `Origin: null` of our own forms
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
    "cache-control": "no-store",
    "x-frame-options": "DENY",
    "x-dns-prefetch-control": "off",
}
ONLY_TLS = {"strict-transport-security": "max-age=63072000"}
"""For an address with https: two years without anything else."""
METHODS = frozenset({"GET", "HEAD", "POST"})
MEDIA_TYPES = frozenset({"application/x-www-form-urlencoded", "application/json"})
LARGEST = 1_000_000
"""Bytes of a form. The longest has the quotes of a coding task; a thousand of them fit."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is not looked at."""

    status: int
    says: str
    allow: str = ""

    def answer(self) -> PlainTextResponse:
        return PlainTextResponse(self.says + "\n", status_code=self.status, headers={"allow": self.allow} if self.allow else None)


class Guard:
    """ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp, *, gate: Gate) -> None:
        self._app = app
        self._gate = gate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            raise RuntimeError(f"only HTTP is served, not {scope['type']}")

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in headers_of(self._gate).items():
                    headers[name] = value
            await send(message)

        refusal = refuse(scope, self._gate)
        await (refusal.answer() if refusal else self._app)(scope, receive, guarded)


def headers_of(gate: Gate) -> dict[str, str]:
    """What every answer carries."""
    return HEADERS | (ONLY_TLS if gate.origin.startswith("https://") else {})


def refuse(scope: Scope, gate: Gate) -> Refusal | None:
    """Why a request is not looked at, or None."""
    headers = Headers(scope=scope)
    return next((found for check in CHECKS if (found := check(scope, headers, gate))), None)


def _host(_: Scope, headers: Headers, gate: Gate) -> Refusal | None:
    hosts = headers.getlist("host")
    if len(hosts) == 1 and host_name(hosts[0].lower()) in gate.hosts:
        return None
    return Refusal(421, f"This case is only shown under {' or '.join(sorted(gate.hosts))}.")


def _method(scope: Scope, _: Headers, __: Gate) -> Refusal | None:
    if scope["method"] in METHODS:
        return None
    return Refusal(405, "A page is asked for with GET, and something is sent with POST.", allow=", ".join(sorted(METHODS)))


def _same_origin(scope: Scope, headers: Headers, gate: Gate) -> Refusal | None:
    """Browsers say from which page a form comes; where they say it, it has to be one of ours."""
    if scope["method"] != "POST":
        return None
    origins, sites = headers.getlist("origin"), headers.getlist("sec-fetch-site")
    mine = gate.origin or f"{scope['scheme']}://{headers['host']}"
    if any(one.lower() != mine.lower() for one in origins) or any(one not in {"same-origin", "none"} for one in sites):
        return Refusal(403, "This was sent by a page of another address, and nothing was done.")
    return None


def _body(scope: Scope, headers: Headers, _: Gate) -> Refusal | None:
    if scope["method"] != "POST":
        return None
    if headers.get("content-type", "").partition(";")[0].strip().lower() not in MEDIA_TYPES:
        return Refusal(415, f"What is sent has to be {' or '.join(sorted(MEDIA_TYPES))}.")
    size = headers.get("content-length", "")
    if not (size.isascii() and size.isdecimal() and len(size) < 12):
        return Refusal(411, "What is sent has to say how long it is.")
    return Refusal(413, f"What is sent may be {LARGEST} bytes long at most.") if int(size) > LARGEST else None


CHECKS: tuple[Callable[[Scope, Headers, Gate], Refusal | None], ...] = (_host, _method, _same_origin, _body)


def host_name(host: str) -> str:
    """A Host header without its port. What is not a name and a number gives nothing."""
    name, colon, port = host.rpartition(":")
    if not colon or host.endswith("]"):
        return host
    return name if port.isdecimal() else ""
