"""What an export is made from: the rows of one case as they stand at one moment, and who is behind each mention.

In:  rows, already read.
Out: the same rows joined the way every format needs them.
Never: reads the store, and never hands on a protected person's name outside the words of a document (METHOD P1).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from armslength.model.claims import Claim, Link, Party
from armslength.model.decisions import Judgement
from armslength.model.evidence import Document
from armslength.model.facts import Count, Fact, LineageEdge, Origins, Relation
from armslength.model.fairness import Fair, fairness
from armslength.model.ledger import Ledger
from armslength.model.masking import RowMask
from armslength.model.outcome import Rejected
from armslength.model.things import Entity, Incident, Response, Site
from armslength.model.verdicts import NO_VERDICTS, Verdicts

UNKNOWN_PERSON = "a person"
"""Stands for a person whom no entity stands for; the name is in the document, nowhere else."""

Point = tuple[float, float]
"""Longitude and latitude in degrees, WGS 84."""
Locate = Callable[[str, str, int | None], Point | None]
"""Coordinates of a city, by name, country code and GeoNames number; of the country where the name is empty."""


def nowhere(_name: str, _country: str, _geonames: int | None) -> Point | None:
    """A `Locate` without any coordinates."""
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Everything an export may hold, sorted by id; claims as the reader gives them."""

    documents: Sequence[Document] = ()
    claims: Sequence[Claim] = ()
    facts: Sequence[Fact] = ()
    origins: Mapping[str, Origins] = field(default_factory=dict)
    """Fact id to its origins."""
    relations: Sequence[Relation] = ()
    edges: Sequence[LineageEdge] = ()
    entities: Sequence[Entity] = ()
    sites: Sequence[Site] = ()
    incidents: Sequence[Incident] = ()
    responses: Sequence[Response] = ()
    counts: Sequence[Count] = ()
    rejected: Sequence[Rejected] = ()
    judgements: Sequence[Judgement] = ()
    entity_of: Mapping[str, str] = field(default_factory=dict)
    """Mention id to entity id."""
    ledger: Ledger = field(default_factory=Ledger)
    """What stands about persons and accusations; it travels with every fact (METHOD F3)."""
    verdicts: Verdicts = NO_VERDICTS
    """What people said of rows."""
    summaries: Mapping[str, str] = field(default_factory=dict)
    """Fact id to the generated source summary (METHOD C10)."""
    locate: Locate = nowhere
    title: str = ""
    """What a report of it is called: the case's name. A release has a title of its own: a case's may hold a name."""
    as_of: str = ""
    """EDTF: the day up to which a release is told."""
    scope: str = ""
    """The profile of a release, in words."""
    names: Names | None = None
    """Who is who, worked out before names were hidden; None where none are."""


@dataclass(frozen=True, slots=True)
class Names:
    """Says who a mention is, and hides protected persons' names in whatever is generated."""

    entity_of: Mapping[str, str]
    entities: Mapping[str, Entity]
    whole: Mapping[str, str] = field(default_factory=dict)
    """Names of protected persons, and their last words, to pseudonyms: for what is nothing but a name."""
    told: Mapping[str, str] = field(default_factory=dict)
    """Names of protected persons, and their last words but for the names of places, to pseudonyms: for what stands in a sentence."""
    hidden: re.Pattern[str] | None = None
    """Finds those in a sentence, the longest first; None where there are none.

    A later passage names a person by the surname alone, which may be read as an organisation's name.
    """

    def entity(self, mention: str) -> Entity | None:
        """The entity that a mention belongs to, if one was made."""
        return self.entities.get(self.entity_of.get(mention, ""))

    def shown(self, voice: Link | Party) -> str:
        """The name a voice or party is shown by: its own, or a person's pseudonym."""
        entity = self.entity(voice.mention)
        if entity is not None and (entity.protected or voice.kind == "person"):
            return entity.label
        return UNKNOWN_PERSON if voice.kind == "person" else self.named(voice.name)

    def named(self, name: str) -> str:
        """A name on its own. A protected person's stays hidden where another passage was read as naming something else by it."""
        return self.whole.get(name) or self.masked(name)

    def masked(self, sentence: str) -> str:
        """A generated sentence with protected persons' names replaced by their pseudonyms."""
        return sentence if self.hidden is None else self.hidden.sub(lambda found: self.told[found.group()], sentence)


def hidden(content: Content, mask: RowMask) -> Content:
    """The same content with protected persons' names gone: pseudonyms in what was generated, blocks in what is quoted (METHOD P3)."""
    names = names_of(content)
    mask = replace(mask, tell=names.masked)
    documents = [mask.row(row) for row in content.documents]
    mask = replace(mask, text_of={row.id: row.text for row in documents}.get)
    hide = mask.row
    return replace(
        content,
        documents=documents,
        claims=[hide(row) for row in content.claims],
        facts=[hide(row) for row in content.facts],
        origins={fact: hide(row) for fact, row in content.origins.items()},
        relations=[hide(row) for row in content.relations],
        edges=[hide(row) for row in content.edges],
        entities=[hide(row) for row in content.entities],
        sites=[hide(row) for row in content.sites],
        incidents=[hide(row) for row in content.incidents],
        responses=[hide(row) for row in content.responses],
        counts=[hide(row) for row in content.counts],
        rejected=[hide(row) for row in content.rejected],
        judgements=[hide(row) for row in content.judgements],
        ledger=replace(content.ledger, entries=tuple(hide(entry) for entry in content.ledger.entries)),
        summaries={fact: mask.text(words) for fact, words in content.summaries.items()},
        title=mask.text(content.title),
        names=names,
    )


def names_of(content: Content) -> Names:
    """Collect who is who in a case."""
    if content.names is not None:
        return content.names
    entities = {entity.id: entity for entity in content.entities}
    open_names = Names(content.entity_of, entities)
    found: dict[str, str] = {}
    for claim in content.claims:
        voices: tuple[Link | Party, ...] = (*claim.attribution, *claim.parties)
        for voice in voices:
            label = open_names.shown(voice)
            if label != voice.name and voice.name:
                found.setdefault(voice.name, label)
    last_words = {name.split()[-1]: label for name, label in sorted(found.items(), reverse=True)}
    whole = {**last_words, **found}
    places = {word for claim in content.claims for place in claim.places for word in place.name.split()}
    told = {name: label for name, label in whole.items() if name in found or (name not in places and name[0].isupper())}
    longest_first = sorted(told, key=lambda name: (-len(name), name))
    hidden = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)") if told else None
    return Names(content.entity_of, entities, whole, told, hidden)


def fair_of(content: Content) -> dict[str, Fair]:
    """For each fact what must stand beside it: replies, legal status, corrections."""
    entities = {row.id: row for row in content.entities}
    who = {mention: entities[entity] for mention, entity in content.entity_of.items() if entity in entities}
    return fairness(content.facts, content.claims, who, content.ledger)


def denials(content: Content) -> dict[str, list[Relation]]:
    """For each fact, the relations that deny it: they surface wherever it does (METHOD F3)."""
    found: dict[str, list[Relation]] = {}
    for relation in sorted(content.relations, key=lambda row: row.id):
        if relation.type == "denies":
            found.setdefault(relation.other, []).append(relation)
    return found
