"""The custody log's part: entries shown, keys and their history, the entry of the release, the releasers' signatures.

In:  the rows of the log extract, the entry `release.made`, signatures, the seal's bytes.
Out: what does not hold, and which keys were in use.
Never: takes a key from anywhere but the log; takes a number for a place in the log that the sealed whole does not show.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from armslength.publish.package.checks.ed25519 import signed
from armslength.publish.package.checks.plain import ENTRY, SIGNER, Problem, Row, misshapen, problem, read_object

_HASH = re.compile(r"[0-9a-f]{64}")
GENESIS = "0" * 64
SEAL_MESSAGE = b"armslength release 1\n"
"""Put before the seal's bytes in what a releaser signs, so that the signature can stand for nothing else."""
RELEASE_MADE = "release.made"
RELEASE_DATA = {"seal": "text", "root": "text", "rows": "whole number", "releasers": [SIGNER]}
SIGNATURES = 200
"""Entries whose signature is checked besides those about keys and the release, at 4 ms each. The rest are covered all the same: their
lines are proven to be in the whole, and the entry of the release, whose signature is checked, commits to that."""
_ABOUT_KEYS = frozenset({"case.created", "key.created", "key.rotated", RELEASE_MADE})
_FIRST_KEY = {1: "case.created", 2: "key.created"}
"""The entries that may bring the first public key: a log begins with them."""


class Custody(NamedTuple):
    """What the log says."""

    problems: tuple[Problem, ...]
    keys: tuple[str, ...]
    """Names of the case's keys, in the order of their use."""
    releasers: tuple[Row, ...]
    hashes: Mapping[int, str]
    """Number of each entry that is shown, or at least its hash, to that hash; the release's own too."""
    stamps: tuple[tuple[str, str], ...]
    """File and SHA-256 of the time stamps that entries shown say were received."""
    judged: Mapping[int, str]
    """Number of each entry shown to the judgement that it says was made; to nothing when it says something else."""


