"""What people decide about sameness: two facts, voices, sites or incidents are one, or a passage does not belong to the one it is in.

In:  a case, two ids, a decision with its reason and the reviewer's hand.
Out: the judgement, kept and logged; what was there before and is not any more, and what is there now.
Never: decides anything itself; names a fact or an entity in a judgement, which would not survive a rebuild: it names passages and mentions.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from armslength.base.clock import Clock
from armslength.base.errors import InputError
from armslength.model.added import target_of
from armslength.model.claims import Claim
from armslength.model.decisions import RETIRE, REVIEWER, VOID, Judgement, is_added_claim
from armslength.model.decisions import told as told_by
from armslength.model.evidence import Document
from armslength.model.facts import Fact
from armslength.model.things import Entity
from armslength.pipeline.finding import SHORTEST, find_by_prefix
from armslength.pipeline.remaking import THINGS, Remade, Thing, members, remade
from armslength.pipeline.signing import Conflict, Hand, Said, heads_about, sign_all, signed_row
from armslength.resolve.judged import MERGE, SPLIT, WITHDRAW, pair_id, told
from armslength.store.case import open_case
from armslength.store.read import Reader
from armslength.store.write import writing

_WHOLE = 64
"""Characters of a whole id."""
_MOST = 1000
"""Claims looked at for a beginning that many share."""


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

    Raises InputError for one about a reviewer's key or an import, or that does not stand.
    """
    with writing(open_case(folder, clock=clock, actor=hand.who), clock=clock, actor=hand.who) as writer:
        said = said_of_withdrawal(writer.read, judgement)
        return remade(writer, *sign_all(writer, said, hand=hand, reason=reason, clock=clock))


def said_of_withdrawal(reader: Reader, judgement: str, *, seen: Collection[str] | None = None) -> tuple[Said, ...]:
    """What takes a judgement back, named by the first characters of its id, and after it the others of the same step: a claim is divided,
    and made whole again, at once. Raises InputError for one that stays, and Conflict where it does not stand any more and whoever takes it
    back had it before them.
    """
    found = find_by_prefix(reader, Judgement, judgement, word="judgement")
    if not withdrawable(found):
        raise InputError(
            f"Judgement {found.id[:12]} ({found.decision}) is about a reviewer's key or an import, or takes another back: it stays."
        )
    standing = heads_about(reader, [found.target])[found.target]
    if found not in standing and seen is not None:
        raise Conflict(standing)
    if found not in standing:
        raise InputError(f"Judgement {found.id[:12]} does not stand any more: a later one took its place.")
    first = Said(target=found.target, decision=WITHDRAW, value=found.value if found.decision in {MERGE, SPLIT} else "")
    return (first, *(Said(target=target, decision=WITHDRAW) for target in _same_step(reader, found)))


def _same_step(reader: Reader, row: Judgement) -> list[str]:
    """Targets of the other judgements that stand and were kept with one, where claims took the place of another."""
    given = told_by(row)
    old = str(given.get("replaces", "")) if is_added_claim(row) else row.target
    if not old:
        return []
    standing = [one for one in heads_about(reader, [old])[old] if told_by(one).get("into")]
    parts = [target_of(claim) for one in standing for claim in told_by(one)["into"]]
    if row.target not in {old, *parts}:
        return []
    adding = heads_about(reader, parts)
    return [target for target in (old, *parts) if target != row.target and (target == old or any(map(is_added_claim, adding[target])))]


def withdrawable(row: Judgement) -> bool:
    """Whether a judgement is one that can be taken back, as long as it stands."""
    return row.decision not in {RETIRE, REVIEWER, VOID, WITHDRAW}


def said_of_pair(reader: Reader, ids: tuple[str, str], *, level: str, decision: str) -> Said:
    """What makes two things one (`merge`), or keeps two apart (`split`). Raises InputError for ids that cannot be."""
    if level not in THINGS:
        raise InputError(f"{level!r} cannot be made one or two; it can be {', '.join(THINGS)}.")
    one, other = (find_member(reader, found, level=level) for found in ids)
    if decision == SPLIT and other.thing.id == one.thing.id:
        other = _another(other, one, reader)
    if one.member == other.member:
        raise InputError("Both ids name the same passage; a judgement about sameness needs two.")
    if level == "entity" and decision == MERGE:
        _refuse_person_and_body(one.thing, other.thing)
    return Said(target=pair_id(level, one.member, other.member), decision=decision, value=told(level, one.member, other.member))


def _pair(folder: Path, ids: tuple[str, str], *, level: str, decision: str, reason: str, hand: Hand, clock: Clock) -> Remade:
    with writing(open_case(folder, clock=clock, actor=hand.who), clock=clock, actor=hand.who) as writer:
        said = said_of_pair(writer.read, ids, level=level, decision=decision)
        return remade(writer, signed_row(writer, said, hand=hand, reason=reason, clock=clock))


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
    inside = [(thing, member) for thing in _holding(reader, wanted, level) for member in members(thing) if member.startswith(wanted)]
    if len(inside) == 1:
        return Named(thing=inside[0][0], member=inside[0][1], whole=False)
    if inside and not reader.starting(THINGS[level], wanted, limit=1):
        raise InputError(f"{len(inside)} ids begin with {prefix!r}. Give more characters.")
    found: Thing = find_by_prefix(reader, THINGS[level], prefix, word=level)
    if not members(found):
        raise InputError(f"{found.label} is named by no document, so nothing of it can be moved.")
    return Named(thing=found, member=min(members(found)), whole=True)


def _holding(reader: Reader, wanted: str, level: str) -> Sequence[Thing]:
    """Things that may hold a claim or mention whose id begins so. Pages name ids whole, and then few rows are read."""
    kind = THINGS[level]
    if len(wanted) < SHORTEST or reader.get(kind, wanted) is not None:
        return []
    if len(wanted) == _WHOLE and kind is Entity:
        return reader.all(kind, id=sorted(reader.entity_of([wanted]).values()))
    if kind is Fact:
        claims = [row.id for row in reader.starting(Claim, wanted, limit=_MOST)]
        return reader.all(kind, id=sorted({fact for facts in reader.facts_of(claims).values() for fact in facts}))
    return reader.all(kind)


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
