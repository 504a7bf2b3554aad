"""One question to a language-model server over HTTP, and its answer.

In:  the server's address and limits, a question. Out: the text of the answer with the name of the model that gave it, or why there is none.
Never: follows a redirect, uses a proxy, asks another host than the one that was named, sends to another machine unless that is allowed, or
repeats what the server said: a page may have told it what to say.
"""

from __future__ import annotations

import http.client
import ipaddress
import re
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urlsplit

import msgspec

from armslength.base.errors import InputError, MissingPieceError
from armslength.base.settings import ModelServer

Sleep = Callable[[float], None]
_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers that may be better a moment later."""
_FIRST_PAUSE = 0.5
"""Seconds before a question is put again; each further pause is twice as long."""
_CONNECT_SECONDS = 10.0
_NAME = re.compile(r"[\w.:+@-]{1,80}")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model answered."""

    content: str
    model: str
    """As the server calls it, without folders: servers name a model by the path of its file, which names people."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why there is no answer, in a sentence."""

    reason: str
    lasting: bool = False
    """Asking again, now or in another build, will not help."""
    again: bool = False
    """Asking again in a moment may help."""


class _Choice(msgspec.Struct):
    message: dict[str, Any]
    finish_reason: str | None = None


class _Completion(msgspec.Struct):
    choices: list[_Choice]
    model: str = ""


def check_address(server: ModelServer) -> SplitResult:
    """Take a server's address apart. Raises InputError when it is none, or is another machine's and that was not allowed."""
    parts = urlsplit(server.url)
    try:
        port_fits = parts.port is None or parts.port > 0
    except ValueError:
        port_fits = False
    if parts.scheme not in {"http", "https"} or not parts.hostname or not port_fits or parts.query or parts.fragment:
        raise InputError(f"`{shown_address(server)}` is no address of a language model; it should look like http://127.0.0.1:8080/v1.")
    if parts.username or parts.password:
        raise InputError("The address of a language model holds a name or password; give the key in ARMSLENGTH_MODEL_KEY instead.")
    if not server.model.strip():
        raise InputError("Name the language model with --model, as its server knows it; claims carry the name.")
    if not is_local(server) and not server.allow_remote:
        raise InputError(
            f"The language model at {shown_address(server)} is not on this machine, so the text of your documents would leave it. "
            "Use a local model (127.0.0.1), or allow it with --allow-remote-model if you may hand the documents over."
        )
    return parts


def is_local(server: ModelServer) -> bool:
    """Whether an address is this machine's own. A name other than `localhost` is not, wherever it may lead today."""
    host = urlsplit(server.url).hostname or ""
    return host == "localhost" or _is_loopback(host)


def where_text_goes(server: ModelServer) -> str:
    """One sentence for the user: what is sent where."""
    check_address(server)
    goes = f"The text of your documents is sent to the language model `{server.model}` at {shown_address(server)}"
    if is_local(server):
        return f"{goes}, on this machine, and nowhere else."
    open_line = " over an UNENCRYPTED connection" if urlsplit(server.url).scheme == "http" else ""
    return f"{goes}, ANOTHER MACHINE{open_line}: you allowed that. Whoever runs it can read and keep the text."


def shown_address(server: ModelServer) -> str:
    """An address without what must not be shown: a name or password in it."""
    return re.sub(r"//[^/@]*@", "//", server.url)


def check_answers(server: ModelServer) -> None:
    """Raise MissingPieceError unless somebody listens at the address; nothing of a document is sent."""
    parts = check_address(server)
    try:
        _connected(server, parts).close()
    except (OSError, _WrongMachineError) as error:
        raise MissingPieceError(
            f"No language model answers at {shown_address(server)} ({_failed(error)}). Start its server, or read without --reader model."
        ) from error


def ask(server: ModelServer, question: dict[str, Any], *, sleep: Sleep = time.sleep) -> Answer | Trouble:
    """Put a question to the server; again, after a growing pause, where it is busy or fails for the moment."""
    body = msgspec.json.encode(question)
    result: Answer | Trouble = Trouble("The language model was not asked.")
    for attempt in range(max(1, server.attempts)):
        if attempt:
            sleep(_FIRST_PAUSE * 2 ** (attempt - 1))
        result = _ask_once(server, body)
        if isinstance(result, Answer) or not result.again:
            return result
    return result


