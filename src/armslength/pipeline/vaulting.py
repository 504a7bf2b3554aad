"""The vault as people use it: made, unlocked for a while, asked, written to, locked; and the right to see names without masks.

In:  a case, a pseudonym of a person in it, a passphrase, who asks.
Out: identities; and an entry in the custody log for every use, also one that failed (METHOD E3).
Never: takes a person's name as a question: a person is asked for by pseudonym or id (METHOD N1).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from armslength.base.clock import Clock, stamp
from armslength.base.errors import ArmslengthError, CaseError, InputError
from armslength.model.things import Entity
from armslength.pipeline.finding import find_by_prefix
from armslength.store.case import Case, open_case
from armslength.store.locks import USUAL, Cost
from armslength.store.read import Reader, reading
from armslength.store.session import IDLE, close_session, open_session, session_key
from armslength.store.vault import FIELDS, Identity, add_identity, destroy_identity, make_vault, read_identity, vault_folder, vault_key
from armslength.store.write import deciding, record_failed_access

MADE, UNLOCKED, LOCKED, READ, WRITTEN = "vault.made", "vault.unlocked", "vault.locked", "vault.read", "vault.written"
DESTROYED, NAMES_SHOWN = "person.destroyed", "names.shown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A person as the vault and the case know them."""

    person: str
    label: str
    """Pseudonym."""
    written: tuple[str, ...]
    """The names by which the case's documents call this person."""
    identity: Identity


def init_vault(folder: Path, passphrase: str, *, at: Path | None, clock: Clock, actor: str, cost: Cost = USUAL) -> None:
    """Make a case's vault."""
    case = open_case(folder, clock=clock, actor=actor)
    make_vault(case, passphrase, at=at, cost=cost)
    _enter(case, MADE, case.id, {}, clock=clock, actor=actor)


