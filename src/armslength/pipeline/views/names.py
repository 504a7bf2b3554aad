"""What a voice is called wherever it is named outside the words of a document.

In:  links and parties of claims.
Out: the label of the entity that the resolve stage found for them.
Never: a person's name. A person is shown by pseudonym, and by no words at all where there is none yet (METHOD P1).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from armslength.model.claims import Claim, Link
from armslength.model.things import Entity
from armslength.pipeline.views import words
from armslength.store.read import Reader

NAMELESS = "a person (no pseudonym yet)"


PAGE = "author"
"""What kind of voice the page's own is."""


def names_for(reader: Reader, claims: Collection[Claim], *, pages: bool = True) -> Names:
    """Look up the entities behind every voice and party of these claims. `pages`: also behind the pages' own voices, one each document."""
    mentions = {link.mention for claim in claims for link in claim.attribution if pages or link.kind != PAGE}
    mentions |= {party.mention for claim in claims for party in claim.parties}
    found = reader.entity_of(sorted(mentions))
    entities = {entity.id: entity for entity in reader.heads_of(found.values())} if found else {}
    return Names(entities={mention: entities[entity] for mention, entity in found.items() if entity in entities})


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Entities by mention, without the lists of where they are named."""

    entities: Mapping[str, Entity]

    def hidden(self, reader: Reader) -> Names:
        """The same as a reading shows them, made from entities as they are stored."""
        shown = {row.id: row for row in reader.hidden_all(list({row.id: row for row in self.entities.values()}.values()))}
        return Names(entities={mention: shown[row.id] for mention, row in self.entities.items()})

    def of(self, mention: str, kind: str, name: str) -> str:
        """The display name: the entity's label; the text's own words only where nobody is protected by it."""
        entity = self.entities.get(mention)
        if entity is not None:
            return entity.label
        return NAMELESS if kind == "person" else name

    def interested(self, mention: str) -> bool:
        entity = self.entities.get(mention)
        return entity is not None and entity.interested

    def protected(self, mention: str, kind: str) -> bool:
        entity = self.entities.get(mention)
        return entity.protected if entity is not None else kind == "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One voice of a chain, as it is shown."""

    name: str
    kind: str
    """In words."""
    said: str
    """The document's words for this voice in this passage; empty for the page's own voice and for a protected person."""
    latent: bool
    """The passage itself does not name it; it was named elsewhere in the document."""
    interested: bool
    page: bool
    """The page's own voice."""
    by: str = ""
    start: int | None = None
    """Where the document names it for this passage; None for the page's own voice."""
    end: int | None = None


def voices(chain: Iterable[Link], *, text: str, names: Names, publisher: str | None) -> tuple[Voice, ...]:
    """Turn an attribution chain into what is shown, outermost first."""
    return tuple(_voice(link, text=text, names=names, publisher=publisher) for link in chain)


def _voice(link: Link, *, text: str, names: Names, publisher: str | None) -> Voice:
    page = link.kind == PAGE
    name = names.of(link.mention, link.kind, link.name)
    hidden = names.protected(link.mention, link.kind) or link.start is None or link.end is None
    return Voice(
        name=(publisher or name) if page else name,
        kind=words.voice(link.kind),
        said="" if hidden else text[link.start : link.end],
        latent=link.latent,
        interested=names.interested(link.mention),
        page=page,
        by=link.by if link.by and link.by != name else "",
        start=link.start,
        end=link.end,
    )
