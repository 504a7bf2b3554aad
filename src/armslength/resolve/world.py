"""What all claims of a case are read in: which states are accused, and the entities that some claims name.

In:  what was noted of entities, the mentions of some claims.
Out: `World`: counted votes about the accused, `Voices` for a few claims without the entities of all others.
Never: holds all entities of a case, unless a claim asks for the names of all organisations.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from armslength.base.ids import digest
from armslength.model.claims import Claim
from armslength.model.codec import from_json, to_json
from armslength.model.entries import Entries, Entry, number
from armslength.model.heads import HEADS, Head
from armslength.resolve.interest import acting_mentions, most_accused
from armslength.resolve.readings import Voices, organisations

STATE = "state"
_ID = digest("resolve", "state")

EntityOf = Callable[[Iterable[str]], Mapping[str, str]]
"""Mention to entity, for the mentions that have one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What the stage knows of the whole case."""

    stamp: str = ""
    """What it was made with."""
    judged: str = ""
    """What people had decided."""
    width: int = 0
    """Digits of a row's id that its run is told by."""
    accused: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    """Of the accused and of what they answer for."""
    votes: tuple[tuple[str, int], ...] = ()
    """Entities that act in a claim together, and in how many claims they do."""


def read_state(kept: Entries) -> State:
    """The state as it was noted last."""
    found = kept.of_ids(STATE, [_ID])
    return from_json(State, found[0].body) if found else State()


def note_state(kept: Entries, state: State) -> None:
    """Keep the state in place of the one before."""
    kept.forget(kept.of_ids(STATE, [_ID]))
    kept.note([Entry(space=STATE, id=_ID, body=to_json(state))])


def count_votes(claims: Iterable[Claim], entity_of: Mapping[str, str]) -> Counter[str]:
    """Entities that act together in a claim, as text, to how many claims they act in."""
    votes: Counter[str] = Counter()
    for claim in claims:
        acting = sorted({entity_of[mention] for mention in acting_mentions(claim) if mention in entity_of})
        if acting:
            votes[" ".join(acting)] += 1
    return votes


def accused_of(votes: Mapping[str, int], heads: Mapping[str, Head]) -> tuple[str, ...]:
    """The governments that the case is about. `heads`: at least the entities that act, with what answers for them."""
    counted: Counter[str] = Counter()
    for voters, count in votes.items():
        roots = {heads[row].root for row in voters.split() if row in heads}
        counted.update(dict.fromkeys((root for root in roots if root in heads and heads[root].entity.kind == "government"), count))
    return tuple(sorted(most_accused(counted)))


def load_heads(ids: Collection[str], kept: Entries) -> dict[str, Head]:
    """Entities by id, with all that answer for them."""
    found: dict[str, Head] = {}
    wanted = set(ids)
    while wanted:
        heads = [from_json(Head, row.body) for row in kept.of_ids(HEADS, wanted)]
        found |= {head.entity.id: head for head in heads}
        wanted = {row for head in heads for row, *_ in head.above if row not in found}
    return found


@dataclass(slots=True, kw_only=True)
class World:
    """Who is who, for claims as they are asked about."""

    kept: Entries
    entity_of: EntityOf
    countries: frozenset[str]
    _bodies: dict[str, str] | None = field(default=None)

    def voices(self, claims: Sequence[Claim]) -> Voices:
        """The entities that some claims name, with what answers for them."""
        mentions = {link.mention for claim in claims for link in claim.attribution}
        mentions |= {party.mention for claim in claims for party in claim.parties}
        owned: dict[str, list[str]] = {}
        for mention, entity in self.entity_of(mentions).items():
            owned.setdefault(entity, []).append(mention)
        heads = load_heads(owned, self.kept)
        if any(claim.kind == "publication_event" for claim in claims):
            known = Voices(entities=(), bodies=self.bodies)
            named = [known.named_in(claim.quote) for claim in claims if claim.kind == "publication_event"]
            heads |= load_heads(frozenset[str]().union(*named) - heads.keys(), self.kept)
        rows = [replace(head.entity, mentions=tuple(sorted(owned.get(row, ())))) for row, head in sorted(heads.items())]
        return Voices(entities=rows, states=self.countries, bodies=self.bodies)

    def bodies(self) -> Mapping[str, str]:
        """All organisations by name."""
        if self._bodies is None:
            heads = (from_json(Head, row.body) for row in self.kept.of_keys(HEADS, [number("kind", "organisation")]))
            self._bodies = organisations((head.entity, head.root) for head in heads)
        return self._bodies
