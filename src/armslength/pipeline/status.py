"""A case at a glance, for the terminal: how much of everything, and whether the sources are as many as they look."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from armslength.model.claims import Claim
from armslength.model.custody import GENESIS, LogEntry
from armslength.model.evidence import Collection, Document, Source
from armslength.model.facts import Fact, LineageEdge, Origins
from armslength.model.outcome import Rejected
from armslength.model.things import Entity, Incident, Response, Site
from armslength.store.read import Reader

_COUNTED: tuple[tuple[str, type], ...] = (
    ("sources", Source),
    ("acquisitions", Collection),
    ("documents", Document),
    ("claims", Claim),
    ("facts", Fact),
    ("lineage edges", LineageEdge),
    ("entities", Entity),
    ("sites", Site),
    ("incidents", Incident),
    ("responses", Response),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStatus:
    """What a case holds."""

    id: str
    name: str
    created: str
    database: str
    """`SQLite` or `PostgreSQL`; never the address, which may hold a password."""
    counts: dict[str, int]
    rejected: dict[str, int]
    """Stage to how many units it could not use."""
    many_sources: int
    """Facts that look as if two or more sources said them."""
    many_origins: int
    """Facts that two or more independent origins are shown to have said."""
    in_words: str
    log_entries: int
    log_last: str
    head: str


def case_status(reader: Reader) -> CaseStatus:
    """Count what a case holds."""
    case = reader.case
    origins = reader.all(Origins)
    many_sources = sum(row.apparent > 1 for row in origins)
    many_origins = sum(row.min > 1 for row in origins)
    log = reader.all(LogEntry)
    return CaseStatus(
        id=case.id,
        name=case.name,
        created=case.created,
        database="PostgreSQL" if case.database.startswith("postgresql") else "SQLite",
        counts={word: reader.count(row) for word, row in _COUNTED},
        rejected=dict(sorted(Counter(row.stage for row in reader.all(Rejected)).items())),
        many_sources=many_sources,
        many_origins=many_origins,
        in_words=in_words(many_sources, many_origins),
        log_entries=len(log),
        log_last=f"{log[-1].event} at {log[-1].time}" if log else "none",
        head=log[-1].hash if log else GENESIS,
    )


def in_words(many_sources: int, many_origins: int) -> str:
    """The one idea of the program, about a whole case."""
    if not many_sources:
        return "No fact is said by more than one source yet."
    facts = "1 fact looks" if many_sources == 1 else f"{many_sources} facts look"
    shown = "none is" if not many_origins else "1 is" if many_origins == 1 else f"{many_origins} are"
    return f"{facts} as if several sources said so; {shown} shown to have more than one independent origin."
