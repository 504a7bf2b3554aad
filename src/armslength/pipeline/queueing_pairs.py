"""Items of the queue about pairs: two facts that could be one, two bodies whose names are alike.

In:  facts that were weighed again, bodies that are new or have other names.
Out: items; what no longer looks alike, or was decided by people, goes.
Never: compares persons; asks again about a pair that people keep apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence

from armslength.lineage.run import weigh_as_one, weigh_one_voice
from armslength.model.codec import from_json
from armslength.model.decisions import Judgement
from armslength.model.entries import number
from armslength.model.facts import Fact, Origins, Relation
from armslength.model.queue import SPACE, Item
from armslength.model.things import Entity
from armslength.resolve.judged import SPLIT, judged
from armslength.resolve.near import NAMES, name_entry, near_names
from armslength.resolve.run import could_be_one
from armslength.review.priority import Stake, Swing, same_item
from armslength.store.entries import Changes
from armslength.store.write import Writer

Pair = tuple[str, str]
_SPACE = SPACE + "same"
_MOST = 40
"""Facts in which two bodies both speak that are counted again as if they were one."""
_DOUBT = 0.5
"""Doubt of a pair of facts: the program holds them apart for one thing."""
_NO_BODY = frozenset({"person", "author", "unnamed"})


def note_names(writer: Writer, found: Changes) -> set[str]:
    """Note the names of bodies as they are now; returns the bodies that go by other names than before."""
    kept = writer.entries
    new = {row.id: name_entry(row) for row in writer.read.all(Entity, id=sorted(found.come)) if row.kind not in _NO_BODY and row.mentions}
    old = {row.id: row for row in kept.of_ids(NAMES, {*found.come, *found.gone})}
    moved = {row for row in {*new, *old} if new.get(row) != old.get(row)}
    kept.forget([old[row] for row in sorted(moved & old.keys())])
    kept.note([new[row] for row in sorted(moved & new.keys())])
    return moved


def pair_items(writer: Writer, facts: Collection[str], bodies: Collection[str], *, note: Callable[[Iterable[Item]], None]) -> None:
    """Make the items of pairs again that these facts and bodies concern."""
    apart = _kept_apart(writer)
    bodies = _forget(writer, facts, bodies)
    found = {row.id: row for row in (*_facts(writer, facts, apart), *_bodies(writer, bodies, apart))}
    there = {row.id for row in writer.entries.of_ids(_SPACE, list(found))}
    note(row for row_id, row in sorted(found.items()) if row_id not in there)


def _forget(writer: Writer, facts: Collection[str], bodies: Collection[str]) -> set[str]:
    """Forget pairs that the change concerns; returns the bodies to be compared again."""
    kept = writer.entries
    old = [(row, from_json(Item, row.body)) for row in kept.of_keys(_SPACE, {number("queue fact", row) for row in facts})]
    again = {body for _, item in old if item.level == "entity" for body in item.target.split()} | set(bodies)
    gone = {row.no: row for row, _ in old}
    if again:
        gone |= {row.no: row for row in kept.of_space(_SPACE) if _of_bodies(from_json(Item, row.body), again)}
    kept.forget(list(gone.values()))
    return again


def _of_bodies(item: Item, bodies: Collection[str]) -> bool:
    return item.level == "entity" and any(row in bodies for row in item.target.split())


def _kept_apart(writer: Writer) -> frozenset[frozenset[str]]:
    """Pairs of facts, or of bodies, that people said are two."""
    pairs = [pair for pair in judged(writer.read.all(Judgement)).pairs if pair.decision == SPLIT]
    ids = {member for pair in pairs for member in (pair.one, pair.two)}
    home = {claim: facts[0] for claim, facts in writer.read.facts_of(ids).items()} | writer.read.entity_of(ids)
    return frozenset(frozenset({home[pair.one], home[pair.two]}) for pair in pairs if pair.one in home and pair.two in home)


def _facts(writer: Writer, ids: Collection[str], apart: Collection[frozenset[str]]) -> Iterable[Item]:
    claims = {claim for fact in writer.read.all(Fact, id=sorted(ids)) for claim in fact.claims}
    near = list(could_be_one(writer, claims))
    home = writer.read.facts_of({claim for one, two, _ in near for claim in (one, two)})
    pairs: dict[Pair, str] = {}
    for one, two, why in near:
        pair = sorted((home.get(one, [""])[0], home.get(two, [""])[0]))
        if pair[0] and pair[0] != pair[1] and frozenset(pair) not in apart:
            pairs.setdefault((pair[0], pair[1]), why)
    rows = {row.id: row for row in writer.read.all(Fact, id={fact for pair_of in pairs for fact in pair_of})}
    counts = {row.id: (row.min, row.max) for row in writer.read.all(Origins, id=rows.keys())}
    denied = Counter(row.other for row in writer.read.all(Relation, other=rows.keys(), type="denies"))
    together = weigh_as_one(writer, [pair for pair in sorted(pairs) if not any(row in rows and rows[row].opinion for row in pair)])
    for pair_of, found in together.items():
        swings = [_swing(rows[row], counts[row], (found.min, found.max), denied[row]) for row in pair_of]
        yield same_item(pair_of, "fact", _DOUBT, f"The program did not make them one: {pairs[pair_of]}.", swings)


def _bodies(writer: Writer, ids: Collection[str], apart: Collection[frozenset[str]]) -> Iterable[Item]:
    kept = writer.entries
    pairs: dict[Pair, float] = {}
    for row in kept.of_ids(NAMES, ids):
        for other, score in near_names(row, kept):
            pair = sorted((row.id, other.id))
            if frozenset(pair) not in apart:
                pairs[pair[0], pair[1]] = score
    for pair_of, score in sorted(pairs.items()):
        found = writer.read.all(Entity, id=pair_of)
        if len(found) == len(pair_of):
            why = "Their names are the same words." if score == 1.0 else "Their names are alike, or one is the shorter form of the other."
            yield same_item(pair_of, "entity", round(score / 2, 2), why, _one_voice(writer, found))


def _one_voice(writer: Writer, pair: Sequence[Entity]) -> list[Swing]:
    """Facts in which both speak, counted as if they were one."""
    one, two = ({fact for facts in writer.read.facts_of(row.claims).values() for fact in facts} for row in pair)
    both = sorted(one & two)[:_MOST]
    if not both:
        return []
    then = weigh_one_voice(writer, (pair[0].id, pair[1].id), both)
    rows = [row for row in writer.read.all(Fact, id=both) if not row.opinion and row.id in then]
    counts = {row.id: (row.min, row.max) for row in writer.read.all(Origins, id=both)}
    denied = Counter(row.other for row in writer.read.all(Relation, other=both, type="denies"))
    swings = [_swing(row, counts[row.id], (then[row.id].min, then[row.id].max), denied[row.id]) for row in rows]
    return [swing for swing in swings if swing.now != swing.then]


def _swing(fact: Fact, now: tuple[int, int], then: tuple[int, int], denied: int) -> Swing:
    stake = Stake(documents=len(fact.documents), denied=denied, paired=0, family=fact.kind.partition(".")[0])
    return Swing(fact=fact.id, now=now, then=then, stake=stake)
