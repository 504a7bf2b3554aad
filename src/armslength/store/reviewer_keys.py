"""Reviewers' own keys: the private halves, in the user's configuration folder and never in a case.

In:  a folder, a passphrase where the reviewer wants one.
Out: Ed25519 keys, one file a key, readable by its owner only.
Never: writes a private key into a case; asks anybody anything: whoever calls brings the passphrase.

    $XDG_CONFIG_HOME/armslength/keys/reviewers/<key>.pem    (ARMSLENGTH_KEYS names another folder than .../armslength/keys)

A key under a passphrase is PKCS 8 encrypted with what Argon2id (RFC 9106) makes of the passphrase; the salt stands in a line before it.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from armslength.base.errors import CaseError, InputError
from armslength.store.files import write_file
from armslength.store.keys import SigningKey, key_id
from armslength.store.locks import STRETCHING

FOLDER_VARIABLE = "ARMSLENGTH_KEYS"
SHORTEST = 12
"""Characters of a passphrase."""
_SALT = "argon2id salt "
_MEMORY_KIB, _PASSES, _LANES = 64 * 1024, 3, 4
"""RFC 9106's second recommendation: 64 MiB and three passes."""


def reviewers_folder() -> Path:
    """Where reviewers' keys are kept on this machine."""
    named = os.environ.get(FOLDER_VARIABLE)
    if named:
        return Path(named) / "reviewers"
    config = os.environ.get("APPDATA" if os.name == "nt" else "XDG_CONFIG_HOME")
    return (Path(config) if config else Path.home() / ".config") / "armslength" / "keys" / "reviewers"


def make_reviewer_key(folder: Path, *, passphrase: str = "") -> SigningKey:
    """Make a key and put its private half away; under a passphrase, where one is given. Raises InputError for a short one."""
    if passphrase and len(passphrase) < SHORTEST:
        raise InputError(f"The passphrase is too short: give at least {SHORTEST} characters; four or five random words are good.")
    key = _named(Ed25519PrivateKey.generate())
    salt = secrets.token_bytes(16)
    how = BestAvailableEncryption(_stretched(passphrase, salt)) if passphrase else NoEncryption()
    head = f"{_SALT}{salt.hex()}\n".encode() if passphrase else b""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_file(folder / f"{key.id}.pem", head + key.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, how), mode=0o600)
    return key


def has_reviewer_key(folder: Path, name: str) -> bool:
    """Whether the private half of a key is on this machine."""
    return (folder / f"{name}.pem").is_file()


def load_reviewer_key(folder: Path, name: str, *, passphrase: Callable[[], str]) -> SigningKey:
    """Read a private key; `passphrase` is asked only for one that is locked. Raises CaseError when it is missing, locked or another key."""
    path = folder / f"{name}.pem"
    try:
        data = path.read_bytes()
        try:
            private = load_pem_private_key(data, password=None)
        except TypeError:
            private = load_pem_private_key(data, password=_stretched(passphrase(), _salt(data)))
    except (OSError, ValueError, TypeError):
        raise CaseError(f"The reviewer's key {path} cannot be read: it is missing or damaged, or the passphrase is not its own.") from None
    if not isinstance(private, Ed25519PrivateKey) or _named(private).id != name:
        raise CaseError(f"The file {path} holds another key than its name says. Restore it from a backup.")
    return _named(private)


def _salt(data: bytes) -> bytes:
    """The salt in the first line of a locked key. Raises ValueError where there is none."""
    first = data.split(b"\n", 1)[0].decode("ascii", "replace")
    return bytes.fromhex(first.removeprefix(_SALT))


def _stretched(passphrase: str, salt: bytes) -> bytes:
    made = Argon2id(salt=salt, length=32, iterations=_PASSES, lanes=_LANES, memory_cost=_MEMORY_KIB)
    with STRETCHING:
        return made.derive(passphrase.encode()).hex().encode()


def _named(private: Ed25519PrivateKey) -> SigningKey:
    raw = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return SigningKey(id=key_id(raw), public=raw.hex(), private=private)
