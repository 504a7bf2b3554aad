"""What could be one and was not made one: facts and incidents for people to look at, each with the reason that held them apart.

In:  readings, the facts they make.
Out: pairs of ids with a sentence.
Never: joins anything. What certainly differs (another number, another country, a claim and its denial) is no doubt and is not listed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from armslength.model.facts import Fact
from armslength.model.ontology import Ontology
from armslength.model.things import Incident, Site
from armslength.resolve.clusters import near_misses
from armslength.resolve.incidents import Case, find_cases, why_apart
from armslength.resolve.names import fold
from armslength.resolve.quantities import is_count, number_rules
from armslength.resolve.readings import Reading, Voices
from armslength.resolve.sayings import saying_rules

OPEN = frozenset(
    {
        "they speak of different times",
        "counted at different times",
        "different authorities",
        "different publications",
        "different kinds of site",
        "one counts a part of the other",
    }
)
"""Reasons that a slip of reading can make: a date, an authority's name, a place that one passage leaves out."""
EQUALLY_NEAR = "it is as near to another, and nothing tells which it belongs to"


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Two facts or incidents that could be one."""

    one: str
    two: str
    why_not: str
    """Why the program did not make them one."""


def fact_doubts(readings: Sequence[Reading], facts: Iterable[Fact], voices: Voices) -> list[Doubt]:
    """Pairs of facts with passages that say the same but for one thing, sorted by ids."""
    fact_of = {claim: fact.id for fact in facts for claim in fact.claims}
    rows = [row for row in readings if row.id in fact_of]
    counts, sayings = [row for row in rows if is_count(row)], [row for row in rows if not is_count(row)]
    found: dict[tuple[str, str], str] = {}
    for part, rules in ((counts, number_rules()), (sayings, saying_rules(sayings, voices))):
        for one, two, reason in near_misses(part, rules):
            pair = sorted((fact_of[one.id], fact_of[two.id]))
            if pair[0] != pair[1] and (not reason or reason in OPEN):
                found.setdefault((pair[0], pair[1]), reason or EQUALLY_NEAR)
    return [Doubt(one=one, two=two, why_not=why) for (one, two), why in sorted(found.items())]


def incident_doubts(readings: Iterable[Reading], incidents: Iterable[Incident], voices: Voices, ontology: Ontology) -> list[Doubt]:
    """Pairs of incidents at one town that share a method or a time, sorted by ids, with the first thing that holds them apart."""
    incident_of = {claim: row.id for row in incidents for claim in row.claims}
    towns: dict[tuple[str, str], list[Case]] = defaultdict(list)
    for case in find_cases(readings, voices, ontology):
        if case.place is not None and case.place.precision == "city" and case.case.id in incident_of:
            towns[case.place.country, fold(case.place.name)].append(case)
    found: dict[tuple[str, str], str] = {}
    for cases in towns.values():
        for one, two in combinations(cases, 2):
            pair = sorted((incident_of[one.case.id], incident_of[two.case.id]))
            if pair[0] != pair[1] and one.methods & two.methods and (why := why_apart(one, two)):
                found.setdefault((pair[0], pair[1]), why)
    return [Doubt(one=one, two=two, why_not=why) for (one, two), why in sorted(found.items())]


def site_doubts(sites: Iterable[Site]) -> list[Doubt]:
    """Pairs of sites at one town, sorted by ids: two types of site keep them apart, or people do."""
    towns: dict[tuple[str, object], list[str]] = defaultdict(list)
    kinds: dict[str, str] = {}
    for site in sites:
        towns[site.country, site.geonames or fold(site.place)].append(site.id)
        kinds[site.id] = site.type
    pairs = sorted(pair for found in towns.values() for pair in combinations(sorted(found), 2))
    told = {True: "people keep the two apart", False: "different kinds of site"}
    return [Doubt(one=one, two=two, why_not=told[kinds[one] == kinds[two]]) for one, two in pairs]
