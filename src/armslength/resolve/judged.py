"""What people decided about sameness: that two passages, or two mentions of a voice, are one thing, or that they are not.

In:  judgements `merge` and `split`, groups as the program makes them.
Out: the groups as people want them, and the judgements that could not be carried out, each with the reason.
Never: touches what no judgement speaks of. A judgement names two ids that survive a rebuild, of claims or of mentions, and never a fact or
an entity: these come and go. Taking a judgement back leaves what the others make of the program's groups, as if it had never been.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from armslength.base.ids import digest
from armslength.model.decisions import Judgement, standing

LEVELS = ("fact", "entity", "site", "incident")
"""What may be made one or two. Entities are told by mentions, the others by claims."""
MERGE, SPLIT, WITHDRAW = "merge", "split", "withdraw"
DECISIONS = frozenset({MERGE, SPLIT, WITHDRAW})

Groups = list[list[str]]
"""Ids that belong together."""
Bar = Callable[[str, str], str]
"""Why two ids may not be joined even by people, or empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One standing judgement about two ids. Of a split, the first leaves and the second stays."""

    level: str
    decision: str
    one: str
    two: str
    judgement: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """All standing judgements about sameness, the latest first."""

    pairs: tuple[Pair, ...] = ()

    def about(self, level: str) -> tuple[Pair, ...]:
        """Those about one level."""
        return tuple(pair for pair in self.pairs if pair.level == level)


NOBODY = People()


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """A judgement that could not be carried out."""

    pair: Pair
    why: str

    @property
    def sentence(self) -> str:
        """For the list of what could not be used."""
        return f"A reviewer's {self.pair.decision} ({self.pair.judgement[:12]}) has nothing to apply to: {self.why} It is kept; look again."


def pair_id(level: str, one: str, two: str) -> str:
    """The target of a judgement about two ids, in whichever order they are given."""
    low, high = sorted((one, two))
    return digest("same", level, low, high)


def told(level: str, one: str, two: str) -> str:
    """What a judgement's `value` says."""
    return json.dumps({"level": level, "ids": [one, two]}, ensure_ascii=False)


def judged(judgements: Iterable[Judgement]) -> People:
    """The standing judgements about sameness. Those about other things are passed over."""
    rows = [row for row in standing(row for row in judgements if row.decision in DECISIONS) if row.decision != WITHDRAW]
    return People(pairs=tuple(_pair(row) for row in sorted(rows, key=lambda row: (row.when, row.id), reverse=True)))


def spoken_of(judgements: Iterable[Judgement]) -> frozenset[str]:
    """All ids that any judgement about sameness speaks of, standing or not."""
    rows = (row for row in judgements if row.decision in {MERGE, SPLIT} and row.value)
    return frozenset(found for row in rows for found in json.loads(row.value)["ids"])


def _pair(row: Judgement) -> Pair:
    given = json.loads(row.value)
    one, two = given["ids"]
    return Pair(level=given["level"], decision=row.decision, one=one, two=two, judgement=row.id, reason=row.reason)


def regroup(
    ids: Sequence[str], group: Callable[[Sequence[str]], Groups], pairs: Sequence[Pair], *, bar: Bar
) -> tuple[Groups, list[Undone]]:
    """Ids in groups: as the program makes them, without those that people took out, and with those joined that people joined.

    `group` makes the program's groups. An id that leaves stands by itself, and the rest is grouped as if it were not there. Splits hold
    against merges; of merges the latest is carried out first.
    """
    known = set(ids)
    lost = [Undone(pair=pair, why="what it speaks of is read otherwise now.") for pair in pairs if not {pair.one, pair.two} <= known]
    live = [pair for pair in pairs if {pair.one, pair.two} <= known]
    splits, merges = ([pair for pair in live if pair.decision == decision] for decision in (SPLIT, MERGE))
    groups = group(ids)
    if splits:
        together = [list(found) for found in groups]
        for pair in merges:
            _join(together, pair, (), bar)
        place = _places(together)
        leaving = {pair.one for pair in splits if place[pair.one] == place[pair.two]}
        groups = [*group([found for found in ids if found not in leaving]), *([found] for found in sorted(leaving))]
    for pair in merges:
        why = _join(groups, pair, splits, bar)
        lost += [Undone(pair=pair, why=why)] if why else []
    return groups, lost


def _places(groups: Sequence[Sequence[str]]) -> dict[str, int]:
    return {found: number for number, group in enumerate(groups) for found in group}


def _join(groups: Groups, pair: Pair, splits: Sequence[Pair], bar: Bar) -> str:
    """Make the groups of two ids one; or say why not."""
    place = _places(groups)
    first, second = sorted((place[pair.one], place[pair.two]))
    if first == second:
        return ""
    if any({place[row.one], place[row.two]} == {first, second} for row in splits):
        return "another judgement keeps the two apart."
    reason = next((why for one in groups[first] for two in groups[second] if (why := bar(one, two))), "")
    if not reason:
        groups[first] += groups.pop(second)
    return reason


def reasons(pairs: Sequence[Pair], joined: Iterable[str]) -> Iterator[str]:
    """Why people hold that ids of one group are one, in sentences."""
    here = set(joined)
    held = {pair.reason for pair in pairs if pair.decision == MERGE and {pair.one, pair.two} <= here}
    yield from (f"A reviewer holds that they are one: {reason}" for reason in sorted(held))
