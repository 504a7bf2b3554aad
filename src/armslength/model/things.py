"""What claims are about: entities, sites, incidents, responses. Each is a cluster of claims and mentions held together by links.

Every field that describes one says which claim it rests on. A person is a pseudonym until two people decide otherwise (METHOD P1);
nothing may be read off a category and written onto one of its members (N4).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Supported:
    """A value and the claim it rests on."""

    field: str
    value: str
    claim: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A voice or party across documents."""

    id: str
    """For a person, keyed by the case's secret, so that the id cannot be guessed from a name."""
    kind: str
    label: str
    """A pseudonym for a protected person; the fullest name otherwise."""
    aliases: tuple[str, ...]
    """Empty for a protected person."""
    protected: bool
    mentions: tuple[str, ...]
    claims: tuple[str, ...]
    """Claims this entity speaks in or is a party to."""
    country: str = ""
    """ISO 3166-1 alpha-2 of the state that an authority or state medium belongs to."""
    part_of: str = ""
    """Entity that answers for this one: a report's organisation, an embassy's government. Same voice for independence."""
    interested: bool = False
    """An interested party to what the case is about: its own publication counts as its own word only (METHOD C4)."""
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A place of activity: a service station, a contact point, a mediation centre. Public place is at most the city."""

    id: str
    label: str
    type: str
    country: str
    place: str
    geonames: int | None
    claims: tuple[str, ...]
    fields: tuple[Supported, ...] = ()
    state: str = "machine"
    """`machine`, `accepted`, `contested` or `rejected`: what people said of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One act or series, against one target or jointly targeted group, in one host place and period (METHOD C7)."""

    id: str
    label: str
    country: str
    """Host country, ISO 3166-1 alpha-2, or empty."""
    place: str
    period: str
    """EDTF, or empty."""
    methods: tuple[str, ...]
    outcomes: tuple[str, ...]
    claims: tuple[str, ...]
    fields: tuple[Supported, ...] = ()
    state: str = "machine"
    """`machine`, `accepted`, `contested` or `rejected`: what people said of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What one authority did or said about the matter."""

    id: str
    label: str
    code: str
    """Government-response code of the ontology."""
    country: str
    authority: str
    """Entity id, or empty."""
    date: str
    """EDTF, or empty."""
    claims: tuple[str, ...]
    fields: tuple[Supported, ...] = ()
