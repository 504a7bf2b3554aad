"""Entities, facts, incidents and sites that may be one and were not made one: for people to look at (METHOD N5).

In:  a reader.
Out: pairs with what they are called and why they are shown; persons by pseudonym.
Never: merges; shows a protected person's name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from armslength.model.claims import Claim
from armslength.model.facts import Fact
from armslength.model.ontology import load as load_ontology
from armslength.model.things import Entity, Incident, Site
from armslength.resolve.doubts import fact_doubts, incident_doubts, site_doubts
from armslength.resolve.likeness import lookalikes
from armslength.resolve.names import person_words
from armslength.resolve.readings import Voices, read
from armslength.store.read import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookalike:
    """Two entities whose names are alike, or two facts, incidents or sites that could be one."""

    one: str
    two: str
    labels: tuple[str, str]
    kind: str
    score: float | None
    """How alike two names are, 0 to 1; None where it is not names that are compared."""
    why: str


def lookalike_lines(reader: Reader) -> list[Lookalike]:
    """Pairs of entities whose names are alike, the most alike first; then of facts, incidents and sites that could be one."""
    exact = reader.exact()
    entities = {row.id: row for row in exact.all(Entity)}
    found = sorted(_entities(exact, entities), key=lambda row: (-(row.score or 0), row.one, row.two))
    return [reader.hidden(row) for row in (*found, *_things(exact, list(entities.values())))]


def _entities(reader: Reader, entities: dict[str, Entity]) -> Iterator[Lookalike]:
    """An entity and what answers for it are no pair. Of many persons with one name, each is paired with the first."""
    by_kind: dict[str, list[tuple[str, str]]] = defaultdict(list)
    first: dict[str, str] = {}
    for entity, name in sorted(_names(reader, entities)):
        person = entities[entity].kind == "person"
        head = first.setdefault(" ".join(person_words(name)), entity) if person else entity
        if head == entity:
            by_kind["person" if person else "body"].append((entity, name))
        else:
            yield _pair(entities[head], entities[entity], 1.0)
    for kind, names in sorted(by_kind.items()):
        for one, two, score in lookalikes(names, person=kind == "person"):
            a, b = entities[one], entities[two]
            if a.kind == b.kind and not {one, two} & {a.part_of, b.part_of}:
                yield _pair(a, b, score)


def _pair(one: Entity, two: Entity, score: float) -> Lookalike:
    return Lookalike(one=one.id, two=two.id, labels=(one.label, two.label), kind=one.kind, score=round(score, 2), why=_why(score))


def _things(reader: Reader, entities: list[Entity]) -> list[Lookalike]:
    ontology, voices = load_ontology(), Voices(entities=entities)
    facts, incidents, sites = reader.all(Fact), reader.all(Incident), reader.all(Site)
    readings = read(reader.all(Claim), voices, ontology)
    doubts = [
        *(("fact", row) for row in fact_doubts(readings, facts, voices)),
        *(("incident", row) for row in incident_doubts(readings, incidents, voices, ontology)),
        *(("site", row) for row in site_doubts(sites)),
    ]
    labels = {row.id: row.label for rows in (facts, incidents, sites) for row in rows}
    return [
        Lookalike(
            one=row.one, two=row.two, labels=(labels[row.one], labels[row.two]), kind=kind, score=None, why=f"Not made one: {row.why_not}."
        )
        for kind, row in doubts
    ]


def _names(reader: Reader, entities: dict[str, Entity]) -> Iterator[tuple[str, str]]:
    """(entity, name) as the documents have it."""
    mention = {row: entity.id for entity in entities.values() for row in entity.mentions}
    seen = {
        (mention[link.mention], link.name)
        for claim in reader.all(Claim)
        for link in claim.attribution
        if link.mention in mention and link.kind not in {"author", "unnamed"}
    }
    yield from seen | {(entity.id, alias) for entity in entities.values() for alias in entity.aliases}


def _why(score: float) -> str:
    if score == 1.0:
        return "The same words, in another order, spelling or script."
    return "Spellings of one name, or one name shorter than the other."
