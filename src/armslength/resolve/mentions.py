"""Who is named in each document: one row a mention, gathered from the links and parties of its claims.

In:  claims and documents.
Out: `Mention` rows. Every document also gives its own voice and, where known, its publisher, even if it holds no claim.
Never: looks across documents.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from armslength.model.claims import Claim, mention_id
from armslength.model.evidence import Document
from armslength.resolve.names import fold, person_words

AUTHOR_NAME = "the article"
KINDS = frozenset({"author", "publisher", "media", "organisation", "report", "government", "person", "court", "unnamed"})
"""Kinds that are voices or bodies. Parties of other kinds, such as categories of people, are never entities (METHOD N4)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A voice or party as one document speaks of it."""

    id: str
    doc: str
    kind: str
    name: str
    by: str
    """The organisation or state it is said to belong to, as the text names it."""
    speaks: bool
    """It is a voice of an attribution chain, and not only somebody a claim is about."""
    claims: tuple[str, ...]


def find_mentions(claims: Iterable[Claim], documents: Sequence[Document]) -> list[Mention]:
    """All mentions, sorted by id. Of several names under one id the longest stands."""
    seen: dict[str, list[tuple[str, str, str, str, bool, str]]] = defaultdict(list)
    for claim in claims:
        for link in claim.attribution:
            seen[link.mention].append((claim.doc, link.kind, link.name, link.by, True, claim.id))
        for party in claim.parties:
            if party.kind in KINDS:
                seen[party.mention].append((claim.doc, party.kind, party.name, "", False, claim.id))
    for document in documents:
        seen[mention_id(document.id, "author", AUTHOR_NAME)].append((document.id, "author", AUTHOR_NAME, "", True, ""))
        for name in publishers_of(document):
            seen[mention_id(document.id, "publisher", name)].append((document.id, "publisher", name, "", True, ""))
    return _persons_first([_mention(key, rows) for key, rows in sorted(seen.items())])


def _persons_first(mentions: Sequence[Mention]) -> list[Mention]:
    """A name that a document gives to a person, whole or in part, is a person wherever that document uses it: a reader who takes it for
    a body once must not show it (METHOD P1).
    """
    persons: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        if mention.kind == "person":
            words = person_words(mention.name)
            persons[mention.doc] |= {" ".join(words), *words}
    bodies = {"organisation", "media", "government", "court"}
    return [replace(row, kind="person") if row.kind in bodies and fold(row.name) in persons[row.doc] else row for row in mentions]


def publishers_of(document: Document) -> tuple[str, ...]:
    """Everybody who published this text, by the name given."""
    return tuple(dict.fromkeys(found.publisher for found in document.appearances if found.publisher))


def _mention(key: str, rows: Sequence[tuple[str, str, str, str, bool, str]]) -> Mention:
    doc, kind, *_ = min(rows)
    return Mention(
        id=key,
        doc=doc,
        kind=kind,
        name=max((row[2] for row in rows), key=lambda name: (len(name), name)),
        by=max((row[3] for row in rows), key=lambda name: (len(name), name)),
        speaks=any(row[4] for row in rows),
        claims=tuple(sorted({row[5] for row in rows if row[5]})),
    )
