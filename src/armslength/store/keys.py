"""Keys of a case: Ed25519 pairs, named by their public half.

In:  the case's `keys/` folder, and for an encrypted case its key.
Out: signatures, and checks of them; the other small secrets that lie in `keys/`.
Never: shows or logs a private key; keeps one after it has been replaced; writes a secret of an encrypted case unsealed.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from armslength.base.errors import CaseError
from armslength.store.files import write_file
from armslength.store.sealing import seal, subkey, unseal

SEALED = ".sealed"
"""Ending of a secret's file in an encrypted case."""


def key_id(public: bytes) -> str:
    """A key's name: the first 16 hexadecimal characters of the SHA-256 of the raw public key."""
    return hashlib.sha256(public).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningKey:
    """A private key and its name."""

    id: str
    public: str
    """Raw public key, 64 hexadecimal characters."""
    private: Ed25519PrivateKey = field(repr=False)

    def sign(self, message: bytes) -> str:
        """Ed25519 signature, hexadecimal."""
        return self.private.sign(message).hex()


def write_secret(folder: Path, name: str, data: bytes, *, key: bytes | None) -> None:
    """Write a secret into `keys/`, readable by its owner only; sealed, as `<name>.sealed`, under a case's key."""
    if key is None:
        write_file(folder / name, data)
    else:
        write_file(folder / f"{name}{SEALED}", seal(data, subkey(key, "keys"), about=name))


def read_secret(folder: Path, name: str, *, key: bytes | None) -> bytes:
    """Read a secret. Raises OSError when it is not there, UnsealError (a ValueError) when it is damaged."""
    if key is None:
        return (folder / name).read_bytes()
    return unseal((folder / f"{name}{SEALED}").read_bytes(), subkey(key, "keys"), about=name)


def raw_key(key: SigningKey) -> bytes:
    """The 32 bytes of a private key, to be sealed."""
    return key.private.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())


def drop_secret(folder: Path, name: str) -> None:
    """Take a secret away, sealed or not."""
    for path in (folder / name, folder / f"{name}{SEALED}"):
        path.unlink(missing_ok=True)


def make_key(folder: Path, *, key: bytes | None = None) -> SigningKey:
    """Make a key pair and write `<id>.pem` (private, readable by its owner only; sealed under a case's key) and `<id>.pub`."""
    made = named_key(Ed25519PrivateKey.generate())
    private = made.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    write_secret(folder, f"{made.id}.pem", private, key=key)
    public = made.private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    write_file(folder / f"{made.id}.pub", public, mode=0o644)
    return made


def load_key(folder: Path, name: str, *, key: bytes | None = None) -> SigningKey:
    """Read a private key. Raises CaseError when it is missing or is another key."""
    try:
        private = load_pem_private_key(read_secret(folder, f"{name}.pem", key=key), password=None)
    except (OSError, ValueError, TypeError):
        raise CaseError(
            f"The signing key {name}.pem of this case cannot be read. Restore keys/ from a backup: without it nothing can be added."
        ) from None
    if not isinstance(private, Ed25519PrivateKey) or named_key(private).id != name:
        raise CaseError(f"The file {name}.pem in keys/ holds another key than its name says. Restore keys/ from a backup.")
    return named_key(private)


def published_key(path: Path) -> str | None:
    """The raw public key of a `.pub` file, hexadecimal; None when it cannot be read."""
    try:
        public = load_pem_public_key(path.read_bytes())
    except (OSError, ValueError, TypeError):
        return None
    return public.public_bytes(Encoding.Raw, PublicFormat.Raw).hex() if isinstance(public, Ed25519PublicKey) else None


def signed_by(public: str, signature: str, message: bytes) -> bool:
    """Whether a signature over a message was made with the private half of a raw public key (both lower-case hexadecimal)."""
    try:
        raw = bytes.fromhex(signature)
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(raw, message)
    except (InvalidSignature, ValueError):
        return False
    return raw.hex() == signature


def named_key(private: Ed25519PrivateKey) -> SigningKey:
    """A private key with its name."""
    raw = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return SigningKey(id=key_id(raw), public=raw.hex(), private=private)
