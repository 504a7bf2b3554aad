"""Checks Ed25519 signatures (RFC 8032), because the standard library cannot.

In:  a raw public key, a signature, a message.
Out: whether the signature is by that key over that message.
Never: signs; takes a point written in more than one way, a key of small order, or a number beyond the group's order.
"""

from __future__ import annotations

import hashlib
from typing import NamedTuple

_P = 2**255 - 19
_ORDER = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, _P - 2, _P) % _P
_ROOT = pow(2, (_P - 1) // 4, _P)


class _Point(NamedTuple):
    """Extended coordinates: x = X/Z, y = Y/Z, T = XY/Z."""

    x: int
    y: int
    z: int
    t: int


_ZERO = _Point(0, 1, 1, 0)


def signed(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether a signature holds: [8][s]B = [8]R + [8][k]A."""
    key, nonce, number = _point(public), _point(signature[:32]), int.from_bytes(signature[32:], "little")
    if key is None or nonce is None or len(signature) != 64 or number >= _ORDER or _same(_times_eight(key), _ZERO):
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % _ORDER
    back = _Point(-key.x % _P, key.y, key.z, -key.t % _P)
    found = _combined(number, challenge, back)
    return _same(_times_eight(found), _times_eight(nonce))


def _combined(one: int, two: int, point: _Point) -> _Point:
    """[one]B + [two]point, bit by bit together."""
    both = _add(_BASE, point)
    out = _ZERO
    for bit in range(max(one.bit_length(), two.bit_length()) - 1, -1, -1):
        out = _double(out)
        here = (one >> bit & 1) + 2 * (two >> bit & 1)
        if here:
            out = _add(out, (_BASE, point, both)[here - 1])
    return out


def _times_eight(point: _Point) -> _Point:
    return _double(_double(_double(point)))


def _add(one: _Point, two: _Point) -> _Point:
    """RFC 8032, 5.1.4."""
    a = (one.y - one.x) * (two.y - two.x) % _P
    b = (one.y + one.x) * (two.y + two.x) % _P
    c = 2 * one.t * two.t * _D % _P
    d = 2 * one.z * two.z % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return _Point(e * f % _P, g * h % _P, f * g % _P, e * h % _P)


def _double(one: _Point) -> _Point:
    """RFC 8032, 5.1.4."""
    a, b = one.x * one.x % _P, one.y * one.y % _P
    c, h = 2 * one.z * one.z % _P, a + b
    e, g = h - (one.x + one.y) * (one.x + one.y) % _P, a - b
    f = c + g
    return _Point(e * f % _P, g * h % _P, f * g % _P, e * h % _P)


def _same(one: _Point, two: _Point) -> bool:
    return (one.x * two.z - two.x * one.z) % _P == 0 and (one.y * two.z - two.y * one.z) % _P == 0


def _point(data: bytes) -> _Point | None:
    """RFC 8032, 5.1.3; None for what is no point, or is not written in the one right way."""
    if len(data) != 32:
        return None
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & ((1 << 255) - 1)
    if y >= _P:
        return None
    squared = (y * y - 1) * pow(_D * y * y + 1, _P - 2, _P) % _P
    x = pow(squared, (_P + 3) // 8, _P)
    if (x * x - squared) % _P:
        x = x * _ROOT % _P
    if (x * x - squared) % _P or (x == 0 and sign):
        return None
    x = _P - x if x % 2 != sign else x
    return _Point(x, y, 1, x * y % _P)


_BASE = _point((4 * pow(5, _P - 2, _P) % _P).to_bytes(32, "little")) or _ZERO