def unlock_vault(folder: Path, passphrase: str, *, clock: Clock, actor: str, idle: timedelta = IDLE) -> None:
    """Unlock a vault for this login, until it has not been used for `idle`."""
    case = open_case(folder, clock=clock, actor=actor)
    try:
        key = vault_key(case, passphrase)
    except ArmslengthError:
        record_failed_access(case, clock=clock, actor=actor, reason="the vault did not open")
        raise
    open_session(case.id, key, now=clock.now(), idle=idle)
    _enter(case, UNLOCKED, case.id, {"idle_minutes": int(idle.total_seconds() // 60)}, clock=clock, actor=actor)


def lock_vault(folder: Path, *, clock: Clock, actor: str) -> bool:
    """Lock a vault at once; whether it was unlocked."""
    case = open_case(folder, clock=clock, actor=actor)
    was_open = close_session(case.id)
    if was_open:
        _enter(case, LOCKED, case.id, {}, clock=clock, actor=actor)
    return was_open


def show_person(folder: Path, person: str, *, clock: Clock, actor: str) -> Known:
    """Who a person is: what documents call them, and what the vault holds."""
    case = open_case(folder, clock=clock, actor=actor)
    key = _key(case, clock=clock, actor=actor)
    with reading(case) as reader:
        entity = find_person(reader, person)
        written = names_of(reader, entity)
    identity = read_identity(case, key, entity.id)
    _enter(case, READ, entity.id, {"label": entity.label}, clock=clock, actor=actor)
    return Known(person=entity.id, label=entity.label, written=written, identity=identity)


def note_person(folder: Path, person: str, *, field: str, value: str, clock: Clock, actor: str) -> str:
    """Write something about a person into the vault; returns the pseudonym."""
    if field not in FIELDS or not value.strip():
        raise InputError(f"The vault keeps {', '.join(FIELDS)}, each with some words.")
    case = open_case(folder, clock=clock, actor=actor)
    key = _key(case, clock=clock, actor=actor)
    with reading(case) as reader:
        entity = find_person(reader, person)
    add_identity(case, key, entity.id, field=field, value=value.strip())
    _enter(case, WRITTEN, entity.id, {"label": entity.label, "field": field}, clock=clock, actor=actor)
    return entity.label


def destroy_person(folder: Path, person: str, *, reason: str, clock: Clock, actor: str) -> str:
    """Destroy what the vault holds of a person; a tombstone stays. Returns the pseudonym."""
    case = open_case(folder, clock=clock, actor=actor)
    key = _key(case, clock=clock, actor=actor)
    with reading(case) as reader:
        entity = find_person(reader, person)
    destroy_identity(case, key, entity.id, time=stamp(clock.now()), reason=reason)
    _enter(case, DESTROYED, entity.id, {"label": entity.label, "reason": reason}, clock=clock, actor=actor)
    return entity.label


def may_see_names(case: Case, what: str, *, clock: Clock, actor: str) -> None:
    """Let somebody see names without masks, and enter that in the log. Raises CaseError where the case has a vault and it is locked."""
    if vault_folder(case) is not None:
        refuse_locked(case, clock=clock, actor=actor)
    _enter(case, NAMES_SHOWN, case.id, {"where": what}, clock=clock, actor=actor)


def refuse_locked(case: Case, *, clock: Clock, actor: str) -> None:
    """Raise CaseError, and enter in the log that it was tried, where a case's vault is locked, or there is none."""
    if vault_folder(case) is None:
        record_failed_access(case, clock=clock, actor=actor, reason="there is no vault")
        raise CaseError(f"The case has no vault, and names are shown only while one is unlocked: armslength vault init {case.folder}")
    _key(case, clock=clock, actor=actor)


def is_unlocked(case: Case, *, clock: Clock) -> bool:
    """Whether a case has a vault and it is unlocked. Asking is a use: it puts off the time at which the vault locks itself."""
    return vault_folder(case) is not None and session_key(case.id, now=clock.now()) is not None


def names_for_release(folder: Path, *, clock: Clock, actor: str) -> dict[str, tuple[str, ...]]:
    """What a release has to be searched for: the names and contacts that the vault holds, by person. Nothing where there is no vault.

    Raises CaseError while it is locked: a release that was not searched for them must not leave.
    """
    case = open_case(folder, clock=clock, actor=actor)
    if vault_folder(case) is None:
        return {}
    key = _key(case, clock=clock, actor=actor)
    with reading(case) as reader:
        persons = [row.id for row in reader.all(Entity, kind="person")]
    found = {person: read_identity(case, key, person) for person in persons}
    _enter(case, READ, case.id, {"for": "release", "persons": len(persons)}, clock=clock, actor=actor)
    return {person: (*row.name, *row.contact) for person, row in found.items() if row.name or row.contact}


def find_person(reader: Reader, person: str) -> Entity:
    """A person by pseudonym (`Person 7KQM`) or by the first characters of the id. Raises InputError; never answers to a name."""
    labelled = [row for row in reader.all(Entity, kind="person") if row.label.casefold() == " ".join(person.split()).casefold()]
    if len(labelled) == 1:
        return labelled[0]
    found = find_by_prefix(reader, Entity, person, word="person")
    if found.kind != "person":
        raise InputError(f"{person} is not a person's pseudonym or id; the vault holds persons only.")
    return found


def names_of(reader: Reader, person: Entity) -> tuple[str, ...]:
    """The names by which documents call a person."""
    mentions = set(person.mentions)
    return tuple(sorted({name for mention, name in reader.persons() if mention in mentions}))


def _key(case: Case, *, clock: Clock, actor: str) -> bytes:
    key = session_key(case.id, now=clock.now())
    if key is None:
        record_failed_access(case, clock=clock, actor=actor, reason="the vault was locked")
        raise CaseError(f"The vault of {case.folder} is locked. Unlock it: armslength vault unlock {case.folder}")
    return key


def _enter(case: Case, event: str, subject: str, data: Mapping[str, object], *, clock: Clock, actor: str) -> None:
    with deciding(case, clock=clock, actor=actor) as writer:
        writer.record(event, subject, data)
