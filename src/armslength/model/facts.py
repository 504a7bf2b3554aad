"""Clusters of claims that say the same thing, why they are not independent, and how many origins that leaves.

Two claims count as dependent until something shows otherwise (METHOD C3). A count of origins is an interval with what is unknown apart.
"""

from __future__ import annotations

from dataclasses import dataclass

from armslength.model.evidence import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Claims that say the same thing about the same thing."""

    id: str
    kind: str
    label: str
    claims: tuple[str, ...]
    documents: tuple[str, ...]
    opinion: bool = False
    """Only opinions: has no origins to count."""
    measure: str = ""
    value: float | int | None = None
    comparator: str = ""
    low: float | int | None = None
    high: float | int | None = None
    as_of: str = ""
    """EDTF: the moment the value holds for, as far as known."""
    country: str = ""
    """Scope: ISO 3166-1 alpha-2, or empty for the whole."""
    counter: str = ""
    """Entity whose count it is (same counter, later date: supersedes)."""
    state: str = "machine"
    """`machine`, `accepted`, `contested` or `rejected`."""
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LineageEdge:
    """Why two documents or two claims are not independent, with the words on both sides."""

    id: str
    from_id: str
    to_id: str
    level: str
    """`document` or `claim`."""
    kind: str
    """Code of the ontology's scheme `lineage_kinds`."""
    evidence: tuple[Span, ...]
    why: str
    """One sentence."""
    state: str = "machine"
    """`machine`, `confirmed` or `disputed`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """How the deepest voice of a claim comes to know of itself what it tells, with the words that show it."""

    claim: str
    how: str
    """`went and looked`, `tells of its own act`, `tells what it saw or lived through` or `speaks for itself`."""
    shown: Span
    """The words, in the claim's own document."""
    told_in: str = ""
    """Document for whose text this counts, where an earlier page tells the same together with another origin's access; empty: its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginGroup:
    """Claims of one fact that go back to one origin, as far as is known."""

    label: str
    claims: tuple[str, ...]
    interested: bool = False
    """The origin is an interested party's own publication."""
    primary_seen: bool = False
    """The origin's own publication is itself a document of the case."""
    access: tuple[Access, ...] = ()
    """What shows that the origin had access of its own; without any, a group adds to `max` and not to `min`."""
    hidden: tuple[str, ...] = ()
    """Those of its claims of which nobody is named as the source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """How many independent origins a fact has: an interval, and what is unknown apart."""

    id: str
    """The fact's id."""
    min: int
    max: int
    unknown: int
    """Claims whose lineage is not known; they never raise `min`."""
    apparent: int
    """How many sources it looks like: publishers where named, else documents."""
    groups: tuple[OriginGroup, ...]
    why: tuple[str, ...] = ()
    """The reasons, pair by pair, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """How one fact bears on another (METHOD C6)."""

    id: str
    type: str
    """`supersedes`, `contradicts`, `refines`, `derives` or `denies`."""
    fact: str
    other: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """One number of an overview, with its unit and the scope profile it was counted under (METHOD C11)."""

    id: str
    table: str
    """`overview`, `timeline`, `responses_by_country`, `methods` or `coverage`."""
    row: str
    unit: str
    value: int
    profile: str
    supports: tuple[str, ...]
    """Ids of what was counted."""
