"""The entries of the ontology as frozen values.

In:  nothing.
Out: one dataclass for each shape of entry; all have a code, a label, a definition, aliases and, once retired, a successor.
Never: rules of reading text. What a code means is here; which words show it is the readers' business.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Coded(Protocol):
    """What every entry has."""

    @property
    def code(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def definition(self) -> str: ...
    @property
    def aliases(self) -> tuple[str, ...]: ...
    @property
    def replaced_by(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A code that needs nothing but its definition."""

    code: str
    label: str
    definition: str
    aliases: tuple[str, ...] = ()
    replaced_by: str = ""
    """Set when the code is retired; it is then still read and no longer given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of claim."""

    code: str
    label: str
    definition: str
    opinion: bool = False
    """A claim of this kind has no origins to count."""
    incident: bool = False
    """A claim of this kind may describe one incident (METHOD C7)."""
    aliases: tuple[str, ...] = ()
    replaced_by: str = ""

    @property
    def family(self) -> str:
        """The part before the dot."""
        return self.code.partition(".")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Crosswalk:
    """The term of another codebook that comes nearest."""

    scheme: str
    term: str
    verified: bool
    """Whether somebody read the term in the other codebook or report itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrosswalkScheme:
    """Another codebook, and what was seen of it."""

    name: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """A method of transnational repression, or a group of methods."""

    code: str
    label: str
    definition: str
    incidents: bool
    """Whether acts of this method can be incidents."""
    group: bool = False
    parent: str = ""
    crosswalks: tuple[Crosswalk, ...] = ()
    aliases: tuple[str, ...] = ()
    replaced_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What a number counts."""

    code: str
    label: str
    definition: str
    kind: str
    """Kind of the claims that carry it."""
    units: tuple[str, ...]
    """Nouns it counts, in the singular."""
    additive: bool
    """Whether the numbers of separate places may be added up."""
    time: str
    """`cumulative` (grows as time goes on) or `point in time`."""
    broader: str = ""
    """The measure it is a part of: a population and its sub-population are different facts (METHOD C5)."""
    cues: tuple[str, ...] = ()
    """Words near the number that tell it from its neighbours with the same nouns."""
    aliases: tuple[str, ...] = ()
    replaced_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityResponse:
    """What an authority did or said, and the kind of claim it is read as."""

    code: str
    label: str
    definition: str
    kind: str
    aliases: tuple[str, ...] = ()
    replaced_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Named rules that say what a count takes in (METHOD C11). An empty rule lets everything through."""

    code: str
    label: str
    definition: str
    verified: bool
    note: str
    kinds: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    crosswalk: str = ""
    """Methods that carry a crosswalk to this codebook."""
    hosts: tuple[str, ...] = ()
    """ISO 3166-1 alpha-2 codes of places."""
    perpetrators: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    replaced_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """One file of the ontology: entries of one shape, in the order in which they are shown."""

    scheme: str
    version: str
    title: str
    about: str
    entries: tuple[Coded, ...]
    local: bool = False
    """The codes are words written into one field of a row, and unique in this scheme only."""
    default: str = ""
    crosswalk_schemes: tuple[tuple[str, CrosswalkScheme], ...] = ()
