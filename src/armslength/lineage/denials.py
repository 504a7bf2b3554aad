"""What a denial denies: what rests on the report it rejects, sites and ties at its place, what its own page lays at the denier's door.

In:  facts with their claims, who is who.
Out: (denial, denied fact, reason).
Never: counts a denial against a fact; it stands beside it wherever the fact is shown (METHOD F3).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from armslength.lineage.cast import Cast
from armslength.lineage.names import fold
from armslength.model.claims import Claim
from armslength.model.facts import Fact

Denied = tuple[str, str, str]
Place = tuple[str, str]
"""A city: country and name."""

ACTING = frozenset({"perpetrator", "operator", "actor"})
_GENERAL = re.compile(r"\b(?:report|study|allegations?|accusations?|claims?|reports|smears?|rumou?rs?)\b", re.IGNORECASE)
_LINKS = frozenset({"site", "org_link"})
_LEGAL = "RESP.denial_legal"
"""The denier grants the act and denies that it was unlawful."""
_REACH = 800
"""Code points before a denial within which the passage it answers is looked for: about two paragraphs of a news story. Set by hand."""
_SITE_WORDS = re.compile(r"\b(?:stations?|cent(?:er|re)s?|offices?|outposts?|sites?)\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class _Index:
    """Facts by what a denial may reach them by."""

    facts: Sequence[Fact]
    claims: Mapping[str, Claim]
    cast: Cast

    @cached_property
    def deniable(self) -> Sequence[Fact]:
        return [fact for fact in self.facts if is_deniable(fact)]

    @cached_property
    def by_voice(self) -> Mapping[str, set[str]]:
        """Entity of a report, or what answers for it, to facts with a claim that rests on it."""
        found: dict[str, set[str]] = defaultdict(set)
        for fact in self.deniable:
            for voice in rests_on(fact, self.claims, self.cast):
                found[voice].add(fact.id)
        return found

    @cached_property
    def by_doc(self) -> Mapping[str, Sequence[tuple[Claim, Fact]]]:
        """Document to its deniable claims with their facts."""
        found: dict[str, list[tuple[Claim, Fact]]] = defaultdict(list)
        for fact in self.deniable:
            for claim in fact.claims:
                found[self.claims[claim].doc].append((self.claims[claim], fact))
        return found

    @cached_property
    def by_place(self) -> Mapping[tuple[str, str], set[str]]:
        """City to the facts about a site or tie there."""
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for fact in self.deniable:
            for city in stands_at(fact, self.claims):
                found[city].add(fact.id)
        return found


def is_deniable(fact: Fact) -> bool:
    """Whether a fact is of a kind that can be denied."""
    return fact.kind not in {"denial", "no_comment", "publication_event", "provenance"}


def rests_on(fact: Fact, claims: Mapping[str, Claim], cast: Cast) -> frozenset[str]:
    """Reports and organisations, and what answers for them, that passages of a fact rest on."""
    links = (link.mention for claim in fact.claims for link in claims[claim].attribution)
    entities = (cast.by_mention[mention] for mention in links if mention in cast.by_mention)
    return frozenset(above for row in entities if row.kind in {"report", "organisation"} for above in cast.above(row.id))


def stands_at(fact: Fact, claims: Mapping[str, Claim]) -> frozenset[tuple[str, str]]:
    """Cities of the sites and ties that a fact tells of."""
    return frozenset(city for claim in fact.claims if claims[claim].family in _LINKS for city in _cities(claims[claim]))


def looked_up(denial: Fact, facts: Sequence[Fact], claims: Mapping[str, Claim], cast: Cast) -> tuple[frozenset[str], frozenset[Place]]:
    """By which reports and cities a denial reaches facts. `facts`: those of its pages."""
    index = _Index(facts=facts, claims=claims, cast=cast)
    mine = [claims[claim] for claim in denial.claims]
    return (
        frozenset(report for claim in mine for report in _reports(claim, index)),
        frozenset(city for claim in mine for city in _cities(claim)),
    )


def denied_facts(facts: Sequence[Fact], claims: Mapping[str, Claim], cast: Cast) -> Iterator[Denied]:
    """Each denial with each fact it denies, once."""
    index = _Index(facts=facts, claims=claims, cast=cast)
    for fact in sorted(facts, key=lambda row: row.id):
        if fact.kind != "denial":
            continue
        found: dict[str, str] = {}
        for claim in sorted((claims[claim] for claim in fact.claims), key=lambda row: row.id):
            for other, reason in _denied_by(claim, index):
                found.setdefault(other, reason)
        for other, reason in sorted(found.items()):
            yield fact.id, other, reason


def _denied_by(claim: Claim, index: _Index) -> Iterator[tuple[str, str]]:
    denier = index.cast.by_mention.get(claim.originator.mention)
    who = denier.label if denier and denier.kind not in {"author", "unnamed"} else "Somebody"
    reports = _reports(claim, index)
    for report in reports:
        for fact in sorted(index.by_voice.get(report, ())):
            yield fact, f"{who} rejects {index.cast.label(report)}, on which this rests."
    states = _states(claim, index.cast)
    for city in () if states else _cities(claim):
        for fact in sorted(index.by_place.get(city, ())):
            yield fact, f"{who} denies it of the place in {city[1].title()} that this speaks of."
    if not reports:
        yield from _answered(claim, who, states, index)


def _reports(claim: Claim, index: _Index) -> tuple[str, ...]:
    """Reports that a denial names: as a party, or by name in its words."""
    named = [index.cast.by_mention[party.mention] for party in claim.parties if party.mention in index.cast.by_mention]
    found = {entity.id for entity in named if entity.kind == "report"}
    if not found and _GENERAL.search(claim.quote):
        said = f" {fold(claim.quote)} "
        here = {link.mention for row, _ in index.by_doc.get(claim.doc, ()) for link in row.attribution if link.kind == "report"}
        reports = {index.cast.by_mention[mention] for mention in here if mention in index.cast.by_mention}
        for entity in reports:
            names = {fold(name) for name in (*entity.aliases, *(index.cast.label(above) for above in index.cast.above(entity.id)))}
            if any(name and f" {name} " in said for name in names):
                found.add(entity.id)
        bare = {entity.id for entity in reports}
        if not found and len(bare) == 1 and re.search(r"\bthe (?:report|study)\b", claim.quote, re.IGNORECASE):
            found = bare
    return tuple(sorted(found))


def _cities(claim: Claim) -> tuple[tuple[str, str], ...]:
    return tuple(sorted({(place.country, place.name.casefold()) for place in claim.places if place.precision == "city"}))


def _answered(claim: Claim, who: str, states: set[str], index: _Index) -> Iterator[tuple[str, str]]:
    """What a denial without a report answers on its own page: the site told of just before, and what is laid at the denier's door."""
    here = index.by_doc.get(claim.doc, ())
    if _LEGAL in claim.codes:
        for _, fact in here:
            if fact.kind == "legal_characterisation":
                yield fact.id, f"{who} says that it is lawful, on the page that calls it unlawful."
        return
    before = [(row, fact) for row, fact in here if row.family in _LINKS and 0 <= claim.start - row.end <= _REACH]
    if before and not states:
        _, fact = max(before, key=lambda found: (found[0].end, found[0].id))
        yield fact.id, f"{who} denies it in answer to the passage just before."
    for row, fact in here:
        acting = {
            index.cast.root(e.id) for party in row.parties if party.role in ACTING and (e := index.cast.by_mention.get(party.mention))
        }
        about_sites = row.family == "site" or row.kind == "quantity.site_count"
        if states & acting:
            yield fact.id, f"{who} denies the matter on the page that lays it at the door of its state."
        elif states and about_sites and _SITE_WORDS.search(claim.quote):
            yield fact.id, f"{who} denies that there are such sites, on the page that tells of them."


def _states(claim: Claim, cast: Cast) -> set[str]:
    """Governments that the denier speaks for."""
    deniers = [party.mention for party in claim.parties if party.role == "denier"] or [claim.originator.mention]
    roots = {cast.root(cast.by_mention[mention].id) for mention in deniers if mention in cast.by_mention}
    return {root for root in roots if root in cast.by_id and cast.by_id[root].kind == "government"}
