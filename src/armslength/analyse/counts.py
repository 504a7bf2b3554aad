"""Counts over a case: overview, timeline, responses by country, methods. Each number with its unit, its scope profile and what it counts.

In:  rows of the earlier stages.
Out: `Count` rows.
Never: gives a number without unit and profile (METHOD C11); counts persons; adds facts up into incidents.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from armslength.base.ids import digest
from armslength.model.claims import Claim
from armslength.model.evidence import Document
from armslength.model.facts import Count, Fact, Origins
from armslength.model.ontology import Ontology
from armslength.model.ontology.scope import methods_of, passes
from armslength.model.things import Incident, Response, Site

EVERYTHING = "PROFILE.everything"
_MONTH = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2]))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """All rows that are counted."""

    documents: Sequence[Document]
    claims: Sequence[Claim]
    facts: Sequence[Fact]
    origins: Sequence[Origins]
    sites: Sequence[Site]
    incidents: Sequence[Incident]
    responses: Sequence[Response]


def make_counts(case: Case, ontology: Ontology) -> list[Count]:
    """All counts, sorted by id."""
    found = [*_overview(case), *_timeline(case), *_responses(case), *_methods(case), *_profiles(case, ontology)]
    return sorted(found, key=lambda row: row.id)


def _overview(case: Case) -> Iterable[Count]:
    publishers: dict[str, set[str]] = defaultdict(set)
    for document in case.documents:
        for seen in document.appearances:
            if seen.publisher:
                publishers[seen.publisher.casefold()].add(document.id)
    facts = [fact for fact in case.facts if not fact.opinion]
    yield _count("overview", "documents", "documents", (row.id for row in case.documents))
    yield _count("overview", "publishers", "publishers", (doc for docs in publishers.values() for doc in docs), value=len(publishers))
    yield _count("overview", "claims", "claims", (row.id for row in case.claims))
    yield _count("overview", "facts", "facts", (row.id for row in facts))
    yield _count("overview", "opinions", "facts", (row.id for row in case.facts if row.opinion))
    yield _count("overview", "sites", "sites", (row.id for row in case.sites))
    yield _count("overview", "incidents", "incidents", (row.id for row in case.incidents))
    yield _count("overview", "responses", "responses", (row.id for row in case.responses))
    counted = {fact.id for fact in facts}
    by_min: dict[int, list[str]] = defaultdict(list)
    for row in case.origins:
        if row.id in counted:
            by_min[row.min].append(row.id)
    for number, ids in by_min.items():
        yield _count("overview", f"facts with {number} independent origin{'' if number == 1 else 's'}", "facts", ids)


def _timeline(case: Case) -> Iterable[Count]:
    """Months in which documents were published and in which what claims tell of happened; a year where no month is known."""
    published: dict[str, list[str]] = defaultdict(list)
    told: dict[str, list[str]] = defaultdict(list)
    for document in case.documents:
        if month := _month(document.published):
            published[month].append(document.id)
    for claim in case.claims:
        if claim.event_date and (month := _month(claim.event_date.edtf)):
            told[month].append(claim.id)
    yield from (_count("timeline", month, "documents published", ids) for month, ids in published.items())
    yield from (_count("timeline", month, "claims about the month", ids) for month, ids in told.items())


def _month(edtf: str | None) -> str:
    found = _MONTH.match(edtf or "")
    return "-".join(part for part in found.groups() if part) if found else ""


def _responses(case: Case) -> Iterable[Count]:
    by_country: dict[str, list[str]] = defaultdict(list)
    for row in case.responses:
        by_country[row.country].append(row.id)
    return [_count("responses_by_country", country, "responses", ids) for country, ids in by_country.items()]


def _methods(case: Case) -> Iterable[Count]:
    """Facts that tell of each method. A fact may tell of several, so these do not add up."""
    methods: Mapping[str, tuple[str, ...]] = {claim.id: claim.methods for claim in case.claims}
    by_code: dict[str, set[str]] = defaultdict(set)
    for fact in case.facts:
        for code in {code for claim in fact.claims for code in methods.get(claim, ())} if not fact.opinion else ():
            by_code[code].add(fact.id)
    return [_count("methods", code, "facts", ids) for code, ids in by_code.items()]


def _profiles(case: Case, ontology: Ontology) -> Iterable[Count]:
    """Incidents and claims under each scope profile: the same case, counted as each codebook would."""
    by_id = {claim.id: claim for claim in case.claims}
    for code in ontology.codes("profiles"):
        profile = ontology.profile(code)
        allowed = methods_of(ontology, profile)
        inside = {claim.id for claim in case.claims if passes(ontology, profile, allowed, claim)}
        yield _count("coverage", "claims", "claims", inside, profile=code)
        incidents = [row.id for row in case.incidents if any(claim in inside for claim in row.claims if claim in by_id)]
        yield _count("coverage", "incidents", "incidents", incidents, profile=code)


def _count(table: str, row: str, unit: str, ids: Iterable[str], *, value: int | None = None, profile: str = EVERYTHING) -> Count:
    supports = tuple(sorted(set(ids)))
    return Count(
        id=digest("count", table, row, unit, profile),
        table=table,
        row=row,
        unit=unit,
        value=len(supports) if value is None else value,
        profile=profile,
        supports=supports,
    )
