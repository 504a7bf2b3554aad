"""What people decide about sameness: two facts, voices, sites or incidents are one, or a passage does not belong to the one it is in.

In:  a case, two ids, a decision with its reason and the reviewer's hand.
Out: the judgement, kept and logged; what was there before and is not any more, and what is there now.
Never: decides anything itself; names a fact or an entity in a judgement, which would not survive a rebuild: it names passages and mentions.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from armslength.base.clock import Clock
from armslength.base.errors import InputError
from armslength.lineage.judged import STATES
from armslength.model.claims import Claim
from armslength.model.decisions import RETIRE, REVIEWER, VOID, Judgement, heads, level_of
from armslength.model.evidence import Document
from armslength.model.things import Entity
from armslength.pipeline.finding import SHORTEST, find_by_prefix
from armslength.pipeline.remaking import THINGS, Remade, Thing, members, remade
from armslength.pipeline.signing import Hand, judgement_row
from armslength.resolve.judged import MERGE, SPLIT, WITHDRAW, pair_id, told
from armslength.store.case import open_case
from armslength.store.read import Reader
from armslength.store.write import writing


def merge(folder: Path, ids: tuple[str, str], *, level: str, reason: str, hand: Hand, clock: Clock) -> Remade:
    """Make one what two ids name: facts, voices, sites or incidents. Each is named by its own id, or by that of a claim (or mention) in it.

    The judgement speaks of one passage (or mention) of each; where a fact is named, its first stands for it.
    """
    return _pair(folder, ids, level=level, decision=MERGE, reason=reason, hand=hand, clock=clock)


def split(folder: Path, ids: tuple[str, str], *, level: str, reason: str, hand: Hand, clock: Clock) -> Remade:
    """Take the claim (or mention) that the first id names out of what the second names, and keep the two apart."""
    return _pair(folder, ids, level=level, decision=SPLIT, reason=reason, hand=hand, clock=clock)


def withdraw(folder: Path, judgement: str, *, reason: str, hand: Hand, clock: Clock) -> Remade:
    """Take a judgement back: what it made is again what the program and the other judgements make it.

    Raises InputError for one about an edge (a later one takes its place), about a reviewer's key, or that does not stand.
    """
    with writing(open_case(folder, clock=clock, actor=hand.who), clock=clock, actor=hand.who) as writer:
        found = find_by_prefix(writer.read, Judgement, judgement, word="judgement")
        if found.decision in {RETIRE, REVIEWER, VOID, WITHDRAW} or (found.decision in STATES and level_of(found) == "edge"):
            raise InputError(f"Judgement {found.id[:12]} ({found.decision}) is no merge and no split, nor of a row or person: it stays.")
        if found not in heads(writer.read.all(Judgement)).get(found.target, []):
            raise InputError(f"Judgement {found.id[:12]} does not stand any more: a later one took its place.")
        value = found.value if found.decision in {MERGE, SPLIT} else ""
        row = judgement_row(writer, hand, target=found.target, decision=WITHDRAW, reason=reason, clock=clock, value=value)
        return remade(writer, row)


def _pair(folder: Path, ids: tuple[str, str], *, level: str, decision: str, reason: str, hand: Hand, clock: Clock) -> Remade:
    if level not in THINGS:
        raise InputError(f"{level!r} cannot be made one or two; it can be {', '.join(THINGS)}.")
    with writing(open_case(folder, clock=clock, actor=hand.who), clock=clock, actor=hand.who) as writer:
        one, other = (find_member(writer.read, found, level=level) for found in ids)
        if decision == SPLIT and other.thing.id == one.thing.id:
            other = _another(other, one, writer.read)
        if one.member == other.member:
            raise InputError("Both ids name the same passage; a judgement about sameness needs two.")
        if level == "entity" and decision == MERGE:
            _refuse_person_and_body(one.thing, other.thing)
        target, value = pair_id(level, one.member, other.member), told(level, one.member, other.member)
        row = judgement_row(writer, hand, target=target, decision=decision, reason=reason, clock=clock, value=value)
        return remade(writer, row)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What an id names: the thing, and the claim or mention that stands for it in a judgement."""

    thing: Thing
    member: str
    whole: bool
    """The thing itself was named and not one of its members."""


def find_member(reader: Reader, prefix: str, *, level: str) -> Named:
    """What the first characters of an id name: a fact (or other thing), or a claim or mention of one.

    Raises InputError when nothing, or more than one thing, has such an id.
    """
    wanted = prefix.strip().lower().rstrip("…")
    things: list[Thing] = [*reader.all(THINGS[level])]
    inside = [(thing, member) for thing in things for member in members(thing) if len(wanted) >= SHORTEST and member.startswith(wanted)]
    if len(inside) == 1:
        return Named(thing=inside[0][0], member=inside[0][1], whole=False)
    if inside and not any(thing.id.startswith(wanted) for thing in things):
        raise InputError(f"{len(inside)} ids begin with {prefix!r}. Give more characters.")
    found: Thing = find_by_prefix(reader, THINGS[level], prefix, word=level)
    if not members(found):
        raise InputError(f"{found.label} is named by no document, so nothing of it can be moved.")
    return Named(thing=found, member=min(members(found)), whole=True)


def _another(stays: Named, leaves: Named, reader: Reader) -> Named:
    """Another member of the thing that a member is taken out of. Which is to leave must be said."""
    if leaves.whole:
        raise InputError(f"Say which passage is to leave {leaves.thing.label!r}, by its id: {_listed(leaves.thing, reader)}.")
    rest = [member for member in members(stays.thing) if member != leaves.member]
    if not rest:
        raise InputError("It stands by itself already; there is nothing to take it out of.")
    return stays if stays.member != leaves.member else Named(thing=stays.thing, member=min(rest), whole=True)


def _listed(thing: Thing, reader: Reader) -> str:
    """The members of a thing with the files they stand in. No name: a person is a pseudonym here as everywhere."""
    files = {row.id: row.appearances[0].file if row.appearances else row.id[:12] for row in reader.all(Document)}
    docs = {row.id: row.doc for row in reader.all(Claim)}
    if isinstance(thing, Entity):
        docs = {
            mention: row.doc
            for row in reader.all(Claim)
            for mention in (*(v.mention for v in row.attribution), *(p.mention for p in row.parties))
        }
    return ", ".join(f"{member[:12]} ({files.get(docs.get(member, ''), 'no document')})" for member in members(thing)[:20])


def _refuse_person_and_body(one: Thing, other: Thing) -> None:
    if isinstance(one, Entity) and isinstance(other, Entity) and (one.kind == "person") != (other.kind == "person"):
        raise InputError("A person and a body are never one.")
