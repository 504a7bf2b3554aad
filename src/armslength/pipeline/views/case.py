"""The case at a glance: what is in it, and its key facts with apparent sources beside independent origins.

In:  a reading of a case.
Out: `CaseView`.
Never: puts an opinion among the facts, or a superseded number on the same level as the one that supersedes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from armslength.model.claims import Claim
from armslength.model.evidence import Document, Source
from armslength.model.facts import Fact, Relation
from armslength.model.outcome import Rejected
from armslength.pipeline.views.lines import SECTIONS, FactLine, fact_lines, folded
from armslength.pipeline.views.responses import CountryRow, country_rows
from armslength.pipeline.views.timeline import TimelineView, whole_timeline
from armslength.store.read import Reader

SHOWN = {"numbers": 8, "papers": 3}
SHOWN_ELSE = 6
"""Facts of a section shown at a glance; the rest is one link away. A section then still fits one screen."""


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
    responses: tuple[CountryRow, ...]
    timeline: TimelineView


def case_view(reader: Reader) -> CaseView:
    """The case at a glance."""
    facts = reader.all(Fact)
    lines = ranked(fact_lines(reader, facts))
    tops = folded([line for line in lines if not line.opinion], [(row.fact, row.other) for row in reader.all(Relation, type="supersedes")])
    documents = reader.all(Document)
    counted = [line for line in lines if line.counted]
    widest = _widest(counted)
    return CaseView(
        name=reader.case.name,
        sources=reader.count(Source),
        documents=len(documents),
        claims=reader.count(Claim),
        facts=len(facts),
        refused=reader.count(Rejected),
        publishers=len({row.publisher for row in documents if row.publisher}),
        repeated=sum(line.documents > 1 and line.max == 1 and not line.unnamed for line in counted),
        several=sum(line.min > 1 for line in counted),
        widest=widest,
        widest_superseded_by=next((line for line in tops if widest and widest.id in {old.id for old in line.older}), None),
        sections=_sections(tops),
        opinions=tuple(line for line in lines if line.opinion),
        responses=country_rows(reader),
        timeline=whole_timeline(reader),
    )


def all_facts(reader: Reader) -> tuple[FactLine, ...]:
    """Every fact of the case, the most repeated first."""
    return tuple(ranked(fact_lines(reader, reader.all(Fact))))


def ranked(lines: Iterable[FactLine]) -> list[FactLine]:
    """The most repeated first: those are the ones where the number of articles misleads most. Opinion last."""
    return sorted(lines, key=lambda line: (line.opinion, -line.documents, -line.apparent, -line.passages, line.label, line.id))


def _sections(lines: Sequence[FactLine]) -> tuple[LedgerSection, ...]:
    out = []
    for code, title, _ in SECTIONS:
        mine = tuple(line for line in lines if line.section == code)
        if mine:
            out.append(LedgerSection(code=code, title=title, lines=mine[: SHOWN.get(code, SHOWN_ELSE)], total=len(mine)))
    return tuple(out)


def _widest(lines: Iterable[FactLine]) -> FactLine | None:
    repeated = [line for line in lines if line.documents > 1 and line.min >= 1 and not line.unnamed]
    found = sorted(repeated, key=lambda line: (line.max - line.documents, line.id))
    return found[0] if found and found[0].max < found[0].documents else None
