"""What people decide, and what leaves the house. Judgements are never edited, only superseded."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

WITHDRAW, VOID = "withdraw", "void"
REVIEWER, RETIRE = "reviewer", "retire"
FINDING, SECOND = "finding", "second"
ADD = "add"
"""The decision that there is something where the program found nothing: an edge, or a claim."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A human decision about one row."""

    id: str
    target: str
    decision: str
    """`accept`, `reject`, `edit`, `merge`, `split`, `dispute`, `add` for an edge or a claim that only people know of; `finding` and
    `second` (C9); an entry of a ledger (`ledger.ENTRIES`); `set aside` for a source; `reviewer` and `retire` for a reviewer's key; `void`
    for an import that is taken back; or `withdraw`: what was decided about the target before no longer holds, and nothing else does."""
    reason: str
    who: str
    when: str
    """UTC, RFC 3339."""
    value: str = ""
    """For an edit, the new values; for a merge or split, the other ids; for an added edge or claim, that; for a ledger, the entry; where a
    row that is no edge is accepted, rejected or edited, its `level` and the claims it held: as canonical JSON."""
    supersedes: str = ""
    """The judgement about the same target that it takes the place of. Several, parted by a space, where two laptops had decided apart."""
    key: str = ""
    """The reviewer's own key (Ed25519, named by the hash of its public half); empty where a reviewer has none. Four eyes are two keys."""
    signature: str = ""
    """By that key, over the row without this field; base64."""

    @property
    def replaces(self) -> tuple[str, ...]:
        """The judgements it takes the place of."""
        return tuple(self.supersedes.split())


def told(row: Judgement) -> dict[str, Any]:
    """What a judgement's `value` holds; nothing where it holds nothing."""
    found = json.loads(row.value) if row.value else {}
    return found if isinstance(found, dict) else {}


def level_of(row: Judgement) -> str:
    """What kind of row a judgement is about: as its value says; an edge where it says nothing."""
    return str(told(row).get("level", "edge"))


def is_added_claim(row: Judgement) -> bool:
    """Whether a judgement adds a claim, and not an edge."""
    return row.decision == ADD and "claim" in told(row)


def in_force(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Judgements without those that came with an import which was taken back, as if they had never been made."""
    rows = list(judgements)
    voids = [row for row in rows if row.decision == VOID]
    if not voids:
        return rows
    lifted = {old for row in rows for old in row.replaces}
    gone = {judgement for row in voids if row.id not in lifted for judgement in told(row)["ids"]}
    return [row for row in rows if row.id not in gone]


def concerned(judgements: Iterable[Judgement], come: Collection[str]) -> list[Judgement]:
    """Judgements that came, with those that hold no more because of them, or hold again."""
    known = {row.id: row for row in judgements}
    found: dict[str, Judgement] = {}
    asked = [known[row] for row in sorted(come) if row in known]
    while asked:
        row = asked.pop()
        if row.id not in found:
            found[row.id] = row
            older = [*row.replaces, *(told(row)["ids"] if row.decision == VOID else ())]
            asked += [known[old] for old in older if old in known]
    return [found[row] for row in sorted(found)]


def heads(judgements: Iterable[Judgement]) -> dict[str, list[Judgement]]:
    """For each target the judgements that no other supersedes, the earliest first. More than one where two laptops decided apart."""
    rows = in_force(judgements)
    replaced = {old for row in rows for old in row.replaces}
    found: dict[str, list[Judgement]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.when, row.id)):
        if row.id not in replaced:
            found[row.target].append(row)
    return {target: found[target] for target in sorted(found)}


def conflicts(judgements: Iterable[Judgement]) -> list[list[Judgement]]:
    """Judgements about one target of which each stands and which do not say the same: people have to decide again."""
    return [rows for rows in heads(judgements).values() if not _agree(rows)]


def standing(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The judgement that holds about each target: the one that no other supersedes; of several that say the same, the latest.

    Where several stand and do not say the same, none holds, and least of all the later one: `conflicts` lists them.
    """
    return [rows[-1] for rows in heads(judgements).values() if _agree(rows)]


def _agree(rows: list[Judgement]) -> bool:
    return len({(row.decision, row.value) for row in rows}) == 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A human conclusion about a fact (METHOD C9). There are no machine findings."""

    id: str
    fact: str
    standard: str
    """Standard of proof: an ontology code."""
    statement: str
    evidence_for: tuple[str, ...]
    evidence_against: tuple[str, ...]
    author: str
    second_reviewer: str
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A published, redacted, sealed package."""

    id: str
    profile: str
    as_of: str
    facts: tuple[str, ...]
    head: str
    """Hash of the log entry the release was made at."""
    released_by: tuple[str, ...]
