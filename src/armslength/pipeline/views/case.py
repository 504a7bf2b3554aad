"""The case at a glance: what is in it, and its key facts with apparent sources beside independent origins.

In:  a reading of a case and its catalogue.
Out: `CaseView`.
Never: reads all facts, claims or documents; puts an opinion among the facts, or a superseded number on the same level as the one that
supersedes it.
"""

from __future__ import annotations

from dataclasses import dataclass

from armslength.model.catalogue import Chosen
from armslength.pipeline.views.lines import SECTIONS, FactLine
from armslength.pipeline.views.listing import read_lines, with_older
from armslength.pipeline.views.responses import CountryRow, country_rows
from armslength.pipeline.views.timeline import TimelineView, whole_timeline
from armslength.store.read import Reader

SHOWN = {"numbers": 8, "papers": 3}
SHOWN_ELSE = 6
"""Facts of a section shown at a glance; the rest is one link away. A section then still fits one screen."""
OPINION, OPINIONS = "opinion", 4


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerSection:
    """A section of the ledger."""

    code: str
    title: str
    lines: tuple[FactLine, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """The case at a glance."""

    name: str
    sources: int
    documents: int
    claims: int
    facts: int
    refused: int
    publishers: int
    repeated: int
    """Facts that stand in several documents and have one origin."""
    several: int
    """Facts with two or more origins established."""
    widest: FactLine | None
    """The fact with most articles and fewest origins: the case's plainest example."""
    widest_superseded_by: FactLine | None
    sections: tuple[LedgerSection, ...]
    opinions: tuple[FactLine, ...]
    """The first few."""
    opinions_total: int
    responses: tuple[CountryRow, ...]
    timeline: TimelineView
    listed: bool
    """False where the catalogue of this case was never made."""


def case_view(reader: Reader) -> CaseView:
    """The case at a glance."""
    kept = reader.catalogue
    widest = _line(reader, kept.widest())
    standing: dict[str, int] = {str(code): n for code, n in kept.facts_by("standing")}
    return CaseView(
        name=reader.case.name,
        sources=kept.total("all", "sources"),
        documents=kept.total("all", "documents"),
        claims=kept.total("all", "claims"),
        facts=kept.total("all", "facts"),
        refused=sum(row.n for row in kept.reasons()),
        publishers=kept.several("publisher"),
        repeated=standing.get("repeated", 0) + standing.get("repeated_maybe", 0),
        several=standing.get("several", 0),
        widest=widest,
        widest_superseded_by=_line(reader, kept.head(widest.id)) if widest else None,
        sections=_sections(reader),
        opinions=read_lines(reader, kept.facts(Chosen(section=OPINION), limit=OPINIONS)),
        opinions_total=kept.total("top", OPINION),
        responses=country_rows(reader),
        timeline=whole_timeline(reader),
        listed=kept.made(),
    )


def _line(reader: Reader, fact: str) -> FactLine | None:
    lines = read_lines(reader, list(reader.catalogue.lines([fact]).items())) if fact else ()
    return lines[0] if lines else None


def _sections(reader: Reader) -> tuple[LedgerSection, ...]:
    out = []
    for code, title, _ in SECTIONS:
        total = reader.catalogue.total("top", code)
        if total:
            rows = reader.catalogue.facts(Chosen(section=code), limit=SHOWN.get(code, SHOWN_ELSE), top=True)
            out.append(LedgerSection(code=code, title=title, lines=with_older(reader, read_lines(reader, rows)), total=total))
    return tuple(out)
