"""What is kept of documents between builds, as some hundred pieces of text: their prints, and who publishes them.

In:  what was kept; documents that came or changed; ids of those that went.
Out: what stays, what leaves, what comes; and the pieces that are different now.
Never: holds a text; knows where the pieces are kept.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np

from armslength.lineage.prints import Shelf, joined, pack, unpack

_NAMED_BY = 2
"""Hexadecimal digits of a document's id by which it is put into a piece: 256 pieces, of which a new document changes one. Of 100,000
documents each holds 400, in 250 kilobytes."""
_NOBODY = "-"


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Kept:
    """What is kept of a case's documents, in order."""

    shelf: Shelf
    publishers: tuple[str, ...]
    """The entity that publishes each, or empty."""

    def only(self, chosen: Sequence[int]) -> Kept:
        """Some of the documents, by their places, in that order."""
        return Kept(shelf=self.shelf.only(np.array(chosen, dtype=np.int64)), publishers=tuple(self.publishers[at] for at in chosen))

    @property
    def published(self) -> Iterator[tuple[str, str]]:
        """(document, publisher)."""
        return zip(self.shelf.docs, self.publishers, strict=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parted:
    """A case's documents, by what becomes of them. A document that changed leaves and comes."""

    stood: Kept
    dropped: Kept
    added: Kept
    pieces: Mapping[str, str]
    """Pieces that are different now; an empty one holds nothing any more."""


def part(pieces: Mapping[str, str], added: Shelf, gone: Collection[str], publishers: Mapping[str, str]) -> Parted:
    """Take documents out of what was kept and put others in.

    `publishers` gives the publisher of each document that comes, and of those of which it may be another now.
    """
    new = _ordered(Kept(shelf=added, publishers=tuple(publishers.get(doc, "") for doc in added.docs)))
    leaving = {*gone, *added.docs}
    before = {name: read_piece(piece) for name, piece in sorted(pieces.items())}
    cuts = {name: list(places) for name, places in groupby(range(len(new.shelf.docs)), key=lambda at: _name(new.shelf.docs[at]))}
    stays, drops = dict(before), []
    changed = {}
    for name in sorted({_name(doc) for doc in (*leaving, *publishers)}):
        parts = []
        if name in before:
            stays[name], dropped = _parted(before[name], leaving)
            drops.append(dropped)
            parts.append(_renamed(stays[name], publishers))
        if name in cuts:
            parts.append(new.only(cuts[name]))
        changed[name] = write_piece(together(parts))
    return Parted(stood=together(list(stays.values())), dropped=together(drops), added=new, pieces=changed)


def _name(doc: str) -> str:
    return doc[:_NAMED_BY]


def _parted(kept: Kept, leaving: Collection[str]) -> tuple[Kept, Kept]:
    """Documents that stay, and those that leave."""
    docs = kept.shelf.docs
    return kept.only([at for at in range(len(docs)) if docs[at] not in leaving]), kept.only(
        [at for at in range(len(docs)) if docs[at] in leaving]
    )


def _renamed(kept: Kept, publishers: Mapping[str, str]) -> Kept:
    return replace(kept, publishers=tuple(publishers.get(doc, who) for doc, who in kept.published))


def _ordered(kept: Kept) -> Kept:
    """The same, in the order of the ids."""
    docs = kept.shelf.docs
    order = sorted(range(len(docs)), key=docs.__getitem__)
    return kept if order == list(range(len(docs))) else kept.only(order)


def together(parts: Sequence[Kept]) -> Kept:
    """All that several pieces keep, in their order."""
    return Kept(shelf=joined([kept.shelf for kept in parts]), publishers=tuple(who for kept in parts for who in kept.publishers))


def write_piece(kept: Kept) -> str:
    """Three lines: ids of documents, their publishers, the numbers in base 64. Empty where there are no documents."""
    if not kept.shelf.docs:
        return ""
    ordered = _ordered(kept)
    lines = (" ".join(ordered.shelf.docs), " ".join(who or _NOBODY for who in ordered.publishers))
    return "\n".join([*lines, b64encode(pack(ordered.shelf)).decode()])


def read_piece(piece: str) -> Kept:
    """What a piece keeps."""
    docs, publishers, packed = piece.split("\n")
    return Kept(
        shelf=unpack(docs.split(" "), b64decode(packed)),
        publishers=tuple("" if who == _NOBODY else who for who in publishers.split(" ")),
    )
