"""A language-model server on this machine that says what a test tells it to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from armslength.base.settings import ModelServer

Reply = Callable[[BaseHTTPRequestHandler], None]


def claim(quote: str, kind: str = "site.existence", **fields: Any) -> dict[str, Any]:
    """A claim as a model would give it, with nothing in it but what is named."""
    plain = {"act": "asserts", "act_words": "", "modality": "stated", "modality_words": "", "voices": [], "number": None}
    return {"quote": quote, "kind": kind, **plain, "dates": [], "places": [], "codes": [], "parties": [], **fields}


def voice(words: str, kind: str = "report", name: str = "", by: str = "") -> dict[str, str]:
    return {"words": words, "name": name or words, "kind": kind, "by": by}


def says(*claims: dict[str, Any], model: str = "scripted-1", finish: str = "stop") -> Reply:
    """An answer with these claims."""
    return says_text(json.dumps({"claims": list(claims)}), model=model, finish=finish)


def says_text(content: Any, *, model: str = "scripted-1", finish: str = "stop") -> Reply:
    """An answer with this text, whatever it is."""
    return raw(json.dumps({"model": model, "choices": [{"message": {"content": content}, "finish_reason": finish}]}).encode())


def raw(body: bytes, status: int = 200, **headers: str) -> Reply:
    """A response with these bytes."""

    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return reply


@dataclass
class Scripted:
    """The server, its replies in order (the last one again and again), and what it was asked."""

    url: str
    replies: list[Reply]
    asked: list[dict[str, Any]] = field(default_factory=list)
    heads: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def server(self, **about: Any) -> ModelServer:
        return ModelServer(**{"url": self.url, "model": "scripted", "seconds": 5.0, **about})


@contextmanager
def scripted(*replies: Reply) -> Iterator[Scripted]:
    """Run a server in a thread until the block ends."""
    script = Scripted("", list(replies))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            script.asked.append(json.loads(body))
            script.heads.append(dict(self.headers))
            script.paths.append(self.path)
            reply = script.replies.pop(0) if len(script.replies) > 1 else script.replies[0]
            reply(self)

        def log_message(self, *_: Any) -> None:
            """Servers of tests are silent."""

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = True

        def handle_error(self, *_: Any) -> None:
            """A client that hangs up, as one that has waited too long does, is no error of a test."""

    with Quiet(("127.0.0.1", 0), Handler) as server:
        script.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
        running = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        running.start()
        try:
            yield script
        finally:
            script.over.set()
            server.shutdown()
            running.join()
