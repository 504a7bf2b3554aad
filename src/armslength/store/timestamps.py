"""Trusted time stamps (RFC 3161) over the custody log's head: that the case stood as it did at that moment, by somebody else's clock.

In:  a case, and the reply of a time-stamping authority.
Out: a request; the reply archived beside the case as it came, logged, and then checked.
Never: goes to the network by itself; `fetch` is called only when a person asks for it.

What is stamped is the head's canonical JSON, so the message imprint is the entry's own hash, and stock OpenSSL checks an archived reply:
`openssl ts -verify -digest <entry hash> -in timestamps/<n>.tsr -CAfile <the authority's root>.pem`.
"""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from rfc3161_client import HashAlgorithm, TimestampRequestBuilder, VerifierBuilder, decode_timestamp_response
from rfc3161_client.errors import VerificationError

from armslength.base.clock import stamp
from armslength.base.errors import CaseError, InputError
from armslength.base.ids import digest_bytes
from armslength.model.custody import LogEntry
from armslength.store.case import Case
from armslength.store.files import write_file
from armslength.store.log import TIMESTAMP_RECEIVED
from armslength.store.read import Reader, reading
from armslength.store.write import Writer

TIMEOUT_SECONDS = 30
"""Public authorities answer within a second or two; RFC 3161 sets no limit."""
_LARGEST_REPLY = 1 << 20
"""A reply with its certificates is under 10 KB."""
_GRANTED = (0, 1)
_IMPRINT = re.compile(rb"\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01(?:\x05\x00)?\x04\x20(.{32})", re.DOTALL)
"""DER of a SHA-256 message imprint: the algorithm's identifier, with or without NULL, then 32 bytes (RFC 3161, 2.4.1; RFC 5754, 2.2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamped:
    """An archived reply and what a first look at it says."""

    seq: int
    """The log entry it is over."""
    file: str
    """Its name in `timestamps/`."""
    time: str | None
    """The authority's time, RFC 3339, where the reply can be read."""
    problems: tuple[str, ...]


def make_request(case: Case) -> bytes:
    """A DER time-stamp request over the log's head, with a nonce, asking for the authority's certificate."""
    with reading(case) as read:
        entry = _head(read)
    return bytes(TimestampRequestBuilder().data(entry.entry.encode()).hash_algorithm(HashAlgorithm.SHA256).build().as_bytes())


def fetch(url: str, request: bytes) -> bytes:
    """Send a request to a time-stamping authority and return its raw reply. This goes to the network."""
    if urlsplit(url).scheme not in {"http", "https"}:
        raise InputError(f"{url} is not the address of a time-stamping authority: it must begin with http:// or https://.")
    query = urllib.request.Request(url, data=request, headers={"Content-Type": "application/timestamp-query"})  # noqa: S310 - scheme checked above
    try:
        with urllib.request.urlopen(query, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310 - scheme checked above
            reply = bytes(answer.read(_LARGEST_REPLY + 1))
    except (urllib.error.URLError, TimeoutError, OSError) as error:
        raise CaseError(f"The time-stamping authority {url} did not answer ({error}). Try again later, or use another one.") from None
    if len(reply) > _LARGEST_REPLY:
        raise InputError(f"The answer of {url} is over 1 MiB, which no time stamp is.")
    return reply


def add_reply(writer: Writer, reply: bytes, *, request: bytes, roots: bytes | None = None) -> Stamped:
    """Archive a raw reply and its request, log them, and only then look at what the reply says.

    `roots` are the authority's root certificates (PEM); with them the signature is checked too. Raises InputError when the request is
    not over an entry of this case's log.
    """
    entry = _requested(writer, request)
    name = _free_name(writer.case.timestamps_dir, entry.seq)
    write_file(writer.case.timestamps_dir / f"{name}.tsq", request)
    write_file(writer.case.timestamps_dir / f"{name}.tsr", reply)
    data: dict[str, object] = {
        "seq": entry.seq,
        "file": f"{name}.tsr",
        "reply": digest_bytes(reply),
        "request_file": f"{name}.tsq",
        "request": digest_bytes(request),
    }
    writer.record(TIMESTAMP_RECEIVED, entry.hash, {**data, "over": entry.hash})
    time, problems = _look(reply, entry, roots)
    return Stamped(seq=entry.seq, file=f"{name}.tsr", time=time, problems=tuple(problems))


def check_archived(case: Case, data: Mapping[str, object]) -> list[str]:
    """What is wrong with an archived reply, held against the log entry that records it."""
    for kind, file in (("reply", data.get("file")), ("request", data.get("request_file"))):
        path = case.timestamps_dir / Path(str(file)).name
        try:
            found = path.read_bytes()
        except OSError as error:
            return [f"the {kind} cannot be read ({error.strerror})"]
        if digest_bytes(found) != data.get(kind):
            return [f"the {kind} is not the one that was received: it was changed"]
        if kind == "reply" and not _is_over(found, str(data.get("over"))):
            return ["it is not a time stamp over the log entry it was asked for"]
    return []


def _head(read: Reader) -> LogEntry:
    entry = read.get(LogEntry, read.count(LogEntry))
    if entry is None:
        raise CaseError("The custody log is damaged: it has gaps. Run `armslength verify`.")
    return entry


def _requested(writer: Writer, request: bytes) -> LogEntry:
    found = _IMPRINT.search(request)
    entries = writer.read.all(LogEntry, hash=found[1].hex()) if found else []
    if not entries:
        raise InputError("This time-stamp request is not over an entry of this case's custody log.")
    return entries[0]


def _free_name(folder: Path, seq: int) -> str:
    """`<seq>`, or `<seq>-2` and on when another authority already stamped that entry."""
    name, number = str(seq), 1
    while (folder / f"{name}.tsr").exists() or (folder / f"{name}.tsq").exists():
        number += 1
        name = f"{seq}-{number}"
    return name


def _look(reply: bytes, entry: LogEntry, roots: bytes | None) -> tuple[str | None, list[str]]:
    try:
        answer = decode_timestamp_response(reply)
        if answer.status not in _GRANTED:
            return None, [f"the authority refused: status {answer.status} {' '.join(answer.status_string)}".strip()]
        info = answer.tst_info
        time, imprint = stamp(info.gen_time), info.message_imprint.message.hex()
    except ValueError as error:
        return None, [f"the reply was archived, but this program cannot read it ({error}); check it with `openssl ts -verify`"]
    if imprint != entry.hash:
        return time, ["the reply is over something else than was asked"]
    if roots is None:
        return time, []
    return time, _check_signature(reply, entry, roots)


def _check_signature(reply: bytes, entry: LogEntry, roots: bytes) -> list[str]:
    from cryptography import x509

    builder = VerifierBuilder()
    try:
        for root in x509.load_pem_x509_certificates(roots):
            builder = builder.add_root_certificate(root)
        builder.build().verify(decode_timestamp_response(reply), bytes.fromhex(entry.hash))
    except (VerificationError, ValueError) as error:
        return [f"its signature does not lead to the roots given: {error}"]
    return []


def _is_over(reply: bytes, wanted: str) -> bool:
    """Whether a reply is over a hash, or a refusal. One that the library cannot read is searched for the imprint's bytes."""
    try:
        answer = decode_timestamp_response(reply)
        return answer.status not in _GRANTED or bool(answer.tst_info.message_imprint.message.hex() == wanted)
    except ValueError:
        return wanted in {found.hex() for found in _IMPRINT.findall(reply)}
