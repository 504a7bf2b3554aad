"""Signatures of judgements: who decided, so that nobody else can have.

In:  judgements, a reviewer's key, the id of the case.
Out: signed judgements, and what is wrong with a signature.
Never: says that a key is a reviewer's: the judgements `reviewer` and `retire` of the case do (`model/reviewers.py`).

What is signed is the row without `signature`, as canonical JSON (keys sorted, no spaces, UTF-8): what Python's `json.dumps` writes with
`sort_keys=True, separators=(",", ":"), ensure_ascii=False`. The row's id is a digest over the case's id and all its other fields, so
that a judgement of one case is none in another. The signature is base64.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

import msgspec

from armslength.base.ids import digest
from armslength.model.codec import to_plain
from armslength.model.decisions import RETIRE, REVIEWER, Judgement, in_force, told
from armslength.model.reviewers import Reviewers, reviewers
from armslength.store.keys import SigningKey, key_id, signed_by

_REMEMBERED = 20_000
"""Judgements whose signature, once checked, need not be checked again: all of them are looked through after each new one."""


def signed(row: Judgement, *, case: str, key: SigningKey) -> Judgement:
    """A judgement with its id, key and signature."""
    named = replace(row, key=key.id, signature="")
    named = replace(named, id=judgement_id(named, case=case))
    return replace(named, signature=base64.b64encode(bytes.fromhex(key.sign(signed_message(named)))).decode())


@lru_cache(maxsize=_REMEMBERED)
def judgement_id(row: Judgement, *, case: str) -> str:
    """The id of a signed judgement."""
    return digest("judgement", case, row.target, row.decision, row.reason, row.who, row.when, row.value, row.supersedes, row.key)


def signed_message(row: Judgement) -> bytes:
    """What is signed."""
    plain = {name: value for name, value in to_plain(row).items() if name != "signature"}
    return msgspec.json.encode(plain, order="sorted")


def wrong_with(row: Judgement, keys: Reviewers, *, case: str) -> str:
    """What is wrong with a signed judgement, in words; empty where nothing is, or where it claims no signature."""
    return next(_faults(row, keys, case), "") if row.key or row.signature else ""


def known_reviewers(judgements: Iterable[Judgement], *, case: str) -> Reviewers:
    """Who holds which key, by entries that the keys themselves signed, and by signed retirements."""
    rows = in_force(judgements)
    entered = [row for row in rows if row.decision == REVIEWER and _enters(row) and row.id == judgement_id(row, case=case)]
    keys = reviewers(entered)
    retired = [row for row in rows if row.decision == RETIRE and row.key and not wrong_with(row, keys, case=case)]
    return reviewers([*entered, *retired])


def checked(judgements: Iterable[Judgement], *, case: str) -> list[Judgement]:
    """Judgements as they may be counted: one whose signature is not good is nobody's, like one that was never signed."""
    rows = list(judgements)
    keys = known_reviewers(rows, case=case)
    return [replace(row, key="", signature="") if wrong_with(row, keys, case=case) else row for row in rows]


def _faults(row: Judgement, keys: Reviewers, case: str) -> Iterator[str]:
    known = keys.keys.get(row.key)
    if known is None:
        yield "it is signed with a key that is no reviewer's of this case"
        return
    if row.decision == REVIEWER and not _enters(row):
        yield "it enters a key under a name that is not the key's, or without that key's signature"
    if row.id != judgement_id(row, case=case):
        yield "its id is not made of what it says and of this case: it was changed, or is another case's"
    if not _good(row, known.public):
        yield "its signature is not by the key it names: it was changed, or somebody else wrote it"
    if known.who != row.who:
        yield f"it says that {row.who} decided, and the key is {known.who}'s"
    if row.when < known.since or (known.until and row.when > known.until):
        yield "it is dated outside the time in which its key was in use"


def _enters(row: Judgement) -> bool:
    """Whether a judgement `reviewer` enters the very key that signed it."""
    public = str(told(row).get("public", ""))
    return row.target == row.key == _named(public) and told(row).get("reviewer") == row.who and _good(row, public)


@lru_cache(maxsize=_REMEMBERED)
def _good(row: Judgement, public: str) -> bool:
    """Whether a signature is by a key. Judgements are never changed, and a page checks the same ones again and again."""
    try:
        raw = base64.b64decode(row.signature, validate=True)
    except (binascii.Error, ValueError):
        return False
    return base64.b64encode(raw).decode() == row.signature and signed_by(public, raw.hex(), signed_message(row))


def _named(public: str) -> str:
    try:
        raw = bytes.fromhex(public)
    except ValueError:
        return ""
    return key_id(raw) if len(raw) == 32 and raw.hex() == public else ""
