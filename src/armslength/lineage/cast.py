"""Who is who for lineage: the entity of a mention, who answers for it, who publishes a document, and what it is called.

In:  entities and documents.
Out: lookups.
Never: decides that two names are one entity; that was resolved before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from armslength.lineage.credits import Credit, credit_of, full_name
from armslength.lineage.names import fold
from armslength.lineage.publishers import NO_GROUPS, Group, Groups
from armslength.model.claims import mention_id
from armslength.model.evidence import Document, Span
from armslength.model.things import Entity

AUTHOR = "the article"
_PUBLIC = frozenset({"media", "organisation", "government", "court", "publisher"})
OUTLETS = frozenset({"media", "publisher", "organisation"})
_GROUP = "group:"
"""Begins the id of an owner that is no entity of the case."""


def public_names(row: Entity) -> frozenset[str]:
    """The names that a public body is looked up by."""
    return frozenset(map(fold, (row.label, *row.aliases))) if row.kind in _PUBLIC else frozenset()


def name_words(row: Entity) -> frozenset[str]:
    """The words of all names of a public body."""
    return frozenset(fold(" ".join((row.label, *row.aliases))).split()) if row.kind in _PUBLIC else frozenset()


@dataclass(frozen=True, kw_only=True)
class Cast:
    """Entities and documents of a case."""

    entities: Sequence[Entity]
    documents: Sequence[Document]
    groups: Groups = NO_GROUPS
    """Which outlets belong to one owner."""

    @cached_property
    def by_id(self) -> Mapping[str, Entity]:
        return {row.id: row for row in self.entities}

    @cached_property
    def by_mention(self) -> Mapping[str, Entity]:
        return {mention: row for row in self.entities for mention in row.mentions}

    @cached_property
    def by_name(self) -> Mapping[str, str]:
        """Folded name of a public body to its entity; a name of two bodies stands for neither."""
        found: dict[str, set[str]] = {}
        for row in self.entities:
            for name in public_names(row):
                found.setdefault(name, set()).add(row.id)
        return {name: min(ids) for name, ids in found.items() if len(ids) == 1}

    @cached_property
    def called(self) -> Mapping[str, Sequence[frozenset[str]]]:
        """Word to the words of the names of each public body in whose name it stands."""
        found: dict[str, list[frozenset[str]]] = {}
        for row in self.entities:
            words = name_words(row)
            for word in words:
                found.setdefault(word, []).append(words)
        return found

    @cached_property
    def texts(self) -> Mapping[str, Document]:
        return {row.id: row for row in self.documents}

    @cached_property
    def credits(self) -> Mapping[str, Credit]:
        """Document to whom it credits for its text."""
        return {row.id: credit for row in self.documents if (credit := credit_of(row))}

    def showing(self, documents: Sequence[Document]) -> Cast:
        """The same entities, looked up once, with other documents."""
        found = Cast(entities=self.entities, documents=documents, groups=self.groups)
        found.__dict__.update(by_id=self.by_id, by_mention=self.by_mention, by_name=self.by_name, owners=self.owners)
        return found

    def above(self, entity: str) -> Iterator[str]:
        """The entity and all that answer for it, up to the last."""
        seen: set[str] = set()
        while entity and entity not in seen:
            seen.add(entity)
            yield entity
            entity = (self.by_id[entity].part_of or self.owners.get(entity, "")) if entity in self.by_id else ""

    def group(self, entity: str) -> Group | None:
        """The group that an outlet belongs to by the table of publishers."""
        row = self.by_id.get(entity)
        return self.groups.of((row.label, *row.aliases)) if row is not None and row.kind in OUTLETS else None

    @cached_property
    def owners(self) -> Mapping[str, str]:
        """Outlet to its owner by the table of publishers: an entity of the case, or an id made of the owner's name."""
        return {row.id: owner for row in self.entities if (owner := self.owner(row.id))}

    def owner(self, outlet: str) -> str:
        """The owner of one outlet, or empty."""
        group = self.group(outlet)
        return self.by_name.get(fold(group.name), f"{_GROUP}{group.name}") if group else ""

    def is_owner(self, entity: str, below: str) -> bool:
        """Whether it stands above an outlet as its owner, who answers for it as a publisher and is not its source; a state is."""
        if entity.startswith(_GROUP):
            return True
        return entity != below and below in self.by_id and self.by_id[below].kind == "media" and not self.by_id[entity].country

    def root(self, entity: str) -> str:
        """The entity that answers for this one in the end."""
        *_, last = self.above(entity) if entity else [""]
        return last

    def publisher(self, doc: str) -> str:
        """The entity that publishes a document, or empty."""
        voice = self.by_mention.get(mention_id(doc, "author", AUTHOR))
        return voice.part_of if voice else ""

    @cached_property
    def publishing(self) -> frozenset[str]:
        """Entities that publish a document of the case themselves."""
        return frozenset(self.publisher(row.id) for row in self.documents if row.id not in self.credits) - {""}

    @cached_property
    def covering(self) -> frozenset[str]:
        """Entities that publish a document of the case, and all that answer for these."""
        return frozenset(above for row in self.documents for above in self.above(self.publisher(row.id)))

    def own_voice(self, doc: str) -> str:
        """Whose the page's own words are: whom it credits, else its publisher. An entity, `name:...` where a credit is none, or empty."""
        credit = self.credits.get(doc)
        if credit:
            full = fold(full_name(credit.name))
            return self.by_name.get(fold(credit.name)) or self.by_name.get(full, f"name:{full}")
        return self.publisher(doc)

    def state(self, entity: str) -> str:
        """What state an authority acts for: a country, else the government that answers for it, else empty."""
        country = next((self.by_id[found].country for found in self.above(entity) if found in self.by_id and self.by_id[found].country), "")
        top = self.root(entity)
        return country or (top if top != entity else "")

    def label(self, entity: str) -> str:
        """What it is called; a pseudonym for a protected person."""
        for mark in ("name:", _GROUP):
            if entity.startswith(mark):
                return entity.removeprefix(mark)
        return self.by_id[entity].label if entity in self.by_id else ""

    def span(self, doc: str, start: int, end: int) -> Span:
        """A span with its words."""
        return Span(doc=doc, start=start, end=end, quote=self.texts[doc].text[start:end])
