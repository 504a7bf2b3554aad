"""The rows that belong to chosen facts, and nothing else.

In:  the content of a case and the facts to show.
Out: the content cut down to them: their claims, documents, edges, origins, and of sites, incidents and responses what those claims support.
Never: leaves out an edge or a text that ties two shown claims together: a release must not show more independent origins than there are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from armslength.model.facts import LineageEdge
from armslength.model.things import Incident, Response, Site
from armslength.publish.content import Content
from armslength.publish.gate.persons import voices_of

Thing = TypeVar("Thing", Site, Incident, Response)
_DENIES = "denies"
_SHOWN = frozenset({"accept", "reject", "dispute", "add", "merge", "split", "withdraw", "edit"})
"""Decisions that a count may hang on. Entries of the ledgers are about persons and stay in the case."""


def with_denials(content: Content, facts: Collection[str], without: Collection[str]) -> frozenset[str]:
    """The facts and whatever denies them: denials surface wherever the denied claim does (METHOD F3)."""
    denying = {row.fact for row in content.relations if row.type == _DENIES and row.other in facts and row.fact not in without}
    return frozenset(facts) | denying


def select(content: Content, facts: Collection[str]) -> Content:
    """Cut a case's content down to some facts."""
    chosen = [row for row in content.facts if row.id in facts]
    claims = {claim for row in chosen for claim in row.claims}
    documents = _bridged({row.doc for row in content.claims if row.id in claims}, content.edges)
    ends = {"claim": claims, "document": documents}
    edges = [row for row in content.edges if {row.from_id, row.to_id} <= ends[row.level]]
    mentions = {voice.mention for row in content.claims if row.id in claims for voice in voices_of(row)}
    entities = {content.entity_of[mention] for mention in mentions if mention in content.entity_of} | {row.counter for row in chosen}
    responses = [_cut(row, claims) for row in content.responses if claims & set(row.claims)]
    entities |= {row.authority for row in responses}
    entities |= {row.part_of for row in content.entities if row.id in entities}
    shown = {*facts, *claims, *(row.id for row in edges)}
    return replace(
        content,
        documents=[row for row in content.documents if row.id in documents],
        claims=[row for row in content.claims if row.id in claims],
        facts=chosen,
        origins={one: row for one, row in content.origins.items() if one in facts},
        relations=[row for row in content.relations if {row.fact, row.other} <= set(facts)],
        edges=edges,
        entities=[replace(row, claims=_only(row.claims, claims)) for row in content.entities if row.id in entities],
        sites=[_cut(row, claims) for row in content.sites if claims & set(row.claims)],
        incidents=[_cut_incident(row, claims) for row in content.incidents if claims & set(row.claims)],
        responses=responses,
        counts=(),
        rejected=(),
        judgements=[row for row in content.judgements if row.target in shown and row.decision in _SHOWN],
        entity_of={mention: one for mention, one in content.entity_of.items() if mention in mentions},
        summaries={one: text for one, text in content.summaries.items() if one in facts},
    )


def _bridged(documents: set[str], edges: Iterable[LineageEdge]) -> set[str]:
    """The documents, and those that tie two of them together."""
    near: dict[str, set[str]] = {}
    for edge in edges:
        if edge.level == "document":
            near.setdefault(edge.from_id, set()).add(edge.to_id)
            near.setdefault(edge.to_id, set()).add(edge.from_id)
    found, seen = set(documents), set()
    for start in sorted(documents & near.keys()):
        if start in seen:
            continue
        part, stack = {start}, [start]
        while stack:
            further = near[stack.pop()] - part
            part |= further
            stack += further
        seen |= part
        if len(part & documents) > 1:
            found |= part
    return found


def _only(ids: Sequence[str], shown: Collection[str]) -> tuple[str, ...]:
    return tuple(one for one in ids if one in shown)


def _cut(row: Thing, claims: Collection[str]) -> Thing:
    return replace(row, claims=_only(row.claims, claims), fields=tuple(field for field in row.fields if field.claim in claims))


def _cut_incident(row: Incident, claims: Collection[str]) -> Incident:
    """An incident with only what shown claims say of it."""
    cut = _cut(row, claims)
    if len(cut.claims) == len(row.claims):
        return cut
    said = {(field.field, field.value) for field in cut.fields}
    return replace(
        cut,
        country=cut.country if ("country", cut.country) in said else "",
        place=cut.place if ("place", cut.place) in said else "",
        period=cut.period if ("period", cut.period) in said else "",
        methods=tuple(code for code in cut.methods if ("method", code) in said),
        outcomes=tuple(code for code in cut.outcomes if ("outcome", code) in said),
    )
