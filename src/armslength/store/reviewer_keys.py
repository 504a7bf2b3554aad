"""Reviewers' own keys: the private halves, in the user's configuration folder and never in a case.

In:  a folder, a passphrase where the reviewer wants one.
Out: Ed25519 keys, one file a key, readable by its owner only.
Never: writes a private key into a case; asks anybody anything: whoever calls brings the passphrase.

    $XDG_CONFIG_HOME/armslength/keys/reviewers/<key>.pem    (ARMSLENGTH_KEYS names another folder than .../armslength/keys)
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
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

FOLDER_VARIABLE = "ARMSLENGTH_KEYS"
SHORTEST = 12
"""Characters of a passphrase."""


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
    how = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_file(folder / f"{key.id}.pem", key.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, how), mode=0o600)
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
            private = load_pem_private_key(data, password=passphrase().encode())
    except (OSError, ValueError, TypeError):
        raise CaseError(f"The reviewer's key {path} cannot be read: it is missing or damaged, or the passphrase is not its own.") from None
    if not isinstance(private, Ed25519PrivateKey) or _named(private).id != name:
        raise CaseError(f"The file {path} holds another key than its name says. Restore it from a backup.")
    return _named(private)


def _named(private: Ed25519PrivateKey) -> SigningKey:
    raw = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return SigningKey(id=key_id(raw), public=raw.hex(), private=private)
