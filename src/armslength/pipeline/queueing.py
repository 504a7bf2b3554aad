"""Keeps the queue: what to look at next, brought up to date after every build and every judgement.

In:  a case inside one step of writing; which facts lineage traced again, which judgements and bodies are new.
Out: items, noted by kind under numbers that put the most important first, so that a page reads the first few by an index.
Never: decides anything; looks at facts that the change does not concern; makes an item of a person. Everything here can be thrown away and
is made again.

What is to be looked at again is noted at once (`note_for_queue`). Weighing it takes longer than carrying a judgement out, so the server
does it in steps afterwards, when nobody waits for it (`weigh_for_queue`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from armslength.base.ids import digest
from armslength.lineage.hinges import GONE, HINGES, REWEIGH, Hinge, Hinges
from armslength.lineage.run import weigh
from armslength.model.claims import Claim
from armslength.model.codec import from_json, to_json
from armslength.model.decisions import VOID, Judgement, told
from armslength.model.entries import Entry, number
from armslength.model.facts import Fact, Origins, Relation
from armslength.model.queue import KINDS, SPACE, STATE, STATE_ID, Item, Noted, read_noted
from armslength.model.things import Entity
from armslength.model.verdicts import ACCEPTED, Verdicts, verdicts
from armslength.pipeline.queueing_pairs import note_names, pair_items
from armslength.pipeline.queueing_people import people_items
from armslength.resolve.judged import DECISIONS as PAIRS
from armslength.resolve.near import NAMES
from armslength.review.priority import Stake, Swing, claim_item, edge_item, fact_item
from armslength.store.entries import StoredEntries
from armslength.store.read import Reader
from armslength.store.write import Writer

NAME = "queue"
VERSION = "1"
BODIES = "rename"
"""The space in which bodies are noted whose names are others now, until they are compared with their like."""
_BATCH = 400
"""Facts weighed at a time."""
_CAN_CHANGE = ("supersedes", "contradicts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A fact with what decides its count and how much rests on it."""

    hinges: Hinges
    stake: Stake


def update_queue(writer: Writer) -> int:
    """Bring the queue up to date; returns how many facts were weighed again."""
    note_for_queue(writer)
    weighed = 0
    while found := weigh_for_queue(writer, most=_BATCH):
        weighed += found.weighed
    return weighed


