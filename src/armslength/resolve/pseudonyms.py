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


def pseudonyms(persons: Iterable[tuple[str, ...]], secret: bytes) -> dict[tuple[str, ...], str]:
    """Key to label. Four signs, more where two persons of the case would share them."""
    codes = {key: _code(keyed_digest(secret, "pseudonym", *key)) for key in set(persons)}
    length = _SHORTEST
    while len({code[:length] for code in codes.values()}) < len(codes):
        length += 1
    return {key: f"Person {code[:length]}" for key, code in codes.items()}


def _code(digest: str) -> str:
    number = int(digest, 16)
    return "".join(_CROCKFORD[(number >> (251 - 5 * place)) & 31] for place in range(51))
