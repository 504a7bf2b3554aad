"""What people decide, and what leaves the house. Judgements are never edited, only superseded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A human decision about one row."""

    id: str
    target: str
    decision: str
    """`accept`, `reject`, `edit`, `merge`, `split`, `dispute`, `add` for an edge that only people know of, `set aside` for a source, or
    `withdraw`: what was decided about the target before no longer holds, and nothing else does."""
    reason: str
    who: str
    when: str
    """UTC, RFC 3339."""
    value: str = ""
    """For an edit, the new value; for a merge or split, the other ids; for an added edge, the edge: as canonical JSON."""
    supersedes: str = ""
    key: str = ""
    """The reviewer's own key (Ed25519, named by the hash of its public half); empty where a reviewer has none. Four eyes are two keys."""
    signature: str = ""
    """By that key, over the row without this field; base64."""


def standing(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The judgement that holds about each target: the one that no other supersedes; of several, the latest."""
    rows = list(judgements)
    replaced = {row.supersedes for row in rows}
    last = {row.target: row for row in sorted(rows, key=lambda row: (row.when, row.id)) if row.id not in replaced}
    return [last[target] for target in sorted(last)]


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
