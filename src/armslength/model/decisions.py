"""What people decide, and what leaves the house. Judgements are never edited, only superseded."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A human decision about one row."""

    id: str
    target: str
    decision: str
    """`accept`, `reject`, `edit`, `merge`, `split` or `dispute`."""
    reason: str
    who: str
    when: str
    """UTC, RFC 3339."""
    value: str = ""
    """For an edit, the new value; for a merge or split, the other ids, as canonical JSON."""
    supersedes: str = ""


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
