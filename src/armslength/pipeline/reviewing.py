"""Reviewers of a case: entering one with a key of their own, retiring a key, and who there is.

In:  a case, a pseudonym, the folder the private halves are kept in.
Out: judgements `reviewer` and `retire` in the case; the private half on this machine only.
Never: gives two reviewers one key; takes away what a retired key signed before. It cannot know that two pseudonyms are one human being.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from armslength.base.clock import Clock, stamp
from armslength.base.errors import InputError
from armslength.model.decisions import RETIRE, REVIEWER, Judgement
from armslength.model.reviewers import ReviewerKey
from armslength.pipeline.naming import refuse_names
from armslength.pipeline.signing import Hand, TurnOf, judge, reviewers_of
from armslength.store.case import open_case
from armslength.store.read import Reader
from armslength.store.reviewer_keys import has_reviewer_key, make_reviewer_key
from armslength.store.write import deciding

_LONGEST = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewerLine:
    """A reviewer's key, for a list."""

    who: str
    key: str
    since: str
    until: str
    """When it was retired, or empty."""
    here: bool
    """Whether its private half is on this machine."""
    judgements: int


def add_reviewer(folder: Path, who: str, *, keys: Path, clock: Clock, passphrase: str = "", turn: TurnOf | None = None) -> Hand:
    """Make a key for a reviewer and enter it, signed by itself. `turn` gives a writer where others write as well.

    Raises InputError for a reviewer who has one in use.
    """
    who = who.strip()
    if not who or len(who) > _LONGEST or not who.isprintable():
        raise InputError(f"A reviewer's pseudonym is one line of 1 to {_LONGEST} characters.")
    with turn(who) if turn else deciding(open_case(folder, clock=clock, actor=who), clock=clock, actor=who) as writer:
        refuse_names(writer.read, who)
        before = reviewers_of(writer.read).active_of(who, stamp(clock.now()))
        if before:
            raise InputError(f"{who!r} has a key in use already ({before[0].key}). Retire it first: armslength reviewer retire CASE KEY")
        key = make_reviewer_key(keys, passphrase=passphrase)
        hand = Hand(who=who, key=key)
        value = json.dumps({"public": key.public, "reviewer": who}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        judge(writer, hand, target=key.id, decision=REVIEWER, reason="Enters a reviewer's own key.", clock=clock, value=value)
    return hand


def retire_key(folder: Path, key: str, *, reason: str, hand: Hand, clock: Clock) -> ReviewerKey:
    """Retire a key, named by the first characters of its name: what it signed before still counts, and it signs nothing more."""
    with deciding(open_case(folder, clock=clock, actor=hand.who), clock=clock, actor=hand.who) as writer:
        known = reviewers_of(writer.read)
        found = [row for name, row in sorted(known.keys.items()) if name.startswith(key.strip().lower()) and len(key.strip()) >= 4]
        if len(found) != 1:
            raise InputError(f"{len(found)} reviewers' keys begin with {key!r}. `armslength reviewer list CASE` shows them.")
        if found[0].until:
            raise InputError(f"The key {found[0].key} was retired on {found[0].until[:10]} already.")
        judge(writer, hand, target=found[0].key, decision=RETIRE, reason=reason, clock=clock)
        return reviewers_of(writer.read).keys[found[0].key]


def reviewer_lines(reader: Reader, *, keys: Path) -> list[ReviewerLine]:
    """Every key of a case, the ones in use first."""
    counts: dict[str, int] = {}
    for row in reader.all(Judgement):
        counts[row.key] = counts.get(row.key, 0) + 1
    known = sorted(reviewers_of(reader).keys.values(), key=lambda row: (bool(row.until), row.who, row.since))
    return [
        ReviewerLine(
            who=row.who,
            key=row.key,
            since=row.since,
            until=row.until,
            here=has_reviewer_key(keys, row.key),
            judgements=counts.get(row.key, 0),
        )
        for row in known
    ]
