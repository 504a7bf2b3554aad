"""Salted Merkle trees (RFC 6962): how a row shown is proven to come from a whole that is not.

In:  the text of fields, salts, hashes of what is hidden.
Out: leaves, roots, proofs.
Never: hashes a value without a salt: whoever guesses a hidden value could see that the guess is right.

    salt   SHA-256(02 | salt of the row | name)       of a field; of a piece SHA-256(02 | salt of the field | its number)
    piece  SHA-256(00 | salt | words)                 64 characters of a document's text; the last may be shorter
    field  SHA-256(00 | salt | "name":value)          the field as it stands in the line; of `documents.text` the root over its pieces
    row    SHA-256(00 | ["table","root over fields"]) fields in the order of the line
    whole  the root over all rows of all tables, in the order of their leaves, which the salts make a chance one
    root   SHA-256(01 | left | right), split at the largest power of two below the number of leaves; of one leaf the leaf
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Mapping, Sequence

_sha256 = hashlib.sha256
PIECE = 64
"""Code points in a piece. Whatever is masked hides its piece and no more: shorter pieces prove more of a masked text, at more bytes."""


def leaf(data: bytes) -> bytes:
    """Hash of a leaf."""
    return _sha256(b"\x00" + data).digest()


def node(left: bytes, right: bytes) -> bytes:
    """Hash of two nodes."""
    return _sha256(b"\x01" + left + right).digest()


def salt_of(seed: bytes, name: str) -> bytes:
    """The salt of a part, from the salt of what it is part of. Nobody can go from a part's salt to another's, or back."""
    return _sha256(b"\x02" + seed + name.encode()).digest()


def field_leaf(salt: bytes, name: str, text: str) -> bytes:
    """The leaf of one field."""
    return _sha256(b"\x00" + salt + f'"{name}":{text}'.encode()).digest()


def piece_leaf(salt: bytes, words: str) -> bytes:
    """The leaf of one piece of a document's text."""
    return leaf(salt + words.encode("utf-8", "surrogatepass"))


def pieces(text: str) -> list[str]:
    """A text cut into pieces; an empty text is one empty piece."""
    return [text[at : at + PIECE] for at in range(0, len(text), PIECE)] or [""]


def row_leaf(table: str, nodes: Sequence[bytes]) -> bytes:
    """The leaf of a row."""
    return leaf(f'["{table}","{root(nodes).hex()}"]'.encode())


def root(leaves: Sequence[bytes]) -> bytes:
    """The root over leaves."""
    if not leaves:
        return _sha256(b"").digest()
    level = list(leaves)
    while len(level) > 1:
        ends = iter(level)
        above = [_sha256(b"\x01" + left + right).digest() for left, right in zip(ends, ends)]  # noqa: B905 - an odd last one goes up alone
        level = [*above, level[-1]] if len(level) % 2 else above
    return level[0]


def prove(leaves: Sequence[bytes], shown: Sequence[int]) -> list[bytes]:
    """Hashes of the largest subtrees without a shown leaf, from left to right. `shown` is sorted."""
    hidden: list[bytes] = []
    parts = [(0, len(leaves))]
    while parts:
        low, high = parts.pop()
        first = bisect_left(shown, low)
        if first == len(shown) or shown[first] >= high:
            hidden.append(root(leaves[low:high]))
        elif high - low > 1:
            middle = low + _split(high - low)
            parts += [(middle, high), (low, middle)]
    return hidden


def climb(size: int, shown: Mapping[int, bytes], hidden: Sequence[bytes]) -> bytes | None:
    """The root over `size` leaves from those shown, by position, and a proof; None when the proof has too few hashes or too many."""
    places = sorted(shown)
    left = iter(hidden)

    def up(low: int, high: int) -> bytes | None:
        first = bisect_left(places, low)
        if first == len(places) or places[first] >= high:
            return next(left, None)
        if high - low == 1:
            return shown[low]
        middle = low + _split(high - low)
        one, two = up(low, middle), up(middle, high)
        return None if one is None or two is None else node(one, two)

    if size < 1 or (places and places[-1] >= size):
        return None
    found = up(0, size)
    return found if next(left, None) is None else None


def _split(size: int) -> int:
    """The largest power of two below a size."""
    return 1 << ((size - 1).bit_length() - 1)
