"""What a change touches, while entities and facts are made again: the way it is done, the documents whose claims are read again.

In:  rows of the case, as they are asked for.
Out: claims by document, readings by id, what is to be written.
Never: reads the same document twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from armslength.model.claims import Claim
from armslength.model.entries import Entries
from armslength.model.evidence import Document
from armslength.model.verdicts import Verdicts
from armslength.resolve.entities import Setting
from armslength.resolve.facts import Naming
from armslength.resolve.judged import People, Undone
from armslength.resolve.readings import Reading, Voices, read
from armslength.resolve.world import State, World

_PAGE = 200
"""Documents or claims looked at together."""


class Rows(Protocol):
    """Rows of the case."""

    def documents(self, ids: Collection[str]) -> list[Document]:
        """Documents by id; those that are gone are left out."""

    def claims_in(self, docs: Collection[str]) -> list[Claim]:
        """Claims of documents."""

    def claims(self, ids: Collection[str]) -> list[Claim]:
        """Claims by id; those that are gone are left out."""

    def entity_of(self, mentions: Iterable[str]) -> Mapping[str, str]:
        """Mention to entity, as it was."""

    def refused_in(self, docs: Collection[str]) -> set[str]:
        """Ids of the stage's refusals in documents; of judgements for `""`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How the stage is done."""

    setting: Setting
    naming: Naming
    people: People
    said: Verdicts
    """What reviewers said of claims, facts, sites and incidents."""
    spoken_of: frozenset[str]
    """Claims that any judgement speaks of, standing or not."""
    everything: bool
    """All documents are new: nothing was noted."""


@dataclass(slots=True, kw_only=True)
class Update:
    """What is to be written."""

    state: State
    rows: list[object] = field(default_factory=list)
    gone: dict[type, set[str]] = field(default_factory=lambda: defaultdict(set))
    docs: set[str] = field(default_factory=set)
    """Documents whose claims were read again."""
    undone: list[Undone] = field(default_factory=list)
    whole: bool = False
    """The change concerns every claim: resolve the whole case instead."""


def cut(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """Ids a few at a time."""
    for start in range(0, len(ids), _PAGE):
        yield ids[start : start + _PAGE]


def by_document(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        found[claim.doc].append(claim)
    return found


@dataclass(slots=True, kw_only=True)
class Touched:
    """Documents whose claims are read again."""

    kept: Entries
    rows: Rows
    way: Way
    by_doc: dict[str, list[Claim]] = field(default_factory=dict)

    @property
    def docs(self) -> Collection[str]:
        return self.by_doc.keys()

    @property
    def claims(self) -> list[Claim]:
        """As the program reads them."""
        return [claim for claims in self.by_doc.values() for claim in claims]

    @property
    def read(self) -> list[Claim]:
        """As reviewers read them, without those they rejected."""
        return self.way.said.read(self.claims)

    def add(self, docs: Collection[str]) -> None:
        for some in cut(sorted(set(docs) - self.by_doc.keys())):
            found = by_document(self.rows.claims_in(some))
            self.by_doc |= {doc: found.get(doc, []) for doc in some}


@dataclass(slots=True, kw_only=True)
class Reader:
    """Reads claims again as they are asked for."""

    rows: Rows
    world: World
    naming: Naming
    said: Verdicts
    known: dict[str, Reading] = field(default_factory=dict)
    voices: Voices | None = None
    """Where all claims are read already: who is who in all of them."""

    def read(self, ids: Collection[str]) -> tuple[Mapping[str, Reading], Voices]:
        if self.voices is not None:
            return {claim: self.known[claim] for claim in ids}, self.voices
        claims = self.said.read(self.rows.claims(ids))
        voices = self.world.voices(claims)
        return {row.id: row for row in read(claims, voices, self.naming.ontology)}, voices

    def read_docs(self, docs: Collection[str]) -> tuple[list[Reading], Voices]:
        claims = self.said.read(self.rows.claims_in(docs))
        voices = self.world.voices(claims)
        return read(claims, voices, self.naming.ontology), voices
