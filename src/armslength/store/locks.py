"""How a case's key is kept: in a file of the user's own configuration folder, or under a passphrase in the case.

In:  a case's id and folder, its key; a passphrase.
Out: the key put away, and found again.
Never: writes the key itself into the case folder; asks anybody anything.

    $XDG_CONFIG_HOME/armslength/keys/<case id>.key    the key as it is, readable by its owner only (ARMSLENGTH_KEYS names another folder)
    CASE/keys/case.key.locked                         the key under a passphrase: Argon2id (RFC 9106), its parameters beside it
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock as Turn

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from armslength.base.errors import CaseError, InputError, MissingPieceError
from armslength.store.files import write_file
from armslength.store.sealing import KEY_BYTES, UnsealError, fingerprint, seal, unseal

FOLDER_VARIABLE = "ARMSLENGTH_KEYS"
LOCKED = "case.key.locked"
"""In the case's `keys/`."""
SHORTEST = 12
"""Characters of a passphrase. Guessing 12 random letters at 1.6 s a try is out of reach; guessing a word is not, and is the user's care."""
STRETCHING = Turn()
"""Held by whoever computes an Argon2id: one at a time. With several lanes OpenSSL's waits for ever where two threads ask it at once
(measured with OpenSSL 4.0.3): two people who logged in at the same moment would stop the server for all."""
_HEADER = "armslength key 1"
_HALF = "armslength half key 1"
_MOST_MEMORY, _MOST_PASSES = 4 << 20, 1000
"""KiB and passes: a locked key that asks for more than 4 GiB or a day of work was not written by this program."""

Lock = Callable[[Path, str, bytes], None]
"""Puts a new case's key away: told the case's `keys/` folder, its id and its key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one guess of a passphrase costs."""

    memory_kib: int = 256 * 1024
    passes: int = 3
    lanes: int = 4


USUAL = Cost()
"""Four times the memory of RFC 9106's second recommendation; 0.5 s on a laptop at rest, 1.6 s on two busy processors."""


def keys_folder() -> Path:
    """Where key files are kept."""
    named = os.environ.get(FOLDER_VARIABLE)
    if named:
        return Path(named)
    config = os.environ.get("APPDATA" if os.name == "nt" else "XDG_CONFIG_HOME")
    return (Path(config) if config else Path.home() / ".config") / "armslength" / "keys"


def key_file(case_id: str) -> Path:
    """The key file of a case, there or not."""
    return keys_folder() / f"{case_id}.key"


def in_key_file(keys: Path, case_id: str, key: bytes) -> None:
    """Keep a case's key in the user's configuration folder: whoever is logged in as the user can open the case."""
    del keys
    path = key_file(case_id)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_file(path, key_text(case_id, key).encode())


def in_memory(keys: Path, case_id: str, key: bytes) -> None:
    """Keep a case's key nowhere: for a case that is thrown away."""
    del keys, case_id, key


def under_passphrase(passphrase: str, *, cost: Cost = USUAL) -> Lock:
    """Keep a case's key in the case itself, under a passphrase."""

    def lock(keys: Path, case_id: str, key: bytes) -> None:
        write_file(keys / LOCKED, lock_key(key, passphrase, about=case_id, cost=cost))

    return lock


def split_text(case_id: str, key: bytes) -> tuple[str, str]:
    """A key in two halves for two holders. Either half alone says nothing about it: one is random, the other the key XOR that."""
    one = secrets.token_bytes(KEY_BYTES)
    halves = (one, bytes(a ^ b for a, b in zip(one, key, strict=True)))
    first, second = (f"{_HALF}\ncase {case_id}\ncheck {fingerprint(key)}\nkey {half.hex()}\n" for half in halves)
    return first, second


