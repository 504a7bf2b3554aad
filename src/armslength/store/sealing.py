"""Sealing: encrypting bytes so that a change to them is found, with keys made from the case's one key.

In:  bytes, a key of 32 bytes, and what the bytes are about, which is bound to them.
Out: sealed bytes, and the bytes again.
Never: keeps a key; opens bytes that were changed, moved to another name, or cut off.

One random case key gives a key for each purpose by HKDF (RFC 5869), so that no two uses share one. Short bytes are sealed by AES-256-GCM
under a random nonce. A source is sealed in pieces under a key of its own, each piece numbered and the last one marked, so that pieces
cannot be cut off, swapped or repeated (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizar, CRYPTO 2015).
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
MARK = b"armslength sealed 1\n"
"""Begins everything sealed, so that a sealed file is known without its key."""
PIECE = 1 << 20
"""Bytes of a source sealed together: memory stays small, and the 16 bytes each piece grows by do not count."""
_NONCE, _TAG = 12, 16


class UnsealError(ValueError):
    """Sealed bytes that do not open: another key, or not the bytes that were sealed."""


def new_key() -> bytes:
    """A random key."""
    return secrets.token_bytes(KEY_BYTES)


def subkey(key: bytes, purpose: str) -> bytes:
    """The key for one purpose."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=f"armslength {purpose}".encode()).derive(key)


def fingerprint(key: bytes) -> str:
    """16 hexadecimal characters by which a key is known; they do not help to find it."""
    return subkey(key, "fingerprint")[:8].hex()


def seal(data: bytes, key: bytes, *, about: str) -> bytes:
    """Encrypt short bytes."""
    nonce = secrets.token_bytes(_NONCE)
    return MARK + nonce + AESGCM(key).encrypt(nonce, data, about.encode())


def unseal(sealed: bytes, key: bytes, *, about: str) -> bytes:
    """Decrypt what `seal` made. Raises UnsealError."""
    if not sealed.startswith(MARK):
        raise UnsealError("these bytes were not sealed")
    nonce = sealed[len(MARK) : len(MARK) + _NONCE]
    return _open(AESGCM(key), nonce, sealed[len(MARK) + _NONCE :], about.encode())


def seal_pieces(data: Iterable[bytes], key: bytes, *, about: str) -> Iterator[bytes]:
    """Encrypt a stream under a key that seals nothing else."""
    cipher, bound, number = AESGCM(key), about.encode(), 0
    yield MARK
    waiting = bytearray()
    for some in data:
        waiting += some
        while len(waiting) > PIECE:
            yield cipher.encrypt(_nonce(number, last=False), bytes(waiting[:PIECE]), bound)
            del waiting[:PIECE]
            number += 1
    yield cipher.encrypt(_nonce(number, last=True), bytes(waiting), bound)


def unseal_pieces(sealed: BinaryIO, key: bytes, *, about: str) -> Iterator[bytes]:
    """Decrypt what `seal_pieces` made. Raises UnsealError, at the latest at the end of the stream."""
    if sealed.read(len(MARK)) != MARK:
        raise UnsealError("these bytes were not sealed")
    cipher, bound, number = AESGCM(key), about.encode(), 0
    piece = sealed.read(PIECE + _TAG)
    while True:
        following = sealed.read(PIECE + _TAG)
        yield _open(cipher, _nonce(number, last=not following), piece, bound)
        if not following:
            return
        piece, number = following, number + 1


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(_NONCE - 1, "big") + bytes([last])


def _open(cipher: AESGCM, nonce: bytes, data: bytes, about: bytes) -> bytes:
    try:
        return cipher.decrypt(nonce, data, about)
    except (InvalidTag, ValueError):
        raise UnsealError("another key, or not the bytes that were sealed") from None
