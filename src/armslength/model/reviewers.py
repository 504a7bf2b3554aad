"""Reviewers and their keys: who held which key when, and whether two judgements are four eyes.

In:  the judgements `reviewer` and `retire` of a case.
Out: `Reviewers`, which says whose a signed judgement is.
Never: checks a signature (the store does, and takes the key off a judgement whose signature is not good); holds a person's name:
reviewers are pseudonyms. Cannot know that two reviewers are one human being with two keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from armslength.model.decisions import RETIRE, REVIEWER, Judgement, in_force, told


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewerKey:
    """A key and whose it is."""

    key: str
    public: str
    """Raw public key, 64 hexadecimal characters."""
    who: str
    """Pseudonym."""
    since: str
    """UTC, RFC 3339."""
    until: str = ""
    """When it was retired, or empty."""

    def active(self, when: str) -> bool:
        """Whether it was in use at a moment."""
        return self.since <= when and (not self.until or when < self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewers:
    """The keys of a case."""

    keys: Mapping[str, ReviewerKey] = field(default_factory=dict)

    def of(self, row: Judgement) -> str:
        """The reviewer who made a judgement, by the key that signed it; empty where it is nobody's: unsigned, or by no key in use then."""
        found = self.keys.get(row.key)
        return found.who if found and row.signature and found.who == row.who and found.active(row.when) else ""

    def eyes(self, rows: Iterable[Judgement]) -> frozenset[str]:
        """The reviewers behind judgements. Two names that used one key are one pair of eyes: the name that sorts first."""
        named: dict[str, str] = {}
        for row in rows:
            who = self.of(row)
            if who:
                named[row.key] = min(who, named.get(row.key, who))
        return frozenset(named.values())

    def four_eyes(self, rows: Iterable[Judgement]) -> bool:
        """Whether two different reviewers, each with a key of their own, made these judgements."""
        return len(self.eyes(rows)) >= 2

    def active_of(self, who: str, when: str) -> tuple[ReviewerKey, ...]:
        """The keys a reviewer could sign with at a moment."""
        return tuple(row for _, row in sorted(self.keys.items()) if row.who == who and row.active(when))


NOBODY = Reviewers()


def reviewers(judgements: Iterable[Judgement]) -> Reviewers:
    """Read who holds which key. A key belongs to the reviewer it was first entered for, from then until it is first retired."""
    rows = sorted(in_force(judgements), key=lambda row: (row.when, row.id))
    found: dict[str, ReviewerKey] = {}
    for row in rows:
        if row.decision == REVIEWER and row.target not in found:
            given = told(row)
            found[row.target] = ReviewerKey(key=row.target, public=given["public"], who=given["reviewer"], since=row.when)
    for row in rows:
        if row.decision == RETIRE and row.target in found and not found[row.target].until:
            found[row.target] = replace(found[row.target], until=row.when)
    return Reviewers(keys=found)
