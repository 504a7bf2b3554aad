"""Tracing some facts of a case: their edges and origins, from the rows these need and no others.

In:  ids of facts, a way to read rows, which documents are one text.
Out: edges between claims, origins; what is to be noted of each fact.
Never: holds more documents than some hundred facts stand in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from armslength.lineage.cast import AUTHOR, Cast
from armslength.lineage.claims import claim_edges
from armslength.lineage.documents import ONE_TEXT, one_text
from armslength.lineage.figures import Figures, figure_of, list_figures
from armslength.lineage.judged import NOTHING_JUDGED, Judged
from armslength.lineage.lookups import Live
from armslength.lineage.names import fold
from armslength.lineage.noting import CALLED, COVER, FIGURE, ISSUE, ISSUED, NAME, PUBLIC, Key, asks, fact_entry, gives
from armslength.lineage.origins import count_origins
from armslength.lineage.publishers import Groups
from armslength.lineage.routes import route_of
from armslength.lineage.spellings import Spellings
from armslength.lineage.tables import Tables, tables_of
from armslength.lineage.texts import Texts
from armslength.model.claims import Claim, mention_id
from armslength.model.codec import from_json
from armslength.model.entries import Entries, Entry
from armslength.model.evidence import Document
from armslength.model.facts import Fact, LineageEdge, Origins
from armslength.model.heads import HEADS, Head
from armslength.model.things import Entity

_ID = 64
"""Signs of an id."""
BATCH = 200
"""Facts traced at a time."""


class Rows(Protocol):
    """Rows of the case."""

    def facts(self, ids: Collection[str]) -> list[Fact]:
        """Facts by id; those that are gone are left out."""

    def claims(self, ids: Collection[str]) -> list[Claim]:
        """Claims by id, as people read them."""

    def claims_in(self, docs: Collection[str]) -> list[Claim]:
        """Claims of documents, as people read them."""

    def documents(self, ids: Collection[str]) -> list[Document]:
        """Documents by id."""

    def entity_of(self, mentions: Iterable[str]) -> Mapping[str, str]:
        """Mention to entity."""

    def facts_on(self, pages: Collection[str]) -> list[Fact]:
        """Facts with a passage on some pages."""

    def one_text_edges(self, docs: Collection[str]) -> list[LineageEdge]:
        """Edges that make a document one text with another, with one end in some documents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Few:
    """Some facts with their claims, and who is who in them."""

    facts: Sequence[Fact]
    claims: Mapping[str, Claim]
    cast: Cast