class _Chain:
    """Follows the entries shown, from the first on."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.publics: dict[str, str] = {}
        self.key = ""
        self.seq, self.head = 0, GENESIS
        self.bodies: list[Row] = []
        self.unchecked = SIGNATURES

    def follow(self, row: Row, where: str) -> None:
        """Take the next line: an entry, or only its number and hash."""
        if row["seq"] <= self.seq:
            self.problems.append(problem("log.order", where))
        if row["entry"] is not None:
            self._entry(row, where)
        self.seq, self.head = row["seq"], row["hash"]

    def _entry(self, row: Row, where: str) -> None:
        if hashlib.sha256(row["entry"].encode("utf-8", "surrogatepass")).hexdigest() != row["hash"]:
            self.problems.append(problem("log.hash", where))
        try:
            body = read_object(row["entry"])
        except ValueError:
            body = {}
        if misshapen(body, ENTRY) is not None or body["seq"] != row["seq"]:
            self.problems.append(problem("log.entry", where))
            return
        if row["seq"] == self.seq + 1 and body["prev"] != self.head:
            self.problems.append(problem("log.chain", where))
        self._first_key(body)
        if not self.key or body["key"] != self.key:
            self.problems.append(problem("log.key", where, named=body["key"], used=self.key or "none"))
        elif self._is_checked(body) and not _signed(self.publics[self.key], row["signature"], unhex(row["hash"]) or b""):
            self.problems.append(problem("log.signature", where))
        if body["event"] == "key.rotated":
            self._next_key(body, where)
        self.bodies.append(body)

    def _is_checked(self, body: Row) -> bool:
        if body["event"] in _ABOUT_KEYS:
            return True
        self.unchecked -= 1
        return self.unchecked >= 0

    def _first_key(self, body: Row) -> None:
        if not self.publics and _FIRST_KEY.get(body["seq"]) == body["event"]:
            self._learn(body["data"].get("public"))

    def _next_key(self, body: Row, where: str) -> None:
        public = body["data"].get("public")
        message = hashlib.sha256(_lengths("key rotation", self.key, body["subject"], str(public), body["prev"])).digest()
        agreed = is_hash(public) and _signed(str(public), body["data"].get("proof"), message)
        if not agreed or key_name(str(public)) != body["subject"]:
            self.problems.append(problem("log.rotation", where))
        else:
            self._learn(public)

    def _learn(self, public: Any) -> None:
        if is_hash(public):
            self.key = key_name(public)
            self.publics[self.key] = public


def check_custody(rows: Sequence[Row], release: Row, seal: bytes, told: Row, signatures: Iterable[Row]) -> Custody:
    """Follow the log extract to the entry of the release, and check who signed. `told` is the seal as it was read."""
    chain = _Chain()
    for row in rows:
        chain.follow(row, f"log entry {row['seq']}")
    where = f"log entry {release['seq']}"
    if release["seq"] != chain.seq + 1:
        chain.problems.append(problem("log.order", where))
    known = len(chain.bodies)
    chain.follow(release, where)
    data = chain.bodies[-1]["data"] if len(chain.bodies) > known and chain.bodies[-1]["event"] == RELEASE_MADE else {}
    releasers: tuple[Row, ...] = ()
    if misshapen(data, RELEASE_DATA) is not None:
        chain.problems.append(problem("log.entry", where))
    else:
        releasers = tuple(data["releasers"])
        if data["seal"] != hashlib.sha256(seal).hexdigest():
            chain.problems.append(problem("release.seal", where))
        if (data["root"], data["rows"]) != (told["whole"]["root"], told["whole"]["rows"]):
            chain.problems.append(problem("release.root", where))
        chain.problems += _check_signers(releasers, signatures, seal, where)
    return Custody(
        problems=tuple(chain.problems),
        keys=tuple(chain.publics),
        releasers=releasers,
        hashes={row["seq"]: row["hash"] for row in (*rows, release)},
        stamps=tuple(
            (str(body["data"].get("file")), str(body["data"].get("reply")))
            for body in chain.bodies
            if body["event"] == "timestamp.received"
        ),
        judged={body["seq"]: body["subject"] if body["event"] == "judgement.made" else "" for body in chain.bodies},
    )


def _check_signers(releasers: Sequence[Row], signatures: Iterable[Row], seal: bytes, where: str) -> list[Problem]:
    out = []
    if len({row["public"] for row in releasers}) < 2 or len({row["name"] for row in releasers}) < 2:
        out.append(problem("signer.two", where))
    given = list(signatures)
    for row in releasers:
        mine = [one for one in given if (one["name"], one["key"], one["public"]) == (row["name"], row["key"], row["public"])]
        if not mine:
            out.append(problem("signer.missing", f"releaser {row['name']}"))
        elif (
            len(mine) > 1 or key_name(row["public"]) != row["key"] or not _signed(row["public"], mine[0]["signature"], SEAL_MESSAGE + seal)
        ):
            out.append(problem("signer.wrong", f"releaser {row['name']}"))
    named = {row["public"] for row in releasers}
    if not out and [one["public"] for one in given if one["public"] in named] != [row["public"] for row in releasers]:
        out.append(problem("signer.order", where))
    return out + [problem("signer.extra", f"releaser {one['name']}") for one in given if one["public"] not in named]


def is_hash(text: Any) -> bool:
    """Whether this is 64 lower-case hexadecimal characters."""
    return isinstance(text, str) and _HASH.fullmatch(text) is not None


def unhex(text: Any) -> bytes | None:
    """The 32 bytes of a hash, key or salt, or None."""
    return bytes.fromhex(text) if is_hash(text) else None


def key_name(public: str) -> str:
    """A key's name: the first 16 hexadecimal characters of the SHA-256 of the raw public key."""
    return hashlib.sha256(bytes.fromhex(public)).hexdigest()[:16] if is_hash(public) else ""


def _signed(public: str, signature: Any, message: bytes) -> bool:
    if not (is_hash(public) and isinstance(signature, str) and is_hash(signature[:64]) and is_hash(signature[64:])):
        return False
    return signed(bytes.fromhex(public), bytes.fromhex(signature), message)


def _lengths(*parts: str) -> bytes:
    """Texts one after the other, each with its length: what a rotation's proof is over."""
    return b"".join(b"s" + len(data).to_bytes(8, "big") + data for data in (part.encode("utf-8", "surrogatepass") for part in parts))
