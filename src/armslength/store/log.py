"""The custody log's own rules: how an entry is written, chained, signed and checked.

In:  what happened.
Out: `LogEntry` rows; and from stored entries, what is wrong with them.
Never: touches the database.

An entry is canonical JSON (RFC 8785) of `seq, time, clock, actor, event, subject, data, prev, key`. Its hash is the SHA-256 of those
bytes, `prev` is the hash before it (64 zeros for the first), and the signature is Ed25519 over the hash's 32 bytes. Which key may sign
is itself in the log: `case.created` carries the first public key, `key.rotated`, signed by the old key, carries the next.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import rfc8785

from armslength.base.errors import InputError
from armslength.base.ids import digest, digest_text
from armslength.model.custody import GENESIS, LogEntry
from armslength.store.keys import SigningKey, key_id, signed_by

FIELDS = frozenset({"seq", "time", "clock", "actor", "event", "subject", "data", "prev", "key"})
CASE_CREATED = "case.created"
KEY_CREATED = "key.created"
KEY_ROTATED = "key.rotated"
SOURCE_ADDED = "source.added"
SOURCE_DESTROYED = "source.destroyed"
STAGE_RUN = "stage.run"
STAGE_DROPPED = "stage.dropped"
ACCESS_FAILED = "access.failed"
SCHEMA_UPGRADED = "schema.upgraded"
CASE_ENCRYPTED = "case.encrypted"
KEY_KEPT = "key.kept"
COPY_MADE = "copy.made"
TIMESTAMP_RECEIVED = "timestamp.received"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What is to be written down."""

    time: str
    clock: str
    actor: str
    event: str
    subject: str
    data: Mapping[str, object]


def write_entry(happened: Event, *, seq: int, prev: str, key: SigningKey) -> LogEntry:
    """Chain and sign an event. Raises InputError when its data is not plain JSON."""
    body = {
        "seq": seq,
        "time": happened.time,
        "clock": happened.clock,
        "actor": printable(happened.actor),
        "event": happened.event,
        "subject": printable(happened.subject),
        "data": printable(dict(happened.data)),
        "prev": prev,
        "key": key.id,
    }
    try:
        entry = rfc8785.dumps(body).decode("utf-8")
    except (rfc8785.CanonicalizationError, UnicodeError) as error:
        raise InputError(f"The event {happened.event} cannot be logged: its data is not plain JSON ({error}).") from None
    found = digest_text(entry)
    return LogEntry(
        seq=seq,
        time=happened.time,
        event=happened.event,
        subject=str(body["subject"]),
        actor=str(body["actor"]),
        entry=entry,
        hash=found,
        signature=key.sign(bytes.fromhex(found)),
    )


def printable(value: Any) -> Any:
    """Text as it can be logged: NUL and lone surrogates, which file names can hold, become backslash escapes; tuples become lists."""
    match value:
        case str():
            return value.replace("\x00", "\\x00").encode("utf-8", "backslashreplace").decode("utf-8")
        case dict():
            return {printable(name): printable(part) for name, part in value.items()}
        case list() | tuple():
            return [printable(part) for part in value]
        case _:
            return value


def entry_data(entry: LogEntry) -> dict[str, Any]:
    """The `data` of an entry; empty when the entry cannot be read."""
    body = read_entry(entry.entry)
    data = body.get("data") if body else None
    return data if isinstance(data, dict) else {}


def read_entry(entry: str) -> dict[str, Any] | None:
    """The JSON object of an entry, or None when it is not one with the fields an entry has."""
    try:
        body = json.loads(entry)
    except ValueError:
        return None
    return body if isinstance(body, dict) and set(body) == FIELDS else None


def rotation_message(*, old: str, new: str, public: str, prev: str) -> bytes:
    """What a new key signs to show that whoever names it also holds it."""
    return bytes.fromhex(digest("key rotation", old, new, public, prev))


def _is_hash(text: str) -> bool:
    return len(text) == 64 and set(text) <= set("0123456789abcdef")


@dataclass(slots=True, kw_only=True)
class ChainCheck:
    """Reads a log from its first entry on and says what is wrong with each. Holds one entry's worth of state, and the keys."""

    seq: int = 0
    head: str = GENESIS
    key: str = ""
    """The key that may sign next."""
    publics: dict[str, str] = field(default_factory=dict)
    """Key id to raw public key, in the order they came into use."""
    signed: set[str] = field(default_factory=set)
    """Keys with at least one entry that is whole and rightly signed."""

    def follow(self, entry: LogEntry) -> list[str]:
        """Take the next entry; returns what is wrong with it, in words."""
        wrong: list[str] = []
        if entry.seq != self.seq + 1:
            wrong.append(f"follows entry {self.seq}: {entry.seq - self.seq - 1} entries are missing or out of order")
        body = read_entry(entry.entry)
        whole = digest_text(entry.entry) == entry.hash
        if not whole:
            wrong.append("its text does not have the hash stored beside it: it was changed")
        if body is None:
            wrong.append("its text is not a log entry")
        else:
            wrong += self._compare(entry, body)
            self._learn_first_key(entry, body)
            wrong += self._check_signature(entry, body, whole=whole)
            wrong += self._learn_next_key(body)
        self.seq, self.head = entry.seq, entry.hash
        return wrong

    def _compare(self, entry: LogEntry, body: dict[str, Any]) -> list[str]:
        wrong = [
            f"its column {name} does not repeat what was signed"
            for name in ("seq", "time", "event", "subject", "actor")
            if body[name] != getattr(entry, name)
        ]
        if body["prev"] != self.head:
            wrong.append("it does not continue the entry before it: an entry was changed, taken out or put in")
        return wrong

    def _check_signature(self, entry: LogEntry, body: dict[str, Any], *, whole: bool) -> list[str]:
        if not self.key or body["key"] != self.key:
            return [f"it names the key {body['key']}, but the key in use there was {self.key or 'none'}"]
        if not signed_by(self.publics[self.key], entry.signature, bytes.fromhex(entry.hash) if _is_hash(entry.hash) else b""):
            return ["its signature is not by the case's key"]
        if whole:
            self.signed.add(self.key)
        return []

    def _learn_first_key(self, entry: LogEntry, body: dict[str, Any]) -> None:
        if entry.seq == 1 and not self.publics and isinstance(body["data"], dict):
            self._learn(str(body["data"].get("public", "")))

    def _learn_next_key(self, body: dict[str, Any]) -> list[str]:
        data = body["data"] if isinstance(body["data"], dict) else {}
        public = str(data.get("public", ""))
        if body["event"] == KEY_CREATED:
            return [] if self.publics.get(str(body["subject"])) == public else ["it names a key other than the case was created with"]
        if body["event"] != KEY_ROTATED:
            return []
        new = str(body["subject"])
        message = rotation_message(old=self.key, new=new, public=public, prev=str(body["prev"]))
        if not signed_by(public, str(data.get("proof", "")), message):
            return ["it names a new key without proof that its holder agreed"]
        return [] if self._learn(public) == new else ["the new key's name does not belong to the key"]

    def _learn(self, public: str) -> str:
        if not _is_hash(public):
            return ""
        self.key = key_id(bytes.fromhex(public))
        self.publics[self.key] = public
        return self.key