@dataclass(frozen=True, slots=True, kw_only=True)
class Some(Few):
    """Some facts with all that tracing them needs."""

    texts: Texts
    tables: Tables

    def heard(self) -> frozenset[Key]:
        """What was looked up in the whole case since this was last asked."""
        found: set[Key] = set()
        for what, asked in ((NAME, self.cast.by_name), (CALLED, self.cast.called)):
            if isinstance(asked, Live):
                found |= {asks(what, word) for word in asked.asked}
                asked.asked.clear()
        return frozenset(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What tracing reads beside the facts themselves."""

    rows: Rows
    kept: Entries
    groups: Groups
    spellings: Spellings


def trace(
    facts: Sequence[Fact],
    claims: Iterable[Claim],
    cast: Cast,
    between: Sequence[LineageEdge],
    *,
    people: Judged = NOTHING_JUDGED,
) -> tuple[list[LineageEdge], list[Origins]]:
    """Edges between claims, and the origins of every fact, from the edges between documents."""
    rows = list(claims)
    some = Some(facts=facts, claims=_by_id(rows), cast=cast, texts=_texts(cast, between), tables=tables_of(rows, cast))
    found = {fact.id: done for fact, done in _traced(some, people)}
    edges = {edge.id: edge for row, _ in found.values() for edge in row}
    return [edges[key] for key in sorted(edges)], [found[fact][1] for fact in sorted(found)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """One fact, traced."""

    edges: Sequence[LineageEdge]
    origins: Origins
    entry: Entry


def trace_some(ids: Sequence[str], whole: Around, people: Judged) -> Iterator[Done]:
    """The same for some facts of a case, read as they are needed; and what is noted of them."""
    rows = whole.rows
    for start in range(0, len(ids), BATCH):
        some = gather(rows.facts(ids[start : start + BATCH]), whole)
        near = gather_few(rows.facts_on({doc for fact in some.facts if fact.kind == "denial" for doc in fact.documents}), whole)
        claims = {**some.claims, **near.claims}
        shared = {asks(NAME, name) for name in sorted(_owner_names(some.cast))}
        some.heard()
        for fact, (edges, origins) in _traced(some, people):
            denial = fact.kind == "denial"
            here = [row for row in near.facts if set(row.documents) & set(fact.documents)] if denial else []
            entry = fact_entry(fact, claims, near.cast if denial else some.cast, here, shared | some.heard())
            yield Done(
                edges=edges, origins=origins, entry=replace(entry, body="\n".join((" ".join(edge.id for edge in edges), entry.body)))
            )


def _owner_names(cast: Cast) -> set[str]:
    """Names of owners of outlets, by which these are looked up."""
    return {fold(group.name) for row in cast.entities if (group := cast.group(row.id))}


def gather(facts: Sequence[Fact], whole: Around) -> Some:
    """Some facts with their claims, documents, entities and texts."""
    few = gather_few(facts, whole)
    docs = sorted({doc for fact in facts for doc in fact.documents})
    edges = _edges_around(docs, whole.rows)
    ids = {*docs, *(end for edge in edges for end in (edge.from_id, edge.to_id))}
    texts = Texts(text_of=one_text(ids, edges), edges=_pairs(edges))
    wide = {claim for fact in facts if len(fact.documents) > 1 for claim in fact.claims}
    figures = _figures([few.claims[claim] for claim in sorted(wide)], whole)
    tables = Tables(spellings=whole.spellings, figures=figures)
    return Some(facts=few.facts, claims=few.claims, cast=few.cast, texts=texts, tables=tables)


def gather_few(facts: Sequence[Fact], whole: Around) -> Few:
    """Some facts with their claims, documents and entities: what is needed to hold them against each other."""
    rows = whole.rows
    claims = _by_id(rows.claims({claim for fact in facts for claim in fact.claims}))
    docs = sorted({doc for fact in facts for doc in fact.documents})
    cast = cast_of(rows.documents(docs), claims.values(), whole, also=[fact.counter for fact in facts])
    return Few(facts=facts, claims=claims, cast=cast)


def _figures(claims: Iterable[Claim], whole: Around) -> Figures:
    """Where the case gives the exact numbers of some claims."""
    wanted = {found[0] for claim in claims if (found := figure_of(claim))}
    docs = {row.doc for row in whole.kept.of_keys(ISSUED, {gives(FIGURE, repr(value))[0] for value in wanted})} if wanted else set()
    giving = [claim for claim in whole.rows.claims_in(docs) if (found := figure_of(claim)) and found[0] in wanted]
    return list_figures(giving, cast_of(whole.rows.documents(docs), (), whole))


def cast_of(documents: Sequence[Document], claims: Iterable[Claim], whole: Around, *, also: Iterable[str] = ()) -> Cast:
    """Who is who in some documents and claims. `also`: entities of which it may be asked whether they publish a document."""
    kept = whole.kept
    mentions = {mention_id(row.id, "author", AUTHOR) for row in documents}
    for claim in claims:
        mentions |= {link.mention for link in claim.attribution} | {party.mention for party in claim.parties}
    owned: dict[str, list[str]] = defaultdict(list)
    for mention, entity in whole.rows.entity_of(mentions).items():
        owned[entity].append(mention)
    heads = Live(lambda ids: heads_of(ids, kept), heads_of(owned, kept))
    entities = [replace(head, mentions=tuple(sorted(owned.get(row, ())))) for row, head in sorted(heads.items())]
    cast = Cast(entities=entities, documents=documents, groups=whole.groups)
    cast.__dict__.update(
        by_id=heads,
        by_name=Live(lambda names: names_of(names, kept)),
        called=Live(lambda words: called_so(words, kept)),
        owners=Live(lambda ids: {row: owner for row in ids if (owner := cast.owner(row))}),
    )
    voices = {*also, *(row.id for row in entities), *(cast.own_voice(row.id) for row in documents)}
    every = {above for voice in voices for above in cast.above(voice)}
    there = kept.buckets({gives(what, row)[0] for row in every for what in (ISSUE, COVER)}, 0)
    for name, what in (("publishing", ISSUE), ("covering", COVER)):
        cast.__dict__[name] = frozenset(row for row in every if gives(what, row)[0] in there)
    return cast


def heads_of(ids: Collection[str], kept: Entries) -> dict[str, Entity]:
    """Entities and all that answer for them. What is asked for may be no entity: a name that a page credits, an owner of outlets."""
    found: dict[str, Entity] = {}
    wanted = {row for row in ids if len(row) == _ID}
    while wanted:
        heads = [from_json(Head, row.body) for row in kept.of_ids(HEADS, wanted)]
        found |= {head.entity.id: head.entity for head in heads}
        wanted = {row for head in heads for row, *_ in head.above if row not in found}
    return found


def names_of(names: Collection[str], kept: Entries) -> dict[str, str]:
    """Name to the one public body that goes by it."""
    found = _public(NAME, names, kept)
    return {name: rows[0].id for name, rows in found.items() if len(rows) == 1}


def called_so(words: Collection[str], kept: Entries) -> dict[str, list[frozenset[str]]]:
    """Word to the words of the names of each public body in whose name it stands."""
    return {word: [frozenset(row.body.split("\n")[1].split()) for row in rows] for word, rows in _public(CALLED, words, kept).items()}


def _public(what: int, words: Collection[str], kept: Entries) -> dict[str, list[Entry]]:
    numbers = {gives(what, word)[0]: word for word in words}
    found: dict[str, list[Entry]] = defaultdict(list)
    for key, row in kept.heads(PUBLIC, numbers):
        found[numbers[key]].append(row)
    return found


def _edges_around(docs: Collection[str], rows: Rows) -> list[LineageEdge]:
    """The edges of all texts that some documents are part of."""
    found: dict[str, LineageEdge] = {}
    seen: set[str] = set()
    frontier = set(docs)
    while frontier:
        seen |= frontier
        edges = [edge for edge in rows.one_text_edges(frontier) if edge.state != "disputed"]
        found |= {edge.id: edge for edge in edges}
        frontier = {end for edge in edges for end in (edge.from_id, edge.to_id)} - seen
    return [found[edge] for edge in sorted(found)]


def around(docs: Collection[str], rows: Rows) -> set[str]:
    """Some documents and all that are one text with them."""
    edges = _edges_around(docs, rows)
    return {*docs, *(end for edge in edges for end in (edge.from_id, edge.to_id))}


def _texts(cast: Cast, between: Sequence[LineageEdge]) -> Texts:
    return Texts(
        text_of=one_text((row.id for row in cast.documents), between),
        edges=_pairs(edge for edge in between if edge.kind in ONE_TEXT and edge.state != "disputed"),
    )


def _pairs(edges: Iterable[LineageEdge]) -> dict[frozenset[str], LineageEdge]:
    return {frozenset({edge.from_id, edge.to_id}): edge for edge in edges}


def _by_id(claims: Iterable[Claim]) -> dict[str, Claim]:
    return {claim.id: claim for claim in claims}


def _traced(some: Some, people: Judged) -> Iterator[tuple[Fact, tuple[list[LineageEdge], Origins]]]:
    for fact in some.facts:
        mine = [route_of(some.claims[claim], some.cast) for claim in fact.claims]
        ids = set(fact.claims)
        added = [edge for edge in people.added if edge.from_id in ids and edge.to_id in ids]
        found = people.marked([*claim_edges(mine, some.cast, some.texts, tables=some.tables, disputed=people.disputed), *added])
        yield fact, (found, count_origins(fact, mine, found, some.cast, some.texts))
