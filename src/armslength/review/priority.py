"""In which order to look at things: by what a decision would change (docs/decisions/0028).

In:  what hangs on an edge, passage or pair, fact by fact; how much rests on each fact.
Out: items with their tier, weight, and two sentences.
Never: weighs who says something. A publisher, a person or a community has no figure here.

weight = what changes x how doubtful it is x how much rests on the fact, of the fact where that is most; a little more where several change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

from armslength.base.ids import digest
from armslength.model.queue import COUNTS, FIRST, LATER, Item

DOUBTFUL = 0.3
"""Doubt from which an edge is a doubtful one. Set by hand, between what a text says itself and what follows from likeness."""
UNSURE = 0.4
"""Doubt from which a passage is worth a second reading although it changes a count: the reader is less sure of it than of most."""
LOWER, UPPER, OTHER = 3.0, 2.0, 1.0
"""What a change weighs: the lower end goes from one to two, the upper end does, or anything else about a count. Set by hand."""
SHOWN = 20
"""Facts that an item names."""
GONE = -1
_NUMBERS = frozenset({"quantity", "undercount", "site"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Stake:
    """How much rests on a fact."""

    documents: int
    denied: int
    """Facts that deny it."""
    paired: int
    """Facts that it supersedes, contradicts, or that do so to it."""
    family: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Swing:
    """The count of a fact as it is, and as a decision would make it: (lower, upper)."""

    fact: str
    now: tuple[int, int]
    then: tuple[int, int]
    stake: Stake


def rests(stake: Stake) -> float:
    """How much rests on a fact: 1 for one article; more with articles, denials, numbers and sites, and a fact that it is held against."""
    named = 0.5 if stake.family in _NUMBERS else 0.0
    return 1.0 + log2(max(stake.documents, 1)) / 2 + named + (1.0 if stake.denied else 0.0) + (1.0 if stake.paired else 0.0)


def gain(swing: Swing) -> float:
    """What a change of a count weighs; 0 where nothing changes."""
    (low, high), (then_low, then_high) = swing.now, swing.then
    if swing.now == swing.then:
        return 0.0
    if GONE in swing.then:
        return OTHER
    if (low <= 1) != (then_low <= 1):
        return LOWER
    return UPPER if (high <= 1) != (then_high <= 1) else OTHER


def decides_between_one_and_two(swing: Swing) -> bool:
    """Whether one origin becomes more than one, or the other way round, at either end."""
    return GONE not in swing.then and gain(swing) >= UPPER


def edge_item(edge: str, level: str, kind: str, doubt: float, swings: Sequence[Swing]) -> Item | None:
    """An edge: what its being wrong would change. None where it changes nothing."""
    ordered, weight = _weighed(swings, doubt)
    if not ordered:
        return None
    first = doubt >= DOUBTFUL and any(map(decides_between_one_and_two, ordered))
    named = f"An edge of the kind “{kind.replace('_', ' ')}”"
    what = "If these two texts are not one" if level == "document" else "If these two passages do not hang together so"
    return Item(
        id=digest("queue", "edge", edge),
        kind="edge",
        target=edge,
        level=level,
        facts=_facts(ordered),
        touched=len(ordered),
        tier=FIRST if first else COUNTS,
        weight=weight,
        doubt=doubt,
        says=f"{what}, {_then(ordered)}",
        because=f"{_doubt_words(doubt, named)} {rest_words(ordered[0].stake)}",
    )


def claim_item(claim: str, doubt: float, swings: Sequence[Swing]) -> Item | None:
    """A passage: what rejecting it would change. None where the reader is sure of it, or nothing much would."""
    ordered, weight = _weighed(swings, doubt)
    alone = [swing for swing in ordered if GONE in swing.then]
    if not ordered or doubt < UNSURE or (len(alone) == len(ordered) and not any(_held(swing.stake) for swing in alone)):
        return None
    return Item(
        id=digest("queue", "claim", claim),
        kind="claim",
        target=claim,
        level="",
        facts=_facts(ordered),
        touched=len(ordered),
        tier=COUNTS,
        weight=weight,
        doubt=doubt,
        says=f"If this passage is not read rightly and you reject it, {_then(ordered)}",
        because=f"The reader gives this reading {100 - round(100 * doubt)} of 100. {rest_words(ordered[0].stake)}",
    )


def same_item(pair: tuple[str, str], level: str, doubt: float, why: str, swings: Sequence[Swing]) -> Item:
    """Two facts, or two bodies, that look alike: what their being one would change."""
    ordered, weight = _weighed(swings, doubt)
    first = doubt >= DOUBTFUL and any(map(decides_between_one_and_two, ordered))
    if level == "fact":
        apart = " and ".join(count_words(swing.now) for swing in swings)
        says = f"If these two facts are one, it has {count_words(swings[0].then)}; apart they have {apart}."
    elif ordered:
        says = f"If these two are one body, {_then(ordered)}"
    else:
        says = "If these two are one body, no count of origins changes; they would be shown as one."
    return Item(
        id=digest("queue", "same", level, *sorted(pair)),
        kind="same",
        target=" ".join(sorted(pair)),
        level=level,
        facts=_facts(ordered) or (tuple(sorted(pair)) if level == "fact" else ()),
        touched=len(ordered),
        tier=COUNTS if first or ordered else LATER,
        weight=weight or doubt,
        doubt=doubt,
        says=says,
        because=why,
    )


def fact_item(fact: str, state: str, stake: Stake, contradicted: int, now: tuple[int, int]) -> Item | None:
    """A fact itself: one that people contest, that another contradicts, or that many repeat from one origin while it is denied."""
    one_origin = now[1] == 1 and stake.documents >= 3 and stake.denied > 0
    if state == "contested":
        says, tier = "People said different things of it. Until somebody decides, it is contested wherever it is shown.", COUNTS
    elif contradicted and state == "machine":
        says, tier = (
            "If this is rejected, nothing contradicts the other any more; if it is accepted, both stand and are held against each other.",
            LATER,
        )
    elif one_origin and state == "machine":
        says, tier = "Nobody has looked at it: accepted, it stands as looked at beside its denials; rejected, it is counted nowhere.", LATER
    else:
        return None
    return Item(
        id=digest("queue", "fact", fact),
        kind="fact",
        target=fact,
        level="",
        facts=(fact,),
        touched=1,
        tier=tier,
        weight=rests(stake),
        doubt=1.0 if state == "contested" else 0.5,
        says=says,
        because=rest_words(stake),
    )


def _weighed(swings: Sequence[Swing], doubt: float) -> tuple[list[Swing], float]:
    """Those that change anything, the weightiest first; and the weight of all."""
    changing = [(gain(swing) * doubt * rests(swing.stake), swing) for swing in swings if gain(swing)]
    changing.sort(key=lambda found: (-found[0], found[1].fact))
    if not changing:
        return [], 0.0
    return [swing for _, swing in changing], changing[0][0] * (1 + log2(len(changing)) / 4)


def _facts(swings: Sequence[Swing]) -> tuple[str, ...]:
    return tuple(swing.fact for swing in swings[:SHOWN])


def _held(stake: Stake) -> bool:
    """Whether other facts are held against it."""
    return bool(stake.denied or stake.paired)


def _then(swings: Sequence[Swing]) -> str:
    """What becomes of the facts: `this fact has 2 origins, not 1; 3 more facts change.`"""
    first, more = swings[0], len(swings) - 1
    what = (
        "there is no such fact any more"
        if GONE in first.then
        else f"this fact has {count_words(first.then)}, not {count_words(first.now, bare=True)}"
    )
    rest = f"; {more} more {'fact changes' if more == 1 else 'facts change'}" if more else ""
    return f"{what}{rest}."


def count_words(count: tuple[int, int], *, bare: bool = False) -> str:
    """`1 origin`, `1 to 2 origins`; bare: without the noun."""
    low, high = count
    said = f"{low}" if low == high else f"{low} to {high}"
    return said if bare else f"{said} origin{'' if (low, high) == (1, 1) else 's'}"


def _doubt_words(doubt: float, what: str) -> str:
    if doubt >= 0.5:
        return f"{what} rests on likeness and is often doubtful."
    return f"{what} is sometimes wrong." if doubt >= DOUBTFUL else f"{what} is seldom wrong."


def rest_words(stake: Stake) -> str:
    """What rests on a fact, in a sentence."""
    parts = [f"{stake.documents} article{' gives' if stake.documents == 1 else 's give'} the fact"]
    if stake.denied:
        parts.append("it is denied")
    if stake.paired:
        parts.append("another count supersedes or contradicts it, or the other way round")
    return f"{', '.join(parts[:-1])} and {parts[-1]}." if len(parts) > 1 else f"{parts[0]}."
