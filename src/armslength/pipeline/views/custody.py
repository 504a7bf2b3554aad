"""The custody log as pages of entries, and what to note down so that a later change can be noticed.

In:  a reading of a case.
Out: `CustodyView`: the head, the keys, one page of entries, newest first.
Never: says that the log is sound. That is what `armslength verify` is for, best on another machine.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from armslength.model.custody import LogEntry
from armslength.pipeline.views import words
from armslength.store.read import Reader

PAGE = 100
"""Entries on one page: about three screens."""

EVENTS = {
    "case.created": "Case made",
    "key.created": "Signing key made",
    "source.added": "Source added",
    "source.refused": "File refused",
    "key.rotated": "Signing key replaced",
    "stage.run": "Stage run",
    "stage.dropped": "Results of a stage dropped",
    "schema.upgraded": "Database brought up to date",
    "timestamp.received": "Time stamp received",
    "documents.sent": "Text sent to a language model",
    "export.written": "Export written",
    "view.exported": "Page exported",
    "access.failed": "Access failed",
    "access.login": "Logged in",
    "access.logout": "Logged out",
    "access.served": "Pages shown",
    "access.unlocked": "Log-in unlocked",
    "account.disabled": "Account disabled",
    "case.encrypted": "Case encrypted",
    "copy.made": "Travel copy made",
    "finding.made": "Finding made",
    "judgement.made": "Judgement made",
    "judgements.imported": "Judgements of another copy brought in",
    "key.kept": "Key of the case kept elsewhere",
    "names.shown": "Protected names shown",
    "person.destroyed": "Identity of a person destroyed",
    "release.made": "Release made",
    "release.proposed": "Release proposed",
    "release.refused": "Release refused by the gate",
    "release.stopped": "Release stopped by the attack on it",
    "source.destroyed": "Source destroyed",
    "vault.locked": "Vault locked",
    "vault.made": "Vault made",
    "vault.read": "Identity read in the vault",
    "vault.unlocked": "Vault unlocked",
    "vault.written": "Identity written into the vault",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """One entry."""

    seq: int
    time: str
    event: str
    subject: str
    actor: str
    hash: str
    signature: str
    key: str
    data: tuple[tuple[str, str], ...]
    source: bool
    """Whether the subject is a source of this case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyView:
    """A key of the case, from the log."""

    key: str
    made: str
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyView:
    """The log."""

    total: int
    head: str
    head_seq: int
    head_time: str
    keys: tuple[KeyView, ...]
    entries: tuple[EntryView, ...]
    page: int
    pages: int


def custody_view(reader: Reader, *, page: int = 1) -> CustodyView | None:
    """One page of the log, newest entries first; None for a page that does not exist."""
    total = reader.count(LogEntry)
    pages = max(1, -(-total // PAGE))
    if not 1 <= page <= pages:
        return None
    high = total - (page - 1) * PAGE
    rows = reader.all(LogEntry, seq=list(range(max(1, high - PAGE + 1), high + 1))) if total else []
    last = reader.all(LogEntry, seq=total) if total else []
    return CustodyView(
        total=total,
        head=last[0].hash if last else "",
        head_seq=total,
        head_time=words.moment(last[0].time) if last else "",
        keys=tuple(_key(row) for row in reader.all(LogEntry, event=["key.created", "key.rotated"])),
        entries=tuple(_entry(row) for row in sorted(rows, key=lambda row: -row.seq)),
        page=page,
        pages=pages,
    )


def event_words(event: str) -> str:
    """An event of the log in words."""
    return EVENTS.get(event, event.replace(".", " ").replace("_", " "))


def _key(row: LogEntry) -> KeyView:
    data = _fields(row).get("data", {})
    public = data.get("public", data.get("key", row.subject)) if isinstance(data, dict) else row.subject
    return KeyView(key=str(public), made=words.moment(row.time), seq=row.seq)


def _entry(row: LogEntry) -> EntryView:
    fields = _fields(row)
    data = fields.get("data", {})
    return EntryView(
        seq=row.seq,
        time=words.moment(row.time),
        event=event_words(row.event),
        subject=row.subject,
        actor=row.actor,
        hash=row.hash,
        signature=row.signature,
        key=str(fields.get("key", "")),
        data=tuple((name.replace("_", " "), _said(value)) for name, value in data.items()) if isinstance(data, dict) else (),
        source=row.event.startswith("source.") and len(row.subject) == 64,
    )


def _fields(row: LogEntry) -> dict[str, object]:
    """Read the entry that was signed. One that cannot be read is shown without its data; `verify` says what is wrong with it."""
    try:
        found = json.loads(row.entry)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _said(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
