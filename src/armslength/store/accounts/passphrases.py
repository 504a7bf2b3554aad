"""Passphrases as Argon2id hashes (RFC 9106), with their parameters beside them.

In:  a passphrase, what a guess is to cost.
Out: a hash in PHC form (`$argon2id$v=19$m=65536,t=3,p=4$salt$hash`), and whether a passphrase is the one it was made of.
Never: keeps a passphrase, or takes one that is short or as good as known.
"""

from __future__ import annotations

import secrets
import unicodedata

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from armslength.base.errors import InputError
from armslength.store.locks import SHORTEST, STRETCHING, Cost

LONGEST = 256
"""Characters: nobody types more, and hashing what anybody sends should not cost what they like."""
_FEWEST_DIFFERENT = 5
_HASH_BYTES = 32


def hash_passphrase(passphrase: str, *, cost: Cost) -> str:
    """Hash a passphrase under a salt of its own."""
    made = Argon2id(salt=secrets.token_bytes(16), length=_HASH_BYTES, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib)
    with STRETCHING:
        return made.derive_phc_encoded(spelled(passphrase).encode())


def is_passphrase(passphrase: str, hashed: str) -> bool:
    """Whether a hash was made of this passphrase, compared in constant time."""
    try:
        with STRETCHING:
            Argon2id.verify_phc_encoded(spelled(passphrase[: LONGEST + 1]).encode("utf-8", "replace"), hashed)
    except InvalidKey:
        return False
    return len(passphrase) <= LONGEST


def is_older(hashed: str, *, cost: Cost) -> bool:
    """Whether a hash was made at another cost than is asked for now, and should be made again."""
    return f"$m={cost.memory_kib},t={cost.passes},p={cost.lanes}$" not in hashed


def spelled(passphrase: str) -> str:
    """A passphrase in one spelling (NFC, as RFC 8265 has it): keyboards differ in how they write an accent."""
    return unicodedata.normalize("NFC", passphrase)


def refuse_weak(passphrase: str, *, who: str) -> None:
    """Raise InputError for a passphrase that is short, too long, made of a few characters, or of the pseudonym."""
    if len(passphrase) < SHORTEST:
        raise InputError(f"The passphrase is too short: give at least {SHORTEST} characters; four or five random words are good.")
    if len(passphrase) > LONGEST:
        raise InputError(f"The passphrase is too long: give at most {LONGEST} characters.")
    left = passphrase.casefold().replace(who.casefold(), "")
    if len(set(left)) < _FEWEST_DIFFERENT or len(left) < SHORTEST // 2:
        raise InputError("The passphrase is too easy to guess: it repeats itself, or the pseudonym. Four or five random words are good.")