def note_for_queue(writer: Writer) -> None:
    """Note which facts and bodies are to be weighed again; what waits for people is brought up to date at once."""
    with writer.together():
        kept = writer.entries
        anew = [read_noted(row.body).version for row in kept.of_ids(STATE, [STATE_ID])] != [VERSION]
        changes = writer.changes_anew if anew else writer.changes
        judged, bodies = changes(NAME, Judgement), changes(NAME, Entity)
        writer.note_seen(NAME, Judgement, judged)
        writer.note_seen(NAME, Entity, bodies)
        if anew:
            _forget(kept)
        facts, named = _judged(writer, judged.come)
        _wait(kept, REWEIGH, writer.read.ids(Fact) if anew else facts)
        _wait(kept, BODIES, note_names(writer, bodies) | named)
        if anew or judged.come or kept.of_space(REWEIGH, most=1):
            kept.forget(kept.of_ids(STATE, [STATE_ID]))
            kept.note([Entry(space=STATE, id=STATE_ID, body=Noted(version=VERSION, seq=writer.read.head()[0]).text)])
            _replace_all(kept, people_items(writer.read), ("conflict", "finding", "lost", "due"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something that was weighed for the queue."""

    weighed: int
    """Facts."""


def waits_for_queue(reader: Reader) -> bool:
    """Whether anything waits to be weighed."""
    return bool(reader.entries.of_space(REWEIGH, most=1) or reader.entries.of_space(BODIES, most=1))


def weigh_for_queue(writer: Writer, *, most: int) -> Step | None:
    """Weigh some of the facts, and then bodies, that wait for it, at most so many; None where none waits."""
    with writer.together():
        kept = writer.entries
        facts = kept.of_space(REWEIGH, most=most)
        bodies = [] if facts else kept.of_space(BODIES, most=most)
        if not facts and not bodies:
            return None
        kept.forget([*facts, *bodies])
        ids = {row.id for row in facts}
        if facts:
            _weigh(writer, sorted(ids), verdicts(writer.read.all(Judgement)))
        pair_items(writer, ids, {row.id for row in bodies}, note=lambda items: _note(kept, items))
        return Step(weighed=len(facts))


def _wait(kept: StoredEntries, space: str, ids: Collection[str]) -> None:
    """Note what waits to be weighed, each once."""
    there = {row.id for row in kept.of_ids(space, ids)}
    kept.note(Entry(space=space, id=row) for row in sorted(set(ids) - there))


def _forget(kept: StoredEntries) -> None:
    """Forget everything that was noted for the queue."""
    for space in (STATE, REWEIGH, BODIES, HINGES, NAMES, *(SPACE + kind for kind in KINDS)):
        kept.forget(kept.of_space(space))


def _judged(writer: Writer, judgements: Collection[str]) -> tuple[set[str], set[str]]:
    """Facts and bodies that new judgements bear on; of an import that is taken back, those that its judgements did."""
    rows = writer.read.all(Judgement, id=judgements)
    rows += writer.read.all(Judgement, id={row for void in rows if void.decision == VOID for row in told(void)["ids"]})
    targets = {row.target for row in rows}
    members = {str(member) for row in rows if row.decision in PAIRS for member in told(row).get("ids", ())}
    facts = {fact for facts in writer.read.facts_of(targets | members).values() for fact in facts}
    facts |= {row.id for row in writer.entries.of_keys(HINGES, {_key(target) for target in targets})}
    facts |= {row.id for row in writer.read.all(Fact, id=targets)}
    return facts, set(writer.read.entity_of(members).values())


def _key(row: str) -> int:
    return number("hinge", row)


def _weigh(writer: Writer, ids: Sequence[str], said: Verdicts) -> None:
    """Weigh some facts again, and make the items of all that hangs on them."""
    kept = writer.entries
    old = kept.of_ids(HINGES, ids)
    facts = writer.read.all(Fact, id=ids)
    accepted = frozenset(claim for fact in facts for claim in fact.claims if said.state_of_claim(claim) == ACCEPTED)
    stakes = _stakes(writer, facts)
    found = [
        *weigh(writer, [fact.id for fact in facts if len(fact.claims) > 1], looked_at=accepted),
        *_alone(writer, facts, accepted, stakes),
    ]
    kept.forget(old)
    kept.note(_entry(Weighed(hinges=row, stake=stakes[row.fact])) for row in found if row.found)
    was = [hinge for row in old for hinge in from_json(Weighed, row.body).hinges.found]
    _items_of(kept, {hinge.row: hinge for hinge in (*was, *(hinge for row in found for hinge in row.found))})
    counts = {row.id: (row.min, row.max) for row in writer.read.all(Origins, id=ids)}
    items = [_of_fact(writer, fact, stakes[fact.id], counts.get(fact.id, (0, 0))) for fact in facts if not fact.opinion]
    _forget_items(kept, "fact", [digest("queue", "fact", row) for row in ids])
    _note(kept, [item for item in items if item])


def _entry(row: Weighed) -> Entry:
    keys = sorted({(_key(hinge.row), 0) for hinge in row.hinges.found})
    return Entry(space=HINGES, id=row.hinges.fact, keys=tuple(keys), body=to_json(row))


def _stakes(writer: Writer, facts: Sequence[Fact]) -> dict[str, Stake]:
    """How much rests on each fact."""
    ids = [fact.id for fact in facts]
    denied: dict[str, set[str]] = defaultdict(set)
    paired: dict[str, set[str]] = defaultdict(set)
    for row in (*writer.read.all(Relation, other=ids), *writer.read.all(Relation, fact=ids)):
        if row.type == "denies":
            denied[row.other].add(row.fact)
        elif row.type in _CAN_CHANGE:
            paired[row.other].add(row.fact)
            paired[row.fact].add(row.other)
    return {
        fact.id: Stake(
            documents=len(fact.documents), denied=len(denied[fact.id]), paired=len(paired[fact.id]), family=fact.kind.partition(".")[0]
        )
        for fact in facts
    }


def _alone(writer: Writer, facts: Sequence[Fact], accepted: Collection[str], stakes: dict[str, Stake]) -> Iterator[Hinges]:
    """Facts of one passage: without it they are gone. Only those are held that others are held against."""
    mine = {fact.claims[0]: fact for fact in facts if len(fact.claims) == 1 and not fact.opinion and _held(stakes[fact.id])}
    for claim in writer.read.all(Claim, id=mine.keys() - set(accepted)):
        hinge = Hinge(row=claim.id, level="passage", kind=claim.kind, doubt=round(1 - claim.confidence, 2), low=GONE, high=GONE)
        yield Hinges(fact=mine[claim.id].id, low=1, high=1, unknown=0, found=(hinge,), left=0)


def _held(stake: Stake) -> bool:
    return bool(stake.denied or stake.paired)


def _items_of(kept: StoredEntries, rows: dict[str, Hinge]) -> None:
    """Make the items of edges and passages from all facts that hang on them."""
    weighed = [from_json(Weighed, row.body) for row in kept.of_keys(HINGES, {_key(row) for row in rows})]
    swings: dict[str, list[Swing]] = defaultdict(list)
    for one in weighed:
        for hinge in one.hinges.found:
            now, then = (one.hinges.low, one.hinges.high), (hinge.low, hinge.high)
            swings[hinge.row].append(Swing(fact=one.hinges.fact, now=now, then=then, stake=one.stake))
    items = (_item(hinge, swings[row]) for row, hinge in sorted(rows.items()))
    for kind in ("edge", "claim"):
        _forget_items(kept, kind, [digest("queue", kind, row) for row in rows])
    _note(kept, [item for item in items if item])


def _item(hinge: Hinge, swings: Sequence[Swing]) -> Item | None:
    if hinge.level == "passage":
        return claim_item(hinge.row, hinge.doubt, swings)
    return edge_item(hinge.row, hinge.level, hinge.kind, hinge.doubt, swings)


def _of_fact(writer: Writer, fact: Fact, stake: Stake, count: tuple[int, int]) -> Item | None:
    contradicted = 0
    if stake.paired:
        contradicted = writer.read.count(Relation, other=fact.id, type="contradicts") + writer.read.count(
            Relation, fact=fact.id, type="contradicts"
        )
    return fact_item(fact.id, fact.state, stake, contradicted, count)


def _note(kept: StoredEntries, items: Iterable[Item]) -> None:
    kept.note(
        Entry(
            space=SPACE + row.kind,
            id=row.id,
            part=row.order,
            keys=tuple(sorted({(number("queue fact", fact), 0) for fact in row.facts})) if row.kind == "same" else (),
            body=to_json(row),
        )
        for row in items
    )


def _forget_items(kept: StoredEntries, kind: str, ids: Collection[str]) -> None:
    kept.forget(kept.of_ids(SPACE + kind, ids))


def _replace_all(kept: StoredEntries, items: Iterable[Item], kinds: Sequence[str]) -> None:
    for kind in kinds:
        kept.forget(kept.of_space(SPACE + kind))
    _note(kept, items)