def join_text(one: str, other: str, *, case_id: str) -> bytes:
    """The key of two halves. Raises CaseError when they do not belong together."""
    halves = [_lines(text) for text in (one, other)]
    try:
        parts = [bytes.fromhex(half["key"]) for half in halves]
        key = bytes(a ^ b for a, b in zip(*parts, strict=True))
        fit = all(text.startswith(_HALF) for text in (one, other)) and {half["check"] for half in halves} == {fingerprint(key)}
    except (KeyError, ValueError):
        fit, key = False, b""
    if not fit or len(key) != KEY_BYTES:
        raise CaseError("These two are not the two halves of one key, or one is damaged. Give the two files that `key split` wrote.")
    if {half["case"] for half in halves} != {case_id}:
        raise CaseError("These two halves are for another case.")
    return key


def key_text(case_id: str, key: bytes) -> str:
    """A key as a file holds it: lines that a person can copy by hand; `check` finds a slip."""
    return f"{_HEADER}\ncase {case_id}\ncheck {fingerprint(key)}\nkey {key.hex()}\n"


def read_key_text(text: str, *, case_id: str, named: str) -> bytes:
    """The key of a key file. Raises CaseError when it is damaged or another case's."""
    lines = _lines(text)
    try:
        key = bytes.fromhex(lines["key"])
    except (KeyError, ValueError):
        key = b""
    if not text.startswith(_HEADER + "\n") or len(key) != KEY_BYTES or lines.get("check") != fingerprint(key):
        raise CaseError(f"The key file {named} is damaged. Restore it from a recovery copy: armslength key import CASE FILE.")
    if lines.get("case") != case_id:
        raise CaseError(f"The key file {named} is for another case ({lines.get('case')}), not for {case_id}.")
    return key


def _lines(text: str) -> dict[str, str]:
    return dict(line.split(" ", 1) for line in text.splitlines()[1:] if " " in line)


def lock_key(key: bytes, passphrase: str, *, about: str, cost: Cost = USUAL) -> bytes:
    """A key under a passphrase, with all that is needed to open it but the passphrase. Raises InputError for a short one."""
    if len(passphrase) < SHORTEST:
        raise InputError(f"The passphrase is too short: give at least {SHORTEST} characters; four or five random words are good.")
    salt = secrets.token_bytes(16)
    sealed = seal(key, _stretch(passphrase, salt, cost), about=about)
    body = {"format": 1, "kdf": "argon2id", "memory_kib": cost.memory_kib, "passes": cost.passes, "lanes": cost.lanes}
    return (json.dumps({**body, "salt": salt.hex(), "sealed": sealed.hex()}, indent=1) + "\n").encode()


def unlock_key(locked: bytes, passphrase: str, *, about: str, named: str) -> bytes:
    """The key again. Raises CaseError for a wrong passphrase or a damaged file."""
    try:
        body = json.loads(locked)
        cost = Cost(memory_kib=int(body["memory_kib"]), passes=int(body["passes"]), lanes=int(body["lanes"]))
        salt, sealed = bytes.fromhex(body["salt"]), bytes.fromhex(body["sealed"])
        usable = body["kdf"] == "argon2id" and 0 < cost.memory_kib <= _MOST_MEMORY and 0 < cost.passes <= _MOST_PASSES
        stretched = _stretch(passphrase, salt, cost) if usable else b""
    except (ValueError, KeyError, TypeError):
        stretched = b""
    if not stretched:
        raise CaseError(f"The locked key {named} is damaged. Restore it from a backup or a recovery copy: armslength key import.")
    try:
        return unseal(sealed, stretched, about=about)
    except UnsealError:
        raise CaseError(
            f"The passphrase does not open {named}. Type it again; without it or a recovery copy the case stays closed."
        ) from None


def _stretch(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    try:
        made = Argon2id(salt=salt, length=KEY_BYTES, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib)
    except UnsupportedAlgorithm:
        raise MissingPieceError("This build of the cryptography package has no Argon2id. Install it from PyPI's own wheels.") from None
    with STRETCHING:
        return made.derive(passphrase.encode("utf-8"))
