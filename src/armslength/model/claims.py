"""What one passage says, and who says it.

A claim is bound to exact words. Its attribution runs from the page's own voice, outermost, down to the deepest source named.
Nothing here knows about other documents: clusters of claims are facts (`facts.py`), clusters of mentions are things (`things.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

from armslength.base.ids import digest
from armslength.model.evidence import Reader

COMPARED = {"=": "", ">=": "at least ", ">": "more than ", "<=": "up to ", "<": "fewer than ", "approx": "about "}
"""Comparators in words, to stand before a number. `<=` is `up to`: a text that says "as many as 102" does not say that there are fewer."""
PART = "a part of what was counted before"
"""A flag of a number: `38 of the 102`, `of these, 38`."""
NO_READER = Reader(name="", version="")
"""For a claim that was written by hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One voice of an attribution chain."""

    name: str
    """The voice's fullest name in the document: `Safeguard Defenders report` even where the words are `it`."""
    kind: str
    """`author`, `publisher`, `media`, `organisation`, `report`, `government`, `person`, `court` or `unnamed`."""
    mention: str
    """Id of the mention; the resolve stage says which entity it belongs to."""
    start: int | None = None
    """Where the document names this voice for this claim; None for the page's own voice."""
    end: int | None = None
    latent: bool = False
    """The passage hides this link; it was named elsewhere (METHOD C2)."""
    by: str = ""
    """For a report, the organisation that wrote it; for an office, the state it speaks for: a name as the text gives it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A date or period as far as the text gives it."""

    edtf: str
    """ISO 8601-2: `2022-09`, `2021-04/2022-07`, `2022~`, or empty where it cannot be anchored."""
    basis: str
    """How it is known: `stated`, `relative to publication`, `year from context`, or `open: ` and the reason."""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place named in the claim. Public precision ends at the city (METHOD P4)."""

    name: str
    country: str
    """ISO 3166-1 alpha-2, or empty."""
    geonames: int | None
    precision: str
    """`country`, `admin1` or `city`."""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Somebody or something a claim is about, by role: `target`, `perpetrator`, `operator`, `authority`, `denier`, ..."""

    role: str
    name: str
    kind: str
    mention: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number as an interval (METHOD C5): `at least 54` is `value=54, comparator=">=", low=54, high=None`."""

    measure: str
    """Ontology code of what is counted."""
    value: float | int | None
    """None for a vague count such as `dozens`."""
    comparator: str
    """`=`, `>=`, `>`, `<=`, `<` or `approx`."""
    low: float | int | None
    high: float | int | None
    unit: str
    """The noun counted, as the text has it."""
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one passage says."""

    id: str
    doc: str
    start: int
    end: int
    quote: str
    kind: str
    """Ontology code, family before the dot."""
    speech_act: str
    modality: str
    """`stated`, `possible`, `doubtful`, `negated`, `future` or `hypothetical`."""
    attribution: tuple[Link, ...]
    """Outermost first; never empty: the page's own voice is a voice."""
    quantity: Quantity | None = None
    as_of: Dated | None = None
    event_date: Dated | None = None
    claimed_period: Dated | None = None
    places: tuple[Place, ...] = ()
    methods: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    """Other ontology codes read in the passage: responses, site functions and states, outcomes, target and perpetrator relations."""
    parties: tuple[Party, ...] = ()
    repeats: tuple[tuple[int, int], ...] = ()
    """Ranges of internal copies of this passage."""
    flags: tuple[str, ...] = ()
    confidence: float = 0.5
    """How sure the reader is that the passage says this, 0 to 1. Not whether it is true."""
    why: tuple[str, ...] = ()
    """The rules that read it, in words."""
    reader: Reader = NO_READER

    @property
    def originator(self) -> Link:
        """The deepest voice named."""
        return self.attribution[-1]

    @property
    def family(self) -> str:
        return self.kind.partition(".")[0]


def mention_id(doc: str, kind: str, name: str) -> str:
    """Name a voice or party as one document speaks of it. All its mentions there share the id; documents never do."""
    return digest("mention", doc, kind, name)


def claim_id(doc: str, start: int, end: int, kind: str, quantity: Quantity | None) -> str:
    """Name a claim by where it stands, what kind it is and what number it gives."""
    number = (quantity.measure, repr(quantity.value), quantity.start, quantity.end) if quantity else ()
    return digest("claim", doc, start, end, kind, number)
