"""What waits for a person to look at it: one item of the queue.

In:  nothing. Out: frozen rows.
Never: is about a person; says how good a person, a community or a publisher is. An item is about a row of evidence and what hangs on it.
"""

from __future__ import annotations

from dataclasses import dataclass

from armslength.base.ids import digest
from armslength.base.language import marked

KINDS: dict[str, str] = {
    "edge": marked("Edges"),
    "claim": marked("Claims"),
    "fact": marked("Facts"),
    "same": marked("Pairs that look alike"),
    "conflict": marked("Conflicts"),
    "finding": marked("Findings that wait"),
    "lost": marked("Judgements without a target"),
    "due": marked("Due"),
}
"""Kinds of items in the order they are named in, with their words."""
ONE: dict[str, str] = {
    "edge": marked("Edge"),
    "claim": marked("Claim"),
    "fact": marked("Fact"),
    "same": marked("Pair"),
    "conflict": marked("Conflict"),
    "finding": marked("Finding"),
    "lost": marked("Judgement"),
    "due": marked("Due"),
}
"""The word for one item of each kind."""
SPACE = "queue "
"""What the spaces begin with in which items are noted, one a kind."""
STATE, STATE_ID = "queue state", digest("queue", "state")
"""Where it is noted how far the queue was brought up to date."""
FIRST, COUNTS, LATER = 3, 2, 1
"""Tiers: a doubtful edge, or a conflict about one, between one origin and two; what changes a count or what is in force; the rest."""
_HEAVIEST, _TIES = 999_999_999, 16**5


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to look at, and what a decision would change."""

    id: str
    kind: str
    """A word of `KINDS`."""
    target: str
    """Id of what would be judged: an edge, claim, fact or judgement; of a pair, both, parted by a space; empty where nothing can be."""
    level: str
    """Of an edge `claim` or `document`; of a pair `fact` or `entity`; of a conflict what the judgements are about; else empty."""
    facts: tuple[str, ...]
    """Facts that it bears on, the one that changes most first; not more than twenty."""
    touched: int
    """How many facts it bears on in all."""
    tier: int
    weight: float
    """What would change, times how doubtful it is, times how much rests on it."""
    doubt: float
    says: str
    """What a decision would change, in a sentence."""
    because: str
    """Why it stands where it stands, in a sentence."""
    date: str = ""
    """When it is due: EDTF, or empty."""

    @property
    def order(self) -> int:
        """The greater, the sooner it is shown. Items of one weight are in the order of their ids, so that hardly two have one number."""
        first = self.tier * (_HEAVIEST + 1) + min(_HEAVIEST, round(self.weight * 10_000))
        return first * _TIES + _TIES - 1 - int(self.id[:5], 16)


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """How far the queue was brought up to date."""

    version: str
    seq: int
    """The last log entry then: what was decided since may not be in the queue yet."""

    @property
    def text(self) -> str:
        return f"{self.version} {self.seq}"


def read_noted(text: str) -> Noted:
    """How far the queue was brought up to date; of an unknown version where nothing, or something else, was noted."""
    version, _, seq = text.partition(" ")
    return Noted(version=version, seq=int(seq)) if seq.isdecimal() else Noted(version="", seq=0)
