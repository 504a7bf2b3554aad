"""The source summary of a fact (METHOD C10): "12 passages in 5 documents, 4 publishers, 1 independent origin, primary not seen".

In:  a fact's claims, documents and origins.
Out: one line.
Never: gives a number of origins without the limits it is known in; says "not seen" of an opinion, which has no primary.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

from armslength.model.evidence import Document
from armslength.model.facts import Fact, Origins

Row = TypeVar("Row")


class Rows(Protocol):
    """What gives rows by id: a `Reader` does."""

    def get(self, row_type: type[Row], row_id: str, /) -> Row | None:
        """The row, or None."""


def source_summary(rows: Rows, fact_id: str) -> str:
    """The source summary of a fact; empty when there is no such fact."""
    fact = rows.get(Fact, fact_id)
    if fact is None:
        return ""
    documents = [found for doc in fact.documents if (found := rows.get(Document, doc)) is not None]
    return summarise(fact, rows.get(Origins, fact_id), documents)


def summarise(fact: Fact, origins: Origins | None, documents: Iterable[Document]) -> str:
    """The source summary from rows at hand. `documents` are those of the fact."""
    shown = [seen for document in documents for seen in document.appearances]
    publishers = {seen.publisher.casefold() for seen in shown if seen.publisher}
    unknown = any(not seen.publisher for seen in shown)
    parts = [f"{counted(len(fact.claims), 'passage')} in {counted(len(fact.documents), 'document')}"]
    if not publishers:
        parts.append("publisher unknown")
    else:
        parts.append(counted(len(publishers), "publisher") + (" and others unknown" if unknown else ""))
    if fact.opinion:
        return ", ".join([*parts, "opinion, no origins counted"])
    if origins is None:
        return ", ".join([*parts, "origins not counted"])
    parts.append(origin_words(origins.min, origins.max))
    if origins.unknown:
        parts.append(f"{counted(origins.unknown, 'passage')} of unknown lineage")
    parts.append(primary_words(origins))
    return ", ".join(parts)


def origin_words(low: int, high: int) -> str:
    """`1 independent origin`, `1 to 3 independent origins`."""
    return counted(low, "independent origin") if low == high else f"{low} to {counted(high, 'independent origin')}"


def primary_words(origins: Origins) -> str:
    """Whether the origins' own publications are documents of the case."""
    seen = sum(group.primary_seen for group in origins.groups)
    if not seen:
        return "primary not seen"
    return "primary seen" if seen == len(origins.groups) else f"primary seen of {seen} of {len(origins.groups)}"


def counted(number: int, noun: str) -> str:
    """A number and its noun: `1 passage`, `12 passages`."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