def _ask_once(server: ModelServer, body: bytes) -> Answer | Trouble:
    parts = check_address(server)
    head = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "armslength"}
    if server.key:
        head["Authorization"] = f"Bearer {server.key}"
    end = time.monotonic() + server.seconds
    try:
        connection = _connected(server, parts)
        try:
            connection.request("POST", f"{parts.path.rstrip('/')}/chat/completions", body, head)
            response = connection.getresponse()
            return _understood(response.status, _body(connection, response, server, end), server)
        finally:
            connection.close()
    except _WrongMachineError as error:
        return Trouble(str(error), lasting=True)
    except _TooLargeError:
        return Trouble("The language model's answer is larger than any answer should be; it was not read.", lasting=True)
    except (OSError, http.client.HTTPException) as error:
        # what took too long once takes too long again: it is not asked a second time in one build
        return Trouble(f"The language model did not answer: {_failed(error)}.", again=not isinstance(error, TimeoutError))


def _connected(server: ModelServer, parts: SplitResult) -> http.client.HTTPConnection:
    """Open a connection, and look where it really leads before anything is sent."""
    host, port = parts.hostname or "", parts.port
    seconds = min(server.seconds, _CONNECT_SECONDS)
    connection: http.client.HTTPConnection
    if parts.scheme == "https":
        connection = http.client.HTTPSConnection(host, port, timeout=seconds, context=ssl.create_default_context())
    else:
        connection = http.client.HTTPConnection(host, port, timeout=seconds)
    connection.connect()
    if not server.allow_remote and not _is_loopback(str(connection.sock.getpeername()[0])):
        connection.close()
        raise _WrongMachineError("The language model's address leads to another machine, which was not allowed; nothing was sent.")
    connection.sock.settimeout(server.seconds)
    return connection


def _body(connection: http.client.HTTPConnection, response: http.client.HTTPResponse, server: ModelServer, end: float) -> bytes:
    """The body, bit by bit, so that neither its size nor a server that trickles can hold the reader up."""
    parts: list[bytes] = []
    size = 0
    while True:
        left = end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        if connection.sock is not None:  # a response without a length takes the socket over
            connection.sock.settimeout(left)
        part = response.read1(65536)
        if not part:
            return b"".join(parts)
        parts.append(part)
        size += len(part)
        if size > server.max_bytes:
            raise _TooLargeError


def _understood(status: int, body: bytes, server: ModelServer) -> Answer | Trouble:
    if 300 <= status < 400:
        return Trouble("The language model's server pointed to another address; that is never followed.", lasting=True)
    if status != 200:
        busy = status in _BUSY
        return Trouble(f"The language model's server answered with HTTP status {status}.", lasting=not busy, again=busy)
    try:
        said = msgspec.json.decode(body, type=_Completion)
        choice = said.choices[0]
        content = choice.message["content"]
    except (msgspec.MsgspecError, UnicodeDecodeError, IndexError, KeyError):
        return Trouble("The language model's server answered with something that is no chat completion.", lasting=True)
    if choice.finish_reason == "length":
        why = "The language model's answer was cut off at its longest; a larger --model-tokens or a smaller window may help."
        return Trouble(why, lasting=True)
    if not isinstance(content, str):
        return Trouble("The language model gave no text for an answer.", lasting=True)
    return Answer(content, plain_name(said.model) or plain_name(server.model))


def plain_name(name: str) -> str:
    """A model's name without folders or anything that is no name."""
    found = _NAME.match(re.split(r"[\\/]", name.strip())[-1])
    return found[0] if found else ""


class _TooLargeError(Exception):
    """More bytes than an answer may have."""


class _WrongMachineError(Exception):
    """The connection leads elsewhere than was allowed."""


def _failed(error: Exception) -> str:
    """What went wrong, in our own words."""
    if isinstance(error, TimeoutError):
        return "it took too long"
    if isinstance(error, ConnectionRefusedError):
        return "nobody listens at that address"
    if isinstance(error, socket.gaierror):
        return "no machine has that name"
    if isinstance(error, ssl.SSLError):
        return "its certificate or encryption cannot be trusted"
    if isinstance(error, _WrongMachineError):
        return "the address leads to another machine"
    return "the connection broke off"


def _is_loopback(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback
