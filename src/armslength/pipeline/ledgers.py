"""The ledgers of a case: reading them as they stand on a day, and entering into them.

In:  a case; an entry whose person or target is named by an id's first characters or a pseudonym; the reviewer's hand.
Out: `Ledger`; judgements, kept and logged.
Never: takes or shows a person's name: whoever writes one is told the pseudonym. Answers for a person who is not in the case.

A person's id goes when people make two persons one, a fact's when a passage joins it. So an entry also holds anchors, a person's mentions
as digests under the case's secret, a fact's claims, and is read as about whoever or whatever holds those now.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from armslength.base.clock import Clock, stamp
from armslength.base.errors import InputError
from armslength.base.ids import digest, keyed_digest
from armslength.model.claims import Claim
from armslength.model.decisions import Judgement, told
from armslength.model.edtf import is_valid, precision
from armslength.model.evidence import Source
from armslength.model.facts import Fact
from armslength.model.ledger import (
    ENTRIES,
    Consent,
    Disclosure,
    Entry,
    Ledger,
    LegalStatus,
    Protection,
    Reply,
    Request,
    Restriction,
    Retention,
    ledger,
    of_ledgers,
    value_of,
)
from armslength.model.legal_words import STATES
from armslength.model.things import Entity
from armslength.model.worklog import RESULTS, SavedView, Searched
from armslength.pipeline.finding import find_by_prefix
from armslength.pipeline.naming import refuse_names
from armslength.pipeline.signing import Hand, Said, keep
from armslength.pipeline.snapshots import Snapshot, as_logged
from armslength.pipeline.worklog import check_worklog, words_of
from armslength.store.case import Case, case_secret, open_case
from armslength.store.read import Reader
from armslength.store.signing import checked
from armslength.store.write import Writer, writing

DECISION_OF: Mapping[type, str] = {kind: decision for decision, kind in ENTRIES.items()}
_WORDS: Mapping[str, frozenset[str]] = {
    "status": frozenset(STATES),
    "use": frozenset({"collect", "keep", "share", "publish", "publish_named"}),
    "kind": frozenset({"rectify", "remove", "restrict"}),
    "outcome": frozenset({"", "granted", "granted_in_part", "refused"}),
    "action": frozenset({"review", "shred"}),
    "ground": frozenset({"child", "danger"}),
    "result": frozenset(RESULTS),
}
_DAYS = frozenset({"deadline", "until", "asked", "answered", "received", "decided", "since"})
"""Fields that must be a day: clocks run by them."""
_SAME: Mapping[type, tuple[str, ...]] = {
    LegalStatus: ("person", "charge", "forum", "date"),
    Reply: ("target", "addressee"),
    Consent: ("person", "use", "with_whom"),
    Restriction: ("target", "forum", "since"),
    Request: ("target", "kind", "received"),
    Retention: ("target",),
    Protection: ("person",),
    Searched: ("what", "words", "language", "country", "date", "covered"),
    SavedView: ("name",),
}
"""Fields by which an entry takes the place of an earlier one. Another date of a legal status is history and replaces nothing."""
_WHO = ("person", "target", "addressee")
_ENTITIES_ONLY = frozenset({"person", "addressee"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """An entry that was made, and what follows from it."""

    judgement: Judgement
    entry: Entry
    says: tuple[str, ...]
    """In sentences: what may be written or done now."""


def ledger_of(reader: Reader, *, day: str = "") -> Ledger:
    """The ledgers of a case, as they stood at the end of a day or stand now; signatures checked, persons followed to their present ids."""
    return _read(reader, day) if reader.hides else _ledger(as_logged(reader), day)


@lru_cache(maxsize=8)
def _ledger(moment: Snapshot, day: str) -> Ledger:
    return _read(moment.reader, day)


def _read(reader: Reader, day: str) -> Ledger:
    rows = checked(of_ledgers(reader.all(Judgement)), case=reader.case.id)
    return ledger(_followed(rows, reader), day=day)


def enter(folder: Path, entry: Entry, *, reason: str, hand: Hand, clock: Clock) -> Entered:
    """Enter into a ledger. Raises InputError for a person or target that is not there, a date or word that is none, a protected name."""
    with writing(open_case(folder, clock=clock, actor=hand.who), clock=clock, actor=hand.who) as writer:
        found = keep_entry(writer, entry, reason=reason, hand=hand, clock=clock)
        if isinstance(entry, Disclosure | Protection):
            from armslength.pipeline.cataloguing import catalogue  # it asks this module who is public

            catalogue(writer)
        return found


def keep_entry(writer: Writer, entry: Entry, *, reason: str, hand: Hand, clock: Clock, seen: Collection[str] | None = None) -> Entered:
    """Keep an entry into a ledger. Raises InputError as `enter` does, and Conflict where others stand about the same than those `seen`."""
    named = {name: _named(writer.read, getattr(entry, name), name, entry) for name in _WHO if hasattr(entry, name)}
    ready = _filled(replace(entry, **{name: row.id for name, row in named.items()}), writer.read)  # type: ignore[arg-type]
    if isinstance(ready, LegalStatus):
        ready = replace(ready, claims=tuple(find_by_prefix(writer.read, Claim, row, word="claim").id for row in ready.claims))
    _check(writer.read, ready, [row for row in named.values() if isinstance(row, Entity)])
    value = json.loads(value_of(ready)) | {"anchors": anchors(writer.case, named)}
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    said = Said(target=slot_of(ready, key=hand.key.id), decision=DECISION_OF[type(ready)], value=text)
    row = keep(writer, said, hand=hand, reason=reason, clock=clock, seen=seen)
    return Entered(judgement=row, entry=replace(ready, judgement=row.id), says=_says(writer, ready, stamp(clock.now())[:10]))


def anchors(case: Case, named: Mapping[str, object]) -> dict[str, list[str]]:
    """What the persons and facts an entry names are known by when their ids are gone: of a fact its claims; of a person a digest of every
    mention, under the case's secret, which says nothing to whoever has not the case.
    """
    found: dict[str, list[str]] = {name: sorted(row.claims) for name, row in named.items() if isinstance(row, Fact)}
    people = {name: row for name, row in named.items() if isinstance(row, Entity) and row.kind == "person"}
    secret = case_secret(case) if people else b""
    return found | {name: sorted(_anchor(secret, mention) for mention in row.mentions) for name, row in people.items()}


def _anchor(secret: bytes, mention: str) -> str:
    return keyed_digest(secret, "anchor", mention)


def _followed(rows: list[Judgement], reader: Reader) -> list[Judgement]:
    """Judgements whose person or fact is gone, read as about whoever holds the person's mentions, or the fact's claims, now.

    What allows something to be done with a person holds for that very person, not once people have made it one with another, or two.
    """
    anchored = {row.id: told(row)["anchors"] for row in rows if row.decision in ENTRIES and any(told(row).get("anchors", {}).values())}
    if not anchored:
        return rows
    named = sorted({told(row)[name] for row in rows if row.id in anchored for name in anchored[row.id]})
    secret = case_secret(reader.case)
    known = {row.id: {_anchor(secret, mention) for mention in row.mentions} for row in reader.all(Entity, id=named)}
    known |= {row.id: set(row.claims) for row in reader.all(Fact, id=named)}
    lost = {row.id for row in rows if row.id in anchored and any(told(row)[name] not in known for name in anchored[row.id])}
    now: dict[str, list[str]] = {}
    if lost:
        now = {_anchor(secret, mention): [row.id] for row in reader.all(Entity, kind="person") for mention in row.mentions}
        now |= reader.facts_of({anchor for row in lost for found in anchored[row].values() for anchor in found} - now.keys())
    moved = [one for row in rows for one in (_moved(row, known.keys(), now) if row.id in lost else [row])]
    return [row for row in moved if row.id not in anchored or row.decision not in _ALLOWS or _same_person(row, known)]


def _same_person(row: Judgement, known: Mapping[str, set[str]]) -> bool:
    given = told(row)
    return known.get(given["person"]) == set(given["anchors"]["person"])


_ALLOWS = frozenset({"consent", "disclose"})
_PROTECTS = frozenset({"protect", "restrict", "request", "reply", "retain"})
"""Ledgers whose entries follow every part of what they were about. A legal status is of one person, and follows only them."""


def _moved(row: Judgement, here: Collection[str], now: Mapping[str, list[str]]) -> list[Judgement]:
    """A judgement about the present ids of what it names; more than one where that is in several places now."""
    found = [told(row)]
    for name, held in told(row)["anchors"].items():
        holders = sorted({one for anchor in held for one in now.get(anchor, ())})
        if told(row)[name] not in here and (len(holders) == 1 or (holders and row.decision in _PROTECTS)):
            found = [given | {name: holder} for given in found for holder in holders]
    values = [json.dumps(given, ensure_ascii=False, sort_keys=True, separators=(",", ":")) for given in found]
    apart = len(values) > 1
    return [replace(row, value=value, target=digest(row.target, value) if apart else row.target) for value in values]


def _named(reader: Reader, text: str, name: str, entry: Entry) -> Entity | Fact | Source:
    """The row that an id's first characters, or a pseudonym, name."""
    wanted = text.strip()
    bare = wanted.casefold().removeprefix("person ")
    person = [row for row in reader.all(Entity, kind="person") if row.protected and row.label.casefold() == f"person {bare}"]
    if person:
        return person[0]
    if name in _ENTITIES_ONLY:
        return find_by_prefix(reader, Entity, wanted, word="entity")
    kinds: tuple[tuple[type[Entity | Fact | Source], str], ...] = ((Fact, "fact"), (Entity, "entity"))
    if isinstance(entry, Retention):
        kinds = ((Source, "source"), (Entity, "entity"))
    for kind, word in kinds:
        try:
            return find_by_prefix(reader, kind, wanted, word=word)
        except InputError:
            continue
    raise InputError(f"This case has no {' and no '.join(word for _, word in kinds)} whose id begins with {text!r}, or more than one has.")


REQUEST_DAYS, REPLY_DAYS = 30, 14
"""Days until a request has to be decided (a month, as data protection laws have it), and until an answer is waited for."""


def _filled(entry: Entry, reader: Reader) -> Entry:
    """An entry that goes on from an earlier one, with what it left out; and the deadline, where none was given."""
    missing = {name: value for name, value in _earlier(entry, reader).items() if not getattr(entry, name)}
    entry = replace(entry, **missing)  # type: ignore[arg-type] # each name is a field of its type
    if isinstance(entry, Reply) and not (entry.channel and entry.asked):
        raise InputError("Nobody is entered as asked yet: say through which channel and on which day (--channel, --asked).")
    if isinstance(entry, Request) and not entry.received:
        raise InputError("There is no such open request: say on which day it was received (--received).")
    if isinstance(entry, Restriction) and not entry.since:
        raise InputError("There is no such order yet: say since when it holds (--since).")
    if isinstance(entry, Request | Reply) and not entry.deadline:
        first, days = (entry.received, REQUEST_DAYS) if isinstance(entry, Request) else (entry.asked, REPLY_DAYS)
        return replace(entry, deadline=days_after(first, days))
    return entry


def _earlier(entry: Entry, reader: Reader) -> dict[str, str]:
    now = ledger_of(reader)
    match entry:
        case Reply():
            rows = [row for row in now.replies(entry.target) if row.addressee == entry.addressee]
            return {"channel": rows[0].channel, "asked": rows[0].asked, "deadline": rows[0].deadline} if rows else {}
        case Request():
            asked = [row for row in now.requests(target=entry.target, still_open=True) if row.kind == entry.kind]
            same = [row for row in asked if entry.received in {"", row.received}]
            return {"received": same[0].received, "deadline": same[0].deadline} if same else {}
        case Restriction():
            orders = [row for row in now.of(Restriction) if (row.target, row.forum, row.until) == (entry.target, entry.forum, "")]
            return {"since": orders[0].since} if orders else {}
    return {}


def days_after(day: str, days: int) -> str:
    """The day so many days later. Raises InputError for what is no day."""
    try:
        return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
    except ValueError:
        raise InputError(f"{day!r} is no day: write it as 2026-03-14.") from None


def _check(reader: Reader, entry: Entry, entities: Iterable[Entity]) -> None:
    given = {part.name: getattr(entry, part.name) for part in fields(entry)}
    for name, value in given.items():
        if name in _WORDS and value not in _WORDS[name]:
            raise InputError(f"{value!r} is no {name}; it can be {', '.join(sorted(_WORDS[name] - {''}))}.")
        if name in _DAYS | {"date", "covered"} and value and not is_valid(value):
            raise InputError(f"{value!r} is no date in EDTF: write 2026-03-14, or for a date that is less known 2026-03 or 2026.")
        if name in _DAYS and value and precision(value) != "day":
            raise InputError(f"{name} must be a day, as 2026-03-14: clocks run by it.")
    if isinstance(entry, Searched | SavedView):
        check_worklog(entry)
    about_person = isinstance(entry, LegalStatus | Consent | Disclosure | Protection)
    if about_person and any(row.kind != "person" for row in entities):
        raise InputError("That entity is a body. Legal status, consent, disclosure and protection are of persons.")
    if isinstance(entry, Disclosure) and ledger_of(reader).protected(entry.person):
        raise InputError("That person is entered as one who stays protected (a child, or in danger), and is never made public.")
    told = (value for name, value in given.items() if isinstance(value, str) and name not in {*_WHO, "judgement", "key"})
    refuse_names(reader, *(words_of(value) for value in told))


def slot_of(entry: Entry, *, key: str = "") -> str:
    """What an entry is about, as the target of its judgement: one that follows about the same takes its place. `key`: of who discloses."""
    decision = DECISION_OF[type(entry)]
    if isinstance(entry, Disclosure):
        return digest("ledger", decision, entry.person, key)
    return digest("ledger", decision, *(str(getattr(entry, name)) for name in _SAME[type(entry)]))


def _says(writer: Writer, entry: Entry, day: str) -> tuple[str, ...]:  # noqa: PLR0911 - one return a ledger
    """What follows from an entry, in sentences with ids and no names."""
    now = ledger_of(writer.read)
    match entry:
        case LegalStatus():
            return tuple(f"It may be written that this person {words}." for words in now.said_of(entry.person))
        case Reply():
            state = now.reply_state(entry.target, entry.addressee, day=day).replace("_", " ")
            return (f"Right of reply: {state}.", *(() if entry.answered else (f"The answer is due on {entry.deadline}.",)))
        case Consent():
            may = now.may(entry.person, entry.use, day=day, with_whom=entry.with_whom)
            return (f"Consent to {entry.use}: {'yes' if may else 'no'}.",)
        case Disclosure():
            role = now.disclosed(entry.person)
            if role:
                return (f"Two reviewers agree: this person is public in a public role ({role}).",)
            return ("One reviewer has said so. The person stays protected until a second reviewer, with another key, says the same role.",)
        case Request():
            return (f"Decided: {entry.outcome}." if entry.decided else f"It has to be decided by {entry.deadline}.",)
        case Restriction():
            return (f"In force from {entry.since}{f' until {entry.until}' if entry.until else ', until it is lifted'}.",)
        case Retention():
            return (f"On {entry.until}: {entry.action}. `armslength due` says so when the day comes.",)
        case Protection():
            return ("This person stays protected, whatever else was or will be decided.",)
        case Searched():
            return (f"Entered: {entry.what} was searched on {entry.date}. Not found is not the same as did not happen.",)
        case SavedView():
            return (f"Saved as {entry.name!r}: it is on the page of the case.",)
