"""Pseudonyms of protected persons: `Person 7KQM`, made from the case's secret so that nobody can work them out from a name (METHOD P1).

In:  the keys of persons and the case's secret.
Out: one label a person, the same on every machine.
Never: holds a letter of the name. Two cases give one person two pseudonyms.
"""

from __future__ import annotations

from collections.abc import Iterable

from armslength.base.ids import keyed_digest

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, which are misread or spell words."""
_SHORTEST = 4


def pseudonym(key: tuple[str, ...], secret: bytes, digits: int) -> str:
    """The label of a person."""
    return f"Person {code_of(key, secret)[:digits]}"


def shortest(codes: Iterable[str]) -> int:
    """How many signs a label needs: four, more where two persons of the case would share them."""
    found = set(codes)
    length = _SHORTEST
    while len({code[:length] for code in found}) < len(found):
        length += 1
    return length


def code_of(key: tuple[str, ...], secret: bytes) -> str:
    """All signs of a person's pseudonym."""
    number = int(keyed_digest(secret, "pseudonym", *key), 16)
    return "".join(_CROCKFORD[(number >> (251 - 5 * place)) & 31] for place in range(51))
