"""Rows of the catalogue: what lists are chosen, ordered and counted by, beside what they show.

In:  what the pipeline makes of facts, documents, incidents, responses and refused units.
Out: the rows as the store keeps them.
Never: truth; every one is made again from other rows. Texts in them have protected persons' names hidden already.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

STANDINGS = {
    "repeated": "stands in several documents and has one origin",
    "repeated_maybe": "stands in several documents and has one origin at most",
    "one": "one origin",
    "widening": "one origin, perhaps more",
    "several": "two or more origins",
    "unnamed": "nobody says where the information comes from",
    "unknown": "no known origin",
    "apart": "not counted",
}
"""How a fact stands by its origins; each has exactly one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What facts are chosen by. A field that is None is not asked for; of a collection, any one will do."""

    section: str | None = None
    standings: Collection[str] | None = None
    kind: str | None = None
    country: str | None = None
    state: str | None = None
    since: int | None = None
    """The first year a fact may begin in."""
    until: int | None = None
    method: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FactEntry:
    """One fact."""

    no: int
    """Its number: facts of more documents have smaller ones."""
    id: str
    run: str
    hash: str
    origins: str
    """Hash of its origins; empty where they are not counted."""
    section: str
    """Section of the ledger, or `opinion`."""
    standing: str
    kind: str
    country: str
    state: str
    year: int
    """The year it begins in; 0 where nobody says."""
    rank: int
    tie: str
    """The beginning of its label, for the order of a list."""
    begins: str
    ends: str
    """First and last day of what it holds for, as `2024-09-01`; empty where not known."""
    measure: str
    value: float | None
    documents: int
    passages: int
    apparent: int
    min: int
    max: int
    unknown: int
    gap: int
    """Origins less documents where origins are known and fewer; else 0. The most misleading fact has the smallest."""
    denied: bool
    contradicted: bool
    interested: bool
    label: str
    line: str
    """Its line in a list, as JSON."""
    tags: tuple[tuple[str, str], ...]
    """(`method` or `place`, code)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentEntry:
    """One document."""

    no: int
    """Its number: newer ones have smaller ones."""
    id: str
    run: str
    hash: str
    begins: str
    """For the order: its date, or what sorts behind every date."""
    tie: str
    lang: str
    year: int
    claims: int
    publisher: str
    hidden: str
    """Stretches of its text that hold names: `12-18 40-52`."""
    marks: str
    """What searches choose it by."""
    body: str
    """Its line in a list, as JSON."""
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceEntry:
    """One source."""

    id: str
    tie: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedEntry:
    """One refused unit; `reason` is the id of a `Reason`."""

    id: str
    run: str
    hash: str
    reason: str
    tie: str
    start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why units of a stage were refused, and how many were."""

    id: str
    stage: str
    reason: str
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedEntry:
    """Something with a date, or a response whose date nobody gives."""

    id: str
    """Lane and id of the row it was made from."""
    run: str
    hash: str
    lane: str
    """`document`, `count`, `denial`, `incident` or `response`."""
    year: int
    month: int
    edtf: str
    country: str
    code: str
    """What a response is; what the date of a denial is of, `event` or `published`."""
    label: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodTotal:
    """What the facts of one method and country amount to."""

    code: str
    country: str
    facts: int
    documents: int
    """Of the fact that stands in most."""
    min: int
    max: int
    """Independent origins of the fact that has most shown."""
    denied: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationEntry:
    """A relation between two facts, as it stands in its own table."""

    id: str
    run: str
    hash: str
    type: str
    fact: str
    other: str
